"""Until when a deed shows that it still works, and what an old one counts as."""

from dataclasses import replace
from datetime import date

import pytest

from assessment.domain.answers import Answer, AnswerSheet, Evidence, State, on_rung
from assessment.domain.freshness import as_of, done_on, freshness, is_stale, worth_another_look
from assessment.domain.rules import Rung
from assessment.domain.working_days import months_later
from tests.domain.shipped import DEMO, ISO_9001, ISO_14001, ON
from tests.support.content import LIBRARY


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 10, 31), 1, date(2026, 11, 30)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_months_are_calendar_months(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_freshness_lists_what_goes_stale_the_earliest_first() -> None:
    listed = freshness(DEMO.questionnaires[0], DEMO.sheet)
    assert listed
    assert all(each.last_done == date(2026, 7, 27) and each.until == date(2027, 7, 27) for each in listed)
    audit, review = (LIBRARY.questions[f"iso-9001/{name}"] for name in ("internal-audit", "management-review"))
    sheet = AnswerSheet(
        answers={
            review.ref: replace(on_rung(Rung.IN_USE), last_done=date(2026, 1, 31)),
            audit.ref: replace(on_rung(Rung.IN_USE), last_done=date(2025, 9, 1)),
            "iso-9001/scope": replace(on_rung(Rung.IN_USE), last_done=date(2025, 9, 1)),
            "iso-9001/calibration": Answer(state=State.NOT_APPLICABLE, reason="None.", last_done=date(2025, 9, 1)),
        }
    )
    assert [(each.question.id, each.until) for each in freshness(DEMO.questionnaires[0], sheet)] == [
        ("internal-audit", date(2026, 9, 1)),
        ("management-review", date(2027, 1, 31)),
    ]


def done(name: str, day: date, rung: Rung = Rung.IN_USE) -> AnswerSheet:
    return AnswerSheet(answers={name: replace(on_rung(rung), last_done=day)})


def test_a_deed_is_stale_the_day_after_its_rhythm_has_passed() -> None:
    audit = LIBRARY.questions["iso-9001/internal-audit"]
    fresh, stale = (replace(on_rung(Rung.IN_USE), last_done=date(2025, 11, day)) for day in (24, 23))
    assert not is_stale(audit, fresh, ON)
    assert is_stale(audit, stale, ON)
    assert not is_stale(audit, on_rung(Rung.IN_USE), ON)


@pytest.mark.parametrize(
    ("ref", "questionnaire"),
    [
        ("iso-9001/internal-audit", ISO_9001),
        ("iso-9001/management-review", ISO_9001),
        ("iso-14001/internal-audit", ISO_14001),
        ("iso-14001/management-review", ISO_14001),
        ("iso-14001/compliance-evaluation", ISO_14001),
    ],
)
def test_a_stale_deed_counts_as_defined_at_most(ref: str, questionnaire: object) -> None:
    asked = [ISO_9001, ISO_14001]
    assert questionnaire in asked
    for given, judged in zip(Rung, [Rung.ABSENT, Rung.INFORMAL, Rung.DEFINED, Rung.DEFINED, Rung.DEFINED], strict=True):
        sheet = done(ref, date(2024, 11, 1), given)
        assert as_of(sheet, asked, ON).answers[ref] == replace(sheet.answers[ref], rung=judged)
    recent = done(ref, date(2026, 11, 1))
    assert as_of(recent, asked, ON) is recent


def test_an_old_date_elsewhere_is_a_hint_and_lowers_nothing() -> None:
    # Intervals differ from gauge to gauge, and nobody demands a yearly look at suppliers: no finding from a date alone.
    for name in ("calibration", "competence", "suppliers"):
        sheet = done(f"iso-9001/{name}", date(2024, 1, 1))
        assert as_of(sheet, [ISO_9001], ON) is sheet
        assert [question.id for question in worth_another_look(ISO_9001, sheet, ON)] == [name]
    assert worth_another_look(ISO_9001, done("iso-9001/internal-audit", date(2024, 1, 1)), ON) == ()
    assert worth_another_look(ISO_9001, done("iso-9001/calibration", date(2026, 1, 1)), ON) == ()


def shown_by(name: str, *days: date | None, rung: Rung = Rung.IN_USE) -> AnswerSheet:
    evidence = tuple(Evidence(title="Report", dated=day) for day in days)
    return AnswerSheet(answers={name: replace(on_rung(rung), evidence=evidence)})


def test_where_no_day_is_told_the_newest_evidence_speaks_for_it() -> None:
    old, newer = date(2019, 5, 1), date(2026, 5, 1)
    shown = shown_by("iso-9001/scope", old, newer, None).answers["iso-9001/scope"]
    assert done_on(shown) == newer
    assert done_on(replace(shown, last_done=old)) == old
    assert done_on(shown_by("iso-9001/scope", None).answers["iso-9001/scope"]) is None
    assert done_on(Answer()) is None


@pytest.mark.parametrize("name", ["internal-audit", "management-review", "compliance-evaluation"])
def test_a_deed_with_old_evidence_alone_is_stale(name: str) -> None:
    ref = f"iso-14001/{name}"
    old = shown_by(ref, date(2018, 1, 1), date(2019, 5, 1))
    assert as_of(old, [ISO_14001], ON).answers[ref].rung is Rung.DEFINED
    assert [(each.last_done, each.until) for each in freshness(ISO_14001, old)] == [(date(2019, 5, 1), date(2020, 5, 1))]
    for shown in (shown_by(ref, date(2019, 5, 1), date(2026, 5, 1)), shown_by(ref, None)):
        assert as_of(shown, [ISO_14001], ON) is shown


def test_anything_else_that_only_old_evidence_shows_is_worth_another_look() -> None:
    def again(sheet: AnswerSheet) -> list[str]:
        assert as_of(sheet, [ISO_9001], ON) is sheet
        return [question.id for question in worth_another_look(ISO_9001, sheet, ON)]

    assert LIBRARY.rules.findings.look_again_months == 12
    assert again(shown_by("iso-9001/suppliers", date(2025, 11, 23))) == ["suppliers"]
    assert again(shown_by("iso-9001/scope", date(2025, 11, 23))) == ["scope"]
    assert again(shown_by("iso-9001/scope", date(2025, 11, 24))) == []
    assert again(shown_by("iso-9001/scope", date(2019, 1, 1), date(2026, 1, 1))) == []
    assert again(shown_by("iso-9001/scope", None)) == []
    # What falls short is a finding already, and an event that has not happened yet has nothing to show.
    assert again(shown_by("iso-9001/scope", date(2019, 1, 1), rung=Rung.DEFINED)) == []
    assert again(shown_by("iso-9001/planned-change", date(2019, 1, 1), rung=Rung.DEFINED)) == []
    assert again(shown_by("iso-9001/planned-change", date(2019, 1, 1))) == ["planned-change"]
