"""The browser's own session, and the assessments it holds."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TypeVar

from flask import abort, current_app, g, redirect, request, session, url_for

from assessment.domain.after_audits import after_audits
from assessment.domain.answers import AnswerSheet
from assessment.domain.asked_first import asked_first
from assessment.domain.clauses import is_within
from assessment.domain.entries import latest_today
from assessment.domain.freshness import as_of
from assessment.domain.library import Library
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Page, Questionnaire
from assessment.domain.result import Result, assess
from assessment.domain.rights import Right, allows
from assessment.domain.standard import Edition
from assessment.domain.worksheet import Worksheet
from assessment.domain.worksheet_lines import Filled
from assessment.reports.wording.dates import join_and
from assessment.storage.assessments import AssessmentRecord, ChosenStandard, find_assessment
from assessment.storage.secret_tokens import fingerprint
from assessment.storage.sessions import is_live
from assessment.web.shell.done import what_was_done
from assessment.web.shell.idempotency import once_token
from assessment.web.shell.session_cookie import begin, renew
from assessment.web.shell.state_cache import CachedState, StateCache
from assessment.web.shell.worksheet_state import filled_of

_SESSION_KEY, _EXPORTED = "browser", "exported"
_MOST_EXPORTED = 40
T = TypeVar("T")
# Where a request says, in ``g``, which session's use is to be noted after its answer.
USE_TO_NOTE = "use_to_note"
# Pages of an assessment that can be opened while it waits to be deleted.
STILL_OPEN = frozenset({"export_import.delete", "export_import.leaving", "export_import.keep", "export_import.export"})


def library() -> Library:
    """Return the content this server was started with, in the language of the request."""
    content: Callable[[], Library] = current_app.extensions["content"]
    return content()


def now() -> datetime:
    """Return the time of the installation's clock, in UTC."""
    clock: Callable[[], datetime] = current_app.extensions["clock"]
    return clock().astimezone(UTC)


def own_today() -> date:
    """Return the latest day that can be today for whoever asks: we do not know where on earth that is."""
    return latest_today(now())


def public_address(path: str) -> str:
    """Return the whole address of what ``url_for`` returned, as people use it: at ``PUBLIC_URL``, or as this request came."""
    return (public_origin() or request.host_url.rstrip("/")) + path


def public_origin() -> str:
    """Return scheme and host of ``PUBLIC_URL``, as browsers name where a page comes from; empty where it is not set."""
    return re.sub("(?<=[^:/])/.*", "", current_app.config["PUBLIC_URL"])


def session_id() -> str | None:
    """Return the id of this browser's session, or ``None`` where it has none yet."""
    sid = session.get(_SESSION_KEY)
    return sid if isinstance(sid, str) else None


def begin_session() -> str:
    """Return the id of this browser's session, made where there is none and where it was ended.

    A form that is sent twice makes one: browsers send the second before the answer to the first brings a cookie. It is made of
    what only this form and this browser have, so that nobody who knows the cookie alone can make it.
    """
    sid = session_id()
    if sid is None or not is_live(sid):
        sid = once_token(f"session {sid} {session.get('csrf_token')}")
    take_session(sid)
    return sid


def next_session_id() -> str:
    """Return the id of the session that takes the place of this browser's: the same each time this form is sent."""
    return once_token(f"next session {session_id()} {session.get('csrf_token')}")


def take_session(sid: str) -> None:
    """Have this browser's cookie name a session from now on."""
    begin()
    session[_SESSION_KEY] = sid
    session.permanent = True


def note_export(assessment_id: str) -> None:
    """Remember in this browser that its person has an export of an assessment, for the last of them."""
    mark = fingerprint(assessment_id)[:12]
    marks = session.get(_EXPORTED, [])
    if mark not in marks:
        session[_EXPORTED] = [*marks, mark][-_MOST_EXPORTED:]


@dataclass(frozen=True, kw_only=True)
class AssessmentContext:
    """An assessment that this browser may work on, with the questionnaires chosen in it."""

    record: AssessmentRecord
    questionnaires: tuple[Questionnaire, ...]

    def may(self, right: Right) -> bool:
        """Tell whether this browser has a right here."""
        return allows(self.record.role, right)

    @property
    def id(self) -> str:
        """The id of the assessment."""
        return self.record.id

    @property
    def is_only_here(self) -> bool:
        """Whether what was saved is gone with this browser: nobody has a private link, and its person no export."""
        saved = self.record.changes > 1
        return self.record.only_here and saved and fingerprint(self.id)[:12] not in session.get(_EXPORTED, [])

    def questionnaire(self, standard_id: str) -> Questionnaire:
        """Return the chosen questionnaire of a standard; a 404 where it is not chosen."""
        for questionnaire in self.questionnaires:
            if questionnaire.standard.id == standard_id:
                return questionnaire
        return abort(404)

    def page(self, standard_id: str, slug: str) -> tuple[Questionnaire, Page]:
        """Return a question page by its address, or where an old address leads now; a 404 where there is none.

        Pages are cut anew when questions are added; a clause stays where it is.
        """
        questionnaire = self.questionnaire(standard_id)
        for page in (*questionnaire.path_pages, *questionnaire.pages):
            if page.slug == slug:
                return questionnaire, page
        # The path may have changed since the address was made.
        asked = next((rest for path in QuestionPath if (rest := slug.removeprefix(f"{path.value}-")) != slug), slug)
        for page in questionnaire.pages:
            numbers = (number for question in page.questions for number in questionnaire.clauses(question))
            if asked in {question.id for question in page.questions} or any(is_within(number, asked) for number in numbers):
                return questionnaire, page
        return abort(404)

    @cached_property
    def state(self) -> CachedState:
        """Answers and profile as they were when the assessment was opened, and what was worked out from them."""
        states: StateCache = current_app.extensions["state-cache"]
        return states.state_of(self.id, self.record.chain)

    def sheet(self) -> AnswerSheet:
        """Return all answers."""
        return self.state.sheet

    @property
    def is_begun(self) -> bool:
        """Whether any of the questions that are asked is answered."""
        return any(self.sheet().rung(question) is not None for asked in self.questionnaires for question in asked.questions)

    def judged(self) -> AnswerSheet:
        """Return all answers as they count today: stale deeds lowered."""
        on = now().date()
        asked = tuple((asked.standard.id, asked.edition.id) for asked in self.questionnaires)
        return self.state.of_answers.get_or_compute(("judged", on, asked), lambda: as_of(self.sheet(), self.questionnaires, on))

    def profile(self) -> Profile:
        """Return what the organisation says about itself."""
        return self.state.profile

    def asked_first(self, questionnaire: Questionnaire) -> frozenset[str]:
        """Return the refs of the questions that the chosen path asks first."""
        on = now().date()
        return self.state.of_answers.get_or_compute(
            ("asked first", on, questionnaire.standard.id, questionnaire.edition.id, questionnaire.path),
            lambda: frozenset(question.ref for question in asked_first(questionnaire, self.sheet(), on)),
        )

    def result(self) -> Result:
        """Return everything decided about the assessment today."""
        on = now().date()
        asked = tuple((asked.standard.id, asked.edition.id, asked.path) for asked in self.questionnaires)

        def decide(earlier: Result | None) -> Result:
            return assess(library(), self.questionnaires, self.sheet(), self.profile(), on, earlier)

        last = self.state.of_profile
        result = self.state.of_answers.get_or_compute(("result", on, asked), lambda: last.renew(("result", asked), decide))
        return self.state.get_or_compute(("after audits", on, asked), lambda: after_audits(result, self._with_audits()))

    @cached_property
    def worksheets(self) -> list[Worksheet]:
        """The worksheets that serve a chosen standard."""
        chosen = {questionnaire.standard.id for questionnaire in self.questionnaires}
        return [worksheet for worksheet in library().worksheets.values() if not chosen.isdisjoint(worksheet.standards)]

    def _with_audits(self) -> list[Filled]:
        return [filled_of(self.state, self.id, worksheet) for worksheet in self.worksheets if worksheet.audits]

    def cached_page(self, name: str, write: Callable[[], T], *, shows_notes: bool = True) -> T:
        """Return a page on which nothing depends on who opens it but what they may, written once a state and day.

        No token of a form may stand on it, nor anything of the address behind its path. One that says that it shows nothing of
        the notes of answers, nor who wrote what when, is not written again after another note.
        """
        if what_was_done():  # said once, and as many ways to say it as addresses
            return write()
        key = (name, now().date(), request.script_root, self.record.role, self.is_only_here, self.record.expires_at)
        return self.state.get_or_write(key, write, shows_notes=shows_notes)

    def summaries(self) -> list[tuple[str, list[str]]]:
        """Return what a gap summary can be about: each chosen standard, and all of them together."""
        alone = [(questionnaire.standard.name, [questionnaire.standard.id]) for questionnaire in self.questionnaires]
        together = (join_and([name for name, _ in alone]), [standard_id for _, (standard_id,) in alone])
        return [*alone, together] if len(alone) > 1 else alone


def open_assessment(assessment_id: str) -> AssessmentContext:
    """Open the assessment with this id; a 404 where there is none or it is somebody else's, which look alike."""
    sid = session_id()
    record = find_assessment(assessment_id, sid, at=now()) if sid else None
    if record is None:
        abort(404)
    if record.use_is_due:
        setattr(g, USE_TO_NOTE, sid)
        renew()
    if record.delete_after is not None and request.endpoint not in STILL_OPEN:
        abort(redirect(url_for("export_import.leaving", assessment_id=assessment_id), 303) if request.method == "GET" else 410)
    g.opened = AssessmentContext(record=record, questionnaires=_chosen(record))
    opened: AssessmentContext = g.opened
    return opened


def _chosen(record: AssessmentRecord) -> tuple[Questionnaire, ...]:
    """Return the questionnaires chosen, in the library's order. A standard or edition that is not installed is left out."""
    chosen = {choice.standard: choice for choice in record.chosen}
    return tuple(
        library().questionnaire(standard.id, edition.id, _path(edition, chosen[standard.id]))
        for standard in library().standards.values()
        for edition in standard.editions
        if standard.id in chosen and chosen[standard.id].edition == edition.id
    )


def _path(edition: Edition, choice: ChosenStandard) -> QuestionPath:
    """Return the path that was chosen; everything where it asks what is new in an edition that says nothing of that."""
    path = QuestionPath(choice.path)
    return QuestionPath.FULL if path is QuestionPath.NEW_IN_EDITION and not edition.supersedes else path
