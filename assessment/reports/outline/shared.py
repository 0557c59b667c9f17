"""What two standards have in common, what only one asks, and the answers that would carry over."""

from collections.abc import Iterator, Sequence

from assessment.domain.comparison import CarryOver
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Overlap
from assessment.domain.standard import Question
from assessment.reports.comparison_view import Compared, by_answer
from assessment.reports.outline.blocks import Block, Cell, Comparison, Look, Section, cell, heading, paragraph, table
from assessment.reports.outline.director import bar
from assessment.reports.summary import GapSummary
from assessment.reports.wording import sharing as wording
from assessment.reports.wording.answers import QUESTION


def sharing(summary: GapSummary, compared: Compared) -> Section:
    """Return what is to be said of one pair of standards."""
    left, right = compared.comparison.left.standard, compared.comparison.right.standard
    blocks: list[Block] = [_gives(side) for side in compared.sides]
    for overlap in Overlap:
        blocks += _overlap(summary, compared, overlap)
    blocks += [
        *_only(compared.comparison.left, right.name, compared.comparison.only_left),
        *_only(compared.comparison.right, left.name, compared.comparison.only_right),
    ]
    return Section(key=f"sharing-{left.id}-{right.id}", title=wording.title(left.name, right.name), blocks=tuple(blocks))


def _gives(side: CarryOver) -> Comparison:
    name = side.questionnaire.standard.name
    bars = (bar(name, side.before), bar(name, side.after))
    return Comparison(
        title=wording.gives(side),
        sentences=tuple(
            sentence
            for sentence in (wording.full_readiness(side), wording.carried(side), wording.same_method(side))
            if sentence
        ),
        bars=tuple(each for each in bars if each),
    )


def _overlap(summary: GapSummary, compared: Compared, overlap: Overlap) -> Iterator[Block]:
    comparison = compared.comparison
    left, right = comparison.left, comparison.right
    topics = comparison.by_overlap(overlap)
    yield heading(wording.topics(overlap, len(topics)))
    yield paragraph(wording.OVERLAPS[overlap][1], Look.QUIET)
    yield paragraph(wording.carries(overlap, left.rules), Look.QUIET)
    if not topics:
        return
    rows = [
        (cell(shared.topic.title), _answers(summary, left, shared.left), _answers(summary, right, shared.right))
        for shared in topics
    ]
    head = (wording.TOPIC, left.standard.name, right.standard.name)
    caption = wording.topics_caption(overlap, left.standard.name, right.standard.name)
    if overlap is Overlap.FULL:
        yield table(caption, head, rows, shares=(32, 34, 34))
    else:
        because = [cell(" ".join(shared.reasons)) for shared in topics]
        with_reasons = ((*row, reason) for row, reason in zip(rows, because, strict=True))
        yield table(caption, (*head, wording.WHY_NOT_FULLY), with_reasons, shares=(20, 22, 22, 36))


def _answers(summary: GapSummary, questionnaire: Questionnaire, questions: Sequence[Question]) -> Cell:
    answers = by_answer(questionnaire, questions, summary.result.sheet)
    return cell(*(wording.answered_under(answer, clauses) for answer, clauses in answers))


def _only(questionnaire: Questionnaire, other: str, questions: Sequence[Question]) -> Iterator[Block]:
    name = questionnaire.standard.name
    yield heading(wording.only_in(name, len(questions)))
    if questions:
        yield table(
            wording.only_in_caption(name, other),
            (wording.CLAUSE, QUESTION),
            ((cell(", ".join(questionnaire.clauses(question))), cell(question.asks)) for question in questions),
            shares=(14, 86),
        )
