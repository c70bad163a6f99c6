"""What is stored instead of a one-time link or a token."""

import hashlib


def digest(token: str) -> str:
    """SHA-256 in hexadecimal; tokens have 256 bits of chance, so no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()
