"""What the value of each setting can be. Each function reads one as it is written.

Raises ``ValueError`` with what to say after the name of the setting, such as "is 'x'; it needs to be a port".
"""

import os
import re
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

SHORTEST_SECRET = 32
# What the shortest of Linux, macOS and the BSDs takes.
LONGEST_SOCKET = 103
FEWEST_DIFFERENT = 8
# What stands in secrets that were copied from some documentation.
SAMPLES = re.compile(
    "change.?me|replace.?(me|this)|your.?secret|secret.?key|my.?secret|password|passw0rd|example|insecure|0123456789|abcdefgh|qwerty",
    re.IGNORECASE,
)
# User and password without a sign that ends them, host, port, name of the database and what is said to the driver.
_POSTGRESQL = re.compile(
    r"postgresql(\+psycopg)?://"
    r"([^@/?#:\s]*(:[^@/?#\s]*)?@)?"
    r"([A-Za-z0-9._-]*|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?"
    r"(/[^/?#@\s]*)?(\?[^?#@\s]*)?"
)
# A name of a host or an address, with or without a port.
_HOST = re.compile(r"([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:[0-9]{1,5})?")


def weakness_of(secret: str) -> str:
    """Return why a secret could be guessed, as the end of a sentence; empty where it cannot be said of it."""
    if len(secret.strip()) < SHORTEST_SECRET:
        return f"has {len(secret.strip())} characters"
    if secret in (secret + secret)[1:-1] or len(set(secret)) < FEWEST_DIFFERENT:
        return "repeats itself"
    found = SAMPLES.search(secret)
    return f"looks like a sample (“{found[0]}”)" if found else ""


def public_url(written: str) -> str:
    """Read the address people use. Scheme and host are the same in upper and lower case; a path is not."""
    found = re.fullmatch(r"(?i:(https?)://([^/?#@\s\\]+))((?:/[A-Za-z0-9._~-]+)*)/*", written.strip())
    if found is None or not _HOST.fullmatch(found[2]) or {".", ".."} & set(found[3].split("/")):
        raise ValueError(f"is {written!r}; it needs to look like https://readiness.example.org or https://example.org/iso")
    scheme, host = found[1].lower(), found[2].lower()
    return f"{scheme}://{host.removesuffix({'http': ':80', 'https': ':443'}[scheme])}{found[3]}"


def allowed_hosts(written: str) -> tuple[str, ...]:
    """Read names of hosts with commas between."""
    hosts = tuple(part.strip().lower() for part in written.split(",") if part.strip())
    for host in hosts:
        if not _HOST.fullmatch(host):
            raise ValueError(f"has {host!r}; it needs to be names such as readiness, 192.168.0.7, with commas between")
    return hosts


def number(least: int, most: int, what: str) -> Callable[[str], int]:
    """Return what reads a whole number within bounds; ``what`` says what it counts."""

    def read(written: str) -> int:
        if not re.fullmatch("[0-9]{1,5}", written) or not least <= int(written) <= most:
            raise ValueError(f"is {written!r}; it needs to be {what}, from {least} to {most}")
        return int(written)

    return read


def contact(written: str) -> str:
    """Read an address for mail or the web."""
    if not re.fullmatch(r"(mailto:[^@\s]+@[^@\s]+|https://\S+)", written):
        raise ValueError(f"is {written!r}; it needs to look like mailto:security@example.org or https://...")
    return written


def host(written: str) -> str:
    """Read an address of this machine."""
    if not re.fullmatch(r"[A-Za-z0-9._:-]+", written):
        raise ValueError(f"is {written!r}; it needs to be an address of this machine, such as 127.0.0.1 or 0.0.0.0")
    return written


def secret(written: str) -> str:
    """Read a key that nobody can guess."""
    if weakness := weakness_of(written):
        raise ValueError(f"{weakness}; it needs at least {SHORTEST_SECRET} random characters")
    return written


def content(written: str) -> Path:
    """Read a folder that is there."""
    if not Path(written).is_dir():
        raise ValueError(f"is {written}; there is no such folder")
    return Path(written).resolve()


def data(written: str) -> Path:
    """Read a folder that need not be there."""
    if "?" in written:
        raise ValueError(f"is {written}; a question mark cannot stand in the path of a database")
    return Path(written).expanduser().resolve()


def database_url(written: str) -> str:
    """Read the address of the database; ``postgres://`` is what several hosts call it."""
    url = re.sub("^postgres://", "postgresql://", written.strip())
    if re.match("sqlite:///.", url) and ":memory:" not in url:
        if "?" in url:  # what follows would be for the driver, and the claim on the file would be on another name
            raise ValueError("has a question mark, which cannot stand in the path of a database")
        return url
    if not re.match(r"postgresql(\+psycopg)?://", url):
        raise ValueError("needs to begin with sqlite:/// or postgresql://, and sqlite:/// to go on with the path of a file")
    if not _POSTGRESQL.fullmatch(url):  # never quoted: it holds a password
        raise ValueError(
            "cannot be read; it needs to look like postgresql://user:password@host:5432/name, with %40 for @, %2F for /, "
            "%3F for ? and %23 for # within user and password"
        )
    if find_spec("psycopg") is None:
        raise ValueError("names PostgreSQL, and its driver is not installed; install iso-readiness[postgresql]")
    return url


def socket(written: str) -> str:
    """Read the path of a socket, whose folder is there."""
    path = Path(written).absolute()
    if not path.parent.is_dir():
        raise ValueError(f"is {written}; there is no folder {path.parent}")
    if len(os.fsencode(path)) > LONGEST_SOCKET:
        raise ValueError(f"is {path}; the path of a socket has {LONGEST_SOCKET} bytes at most")
    return str(path)


def one_of(*words: str) -> Callable[[str], str]:
    """Return what reads one of some words."""

    def read(written: str) -> str:
        if written not in words:
            raise ValueError(f"is {written!r}; it needs to be {' or '.join(words)}")
        return written

    return read


def number_or_no(least: int, most: int, what: str) -> Callable[[str], int]:
    """Return what reads a whole number within bounds, or ``no`` for 0."""

    def read(written: str) -> int:
        return 0 if written == "no" else number(least, most, f"no or {what}")(written)

    return read


def yes(what: str) -> Callable[[str], bool]:
    """Return what reads a switch; ``what`` says what is switched on."""

    def read(written: str) -> bool:
        if written != "yes":
            raise ValueError(f"is {written!r}; write yes for {what}, or leave it out")
        return True

    return read
