"""Pages, lists, forms, components and charts; knows no domain."""
