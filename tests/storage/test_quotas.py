"""Nobody fills the disk: what an assessment grows by in a day has an end, and what nobody ever used goes by itself."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select

from assessment.domain.answers import Answer
from assessment.domain.choices import ORGANISATION
from assessment.storage import quotas
from assessment.storage.access import create_link
from assessment.storage.answers import load_sheet, save_answers
from assessment.storage.assessments import create_assessment, delete_later, find_assessment
from assessment.storage.choices import save_choices
from assessment.storage.database import db
from assessment.storage.history import broken_chains, latest
from assessment.storage.housekeeping import tidy
from assessment.storage.idempotency import IdempotencyKey
from assessment.storage.merge_save import Proposed
from assessment.storage.profiles import save_profile
from assessment.storage.quotas import QuotaError
from assessment.storage.tables import save_receipt
from tests.support.apps import NOW

REF = "some/question"
BEFORE, RENAMED = {ORGANISATION: "Somebody"}, {ORGANISATION: "Renamed"}
A_WEEK = timedelta(days=7)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """A quota of a few thousand bytes."""
    monkeypatch.setattr(quotas, "MOST_A_DAY", 5_000)


def started(sid: str = "mine", at: datetime = NOW) -> str:
    return create_assessment("Somebody", [], sid=sid, at=at)


def write(assessment_id: str, note: str, version: int, *, at: datetime = NOW, key: str = "") -> None:
    once = IdempotencyKey(key=key, body_sha256="0" * 64) if key else None
    proposed = Proposed(key=REF, value=Answer(note=note), base_version=version)
    save_answers(assessment_id, [proposed], who="Ada", at=at, idempotency_key=once)


@pytest.mark.usefixtures("inside", "small")
def test_what_goes_beyond_the_quota_of_a_day_is_refused_whole_and_is_taken_the_next_day() -> None:
    one = started()
    write(one, "x" * 3_000, 0)
    with pytest.raises(QuotaError) as refused:
        write(one, "y" * 3_000, 1)
    assert refused.value.seconds == 15 * 3600  # until midnight in UTC
    assert load_sheet(one)[0].answers[REF].note == "x" * 3_000
    write(one, "y" * 500, 1)  # what fits is still taken
    write(started("other"), "z" * 3_000, 0)  # and others have a day of their own
    write(one, "y" * 3_000, 2, at=NOW + timedelta(days=1))
    assert [entry.number for entry in latest(one)] == [4, 3, 2, 1]
    assert list(broken_chains()) == []


@pytest.mark.usefixtures("inside", "small")
def test_saving_the_same_again_and_again_grows_no_further_either() -> None:
    one = started()
    write(one, "once", 0)

    def again_and_again() -> None:
        for number in range(100):
            write(one, "once", 1, key=f"{number:020}")

    with pytest.raises(QuotaError):
        again_and_again()
    with db.engine.connect() as connection:
        assert 0 < (connection.execute(select(func.count()).select_from(save_receipt)).scalar() or 0) < 30


@pytest.mark.usefixtures("inside")
def test_an_empty_assessment_goes_after_a_week_and_not_before() -> None:
    one = started()
    save_choices(one, base=BEFORE, mine=RENAMED, who="Ada", at=NOW)
    assert tidy(NOW + A_WEEK - timedelta(seconds=1)).abandoned == 0
    done = tidy(NOW + A_WEEK)
    assert (done.abandoned, done.deleted) == (1, 0)
    assert find_assessment(one, "mine", at=NOW) is None


@pytest.mark.usefixtures("inside")
def test_an_assessment_in_which_anything_was_said_stays() -> None:
    answered, profiled, shared = started(), started(), started()
    write(answered, "", 0)
    write(answered, "said", 0)
    save_profile(profiled, [Proposed(key="people", value=("7",), base_version=0)], who="Ada", at=NOW)
    create_link(shared, "Kim", who="Ada", at=NOW)
    deleted = started()
    delete_later(deleted, at=NOW + timedelta(days=5))
    done = tidy(NOW + A_WEEK)
    assert (done.abandoned, done.deleted) == (0, 0)
    for each in (answered, profiled, shared, deleted):
        assert find_assessment(each, "mine", at=NOW) is not None


@pytest.mark.usefixtures("inside")
def test_an_empty_assessment_that_somebody_touched_this_week_stays() -> None:
    one = started()
    save_choices(one, base=BEFORE, mine=RENAMED, who="Ada", at=NOW + timedelta(days=3))
    assert tidy(NOW + A_WEEK).abandoned == 0
    assert tidy(NOW + A_WEEK + timedelta(days=3)).abandoned == 1
