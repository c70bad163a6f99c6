"""Anonymous records, statistics and what may leave the house."""
