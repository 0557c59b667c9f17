"""The spine: a chapter as a stretch of ruler with one tick for each question, as tall as its answer reaches."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.domain.answers import AnswerSheet
from assessment.domain.standard import Question
from assessment.reports.charts.coverage import kind_of
from assessment.reports.wording import charts as wording

# How far down from the top of the ruler, 20 units high, a tick begins: what is met, what is short of enough, what is open.
HEIGHT, MET, SHORT, OPEN = 20, 2, 11, 16
TOPS = {"met": MET, "short": SHORT, "unknown": OPEN, "unanswered": OPEN}


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
    kinds = [kind_of(question, sheet) for question in questions]
    paths = dict.fromkeys((MET, SHORT, OPEN), "")
    for at, kind in enumerate(kinds):
        if kind in TOPS:
            paths[TOPS[kind]] += f"M{at}.5 {HEIGHT}V{TOPS[kind]}"
    met, short, excluded = (kinds.count(kind) for kind in ("met", "short", "excluded"))
    return Ticks(
        width=max(1, len(kinds)),
        met=paths[MET],
        short=paths[SHORT],
        open=paths[OPEN],
        counts=wording.ticks(met, short, len(kinds) - met - short - excluded, excluded),
    )
