"""Lists as data: say which columns, and get order, filters, pages and htmx with them."""

from tumar.ui.lists.listing import Column, Filter, Listing
from tumar.ui.lists.page import listing

__all__ = ["Column", "Filter", "Listing", "listing"]
