"""Where the organisation stands, what is asked of the director, which standard and when: the first page, and the cover."""

from collections.abc import Iterator

from assessment.domain.fit import Fit
from assessment.domain.scoring import Score
from assessment.domain.working_days import on_or_after
from assessment.reports.outline.blocks import (
    Bar,
    Beside,
    Block,
    Counts,
    Facts,
    Panel,
    Paragraph,
    Run,
    Scoreboard,
    Section,
    cell,
    facts,
    grade_id,
    heading,
    paragraph,
    strong,
    table,
)
from assessment.reports.outline.document import CoverStandard
from assessment.reports.outline.planned import said_of_dates
from assessment.reports.summary import GRADES, GapSummary, StandardSummary
from assessment.reports.wording import advice, audits, certificates, doubts, plan, report, scores, verdicts
from assessment.reports.wording import director as words
from assessment.reports.wording.dates import day_in_words

# The roles that are named before others: those with most work.
ROLES = 3
# With so few standards there is room for what an auditor would say today of each.
FEW = 2


def one_page(summary: GapSummary) -> Section:
    """Return where we stand, how sure that is, what is asked of the director, which standard and why, and when."""
    result = summary.result
    few = len(summary.standards) <= FEW
    blocks: list[Block] = [
        heading(report.WHERE),
        Scoreboard(panels=tuple(_panel(summary, standard, few=few) for standard in summary.standards)),
        heading(words.ASKED),
        _asked(summary),
        heading(report.WHICH),
        Paragraph(text=strong(advice.headline(result))),
        paragraph(advice.reason_in_words(result)),
        Beside(parts=tuple((paragraph(text), Bar(low=fit.low, high=fit.high, says=text)) for fit, text in _needs(summary))),
        heading(report.WHEN),
        *_when(summary),
    ]
    return Section(key="on-one-page", title=str(report.ON_ONE_PAGE), blocks=tuple(blocks))


def _needs(summary: GapSummary) -> list[tuple[Fit, str]]:
    return [(fit, advice.need(fit)) for fit in summary.fits]


def _asked(summary: GapSummary) -> Facts:
    """Return until when to decide, whom to name, how many days to give, and what to sign."""
    result, asks = summary.result, summary.asks
    standard = result.library.standards[asks.deadline.standard].name if asks.deadline else ""
    on_start = asks.deadline is not None and asks.deadline.start_by == on_or_after(summary.timeline.calendar.start)
    return facts(
        (words.DECIDE, cell(words.decide(asks, standard, result, on_start=on_start))),
        (words.NAME, cell(words.name(asks, ROLES))),
        (words.GIVE, cell(words.give(asks, assumed=result.profile.days_a_week() is None))),
        (words.SIGN, cell(words.sign(asks))),
    )


def _panel(summary: GapSummary, standard: StandardSummary, *, few: bool) -> Panel:
    result = standard.result
    open_majors = summary.open_majors_of(result.questionnaire.standard.id)
    majors = (audits.majors_in_short(each, summary.result) for each in open_majors)
    about, edition = result.questionnaire.standard, result.questionnaire.edition
    score = scores.standing(about, result.score, len(result.verdict_range.settled_by))
    rehearsal = verdicts.rehearsal_in_words(result, standard.been) if few and not result.score.nothing_answered else ""
    return Panel(
        title=edition.name,
        verdict=verdicts.verdict_of(result),
        score=scores.percent_range(result.score),
        bar=bar(about.name, result.score),
        counts=Counts(rows=()) if result.score.nothing_answered else counts(standard),
        sentences=tuple(
            filter(
                None,
                (*majors, score, doubts.left_out(result), rehearsal),
            )
        ),
    )


def bar(name: str, score: Score) -> Bar | None:
    """Return a score as a bar; ``None`` where nothing applies."""
    if score.low is None or score.high is None:
        return None
    return Bar(low=score.low, high=score.high, says=report.bar_of(name, scores.percent_range(score)))


def counts(standard: StandardSummary) -> Counts:
    """Return how many things would stop stage 1, where it would be stopped, and how many findings there are of each grade."""
    result = standard.result
    stops = [((Run(text=str(verdicts.WOULD_STOP)),), len(result.stops))] if result.stops else []
    graded = [((Run(text=str(verdicts.GRADES[grade]), grade=grade_id(grade)),), len(result.graded(grade))) for grade in GRADES]
    return Counts(rows=(*stops, *graded))


def _when(summary: GapSummary) -> Iterator[Block]:
    """Yield the dates of what is certified for the first time, then the next audit of what is held, with the work before it."""
    if summary.result.way or not summary.upkeep:
        yield _dates(summary)
        yield paragraph(plan.work(summary.result, summary.steps, summary.shown, summary.timeline.been))
    for one in summary.upkeep:
        yield paragraph(" ".join(certificates.first_of(one, summary.result)))
    yield paragraph(" ".join((advice.way_taken(summary.result), *said_of_dates(summary))))


def _dates(summary: GapSummary) -> Block:
    library = summary.result.library
    return table(
        report.EARLIEST,
        (report.EARLIEST, plan.STAGE_1, plan.STAGE_2, plan.CERTIFICATE),
        (
            (
                cell(library.standards[dates.standard].name),
                cell(day_in_words(dates.stage_1)),
                cell(day_in_words(dates.stage_2)),
                cell(strong(day_in_words(dates.certificate))),
            )
            for dates in summary.milestones
        ),
        shares=(34, 22, 22, 22),
    )


def cover_standard(standard: StandardSummary) -> CoverStandard:
    """Return a standard for the cover."""
    result = standard.result
    edition = result.questionnaire.edition.name
    shown = [(chapter.number, chapter.title, score) for chapter, score in result.by_chapter]
    return CoverStandard(
        edition=edition,
        score=scores.percent_range(result.score),
        answered=scores.answered_in_words(result.score),
        bar=bar(edition, result.score),
        chapters=tuple((number, title, score.low) for number, title, score in shown),
        says=report.spine_in_words(edition, [(number, title, scores.percent_range(score)) for number, title, score in shown]),
    )
