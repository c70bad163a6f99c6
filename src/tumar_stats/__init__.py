"""Counting and releasing: safe tables now, hidden populations later. No Django, no I/O."""
