"""The running tally of a questionnaire."""

from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.answers import AnswerSheet
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.scoring import score
from assessment.domain.tally import Tally
from assessment.domain.verdict_range import verdict_range
from tests.domain.generated import QUICKLY, sheets


@QUICKLY
@given(sheets(), st.data())
def test_a_changed_tally_is_the_tally_of_the_changed_sheet(
    given_sheet: tuple[Questionnaire, AnswerSheet], data: st.DataObject
) -> None:
    questionnaire, sheet = given_sheet
    tally = Tally(questionnaire, sheet)
    applying = [question for question in questionnaire.questions if sheet.applies(question)]
    for question in data.draw(st.lists(st.sampled_from(applying), max_size=5)) if applying else []:
        rung = data.draw(st.sampled_from(Rung))
        tally.put(question, rung)
        sheet = sheet.with_rungs({question.ref: rung})
    fresh = verdict_range(Tally(questionnaire, sheet))
    assert tally.score == score(questionnaire, sheet)
    assert (tally.worst, tally.best) == (fresh.worst, fresh.best)
