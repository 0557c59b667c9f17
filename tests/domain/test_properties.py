"""What must hold for every answer sheet, over the shipped content and over generated content."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.answers import Answer, AnswerSheet, State, on_rung
from assessment.domain.findings import Grade, findings
from assessment.domain.freshness import as_of
from assessment.domain.planning import plan
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.scoring import score
from assessment.domain.standard import Gravity
from assessment.domain.stops import stops
from assessment.domain.tally import Tally
from assessment.domain.verdict_range import verdict_range
from tests.domain import generated
from tests.domain.generated import QUESTIONNAIRES, QUICKLY, sheets
from tests.domain.shipped import FIRM, ON


def test_there_is_content_to_hold_to() -> None:
    assert len(QUESTIONNAIRES) == 4


@QUICKLY
@given(sheets(), st.data())
def test_a_better_answer_never_makes_anything_worse(
    given_sheet: tuple[Questionnaire, AnswerSheet], data: st.DataObject
) -> None:
    questionnaire, sheet = given_sheet
    question = data.draw(st.sampled_from(questionnaire.questions))
    low, high = sorted(data.draw(st.lists(st.sampled_from(Rung), min_size=2, max_size=2)))
    dated = data.draw(st.sampled_from([None, date(2020, 1, 1)]))

    def with_answer(rung: Rung) -> AnswerSheet:
        answers = {**sheet.answers, question.ref: replace(on_rung(rung), last_done=dated)}
        return as_of(AnswerSheet(answers=answers), [questionnaire], ON)

    def areas(of: AnswerSheet, least: Grade) -> set[str]:
        return {finding.clause for finding in findings(questionnaire, of, ON) if finding.grade >= least}

    def stopping(of: AnswerSheet) -> set[str]:
        return {stop.question.ref if stop.question else "" for stop in stops(Tally(questionnaire, of))}

    worse, better = with_answer(low), with_answer(high)
    assert (score(questionnaire, worse).low or 0) <= (score(questionnaire, better).low or 0)
    assert verdict_range(Tally(questionnaire, worse)).worst <= verdict_range(Tally(questionnaire, better)).worst
    assert verdict_range(Tally(questionnaire, worse)).best <= verdict_range(Tally(questionnaire, better)).best

    assert areas(better, Grade.LIKELY_MAJOR) <= areas(worse, Grade.LIKELY_MAJOR)
    assert areas(better, Grade.LIKELY_MINOR) <= areas(worse, Grade.LIKELY_MINOR)
    assert stopping(better) <= stopping(worse)


@QUICKLY
@given(sheets(), st.data())
def test_closing_an_open_question_stays_inside_every_earlier_range(
    given_sheet: tuple[Questionnaire, AnswerSheet], data: st.DataObject
) -> None:
    questionnaire, sheet = given_sheet
    unanswered = [question for question in questionnaire.questions if sheet.is_open(question)]
    before, earlier = score(questionnaire, sheet), verdict_range(Tally(questionnaire, sheet))
    for question in unanswered:
        sheet = sheet.with_rungs({question.ref: data.draw(st.sampled_from(Rung))})
        after, later = score(questionnaire, sheet), verdict_range(Tally(questionnaire, sheet))
        assert (before.low or 0) <= (after.low or 0) <= (after.high or 0) <= (before.high or 0)
        assert earlier.worst <= later.worst <= later.best <= earlier.best
        before, earlier = after, later
    assert score(questionnaire, sheet).settled


@QUICKLY
@given(sheets())
def test_the_order_of_answers_and_strangers_among_them_do_not_matter(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    turned = dict(reversed(list(sheet.answers.items())))
    other = AnswerSheet(answers={"iso-0/stranger": on_rung(Rung.ABSENT), **turned})
    assert score(questionnaire, other) == score(questionnaire, sheet)
    assert findings(questionnaire, other, ON) == findings(questionnaire, sheet, ON)
    assert verdict_range(Tally(questionnaire, other)) == verdict_range(Tally(questionnaire, sheet))
    actions = generated.actions_for(questionnaire)
    assert plan([questionnaire], actions, other, FIRM) == plan([questionnaire], actions, sheet, FIRM)


@QUICKLY
@given(generated.questionnaires())
def test_where_nothing_applies_there_is_no_percent_no_plan_and_no_finding(questionnaire: Questionnaire) -> None:
    exempt = tuple(replace(question, may_not_apply="always.", gravity=Gravity.ORDINARY) for question in questionnaire.questions)
    nothing = replace(questionnaire, questions=exempt)
    said = Answer(state=State.NOT_APPLICABLE, reason="We do none of this.")
    sheet = AnswerSheet(answers={question.ref: said for question in exempt})
    whole = score(nothing, sheet)
    assert (whole.low, whole.high, whole.asked, whole.excluded) == (None, None, 0, len(exempt))
    assert findings(nothing, sheet, ON) == ()
    assert plan([nothing], generated.actions_for(nothing), sheet, FIRM) == ()
    assert verdict_range(Tally(nothing, sheet)).settled_by == ()
