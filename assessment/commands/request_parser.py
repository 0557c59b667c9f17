"""One request as it comes in: how large it may be, and what becomes of it where there is no room for it."""

import logging
from copy import copy
from typing import Any, cast

from waitress.adjustments import Adjustments
from waitress.parser import HTTPRequestParser
from waitress.receiver import ChunkedReceiver
from waitress.utilities import BadRequest, Error

LOG = logging.getLogger("iso-readiness.connections")
# The one address that takes more, since it takes back everything that was handed out.
LARGE_BODIES = "/import"
MOST_BYTES_A_LARGE_BODY = 65 * 1024 * 1024


# waitress looks through all of a chunk's first line, and of what follows the last chunk, with every byte that comes.
MOST_BYTES_A_CHUNK_LINE = 1024
MOST_BYTES_A_TRAILER = 64 * 1024
# What stands around chunks may be so many bytes, and one more for so many inside them. Whoever has something to send sends more
# than this at a time, and each chunk costs the loop that reads everybody's requests a hundred times what its bytes do.
MOST_BYTES_AROUND_CHUNKS, BYTES_INSIDE_FOR_ONE_AROUND = 4 * 1024, 16


class TooSlowError(Error):  # type: ignore[misc]  # waitress has no types
    """Answers 408: the request did not come in time."""

    code = 408
    reason = "Request Timeout"


class NoRoomError(Error):  # type: ignore[misc]  # waitress has no types
    """Answers 503: there is no room for the rest of a body that is larger than what is kept in memory."""

    code = 503
    reason = "Service Unavailable"


class _Nowhere:
    """Takes the rest of a body of which so many bytes came, and keeps nothing of it but their number."""

    def __init__(self, came: int) -> None:
        self._came = came

    def append(self, data: bytes) -> None:
        """Drop it."""
        self._came += len(data)

    def __len__(self) -> int:
        return self._came

    def close(self) -> None:
        """Do nothing."""


class Parser(HTTPRequestParser):  # type: ignore[misc]  # waitress has no types
    """One request as it comes in, with the most bytes that its address takes."""

    adj: Adjustments
    path: str
    body_rcv: Any
    _found_no_room = False

    def received(self, data: bytes) -> int:
        """Take what came, and return how much.

        A body that finds no room is refused once it is whole: before that nobody would read why.
        """
        try:
            taken = cast(int, super().received(data))
        except OSError:  # from the file that a large body lies in
            LOG.exception("A body found no room in the temporary folder.")
            self._found_no_room = True
            self.body_rcv.buf = _Nowhere(len(self.body_rcv))
            taken = cast(int, super().received(data))
        if fault := _fault_of(self.body_rcv, self.body_bytes_received):
            self.error = BadRequest(fault)
            self.completed = True
        if self.completed and self._found_no_room:
            self.error = NoRoomError("There is no room for this at the moment.")
        return taken

    def parse_header(self, header_plus: bytes) -> None:
        """Read the lines that begin a request."""
        super().parse_header(header_plus)
        if self.path.endswith(LARGE_BODIES):
            self.adj = copy(self.adj)
            self.adj.max_request_body_size = MOST_BYTES_A_LARGE_BODY


def _fault_of(body: Any, taken: int) -> str:
    """Return what is wrong with a body in chunks of which so many bytes came; empty for one that somebody could mean."""
    if not isinstance(body, ChunkedReceiver):
        return ""
    if len(body.control_line) > MOST_BYTES_A_CHUNK_LINE or len(body.trailer) > MOST_BYTES_A_TRAILER:
        return "A line between the parts of the body is too long."
    inside = len(body)
    around = taken - inside - len(body.trailer)
    if around > MOST_BYTES_AROUND_CHUNKS + inside / BYTES_INSIDE_FOR_ONE_AROUND:
        return "The parts of the body are too small."
    return ""
