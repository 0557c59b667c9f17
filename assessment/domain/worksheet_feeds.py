"""What a worksheet may propose to questions: never above a stated rung, never lowering, and never without a press."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from assessment.domain.answers import AnswerSheet
from assessment.domain.completeness import Completeness
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.standard import Question
from assessment.domain.working_days import months_later
from assessment.domain.worksheet import Feed, Register
from assessment.domain.worksheet_lines import Line

# A list alone never shows more than that people work that way.
HIGHEST = Rung.IN_USE
# What is proposed at most once a register that it rests on is old.
HIGHEST_WHEN_OLD = Rung.DEFINED
# How many lines are cited with a proposal.
MOST_CITED = 5


@dataclass(frozen=True, kw_only=True)
class WorksheetProposal:
    """What a worksheet proposes to a question, with the first lines that support it and how many there are.

    ``last_done`` is the day from which a deed counts: the earliest of its lines; ``None`` for what is no deed. ``shown_on`` is
    the day up to which the lines speak: that day or, of no deed, when the register longest left alone was last gone through.
    """

    question: Question
    rung: Rung
    present: Rung | None
    lines: tuple[Line, ...]
    count: int
    last_done: date | None
    shown_on: date | None


def old_registers(complete: Completeness) -> tuple[Register, ...]:
    """Return the registers in which no line was looked at for longer than the content of the worksheet allows."""
    filled, months = complete.filled, complete.filled.worksheet.fresh_for_months
    last = ((register, filled.changed_on(name)) for name, register in filled.worksheet.registers.items())
    return tuple(register for register, day in last if day is not None and months_later(day, months) < complete.today)


def proposals(
    complete: Completeness, questionnaires: Iterable[Questionnaire], sheet: AnswerSheet
) -> tuple[WorksheetProposal, ...]:
    """Return what a worksheet proposes, in the order of the questions; one a question, the highest that its rules allow.

    Nothing is proposed that is not above the answer that is there, nor to what does not apply.
    """
    if complete.filled.is_empty:
        return ()
    old = {register.id for register in old_registers(complete)}
    best: dict[str, Feed] = {}
    for feed in complete.filled.worksheet.feeds:
        if _is_met(complete, feed) and (feed.question not in best or best[feed.question].rung < feed.rung):
            best[feed.question] = feed
    proposed = []
    for questionnaire in questionnaires:
        for question in questionnaire.questions:
            feed_of = best.get(question.ref)
            if feed_of is None or not sheet.applies(question):
                continue
            is_old = not old.isdisjoint(feed_of.shown_by)
            highest = min(HIGHEST_WHEN_OLD if is_old else HIGHEST, question.enough)
            rung, present = min(feed_of.rung, highest), sheet.rung(question)
            if present is not None and present >= rung:
                continue
            lines = [line for register in feed_of.shown_by for line in complete.filled.of(register)]
            last_done = _last_done(feed_of, lines)
            proposed.append(
                WorksheetProposal(
                    question=question,
                    rung=rung,
                    present=present,
                    lines=tuple(lines[:MOST_CITED]),
                    count=len(lines),
                    last_done=last_done,
                    shown_on=last_done or _gone_through_on(complete, feed_of),
                )
            )
    return tuple(proposed)


def _last_done(feed: Feed, lines: Iterable[Line]) -> date | None:
    """Return the day of the line that was done longest ago: from then on all of them are done, until it is old."""
    days = (line.text(feed.done_on) for line in lines) if feed.done_on else ()
    return min((date.fromisoformat(day) for day in days if day), default=None)


def _gone_through_on(complete: Completeness, feed: Feed) -> date | None:
    days = (complete.filled.changed_on(register) for register in feed.shown_by)
    return min((day for day in days if day), default=None)


def _is_met(complete: Completeness, feed: Feed) -> bool:
    return all(complete.is_filled_in(name) for name in feed.complete) and not any(complete.by_rule[rule] for rule in feed.rules)
