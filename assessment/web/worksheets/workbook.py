"""The workbook of a worksheet that was filled in and comes back, line by line."""

from dataclasses import dataclass, replace
from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from assessment.domain.authors import by_workbook
from assessment.domain.limits import MOST_LINES
from assessment.domain.rights import Right
from assessment.domain.worksheet_lines import Filled, Line
from assessment.domain.worksheet_merge import can_join
from assessment.reports.wording.worksheet_lines import field_in_words, line_name
from assessment.reports.workbook.filled_lines import (
    LineChange,
    LineFault,
    LinesDecision,
    PresentLines,
    decide_lines,
    lines_told,
)
from assessment.reports.workbook.worksheet_reader import WorksheetTables, read_worksheet_workbook
from assessment.storage.filled_worksheets import entry_of, filled_from, line_of
from assessment.storage.merge_save import Proposed
from assessment.storage.worksheets import LINE, NoRoomError, WorksheetEntry, entries_at, load_entries, save_entries
from assessment.web.files.take_over import FILE, HERE, WAYS, ChangeView, TakeOver
from assessment.web.shell.context import AssessmentContext, now, own_today
from assessment.web.shell.forms import FormError, PageForm
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.rights import with_assessment
from assessment.web.wording import files
from assessment.web.wording import worksheets as wording
from assessment.web.wording.worksheet_faults import fault_in_words
from assessment.web.worksheets.gather import FaultyLineError, OpenedWorksheet, check_of, open_worksheet

blueprint = Blueprint("worksheet_workbook", __name__)


@blueprint.route("/a/<assessment_id>/worksheets/<worksheet_id>/workbook", methods=["GET", "POST"])
@with_assessment(may=Right.ANSWER)
def upload(opened: AssessmentContext, worksheet_id: str) -> ResponseReturnValue:
    """Offer to upload the workbook of a worksheet, show what it would change, and take over what was shown."""
    return _Lines(open_worksheet(opened, worksheet_id)).answered()


@dataclass(frozen=True, kw_only=True)
class LineView(ChangeView):
    """A line that the file changes, with each field that differs and what it says on each side.

    ``fields`` are label, here now, in the file, and when it was downloaded.
    """

    change: LineChange
    name: str
    fields: tuple[tuple[str, str, str, str], ...]


class _Lines(TakeOver[LinesDecision, LineView]):
    def __init__(self, at: OpenedWorksheet) -> None:
        self._at = at

    @property
    def assessment_id(self) -> str:
        return self._at.opened.id

    def decide(self, raw: bytes) -> LinesDecision:
        found = read_worksheet_workbook(raw)
        present = PresentLines(
            assessment_id=self._at.opened.id,
            filled=self._at.filled,
            versions=self._at.line_versions,
            bases=self._bases(found),
            today=self._at.today,
            own_today=own_today(),
        )
        return decide_lines(found, present)

    def _bases(self, found: WorksheetTables) -> dict[str, Line]:
        """Return the lines as they were when the file was downloaded, of those that have changed since."""
        older = {line: version for line, version in lines_told(found).items() if 0 < version < self._at.version(LINE, line)}
        kept = entries_at(self._at.opened.id, self._at.worksheet.id, older)
        return {line_id: line_of(self._at.worksheet, line_id, entry, None) for line_id, entry in kept.items()}

    def ask(self, form: PageForm, errors: list[FormError], taken: int | None) -> str:
        at = self._at
        registers = [register for register in at.worksheet.registers.values() if register.sheet]
        return render_template(
            "worksheets/upload.html", opened=at.opened, at=at, form=form, errors=errors, taken=taken, registers=registers
        )

    def page(self, decision: LinesDecision, **shared: Any) -> str:
        faults = [(fault.cell, fault.found, self._expected(fault)) for fault in decision.faults]
        return render_template(
            "worksheets/upload_preview.html", opened=self._at.opened, at=self._at, faults=faults, decision=decision, **shared
        )

    def _expected(self, fault: LineFault) -> str:
        return fault_in_words(fault.field, self._at.worksheet) if fault.field else fault.expected

    def view(self, change: LineChange) -> LineView:
        at = self._at
        outcome, theirs = change.mine if change.is_conflict else change.outcome, change.theirs
        told = Filled(worksheet=at.worksheet, lines={**at.filled.lines, "": outcome})
        fields = tuple(
            (
                field.label,
                field_in_words(told, theirs, field),
                field_in_words(told, outcome, field),
                field_in_words(told, change.base, field),
            )
            for field in change.register.fields
            if change.mine.values.get(field.id) != change.base.values.get(field.id)
        )
        named_by = change.register.by_id[change.register.named_by]
        key = change.line_id or f"new-{change.register.id}-{change.row}"
        return LineView(
            change=change,
            key=key,
            anchor=key,
            called=key,
            version=at.version(LINE, change.line_id) if change.line_id else 0,
            name=line_name(told, outcome) if change.line_id else field_in_words(told, outcome, named_by),
            fields=fields,
            can_join=change.is_conflict and can_join(change.register, change.base, change.mine, theirs),
        )

    def not_settled(self, view: LineView, *, seen: bool) -> str:
        if not seen:
            return wording.line_changed_again(view.called)
        offered = WAYS if view.can_join else (HERE, FILE)
        return "" if view.settled in offered else files.choose_what_to_keep(view.called)

    def save(self, raw: bytes, decision: LinesDecision) -> ResponseReturnValue:
        at = self._at
        try:
            saved = save_entries(
                at.opened.id,
                at.worksheet.id,
                self.proposals(decision),
                who=by_workbook(at.opened.record.who),
                at=now(),
                check=check_of(at),
                idempotency_key=idempotency_key(),
            )
        except FaultyLineError as error:
            texts = [fault_in_words(fault, at.worksheet) for fault in error.faults]
            return self.preview(raw, decision, [FormError(href="#main", text=text) for text in texts]), 422
        except NoRoomError:
            return self.preview(raw, decision, [FormError(href="#main", text=wording.no_room(MOST_LINES))]), 422
        if saved.conflicts:
            entries = load_entries(at.opened.id, at.worksheet.id)
            self._at = replace(at, entries=entries, filled=filled_from(at.worksheet, entries))
            return self.changed_meanwhile(raw, wording.lines_changed_while_looking())
        return self.taken(len(saved.saved))

    def taken(self, count: int) -> ResponseReturnValue:
        at = self._at
        address = url_for("worksheet_workbook.upload", assessment_id=at.opened.id, worksheet_id=at.worksheet.id, taken=count)
        return redirect(address, 303)

    def proposed(self, change: LineChange, value: Line, version: int) -> Proposed[WorksheetEntry]:
        key = f"{LINE}/{change.line_id or change.register.prefix}"
        return Proposed(key=key, value=entry_of(value), base_version=version)
