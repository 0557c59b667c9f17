"""What is chosen for an assessment: saved field by field, and remembered for standards that were taken out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from assessment.domain.choices import (
    CHOSEN,
    EDITION,
    ORGANISATION,
    PATH,
    Choices,
    field_of,
    merge_choices,
    standards_in,
)
from assessment.storage.assessments import ChosenStandard, chosen_now, write_choices
from assessment.storage.database import reading, writing
from assessment.storage.history import CHOICES, Author, history
from assessment.storage.serialization import storable
from assessment.storage.tables import change


@dataclass(frozen=True, kw_only=True)
class SavedChoices:
    """What is stored after a save. With ``clashes``, names of fields that both changed, nothing was written."""

    theirs: Choices
    clashes: frozenset[str]


def to_fields(organisation: str, chosen: Iterable[ChosenStandard]) -> dict[str, str]:
    """Return what is chosen by the names of fields."""
    fields = {ORGANISATION: organisation}
    for choice in chosen:
        said = {CHOSEN: "y", EDITION: choice.edition, PATH: choice.path}
        fields |= {field_of(choice.standard, part): text for part, text in said.items()}
    return fields


def save_choices(assessment_id: str, *, base: Choices, mine: Choices, who: str, at: datetime) -> SavedChoices:
    """Save what somebody chose on a page that was made from ``base``, together with what others chose since.

    Nothing is written where both changed one field differently. Answers stay, also of a standard that is left out.
    """
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    with writing() as connection:
        organisation, chosen = chosen_now(connection, author)
        # How a standard would be chosen that is not is stored nowhere, so nobody changed that.
        unchosen = {name: text for name, text in base.items() if name in mine}
        out = {field_of(name.rpartition("/")[0], CHOSEN): "" for name in mine if name.endswith(f"/{CHOSEN}")}
        theirs = {**unchosen, **out, **to_fields(organisation, chosen)}
        merged = merge_choices(base=base, mine=mine, theirs=theirs)
        if not merged.clashes:
            write_choices(connection, author, merged.choices[ORGANISATION], _from_fields(merged.choices))
    return SavedChoices(theirs=theirs, clashes=merged.clashes)


def _from_fields(choices: Choices) -> list[ChosenStandard]:
    return [
        ChosenStandard(
            standard=standard,
            edition=choices[field_of(standard, EDITION)],
            path=choices[field_of(standard, PATH)],
        )
        for standard in standards_in(choices)
    ]


@dataclass(frozen=True, kw_only=True)
class ChosenBefore:
    """Who chose last, and how each standard was chosen the last time it was, also one that was taken out since."""

    by: str
    standards: dict[str, ChosenStandard]


def chosen_before(assessment_id: str) -> ChosenBefore:
    """Return what the history says about earlier choices."""
    before: dict[str, ChosenStandard] = {}
    by = ""
    for entry in history(assessment_id, CHOICES):
        by = entry.changed_by
        content = entry.content if isinstance(entry.content, dict) else {}
        for standard, (edition, path) in (content.get("standards") or {}).items():
            before[standard] = ChosenStandard(standard=standard, edition=edition, path=path)
    return ChosenBefore(by=by, standards=before)


def changed_since_chosen(assessment_id: str, standard: str) -> frozenset[str]:
    """Return the refs of a standard's answers that were changed since its edition and path were chosen as they are now."""
    since, chosen = 0, None
    for entry in history(assessment_id, CHOICES):
        content = entry.content if isinstance(entry.content, dict) else {}
        if (then := (content.get("standards") or {}).get(standard)) != chosen:
            since, chosen = entry.number, then
    query = select(change.c.subject).where(
        change.c.assessment_id == assessment_id,
        change.c.number > since,
        change.c.subject.startswith(f"{standard}/", autoescape=True),
    )
    with reading() as connection:
        return frozenset(connection.execute(query).scalars())
