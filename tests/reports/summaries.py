"""Gap summaries for tests of documents: the demo, one full of hostile text, and the sparse ones."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache

from assessment.content import read_sample
from assessment.domain.answers import Answer, AnswerSheet, Evidence, State
from assessment.domain.cost import cost
from assessment.domain.letterhead import Letterhead
from assessment.domain.planning import StepNote
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.result import assess
from assessment.domain.rules import Rung
from assessment.reports.summary import GapSummary, summarise
from tests.support.content import CONTENT, LIBRARY
from tests.support.worksheets import AUDITED, REAL, filled

TODAY = date(2026, 11, 24)
BOTH = tuple(LIBRARY.standards)
# What must show exactly as it is typed, whatever the format makes of such characters.
HOSTILE = (
    "=1+1",
    "@SUM(A1)",
    "<b>bold</b> & <script>alert('x')</script>",
    "{{ 7*7 }} {% raw %} {# no #} {_{ a }_} {_% b %_}",
    "<w:p><w:r><w:t>x</w:t></w:r></w:p> &amp; &#65; ]]>",
    "#set text(red) *strong* _em_ `code` ~~gone~~ $x$ \\ \\| | a | b |",
    "[link](https://example.org) ![image](x) <https://example.org> https://example.org www.example.org a.b@example.org",
    "1. one",
    "- two",
    "+ three",
    "> four",
    "---",
    "# five",
    "10) six",
    "    indented",
    "مراجعة داخلية 2026 (أولى)",
    "审核与管理评审",
    "👩‍🔧🏭 ✓ é e\u0301",
)
CONTROL = "bell\x07null\x00escape\x1b[31m turned\u202eback\ufeff\ufffe"
LONG = "A long note, word by word. " * 186  # a little over 5,000 characters


def demo(letterhead: Letterhead | None = None) -> GapSummary:
    told = read_sample(CONTENT / "demo.toml", LIBRARY, TODAY)
    result = assess(LIBRARY, told.questionnaires, told.sheet, told.profile, TODAY)
    first, second, *_ = result.steps
    notes = {
        first.action.key: StepNote(owner="Grace Hopper", due=date(2026, 11, 1)),
        second.action.key: StepNote(owner="Ada Lovelace", done_on=date(2026, 11, 3)),
    }
    return summarise(result, told.organisation, "9.9", BOTH, notes=notes, letterhead=letterhead)


def hostile() -> GapSummary:
    """Every text that people can type, in every place where they can type it."""
    questionnaires = [LIBRARY.questionnaire(each, LIBRARY.standards[each].editions[-1].id, QuestionPath.FULL) for each in BOTH]
    texts = [*HOSTILE, CONTROL, LONG, "\n".join(HOSTILE)]
    answers: dict[str, Answer] = {}
    for number, question in enumerate(each for one in questionnaires for each in one.questions):
        text = texts[number % len(texts)]
        evidence = (
            Evidence(title=text[:200], where=text[:200], dated=TODAY),
            Evidence(title="Link", where="https://example.org/a?b=1&c"),
        )
        kinds = [
            Answer(state=State.RUNG, rung=Rung.INFORMAL, note=text, evidence=evidence),
            Answer(state=State.RUNG, rung=Rung.IMPROVED, note=text, evidence=evidence, last_done=TODAY),
            Answer(state=State.UNKNOWN, who=text[:200], note=text),
        ]
        if question.may_not_apply:
            kinds.append(Answer(state=State.NOT_APPLICABLE, reason=text))
        answers[question.ref] = kinds[number // len(texts) % len(kinds)]
    for number, question in enumerate(each for one in questionnaires for each in one.questions if each.may_not_apply):
        answers[question.ref] = Answer(state=State.NOT_APPLICABLE, reason=texts[number % len(texts)])
    result = assess(LIBRARY, questionnaires, AnswerSheet(answers=answers), Profile(values={"people": ("64",)}), TODAY)
    notes = {step.action.key: StepNote(owner=text[:200]) for step, text in zip(result.steps, texts, strict=False)}
    letterhead = Letterhead(name=HOSTILE[3], address="\n".join(HOSTILE[:8]))
    return summarise(result, " ".join(HOSTILE)[:200], "9.9", BOTH, notes=notes, letterhead=letterhead)


def open_only(answer: Answer | None = None) -> GapSummary:
    """Nothing answered of the first standard, or its first question only."""
    standard = LIBRARY.standards[BOTH[0]]
    questionnaire = LIBRARY.questionnaire(standard.id, standard.editions[-1].id, QuestionPath.QUICK)
    answers = {questionnaire.questions[0].ref: answer} if answer else {}
    result = assess(LIBRARY, [questionnaire], AnswerSheet(answers=answers), Profile(), TODAY)
    return summarise(result, "Muster & Söhne", "9.9", [standard.id])


def all_in_place() -> GapSummary:
    """Both standards with everything improved."""
    questionnaires = [LIBRARY.questionnaire(each, LIBRARY.standards[each].editions[0].id, QuestionPath.QUICK) for each in BOTH]
    improved = Answer(state=State.RUNG, rung=Rung.IMPROVED, evidence=(Evidence(title="Shown"),), last_done=TODAY)
    sheet = AnswerSheet(answers={question.ref: improved for each in questionnaires for question in each.questions})
    return summarise(assess(LIBRARY, questionnaires, sheet, Profile(), TODAY), "Muster & Söhne", "9.9", BOTH)


def with_costs() -> GapSummary:
    """Several sites, a certificate that is held, and rates of which some are told, one of them with hostile letters."""
    told = read_sample(CONTENT / "demo.toml", LIBRARY, TODAY)
    more = {
        "sites": ("10",),
        "certificates": ("iso-9001=2015|2028-01-01|2027-06-01|surveillance",),
        "cost-currency": ("<b>$x$</b> #",),
        "cost-auditor-day": ("1234",),
        "cost-travel": ("0",),
        "cost-own-day": ("321",),
    }
    profile = Profile(values={**told.profile.values, **more})
    result = assess(LIBRARY, told.questionnaires, told.sheet, profile, TODAY)
    return replace(summarise(result, told.organisation, "9.9", BOTH), costs=cost(result))


def with_audits() -> GapSummary:
    """The demo after stage 1 and stage 2, with a major that is still open."""
    told = demo()
    worksheets = (filled(AUDITED, REAL),)
    return summarise(told.result, told.organisation, "9.9", BOTH, worksheets=worksheets)


# Nobody changes them: made once.
EVERY_KIND: Mapping[str, Callable[[], GapSummary]] = {
    "the demo": cache(demo),
    "hostile text": cache(hostile),
    "nothing answered": cache(open_only),
    "one answer": cache(lambda: open_only(Answer(state=State.RUNG, rung=Rung.IN_USE))),
    "everything in place": cache(all_in_place),
    "costs, sites and a certificate": cache(with_costs),
    "real audits": cache(with_audits),
    "a name of 200 characters": cache(lambda: replace(open_only(), organisation="Ä" * 200)),
}
