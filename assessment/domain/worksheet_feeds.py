"""What a worksheet may propose to questions: never above a stated rung, never lowering, and never without a press."""

from collections.abc import Iterable
from dataclasses import dataclass

from assessment.domain.answers import AnswerSheet
from assessment.domain.completeness import Completeness
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.standard import Question
from assessment.domain.working_days import months_later
from assessment.domain.worksheet import Feed
from assessment.domain.worksheet_lines import Line

# A list alone never shows more than that people work that way.
HIGHEST = Rung.IN_USE
# What is proposed at most once a worksheet is old.
HIGHEST_WHEN_OLD = Rung.DEFINED
# How many lines are cited with a proposal.
MOST_CITED = 5


@dataclass(frozen=True, kw_only=True)
class WorksheetProposal:
    """What a worksheet proposes to a question, with the first lines that support it and how many there are."""

    question: Question
    rung: Rung
    present: Rung | None
    lines: tuple[Line, ...]
    count: int
    limited_by_age: bool


def is_old(complete: Completeness) -> bool:
    """Tell whether what a worksheet says was not looked at for longer than its content allows."""
    changed = complete.filled.changed_on
    return changed is not None and months_later(changed, complete.filled.worksheet.fresh_for_months) < complete.today


def proposals(
    complete: Completeness, questionnaires: Iterable[Questionnaire], sheet: AnswerSheet
) -> tuple[WorksheetProposal, ...]:
    """Return what a worksheet proposes, in the order of the questions; one a question, the highest that its rules allow.

    Nothing is proposed that is not above the answer that is there, nor to what does not apply.
    """
    if complete.filled.is_empty:
        return ()
    old = is_old(complete)
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
            highest = min(HIGHEST_WHEN_OLD if old else HIGHEST, question.enough)
            rung, present = min(feed_of.rung, highest), sheet.rung(question)
            if present is not None and present >= rung:
                continue
            lines = [line for register in feed_of.shown_by for line in complete.filled.of(register)]
            proposed.append(
                WorksheetProposal(
                    question=question,
                    rung=rung,
                    present=present,
                    lines=tuple(lines[:MOST_CITED]),
                    count=len(lines),
                    limited_by_age=old and feed_of.rung > HIGHEST_WHEN_OLD,
                )
            )
    return tuple(proposed)


def _is_met(complete: Completeness, feed: Feed) -> bool:
    return all(complete.is_filled_in(name) for name in feed.complete) and not any(complete.by_rule[rule] for rule in feed.rules)
