"""Whose document it is: name, address and logo of the organisation or its consultant, on documents that people hand on."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Letterhead:
    """A name, an address of several lines, and a logo as PNG; each may be empty."""

    name: str = ""
    address: str = ""
    logo: bytes = b""
