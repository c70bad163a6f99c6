"""Names and matching: spelling-blind keys for finding the same person. No Django, no I/O."""
