"""The order of the report: what stands on the cover, and which sections follow. A new section is a line here."""

from collections.abc import Iterable, Iterator

from assessment.domain.letterhead import Letterhead
from assessment.reports.outline.after_audit import after_audit
from assessment.reports.outline.basis import calculated, limits_of, reading
from assessment.reports.outline.blocks import Section
from assessment.reports.outline.costs import costs
from assessment.reports.outline.decision import decision
from assessment.reports.outline.director import cover_standard, one_page
from assessment.reports.outline.document import Cover, Frame, Outline
from assessment.reports.outline.judged import excluded, findings, met, unknown
from assessment.reports.outline.planned import planned
from assessment.reports.outline.shared import sharing
from assessment.reports.outline.short import figures, first_findings, short_plan
from assessment.reports.outline.standing import advised, chapters
from assessment.reports.summary import GapSummary
from assessment.reports.texts import shown
from assessment.reports.wording import report, scores
from assessment.reports.wording.dates import day_in_words
from assessment.reports.wording.limits import SELF_ASSESSMENT
from assessment.translation import language


def outline(summary: GapSummary) -> Outline:
    """Return the report on a summary, in the order in which it is read."""
    return _report(summary, _sections(summary), brief=False)


def short_outline(summary: GapSummary) -> Outline:
    """Return the short report for who decides: it says nothing that the full one says otherwise."""
    return _report(summary, _short_sections(summary), brief=True)


def director_sections(summary: GapSummary) -> tuple[Section, ...]:
    """Return what both reports begin with: the page for a director, and what a decision rests on."""
    return one_page(summary), decision(summary)


def _report(summary: GapSummary, sections: Iterable[Section], *, brief: bool) -> Outline:
    letterhead = summary.letterhead or Letterhead()
    organisation, sender = shown(summary.organisation), shown(letterhead.name)
    return Outline(
        title=report.title(organisation),
        author=sender or organisation,
        sender=tuple(line for line in (sender, *shown(letterhead.address).splitlines()) if line.strip()),
        language=language(),
        cover=Cover(
            kind=str(report.KIND),
            organisation=organisation,
            on=day_in_words(summary.on),
            standards=tuple(map(cover_standard, summary.standards)),
            key=str(report.RULERS),
            state=f"{_state(summary)} {SELF_ASSESSMENT}",
        ),
        frame=Frame(contents=str(report.CONTENTS), foot=str(report.FOOT), page=str(report.PAGE), logo=report.logo_of(sender)),
        sections=tuple(sections),
        brief=brief,
    )


def _sections(summary: GapSummary) -> Iterator[Section]:
    yield from director_sections(summary)
    yield reading(summary)
    yield advised(summary)
    yield chapters(summary)
    yield from (findings(standard) for standard in summary.standards)
    yield planned(summary)
    if summary.audits or summary.audit_findings:
        yield after_audit(summary)
    if summary.costs:
        yield costs(summary.costs)
    yield from (met(standard) for standard in summary.standards)
    yield excluded(summary)
    yield unknown(summary)
    yield from (sharing(summary, compared) for compared in summary.comparisons)
    yield calculated(summary)
    yield limits_of(summary)


def _short_sections(summary: GapSummary) -> Iterator[Section]:
    yield from director_sections(summary)
    yield first_findings(summary)
    yield short_plan(summary)
    yield figures(summary)


def _state(summary: GapSummary) -> str:
    asked = sum(standard.result.score.asked for standard in summary.standards)
    answered = sum(standard.result.score.answered for standard in summary.standards)
    return scores.state(answered, asked)
