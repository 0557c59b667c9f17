"""A logo from the picture that somebody chose: drawn anew as PNG, so that nothing of the file but its pixels is kept."""

from collections.abc import Mapping
from math import ceil
from typing import Any

from assessment.domain.limits import LOGO_BYTES
from assessment.reports.child_process import DocumentError, make_in_child

MOST_PIXELS = 25_000_000
_LIMITS: Mapping[str, Any] = {"seconds": 10, "processor_seconds": 5, "megabytes": 768}
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class LogoError(Exception):
    """A picture cannot be used as a logo; the message says why, in words for the person who chose it."""


def to_logo(picture: bytes) -> bytes:
    """Draw a PNG or JPEG picture anew as PNG of at most 1200 by 600 pixels and about a megabyte. Transparency stays.

    Decoding happens in a child process: a broken or hostile picture cannot harm the server, and what decoding takes of memory
    (25 MB and more for a photograph) is given back. Raises ``LogoError``, and ``TooBusyError`` where no place is free.
    """
    if not picture:
        raise LogoError("The file is empty. Choose the picture again.")
    if len(picture) > LOGO_BYTES:
        megabytes = ceil(len(picture) * 10 / LOGO_BYTES) / 10
        raise LogoError(f"The file has {megabytes} MB; a logo can have 1 MB. Save it smaller.")
    try:
        drawn = make_in_child(
            "assessment.reports.logo_child", picture, seconds=10, processor_seconds=5, megabytes=768, uploaded=True
        )
    except DocumentError as error:
        raise LogoError("The picture cannot be read. Open it in a picture program, save it as PNG, and choose that.") from error
    if not drawn.startswith(_SIGNATURE):
        raise LogoError(drawn.decode())
    return drawn
