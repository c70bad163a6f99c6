"""Pages of statistics and of imports."""
