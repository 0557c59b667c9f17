"""The order of the report: what stands on the cover, and which sections follow."""

from collections.abc import Iterator

from assessment.domain.question_path import QuestionPath
from assessment.reports import words
from assessment.reports.outline.basis import calculated, limits, reading
from assessment.reports.outline.blocks import Cover, Outline, Section
from assessment.reports.outline.judged import excluded, findings, met, unknown
from assessment.reports.outline.planned import plan
from assessment.reports.outline.shared import sharing
from assessment.reports.outline.standing import advice, chapters, one_page
from assessment.reports.summary import GapSummary

DEPTHS = {
    QuestionPath.QUICK: "Quick check",
    QuestionPath.FULL: "Full check",
    QuestionPath.NEW_IN_EDITION: "What is new in this edition",
    QuestionPath.AGAIN: "Another year",
}


def outline(summary: GapSummary) -> Outline:
    """The report on a summary, in the order in which it is read."""
    cover = Cover(
        organisation=summary.organisation,
        on=words.day_in_words(summary.on),
        standards=tuple(
            (
                each.result.questionnaire.edition.name,
                words.percent_range(each.result.score),
                DEPTHS[each.result.questionnaire.path],
            )
            for each in summary.standards
        ),
        state=_state(summary),
    )
    return Outline(title=f"Gap summary of {summary.organisation}", cover=cover, sections=tuple(_sections(summary)))


def _sections(summary: GapSummary) -> Iterator[Section]:
    yield one_page(summary)
    yield reading(summary)
    yield advice(summary)
    yield chapters(summary)
    yield from (findings(each) for each in summary.standards)
    yield plan(summary)
    yield from (met(each) for each in summary.standards)
    yield excluded(summary)
    yield unknown(summary)
    yield from (sharing(summary, each) for each in summary.comparisons)
    yield calculated(summary)
    yield limits(summary)


def _state(summary: GapSummary) -> str:
    asked = sum(each.result.score.asked for each in summary.standards)
    answered = sum(each.result.score.answered for each in summary.standards)
    if answered == asked:
        return f"All {words.plural(asked, 'question is', 'questions are')} answered."
    return f"Provisional: {answered} of {words.plural(asked, 'question is', 'questions are')} answered."
