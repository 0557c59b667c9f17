"""What falls short, counted by area while rungs change."""

from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.shortfalls import Shortfalls
from tests.domain.generated import QUICKLY, sheets


@QUICKLY
@given(sheets(), st.data())
def test_a_change_leaves_the_counts_that_a_fresh_count_gives(
    given_sheet: tuple[Questionnaire, object], data: st.DataObject
) -> None:
    questionnaire, _ = given_sheet
    first = data.draw(st.lists(st.sampled_from(Rung), min_size=1, max_size=7))
    begun = {question.ref: first[place % len(first)] for place, question in enumerate(questionnaire.questions)}
    rungs = dict(begun)
    changed = Shortfalls(questionnaire, rungs, excluded=True, bad_exclusions=0)
    kept = changed.copied()
    for question in data.draw(st.lists(st.sampled_from(questionnaire.questions), max_size=6)):
        rungs[question.ref] = data.draw(st.sampled_from(Rung))
        changed.put(question, rungs[question.ref])
    fresh = Shortfalls(questionnaire, dict(reversed(rungs.items())), excluded=True, bad_exclusions=0)
    assert (changed.majors, changed.minors, changed.stops) == (fresh.majors, fresh.minors, fresh.stops)
    assert (changed.asked, changed.defined, changed.in_use) == (fresh.asked, fresh.defined, fresh.in_use)
    assert (changed.asked_to_live, changed.lived) == (fresh.asked_to_live, fresh.lived)
    assert changed.verdict is fresh.verdict
    assert vars(kept) == vars(Shortfalls(questionnaire, begun, excluded=True, bad_exclusions=0)), "a copy stays as it was"
