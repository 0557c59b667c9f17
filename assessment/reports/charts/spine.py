"""The spine: a chapter as a stretch of ruler with one tick for each question, as tall as its answer reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.domain.answers import AnswerSheet
from assessment.domain.standard import Question

# How far down from the top of the ruler, 20 units high, a tick begins: what is met, what is short of enough, what is open.
HEIGHT, MET, SHORT, OPEN = 20, 2, 11, 16


@dataclass(frozen=True, kw_only=True)
class Ticks:
    """The ticks of one chapter as paths of SVG, ``width`` units wide and ``HEIGHT`` high; what does not apply has none.

    ``counts`` says the same in words.
    """

    width: int
    met: str
    short: str
    open: str
    counts: str


def ticks(questions: Sequence[Question], sheet: AnswerSheet) -> Ticks:
    """One tick for each question, in their order."""
    paths: dict[int, list[str]] = {MET: [], SHORT: [], OPEN: []}
    for position, question in enumerate(questions):
        top = _top(question, sheet)
        if top is not None:
            paths[top].append(f"M{position}.5 {HEIGHT}V{top}")
    met, short, still_open = (len(paths[top]) for top in (MET, SHORT, OPEN))
    counts = [f"{met} met", f"{short} short", f"{still_open} open"]
    if met + short + still_open < len(questions):
        counts.append(f"{len(questions) - met - short - still_open} not applicable")
    return Ticks(
        width=max(1, len(questions)),
        met="".join(paths[MET]),
        short="".join(paths[SHORT]),
        open="".join(paths[OPEN]),
        counts=", ".join(counts),
    )


def _top(question: Question, sheet: AnswerSheet) -> int | None:
    if sheet.is_open(question):
        return OPEN
    if not sheet.applies(question):
        return None
    return SHORT if sheet.is_gap(question) else MET
