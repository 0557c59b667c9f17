"""Where the files that are not code lie: what comes with the product, and what people keep with it."""

import sys
from collections.abc import Mapping
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """Return the folder ``templates``, ``static`` or ``questionnaires`` that belongs to this copy of the product.

    It lies beside the package in a checkout, inside it in an installed wheel.
    """
    inside = PACKAGE / "shipped" / name
    return inside if inside.is_dir() else PACKAGE.parent / name


def usual_data_folder(environment: Mapping[str, str]) -> Path:
    """Return the folder for data where none is named: ``.iso-readiness`` here if there is one, else the user's, by platform.

    That is the Known Folder for local data on Windows, Application Support on macOS, and what the XDG Base Directory
    Specification says elsewhere. Raises ``ValueError`` where this user has no home.
    """
    here = Path(".iso-readiness")
    if here.is_dir():
        return here.resolve()
    try:
        if sys.platform == "win32":
            base = Path(environment.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        elif sys.platform == "darwin":
            base = Path.home() / "Library" / "Application Support"
        else:
            named = Path(environment.get("XDG_DATA_HOME") or "")
            base = named if named.is_absolute() else Path.home() / ".local" / "share"
    except RuntimeError:
        raise ValueError("is not set, and this user has no home; name a folder for the database") from None
    return base / "iso-readiness"
