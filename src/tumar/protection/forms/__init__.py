"""Checking of input, a file per noun; a command writes."""
