"""How much of a questionnaire is answered, chapter by chapter, in five states that are never mixed."""

from collections.abc import Sequence
from dataclasses import dataclass

from assessment.domain.answers import AnswerSheet, State
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.standard import Question
from assessment.reports.wording import charts as wording
from assessment.reports.wording.charts import KINDS

# Pixels: a row with its label above its bar.
ROW_HEIGHT, LABEL_AT, BAR_AT = 44, 14, 22


@dataclass(frozen=True, kw_only=True)
class Segment:
    """A stretch of a bar: its kind, where it begins and how wide it is in percent, and how many questions it stands for."""

    kind: str
    x: float
    width: float
    number: int


@dataclass(frozen=True, kw_only=True)
class CoverageRow:
    """One chapter. ``numbers`` holds every kind, ``segments`` only those that there are."""

    label: str
    label_y: int
    bar_y: int
    total: int
    segments: tuple[Segment, ...]
    numbers: dict[str, int]


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """The bars of one questionnaire, with the words that say what they show."""

    id: str
    title: str
    description: str
    rows: tuple[CoverageRow, ...]
    height: int


def coverage(questionnaire: Questionnaire, sheet: AnswerSheet) -> Coverage:
    """Count the answers of each chapter by what they are."""
    rows = tuple(
        _row(f"{chapter.number} {chapter.title}", position * ROW_HEIGHT, questionnaire.in_chapter(chapter), sheet)
        for position, chapter in enumerate(questionnaire.chapters())
    )
    name = questionnaire.standard.name
    return Coverage(
        id=f"coverage-{questionnaire.standard.id}",
        title=wording.coverage_title(name),
        description=wording.coverage(name, {kind: sum(row.numbers[kind] for row in rows) for kind in KINDS}),
        rows=rows,
        height=len(rows) * ROW_HEIGHT,
    )


def kind_of(question: Question, sheet: AnswerSheet) -> str:
    """Which of the five states the answer to a question is in."""
    answer = sheet.answer(question)
    if answer.rung is not None:
        return "short" if answer.rung < question.enough else "met"
    if not sheet.applies(question):
        return "excluded"
    return "unanswered" if answer.state is State.UNANSWERED else "unknown"


def _row(label: str, top: int, questions: Sequence[Question], sheet: AnswerSheet) -> CoverageRow:
    numbers = dict.fromkeys(KINDS, 0)
    for question in questions:
        numbers[kind_of(question, sheet)] += 1
    segments, before = [], 0
    for kind, number in numbers.items():
        if number:
            x, width = (round(100 * part / len(questions), 2) for part in (before, number))
            segments.append(Segment(kind=kind, x=x, width=width, number=number))
        before += number
    return CoverageRow(
        label=label,
        label_y=top + LABEL_AT,
        bar_y=top + BAR_AT,
        total=len(questions),
        segments=tuple(segments),
        numbers=numbers,
    )
