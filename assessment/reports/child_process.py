"""Documents that take long to make are made in a process of their own: it cannot block pages, grow the server or live on.

The child gets its data on standard input and writes the document to standard output; it sees no database and no secrets.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from math import ceil
from threading import BoundedSemaphore

# Two at once leave room for pages on the smallest machine the product is meant for.
AT_ONCE = 2
# Of these, so many for files that somebody sent: whoever sends hostile ones leaves a place for documents.
UPLOADS_AT_ONCE = 1
# Seconds after which it is worth asking again.
SECONDS_UNTIL_FREE = 3
_places = BoundedSemaphore(AT_ONCE)
_upload_places = BoundedSemaphore(UPLOADS_AT_ONCE)
_held: ContextVar[bool] = ContextVar("held", default=False)
# What a child may know of our environment: where programs and modules lie, and how text is encoded.
_PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


class TooBusyError(Exception):
    """As many documents as may be made at once are being made; the same call works a little later."""


class DocumentError(Exception):
    """The document could not be made; the message says what went wrong, in words for the log."""


def make_in_child(
    module: str,
    data: bytes,
    *,
    wait: float = 0,
    seconds: float = 20,
    processor_seconds: int | None = None,
    megabytes: int = 2048,
    uploaded: bool = False,
) -> bytes:
    """Return what a module, run as a program, makes of data.

    Waits up to ``wait`` seconds for one of the places, unless one is held already, then raises ``TooBusyError``; ``uploaded``
    says that the data is a file that somebody sent. A child that fails, takes more than ``seconds``, more than
    ``processor_seconds`` of processor time (as many as ``seconds`` unless given), or more than ``megabytes`` of address space
    raises ``DocumentError``.
    """
    limits = [str(megabytes * 2**20), str(processor_seconds or ceil(seconds))]
    with place(wait, uploaded=uploaded):
        try:
            done = subprocess.run(  # noqa: S603  # our own module, data on standard input
                [sys.executable, "-P", "-m", "assessment.reports.limited", module, *limits],
                input=data,
                capture_output=True,
                timeout=seconds,
                check=False,
                env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            )
        except subprocess.TimeoutExpired as error:
            raise DocumentError(f"{module} took more than {seconds:g} seconds") from error
    if done.returncode == -getattr(signal, "SIGXCPU", 0) != 0:
        raise DocumentError(f"{module} took more than {limits[1]} seconds of processor time")
    if done.returncode != 0:
        raise DocumentError(f"{module} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


@contextmanager
def place(wait: float, *, uploaded: bool = False) -> Iterator[None]:
    """Hold one of the places; whatever is made meanwhile, one document or several, takes no other.

    ``uploaded`` asks for one of those for files that somebody sent. Raises ``TooBusyError`` when none was free for ``wait``
    seconds.
    """
    if _held.get():
        yield
        return
    with ExitStack() as taken:
        for places in (_upload_places, _places) if uploaded else (_places,):
            if not places.acquire(timeout=wait):
                raise TooBusyError(f"{AT_ONCE} documents are being made already")
            taken.callback(places.release)
        token = _held.set(True)
        taken.callback(_held.reset, token)
        yield
