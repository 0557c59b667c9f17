"""Organisations in every situation a report must be right in: samples, nothing answered, and texts that break things."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from assessment.domain.answers import Answer, AnswerSheet, Evidence, State
from assessment.domain.planning import StepNote
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.domain.worksheet_lines import Filled
from assessment.reports.summary import GapSummary, summarise
from tests.samples.test_samples import PATHS, TODAY, result
from tests.support.content import LIBRARY
from tests.support.worksheets import AUDITED, GALVANISER, PROCESS_MAP, REAL, Told, filled

VERSION = "9.9"
QUESTIONNAIRES = [
    LIBRARY.questionnaire(each.id, each.editions[-1].id, QuestionPath.FULL) for each in LIBRARY.standards.values()
]
QUESTIONS = [question for each in QUESTIONNAIRES for question in each.questions]
# Texts that a format could take for something else. None of them may come out as anything but text.
FORMULAS = ("=1+1", "@SUM(A1:A9)", "+49 30 123", "-1", "\t=1+1", "'=1+1", "＝1+1")
MARKUP = (
    "<b>bold</b>",
    "<script>alert(1)</script>",
    "#set page(width: 1cm)",
    "\\\\",
    "$x$ *a* _b_ `c`",
    "{{ 7*7 }} {% x %}",
    "| a | b |",
)
SCRIPTS = ("😀 🧑‍🏭", "مرحبا بالعالم", "质量管理体系", "Ünïcödé “quotes”", "אבג 123 דהו")
CONTROL = ("bell \x07 here", "escape \x1b[31m", "line\u2028separator", "mark \u202e reversed", "\ufefffirst")
LONG = "word " * 1000
LONG_NAME = ('Ärger & Söhne / "Co" \\ <GmbH> 质量 مرحبا 😀 ' * 10)[:200]


def _summary(
    answers: dict[str, Answer],
    organisation: str = "Muster & Söhne",
    profile: dict[str, tuple[str, ...]] | None = None,
    notes: dict[str, StepNote] | None = None,
    questionnaires: list[Questionnaire] | None = None,
    worksheets: tuple[Filled, ...] = (),
) -> GapSummary:
    chosen = questionnaires or QUESTIONNAIRES
    found = assess(LIBRARY, chosen, AnswerSheet(answers=answers), Profile(values=profile or {}), TODAY)
    asked_for = [each.standard.id for each in chosen]
    return summarise(found, organisation, VERSION, asked_for, notes=notes, worksheets=worksheets)


@cache
def hostile() -> GapSummary:
    """Every text that a format could stumble over, in every place where people write: 5,000 characters among them."""
    texts = [*FORMULAS, *MARKUP, *SCRIPTS, *CONTROL, LONG]
    rungs = [Rung.ABSENT, Rung.DEFINED, Rung.IN_USE]
    answers = {}
    for number, question in enumerate(QUESTIONS):
        text = texts[number % len(texts)]
        evidence = (Evidence(title=text[:300], where=text[:300], dated=TODAY), Evidence(title="Plain"))
        if number % 7 == 5:
            answers[question.ref] = Answer(state=State.UNKNOWN, who=text[:300], note=text)
        elif number % 7 == 6 and question.may_not_apply:
            answers[question.ref] = Answer(state=State.NOT_APPLICABLE, reason=text, note=text)
        else:
            answers[question.ref] = Answer(state=State.RUNG, rung=rungs[number % 3], note=text, evidence=evidence)
    steps = list(LIBRARY.actions)
    notes = {
        key: StepNote(owner=texts[number % len(texts)][:300], due=TODAY, done_on=TODAY if number % 5 == 0 else None)
        for number, key in enumerate(steps)
    }
    return _summary(answers, LONG_NAME, {"what-it-does": ("=1+1 <b> #set",), "people": ("40",)}, notes)


def _quick() -> GapSummary:
    standard = QUESTIONNAIRES[-1].standard
    quick = LIBRARY.questionnaire(standard.id, standard.editions[0].id, QuestionPath.QUICK)
    answers = {each.ref: Answer(state=State.RUNG, rung=Rung.DEFINED) for each in quick.questions[::2]}
    return _summary(answers, questionnaires=[quick])


def _finished() -> GapSummary:
    told = result("demo")
    done = {told.steps[0].action.key: StepNote(owner="Ada", due=TODAY, done_on=date(2026, 11, 20))}
    return summarise(told, "Done", VERSION, _ids(told), notes=done, refused=[QUESTIONS[0].ref])


def stale(result: Result) -> Result:
    """The same organisation, whose deeds were all last done five years ago."""
    long_ago = {
        question.ref: replace(result.sheet.answer(question), last_done=date(2021, 11, 24))
        for asked in result.questionnaires
        for question in asked.questions
        if question.deed and result.sheet.answer(question).rung is not None
    }
    sheet = AnswerSheet(answers={**result.sheet.answers, **long_ago})
    return assess(LIBRARY, result.questionnaires, sheet, result.profile, TODAY)


def shown_long_ago(result: Result) -> Result:
    """The same organisation, which tells of nothing when it was last done, and whose evidence is all of 2019."""
    old = {
        ref: replace(
            answer, last_done=None, evidence=tuple(replace(piece, dated=date(2019, 5, 1)) for piece in answer.evidence)
        )
        for ref, answer in result.sheet.answers.items()
    }
    return assess(LIBRARY, result.questionnaires, AnswerSheet(answers=old), result.profile, TODAY)


def _shown_long_ago() -> GapSummary:
    told = shown_long_ago(result("demo"))
    return summarise(told, "Shown long ago", VERSION, _ids(told))


def _left_out_in_doubt() -> GapSummary:
    """Everything that may be left out is, by a firm whose own answers speak for some of it."""
    said = Answer(state=State.NOT_APPLICABLE, reason="We have nothing of that kind.")
    profile: dict[str, tuple[str, ...]] = {"emergency-potential": ("serious",), "permits": ("permit",), "design": ("yes",)}
    return _summary({each.ref: said for each in QUESTIONS if each.may_not_apply}, profile=profile)


def _stale() -> GapSummary:
    told = stale(result("demo"))
    return summarise(told, "Stale", VERSION, _ids(told))


def _with_worksheets() -> GapSummary:
    quality: Told = {
        "P1": {"name": "Selling"},
        "R1": {"what": "Nobody asks", "process": ("P1",), "effect": "4", "likelihood": "3"},
        "M1": {"what": "=1+1", "owner": "Kim <b>", "due": "2026-01-10"},
        "M2": {"what": "Told", "done": "2026-11-02"},
    }
    return _summary({}, worksheets=(filled(GALVANISER), filled(quality, PROCESS_MAP)))


def _audited() -> GapSummary:
    """Half of the answers given, two real audits: a major is open, an action is done and nobody looked whether it helped."""
    answers = {each.ref: Answer(state=State.RUNG, rung=list(Rung)[at % 4 + 1]) for at, each in enumerate(QUESTIONS) if at % 2}
    hostile: Told = {"F5": {"what": "=1+1 <b>#set", "audit": ("A2",), "grade": "minor", "area": "iso-9001/5.2"}}
    told: Told = {**AUDITED, **hostile, "A2": {**AUDITED["A2"], "complete": "yes"}}
    return _summary(answers, profile={"people": ("45",)}, worksheets=(filled(told, REAL),))


HELD_FOR_LONG = "iso-9001=2015|2028-05-31|2026-12-15|surveillance"


def _holder(*certificates: str) -> GapSummary:
    """Hardly anything is in place, and certificates are held: of one standard, with the other to come, or of both."""
    asked = [LIBRARY.questionnaire(each, "2015", QuestionPath.FULL) for each in LIBRARY.standards]
    answers = {each.ref: Answer(state=State.RUNG, rung=Rung.INFORMAL) for of in asked for each in of.questions}
    profile = {"people": ("45",), "asked-in-writing": ("iso-14001",), "certificates": certificates}
    notes = {"set-scope": StepNote(owner="Kim", due=TODAY)}
    return _summary(answers, profile=profile, notes=notes, questionnaires=asked)


def _ids(told: Result) -> list[str]:
    return [each.questionnaire.standard.id for each in told.standards]


def _all(answer: Answer) -> GapSummary:
    return _summary({each.ref: answer for each in QUESTIONS if answer.reason == "" or each.may_not_apply})


_MADE: Mapping[str, Callable[[], GapSummary]] = {
    "empty": lambda: _summary({}),
    "one answer": lambda: _summary({QUESTIONS[0].ref: Answer(state=State.RUNG, rung=Rung.INFORMAL, note="Only this.")}),
    "profile hardly answered": lambda: _summary({}, profile={"people": ("45",), "complaints": ("badly",)}),
    "everything open": lambda: _all(Answer(state=State.UNKNOWN, who="Kim")),
    "everything improved": lambda: _all(Answer(state=State.RUNG, rung=Rung.IMPROVED)),
    "nothing applies": lambda: _all(Answer(state=State.NOT_APPLICABLE, reason="We do none.")),
    "quick check of one standard": _quick,
    "one standard of two": lambda: summarise(result("demo"), "One", VERSION, _ids(result("demo"))[-1:]),
    "finished steps": _finished,
    "every deed stale": _stale,
    "all evidence old": _shown_long_ago,
    "left out in doubt": _left_out_in_doubt,
    "worksheets": _with_worksheets,
    "real audits": _audited,
    "a certificate at risk": lambda: _holder(HELD_FOR_LONG),
    "nothing but certificates": lambda: _holder(HELD_FOR_LONG, "iso-14001=2015|2028-06-30|2027-03-01|recertification"),
    "hostile": hostile,
}
SITUATIONS = (*PATHS, *_MADE)


@cache
def situation(name: str) -> GapSummary:
    """The summary of one situation by its name."""
    if name in PATHS:
        return summarise(result(name), name, VERSION, _ids(result(name)))
    return _MADE[name]()
