"""Where the organisation stands, and which standard to take: the page for a director, the advice, chapter by chapter."""

from collections.abc import Iterator

from assessment.domain.audit_time import AuditDays, in_half_days
from assessment.domain.findings import Grade
from assessment.domain.fit import Fit, TurningPoint
from assessment.domain.planning import Step, StepNote
from assessment.domain.profile import ProfileKind
from assessment.domain.result import Result
from assessment.domain.scoring import Score
from assessment.reports import words
from assessment.reports.outline.blocks import (
    Block,
    Cell,
    Facts,
    Figure,
    Look,
    Paragraph,
    Section,
    Table,
    bullets,
    cell,
    heading,
    paragraph,
    said,
    strong,
)
from assessment.reports.outline.planned import notices, work
from assessment.reports.summary import GapSummary, StandardSummary

STEPS_FIRST = 3
GRADES = (Grade.LIKELY_MAJOR, Grade.LIKELY_MINOR)


def one_page(summary: GapSummary) -> Section:
    """Where do we stand, how sure is that, what next, which standard and why, when, and with how much work."""
    recommendation = summary.result.recommendation
    blocks: list[Block] = [
        heading("Where do we stand, and how sure is that?"),
        _verdicts(summary),
        *(
            paragraph(f"{words.score_sentence(each.result.questionnaire.standard, each.result.score)} {_sure(each)}")
            for each in summary.standards
        ),
        heading("What next?"),
        *_first_steps(summary),
        heading("Which standard, and why?"),
        Paragraph(text=strong(f"{words.advice_in_words(recommendation)}.")),
        paragraph(words.why_in_words(recommendation)),
        bullets(_need(each) for each in summary.fits),
        heading("When, and with how much work?"),
        Facts(rows=(*_certificates(summary), ("Work", cell(work(summary))))),
        *notices(summary),
    ]
    return Section(key="on-one-page", title="On one page", blocks=tuple(blocks))


def _certificates(summary: GapSummary) -> Iterator[tuple[str, Cell]]:
    for each in summary.standards:
        standard = each.result.questionnaire.standard
        day = summary.timeline.calendar.milestones[standard.id].certificate
        yield f"{standard.name} certificate", cell(f"{words.day_in_words(day)} at the earliest")


def _verdicts(summary: GapSummary) -> Table:
    return Table(
        caption="Where you stand",
        head=("Standard", "Verdict", "Met", *(words.GRADES[grade] for grade in GRADES)),
        rows=tuple(
            (
                cell(each.result.questionnaire.edition.name),
                cell(strong(words.verdict_in_words(each.result.verdict_range))),
                cell(words.percent_range(each.result.score)),
                *(cell(str(len(each.result.graded(grade)))) for grade in GRADES),
            )
            for each in summary.standards
        ),
        shares=(17, 32, 15, 11, 11, 14),
    )


def _sure(summary: StandardSummary) -> str:
    score, verdict_range = summary.result.score, summary.result.verdict_range
    if score.settled:
        return f"All {score.asked} questions are answered."
    provisional = f"Provisional, {score.answered} of {score.asked} answered."
    if not verdict_range.settled_by:
        return provisional
    decide = words.plural(len(verdict_range.settled_by), "open question decides", "open questions decide")
    return f"{provisional} {decide} whether the better verdict holds."


def _first_steps(summary: GapSummary) -> Iterator[Block]:
    planned = {each.key: each for each in summary.timeline.calendar.planned}
    numbered = [
        (number, step)
        for number, step in enumerate(summary.steps, start=1)
        if not summary.notes.get(step.action.key, StepNote()).done_on
    ][:STEPS_FIRST]
    if not numbered:
        yield paragraph("Every step is marked as done." if summary.steps else work(summary))
        return

    def row(number: int, step: Step) -> tuple[Cell, ...]:
        dates = planned[step.action.key]
        owner = summary.notes.get(step.action.key, StepNote()).owner
        return (
            cell(str(number)),
            cell(strong(step.action.title), step.action.why),
            cell(f"{words.day_in_words(dates.start)} to {words.day_in_words(dates.end)}"),
            cell(words.days_in_words(step.person_days)),
            cell(said(owner) if owner else step.action.role),
        )

    yield Table(
        caption="The next steps",
        head=("No.", "Step", "When", "Work", "Who"),
        rows=tuple(row(number, step) for number, step in numbered),
        shares=(6, 44, 22, 12, 16),
    )


def _need(fit: Fit) -> str:
    return f"{fit.standard.name}: {words.fit_in_words(fit)}."


def advice(summary: GapSummary) -> Section:
    """Which standard, why, what would change that, the ways to several, and what auditors would need."""
    result = summary.result
    blocks: list[Block] = [
        paragraph(f"{words.advice_in_words(result.recommendation)}.", Look.LEAD),
        paragraph(words.why_in_words(result.recommendation)),
    ]
    for fit in summary.fits:
        blocks.append(heading(f"{fit.standard.name}: {words.fit_in_words(fit)}"))
        if fit.reasons:
            blocks.append(paragraph("What speaks for it, strongest first:"))
            reasons = (f"{each.because}{' This decides.' if each.decides else ''}" for each in fit.reasons)
            blocks.append(bullets(reasons, numbered=True))
        else:
            blocks.append(paragraph("Nothing you told us speaks for it yet."))
    blocks.append(heading("What would change this advice"))
    if result.turning_points:
        blocks.append(paragraph("Each of these answers, given instead of the present one, would change it by itself:"))
        blocks.append(bullets(_turning(each, result) for each in result.turning_points))
    else:
        blocks.append(paragraph("No single answer would change this."))
    blocks += [*_ways(result), *_auditors(result)]
    return Section(key="advice", title="Which standard, and why", blocks=tuple(blocks))


def _turning(point: TurningPoint, result: Result) -> str:
    texts = {choice.id: choice.text for choice in point.question.choices}
    if point.question.kind is ProfileKind.STANDARDS:
        texts = {standard.id: standard.name for standard in result.library.standards.values()}
    answer = ", ".join(texts.get(value, value) for value in point.values) or "none of these"
    return f"{point.question.asks} “{answer}”: {words.lower_first(words.change_in_words(point.becomes))}."


def _ways(result: Result) -> Iterator[Block]:
    if len(result.standards) < 2:
        return
    names = {each.id: each.name for each in result.library.standards.values()}
    rows = []
    for way in result.ways:
        legs = [words.join_and([names[each] for each in leg.standards]) for leg in way.legs]
        rows.append(
            (
                cell(f"{legs[0]}, together" if len(legs) == 1 else ", then ".join(legs)),
                cell(words.days_in_words(way.person_days)),
                cell(words.days_in_words(way.saved)),
                cell(", then ".join(words.day_in_words(leg.certificate) for leg in way.legs)),
            )
        )
    yield heading("Together, or one after the other")
    yield Table(
        caption="Ways to all chosen standards",
        head=("Way", "Work", "Saved", "Certificates, at the earliest"),
        rows=tuple(rows),
        shares=(40, 13, 13, 34),
    )


def _auditors(result: Result) -> Iterator[Block]:
    found = result.audit_time
    rows = [(result.library.standards[key].name, days) for key, days in found.by_standard.items()]
    yield heading("How many days auditors need")
    if not rows:
        missing = " ".join(f"“{result.library.profile_questions[each].asks}”" for each in found.missing)
        yield paragraph(
            "The tables end below your number of people; ask a certification body."
            if found.beyond_tables
            else f"For an estimate the profile has to say: {missing}"
        )
        return
    if found.integrated:
        rows.append(("Together, integrated at best", found.integrated))
    yield Table(
        caption="Auditor days, an estimate",
        head=("Audit", "First", "At least", "Surveillance each year", "Recertification"),
        rows=tuple((cell(name), *map(cell, _audit_days(days))) for name, days in rows),
        shares=(36, 12, 14, 20, 18),
    )


def _audit_days(days: AuditDays) -> list[str]:
    parts = map(in_half_days, (days.initial, days.least, days.surveillance, days.recertification))
    return [f"{float(each):g}" for each in parts]


def chapters(summary: GapSummary) -> Section:
    """Each chapter with the range of every standard, as a chart and as a table, and each standard by principle."""
    blocks: list[Block] = []
    for chart in [each.chart for each in summary.comparisons] or [summary.chart]:
        blocks += [heading(chart.title), Figure(chart=chart), paragraph(chart.description, Look.QUIET)]
    blocks += [heading("The same as a table"), _by_chapter(summary)]
    for each in summary.standards:
        name = each.result.questionnaire.standard.name
        rows = tuple(
            (cell(title), cell(words.percent_range(score)), cell(_answered(score)))
            for title, score in words.titled(each.result.by_principle)
        )
        blocks.append(heading(f"{name} by principle"))
        blocks.append(
            Table(caption=f"{name} by principle", head=("Principle", "Met", "Answered"), rows=rows, shares=(60, 20, 20))
        )
    return Section(key="chapters", title="Chapter by chapter", blocks=tuple(blocks))


def _by_chapter(summary: GapSummary) -> Table:
    """A column for each standard; a dash where a standard has no such chapter."""
    found = [{chapter.number: score for chapter, score in each.result.by_chapter} for each in summary.standards]
    titles = {chapter.number: chapter.title for each in summary.standards for chapter, _ in each.result.by_chapter}

    def scored(score: Score | None) -> Cell:
        return cell(words.percent_range(score), f"{_answered(score)} answered") if score else cell("–")

    return Table(
        caption="How much is met, chapter by chapter",
        head=("Chapter", *(each.result.questionnaire.standard.name for each in summary.standards)),
        rows=tuple(
            (cell(f"{number} {title}"), *(scored(scores.get(number)) for scores in found)) for number, title in titles.items()
        ),
        shares=(40, *(60 // max(1, len(found)) for _ in found)),
    )


def _answered(score: Score) -> str:
    return f"{score.answered} of {score.asked}"
