"""Answers, the sheet that holds them, and what is still open."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from assessment.domain.limits import MOST_EVIDENCE
from assessment.domain.rules import Rung
from assessment.domain.standard import Question


class State(StrEnum):
    """What kind of answer it is. Unanswered and unknown are both open, and still two different things."""

    UNANSWERED = "unanswered"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"
    RUNG = "rung"


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Something that shows an answer is true: what it is, where to find it, and its date if it has one."""

    title: str
    where: str = ""
    dated: date | None = None


@dataclass(frozen=True, kw_only=True)
class Answer:
    """The answer to one question. ``rung`` is set exactly when the state is RUNG.

    ``reason`` says why it does not apply, ``who`` names a person who could know, ``carried_from`` is the ref of the question
    whose answer was confirmed to hold here too.
    """

    state: State = State.UNANSWERED
    rung: Rung | None = None
    reason: str = ""
    who: str = ""
    note: str = ""
    evidence: tuple[Evidence, ...] = ()
    last_done: date | None = None
    carried_from: str = ""

    def __post_init__(self) -> None:
        if (self.rung is not None) != (self.state is State.RUNG):
            raise ValueError(f"state {self.state} with rung {self.rung}")

    def counts_like(self, other: "Answer") -> bool:
        """Tell whether everything is decided alike from another answer: they differ in nothing but their notes."""
        return self is other or replace(self, note="") == replace(other, note="")


NO_ANSWER = Answer()


def evidence_room(*answers: Answer) -> int:
    """Return how many pieces of evidence there is room for: more than usual only where one of the answers has more."""
    return max([MOST_EVIDENCE, *(len(answer.evidence) for answer in answers)])


def still_carried_from(before: Answer, rung: Rung | None) -> str:
    """Return where an answer is carried from after it was edited: from where it was before, as long as the rung stays."""
    return before.carried_from if rung == before.rung else ""


def on_rung(rung: Rung) -> Answer:
    """Return an answer that is nothing but a rung."""
    return Answer(state=State.RUNG, rung=rung)


@dataclass(frozen=True, kw_only=True)
class AnswerSheet:
    """All answers of one assessment, by question ref."""

    answers: Mapping[str, Answer] = field(default_factory=dict)

    def answer(self, question: Question) -> Answer:
        """Return the answer to a question; an unanswered one where there is none."""
        return self.answers.get(question.ref, NO_ANSWER)

    def rung(self, question: Question) -> Rung | None:
        """Return the rung answered, or ``None`` where the question is open or does not apply."""
        return self.answer(question).rung

    def applies(self, question: Question) -> bool:
        """Tell whether a question applies: not only where "does not apply" is allowed, said, and given a reason."""
        return _applies(question, self.answer(question))

    def applying(self, questions: Iterable[Question]) -> dict[str, Rung | None]:
        """Return by ref the rungs of those of the questions that apply; ``None`` where one is open."""
        rungs: dict[str, Rung | None] = {}
        for question in questions:
            answer = self.answers.get(question.ref, NO_ANSWER)
            if answer.state is not State.NOT_APPLICABLE or _applies(question, answer):
                rungs[question.ref] = answer.rung
        return rungs

    def is_open(self, question: Question) -> bool:
        """Tell whether it is not answered, answered "don't know", or "does not apply" without what that needs."""
        answer = self.answer(question)
        return answer.rung is None and _applies(question, answer)

    def is_gap(self, question: Question) -> bool:
        """Tell whether it is answered below the rung that is enough."""
        rung = self.rung(question)
        return rung is not None and rung < question.enough

    def has_nothing_to_show(self, question: Question) -> bool:
        """Tell whether it asks about an event, and the way is known but nothing of the kind has happened yet."""
        return question.event and self.rung(question) is Rung.DEFINED

    def counting_otherwise(self, earlier: "AnswerSheet") -> frozenset[str]:
        """Return the refs of questions whose answers count otherwise than in an earlier sheet."""
        now, before = self.answers, earlier.answers
        return frozenset(
            ref for ref in now.keys() | before.keys() if not now.get(ref, NO_ANSWER).counts_like(before.get(ref, NO_ANSWER))
        )

    def with_rungs(self, rungs: Mapping[str, Rung]) -> "AnswerSheet":
        """Return this sheet with some questions answered by a rung; notes and evidence of others stay as they are."""
        return AnswerSheet(answers={**self.answers, **{ref: on_rung(rung) for ref, rung in rungs.items()}})


def _applies(question: Question, answer: Answer) -> bool:
    return answer.state is not State.NOT_APPLICABLE or not question.may_not_apply or not answer.reason.strip()
