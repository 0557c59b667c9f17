"""The columns of the answers sheet and the words in its cells: what is written, and what is read back."""

import re
from dataclasses import dataclass
from datetime import date

from assessment.domain.answer_fields import Kind, plain_fields
from assessment.domain.answers import Answer, State
from assessment.domain.rules import Rules
from assessment.domain.standard import Question

# Names in this module are part of the file's format and stay in English: an upload reads them back in whatever language.
FORMAT = "iso-readiness/workbook/1"
ANSWERS, ORIGIN = "Answers", "Origin"
STANDARD, CLAUSE, QUESTION = "Standard", "Clause", "Question"
ANSWER = "Answer"
REF, VERSION = "Question reference", "Version when downloaded"
# A day before this is written as text: spreadsheets count days from 1900, and count one too many in its first weeks.
FIRST_DAY = date(1901, 1, 1)
# Heads of fields that are not called by their own name.
_HEADS = {"reason": "Why it does not apply", "who": "Who could know"}
STATES = {
    State.UNKNOWN: "Not known yet",
    State.UNANSWERED: "Not answered yet",
    State.NOT_APPLICABLE: "Does not apply",
}


def head_of(name: str) -> str:
    """Return the head over a field of an answer that holds one text or one day."""
    return _HEADS.get(name) or name.replace("_", " ").capitalize()


REASON, WHO, NOTE, LAST_DONE = map(head_of, ("reason", "who", "note", "last_done"))


def filled_in_heads() -> tuple[str, ...]:
    """Return the heads of the cells that people fill in, but for evidence: the answer, and each plain field."""
    return (ANSWER, *(head_of(field.name) for field in plain_fields()))


def day_heads() -> frozenset[str]:
    """Return the heads of plain fields that hold a day."""
    return frozenset(head_of(field.name) for field in plain_fields() if field.kind is Kind.DATE)


@dataclass(frozen=True, kw_only=True)
class EvidenceColumns:
    """The three columns of one piece of evidence."""

    title: str
    where: str
    dated: str


def evidence_columns(number: int) -> EvidenceColumns:
    """Return the columns of the piece of evidence with this number, from 1 on."""
    start = f"Evidence {number}"
    return EvidenceColumns(title=f"{start}: what it is", where=f"{start}: where to find it", dated=f"{start}: its date")


_EVIDENCE_HEAD = re.compile(r"Evidence (\d{1,3}): (?:what it is|where to find it|its date)")


def is_evidence_head(head: str) -> bool:
    """Whether a head is of a column of evidence."""
    return _EVIDENCE_HEAD.fullmatch(head) is not None


def answer_word(answer: Answer, rules: Rules) -> str:
    """Return what the answer column says; empty where nothing at all was said."""
    if answer.rung is not None:
        return rules.title(answer.rung)
    return "" if answer.state is State.UNANSWERED else STATES[answer.state]


def words_to_choose(rules: Rules) -> tuple[str, ...]:
    """All words the answer column takes, the one that not every question allows last."""
    return (*(step.title for step in rules.ladder), *STATES.values())


def fields(answer: Answer, rules: Rules) -> dict[str, str | date | None]:
    """Return what a row says about an answer, by column; empty texts and ``None`` are empty cells."""
    told: dict[str, str | date | None] = {ANSWER: answer_word(answer, rules)}
    told |= {head_of(field.name): getattr(answer, field.name) for field in plain_fields()}
    for number, each in enumerate(answer.evidence, start=1):
        columns = evidence_columns(number)
        told |= {columns.title: each.title, columns.where: each.where, columns.dated: each.dated}
    return told


def takes_last_done(question: Question) -> bool:
    """Whether the question asks when something was last done."""
    return question.last_done is not None
