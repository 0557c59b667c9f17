"""Thousands of requests that nobody thought of."""

from collections.abc import Callable

import pytest
from flask import Flask
from sqlalchemy import make_url

from tests.tools.fuzz import Fuzz

# With SQLite and with PostgreSQL, each with requests of its own: 5,000 in a run.
REQUESTS = 2_500
SEEDS = {"sqlite": None, "postgresql": 3}


@pytest.mark.database
def test_thousands_of_drawn_requests_meet_no_fault_wait_for_nothing_and_read_nothing_of_others(
    app: Flask, tell: Callable[[str], None]
) -> None:
    fuzz = Fuzz(app)
    fuzz.run(REQUESTS, chosen_seed=SEEDS[make_url(app.config["DATABASE_URL"]).get_backend_name()])
    tell(f"{fuzz.statuses.total()} drawn requests: {dict(sorted(fuzz.statuses.items()))}, slowest {1000 * fuzz.slowest:.0f} ms")
    assert fuzz.statuses.total() >= REQUESTS
    # They got further than the door: pages, saves, refusals of what was typed, and of what is not there.
    for status in (200, 303, 404, 405, 422):
        assert fuzz.statuses[status] > REQUESTS / 250, status
