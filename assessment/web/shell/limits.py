"""How often one address may start, open links, import, upload, download and verify. Saving answers is never counted here."""

import hmac
from collections.abc import Mapping

from flask import Flask, current_app, request
from werkzeug.exceptions import TooManyRequests

from assessment.storage.database import OUR_FAULTS, UNAVAILABLE
from assessment.storage.limits import seconds_to_wait
from assessment.web.shell.context import now

# Attempts within an hour, of assessments within a day. Generous: a whole company may come through one address.
MOST = {
    "start": 300,
    "open": 100,
    "import": 60,
    "workbook": 120,
    "picture": 60,
    "download": 600,
    "verify": 300,
    "assessment": 200,
}
AN_HOUR, A_DAY = 60 * 60, 24 * 60 * 60
WITHIN_SECONDS = {"assessment": A_DAY}


class LimitError(TooManyRequests):
    """One address did something more often than it may: what, and how often that is."""

    def __init__(self, what: str, most: int, seconds: int) -> None:
        super().__init__(retry_after=seconds)
        self.what = what
        self.most = most


def count_attempts(app: Flask, most: Mapping[str, int] = MOST) -> None:
    """Let one address do each thing this often within an hour, or a day where ``WITHIN_SECONDS`` says so."""
    app.extensions["most-attempts"] = most


def limit(what: str) -> None:
    """Count an attempt of this address, kept for its time as a keyed hash; a 429 with the time to wait for too many.

    Where nothing can be written nothing is counted: people still read and take along what is there.
    """
    secret = current_app.config["SECRET_KEY"].encode()
    who = hmac.digest(secret, f"address {request.remote_addr}".encode(), "sha256").hex()[:32]
    most: int = current_app.extensions["most-attempts"][what]
    try:
        wait = seconds_to_wait(what, who, most=most, within=WITHIN_SECONDS.get(what, AN_HOUR), at=now())
    except UNAVAILABLE as error:
        if isinstance(error, OUR_FAULTS):
            raise
        current_app.logger.warning("An attempt could not be counted: %s", type(error).__name__)
        return
    if wait:
        raise LimitError(what, most, wait)
