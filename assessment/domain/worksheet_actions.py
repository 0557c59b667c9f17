"""Actions that were written down in worksheets: steps of the plan with owner and day, kept nowhere but there."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from assessment.domain.planning import StepNote
from assessment.domain.worksheet import ActionRegister
from assessment.domain.worksheet_lines import Filled, Line


@dataclass(frozen=True, kw_only=True)
class WorksheetAction:
    """A line that says what is to be done: ``because`` are the lines it is for, ``note`` who, until when, and done when."""

    filled: Filled
    line: Line
    because: tuple[Line, ...]
    note: StepNote

    @property
    def key(self) -> str:
        """What names it beside the keys of other steps."""
        return f"{self.filled.worksheet.id}/{self.line.id}"

    @property
    def title(self) -> str:
        """What is to be done."""
        return self.filled.name_of(self.line)

    @property
    def standards(self) -> tuple[str, ...]:
        """Ids of the standards that its worksheet serves."""
        return self.filled.worksheet.standards


def actions_of(worksheets: Iterable[Filled]) -> tuple[WorksheetAction, ...]:
    """Return the actions of worksheets, the one that is due first before the others; those without a day come last."""
    found = [
        WorksheetAction(filled=filled, line=line, because=_because(filled, line, marked.because), note=_note(line, marked))
        for filled in worksheets
        for marked in filled.worksheet.actions
        for line in filled.of(marked.register)
    ]
    return tuple(sorted(found, key=lambda action: action.note.due or date.max))


def _because(filled: Filled, line: Line, field: str) -> tuple[Line, ...]:
    return tuple(filled.lines[target] for target in line.several(field) if target in filled.lines) if field else ()


def _note(line: Line, marked: ActionRegister) -> StepNote:
    due, done_on = line.text(marked.due), line.text(marked.done)
    return StepNote(
        owner=line.text(marked.owner),
        due=date.fromisoformat(due) if due else None,
        done_on=date.fromisoformat(done_on) if done_on else None,
    )


def marked_done(action: WorksheetAction, done_on: date | None) -> Line:
    """Return the line of an action as it is once it was done on a day, or not done where there is none."""
    register = action.filled.worksheet.register_of(action.line.id)
    field = next(each.done for each in action.filled.worksheet.actions if register and each.register == register.id)
    values = {name: value for name, value in action.line.values.items() if name != field}
    return replace(action.line, values={**values, field: done_on.isoformat()} if done_on else values)
