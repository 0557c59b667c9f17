"""What the report rests on: how to read it, how its figures are calculated, and its limits."""

from collections.abc import Iterator

from assessment.reports.outline.blocks import (
    Block,
    Facts,
    Look,
    Run,
    Section,
    bullets,
    cell,
    grade_id,
    heading,
    paragraph,
    plain,
    strong,
    table,
)
from assessment.reports.summary import GRADES, GapSummary
from assessment.reports.wording import advice, answers, calculation, limits, report, verdicts


def reading(summary: GapSummary) -> Section:
    """Return the ladder of answers, and what ranges and grades mean."""
    rules = summary.result.library.rules
    grades = [((Run(text=str(verdicts.GRADES[grade]), grade=grade_id(grade)),), grade) for grade in GRADES]
    blocks = (
        paragraph(report.enough(rules)),
        table(
            report.LADDER,
            (answers.ANSWER, report.HOW_TO_TELL),
            ((cell(strong(step.title)), cell(step.test)) for step in rules.ladder),
            shares=(22, 78),
        ),
        Facts(
            rows=(
                (plain(report.RANGE), cell(str(report.RANGE_MEANS))),
                *((label, cell(str(verdicts.GRADES_MEAN[grade]))) for label, grade in grades),
            )
        ),
    )
    return Section(key="reading", title=str(report.READING), blocks=blocks)


def calculated(summary: GapSummary) -> Section:
    """Return the lines behind every figure."""
    blocks = tuple(block for title, lines in _calculations(summary) for block in (heading(title), bullets(lines)))
    return Section(key="calculated", title=str(calculation.TITLE), blocks=blocks)


def _calculations(summary: GapSummary) -> Iterator[tuple[str, list[str]]]:
    result = summary.result
    library = result.library
    for standard in summary.standards:
        edition = standard.result.questionnaire.edition.name
        yield calculation.range_of(edition), calculation.score(standard.result.score)
        yield calculation.verdict_on(edition), calculation.verdict(standard.result)
    for fit in summary.fits:
        yield calculation.need_for(fit.standard.name), calculation.fit(fit)
    for dates in summary.milestones:
        yield calculation.dates_of(library.standards[dates.standard].name), calculation.dates(dates, library.rules)
    if len(result.standards) > 1:
        for number, way in enumerate(result.ways, start=1):
            yield calculation.way(number, advice.way_in_words(way, library)), calculation.route(way, library)
    yield str(calculation.AUDIT_DAYS), calculation.audit_days(result.audit_time, library.audit_tables)


def limits_of(summary: GapSummary) -> Section:
    """Return what the report does not say, and what it was made with."""
    library = summary.result.library
    blocks: tuple[Block, ...] = (
        paragraph(limits.SELF_ASSESSMENT, Look.LEAD),
        paragraph(limits.NOT_MEASURED_ABOUT),
        bullets(limits.NOT_MEASURED),
        paragraph(limits.NOT_AFFILIATED),
        heading(limits.RECOMPUTE),
        paragraph(limits.made_with(summary.product_version, library.rules.revision)),
        paragraph(library.content_hash, Look.QUIET),
    )
    return Section(key="limits", title=str(limits.TITLE), blocks=blocks)
