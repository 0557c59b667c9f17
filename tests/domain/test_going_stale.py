"""What counts today and not at stage 2 is planned anew, and the plan says so."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.answers import AnswerSheet
from assessment.domain.freshness import as_of
from assessment.domain.going_stale import as_of_stage_2
from assessment.domain.profile import Profile
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.domain.timeline import timeline
from assessment.reports.markdown_file import to_markdown
from assessment.reports.summary import summarise
from assessment.reports.wording.timeline import said_of_stale_deeds
from tests.domain.generated import QUICKLY
from tests.domain.shipped import BOTH, ENOUGH, ISO_9001, ISO_14001, ON
from tests.support.content import LIBRARY
from tests.support.examples import examples

SLOW = Profile(values={"people": ("45",), "days-a-week": ("0.5",)})
AUDIT, REVIEW = "iso-9001/internal-audit", "iso-9001/management-review"


def done(sheet: AnswerSheet, **days: date) -> AnswerSheet:
    """The sheet with these deeds done on these days; ``_`` stands for ``-`` in an id."""
    answers = dict(sheet.answers)
    for name, day in days.items():
        ref = next(ref for ref in answers if ref.endswith(f"/{name.replace('_', '-')}"))
        answers[ref] = replace(answers[ref], last_done=day)
    return AnswerSheet(answers=answers)


def result(sheet: AnswerSheet) -> Result:
    """The result at a pace so slow that an internal audit puts stage 2 off."""
    return assess(LIBRARY, [ISO_9001], sheet, SLOW, ON)


def planned(of: Result) -> list[str]:
    return [step.action.key for step in of.steps]


def stage_2(of: Result) -> date:
    return of.planner.scheduler(of.way, of.on).calendar(of.days_a_week).milestones["iso-9001"].stage_2


def test_what_was_done_so_long_ago_that_it_is_too_old_at_stage_2_is_planned_again() -> None:
    long_ago = result(done(ENOUGH, internal_audit=ON - timedelta(days=360), management_review=ON - timedelta(days=360)))
    assert planned(long_ago) == ["audit-internally", "review-by-management"]
    assert [one.question.ref for one in long_ago.stale_by_stage_2] == [AUDIT, REVIEW]
    assert long_ago.standards[0].findings == (), "today it counts"
    lately = result(done(ENOUGH, internal_audit=ON - timedelta(days=60), management_review=ON - timedelta(days=60)))
    assert (planned(lately), lately.stale_by_stage_2) == ([], ())
    assert stage_2(lately) < stage_2(long_ago)
    assert planned(result(ENOUGH)) == [], "what has no date is not said to be old"


def test_what_counts_on_the_day_of_stage_2_itself_is_not_planned_again() -> None:
    of = result(done(ENOUGH, management_review=ON))
    day = stage_2(of)
    last_that_counts = day.replace(year=day.year - 1)
    assert planned(result(done(ENOUGH, management_review=last_that_counts))) == []
    assert planned(result(done(ENOUGH, management_review=last_that_counts - timedelta(days=1)))) == ["review-by-management"]


def test_what_puts_stage_2_off_may_make_more_too_old() -> None:
    """The review would count on the day of stage 2 if the audit did not have to be done again first."""
    day = stage_2(result(ENOUGH))
    review = day.replace(year=day.year - 1)
    both = result(done(ENOUGH, internal_audit=ON - timedelta(days=360), management_review=review))
    assert planned(result(done(ENOUGH, management_review=review))) == []
    assert planned(both) == ["audit-internally", "review-by-management"]


def test_page_and_documents_say_why_it_is_planned_again() -> None:
    of = result(done(ENOUGH, internal_audit=ON - timedelta(days=360)))
    ahead = timeline(of, start=ON, days_a_week=of.days_a_week, offered=())
    (said,) = said_of_stale_deeds(ahead, of.questionnaires)
    assert "19 November 2026" not in said
    assert (
        said == "ISO 9001: in the plan again, as it is too old at stage 2: 9.2 Internal audit (counts until 29 November 2026)."
    )
    assert said in to_markdown(summarise(of, "Firm", "", ["iso-9001"])).decode()


@settings(QUICKLY, max_examples=examples(15))
@given(st.data())
def test_nothing_that_is_left_out_of_the_plan_is_too_old_at_stage_2(data: st.DataObject) -> None:
    deeds = [question for asked in BOTH for question in asked.growing_old if question.deed]
    sheet = AnswerSheet().with_rungs({question.ref: question.enough for asked in BOTH for question in asked.questions})
    low = data.draw(st.sets(st.sampled_from([question.ref for question in ISO_14001.questions]), max_size=10))
    sheet = sheet.with_rungs(dict.fromkeys(low, Rung.INFORMAL))
    days = st.dates(ON - timedelta(days=500), ON)
    sheet = AnswerSheet(
        answers={**sheet.answers, **{q.ref: replace(sheet.answers[q.ref], last_done=data.draw(days)) for q in deeds}}
    )
    of = assess(LIBRARY, BOTH, sheet, Profile(), ON)
    milestones = of.planner.scheduler(of.way, ON).calendar(of.days_a_week).milestones
    for asked in BOTH:
        if asked.standard.id in milestones:
            assert as_of(of.planner.sheet, [asked], milestones[asked.standard.id].stage_2) is of.planner.sheet


@pytest.mark.parametrize("pace", [Fraction(1, 2), Fraction(5)])
def test_without_a_day_nothing_is_placed(pace: Fraction) -> None:
    def never(sheet: AnswerSheet) -> None:
        raise AssertionError("no plan is needed to see that nothing has a date")

    assert as_of_stage_2(ENOUGH, [ISO_9001], never, pace) is ENOUGH  # type: ignore[arg-type]
