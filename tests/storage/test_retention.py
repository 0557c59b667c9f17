"""What nobody changed for long goes, and never without having said so for a while."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask, current_app
from sqlalchemy import delete

from assessment.domain.answers import Answer
from assessment.domain.authors import STARTER
from assessment.domain.rights import Role
from assessment.domain.sample import Sample
from assessment.storage.access import create_link
from assessment.storage.answers import save_answers
from assessment.storage.assessments import AssessmentRecord, create_assessment, delete_later, find_assessment
from assessment.storage.backups import back_up, restore
from assessment.storage.database import writing
from assessment.storage.history import broken_chains
from assessment.storage.housekeeping import Tidied, tidy
from assessment.storage.merge_save import Proposed
from assessment.storage.retention import NOTICE, SAMPLE_LASTS, SAMPLE_NOTICE, SHOWN_FOR, keep_longer
from assessment.storage.tables import attempt
from assessment.web.starting.start import start_sample
from tests.support.apps import NOW
from tests.support.opener import Browser

A_DAY = timedelta(days=1)
# Twelve months after NOW.
A_YEAR = NOW.replace(year=NOW.year + 1)
MONTHS = 12


def write(assessment_id: str, note: str, version: int, at: datetime) -> None:
    save_answers(assessment_id, [Proposed(key="a/b", value=Answer(note=note), base_version=version)], who="Ada", at=at)


def used(at: datetime = NOW) -> str:
    """An assessment in which something was said, so that it is never one that was abandoned."""
    assessment_id = create_assessment("Somebody", [], sid="mine", at=at)
    write(assessment_id, "first", 0, at)
    return assessment_id


def sample() -> str:
    read: Callable[[], Sample] = current_app.extensions["demo"]
    return start_sample(read(), sid="mine", at=NOW)


def record(assessment_id: str) -> AssessmentRecord | None:
    return find_assessment(assessment_id, "mine", at=NOW)


def says(assessment_id: str) -> datetime | None:
    found = record(assessment_id)
    assert found is not None
    return found.expires_at


def tidy_daily(since: datetime, until: datetime, *, months: int = 0) -> Tidied:
    """Tidy as a server does that runs all the time, and return what the last time did."""
    for days in range((until - since).days + 1):
        done = tidy(since + days * A_DAY, retention_months=months)
    return done if since + days * A_DAY == until else tidy(until, retention_months=months)


@pytest.mark.usefixtures("inside")
def test_what_nobody_changed_for_the_months_goes_after_it_said_so_for_thirty_days() -> None:
    one = used()
    tidy(A_YEAR - NOTICE - A_DAY, retention_months=MONTHS)
    assert says(one) is None
    tidy(A_YEAR - NOTICE, retention_months=MONTHS)
    assert says(one) == A_YEAR
    assert tidy_daily(A_YEAR - NOTICE, A_YEAR - timedelta(seconds=1), months=MONTHS).expired == 0
    assert tidy(A_YEAR, retention_months=MONTHS).expired == 1
    assert record(one) is None
    assert list(broken_chains()) == []


@pytest.mark.usefixtures("inside")
def test_nothing_goes_without_its_notice_however_old_it_is_when_the_setting_is_made() -> None:
    one = used()
    late = A_YEAR + 400 * A_DAY
    assert tidy(late, retention_months=MONTHS).expired == 0
    assert says(one) == late + NOTICE
    assert tidy_daily(late, late + NOTICE - timedelta(seconds=1), months=MONTHS).expired == 0
    assert tidy(late + NOTICE, retention_months=MONTHS).expired == 1


@pytest.mark.usefixtures("inside")
def test_a_change_or_a_press_keeps_it_as_long_as_a_new_one() -> None:
    changed, kept, kept_out_of_time = used(), used(), used()
    tidy(A_YEAR - NOTICE, retention_months=MONTHS)
    later = A_YEAR - A_DAY
    tidy_daily(A_YEAR - NOTICE, later, months=MONTHS)
    write(changed, "second", 1, later)
    keep_longer(kept, at=later)
    assert says(changed) is says(kept) is None
    assert tidy(A_YEAR, retention_months=MONTHS).expired == 1
    assert record(kept_out_of_time) is None
    keep_longer(kept, at=A_YEAR + A_DAY)  # pressed twice, or on an old page: nothing is announced, so nothing is put off
    tidy(later.replace(year=later.year + 1) - NOTICE, retention_months=MONTHS)
    assert says(changed) == says(kept) == later.replace(year=later.year + 1)


@pytest.mark.usefixtures("inside")
def test_off_by_default_nothing_but_a_sample_goes_and_switching_it_off_takes_notices_back() -> None:
    one, shown = used(), sample()
    tidy(A_YEAR, retention_months=MONTHS)
    assert says(one) is not None
    assert tidy(A_YEAR + A_DAY).expired == 0
    assert says(one) is None
    assert says(shown) is not None
    assert sum(tidy(A_YEAR + days * A_DAY).expired for days in range(2, 40)) == 1
    assert record(one) is not None
    assert record(shown) is None


@pytest.mark.usefixtures("inside")
def test_a_sample_goes_after_thirty_days_and_stays_like_any_other_once_somebody_worked_in_it() -> None:
    looked_at, worked_on = sample(), sample()
    tidy(NOW + SAMPLE_LASTS - SAMPLE_NOTICE)
    assert says(looked_at) == says(worked_on) == NOW + SAMPLE_LASTS
    write(worked_on, "mine now", 0, NOW + SAMPLE_LASTS - A_DAY)
    assert tidy_daily(NOW + SAMPLE_LASTS - SAMPLE_NOTICE, NOW + SAMPLE_LASTS).expired == 1
    assert record(looked_at) is None
    for days in (30, 60, 400):
        assert tidy(NOW + SAMPLE_LASTS + days * A_DAY).expired == 0
        assert says(worked_on) is None
    tidy(A_YEAR + SAMPLE_LASTS, retention_months=MONTHS)
    assert says(worked_on) == A_YEAR + SAMPLE_LASTS + NOTICE


@pytest.mark.usefixtures("inside")
def test_what_a_restored_backup_holds_is_announced_anew(tmp_path: Path) -> None:
    one = used()
    tidy(A_YEAR - NOTICE, retention_months=MONTHS)
    back_up(tmp_path / "backup.sqlite3")
    assert tidy_daily(A_YEAR - NOTICE, A_YEAR, months=MONTHS).expired == 1
    restore(tmp_path / "backup.sqlite3")
    assert tidy(A_YEAR + A_DAY, retention_months=MONTHS).expired == 0
    assert says(one) == A_YEAR + A_DAY + NOTICE


@pytest.mark.usefixtures("inside")
def test_days_on_which_no_server_ran_do_not_count_as_notice() -> None:
    one = used()
    tidy(A_YEAR - NOTICE, retention_months=MONTHS)
    assert says(one) == A_YEAR
    back = A_YEAR + 10 * A_DAY  # it stood still through the whole notice
    assert tidy(back, retention_months=MONTHS).expired == 0
    assert says(one) == back + NOTICE - SHOWN_FOR
    assert record(one) is not None
    halfway = back + 10 * A_DAY
    tidy_daily(back, halfway, months=MONTHS)
    assert says(one) == back + NOTICE - SHOWN_FOR  # each day of these was one on which it could be seen
    again = halfway + 100 * A_DAY
    tidy(again, retention_months=MONTHS)
    assert says(one) == again + NOTICE - 10 * A_DAY - 2 * SHOWN_FOR
    end = again + NOTICE - 10 * A_DAY - 2 * SHOWN_FOR
    assert tidy_daily(again, end - timedelta(seconds=1), months=MONTHS).expired == 0
    assert tidy(end, retention_months=MONTHS).expired == 1


@pytest.mark.usefixtures("inside")
def test_where_nobody_knows_when_a_server_ran_notices_begin_anew() -> None:
    one = used()
    tidy(A_YEAR - NOTICE, retention_months=MONTHS)
    with writing() as connection:
        connection.execute(delete(attempt))
    assert tidy(A_YEAR, retention_months=MONTHS).expired == 0
    assert says(one) == A_YEAR + NOTICE


@pytest.mark.usefixtures("inside")
def test_after_a_clock_that_ran_ahead_days_on_which_no_server_ran_do_not_count_either() -> None:
    one = used()
    tidy(A_YEAR + 300 * A_DAY)  # by a wrong clock
    tidy(A_YEAR - NOTICE, retention_months=MONTHS)
    assert says(one) == A_YEAR
    back = A_YEAR + 10 * A_DAY
    assert tidy(back, retention_months=MONTHS).expired == 0
    assert says(one) == back + NOTICE - SHOWN_FOR


@pytest.mark.usefixtures("inside")
def test_what_somebody_deletes_keeps_its_own_seven_days() -> None:
    one = used()
    delete_later(one, at=A_YEAR)
    tidy(A_YEAR, retention_months=MONTHS)
    assert says(one) is None
    done = tidy(A_YEAR + 7 * A_DAY, retention_months=MONTHS)
    assert (done.deleted, done.expired) == (1, 0)


def test_every_page_says_when_it_goes_and_who_may_answer_keeps_it(app: Flask, browser: Browser) -> None:
    hub = browser.start("Muster & Söhne")
    browser.send(browser.open(hub + "iso-9001/questions/9.2"), {"internal-audit-answer": "defined"})
    with app.app_context():
        reading = Browser(app)
        token = create_link(hub.split("/")[2], "Kim", role=Role.READER, who=STARTER, at=NOW)
        tidy(A_YEAR - NOTICE - A_DAY, retention_months=MONTHS)
    reading.send(reading.open(f"/open/{token}"))
    assert "goes for good" not in browser.open(hub).text
    with app.app_context():
        tidy(A_YEAR - NOTICE, retention_months=MONTHS)
    for part in ("", "results", "plan", "iso-9001/questions/9.2"):
        assert "It goes for good on 24 November 2027" in browser.open(hub + part).text, part
        assert "It goes for good on 24 November 2027" in reading.open(hub + part).text, part
    assert hub + "keep" not in reading.open(hub).html
    assert reading.client.post(hub + "keep").status_code in (400, 403)
    page = browser.open(hub + "keep")
    after = browser.send(page)
    assert after.path == hub
    assert "goes for good" not in after.text
    assert "stays" in browser.open(hub + "keep").text
    assert "goes for good" not in reading.open(hub + "results").text
