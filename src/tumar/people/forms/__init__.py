"""Checking of what is written about a person; the commands write."""
