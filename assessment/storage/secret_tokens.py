"""What opens something by being known: made so that nobody can guess it, and stored as a fingerprint only."""

import hashlib
import secrets

# Bytes from the system's random source: 192 bits, more than anybody can guess.
_RANDOM_BYTES = 24


def new_token() -> str:
    """Make a token that nobody can guess."""
    return secrets.token_urlsafe(_RANDOM_BYTES)


def fingerprint(secret: str) -> str:
    """Return the SHA-256 of a token or session id, in hex: what is stored instead of it."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
