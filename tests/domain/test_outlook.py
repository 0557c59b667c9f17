"""What settles a verdict, what reaches the next one, and which questions are worth asking."""

from hypothesis import given
from hypothesis import strategies as st

from assessment.content import load
from assessment.domain.answers import AnswerSheet
from assessment.domain.findings import Grade, findings
from assessment.domain.outlook import next_verdict, outlook, worth_asking
from assessment.domain.planning import plan
from assessment.domain.questionnaire import Depth, Questionnaire
from assessment.domain.rules import Rung, Size
from assessment.domain.scoring import score
from assessment.domain.standing import Standing, Verdict
from assessment.paths import shipped
from tests.domain.generated import actions_for
from tests.domain.test_properties import ON, QUICKLY, sheets

LIBRARY = load(shipped("questionnaires"))
ISO_9001 = LIBRARY.questionnaire("iso-9001", "2026", Depth.FULL)
FIRM = AnswerSheet().with_rungs({question.ref: question.enough for question in ISO_9001.questions})


def ids(questions: object) -> list[str]:
    return [question.id for question in questions]  # type: ignore[attr-defined]


def but(**rungs: Rung) -> AnswerSheet:
    return FIRM.with_rungs({f"iso-9001/{name.replace('_', '-')}": rung for name, rung in rungs.items()})


def test_the_next_verdict_needs_every_short_essential_of_stage_1() -> None:
    found = next_verdict(ISO_9001, but(scope=Rung.DEFINED, policy=Rung.ABSENT, knowledge=Rung.ABSENT))
    assert found is not None
    assert (found.verdict, ids(found.questions)) == (Verdict.READY_FOR_STAGE_1, ["scope", "policy"])


def test_the_next_verdict_takes_the_fewest_lapses() -> None:
    # Four lapses under 7.5: two must go. Nothing else is short.
    found = next_verdict(
        ISO_9001,
        but(documents=Rung.DEFINED, records=Rung.DEFINED, document_needs=Rung.ABSENT, external_documents=Rung.INFORMAL),
    )
    assert found is not None
    assert found.verdict is Verdict.READY_FOR_STAGE_2
    assert len(found.questions) == 2
    assert next_verdict(ISO_9001, FIRM) is None


@QUICKLY
@given(sheets())
def test_the_next_verdict_is_reached_by_its_list_and_by_no_part_of_it(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    found = next_verdict(questionnaire, sheet)
    if found is None:
        assert outlook(questionnaire, sheet).worst is Verdict.READY_FOR_STAGE_2
        return
    assert found.questions
    whole = sheet.with_rungs({question.ref: question.enough for question in found.questions})
    assert outlook(questionnaire, whole).worst >= found.verdict
    for left_out in found.questions:
        part = sheet.with_rungs({each.ref: each.enough for each in found.questions if each is not left_out})
        assert outlook(questionnaire, part).worst < found.verdict


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
    assert outlook(questionnaire, sheet).worst is expected


@QUICKLY
@given(sheets(), st.data())
def test_a_changed_tally_is_the_tally_of_the_changed_sheet(
    given_sheet: tuple[Questionnaire, AnswerSheet], data: st.DataObject
) -> None:
    questionnaire, sheet = given_sheet
    standing = Standing(questionnaire, sheet)
    applying = [question for question in questionnaire.questions if sheet.applies(question)]
    for question in data.draw(st.lists(st.sampled_from(applying), max_size=5)) if applying else []:
        rung = data.draw(st.sampled_from(Rung))
        standing.put(question, rung)
        sheet = sheet.with_rungs({question.ref: rung})
    fresh = outlook(questionnaire, sheet)
    assert standing.score == score(questionnaire, sheet)
    assert (standing.worst, standing.best) == (fresh.worst, fresh.best)


@QUICKLY
@given(sheets())
def test_questions_worth_asking_are_the_open_ones_and_begin_with_those_that_settle(
    given_sheet: tuple[Questionnaire, AnswerSheet],
) -> None:
    questionnaire, sheet = given_sheet
    asked = worth_asking([(questionnaire, outlook(questionnaire, sheet))], sheet)
    assert {each.ref for each in asked} == {each.ref for each in questionnaire.questions if sheet.is_open(each)}
    settling = {each.ref for each in outlook(questionnaire, sheet).settled_by}
    assert {each.ref for each in asked[: len(settling)]} == settling
    rest = [each for each in asked[len(settling) :] if not each.essential]
    worth = [each.weight * questionnaire.rules.points(each.enough) for each in rest]
    assert worth == sorted(worth, reverse=True)


@QUICKLY
@given(sheets())
def test_forecasts_of_a_plan_are_what_would_be(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    for step in plan([questionnaire], actions_for(questionnaire), sheet, Size.SMALL):
        sheet = sheet.with_rungs({lift.question.ref: lift.after for lift in step.lifts})
        (forecast,) = step.forecasts
        then = outlook(questionnaire, sheet)
        assert (forecast.score, forecast.worst, forecast.best) == (score(questionnaire, sheet), then.worst, then.best)
