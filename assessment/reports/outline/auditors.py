"""Days of auditors: the table, what speaks for more or fewer, and several sites; the page of the advice shows these blocks."""

from collections.abc import Iterator

from assessment.domain.audit_time import AuditDays, AuditTime, in_half_days
from assessment.domain.result import Result
from assessment.reports.outline.blocks import Block, Look, Table, bullets, cell, heading, paragraph, table
from assessment.reports.wording import auditors as wording

# How many of the columns are about a first audit, which a standard that is held does not have again.
FIRST_AUDIT = 3


def auditor_days(result: Result) -> Iterator[Block]:
    """Yield what is known of the days of auditors, or what is missing for that."""
    found, library = result.audit_time, result.library
    if found.by_standard:
        yield paragraph(wording.ABOUT)
        yield _table(result)
    elif found.missing:
        yield paragraph(wording.missing([library.profile_questions[key].asks for key in found.missing]))
    elif found.beyond_tables:
        yield paragraph(wording.BEYOND_TABLES)
    for sentence in wording.case_by_case(found, library):
        yield paragraph(sentence, Look.NOTE)
    yield from _reasons(result, found)
    if found.sites:
        yield heading(wording.SITES, level=3)
        yield bullets(wording.sites(found.sites, library.audit_tables.sampling))


def _reasons(result: Result, found: AuditTime) -> Iterator[Block]:
    for title, more in ((wording.MORE, True), (wording.FEWER, False)):
        told = [wording.reason(each, result.library) for each in found.reasons if each.reason.more is more]
        if told:
            yield heading(title, level=3)
            yield bullets(told)
    if found.reasons:
        yield paragraph(wording.BY_HOW_MUCH)


def _table(result: Result) -> Table:
    found = result.audit_time
    rows = [
        (result.library.standards[key].name, _days(days, held=key in result.held)) for key, days in found.by_standard.items()
    ]
    if found.integrated:
        held = any(key in result.held for key in found.by_standard)
        rows.append((str(wording.TOGETHER_AT_BEST), _days(found.integrated, held=held)))
    return table(
        wording.TABLE,
        wording.HEAD,
        ((cell(name), *map(cell, days)) for name, days in rows),
        shares=(28, 14, 14, 12, 16, 16),
    )


def _days(days: AuditDays, *, held: bool) -> list[str]:
    parts = (days.initial, days.stage_1, days.least, days.surveillance, days.recertification)
    shown = [wording.half_days(in_half_days(part)) for part in parts]
    return [*([str(wording.NOT_AGAIN)] * FIRST_AUDIT), *shown[FIRST_AUDIT:]] if held else shown
