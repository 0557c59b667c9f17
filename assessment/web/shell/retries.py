"""Once more where the database ended a request only because of another: nothing of it was stored, and nobody need notice."""

import secrets
import time

from flask import Flask, g, request
from flask.typing import ResponseReturnValue

from assessment.storage.database import end_reading, is_worth_another_try

MOST_TRIES = 4
LONGEST_WAIT_MS = 50


def try_again(app: Flask) -> None:
    """Answer a request again from its beginning, up to three times, where its transaction lost against another."""
    answer = app.dispatch_request

    def dispatch() -> ResponseReturnValue:
        for _ in range(MOST_TRIES - 1):
            try:
                return answer()
            except Exception as error:
                if not is_worth_another_try(error):
                    raise
            _begin_anew()
        return answer()

    app.dispatch_request = dispatch  # type: ignore[method-assign]


def _begin_anew() -> None:
    """Forget what was read, since others have changed it, and wait a random moment, so that two do not meet again."""
    end_reading()
    g.pop("opened", None)
    for file in request.files.values():
        file.seek(0)
    time.sleep(secrets.randbelow(LONGEST_WAIT_MS) / 1000)
