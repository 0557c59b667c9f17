"""How often one address may start, open links, import, upload, download and verify. Saving answers is never counted here."""

import hmac
import re
from collections.abc import Mapping
from ipaddress import IPv6Address, ip_address, ip_network

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

from assessment.storage.database import OUR_FAULTS, UNAVAILABLE
from assessment.storage.limits import seconds_to_wait
from assessment.web.shell.context import now

# Attempts within an hour, of assessments and of what imports store within a day. Generous: a whole company may come through
# one address.
MOST = {
    "start": 300,
    "open": 100,
    "import": 60,
    "workbook": 120,
    "picture": 60,
    "download": 600,
    "verify": 300,
    "assessment": 200,
    "imported kB": 256 * 1024,
}
# As some proxies hand it on: with the port it came from.
_WITH_PORT = re.compile(r"\[(.+)\](?::[0-9]+)?|([0-9.]+):[0-9]+")
# Bits that a provider of IPv6 gives one household or one machine, which then makes any number of addresses of them.
BITS_OF_ONE = 64
AN_HOUR, A_DAY = 60 * 60, 24 * 60 * 60
WITHIN_SECONDS = {"assessment": A_DAY, "imported kB": A_DAY}


class LimitError(TooManyRequests):
    """One address did something more often than it may: what, and how often that is."""

    def __init__(self, what: str, most: int, seconds: int) -> None:
        super().__init__(retry_after=seconds)
        self.what = what
        self.most = most


def count_attempts(app: Flask, most: Mapping[str, int] = MOST) -> None:
    """Let one address do each thing this often within an hour, or a day where ``WITHIN_SECONDS`` says so."""
    app.extensions["most-attempts"] = most


def network_of(address: str) -> str:
    """Return as whom an address counts: as itself without a port, of IPv6 as the network of one household or machine."""
    found = _WITH_PORT.fullmatch(address)
    bare = (found[1] or found[2]) if found else address
    try:
        read = ip_address(bare)
    except ValueError:  # a Unix socket has none
        return address
    if not isinstance(read, IPv6Address):
        return str(read)
    return str(read.ipv4_mapped or ip_network((int(read), BITS_OF_ONE), strict=False))


def limit(what: str, more: int = 1) -> None:
    """Count an attempt of this address, or ``more`` of what is counted otherwise; a 429 with the time to wait for too many.

    The address is kept for that time as a keyed hash. Where nothing can be written nothing is counted: people still read and
    take along what is there.
    """
    secret = current_app.config["SECRET_KEY"].encode()
    who = hmac.digest(secret, f"address {network_of(request.remote_addr or '')}".encode(), "sha256").hex()[:32]
    most: int = current_app.extensions["most-attempts"][what]
    try:
        wait = seconds_to_wait(what, who, most=most, within=WITHIN_SECONDS.get(what, AN_HOUR), at=now(), more=more)
    except UNAVAILABLE as error:
        if isinstance(error, OUR_FAULTS):
            raise
        current_app.logger.warning("An attempt could not be counted: %s", type(error).__name__)
        return
    if wait:
        raise LimitError(what, most, wait)
