"""Measurements. Each file prints a table; none is a test."""
