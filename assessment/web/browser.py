"""The browser's own session, and the assessments it holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, wraps
from typing import Any

from flask import abort, current_app, g, redirect, request, session, url_for

from assessment import storage
from assessment.domain.answers import AnswerSheet
from assessment.domain.library import Library
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Page, Questionnaire
from assessment.domain.result import Result, assess
from assessment.reports.letterhead import Letterhead
from assessment.reports.origin import Origin
from assessment.reports.summary import GapSummary, summarise
from assessment.reports.words import join_and
from assessment.web.known import Known, KnownStates

_SESSION_KEY = "browser"
# Pages of an assessment that can be opened while it waits to be deleted.
STILL_OPEN = frozenset({"leaving.delete", "leaving.keep", "leaving.export"})


def library() -> Library:
    """The content this server was started with."""
    found: Library = current_app.extensions["library"]
    return found


def now() -> datetime:
    """The time, in UTC; tests set the clock."""
    clock: Callable[[], datetime] = current_app.extensions["clock"]
    return clock().astimezone(UTC)


def session_id() -> str | None:
    """The id of this browser's session, or ``None`` where it has none yet."""
    found = session.get(_SESSION_KEY)
    return found if isinstance(found, str) else None


def begin_session() -> str:
    """The id of this browser's session, made where there is none."""
    found = session_id() or storage.new_session_id()
    session[_SESSION_KEY] = found
    session.permanent = True
    return found


@dataclass(frozen=True, kw_only=True)
class Opened:
    """An assessment that this browser may work on, with the questionnaires chosen in it."""

    record: storage.AssessmentRecord
    questionnaires: tuple[Questionnaire, ...]

    @property
    def id(self) -> str:
        """The id of the assessment."""
        return self.record.id

    def questionnaire(self, standard_id: str) -> Questionnaire:
        """The chosen questionnaire of a standard; a 404 where it is not chosen."""
        for each in self.questionnaires:
            if each.standard.id == standard_id:
                return each
        return abort(404)

    def page(self, standard_id: str, slug: str) -> tuple[Questionnaire, Page]:
        """A question page by its address; a 404 where there is none."""
        questionnaire = self.questionnaire(standard_id)
        for page in questionnaire.pages:
            if page.slug == slug:
                return questionnaire, page
        return abort(404)

    @cached_property
    def known(self) -> Known:
        """Answers and profile as they were when the assessment was opened, and what was worked out from them."""
        states: KnownStates = current_app.extensions["known"]
        return states.of(self.id, self.record.chain)

    def sheet(self) -> AnswerSheet:
        """All answers."""
        return self.known.sheet

    def profile(self) -> Profile:
        """What the organisation says about itself."""
        return self.known.profile

    def result(self) -> Result:
        """Everything decided about the assessment today."""
        on = now().date()
        asked = tuple((each.standard.id, each.edition.id, each.path) for each in self.questionnaires)
        return self.known.once(
            ("result", on, asked), lambda: assess(library(), self.questionnaires, self.sheet(), self.profile(), on)
        )

    def page_once(self, name: str, write: Callable[[], str]) -> str:
        """A page on which nothing depends on who opens it: written once for each state of the assessment and each day."""
        return self.known.once((name, now().date(), request.script_root), write)

    def summaries(self) -> list[tuple[str, list[str]]]:
        """What a gap summary can be about: each chosen standard, and all of them together."""
        each = [(questionnaire.standard.name, [questionnaire.standard.id]) for questionnaire in self.questionnaires]
        together = (join_and([name for name, _ in each]), [standard_id for _, (standard_id,) in each])
        return [*each, together] if len(each) > 1 else each


def gap_summary(opened: Opened, standards: Sequence[str] | None = None) -> GapSummary:
    """The gap summary of an assessment as it is today; of all chosen standards unless some are named."""
    chosen = [each.standard.id for each in opened.questionnaires]
    version = current_app.extensions["product-version"]
    stored = storage.load_letterhead(opened.id)
    letterhead = Letterhead(name=stored.name, address=stored.address, logo=stored.logo)
    return summarise(
        opened.result(),
        opened.record.organisation,
        version,
        chosen if standards is None else standards,
        notes={key: stored.note for key, stored in storage.step_notes(opened.id).items()},
        refused=storage.refused_suggestions(opened.id),
        letterhead=letterhead if letterhead != Letterhead() else None,
        origin=Origin(assessment_id=opened.id, versions=opened.known.versions),
    )


def open_assessment(assessment_id: str) -> Opened:
    """The assessment with this id; a 404 where there is none or it is somebody else's, which look alike."""
    sid = session_id()
    record = storage.find_assessment(assessment_id, sid) if sid else None
    if record is None:
        abort(404)
    if record.delete_after is not None and request.endpoint not in STILL_OPEN:
        abort(redirect(url_for("leaving.delete", assessment_id=assessment_id), 303) if request.method == "GET" else 410)
    g.opened = Opened(record=record, questionnaires=_chosen(record))
    opened: Opened = g.opened
    return opened


def _chosen(record: storage.AssessmentRecord) -> tuple[Questionnaire, ...]:
    """The questionnaires chosen, in the library's order. A standard or edition that is no longer installed is left out."""
    chosen = {each.standard: each for each in record.chosen}
    return tuple(
        library().questionnaire(standard.id, chosen[standard.id].edition, QuestionPath(chosen[standard.id].depth))
        for standard in library().standards.values()
        if standard.id in chosen and chosen[standard.id].edition in {edition.id for edition in standard.editions}
    )


def with_assessment(view: Callable[..., Any]) -> Callable[..., Any]:
    """Hand a view the opened assessment instead of its id."""

    @wraps(view)
    def opening(assessment_id: str, **parts: Any) -> Any:
        return view(open_assessment(assessment_id), **parts)

    return opening
