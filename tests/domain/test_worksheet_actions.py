"""Actions that were written down in worksheets, as steps of the plan."""

from dataclasses import replace
from datetime import date

from assessment.domain.planning import StepNote
from assessment.domain.worksheet_actions import actions_of, marked_done
from tests.support.worksheets import GALVANISER, PROCESS_MAP, REVIEW, TODAY, filled

LATE = {"K2": {"what": "Ask for the drain plan", "due": "2026-12-01"}, "K3": {"what": "Some day"}}


def test_an_action_has_owner_day_and_the_lines_it_is_for_from_its_line() -> None:
    (action,) = actions_of([filled(GALVANISER)])
    assert (action.key, action.title) == ("environmental-review/K1", "Second stage for the scrubber")
    assert action.note == StepNote(owner="Kim", due=date(2027, 2, 1))
    assert [line.id for line in action.because] == ["D1", "F1"]
    assert action.standards == REVIEW.standards


def test_what_is_due_first_comes_first_over_all_worksheets_and_what_has_no_day_last() -> None:
    measures = filled({"M1": {"what": "Name an owner", "due": "2027-01-10"}}, PROCESS_MAP)
    found = actions_of([filled({**GALVANISER, **LATE}), measures])
    assert [action.line.id for action in found] == ["K2", "M1", "K1", "K3"]


def test_a_deleted_line_is_no_step_any_more_and_a_deleted_reason_does_no_harm() -> None:
    told = filled(GALVANISER)
    gone = replace(told, lines={**told.lines, "K1": replace(told.lines["K1"], removed=True)})
    assert actions_of([gone]) == ()
    orphan = replace(told, lines={name: line for name, line in told.lines.items() if name != "D1"})
    assert [line.id for line in actions_of([orphan])[0].because] == ["F1"]


def test_marking_as_done_changes_only_that_field_of_the_line_and_can_be_taken_back() -> None:
    told = filled(GALVANISER)
    (action,) = actions_of([told])
    done = marked_done(action, TODAY)
    assert done.values == {**GALVANISER["K1"], "done": TODAY.isoformat()}
    (again,) = actions_of([replace(told, lines={**told.lines, "K1": done})])
    assert again.note.done_on == TODAY
    assert marked_done(again, None).values == GALVANISER["K1"]
