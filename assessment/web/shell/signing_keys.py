"""Which keys sign and are believed: the one of the settings, or those kept with the data, looked up again where it matters."""

import time
from datetime import datetime

from flask import Flask, current_app
from sqlalchemy.exc import SQLAlchemyError

from assessment.storage.database import SchemaError
from assessment.storage.signing_keys import signing_keys

# Another process may have made a new key: before we sign it is looked for at most this often,
SECONDS_BEFORE_SIGNING = 60.0
# and where a cookie cannot be read, which anybody can send.
SECONDS_BEFORE_REFUSING = 10.0
_LOOKED_AT = "signing-keys-looked-at"


def use_keys_of_data(app: Flask) -> None:
    """Sign with the key kept with the data, unless the settings name one. Raises ``SchemaError`` where there is none."""
    if app.config["SECRET_KEY"]:
        return
    with app.app_context():
        keys = signing_keys(_now())
    if not keys:
        raise SchemaError("The database has no key to sign with; run 'iso-readiness upgrade'.")
    _use(app, keys)


def refresh(seconds: float) -> bool:
    """Look at the keys again where that was not done for some seconds; tell whether others are believed now.

    Where the database does not answer, what is known goes on.
    """
    looked_at = current_app.extensions.get(_LOOKED_AT)
    if looked_at is None or time.monotonic() < looked_at + seconds:
        return False
    current_app.extensions[_LOOKED_AT] = time.monotonic()
    try:
        keys = signing_keys(_now())
    except SQLAlchemyError:
        return False
    if not keys or keys == believed():
        return False
    _use(current_app, keys)
    return True


def believed() -> list[str]:
    """Return the keys whose signatures are believed, the one that signs first."""
    return [str(current_app.secret_key), *(current_app.config.get("SECRET_KEY_FALLBACKS") or [])]


def _now() -> datetime:
    found: datetime = current_app.extensions["clock"]()
    return found


def _use(app: Flask, keys: list[str]) -> None:
    app.config.update(SECRET_KEY_FALLBACKS=keys[1:], SECRET_KEY=keys[0])
    app.extensions[_LOOKED_AT] = time.monotonic()
