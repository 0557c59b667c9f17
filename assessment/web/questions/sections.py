"""A whole section that does not apply: one reason and one press, kept by question; and taking it back the same way."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request, url_for
from flask.typing import ResponseReturnValue

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.exclusions import Section, left_out, sections, taken_back
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.standard import Chapter, Question
from assessment.storage.answers import answers_at, load_some, save_answers
from assessment.storage.merge_save import Proposed
from assessment.web.questions.place import Place, section_anchor
from assessment.web.questions.showing import show_conflicts
from assessment.web.shell.context import AssessmentContext, now
from assessment.web.shell.done import lead_on
from assessment.web.shell.forms import FormError, PageForm, paragraph, version_sent
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.wording import questions as wording
from assessment.web.wording.done import Done

# What the pressed button sends.
LEAVE_OUT, TAKE_BACK = "leave-out", "take-back"


class SectionForm(PageForm):
    """The reason why a section does not apply."""

    reason = paragraph(wording.SECTION_REASON)


@dataclass(frozen=True, kw_only=True)
class SectionView:
    """A section with what its form needs: ``answered`` will be replaced, ``left_out`` does not apply already.

    ``versions`` holds name and value of a hidden field for each question; ``when`` under which conditions they may be left out.
    """

    section: Section
    anchor: str
    answered: tuple[Question, ...]
    left_out: tuple[Question, ...]
    versions: tuple[tuple[str, int], ...]
    when: tuple[str, ...]
    reason: str = ""
    error: str = ""

    @property
    def is_left_out(self) -> bool:
        """Tell whether nothing of the section applies already."""
        return len(self.left_out) == len(self.section.questions)


@dataclass(frozen=True, kw_only=True)
class Refused:
    """What keeps a section from being saved, and the sections of the page with what was typed."""

    sections: tuple[SectionView, ...]
    errors: tuple[FormError, ...]
    status: int


def sections_of(
    opened: AssessmentContext,
    questionnaire: Questionnaire,
    chapter: Chapter,
    *,
    wrong: str = "",
    reason: str = "",
    error: str = "",
) -> tuple[SectionView, ...]:
    """Return the sections of a chapter; the one of the clause ``wrong`` with what was typed, and what is wrong with it."""
    found = [each for each in sections(questionnaire) if each.questions[0].chapter == chapter.number]
    sheet, versions = load_some(opened.id, [question.ref for each in found for question in each.questions])
    return tuple(_view(each, sheet, versions, *((reason, error) if each.clause == wrong else ("", ""))) for each in found)


def _view(section: Section, sheet: AnswerSheet, versions: dict[str, int], reason: str, error: str) -> SectionView:
    gone = tuple(question for question in section.questions if sheet.answer(question).state is State.NOT_APPLICABLE)
    return SectionView(
        section=section,
        anchor=section_anchor(section),
        answered=tuple(q for q in section.questions if sheet.answer(q).state in (State.RUNG, State.UNKNOWN)),
        left_out=gone,
        versions=tuple((_version_name(question), versions.get(question.ref, 0)) for question in section.questions),
        when=tuple(dict.fromkeys(question.may_not_apply for question in section.questions)),
        reason=reason,
        error=error,
    )


def save_section(opened: AssessmentContext, questionnaire: Questionnaire, chapter: Chapter) -> ResponseReturnValue | Refused:
    """Leave out or take back the section that was sent, each question by the rules of every save, or say what is wrong."""
    form = SectionForm()
    clause, pressed = request.form.get("section", ""), request.form.get("save", "")
    known = {each.clause: each for each in sections(questionnaire) if each.questions[0].chapter == chapter.number}
    valid = form.validate()
    errors = [
        FormError(href=f"#reason-{clause}" if "reason" in error.href else error.href, text=error.text)
        for error in form.errors_to_show()
    ]
    if "csrf_token" not in form.errors and (clause not in known or pressed not in (LEAVE_OUT, TAKE_BACK)):
        errors = [FormError(href="#main", text=wording.no_such_section())]
    elif valid and pressed == LEAVE_OUT and not form.reason.data:
        errors = [FormError(href=f"#reason-{clause}", text=wording.section_reason_missing(clause))]
    if errors:
        about_reason = next((error.text for error in errors if error.href == f"#reason-{clause}"), "")
        again = sections_of(opened, questionnaire, chapter, wrong=clause, reason=form.reason.data or "", error=about_reason)
        return Refused(sections=again, errors=tuple(errors), status=400 if "csrf_token" in form.errors else 422)
    return _save(opened, questionnaire, known[clause], form.reason.data if pressed == LEAVE_OUT else "")


def _save(opened: AssessmentContext, questionnaire: Questionnaire, section: Section, reason: str) -> ResponseReturnValue:
    result = save_answers(
        opened.id,
        _proposals(opened, section.questions, reason),
        who=opened.record.who,
        at=now(),
        idempotency_key=idempotency_key(),
    )
    if result.conflicts:
        page = next(page for page in questionnaire.pages if section.questions[0] in page.questions)
        return show_conflicts(Place(opened=opened, questionnaire=questionnaire, page=page), result.conflicts), 409
    return lead_on(
        url_for(
            "questions.check",
            assessment_id=opened.id,
            standard_id=questionnaire.standard.id,
            chapter=section.questions[0].chapter,
            _anchor=section_anchor(section),
        ),
        Done.SAVED,
    )


def _proposals(opened: AssessmentContext, questions: Sequence[Question], reason: str) -> list[Proposed[Answer]]:
    """Return what is wanted of each question, made from the version that the page showed."""
    versions = {question.ref: version_sent(_version_name(question)) for question in questions}
    shown = answers_at(opened.id, versions)
    return [
        Proposed(
            key=ref,
            value=left_out(shown[ref], reason) if reason else taken_back(shown[ref]),
            base_version=version,
        )
        for ref, version in versions.items()
    ]


def _version_name(question: Question) -> str:
    return f"{question.id}-version"
