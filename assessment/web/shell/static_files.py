"""Static files under addresses that name their content, so that browsers may keep them for ever."""

import hashlib
from functools import cache
from pathlib import Path

from flask import current_app, request


def static_url(name: str) -> str:
    """Return the address of a static file with a fingerprint of its content. Raises ``KeyError`` for one that is not there."""
    return f"{request.script_root}/static/{name}?v={_fingerprints(current_app.static_folder or '')[name]}"


def is_of_now(name: str, version: str) -> bool:
    """Tell whether a version is the fingerprint of a static file as it is now, and not as another release has it."""
    return _fingerprints(current_app.static_folder or "").get(name) == version


@cache
def _fingerprints(folder: str) -> dict[str, str]:
    """Return the fingerprint of every static file, by its path below the folder."""
    files = sorted(file for file in Path(folder).rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest()[:12] for file in files}
