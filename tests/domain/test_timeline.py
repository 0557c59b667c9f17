"""The plan held against time."""

from datetime import date, timedelta
from fractions import Fraction

import pytest

from assessment.domain.answers import AnswerSheet
from assessment.domain.deadline import Meets
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.result import assess
from assessment.domain.rules import Rung
from assessment.domain.timeline import timeline
from assessment.domain.working_days import working_days_later
from assessment.reports.json_file import to_data
from assessment.reports.outline.report import outline
from assessment.reports.plan_files import to_csv
from assessment.reports.summary import summarise
from assessment.reports.wording.dates import day_in_words
from assessment.reports.wording.timeline import forward_in_words, said_of_dates
from tests.domain.shipped import BOTH, ON, RESULT, enough_but
from tests.reports.spoken import of_outline, squeezed
from tests.support.content import LIBRARY


def test_a_timeline_compares_paces_and_warns() -> None:
    offered = (Fraction(1), Fraction(5))
    found = timeline(RESULT, start=ON, days_a_week=Fraction(2), offered=offered)
    assert list(found.certificates_by_days) == [1, 2, 5]
    assert found.certificates_by_days[Fraction(2)] == {
        standard: milestones.certificate for standard, milestones in found.calendar.milestones.items()
    }
    assert found.calendar.start == found.floor.start == ON
    dates = [max(certificates.values()) for certificates in found.certificates_by_days.values()]
    assert dates == sorted(dates, reverse=True)
    assert found.floor.certificate < dates[-1]
    assert max(found.certificates_if_open_is_enough.values()) <= found.calendar.certificate
    (check,) = found.deadlines
    assert (check.standard, check.deadline, check.meets, check.needed) == (
        "iso-14001",
        date(2027, 10, 31),
        Meets.YES,
        Fraction(2),
    )
    one = timeline(RESULT, start=ON, days_a_week=Fraction(1), offered=offered)
    assert (one.deadlines[0].meets, one.deadlines[0].needed) == (Meets.WITH_MORE_TIME, Fraction(2))
    assert check.floor == found.floor.milestones["iso-14001"].certificate
    # The other standard is ready and waits for its turn on the way.
    assert (found.hasty, found.after_edition) == ((), ())
    assert list(found.calendar.milestones) == list(RESULT.on_the_way) == ["iso-14001", "iso-9001"]
    everything = {step.key for step in RESULT.steps}
    done = timeline(RESULT, start=ON, days_a_week=Fraction(2), offered=(), done=everything)
    assert set(done.hasty) == {"iso-9001", "iso-14001"}
    assert done.calendar.certificate == done.floor.certificate == working_days_later(ON, 13 * 5)


def test_a_certificate_after_an_editions_last_day_is_warned_of() -> None:
    old = LIBRARY.questionnaire("iso-14001", "2015", QuestionPath.FULL)
    result = assess(LIBRARY, [old], AnswerSheet(), Profile(), ON)
    slow = timeline(result, start=ON, days_a_week=Fraction(1, 2), offered=())
    assert slow.after_edition == ("iso-14001",)
    assert timeline(result, start=ON, days_a_week=Fraction(5), offered=()).after_edition == ()
    new = LIBRARY.questionnaire("iso-14001", "2026", QuestionPath.FULL)
    never = timeline(assess(LIBRARY, [new], AnswerSheet(), Profile(), ON), start=ON, days_a_week=Fraction(1, 2), offered=())
    assert never.after_edition == ()


def test_what_brings_a_date_forward_names_the_strongest_lever_first_and_other_orders_among_them() -> None:
    offered = (Fraction(1, 2), Fraction(1), Fraction(2), Fraction(3), Fraction(5))
    found = timeline(RESULT, start=ON, days_a_week=RESULT.days_a_week, offered=offered)
    # On the advised way ISO 9001 comes last, so its date comes forward most where it is first.
    said = forward_in_words(found, "iso-9001", RESULT)
    assert said[0].startswith("Another way, ")
    assert any(text.startswith("Another way, ISO 9001, then ISO 14001: ") for text in said)
    assert any(text.startswith("5 days a week: ") for text in said)
    assert said[-1].startswith("Not before ")
    levers = {
        **{f"{days}": certificates["iso-9001"] for days, certificates in found.certificates_by_days.items()},
        **{str(legs): dates["iso-9001"] for legs, dates in RESULT.other_orders.items()},
    }
    sooner = sorted(day for day in levers.values() if day < found.calendar.milestones["iso-9001"].certificate)
    assert [text.rpartition(": ")[2] for text in said[:-1]] == [f"{day_in_words(day)}." for day in sooner]


def test_other_orders_hold_the_same_standards_and_never_the_way_itself() -> None:
    assert set(RESULT.other_orders) == {(("iso-9001", "iso-14001"),), (("iso-9001",), ("iso-14001",))}
    alone = assess(LIBRARY, RESULT.questionnaires[:1], AnswerSheet(), Profile(), ON)
    assert alone.other_orders == {}


def test_at_a_pace_that_is_only_tried_out_no_other_order_is_compared() -> None:
    tried = timeline(RESULT, start=ON, days_a_week=Fraction(1), offered=(Fraction(5),))
    assert not [text for text in forward_in_words(tried, "iso-9001", RESULT) if text.startswith("Another way")]


def said(standard: str, edition: str, days: str = "5") -> list[str]:
    asked = LIBRARY.questionnaire(standard, edition, QuestionPath.FULL)
    sheet = AnswerSheet().with_rungs({question.ref: Rung.INFORMAL for question in asked.questions})
    told = {"people": ("45",), "environmental-complexity": ("low",), "days-a-week": (days,), "asked-in-writing": (standard,)}
    result = assess(LIBRARY, [asked], sheet, Profile(values=told), ON)
    summary = summarise(result, "Firm", "", [standard])
    texts = said_of_dates(summary.timeline, [asked])
    for shown in (to_data(summary)["calendar"]["said-of-dates"], to_csv(summary).decode()):
        assert all(text.replace('"', '""') in shown for text in texts)
    page = squeezed(" ".join(of_outline(outline(summary))))
    assert all(squeezed(text) in page for text in texts)
    return texts


@pytest.mark.parametrize(
    ("standard", "name", "day"),
    [("iso-9001", "ISO 9001", "30 March 2028"), ("iso-14001", "ISO 14001", "31 October 2027 (one source)")],
)
def test_the_newer_edition_is_never_advised_without_asking_whether_the_body_is_accredited(
    standard: str, name: str, day: str
) -> None:
    honest = (
        f"{name}:2026: only from a certification body that is accredited for it. Ask first: until {day} the edition before, "
        "and a transition audit later, is honest, too (our judgement)."
    )
    assert honest in said(standard, "2026")
    assert not [text for text in said(standard, "2015") if "accredited" in text or "newer edition" in text]
    late = said(standard, "2015", "0.5")
    older = (
        f"{name}: new certificates to {name}:2015 with Amendment 1:2024 are given only until {day}. Choose the newer edition."
    )
    only = (
        f"{name}:2026: only from a certification body that is accredited for it. Ask first: the plan ends after {day}, the "
        "last day for first certificates to the edition before."
    )
    assert late[late.index(older) + 1] == only
    slow = said(standard, "2026", "0.5")
    assert only in slow
    assert honest not in slow, "by then the edition before is given no more"


@pytest.mark.parametrize(
    ("standard", "name", "day"),
    [("iso-9001", "ISO 9001", "30 September 2029"), ("iso-14001", "ISO 14001", "30 April 2029 (one source)")],
)
def test_who_plans_for_the_older_edition_reads_that_a_transition_comes(standard: str, name: str, day: str) -> None:
    text = f"{name}: certificates to {name}:2015 with Amendment 1:2024 end by {day}; a transition audit has to be over before."
    assert text in said(standard, "2015")
    assert not [text for text in said(standard, "2026") if "transition audit has to be over" in text]
    assert text not in said(standard, "2015", "0.5"), "none is given by then"


def deadline(day: date, sheet: AnswerSheet) -> str:
    asked = LIBRARY.questionnaire("iso-9001", "2026", QuestionPath.FULL)
    told = {"people": ("45",), "days-a-week": ("2",), "deadline": (f"iso-9001={day}",), "asked-in-writing": ("iso-9001",)}
    result = assess(LIBRARY, [asked], sheet, Profile(values=told), ON)
    return said_of_dates(timeline(result, start=ON, days_a_week=Fraction(2), offered=()), [asked])[0]


def test_a_deadline_of_what_the_way_leaves_out_is_never_silently_dropped() -> None:
    told = {"deadline": ("iso-9001=2028-02-15", "iso-14001=2027-10-01"), "days-a-week": ("2",)}
    left_out = "ISO 14001 by 1 October 2027: it is not on the way that is followed, so nothing is planned for it."
    for way, is_said in ((("iso-9001",), True), (("iso-9001", "iso-14001"), False), (("iso-9001+iso-14001",), False)):
        result = assess(LIBRARY, BOTH, AnswerSheet(), Profile(values={**told, "way": way}), ON)
        found = timeline(result, start=ON, days_a_week=Fraction(2), offered=())
        asked = [asked for leg in result.legs for asked in leg.questionnaires]
        assert (left_out in said_of_dates(found, asked)) is is_said
    held = {**told, "way": ("iso-9001",), "certificates": ("iso-14001=2026|2028-05-31||",)}
    result = assess(LIBRARY, BOTH, AnswerSheet(), Profile(values=held), ON)
    found = timeline(result, start=ON, days_a_week=Fraction(2), offered=())
    assert left_out not in said_of_dates(found, result.questionnaires)


def test_a_deadline_that_is_past_is_named_as_such_and_one_that_only_audits_hold_blames_no_step() -> None:
    yesterday, soon = ON - timedelta(days=1), ON + timedelta(days=30)
    assert "that day is past; tell the one that counts now. Not before" in deadline(yesterday, AnswerSheet())
    assert "is past" not in deadline(ON, AnswerSheet())
    assert deadline(soon, AnswerSheet()).endswith("some steps take a fixed number of weeks.")
    ready = deadline(soon, enough_but())
    assert "cannot be met by the weeks that audits and decision usually take" in ready
    assert ready.endswith("(our judgement): ask your certification body whether it can be sooner.")
