"""Sheets and content at the edge: the rules decide something that holds together, and never fail."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessment.domain.answers import Answer, AnswerSheet, State, on_rung
from assessment.domain.cost import cost
from assessment.domain.deadline import Meets
from assessment.domain.findings import Grade
from assessment.domain.profile import Profile
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.reasons import Reason
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.domain.standard_result import StandardResult
from assessment.domain.timeline import timeline
from assessment.domain.verdict import Verdict
from assessment.reports.json_file import to_data
from assessment.reports.outline.report import outline
from assessment.reports.summary import summarise
from assessment.reports.wording.plan import work
from tests.domain.shipped import BOTH, ISO_9001, ISO_14001, ON
from tests.support.content import LIBRARY

EARLY, FIRST, SECOND = Verdict
EXCLUDED = Answer(state=State.NOT_APPLICABLE, reason="We do none of this.")
LONG_AGO, TOMORROW = date(1900, 1, 1), ON + timedelta(days=1)


def all_of(answer: Answer) -> AnswerSheet:
    """Every question of both standards answered alike."""
    return AnswerSheet(answers={question.ref: answer for asked in BOTH for question in asked.questions})


def dated(day: date) -> AnswerSheet:
    return all_of(replace(on_rung(Rung.IN_USE), last_done=day))


def one(answer: Answer) -> AnswerSheet:
    return AnswerSheet(answers={"iso-9001/scope": answer})


SHEETS: dict[str, AnswerSheet] = {
    "everything absent": all_of(on_rung(Rung.ABSENT)),
    "everything excluded": all_of(EXCLUDED),
    "everything excluded without a reason": all_of(replace(EXCLUDED, reason="")),
    "everything stale": dated(LONG_AGO),
    "everything done on the last day there is": dated(date.max),
    "everything done tomorrow": dated(TOMORROW),
    "everything open": all_of(Answer(state=State.UNKNOWN)),
    "nothing answered": AnswerSheet(),
    "one answer": one(on_rung(Rung.IN_USE)),
    "one answer that is excluded although it always applies": one(EXCLUDED),
    "answers to questions nobody asks": AnswerSheet(answers={"iso-0/nothing": on_rung(Rung.IN_USE), "": EXCLUDED}),
}


def decided(sheet: AnswerSheet, questionnaires: list[Questionnaire] = BOTH) -> Result:
    return assess(LIBRARY, questionnaires, sheet, Profile(), ON)


def holds_together(result: Result) -> None:
    """What is true of every result, whatever was answered."""
    for standard in result.standards:
        asked = standard.questionnaire.questions
        score, verdicts = standard.score, standard.verdict_range
        assert (score.low is None) == (score.high is None) == (score.asked == 0)
        assert 0 <= (score.low or 0) <= (score.high or 0) <= 100
        assert score.answered + score.open == score.asked == len(asked) - score.excluded
        assert verdicts.worst <= verdicts.best
        assert bool(verdicts.settled_by) == (verdicts.worst is not verdicts.best)
        written = [question.ref for finding in standard.findings for question in finding.questions]
        assert len(written) == len(set(written))
        assert len({finding.clause for finding in standard.findings}) == len(standard.findings)
    keys = [step.action.key for step in result.steps]
    assert len(keys) == len(set(keys))
    assert all(way.person_days >= 0 for way in result.ways)
    assert {question.ref for question in result.worth_asking} == {
        question.ref for asked in result.questionnaires for question in asked.questions if result.sheet.is_open(question)
    }
    assert result.undecided is None


@pytest.mark.parametrize("name", SHEETS)
def test_what_is_decided_holds_together(name: str) -> None:
    result = decided(SHEETS[name])
    assert len(result.standards) == 2
    holds_together(result)
    holds_together(assess(LIBRARY, result.questionnaires, result.sheet_if_open_is_enough, result.profile, result.on))


def quality(name: str) -> StandardResult:
    return decided(SHEETS[name]).of("iso-9001")


def test_everything_absent_is_too_early_and_certainly_so() -> None:
    result = quality("everything absent")
    assert (result.score.low, result.score.high) == (0, 0)
    assert (result.verdict_range.worst, result.verdict_range.best) == (EARLY, EARLY)
    assert sum(len(finding.questions) for finding in result.findings) == len(ISO_9001.questions)


@pytest.mark.parametrize("name", ["everything excluded", "everything excluded without a reason"])
def test_what_always_applies_cannot_be_excluded_and_stays_open(name: str) -> None:
    result = quality(name)
    can = sum(bool(question.may_not_apply) for question in ISO_9001.questions)
    assert can > 10
    excluded = can if name == "everything excluded" else 0
    assert (result.score.excluded, result.score.open) == (excluded, len(ISO_9001.questions) - excluded)
    assert len(result.exclusions) == excluded
    assert (result.verdict_range.worst, result.verdict_range.best) == (EARLY, SECOND)


def test_where_everything_is_stale_only_deeds_fall_and_only_they_are_findings() -> None:
    result = quality("everything stale")
    assert {finding.reason for finding in result.findings} == {Reason.DEED_STALE}
    assert [finding.clause for finding in result.graded(Grade.LIKELY_MAJOR)] == ["9.2", "9.3"]
    assert result.worth_another_look
    assert all(not question.deed for question in result.worth_another_look)
    assert result.verdict_range.best is FIRST


@pytest.mark.parametrize("name", ["everything done tomorrow", "everything done on the last day there is"])
def test_a_day_to_come_is_fresh_and_no_rule_fails_on_it(name: str) -> None:
    result = quality(name)
    assert result.verdict_range.worst is SECOND
    assert (result.findings, result.worth_another_look) == ((), ())
    assert result.freshness
    assert all(entry.until > TOMORROW for entry in result.freshness)


@pytest.mark.parametrize("name", ["everything open", "nothing answered", "answers to questions nobody asks"])
def test_where_everything_is_open_everything_is_possible_and_nothing_is_a_finding(name: str) -> None:
    result = quality(name)
    assert (result.score.low, result.score.high) == (0, 100)
    assert (result.verdict_range.worst, result.verdict_range.best) == (EARLY, SECOND)
    assert (result.findings, result.stops, result.exclusions) == ((), (), ())


def test_one_answer_moves_only_what_it_is_about() -> None:
    result = decided(SHEETS["one answer"])
    quality, environment = result.of("iso-9001"), result.of("iso-14001")
    assert (quality.score.answered, environment.score.answered) == (1, 0)
    assert quality.score.earned_low > 0 == environment.score.earned_low
    assert quality.findings == ()
    ignored = decided(SHEETS["one answer that is excluded although it always applies"]).of("iso-9001")
    assert (ignored.score.answered, ignored.exclusions) == (0, ())


def without_areas(questionnaire: Questionnaire) -> Questionnaire:
    """The same in an edition of which no clause below x.y heads findings."""
    clauses = {number: replace(clause, heads_finding=False) for number, clause in questionnaire.edition.clauses.items()}
    return replace(questionnaire, edition=replace(questionnaire.edition, clauses=clauses))


@pytest.mark.parametrize("shipped", [ISO_9001, ISO_14001], ids=["iso-9001", "iso-14001"])
@pytest.mark.parametrize("name", SHEETS)
def test_an_edition_without_areas_of_its_own_is_judged_by_its_clauses(name: str, shipped: Questionnaire) -> None:
    flat = without_areas(shipped)
    assert set(flat.areas.values()) < set(shipped.areas.values()) | {flat.clause_group(q) for q in flat.questions}
    assert all(area.count(".") == 1 for area in flat.areas.values())
    result = decided(SHEETS[name], [flat])
    holds_together(result)
    assert {finding.clause for finding in result.standards[0].findings} <= set(flat.areas.values())


@pytest.mark.parametrize(
    "of",
    [lambda asked: replace(asked, questions=()), lambda asked: replace(asked, questions=asked.questions[:1])],
    ids=["no question", "one question"],
)
@pytest.mark.parametrize("name", SHEETS)
def test_an_edition_that_asks_next_to_nothing_is_judged_all_the_same(
    name: str, of: Callable[[Questionnaire], Questionnaire]
) -> None:
    holds_together(decided(SHEETS[name], [of(ISO_9001)]))


def test_a_choice_of_no_standard_at_all_decides_nothing() -> None:
    result = decided(SHEETS["everything absent"], [])
    assert (result.standards, result.steps, result.worth_asking) == ((), (), ())
    assert (result.asked, result.answered) == (0, 0)


YESTERDAY = ON - timedelta(days=1)
PROFILES: dict[str, dict[str, tuple[str, ...]]] = {
    "every question open": {},
    "no capacity told": {"people": ("45",), "asked-in-writing": ("iso-9001",)},
    "a deadline yesterday": {"asked-in-writing": ("iso-9001",), "deadline": (f"iso-9001={YESTERDAY}",)},
    "a deadline on the last day there is": {"deadline": ("iso-9001=9999-12-31",), "days-a-week": ("0.5",)},
    "a certificate that expired yesterday": {"certificates": (f"iso-9001=2015|{YESTERDAY}|{ON}|recertification",)},
    "a certificate for ever": {"certificates": ("iso-9001=2026|9999-12-31||", "iso-14001=not-known|||")},
    "a next audit tomorrow": {"certificates": (f"iso-9001=2026|2028-01-01|{TOMORROW}|surveillance",)},
    "a next audit on the first day there is": {"certificates": ("iso-9001=2026|2028-01-01|1900-01-01|",)},
    "ten sites and one employee": {"people": ("1",), "sites": ("10",), "sites-alike": ("alike",)},
    "as many sites as can be told": {"people": ("3",), "sites": ("1000000",)},
    "sites that are no number": {"sites": ("many",), "sites-alike": ("perhaps",), "people": ("20",)},
    "a special case with everybody complaining": {
        "people": ("20",),
        "environmental-complexity": ("special",),
        "complainers": ("customers", "neighbours", "authorities"),
        "releases": ("air", "water", "ground"),
    },
    "a way of a standard that is not known": {"way": ("iso-0", "")},
    "sums that are no sums": {"cost-auditor-day": ("many",), "cost-travel": ("-1",), "cost-currency": ()},
}


@pytest.mark.parametrize("name", PROFILES)
def test_whatever_the_profile_says_everything_is_decided_and_can_be_written(name: str) -> None:
    result = assess(LIBRARY, BOTH, SHEETS["everything absent"], Profile(values=PROFILES[name]), ON)
    summary = replace(summarise(result, "Odd", "", list(result.chosen)), costs=cost(result))
    sections = outline(summary).sections
    assert {"plan", "costs", "limits"} <= {section.key for section in sections}
    assert to_data(summary)["audit-days"]
    for dates in summary.milestones:
        assert ON <= dates.stage_1 <= dates.stage_2 <= dates.certificate


def test_a_deadline_yesterday_cannot_be_met_and_that_is_said() -> None:
    result = assess(LIBRARY, BOTH, AnswerSheet(), Profile(values=PROFILES["a deadline yesterday"]), ON)
    (check,) = timeline(result, start=ON, days_a_week=result.days_a_week, offered=()).deadlines
    assert check.meets is Meets.NEVER
    assert check.floor > ON


def test_without_a_capacity_the_plan_says_that_it_assumes_one() -> None:
    result = assess(LIBRARY, BOTH, AnswerSheet(), Profile(values=PROFILES["no capacity told"]), ON)
    assert result.days_a_week == LIBRARY.rules.calendar.days_a_week
    assert "assume" in work(result, result.steps, result.chosen)
