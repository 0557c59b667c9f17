"""Saving the answers of a question page, for people and for our own script: read, refuse, join, save, show conflicts."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from flask import request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.merge import before_joining, join
from assessment.domain.standard import Question
from assessment.storage.answers import conflict_of, load_some, save_answers
from assessment.storage.merge_save import Proposed, SaveResult
from assessment.web.questions.answer_form import (
    COMMON,
    BoundAnswer,
    build_forms,
    cleared,
    submissions,
    unknown_fields,
)
from assessment.web.questions.place import Place, questionnaire_with
from assessment.web.questions.question_view import question_again, question_view
from assessment.web.questions.showing import show_conflicts, show_form
from assessment.web.questions.untouched import is_untouched
from assessment.web.shell.context import now, own_today
from assessment.web.shell.done import lead_on
from assessment.web.shell.errors import wants_json
from assessment.web.shell.forms import FormError, is_token_right, token_error
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.wording import questions as wording
from assessment.web.wording.done import Done


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What was sent for a question page.

    ``answers`` are those of the page, and of other questions of the standard that it had when it was opened, or of these only
    what somebody changed; ``named`` holds the ids of the questions that the sent fields are about; ``sheet`` what is stored for
    the answers; ``strangers`` are the names of fields about no question of the standard.
    """

    typed: "MultiDict[str, str]"
    named: frozenset[str]
    answers: tuple[BoundAnswer, ...]
    sheet: AnswerSheet
    errors: tuple[FormError, ...]
    strangers: tuple[str, ...]
    token_right: bool
    valid: bool

    def to_save(self) -> tuple[BoundAnswer, ...]:
        """Return the answers that the sent fields are about."""
        return tuple(answer for answer in self.answers if answer.question.id in self.named)


def save(place: Place, named: frozenset[str]) -> ResponseReturnValue:
    """Save what was sent, or show what keeps it from being saved, with everything that was typed.

    ``named`` are the ids of the questions that the sent fields are about.
    """
    as_typed = wants_json() or bool(request.form.get("join") or request.form.get("clear"))
    sent = _read(place, named, whole=as_typed)
    if sent.errors or not sent.valid:
        return _refused(place, sent if as_typed else _read(place, named, whole=True))
    if sent.typed.get("join"):
        return _show_joined(place, sent), 409
    result = save_answers(
        place.opened.id, _wanted(sent), who=place.opened.record.who, at=now(), idempotency_key=idempotency_key()
    )
    if wants_json():
        return _outcome(result, sent), 409 if result.conflicts else 200
    if result.conflicts:
        return show_conflicts(place, result.conflicts), 409
    return _lead_to(lead_on(_next_address(place, sent, result), Done.SAVED))


def _lead_to(on: Response) -> ResponseReturnValue:
    """Lead a person on; our own script, which asks for no page (RFC 7240), is told where to go."""
    if request.headers.get("Prefer") == "return=minimal":
        return "", 204, {"Location": on.headers["Location"]}
    return on


def _read(place: Place, named: frozenset[str], *, whole: bool) -> Sent:
    """Read what was sent: the whole of it, as a page that comes back shows it, or only what somebody changed."""
    typed = request.form
    # A reason that is missing elsewhere does not stand in the way of taking an answer back.
    strict = typed.get("save") != "later" and not typed.get("clear")
    here = place.page.questions if wants_json() else place.questions
    # What a page asked when it was opened is still an answer to this standard, whatever was chosen meanwhile.
    elsewhere = named - {question.id for question in here}
    shown = [*here, *(question for question in place.questionnaire.standard.questions if question.id in elsewhere)]
    # Our own script sends one question; a form has all of its page, and comes back with all of them.
    shown = [question for question in shown if question.id in named] if wants_json() else shown
    sheet, versions = load_some(place.opened.id, [question.ref for question in shown])
    if not whole:
        shown = [asked for asked in shown if asked.id in named and not _is_untouched(asked, sheet, versions, typed)]
    answers = build_forms(shown, sheet, versions, typed, named=named, today=own_today(), strict=strict)
    valid = [answer.form.validate() for answer in answers]
    token_right = is_token_right()
    errors = [] if token_right else [token_error()]
    strangers = unknown_fields(place.questionnaire.standard, typed)
    if strangers:
        errors.append(FormError(href="#main", text=wording.not_asked_here(strangers[0][:80])))
    errors += [error for answer in answers for error in answer.errors()]
    return Sent(
        typed=typed,
        named=named,
        answers=answers,
        sheet=sheet,
        errors=tuple(errors),
        strangers=strangers,
        token_right=token_right,
        valid=all(valid),
    )


def _is_untouched(question: Question, sheet: AnswerSheet, versions: Mapping[str, int], typed: "MultiDict[str, str]") -> bool:
    return is_untouched(question, sheet.answer(question), versions.get(question.ref, 0), typed)


def _refused(place: Place, sent: Sent) -> ResponseReturnValue:
    code = 422 if sent.token_right else 400
    if wants_json():
        return {"errors": [error.text for error in sent.errors]}, code
    again = [
        (
            answer.question,
            question_again(question_view(answer, questionnaire_with(place.questionnaire, answer.question), sent.sheet)),
        )
        for answer in sent.answers
    ]
    left_over = [(name, text) for name in sent.strangers for text in sent.typed.getlist(name) if text.strip()]
    return show_form(place, again, sent.errors, left_over, is_stored=_is_stored(sent)), code


def _show_joined(place: Place, sent: Sent) -> str:
    """Show the conflicts again; the answer whose button was pressed has both notes and the evidence of both in the form."""
    conflicts, said = [], {}
    for answer in sent.to_save():
        question, theirs = answer.question, sent.sheet.answer(answer.question)
        mine = answer.form.to_answer(theirs)
        said[question.ref] = before_joining(joined=mine, theirs=theirs)
        if question.id == sent.typed["join"]:
            mine = join(mine=mine, theirs=theirs)
        common = sent.typed.get(f"{question.id}-{COMMON}", 0, type=int)
        conflicts.append(conflict_of(place.opened.id, Proposed(key=question.ref, value=mine, base_version=common)))
    return show_conflicts(place, conflicts, said)


def _wanted(sent: Sent) -> list[Proposed[Answer]]:
    """Return what is to be saved, with the answer taken back whose button "Clear answer" was pressed."""
    answers, clear = sent.to_save(), sent.typed.get("clear")
    return [
        cleared(submission) if answer.question.id == clear else submission
        for answer, submission in zip(answers, submissions(answers, sent.sheet), strict=True)
    ]


def _outcome(result: SaveResult[Answer], sent: Sent) -> dict[str, object]:
    """Return the outcome of a save for our own script: the version of each question by its id, and which are in conflict.

    ``stays_open`` tells whether one of them is left out without the reason it needs.
    """
    reached = {ref.partition("/")[2]: version for ref, version in {**result.unchanged, **result.saved}.items()}
    stays_open = any(_wants_reason(answer.form.to_answer(sent.sheet.answer(answer.question))) for answer in sent.to_save())
    conflicts = [conflict.key.partition("/")[2] for conflict in result.conflicts]
    return {"saved": reached, "conflicts": conflicts, "stays_open": stays_open}


def _wants_reason(answer: Answer) -> bool:
    return answer.state is State.NOT_APPLICABLE and not answer.reason


def _is_stored(sent: Sent) -> bool:
    """Tell whether everything that was sent is stored already, and only reasons are missing."""
    if not sent.token_right or sent.strangers or any(set(answer.form.errors) - {"reason"} for answer in sent.answers):
        return False
    stored = ((answer, sent.sheet.answer(answer.question)) for answer in sent.answers)
    return all(answer.form.to_answer(before) == before for answer, before in stored)


def _next_address(place: Place, sent: Sent, result: SaveResult[Answer]) -> str:
    typed, ids = sent.typed, {question.id for question in place.page.questions}
    opened, standard = place.opened, place.questionnaire.standard
    now_asked = {ref for questionnaire in opened.questionnaires for ref in questionnaire.by_ref}
    if unasked := [ref.partition("/")[2] for ref in result.saved if ref not in now_asked]:
        return url_for("questions.kept", assessment_id=opened.id, standard_id=standard.id, question=unasked)
    if not place.is_asked:
        return _where_it_is_asked(place, sent)
    if typed.get("clear") in ids:
        return place.address(typed["clear"])
    if typed.get("save") in ids:
        return place.address(typed["save"])
    if typed.get("save") == "later":
        return url_for("hub.show", assessment_id=place.opened.id)
    return place.after()


def _where_it_is_asked(place: Place, sent: Sent) -> str:
    """Return the page of the first question that was sent, in what is chosen now; the overview where none is asked."""
    for questionnaire in place.opened.questionnaires:
        for page in questionnaire.pages:
            for question in page.questions:
                if question.standard == place.questionnaire.standard.id and question.id in sent.named:
                    return replace(place, questionnaire=questionnaire, page=page, one=None).address(question.id)
    return url_for("hub.show", assessment_id=place.opened.id)
