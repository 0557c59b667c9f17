"""Certificates that are held: what is said of each, and the steps before its next audit."""

from collections.abc import Iterator

from assessment.domain.planning import StepNote
from assessment.domain.upkeep import UpkeepStep
from assessment.reports.outline.blocks import Block, Cell, bullets, cell, heading, said, strong, table
from assessment.reports.summary import GapSummary
from assessment.reports.wording import before_audits as words
from assessment.reports.wording import certificates, plan
from assessment.reports.wording.dates import day_in_short, days_in_words

# Characters of an owner's name that a column shows; the whole name stands in the step.
MOST_IN_COLUMN = 200


def held(summary: GapSummary) -> Iterator[Block]:
    """Yield what is said of each certificate that is held, the steps before its audit, and those that have ended."""
    said_of_each = certificates.said_of_all(summary.result, summary.shown)
    if said_of_each:
        yield heading(certificates.TITLE)
    for sentences in said_of_each:
        yield bullets(sentences)
    yield from before_audits(summary)


def before_audits(summary: GapSummary) -> Iterator[Block]:
    """Yield a table of steps for each certificate with any: those of likely majors first, with who does them."""
    for one in summary.upkeep:
        steps = [step for step in summary.before_audits if step.upkeep is one]
        if steps:
            title = words.before_audit(one, summary.result)
            yield heading(title, level=3)
            rows = (_row(step, summary) for step in steps)
            yield table(title, words.STEPS_HEAD, rows, shares=(6, 33, 13, 11, 15, 11, 11))


def _row(step: UpkeepStep, summary: GapSummary) -> tuple[Cell, ...]:
    note = summary.notes.get(step.step.key, StepNote())
    overdue = str(plan.OVERDUE) if plan.is_overdue(note, summary.on) else ""
    return (
        cell(str(step.number)),
        cell(step.step.action.title),
        cell(words.mends(step)),
        cell(days_in_words(step.step.person_days)),
        cell(said(shortened(note.owner)) if note.owner else step.step.action.role),
        cell(day_in_short(note.due) if note.due else "", strong(overdue) if overdue else ""),
        cell(day_in_short(note.done_on) if note.done_on else ""),
    )


def shortened(name: str) -> str:
    """Return somebody's name as a column shows it."""
    return name if len(name) <= MOST_IN_COLUMN else f"{name[:MOST_IN_COLUMN].rstrip()}…"
