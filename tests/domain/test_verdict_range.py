"""What settles a verdict, what reaches the next one, and which questions are worth asking."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.findings import Grade, findings
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.standard import Question
from assessment.domain.stops import stops
from assessment.domain.tally import Tally
from assessment.domain.verdict import Verdict
from assessment.domain.verdict_range import next_verdict, verdict_range, worth_asking
from tests.domain import generated
from tests.domain.generated import QUICKLY, sheets, sheets_for, with_reasons
from tests.domain.shipped import ENOUGH, ISO_9001, ON, enough_but
from tests.support.examples import examples


def ids(questions: object) -> list[str]:
    return [question.id for question in questions]  # type: ignore[attr-defined]


def test_the_next_verdict_needs_everything_that_stops_stage_1() -> None:
    found = next_verdict(Tally(ISO_9001, enough_but(scope=Rung.INFORMAL, policy=Rung.ABSENT, knowledge=Rung.ABSENT)))
    assert found is not None
    assert (found.verdict, ids(found.questions)) == (Verdict.READY_FOR_STAGE_1, ["scope", "policy"])


def test_the_next_verdict_takes_the_fewest_lapses() -> None:
    # Three lapses under 7.5.3, two of them absent: one must go. Nothing else is more than a minor.
    short = enough_but(external_documents=Rung.ABSENT, information_protection=Rung.ABSENT, documents=Rung.INFORMAL)
    found = next_verdict(Tally(ISO_9001, short))
    assert found is not None
    assert (found.verdict, len(found.questions)) == (Verdict.READY_FOR_STAGE_2, 1)
    assert next_verdict(Tally(ISO_9001, ENOUGH)) is None


def test_the_next_verdict_names_exclusions_that_need_a_reason() -> None:
    said = Answer(state=State.NOT_APPLICABLE, reason="n/a")
    found = next_verdict(Tally(ISO_9001, AnswerSheet(answers={**ENOUGH.answers, "iso-9001/calibration": said})))
    assert found is not None
    assert (found.verdict, found.questions, ids(found.unreasoned)) == (Verdict.READY_FOR_STAGE_1, (), ["calibration"])


def test_a_ninth_area_with_minors_keeps_stage_2_away() -> None:
    areas = ["context", "leadership", "resources", "awareness", "communication", "operation-records", "analysis"]
    eight = enough_but(**dict.fromkeys([*areas, "people"], Rung.DEFINED))
    nine = eight.with_rungs({"iso-9001/infrastructure": Rung.DEFINED})
    assert len(findings(ISO_9001, eight, ON)) == 8
    assert verdict_range(Tally(ISO_9001, eight)).worst is Verdict.READY_FOR_STAGE_2
    assert verdict_range(Tally(ISO_9001, nine)).best is Verdict.READY_FOR_STAGE_1


def test_less_than_85_percent_in_use_keeps_stage_2_away() -> None:
    # 21 of 138 only defined, all within few areas: 84.8 percent in use.
    names = [q.ref for q in ISO_9001.questions if ISO_9001.areas[q.ref] in {"7.5", "8.3", "5.1", "5.2"} and not q.event]
    for count, verdict in ((20, Verdict.READY_FOR_STAGE_2), (21, Verdict.READY_FOR_STAGE_1)):
        sheet = ENOUGH.with_rungs(dict.fromkeys(names[:count], Rung.DEFINED))
        assert len(names[:count]) == count
        assert verdict_range(Tally(ISO_9001, sheet)).worst is verdict


@pytest.mark.broad
@QUICKLY
@given(sheets())
def test_the_next_verdict_is_reached_by_its_list_and_by_no_part_of_it(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    found = next_verdict(Tally(questionnaire, sheet))
    if found is None:
        assert verdict_range(Tally(questionnaire, sheet)).worst is Verdict.READY_FOR_STAGE_2
        return
    assert found.questions or found.unreasoned
    sheet = with_reasons(sheet)
    whole = sheet.with_rungs({question.ref: question.enough for question in found.questions})
    assert verdict_range(Tally(questionnaire, whole)).worst >= found.verdict
    for left_out in found.questions:
        part = sheet.with_rungs({each.ref: each.enough for each in found.questions if each is not left_out})
        assert verdict_range(Tally(questionnaire, part)).worst < found.verdict


@QUICKLY
@given(sheets())
def test_the_verdict_is_what_stops_findings_and_shares_say(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    known = sheet.with_rungs({q.ref: Rung.ABSENT for q in questionnaire.questions if sheet.is_open(q)})
    found = findings(questionnaire, known, ON)
    gates = questionnaire.rules.gates
    majors = sum(each.grade is Grade.LIKELY_MAJOR for each in found)
    short = {question.ref for each in found for question in each.questions}
    asked = [question for question in questionnaire.questions if known.applies(question)]
    used = sum(question.ref not in short or known.answers[question.ref].rung == Rung.IN_USE for question in asked)
    ready = majors == 0 and len(found) <= gates.minor_areas_allowed and 100 * used >= gates.ready_in_use_percent * len(asked)
    too_early = bool(stops(Tally(questionnaire, known)))
    expected = Verdict.TOO_EARLY if too_early else Verdict.READY_FOR_STAGE_2 if ready else Verdict.READY_FOR_STAGE_1
    assert verdict_range(Tally(questionnaire, sheet)).worst is expected


@settings(QUICKLY, max_examples=examples(200))
@given(st.data())
def test_no_smaller_set_settles_the_verdict_or_reaches_the_next_one(data: st.DataObject) -> None:
    """Every set of questions is tried, on questionnaires small enough for that."""
    questionnaire = data.draw(generated.questionnaires(most=8))
    sheet = with_reasons(data.draw(sheets_for(questionnaire)))
    found = verdict_range(Tally(questionnaire, sheet))
    if found.worst is not found.best:
        movable = [question for question in questionnaire.questions if sheet.is_open(question)]
        assert len(found.settled_by) == fewest(questionnaire, sheet, movable, found.best)
    then = next_verdict(Tally(questionnaire, sheet))
    if then is not None:
        movable = [question for question in questionnaire.questions if sheet.is_open(question) or sheet.is_gap(question)]
        assert len(then.questions) == fewest(questionnaire, sheet, movable, then.verdict)


def fewest(questionnaire: Questionnaire, sheet: AnswerSheet, movable: Sequence[Question], wanted: Verdict) -> int:
    for size in range(len(movable) + 1):
        for chosen in combinations(movable, size):
            tried = sheet.with_rungs({question.ref: question.enough for question in chosen})
            if Tally(questionnaire, tried).worst >= wanted:
                return size
    raise AssertionError("not reached at all")


@QUICKLY
@given(sheets())
def test_questions_worth_asking_are_the_open_ones_and_begin_with_those_that_settle(
    given_sheet: tuple[Questionnaire, AnswerSheet],
) -> None:
    questionnaire, sheet = given_sheet
    asked = worth_asking([(questionnaire, verdict_range(Tally(questionnaire, sheet)))], sheet)
    assert {each.ref for each in asked} == {each.ref for each in questionnaire.questions if sheet.is_open(each)}
    settling = {each.ref for each in verdict_range(Tally(questionnaire, sheet)).settled_by}
    assert {each.ref for each in asked[: len(settling)]} == settling
    rest = [each for each in asked[len(settling) :] if not each.essential]
    worth = [each.weight * questionnaire.rules.points(each.enough) for each in rest]
    assert worth == sorted(worth, reverse=True)


def test_the_verdict_needs_the_basics_then_no_major() -> None:
    assert verdict_range(Tally(ISO_9001, ENOUGH)).worst is Verdict.READY_FOR_STAGE_2
    assert verdict_range(Tally(ISO_9001, enough_but(policy=Rung.INFORMAL))).best is Verdict.TOO_EARLY
    assert verdict_range(Tally(ISO_9001, enough_but(policy=Rung.DEFINED))).best is Verdict.READY_FOR_STAGE_2
    assert verdict_range(Tally(ISO_9001, enough_but(corrective_action=Rung.INFORMAL))).best is Verdict.READY_FOR_STAGE_1


@QUICKLY
@given(sheets())
def test_what_would_settle_the_verdict_does_settle_it(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    before = verdict_range(Tally(questionnaire, sheet))
    answered = sheet.with_rungs({question.ref: question.enough for question in before.settled_by})
    after = verdict_range(Tally(questionnaire, answered))
    assert after.worst is after.best is before.best
    for question in before.settled_by:
        fewer = {each.ref: each.enough for each in before.settled_by if each is not question}
        assert verdict_range(Tally(questionnaire, sheet.with_rungs(fewer))).worst < before.best
