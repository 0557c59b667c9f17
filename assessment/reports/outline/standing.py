"""Which standard to take and why, and how much is met, chapter by chapter and principle by principle."""

from collections.abc import Iterator

from assessment.domain.fit import Advice, Fit
from assessment.domain.result import Result
from assessment.domain.scoring import Score
from assessment.reports.charts.scores import chapter_scores
from assessment.reports.outline.blocks import (
    Bar,
    Beside,
    Block,
    Cell,
    Chart,
    Listing,
    Look,
    Run,
    Section,
    Table,
    bullets,
    cell,
    heading,
    paragraph,
    plain,
    table,
)
from assessment.reports.summary import GapSummary, StandardSummary
from assessment.reports.wording import advice, charts, report, scores
from assessment.reports.wording.dates import days_in_words

NOTHING = "–"


def advised(summary: GapSummary) -> Section:
    """Return which standard, why, what would change that, and the ways to several."""
    result = summary.result
    blocks: list[Block] = [
        paragraph(advice.headline(result), Look.LEAD),
        paragraph(advice.reason_in_words(result)),
        paragraph(advice.NEED_AND_DISTANCE),
        Beside(parts=tuple(tuple(_need(fit)) for fit in summary.fits)),
        heading(advice.WHAT_CHANGES),
    ]
    if result.recommendation.advice is Advice.NOT_KNOWN:
        blocks.append(paragraph(advice.NOT_KNOWN))
    elif not result.turning_points:
        blocks.append(paragraph(advice.NOTHING_CHANGES))
    else:
        blocks.append(paragraph(advice.ANSWERS_CHANGE))
        for becomes, answers in advice.turning_points(result):
            blocks += [paragraph(becomes), bullets(answers)]
    blocks += _ways(result)
    return Section(key="advice", title=str(advice.TITLE), blocks=tuple(blocks))


def _need(fit: Fit) -> Iterator[Block]:
    text = advice.need(fit)
    yield heading(text)
    yield Bar(low=fit.low, high=fit.high, says=text)
    if not fit.reasons:
        yield paragraph(advice.NOTHING_SPEAKS)
        return
    decides = (Run(text=" "), Run(text=str(advice.DECIDES), strong=True))
    yield Listing(
        items=tuple((*plain(reason.because), *(decides if reason.decides else ())) for reason in fit.reasons), numbered=True
    )


def _ways(result: Result) -> Iterator[Block]:
    yield heading(advice.WAYS)
    yield paragraph(advice.way_taken(result), Look.NOTE)
    if len(result.standards) < 2:
        return
    yield paragraph(advice.WAYS_ABOUT)
    yield table(
        advice.WAYS,
        advice.WAYS_HEAD,
        (
            (
                cell(advice.way_in_words(way, result.library)),
                cell(days_in_words(way.person_days)),
                cell(days_in_words(way.saved)),
                cell(advice.days_of(way)),
            )
            for way in result.ways
        ),
        shares=(40, 13, 13, 34),
    )


def chapters(summary: GapSummary) -> Section:
    """Return each chapter with the range of every standard, as a chart and as a table, and each standard by principle."""
    results = [standard.result for standard in summary.standards]
    chart = chapter_scores(results, charts.by_chapter([result.questionnaire.standard.name for result in results]))
    blocks: tuple[Block, ...] = (
        heading(chart.title),
        Chart(chart=chart, key=str(charts.MARKS)),
        paragraph(chart.description, Look.QUIET),
        heading(report.AS_TABLE),
        _by_chapter(summary),
        Beside(parts=tuple(tuple(_by_principle(standard)) for standard in summary.standards)),
    )
    return Section(key="chapters", title=str(report.CHAPTERS), blocks=blocks)


def _by_chapter(summary: GapSummary) -> Table:
    """Return two columns for each standard; a dash where a standard has no such chapter."""
    by_number = [{chapter.number: score for chapter, score in each.result.by_chapter} for each in summary.standards]
    titles = {chapter.number: chapter.title for each in summary.standards for chapter, _ in each.result.by_chapter}
    names = [each.result.questionnaire.standard.name for each in summary.standards]
    share = 66 // (2 * max(1, len(names)))
    return table(
        charts.HOW_MUCH,
        (report.CHAPTER, *(head for name in names for head in (name, report.ANSWERED))),
        (
            (cell(f"{number} {title}"), *(part for found in by_number for part in _scored(found.get(number))))
            for number, title in titles.items()
        ),
        shares=(34, *(share for _ in range(2 * len(names)))),
    )


def _scored(score: Score | None) -> tuple[Cell, Cell]:
    if score is None:
        return cell(NOTHING), cell(NOTHING)
    return cell(scores.percent_range(score)), cell(scores.answered(score))


def _by_principle(standard: StandardSummary) -> Iterator[Block]:
    title = charts.by_principle(standard.result.questionnaire.standard.name)
    yield heading(title)
    yield table(
        title,
        (report.PRINCIPLE, report.MET, report.ANSWERED),
        ((cell(name), *_scored(score)) for name, score in scores.titled(standard.result.by_principle)),
        shares=(54, 24, 22),
    )
