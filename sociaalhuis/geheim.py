"""Secrets in an address: random, shown once, and only their hash is kept."""

import hashlib
import secrets


def nieuw_geheim() -> str:
    """192 random bits that fit in an address."""
    return secrets.token_urlsafe(24)


def hash_van(geheim: str) -> str:
    """A random secret needs no slow hash."""
    return hashlib.sha256(geheim.encode(errors="replace")).hexdigest()
