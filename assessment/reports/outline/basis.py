"""What the report rests on: how to read it, how its figures are calculated, and its limits."""

from assessment.reports import explained, words
from assessment.reports.outline.blocks import Block, Look, Section, Table, bullets, cell, heading, paragraph, strong
from assessment.reports.summary import GapSummary


def reading(summary: GapSummary) -> Section:
    """The ladder of answers, and what a range is."""
    rules = summary.result.library.rules
    blocks = (
        paragraph(f"Each question is answered by one step of a ladder. “{rules.title(rules.enough)}” is enough for most."),
        Table(
            caption="The ladder of answers",
            head=("Answer", "Looks like"),
            rows=tuple((cell(strong(each.title)), cell(each.test)) for each in rules.ladder),
            shares=(22, 78),
        ),
        paragraph(
            "A range of percent has two ends: what is certain today, and what would be true if every open answer turned out "
            "to be enough."
        ),
    )
    return Section(key="reading", title="How to read this summary", blocks=blocks)


def calculated(summary: GapSummary) -> Section:
    """The lines behind every figure."""
    result = summary.result
    blocks: list[Block] = []

    def how(title: str, lines: list[str]) -> None:
        blocks.extend((heading(title), bullets(lines)))

    for each in summary.standards:
        name = each.result.questionnaire.edition.name
        how(f"Range of {name}", explained.score(each.result.score))
        how(f"Verdict on {name}", explained.verdict(each.result))
    for fit in summary.fits:
        how(f"Need for {fit.standard.name}", explained.fit(fit))
    for each in summary.standards:
        standard = each.result.questionnaire.standard
        how(
            f"Dates of {standard.name}",
            explained.dates(summary.timeline.calendar.milestones[standard.id], result.library.rules),
        )
    if len(result.standards) > 1:
        for number, way in enumerate(result.ways, start=1):
            how(f"Way {number}", explained.route(way, result.library))
    how("Auditor days", explained.audit_days(result.audit_time, result.library.audit_tables))
    return Section(key="calculated", title="How it was calculated", blocks=tuple(blocks))


def limits(summary: GapSummary) -> Section:
    """What the report does not say, and what it was made with."""
    library = summary.result.library
    made = f"Version {summary.product_version}, rules {library.rules.revision}, content {library.content_hash}."
    blocks = (
        paragraph(words.SELF_ASSESSMENT, Look.LEAD),
        paragraph("What this score does not measure:"),
        bullets(words.NOT_MEASURED),
        paragraph(words.NOT_AFFILIATED),
        paragraph(f"Made by ISO Readiness. {made}", Look.QUIET),
    )
    return Section(key="limits", title="The limits", blocks=blocks)
