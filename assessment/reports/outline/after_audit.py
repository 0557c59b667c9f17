"""After the audit: what was really found and where it stands, and how often it was what had been expected."""

from collections.abc import Iterator, Sequence

from assessment.domain.audit_findings import AuditFinding
from assessment.domain.hindsight import AreaFound, Hindsight
from assessment.domain.library import Library
from assessment.reports.outline.blocks import (
    Block,
    Cell,
    Look,
    Section,
    Table,
    bullets,
    cell,
    heading,
    paragraph,
    plain,
    said,
    strong,
    table,
)
from assessment.reports.outline.held import shortened
from assessment.reports.summary import GapSummary
from assessment.reports.wording import audits as words
from assessment.reports.wording.worksheet_lines import line_name


def after_audit(summary: GapSummary) -> Section:
    """Return what real audits found, what became of it, and how often it was what had been expected."""
    blocks = _blocks(summary) if summary.audit_findings or summary.audits else (paragraph(words.NOTHING_YET),)
    return Section(key="after-audit", title=str(words.TITLE), blocks=tuple(blocks))


def _blocks(summary: GapSummary) -> Iterator[Block]:
    audits = [each.audit for each in summary.audits]
    yield paragraph(words.summary_in_words(audits, summary.audit_findings), Look.LEAD)
    for text in words.said_of_audits(summary.open_majors, summary.audit_findings, summary.result):
        yield paragraph(text, Look.NOTE)
    yield heading(words.FINDINGS)
    for found in summary.audits:
        yield heading(words.audit_name(found.audit), level=3)
        yield _findings(words.audit_name(found.audit), found.audit.findings)
    if summary.findings_without_audit:
        yield heading(words.NO_AUDIT, level=3)
        yield _findings(str(words.NO_AUDIT), summary.findings_without_audit)
    if summary.audits:
        yield heading(words.HOW_OFTEN)
        yield from how_often(summary)


def _findings(audit: str, findings: Sequence[AuditFinding]) -> Block:
    if not findings:
        return paragraph(words.NO_FINDINGS)
    rows = (
        (
            cell(strong(finding.line.id), plain(words.grade_in_words(finding))),
            cell(words.area_in_words(finding)),
            cell(said(line_name(finding.filled, finding.line))),
            cell(said(finding.action.title) if finding.action else ""),
            cell(said(shortened(finding.action.note.owner)) if finding.action else ""),
            cell(*words.stands(finding)),
        )
        for finding in findings
    )
    return table(words.of_audit(words.FINDINGS, audit), words.FINDINGS_HEAD, rows, shares=(13, 18, 24, 20, 10, 15))


def how_often(summary: GapSummary) -> Iterator[Block]:
    """Yield the counts of each audit and of all, what they are held against, and the areas themselves."""
    library, told = summary.result.library, summary.audits_together
    yield paragraph(words.conclusion(told), Look.LEAD)
    yield paragraph(words.ABOUT)
    yield bullets([words.held_against(each, library) for each in summary.audits])
    rows = [_counts(each) for each in summary.audits]
    if len(rows) > 1:
        rows.append((cell(strong(words.TOGETHER)), *(cell(str(n)) for n in (told.both, told.only_found, told.only_expected))))
    yield table(words.HOW_OFTEN, words.COUNTS_HEAD, rows, shares=(40, 20, 20, 20))
    yield heading(words.AREAS)
    for each in summary.audits:
        yield heading(words.audit_name(each.audit), level=3)
        yield from _areas(each, library)


def _counts(found: Hindsight) -> tuple[Cell, ...]:
    only_expected = str(words.NOT_COUNTED) if found.only_expected is None else str(len(found.only_expected))
    return (
        cell(words.audit_name(found.audit)),
        cell(str(len(found.both))),
        cell(str(len(found.only_found))),
        cell(only_expected),
    )


def _areas(found: Hindsight, library: Library) -> Iterator[Block]:
    groups = (
        (words.COUNTS_HEAD[1], found.both),
        (words.COUNTS_HEAD[2], found.only_found),
        (words.COUNTS_HEAD[3], found.only_expected or ()),
    )
    for title, rows in groups:
        if rows:
            yield _table(words.audit_name(found.audit), str(title), rows, library)
    if found.apart:
        yield paragraph(words.apart_in_words(found.apart))
    if not any(rows for _, rows in groups) and not found.apart:
        yield paragraph(words.NOTHING_TO_SHOW)


def _table(audit: str, title: str, rows: Sequence[AreaFound], library: Library) -> Table:
    told = ((cell(words.area_of(row, library)), *map(cell, words.expected_and_found(row))) for row in rows)
    return table(words.of_audit(title, audit), (title, *words.AREAS_HEAD), told, shares=(30, 30, 40))
