"""Thousands of requests that nobody thought of."""

from collections.abc import Callable

import pytest
from flask import Flask

from tests.tools.fuzz import Fuzz

REQUESTS = 5_000


@pytest.mark.database
def test_five_thousand_drawn_requests_meet_no_fault_wait_for_nothing_and_read_nothing_of_others(
    app: Flask, tell: Callable[[str], None]
) -> None:
    fuzz = Fuzz(app)
    fuzz.run(REQUESTS)
    tell(f"{fuzz.statuses.total()} drawn requests: {dict(sorted(fuzz.statuses.items()))}, slowest {1000 * fuzz.slowest:.0f} ms")
    assert fuzz.statuses.total() >= REQUESTS
    # They got further than the door: pages, saves, refusals of what was typed, and of what is not there.
    for status in (200, 303, 404, 405, 422):
        assert fuzz.statuses[status] > 20, status
