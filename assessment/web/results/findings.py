"""The findings as a list to work through; what of it is shown stands in the address, to be sent to a colleague."""

from functools import partial
from typing import Any

from flask import render_template, request, url_for

from assessment.domain.standard import Chapter
from assessment.reports.worklist import FINDINGS, REMARKS, Filter, Kind, worklist
from assessment.web.questions.question_view import question_addresses
from assessment.web.results.gap_summary import gap_summary
from assessment.web.shell.context import AssessmentContext
from assessment.web.wording import results as wording

LONGEST_SEARCH = 100
# Kinds that are an index of rows which stand elsewhere, or matter later: folded until they are asked for.
FOLDED = frozenset(Kind) - set(FINDINGS)


def findings_page(opened: AssessmentContext) -> str:
    """Show what an auditor would probably find, what is met, what does not apply and what is not known, as the address asks."""
    wanted, unfolded = wanted_of(opened), request.args.get("open") == "all"
    if wanted.is_empty and not unfolded:
        return opened.cached_page("findings page", lambda: _page(opened, wanted, unfolded=False))
    return _page(opened, wanted, unfolded=unfolded)


def wanted_of(opened: AssessmentContext) -> Filter:
    """Return what the address asks for. What is not chosen or not known here is not asked for, so that no old address fails."""
    asked = request.args.get
    standards = {questionnaire.standard.id for questionnaire in opened.questionnaires}
    kinds = {kind.value: kind for kind in Kind}
    return Filter(
        standard=_one_of(standards, asked("standard", "")),
        kind=kinds.get(asked("kind", "")),
        chapter=_one_of({chapter.number for chapter in _chapters(opened)}, asked("chapter", "")),
        text=asked("text", "").strip()[:LONGEST_SEARCH],
    )


def _one_of(known: set[str], said: str) -> str:
    return said if said in known else ""


def _chapters(opened: AssessmentContext) -> list[Chapter]:
    """Return the chapters of all chosen standards, those of one number once."""
    chapters = [chapter for questionnaire in opened.questionnaires for chapter in questionnaire.chapters()]
    return list({chapter.number: chapter for chapter in reversed(chapters)}.values())[::-1]


def _address(opened: AssessmentContext, wanted: Filter, unfolded: bool, **other: str | None) -> str:
    parts = {
        "standard": wanted.standard,
        "kind": wanted.kind.value if wanted.kind else "",
        "chapter": wanted.chapter,
        "text": wanted.text,
        "open": "all" if unfolded else "",
        **other,
    }
    said: dict[str, Any] = {name: value for name, value in parts.items() if value}
    return url_for("results.findings", assessment_id=opened.id, **said)


def _page(opened: AssessmentContext, wanted: Filter, *, unfolded: bool) -> str:
    summary = gap_summary(opened)
    return render_template(
        "results/findings.html",
        opened=opened,
        summary=summary,
        listed=worklist(summary, wanted),
        wanted=wanted,
        unfolded=unfolded,
        kinds=Kind,
        kind_names=wording.KINDS,
        folded=FOLDED,
        only_asked=REMARKS,
        remark_means=wording.REMARKS_MEAN,
        chapters=_chapters(opened),
        address=question_addresses(opened),
        filtered=partial(_address, opened, wanted, unfolded),
    )
