"""Reading the questionnaires, and how the standards differ, without starting anything."""

from collections.abc import Iterator
from dataclasses import dataclass

from flask import Blueprint, abort, render_template, request

from assessment.domain.comparison import compare
from assessment.domain.editions import edition_changes
from assessment.domain.facts import Fact
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.standard import Standard
from assessment.web.shell.context import library
from assessment.web.wording import reading as wording

blueprint = Blueprint("reading", __name__, url_prefix="/standards")


@blueprint.get("")
def overview() -> str:
    """List the standards."""
    return render_template("reading/overview.html", standards=library().standards.values())


@blueprint.get("/differences")
def differences() -> str:
    """Show how all standards differ, and what the first two have in common."""
    standards = list(library().standards.values())
    pairs = [(left, right) for position, left in enumerate(standards) for right in standards[position + 1 :]]
    return render_template(
        "reading/differences.html",
        standards=standards,
        rows=wording.DIFFERS,
        newcomers=library().newcomers,
        comparisons=[compare(_everything(left), _everything(right)) for left, right in pairs],
    )


def _everything(standard: Standard) -> Questionnaire:
    return library().questionnaire(standard.id, standard.current.id, QuestionPath.FULL)


@dataclass(frozen=True, kw_only=True)
class FactGroup:
    """Facts about one thing, each under what it is about; "" where the heading says it."""

    heading: str
    facts: tuple[tuple[str, Fact], ...]


@blueprint.get("/facts")
def facts() -> str:
    """List every fact that pages and documents tell, with its source, how sure it is, and when it was last looked at."""
    groups = [group for standard in library().standards.values() for group in _facts_of(standard)]
    groups.append(FactGroup(heading=wording.AUDITOR_DAYS, facts=tuple(_facts_on_auditor_days())))
    newcomers = tuple((entry.asks, entry.answer) for entry in library().newcomers)
    groups.append(FactGroup(heading=wording.NEWCOMERS, facts=newcomers))
    prices = tuple((price.land, price.fact) for price in library().prices)
    groups.append(FactGroup(heading=wording.PRICES, facts=prices))
    return render_template(
        "reading/facts.html", groups=[group for group in groups if group.facts], tables=library().audit_tables
    )


def _facts_on_auditor_days() -> Iterator[tuple[str, Fact]]:
    tables = library().audit_tables
    yield from (("", fact) for fact in tables.facts)
    yield from (("", reason.fact) for reason in tables.reasons)
    for standard in library().standards.values():
        yield from ((standard.name, reason.fact) for reason in standard.audit_reasons)


def _facts_of(standard: Standard) -> Iterator[FactGroup]:
    for edition in standard.editions:
        yield FactGroup(heading=edition.name, facts=tuple(("", fact) for fact in edition.facts))
    differs = tuple((title, standard.differs[key]) for key, title in wording.DIFFERS.items())
    yield FactGroup(heading=standard.name, facts=differs)


@blueprint.get("/glossary")
def glossary() -> str:
    """Say what the words of the field mean."""
    return render_template("reading/glossary.html", terms=sorted(library().glossary, key=lambda term: term.title.casefold()))


@blueprint.get("/<standard_id>/editions")
def editions(standard_id: str) -> str:
    """Show what changes from each edition of a standard to the next."""
    standard = _standard(standard_id)
    changes = [change for edition in standard.editions if (change := edition_changes(standard, edition)) is not None]
    return render_template("reading/editions.html", standard=standard, changes=changes)


@blueprint.get("/<standard_id>")
def questionnaire(standard_id: str) -> str:
    """Show every question of one standard in one edition."""
    standard = _standard(standard_id)
    edition_id = request.args.get("edition", standard.current.id)
    if edition_id not in {edition.id for edition in standard.editions}:
        abort(404)
    return render_template(
        "reading/questionnaire.html",
        questionnaire=library().questionnaire(standard_id, edition_id, QuestionPath.FULL),
        ladder=library().rules.ladder,
    )


def _standard(standard_id: str) -> Standard:
    standard = library().standards.get(standard_id)
    if standard is None:
        abort(404)
    return standard
