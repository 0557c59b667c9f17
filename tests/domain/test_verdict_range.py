"""What settles a verdict, what reaches the next one, and which questions are worth asking."""

from hypothesis import given

from assessment.domain.answers import AnswerSheet
from assessment.domain.findings import Grade, findings
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.verdict import Verdict
from assessment.domain.verdict_range import next_verdict, verdict_range, worth_asking
from tests.domain.generated import QUICKLY, sheets
from tests.domain.shipped import ENOUGH, ISO_9001, ON, enough_but


def ids(questions: object) -> list[str]:
    return [question.id for question in questions]  # type: ignore[attr-defined]


def test_the_next_verdict_needs_every_short_essential_of_stage_1() -> None:
    found = next_verdict(ISO_9001, enough_but(scope=Rung.DEFINED, policy=Rung.ABSENT, knowledge=Rung.ABSENT))
    assert found is not None
    assert (found.verdict, ids(found.questions)) == (Verdict.READY_FOR_STAGE_1, ["scope", "policy"])


def test_the_next_verdict_takes_the_fewest_lapses() -> None:
    # Four lapses under 7.5: two must go. Nothing else is short.
    found = next_verdict(
        ISO_9001,
        enough_but(documents=Rung.DEFINED, records=Rung.DEFINED, document_needs=Rung.ABSENT, external_documents=Rung.INFORMAL),
    )
    assert found is not None
    assert found.verdict is Verdict.READY_FOR_STAGE_2
    assert len(found.questions) == 2
    assert next_verdict(ISO_9001, ENOUGH) is None


@QUICKLY
@given(sheets())
def test_the_next_verdict_is_reached_by_its_list_and_by_no_part_of_it(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    found = next_verdict(questionnaire, sheet)
    if found is None:
        assert verdict_range(questionnaire, sheet).worst is Verdict.READY_FOR_STAGE_2
        return
    assert found.questions
    whole = sheet.with_rungs({question.ref: question.enough for question in found.questions})
    assert verdict_range(questionnaire, whole).worst >= found.verdict
    for left_out in found.questions:
        part = sheet.with_rungs({each.ref: each.enough for each in found.questions if each is not left_out})
        assert verdict_range(questionnaire, part).worst < found.verdict


@QUICKLY
@given(sheets())
def test_the_verdict_is_what_the_findings_say(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    known = sheet.with_rungs({q.ref: Rung.ABSENT for q in questionnaire.questions if sheet.is_open(q)})
    found = findings(questionnaire, known, ON)
    majors = sum(each.grade is Grade.LIKELY_MAJOR for each in found)
    minors = sum(each.grade is Grade.LIKELY_MINOR for each in found)
    too_early = any(q.essential and q.stage == 1 and known.is_gap(q) for q in questionnaire.questions)
    ready = majors == 0 and minors <= questionnaire.rules.minors_allowed
    expected = Verdict.TOO_EARLY if too_early else Verdict.READY_FOR_STAGE_2 if ready else Verdict.READY_FOR_STAGE_1
    assert verdict_range(questionnaire, sheet).worst is expected


@QUICKLY
@given(sheets())
def test_questions_worth_asking_are_the_open_ones_and_begin_with_those_that_settle(
    given_sheet: tuple[Questionnaire, AnswerSheet],
) -> None:
    questionnaire, sheet = given_sheet
    asked = worth_asking([(questionnaire, verdict_range(questionnaire, sheet))], sheet)
    assert {each.ref for each in asked} == {each.ref for each in questionnaire.questions if sheet.is_open(each)}
    settling = {each.ref for each in verdict_range(questionnaire, sheet).settled_by}
    assert {each.ref for each in asked[: len(settling)]} == settling
    rest = [each for each in asked[len(settling) :] if not each.essential]
    worth = [each.weight * questionnaire.rules.points(each.enough) for each in rest]
    assert worth == sorted(worth, reverse=True)


def test_the_verdict_needs_the_basics_then_no_major_and_few_minors() -> None:
    ready = {question.ref: Rung.IN_USE for question in ISO_9001.questions}
    assert verdict_range(ISO_9001, AnswerSheet().with_rungs(ready)).worst is Verdict.READY_FOR_STAGE_2
    no_policy = ready | {"iso-9001/policy": Rung.DEFINED}
    assert verdict_range(ISO_9001, AnswerSheet().with_rungs(no_policy)).best is Verdict.TOO_EARLY
    no_cause = ready | {"iso-9001/corrective-action": Rung.INFORMAL}
    assert verdict_range(ISO_9001, AnswerSheet().with_rungs(no_cause)).best is Verdict.READY_FOR_STAGE_1


@QUICKLY
@given(sheets())
def test_what_would_settle_the_verdict_does_settle_it(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    before = verdict_range(questionnaire, sheet)
    answered = sheet.with_rungs({question.ref: question.enough for question in before.settled_by})
    after = verdict_range(questionnaire, answered)
    assert after.worst is after.best is before.best
    for question in before.settled_by:
        fewer = {each.ref: each.enough for each in before.settled_by if each is not question}
        assert verdict_range(questionnaire, sheet.with_rungs(fewer)).worst < before.best
