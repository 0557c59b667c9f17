"""A logo from the picture that somebody chose: drawn anew as PNG, so that nothing of the file but its pixels is kept."""

from math import ceil

from assessment.domain.limits import LOGO_BYTES
from assessment.reports.child_process import DocumentError, make_in_child
from assessment.reports.wording.uploads import no_logo

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class LogoError(Exception):
    """A picture cannot be used as a logo; as a text it says why, in words for the person who chose it."""

    def __init__(self, name: str, **values: float) -> None:
        super().__init__(name, values)
        self.name = name
        self.values = values

    def __str__(self) -> str:
        """Return why, in the language of whoever reads it."""
        return no_logo(self.name, self.values)


def to_logo(picture: bytes) -> bytes:
    """Draw a PNG or JPEG picture anew as PNG of at most 1200 by 600 pixels and about a megabyte. Transparency stays.

    Decoding happens in a child process: a broken or hostile picture cannot harm the server, and what decoding takes of memory
    (25 MB and more for a photograph) is given back. Raises ``LogoError``, and ``TooBusyError`` where no place is free.
    """
    if not picture:
        raise LogoError("empty")
    if len(picture) > LOGO_BYTES:
        megabytes = ceil(len(picture) * 10 / LOGO_BYTES) / 10
        raise LogoError("too-large", megabytes=megabytes)
    try:
        drawn = make_in_child(
            "assessment.reports.logo_child", picture, seconds=20, processor_seconds=5, megabytes=768, uploaded=True
        )
    except DocumentError as error:
        raise LogoError("unreadable") from error
    if not drawn.startswith(_SIGNATURE):
        raise LogoError(drawn.decode())
    return drawn
