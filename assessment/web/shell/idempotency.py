"""Save keys: every rendered form carries a random one, so that sending it twice saves it once."""

import base64
import hashlib
import hmac
import json
import re
import secrets

from flask import current_app, request

from assessment.storage.idempotency import IdempotencyKey
from assessment.storage.secret_tokens import new_token

SAVE_KEY = "save_key"
# Keys of earlier saves of the same form whose outcome its page never learned: what they saved is this person's own work.
FOLLOWS = "follows"
_MOST_FOLLOWED = 50
_BELIEVABLE = re.compile(r"[A-Za-z0-9_-]{16,64}")
# What differs between two sends of one form although nothing else was said.
_NOT_SAID = frozenset({SAVE_KEY, "csrf_token"})


def new_save_key() -> str:
    """Make a key for one rendered form."""
    return secrets.token_urlsafe(18)


def idempotency_key() -> IdempotencyKey | None:
    """Return the save key of this request with a fingerprint of what it says; ``None`` where it brings no key."""
    key = request.form.get(SAVE_KEY, "")
    if not _BELIEVABLE.fullmatch(key):
        return None
    said = [request.path, *sorted(each for each in request.form.items(multi=True) if each[0] not in _NOT_SAID)]
    for name, file in request.files.items(multi=True):
        said.append((name, file.filename or "", hashlib.sha256(file.read()).hexdigest()))
        file.seek(0)
    follows = tuple(each for each in request.form.getlist(FOLLOWS) if _BELIEVABLE.fullmatch(each))[-_MOST_FOLLOWED:]
    return IdempotencyKey(key=key, body_sha256=hashlib.sha256(json.dumps(said).encode()).hexdigest(), follows=follows)


def once_token(purpose: str) -> str:
    """Make a secret that is the same each time this form is sent, and that only this installation can make.

    ``purpose`` is what it is for, with everything else that two different secrets differ in. It is another each time where the
    form brings no save key.
    """
    key = request.form.get(SAVE_KEY, "")
    if not _BELIEVABLE.fullmatch(key):
        return new_token()
    secret = current_app.config["SECRET_KEY"].encode()
    made = hmac.digest(secret, f"{purpose} {key}".encode(), "sha256")
    return base64.urlsafe_b64encode(made).rstrip(b"=").decode()
