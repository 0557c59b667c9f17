"""What only one server may have at a time: the address it listens on, and the file of an SQLite database."""

import errno
import os
import socket
import time
from contextlib import suppress
from pathlib import Path
from typing import IO

import click

# Connections that wait to be taken while all workers are busy.
WAITING = 1024
# Bytes of an answer that the system keeps for each connection: the rest waits in the worker, where waiting has an end.
SENT_AHEAD = 256 * 1024
# A server that was killed a moment ago may still be ending.
SECONDS_TO_WAIT = 3.0
# Where nothing of the file stands.
BEYOND = 2**20


class RefusedError(click.ClickException):
    """Says in one sentence why the server does not start; ends with 2."""

    exit_code = 2


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on an address of this machine. Raises ``RefusedError``."""
    until = time.monotonic() + SECONDS_TO_WAIT
    while True:
        try:
            return _listening(host, port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                reason = error.strerror or error
                raise RefusedError(f"The address {host}, port {port}, cannot be listened on: {reason}.") from error
            if time.monotonic() > until:
                raise RefusedError(
                    f"Port {port} is taken by another program; stop that one, or choose another port with --port."
                ) from error
            time.sleep(0.1)


def _listening(host: str, port: int) -> socket.socket:
    family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    # Never shared with a server that is not a fork of this one: people's requests would go to either.
    listening = socket.create_server(address[:2], family=family, backlog=WAITING)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, SENT_AHEAD)
    return listening


def listen_at(path: Path) -> socket.socket:
    """Return a Unix socket that listens at a path, readable and writable by its owner and group. Raises ``RefusedError``.

    One that a server left behind is taken away first.
    """
    try:
        listening = socket.socket(socket.AF_UNIX)
    except AttributeError:
        raise RefusedError("This system has no Unix sockets; use --host and --port.") from None
    try:
        if _is_in_use(path):
            raise RefusedError(f"The socket {path} is taken by another program; stop that one, or choose another path.")
        if path.is_socket():
            path.unlink()
        listening.bind(str(path))
        path.chmod(0o660)
        listening.listen(WAITING)
    except OSError as error:
        raise RefusedError(f"The socket {path} cannot be listened on: {error.strerror or error}.") from error
    return listening


def _is_in_use(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as asking:
        try:
            asking.connect(str(path))
        except OSError:
            return False
        return True


def claim(database_url: str) -> IO[str] | None:
    """Take the file of an SQLite database for this server and its workers, until all of them have ended.

    Returns what holds the claim as long as it is open; ``None`` for PostgreSQL, which several machines may share. Raises
    ``RefusedError`` where another server has it.
    """
    if not database_url.startswith("sqlite:///"):
        return None
    database = Path(database_url.removeprefix("sqlite:///")).resolve()
    path = database.with_name(f"{database.name}.server")
    try:
        file = path.open("a+", encoding="ascii")
    except OSError as error:
        raise RefusedError(f"{path} cannot be written: {error.strerror}.") from error
    if not _lock(file):
        file.seek(0)
        other = file.read().strip()
        raise RefusedError(f"Another server (process {other}) uses {database}; stop that one, or set ISO_READINESS_DATA.")
    file.truncate(0)
    file.write(f"{os.getpid()}\n")
    file.flush()
    return file


def _lock(file: IO[str]) -> bool:
    """Tell whether the file is ours now. Forks hold it too; it is free when the last of them has ended, however it ended."""
    until = time.monotonic() + SECONDS_TO_WAIT
    while True:
        try:
            _lock_now(file)
        except OSError:
            if time.monotonic() > until:
                return False
            time.sleep(0.1)
        else:
            return True


def _lock_now(file: IO[str]) -> None:
    """Lock a file at once. Raises ``OSError`` where somebody else has it. A system without locks goes without."""
    try:
        import fcntl
    except ImportError:
        with suppress(ImportError):
            import msvcrt

            file.seek(BEYOND)  # what is locked on Windows can be read by nobody else
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]  # of Windows
    else:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
