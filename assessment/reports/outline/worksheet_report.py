"""The report of a worksheet in its order: what came out first, then every register line by line."""

from collections import Counter
from collections.abc import Iterable, Iterator

from assessment.domain.accepted_worksheet import AcceptedLines, Since, SinceLine
from assessment.domain.letterhead import Letterhead
from assessment.domain.significance import Significance
from assessment.domain.worksheet import Register
from assessment.domain.worksheet_actions import actions_of
from assessment.domain.worksheet_lines import Line
from assessment.reports.outline.blocks import (
    Block,
    Cell,
    Look,
    Section,
    bullets,
    cell,
    heading,
    paragraph,
    plain,
    said,
    strong,
    table,
)
from assessment.reports.outline.document import Cover, Frame, Outline
from assessment.reports.texts import shown
from assessment.reports.wording import worksheet_report as words
from assessment.reports.wording import worksheet_since
from assessment.reports.wording.dates import day_in_words
from assessment.reports.wording.missing import grouped, missing_of_line
from assessment.reports.wording.report import logo_of
from assessment.reports.wording.significance import steps_in_words, verdict_in_words
from assessment.reports.wording.worksheet_lines import field_in_words, line_in_full, line_name
from assessment.reports.worksheet_summary import WorksheetSummary
from assessment.translation import language


def worksheet_outline(summary: WorksheetSummary) -> Outline:
    """Return the report of a worksheet: what came out, what is missing, then all lines."""
    letterhead = summary.letterhead or Letterhead()
    organisation, sender = shown(summary.organisation), shown(letterhead.name)
    lines = sum(1 for _ in summary.filled.present())
    missing = sum(len(summary.complete.of_part(part)) for part in summary.worksheet.parts)
    return Outline(
        title=words.title(summary.worksheet.title, organisation),
        author=sender or organisation,
        sender=tuple(line for line in (sender, *shown(letterhead.address).splitlines()) if line.strip()),
        language=language(),
        cover=Cover(
            kind=summary.worksheet.title,
            organisation=organisation,
            on=day_in_words(summary.on),
            standards=(),
            key="",
            state=f"{words.state(lines, missing)} {words.NOT_LEGAL}",
        ),
        frame=Frame(contents=str(words.CONTENTS), foot=str(words.FOOT), page=str(words.PAGE), logo=logo_of(sender)),
        sections=(
            Section(key="came-out", title=str(words.ON_ONE_PAGE), blocks=tuple(_came_out(summary))),
            *_since(summary),
            Section(key="missing", title=str(words.MISSING), blocks=tuple(_missing(summary))),
            Section(key="lines", title=str(words.REGISTERS), blocks=tuple(_registers(summary))),
        ),
    )


def _came_out(summary: WorksheetSummary) -> Iterator[Block]:
    """Yield what stands first: what is open, what counts, and what is to be done."""
    yield paragraph(str(words.NOT_LEGAL), Look.NOTE)
    if summary.worksheet.open_first:
        yield heading(str(words.OPEN_FIRST))
        yield (
            _lines(summary, summary.open_first, str(words.OPEN_FIRST))
            if summary.open_first
            else paragraph(str(words.NONE_OPEN))
        )
    for method in summary.worksheet.methods:
        found = [each for each in summary.judged.values() if each.method is method and each.is_significant]
        title = words.counts_as(method.title, method.counts_as)
        yield heading(title)
        counted = [each.line for each in found if not each.apart]
        yield _lines(summary, counted, title) if counted else paragraph(str(words.NONE_SO))
        if apart := [each.line for each in found if each.apart]:
            yield heading(str(words.APART), level=3)
            yield _lines(summary, apart, str(words.APART))
    actions = [action.line for action in actions_of([summary.filled])]
    if actions:
        yield heading(str(words.ACTIONS))
        yield _lines(summary, actions, str(words.ACTIONS))


def _since(summary: WorksheetSummary) -> Iterator[Section]:
    """Yield what changed since a version was accepted, where one was."""
    accepted = summary.accepted
    if accepted is None:
        return
    counts = Counter(found.how for found in summary.since)
    blocks: list[Block] = [paragraph(worksheet_since.looked_at(counts[Since.CONFIRMED], counts[Since.TO_CONFIRM]))]
    for how in (Since.NEW, Since.CHANGED, Since.DELETED):
        told = [found for found in summary.since if found.how is how]
        if told:
            title = str(worksheet_since.HOW[how])
            rows = [(_name(summary, found.line), _change(summary, accepted, found)) for found in told]
            blocks += [heading(title), table(title, (words.LINE, worksheet_since.WHAT), rows, (3, 7))]
    if not any(counts[how] for how in (Since.NEW, Since.CHANGED, Since.DELETED)):
        blocks.append(paragraph(worksheet_since.NOTHING))
    yield Section(key="since", title=worksheet_since.title(accepted.version), blocks=tuple(blocks))


def _change(summary: WorksheetSummary, accepted: AcceptedLines, found: SinceLine) -> Cell:
    if found.how is not Since.CHANGED:
        return _says(summary, found.line)
    changes = worksheet_since.changes(found, summary.filled, accepted.filled)
    return cell(said("; ".join(worksheet_since.change_in_words(*change) for change in changes)))


def _missing(summary: WorksheetSummary) -> Iterator[Block]:
    is_complete = True
    for part in summary.worksheet.parts:
        texts = []
        for each, text in grouped(summary.complete.of_part(part)):
            name = line_in_full(summary.filled, each.line) if each.line else ""
            texts.append(missing_of_line(name, text) if name else text)
        if texts:
            is_complete = False
            yield heading(words.part(part.letter, part.title))
            yield bullets(texts)
    if is_complete:
        yield paragraph(str(words.NOTHING_MISSING))


def _registers(summary: WorksheetSummary) -> Iterator[Block]:
    for part in summary.worksheet.parts:
        yield heading(words.part(part.letter, part.title))
        empty = True
        for register in part.registers:
            lines = summary.filled.of(register.id)
            if lines:
                empty = False
                yield heading(register.title, level=3)
                yield _lines(summary, lines, register.title, short=False)
        if empty:
            yield paragraph(str(words.NO_LINES))


def _lines(summary: WorksheetSummary, lines: Iterable[Line], caption: str, *, short: bool = True) -> Block:
    """Return lines as a table: id and name, what they say, and how they are judged where they are; ``short`` without steps."""
    told = list(lines)
    if not any(line.id in summary.judged for line in told):
        rows = [(_name(summary, line), _says(summary, line)) for line in told]
        return table(caption, (words.LINE, words.SAYS), rows, (3, 7))
    judge = _verdict if short else _score
    scored = [(_name(summary, line), _says(summary, line), judge(summary, line)) for line in told]
    return table(caption, (words.LINE, words.SAYS, words.JUDGED), scored, (3, 4, 4))


def _name(summary: WorksheetSummary, line: Line) -> Cell:
    return cell(strong(line.id), said(line_name(summary.filled, line)))


def _says(summary: WorksheetSummary, line: Line) -> Cell:
    register = summary.worksheet.register_of(line.id)
    return cell(said("; ".join(_fields(summary, register, line)))) if register else cell("")


def _fields(summary: WorksheetSummary, register: Register, line: Line) -> Iterator[str]:
    method = summary.worksheet.method_of(register.id)
    left_out = {register.named_by, *(method.fields if method else ()), *(method.after.values() if method else ())}
    for field in register.fields:
        if line.values.get(field.id) and field.id not in left_out:
            yield words.said(field.label, field_in_words(summary.filled, line, field))


def _verdict(summary: WorksheetSummary, line: Line) -> Cell:
    found = summary.judged.get(line.id)
    return cell(strong(verdict_in_words(found))) if found else cell("")


def _score(summary: WorksheetSummary, line: Line) -> Cell:
    found: Significance | None = summary.judged.get(line.id)
    register = summary.worksheet.register_of(line.id)
    if found is None or register is None:
        return cell("")
    explained, *steps = steps_in_words(found, register)
    return cell(strong(verdict_in_words(found)), plain("; ".join(step.rstrip(".") for step in steps)) if explained else ())
