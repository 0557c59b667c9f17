"""What auditors really found, as a worksheet holds it: audits, their findings, and majors that are still open."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from assessment.domain.entries import day_or_none
from assessment.domain.working_days import months_later
from assessment.domain.worksheet_actions import WorksheetAction, actions_of
from assessment.domain.worksheet_lines import Filled, Line
from assessment.domain.worksheet_marks import AuditMarks


@dataclass(frozen=True, kw_only=True)
class AuditFinding:
    """One finding that an auditor wrote.

    ``standard`` and ``area`` are empty where no area is named, or one of none. ``counts`` says whether it is held against what
    was expected, ``is_major`` whether it stands in the way of a certificate until ``closed_on``, ``is_minor`` whether it
    becomes such where it persists. ``action`` is the step of the
    plan that it makes; ``None`` where it makes none.
    """

    filled: Filled
    line: Line
    standard: str
    area: str
    counts: bool
    is_major: bool
    is_minor: bool
    closed_on: date | None
    action: WorksheetAction | None

    @property
    def is_open_major(self) -> bool:
        """Whether it is a major that nobody closed."""
        return self.is_major and self.closed_on is None


@dataclass(frozen=True, kw_only=True)
class Audit:
    """An audit that has been, with what it found in the order it was written down.

    ``is_complete`` says that all its findings are there; ``looks_at_stops`` that it looks at what would stop stage 1 only,
    ``is_before_certificate`` that a first certificate is decided after it.
    ``close_by`` is the day until which a major has to be closed, where there is such a day.
    """

    filled: Filled
    line: Line
    standards: tuple[str, ...]
    began: date | None
    ended: date | None
    is_complete: bool
    looks_at_stops: bool
    is_before_certificate: bool
    close_by: date | None
    findings: tuple[AuditFinding, ...]

    @property
    def key(self) -> str:
        """What names it among all worksheets."""
        return f"{self.filled.worksheet.id}/{self.line.id}"


def audits_of(worksheets: Iterable[Filled]) -> tuple[Audit, ...]:
    """Return the audits that worksheets hold, the earliest first; those without a day come last."""
    found = [audit for filled in worksheets if filled.worksheet.audits for audit in _audits(filled, filled.worksheet.audits)]
    return tuple(sorted(found, key=lambda audit: audit.began or date.max))


def _audits(filled: Filled, marks: AuditMarks) -> Iterator[Audit]:
    actions = {action.line.id: action for action in actions_of([filled])}
    of_audit: dict[str, list[Line]] = {}
    for found in filled.of(marks.findings):
        for named in dict.fromkeys(found.several(marks.audit)):
            of_audit.setdefault(named, []).append(found)
    for line in filled.of(marks.audits):
        began = day_or_none(line.text(marks.began))
        ended = day_or_none(line.text(marks.ended)) or began
        findings = tuple(_finding(filled, marks, found, actions.get(found.id)) for found in of_audit.get(line.id, ()))
        is_before_certificate = line.text(marks.kind) in marks.before_certificate
        yield Audit(
            filled=filled,
            line=line,
            standards=line.several(marks.standards)
            or tuple(dict.fromkeys(each.standard for each in findings if each.standard)),
            began=began,
            ended=ended,
            is_complete=bool(line.text(marks.complete)),
            looks_at_stops=line.text(marks.kind) in marks.of_stops,
            is_before_certificate=is_before_certificate,
            close_by=months_later(ended, marks.months_to_close) if ended and is_before_certificate else None,
            findings=findings,
        )


def _finding(filled: Filled, marks: AuditMarks, line: Line, action: WorksheetAction | None) -> AuditFinding:
    owner, separator, area = line.text(marks.area).partition("/")
    grade = line.text(marks.grade)
    return AuditFinding(
        filled=filled,
        line=line,
        standard=owner if separator else "",
        area=area,
        counts=grade in marks.counted,
        is_major=grade in marks.majors,
        is_minor=grade in marks.minors,
        closed_on=day_or_none(line.text(marks.closed)),
        action=action,
    )


def findings_of(worksheets: Iterable[Filled], standards: Iterable[str] = ()) -> tuple[AuditFinding, ...]:
    """Return everything that was really found, each once: by audit, then what names none.

    With ``standards`` only what audits of one of them found, and of audits that name no standard.
    """
    sheets, wanted = tuple(worksheets), frozenset(standards)
    audits = [each for each in audits_of(sheets) if not wanted or not each.standards or not wanted.isdisjoint(each.standards)]
    found = [*(finding for audit in audits for finding in audit.findings), *without_audit(sheets)]
    return tuple({(each.filled.worksheet.id, each.line.id): each for each in found}.values())


def without_audit(worksheets: Iterable[Filled]) -> tuple[AuditFinding, ...]:
    """Return the findings that name no audit: they are steps of the plan, and are held against nothing."""
    found = []
    for filled in worksheets:
        if marks := filled.worksheet.audits:
            audits = {line.id for line in filled.of(marks.audits)}
            actions = {action.line.id: action for action in actions_of([filled])}
            lines = (line for line in filled.of(marks.findings) if audits.isdisjoint(line.several(marks.audit)))
            found += [_finding(filled, marks, line, actions.get(line.id)) for line in lines]
    return tuple(found)


@dataclass(frozen=True, kw_only=True)
class OpenMajors:
    """The majors of a standard that are still open, and the earliest day until which one has to be closed, if there is one.

    That day lies ``months_to_close`` months after the last day of the audit.
    """

    standard: str
    findings: tuple[AuditFinding, ...]
    close_by: date | None
    months_to_close: int


def open_majors(worksheets: Iterable[Filled], standards: Iterable[str]) -> tuple[OpenMajors, ...]:
    """Return the open majors of each of these standards that has one.

    A major belongs to the standard of its area; without one to all standards of its audit, and without an audit to all.
    """
    sheets, wanted = tuple(worksheets), tuple(standards)
    told = [(finding, audit.standards, audit.close_by) for audit in audits_of(sheets) for finding in audit.findings]
    told += [(finding, (), None) for finding in without_audit(sheets)]
    found = []
    for standard in wanted:
        mine = [
            (finding, close_by)
            for finding, of_audit, close_by in told
            if finding.is_open_major and standard in ((finding.standard,) if finding.standard else of_audit or wanted)
        ]
        if mine:
            close_by = min((day for _, day in mine if day), default=None)
            marks = mine[0][0].filled.worksheet.audits
            found.append(
                OpenMajors(
                    standard=standard,
                    findings=tuple({finding.line.id: finding for finding, _ in mine}.values()),
                    close_by=close_by,
                    months_to_close=marks.months_to_close if marks else 0,
                )
            )
    return tuple(found)
