"""Documents that take long to make are made in a process of their own: it cannot block pages, grow the server or live on.

The child gets its data on standard input and writes the document to standard output; it sees no database and no secrets.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import BoundedSemaphore

# Two at once leave room for pages on the smallest machine the product is meant for.
AT_ONCE = 2
_places = BoundedSemaphore(AT_ONCE)
_held: ContextVar[bool] = ContextVar("held", default=False)
# The child limits itself before it begins: doing so between fork and exec is not safe where there are threads.
_LIMITED = (
    "import resource, runpy, sys;"
    "resource.setrlimit(resource.RLIMIT_AS, (int(sys.argv[2]), int(sys.argv[2])));"
    "runpy.run_module(sys.argv[1], run_name='__main__', alter_sys=True)"
)
# What a child may know of our environment: where programs and modules lie, and how text is encoded.
_PASSED_ON = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")


class TooBusyError(Exception):
    """As many documents as may be made at once are being made; the same call works a little later."""


class DocumentError(Exception):
    """The document could not be made; the message says what went wrong, in words for the log."""


def make_in_child(module: str, data: bytes, *, wait: float = 10, seconds: float = 20, megabytes: int = 2048) -> bytes:
    """Return what a module, run as a program, makes of data.

    Waits up to ``wait`` seconds for one of the places, unless one is held already, then raises ``TooBusyError``. A child that
    fails, takes more than ``seconds``, or more than ``megabytes`` of address space raises ``DocumentError``.
    """
    with place(wait):
        try:
            done = subprocess.run(  # noqa: S603  # our own module, data on standard input
                [sys.executable, "-c", _LIMITED, module, str(megabytes * 2**20)],
                input=data,
                capture_output=True,
                timeout=seconds,
                check=False,
                env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
            )
        except subprocess.TimeoutExpired as error:
            raise DocumentError(f"{module} took more than {seconds:g} seconds") from error
    if done.returncode != 0:
        raise DocumentError(f"{module} ended with {done.returncode}: {done.stderr.decode(errors='replace')[-2000:]}")
    return done.stdout


@contextmanager
def place(wait: float) -> Iterator[None]:
    """Hold one of the places; whatever is made meanwhile, one document or several, takes no other.

    Raises ``TooBusyError`` when none was free for ``wait`` seconds.
    """
    if _held.get():
        yield
        return
    if not _places.acquire(timeout=wait):
        raise TooBusyError(f"{AT_ONCE} documents are being made already")
    token = _held.set(True)
    try:
        yield
    finally:
        _held.reset(token)
        _places.release()
