"""The fields that ask for certificates held: for each standard its edition, its last day, and the next audit."""

from collections.abc import Iterable
from typing import Any

from wtforms import Form, RadioField, SelectChoice
from wtforms.validators import Optional

from assessment.domain.certificates import EDITION_NOT_KNOWN, Certificate, NextAudit, certificates
from assessment.reports.wording.certificates import KINDS, held_in_short
from assessment.web.shell.context import library
from assessment.web.shell.forms import PlainDateField
from assessment.web.wording import organisation as wording

# The parts of a certificate, as the names of its fields end.
PARTS = ("edition", "until", "next", "kind")


def certificate_fields(question: str, values: tuple[str, ...] | None) -> Iterable[tuple[str, Any, Any]]:
    """Yield name, field and present value of each field for each standard."""
    told = certificates(values or ())
    for standard in library().standards.values():
        held, name = told.get(standard.id), standard.name
        editions = [SelectChoice(edition.id, edition.name) for edition in standard.editions]
        choices = [
            SelectChoice("", wording.NO_CERTIFICATE),
            *editions,
            SelectChoice(EDITION_NOT_KNOWN, wording.EDITION_NOT_KNOWN),
        ]
        kinds = [SelectChoice(kind.value, str(KINDS[kind])) for kind in NextAudit]
        at = f"{question}-{standard.id}"
        yield (
            f"{at}-edition",
            RadioField(wording.certificate(name), [Optional()], choices=choices),
            held.edition if held else "",
        )
        yield f"{at}-until", PlainDateField(wording.valid_until(name), [Optional()]), held.valid_until if held else None
        yield f"{at}-next", PlainDateField(wording.next_audit(name), [Optional()]), held.next_audit if held else None
        yield f"{at}-kind", RadioField(wording.next_kind(name), [Optional()], choices=kinds), held.kind.value if held else ""


def certificate_values(question: str, form: Form) -> tuple[str, ...]:
    """Return the certificates the form tells, of which each has its edition (`refuse_without_edition`)."""
    told = []
    for standard in library().standards:
        edition, until, following, kind = (form[f"{question}-{standard}-{part}"].data for part in PARTS)
        if edition:
            certificate = Certificate(
                standard=standard, edition=edition, valid_until=until, next_audit=following, kind=NextAudit(kind or "")
            )
            told.append(certificate.kept)
    return tuple(told)


def refuse_without_edition(question: str, form: Form) -> None:
    """Mark each standard of which days or the kind of the next audit are told, and no certificate is chosen."""
    for standard in library().standards.values():
        edition, *others = (form[f"{question}-{standard.id}-{part}"] for part in PARTS)
        if not edition.data and any(other.data for other in others):
            edition.errors = [*edition.errors, wording.edition_missing(standard.name)]


def certificates_in_words(values: tuple[str, ...]) -> str:
    """Return certificates as people read them."""
    told = certificates(values).values()
    return "; ".join(held_in_short(certificate, library()) for certificate in told) or wording.no_certificates()
