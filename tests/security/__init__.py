"""Attacks. Each module holds one promise of the security document and tries to break it."""
