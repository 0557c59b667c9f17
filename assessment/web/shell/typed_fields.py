"""What people read beside each field that they type in or choose from, where its form is not at hand any more.

What no form shows has no name here: versions, what a page carries along, and which button was pressed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import request

from assessment.domain.certificates import EDITION_NOT_KNOWN, NextAudit
from assessment.domain.choices import CHOSEN, EDITION, PATH
from assessment.domain.profile import WAY, ProfileKind
from assessment.domain.standard import Question, Standard
from assessment.domain.worksheet import Field, FieldKind, Worksheet
from assessment.reports.wording.answer_fields import WORDS
from assessment.reports.wording.certificates import KINDS
from assessment.reports.wording.cost import FIELDS
from assessment.reports.wording.paths import PATHS
from assessment.web.shell.context import library
from assessment.web.wording import files, forms, organisation, people, planning, questions, worksheets

# Beginning of the names of fields of a line.
_LINE = "f-"
_PLAIN: Mapping[str, str] = {
    "organisation": organisation.NAME,
    "standards": organisation.STANDARDS,
    "owner": planning.OWNER,
    "due": planning.DUE,
    "done_on": planning.DONE_ON,
    WAY: planning.WAY,
    "label": people.LABEL,
    "role": people.ROLE,
    "last_day": people.LAST_DAY,
    "name": files.LETTERHEAD_PARTS["name"],
    "address": files.LETTERHEAD_PARTS["address"],
    "reason": questions.SECTION_REASON,
    "because": worksheets.NOT_HERE_BECAUSE,
    **{cost.value: label for cost, label in FIELDS.items()},
}


@dataclass(frozen=True, kw_only=True)
class FieldWords:
    """The label of a field, and what its values say where they are chosen and not typed."""

    label: str
    values: Mapping[str, str] = field(default_factory=dict)


def words_of(name: str) -> FieldWords | None:
    """Return what people read beside a field of the form that was sent; ``None`` for what no form shows."""
    found = _of_a_line(name) if name.startswith(_LINE) else _of_an_answer(name) or _of_the_profile(name) or _of_a_standard(name)
    if found is not None or name not in _PLAIN:
        return found
    values = {"standards": _standards(), "role": people.ROLES}.get(name, {})
    return FieldWords(label=str(_PLAIN[name]), values=values)


def _standards() -> dict[str, str]:
    return {standard.id: standard.name for standard in library().standards.values()}


def _of_an_answer(name: str) -> FieldWords | None:
    question, part = _question_and_field(name)
    if question is None:
        return None
    rungs = {step.rung.id: step.title for step in library().rules.ladder} if part == "answer" else {}
    return FieldWords(label=forms.field_of_an_answer(question.asks, part), values=rungs and {**rungs, **forms.STATES})


def _question_and_field(name: str) -> tuple[Question | None, str]:
    """Return the question of this page's standard that a field is about, and what it is of its answer; ``None`` for others."""
    standard = (request.view_args or {}).get("standard_id", "")
    question_id, evidence, part = name.rpartition("-evidence-")
    if not evidence:
        question_id, _, part = name.rpartition("-")
    question = library().questions.get(f"{standard}/{question_id}")
    if question is None or (part not in {"answer", *WORDS} and not evidence):
        return None, ""
    return question, f"evidence-{part}" if evidence else part


def _of_the_profile(name: str) -> FieldWords | None:
    """Return a question about the organisation; some have fields for each standard, and a certificate several of them."""
    asked = library().profile_questions
    if name in asked:
        values = {choice.id: choice.text for choice in asked[name].choices}
        more = _standards() if asked[name].kind is ProfileKind.STANDARDS else {}
        return FieldWords(
            label=asked[name].asks, values=(values or more) and {**values, **more, "none": organisation.NONE_OF_THESE}
        )
    for question in asked.values():
        for standard in library().standards.values():
            rest = name.removeprefix(f"{question.id}-{standard.id}")
            if question.kind is ProfileKind.DATES and not rest:
                return FieldWords(label=organisation.by_standard(standard.name))
            if question.kind is ProfileKind.CERTIFICATES and rest != name:
                return _of_a_certificate(standard, rest)
    return None


def _of_a_certificate(standard: Standard, part: str) -> FieldWords | None:
    editions = {edition.id: edition.name for edition in standard.editions} | {EDITION_NOT_KNOWN: organisation.EDITION_NOT_KNOWN}
    kinds = {kind.value: str(KINDS[kind]) for kind in NextAudit if kind.value}
    return {
        "-edition": FieldWords(label=organisation.certificate(standard.name), values=editions),
        "-until": FieldWords(label=organisation.valid_until(standard.name)),
        "-next": FieldWords(label=organisation.next_audit(standard.name)),
        "-kind": FieldWords(label=organisation.next_kind(standard.name), values=kinds),
    }.get(part)


def _of_a_standard(name: str) -> FieldWords | None:
    """Return what is chosen of a standard, unless it is what the page showed of it."""
    standard_id, _, part = name.rpartition("-")
    standard = library().standards.get(standard_id)
    if standard is None or request.form.get(name) == request.form.get(f"{standard_id}-was_{part}"):
        return None
    label = {CHOSEN: organisation.LOOK_AT_THIS, EDITION: organisation.EDITION, PATH: organisation.PATH}.get(part)
    values = {
        CHOSEN: {"y": standard.name},
        EDITION: {edition.id: edition.name for edition in standard.editions},
        PATH: {path.value: str(text) for path, text in PATHS.items()},
    }
    return FieldWords(label=str(label), values=values[part]) if label else None


def _of_a_line(name: str) -> FieldWords | None:
    """Return a field of the line of a worksheet that the address names."""
    args = request.view_args or {}
    worksheet, line_id = library().worksheets.get(args.get("worksheet_id", "")), args.get("line_id", "")
    if worksheet is None:
        return None
    of_prefix = {register.prefix: register for register in worksheet.registers.values()}
    register = of_prefix.get(line_id) or worksheet.register_of(line_id)
    asked = register.by_id.get(name.removeprefix(_LINE)) if register else None
    return FieldWords(label=asked.label, values=_chosen(worksheet, asked)) if asked else None


def _chosen(worksheet: Worksheet, asked: Field) -> dict[str, str]:
    if asked.kind is FieldKind.LISTS:
        return {each.id: each.title for each in worksheet.starter.lists}
    if asked.kind is FieldKind.TICK:
        return {"yes": forms.TICKED}
    units = asked.units if asked.kind is FieldKind.AMOUNT else ()
    return {choice.id: choice.text for choice in asked.choices} | {unit: unit for unit in units}
