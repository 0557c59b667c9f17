"""Invented organisations in every condition a page can show: made once, straight into the database, and held by one browser."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from flask import Flask, abort, request
from sqlalchemy import update
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import TooManyRequests

from assessment.content import read_sample
from assessment.domain.answers import Answer, Evidence, State, on_rung
from assessment.domain.library import Library
from assessment.domain.planning import StepNote
from assessment.domain.question_path import QuestionPath
from assessment.domain.rules import Rung
from assessment.domain.standard import Question
from assessment.paths import shipped
from assessment.storage.access import create_link, links, new_session_id, redeem_link, revoke_link
from assessment.storage.answers import load_sheet, save_answers
from assessment.storage.assessments import ChosenStandard, create_assessment, delete_later
from assessment.storage.database import writing
from assessment.storage.merge_save import Proposed
from assessment.storage.plan_steps import save_step_note
from assessment.storage.profiles import Values, save_profile
from assessment.storage.tables import assessment
from assessment.storage.worksheets import WorksheetEntry, save_entries
from tests.support.apps import NOW
from tests.support.worksheets import AUDITED, GALVANISER, REAL, REVIEW, Told

BOTH = ("iso-9001", "iso-14001")
PERSON = "Kim Okafor"
# A request with this header meets the trouble it names, such as 503.
TROUBLE = "X-Trouble"

LONG_NAME = "Nordwestpapierverarbeitungsgesellschaft" * 6
GERMAN = "Donaudampfschifffahrtsgesellschaftskapitänsversicherungsverein Straßenreinigungsfahrzeugbau GmbH & Co. KGaA"
RIGHT_TO_LEFT = "شركة النور للصناعات الغذائية المحدودة"
HEBREW_NOTE = "בדקנו רק את הסדנה, ISO בשאר האתרים עדיין לא."

Answering = Callable[[Question, int], Answer]


@dataclass(frozen=True, kw_only=True)
class Cast:
    """The organisations by name, the session that holds them all, and the token of a private link nobody opened yet."""

    sid: str
    ids: Mapping[str, str]
    token: str

    def address(self, organisation: str) -> str:
        """Where the assessment of an organisation is."""
        return f"/a/{self.ids[organisation]}/"


def shown(rung: Rung) -> Answer:
    """An answer with fresh evidence."""
    evidence = (Evidence(title="Report of the internal audit", where="Shared drive, folder 9.2", dated=date(2026, 10, 1)),)
    return replace(on_rung(rung), evidence=evidence, last_done=NOW.date() - timedelta(days=40))


def _some(question: Question, number: int) -> Answer:
    """Every state of an answer, and about half of the questions left open."""
    special = {
        "iso-9001/internal-audit": replace(
            shown(Rung.DEFINED), note="Only the workshop so far.\nThe office follows in spring."
        ),
        "iso-9001/audit-programme": on_rung(Rung.IN_USE),
        "iso-9001/monitoring": Answer(state=State.UNKNOWN, who="Production manager"),
        "iso-9001/design": Answer(state=State.NOT_APPLICABLE, reason="Customers specify every part; we develop nothing."),
        "iso-9001/calibration": Answer(state=State.NOT_APPLICABLE),
        "iso-9001/suppliers": replace(on_rung(Rung.IN_USE), last_done=date(2023, 1, 15)),
    }
    if question.ref in special:
        return special[question.ref]
    return on_rung(list(Rung)[number % 5]) if number % 2 and question.chapter in "4567" else Answer()


def _crowded(question: Question, number: int) -> Answer:
    """As much text as a person can type in, in words that do not break."""
    note = ("Abfallwirtschaftskonzeptfortschreibung " * 140)[:5_000]
    evidence = (
        Evidence(
            title="Umweltverträglichkeitsprüfungsbericht" * 8, where="https://example.org/" + "pfad/" * 50, dated=NOW.date()
        ),
        Evidence(title=HEBREW_NOTE, where="תיקייה 9.2"),
    )
    return replace(on_rung(list(Rung)[number % 5]), note=note, evidence=evidence)


def fill_in_review(assessment_id: str, told: Told = GALVANISER, worksheet: str = REVIEW.id) -> None:
    """Fill in the environmental review of an assessment, line by line."""
    proposals = [
        Proposed(key=f"line/{line_id}", value=WorksheetEntry(values=values), base_version=0) for line_id, values in told.items()
    ]
    save_entries(assessment_id, worksheet, proposals, who=PERSON, at=NOW, check=lambda *_: None)


def _everywhere(answer: Answer) -> Answering:
    return lambda _question, _number: answer


# Name in the list of states, name of the organisation, standards, path, and how it answers.
_CAST: tuple[tuple[str, str, tuple[str, ...], QuestionPath, Answering | None], ...] = (
    ("new", "Muster & Söhne", BOTH, QuestionPath.QUICK, None),
    ("partly", "Tidewater Fittings", BOTH, QuestionPath.QUICK, _some),
    ("ready", "Greenfield Bearings", BOTH, QuestionPath.FULL, _everywhere(shown(Rung.IN_USE))),
    ("one standard", "Harbour Joinery", BOTH[:1], QuestionPath.QUICK, _some),
    ("nothing in place", "Zero & Daughters", BOTH, QuestionPath.QUICK, _everywhere(on_rung(Rung.ABSENT))),
    ("all in place", "Hundred Mills", BOTH, QuestionPath.QUICK, _everywhere(on_rung(Rung.IMPROVED))),
    ("all open", "Question Mark Ltd", BOTH, QuestionPath.QUICK, _everywhere(Answer(state=State.UNKNOWN, who="The consultant"))),
    ("single answer", "One Answer Ltd", BOTH, QuestionPath.QUICK, None),
    ("long name", LONG_NAME[:200], BOTH, QuestionPath.QUICK, _some),
    ("German", GERMAN, BOTH, QuestionPath.QUICK, _crowded),
    ("right to left", RIGHT_TO_LEFT, BOTH, QuestionPath.QUICK, _some),
    ("leaving", "Sunset Dairy", BOTH, QuestionPath.QUICK, _some),
    ("forgotten", "Longshore Pottery", BOTH[:1], QuestionPath.QUICK, _some),
    ("shared", "Two Rivers Brewery", BOTH, QuestionPath.QUICK, _some),
)


@dataclass(frozen=True, kw_only=True)
class Assembled:
    """An app and every organisation in it."""

    app: Flask
    cast: Cast


def assembled_in(app: Flask) -> Assembled:
    """Make every organisation in an app."""
    return Assembled(app=app, cast=assemble(app))


def assemble(app: Flask) -> Cast:
    """Make every organisation, and let the app meet the troubles that a request asks for."""
    library: Library = app.extensions["library"]
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.before_request(_meet_trouble)
    with app.app_context():
        sid = new_session_id()
        ids = {
            name: _make(library, sid, organisation, standards, path, answering)
            for name, organisation, standards, path, answering in _CAST
        }
        ids["demo"] = _demo(library, sid)
        ids["older edition"] = _in_older_editions(library, sid)
        _save(ids["single answer"], {"iso-9001/internal-audit": on_rung(Rung.INFORMAL)})
        _note_steps(ids["partly"])
        _change_again(ids["partly"])
        fill_in_review(ids["partly"])
        fill_in_review(ids["older edition"], AUDITED, REAL.id)
        delete_later(ids["leaving"], at=NOW)
        with writing() as connection:
            notice = update(assessment).where(assessment.c.id == ids["forgotten"])
            connection.execute(notice.values(expires_at=NOW + timedelta(days=12)))
        return Cast(sid=sid, ids=ids, token=_share(ids["shared"]))


def _make(
    library: Library, sid: str, organisation: str, standards: tuple[str, ...], path: QuestionPath, answering: Answering | None
) -> str:
    editions = {each: library.standards[each].current.id for each in standards}
    chosen = [ChosenStandard(standard=each, edition=edition, path=path) for each, edition in editions.items()]
    made = create_assessment(organisation, chosen, sid=sid, at=NOW)
    if answering is not None:
        asked = [question for each in chosen for question in library.questionnaire(each.standard, each.edition, path).questions]
        _save(made, {question.ref: answering(question, number) for number, question in enumerate(asked)})
        _describe(made, {"people": ("64",), "asked-in-writing": ("iso-14001",), "deadline": ("iso-14001=2027-10-31",)})
    return made


def _demo(library: Library, sid: str) -> str:
    sample = read_sample(shipped("questionnaires") / "demo.toml", library, NOW.date())
    chosen = [
        ChosenStandard(standard=each.standard.id, edition=each.edition.id, path=each.path) for each in sample.questionnaires
    ]
    made = create_assessment(sample.organisation, chosen, sid=sid, at=NOW)
    _save(made, sample.sheet.answers)
    _describe(made, sample.profile.values)
    return made


def _in_older_editions(library: Library, sid: str) -> str:
    chosen = [
        ChosenStandard(standard=standard.id, edition=edition.id, path=QuestionPath.FULL)
        for standard in (library.standards[each] for each in BOTH)
        for edition in standard.editions
        if edition.id == standard.current.supersedes
    ]
    made = create_assessment("Old Mill Paper", chosen, sid=sid, at=NOW)
    asked = library.questionnaire(chosen[0].standard, chosen[0].edition, QuestionPath.FULL).questions
    _save(made, {question.ref: _some(question, number) for number, question in enumerate(asked)})
    return made


def _save(assessment_id: str, answers: Mapping[str, Answer]) -> None:
    wanted = [Proposed(key=ref, value=answer, base_version=0) for ref, answer in answers.items() if answer != Answer()]
    save_answers(assessment_id, wanted, who=PERSON, at=NOW)


def _change_again(assessment_id: str) -> None:
    """Give one answer a second version, so that there is an earlier one to bring back."""
    sheet, versions = load_sheet(assessment_id)
    ref = "iso-9001/internal-audit"
    changed = replace(sheet.answers[ref], note="Only the workshop so far.")
    wanted = Proposed(key=ref, value=changed, base_version=versions[ref])
    save_answers(assessment_id, [wanted], who="Ada Novak", at=NOW + timedelta(hours=2))


def _describe(assessment_id: str, values: Mapping[str, tuple[str, ...]]) -> None:
    wanted: list[Proposed[Values]] = [Proposed(key=name, value=value, base_version=0) for name, value in values.items()]
    save_profile(assessment_id, wanted, who=PERSON, at=NOW)


def _note_steps(assessment_id: str) -> None:
    notes = {
        "set-scope": StepNote(owner="Ada Novak", due=date(2027, 1, 15)),
        "start-project": StepNote(owner=PERSON, due=date(2026, 12, 1), done_on=date(2026, 11, 20)),
    }
    for key, note in notes.items():
        save_step_note(assessment_id, Proposed(key=key, value=note, base_version=0), who=PERSON, at=NOW)


def _share(assessment_id: str) -> str:
    """One link that was used, one that was ended, and one that nobody opened yet."""
    people = ("Ada Novak", "The consultant", "Works council")
    tokens = [create_link(assessment_id, label, who=PERSON, at=NOW) for label in people]
    redeem_link(tokens[0], sid=new_session_id(), at=NOW)
    (ended,) = (each for each in links(assessment_id, at=NOW) if each.label == people[1])
    revoke_link(assessment_id, ended.id, who=PERSON, at=NOW)
    return tokens[2]


def _meet_trouble() -> None:
    match request.headers.get(TROUBLE):
        case None:
            return
        case "429":
            raise TooManyRequests(retry_after=60)
        case "500":
            raise RuntimeError("the trouble that the request asked for")
        case "503":
            raise OperationalError("the trouble that the request asked for", {}, Exception())
        case code:
            abort(int(code))
