"""What two standards have in common, what only one asks, and the answers that would carry over."""

from collections.abc import Iterator, Sequence

from assessment.domain.comparison import CarryOver
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Overlap
from assessment.domain.standard import Question
from assessment.reports import words
from assessment.reports.compared import Compared, by_answer
from assessment.reports.outline.blocks import Block, Cell, Look, Section, Table, cell, heading, paragraph
from assessment.reports.summary import GapSummary


def sharing(summary: GapSummary, compared: Compared) -> Section:
    """One pair of standards."""
    left, right = compared.comparison.left.standard, compared.comparison.right.standard
    blocks: list[Block] = [paragraph(_carried(each)) for each in compared.sides]
    for overlap in Overlap:
        blocks += _overlap(summary, compared, overlap)
    blocks += [
        *_only(compared.comparison.left, right.name, compared.comparison.only_left),
        *_only(compared.comparison.right, left.name, compared.comparison.only_right),
    ]
    title = f"What {left.name} and {right.name} share"
    return Section(key=f"sharing-{left.id}-{right.id}", title=title, blocks=tuple(blocks))


def _carried(side: CarryOver) -> str:
    name, other = side.questionnaire.standard.name, side.full.source.standard.name
    suggested = words.plural(len(side.suggested), "answer", "answers")
    return (
        f"Full readiness for {other} would give {words.percent_range_low(side.full_score)} of {name}: "
        f"{len(side.full.suggested)} of {len(side.questionnaire.questions)} questions would get a suggestion; "
        f"{side.shared} share a topic. Today {suggested} of {other} would carry over to {name}. "
        f"Confirmed only: {words.percent_range(side.before)}. If every suggestion holds: {words.percent_range(side.after)}."
    )


def _overlap(summary: GapSummary, compared: Compared, overlap: Overlap) -> Iterator[Block]:
    comparison = compared.comparison
    topics = comparison.by_overlap(overlap)
    title, about = words.OVERLAPS[overlap]
    because = ("Why not fully",) if overlap is not Overlap.FULL else ()
    yield heading(f"{title}: {words.plural(len(topics), 'topic', 'topics')}")
    yield paragraph(about, Look.QUIET)
    if topics:
        yield Table(
            caption=f"{title}: {comparison.left.standard.name} and {comparison.right.standard.name}",
            head=("Topic", comparison.left.standard.name, comparison.right.standard.name, *because),
            rows=tuple(
                (
                    cell(shared.topic.title),
                    _answers(summary, comparison.left, shared.left),
                    _answers(summary, comparison.right, shared.right),
                    *(cell(" ".join(shared.reasons)) for _ in because),
                )
                for shared in topics
            ),
            shares=(22, 24, 24, 30) if because else (32, 34, 34),
        )


def _answers(summary: GapSummary, questionnaire: Questionnaire, questions: Sequence[Question]) -> Cell:
    answers = by_answer(questionnaire, questions, summary.result.sheet)
    return cell(*(f"{told} ({clauses})" for told, clauses in answers))


def _only(questionnaire: Questionnaire, other: str, questions: Sequence[Question]) -> Iterator[Block]:
    yield heading(f"Only in {questionnaire.standard.name}: {words.plural(len(questions), 'question', 'questions')}")
    if questions:
        yield Table(
            caption=f"Only in {questionnaire.standard.name}, not in {other}",
            head=("Clause", "Question"),
            rows=tuple((cell(", ".join(questionnaire.clauses(each))), cell(each.asks)) for each in questions),
            shares=(14, 86),
        )
