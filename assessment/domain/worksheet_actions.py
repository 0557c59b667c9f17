"""Actions that were written down in worksheets: steps of the plan with owner and day, kept nowhere but there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from assessment.domain.entries import day_or_none
from assessment.domain.planning import StepNote
from assessment.domain.worksheet_lines import Filled, Line
from assessment.domain.worksheet_marks import ActionRegister


class Effect(StrEnum):
    """What is known of the effect of an action that is done."""

    NOT_ASKED = ""  # it is not done, or nobody asks whether it helped
    NOT_LOOKED_AT = "not-looked-at"
    HELPED = "helped"
    DID_NOT_HELP = "did-not-help"


@dataclass(frozen=True, kw_only=True)
class WorksheetAction:
    """A line that says what is to be done: ``because`` are the lines it is for, ``note`` who, until when, and done when.

    ``effect`` is what is known of its effect; ``before`` until when at the latest, in the words of the content, empty where
    that says nothing; ``title`` what is to be done.
    """

    filled: Filled
    line: Line
    because: tuple[Line, ...]
    note: StepNote
    title: str
    effect: Effect = Effect.NOT_ASKED
    before: str = ""

    @property
    def key(self) -> str:
        """What names it beside the keys of other steps."""
        return f"{self.filled.worksheet.id}/{self.line.id}"

    @property
    def standards(self) -> tuple[str, ...]:
        """Ids of the standards that it serves: those its line belongs to, or else all of its worksheet."""
        return self.filled.standards_of(self.line) or self.filled.worksheet.standards


def actions_of(worksheets: Iterable[Filled]) -> tuple[WorksheetAction, ...]:
    """Return the actions of worksheets, the one that is due first before the others; those without a day come last."""
    found = [
        WorksheetAction(
            filled=filled,
            line=line,
            because=_because(filled, line, marked.because),
            note=_note(line, marked),
            title=line.text(marked.title).strip() or filled.name_of(line),
            effect=_effect(line, marked),
            before=_before(filled, line, marked).get(line.text(marked.before_by), ""),
        )
        for filled in worksheets
        for marked in filled.worksheet.actions
        for line in filled.of(marked.register)
        if _is_action(line, marked)
    ]
    return tuple(sorted(found, key=lambda action: action.note.due or date.max))


def _is_action(line: Line, marked: ActionRegister) -> bool:
    # What the content marks as steps depends on no day.
    wanted = all(condition.holds(line.values, date.min) for condition in marked.when)
    return wanted or bool(marked.or_field and line.text(marked.or_field).strip())


def _because(filled: Filled, line: Line, field: str) -> tuple[Line, ...]:
    return tuple(filled.lines[target] for target in line.several(field) if target in filled.lines) if field else ()


def _before(filled: Filled, line: Line, marked: ActionRegister) -> Mapping[str, str]:
    """Return what tells until when by what a line says: that of the line it points to, where that is of such a kind."""
    other = marked.otherwise
    if other and any(of.text(other.field) in other.says for of in _because(filled, line, other.pointer)):
        return {**marked.before, **other.before}
    return marked.before


def _note(line: Line, marked: ActionRegister) -> StepNote:
    return StepNote(
        owner=line.text(marked.owner),
        due=day_or_none(line.text(marked.due)),
        done_on=day_or_none(line.text(marked.done)),
    )


def _effect(line: Line, marked: ActionRegister) -> Effect:
    if not marked.effect or not line.text(marked.done):
        return Effect.NOT_ASKED
    said = line.text(marked.effect)
    if said in marked.effective:
        return Effect.HELPED
    return Effect.DID_NOT_HELP if said in marked.not_effective else Effect.NOT_LOOKED_AT


def marked_done(action: WorksheetAction, done_on: date | None) -> Line:
    """Return the line of an action as it is once it was done on a day, or not done where there is none."""
    register = action.filled.worksheet.register_of(action.line.id)
    field = next(each.done for each in action.filled.worksheet.actions if register and each.register == register.id)
    values = {name: value for name, value in action.line.values.items() if name != field}
    return replace(action.line, values={**values, field: done_on.isoformat()} if done_on else values)
