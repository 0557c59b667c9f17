"""Questionnaires that nobody wrote (rules, clauses, weights and actions drawn at random), and answers to them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from assessment.domain.answers import NO_ANSWER, Answer, AnswerSheet, State, on_rung
from assessment.domain.clauses import Clause
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import FindingRules, GateRules, Rules, Rung, RungRule
from assessment.domain.standard import Action, Chapter, Edition, Gravity, LastDone, Principle, Question, Standard
from tests.support.content import LIBRARY as SHIPPED
from tests.support.examples import examples

CHAPTERS = tuple(Chapter(number=number, title=f"Chapter {number}", intro="") for number in ("4", "5"))
CLAUSES = ("4.1", "4.2.1", "4.2.2", "5.1", "5.2.1")
PRINCIPLES = tuple(Principle(id=each, title=each, about="") for each in ("care", "proof"))


@st.composite
def rules(draw: st.DrawFn) -> Rules:
    points = sorted(draw(st.sets(st.integers(0, 40), min_size=len(Rung), max_size=len(Rung))))
    ladder = tuple(RungRule(rung=rung, title=rung.id, test="", points=p) for rung, p in zip(Rung, points, strict=True))
    return replace(
        SHIPPED.rules,
        ladder=ladder,
        findings=FindingRules(
            essential_major_up_to=draw(st.sampled_from([Rung.ABSENT, Rung.INFORMAL])),
            required_major_up_to=draw(st.sampled_from([Rung.ABSENT, Rung.INFORMAL])),
            lapses_for_major=draw(st.integers(2, 4)),
            absent_for_major=draw(st.integers(0, 3)),
            stale_counts_as=draw(st.sampled_from([Rung.INFORMAL, Rung.DEFINED])),
            look_again_months=draw(st.integers(1, 24)),
        ),
        gates=GateRules(
            stage_1_at_least=draw(st.sampled_from([Rung.INFORMAL, Rung.DEFINED])),
            reason_words=4,
            empty_words=frozenset(),
            defined_percent=draw(st.integers(0, 100)),
            in_use_percent=draw(st.integers(0, 100)),
            minor_areas_allowed=draw(st.integers(0, 3)),
            ready_in_use_percent=draw(st.integers(0, 100)),
        ),
    )


@st.composite
def questions(draw: st.DrawFn, number: int) -> Question:
    """The first question leans on none and always applies; others may lean on it."""
    clause = draw(st.sampled_from(CLAUSES))
    gravity = draw(st.sampled_from(Gravity))
    essential = gravity is Gravity.ESSENTIAL
    kind = draw(st.sampled_from(["", "", "deed", "event"]))
    event = kind == "event" and not essential
    leans = draw(st.sampled_from(["", "", "until", "covered", "exclusions"])) if number else ""
    first = "made-up/question-0"
    always = essential or number == 0 or leans == "exclusions"
    return Question(
        standard="made-up",
        id=f"question-{number}",
        chapter=clause[0],
        clauses={"1": (clause,)},
        asks=f"Question {number}?",
        hint="",
        why="",
        principles=tuple(draw(st.sets(st.sampled_from([each.id for each in PRINCIPLES]), min_size=1))),
        topic=None,
        weight=draw(st.integers(1, 3)),
        gravity=gravity,
        deed=kind == "deed",
        event=event,
        stage=draw(st.integers(1, 2)) if leans in ("", "covered") else 2,
        stage_1_until=first if leans == "until" else "",
        covered_by=first if leans == "covered" and not essential else "",
        checks_exclusions=leans == "exclusions",
        quick=True,
        enough=Rung.DEFINED if event else draw(st.sampled_from([Rung.DEFINED, Rung.IN_USE, Rung.IMPROVED])),
        may_not_apply="" if always else draw(st.sampled_from(["", "when it is so."])),
        last_done=LastDone(fresh_for_months=12) if kind == "deed" else None,
        evidence=("Something", "Something else"),
        looks_like={rung: rung.id for rung in Rung},
    )


@st.composite
def questionnaires(draw: st.DrawFn, most: int = 14) -> Questionnaire:
    """A questionnaire of one to ``most`` questions under random rules."""
    drawn = draw(rules())
    asked = [draw(questions(number)) for number in range(draw(st.integers(1, most)))]
    asked.sort(key=lambda question: question.clauses["1"])
    edition = Edition(
        id="1",
        name="Made-up 1",
        published=date(2026, 1, 1),
        supersedes="",
        no_new_certificates_after=None,
        ends=None,
        facts=(),
        clauses={
            number: Clause(number=number, title=number, auditable=number in CLAUSES, heads_finding=number == "4.2.2")
            for number in (*CLAUSES, "4.2", "5.2")
        },
    )
    standard = Standard(
        id="made-up",
        name="Made-up",
        title="",
        revision="1",
        about="",
        principles=PRINCIPLES,
        chapters=CHAPTERS,
        editions=(edition,),
        differs={},
        first_step="action-1",
        audit_column="quality",
        audit_by="",
        drivers=(),
        doubtful_exclusions=(),
        questions=tuple(asked),
    )
    return Questionnaire(standard=standard, edition=edition, path=QuestionPath.FULL, rules=drawn, questions=tuple(asked))


def actions_for(questionnaire: Questionnaire) -> Mapping[str, Action]:
    """The shipped actions for shipped content; otherwise two for every three questions, each after some of the ones before."""
    if questionnaire.standard.id in SHIPPED.standards:
        return SHIPPED.actions
    asked = questionnaire.questions
    parts = [asked[start : start + 2] for start in range(len(asked))]
    return {
        f"made-up/action-{number}": Action(
            standard="made-up",
            id=f"action-{number}",
            title=f"Action {number}",
            why="",
            steps=("Do it",),
            note="",
            done_when="",
            role="",
            effort=0.5 * (1 + number % 5),
            weeks=1 + number % 4,
            after=tuple(f"made-up/action-{earlier}" for earlier in range(number) if (earlier + number) % 3 == 0 and number > 1),
            produces=(),
            lifts={question.ref: question.enough for question in part},
        )
        for number, part in enumerate(parts)
    }


QUESTIONNAIRES = [
    SHIPPED.questionnaire(standard.id, edition.id, QuestionPath.FULL)
    for standard in SHIPPED.standards.values()
    for edition in standard.editions
]
QUICKLY = settings(deadline=None, max_examples=examples(60), suppress_health_check=[HealthCheck.too_slow])
ANSWERS = st.one_of(
    st.just(NO_ANSWER),
    st.just(Answer(state=State.UNKNOWN)),
    st.just(Answer(state=State.NOT_APPLICABLE, reason="we do none of this")),
    st.just(Answer(state=State.NOT_APPLICABLE, reason="n/a")),
    st.just(Answer(state=State.NOT_APPLICABLE)),
    st.sampled_from(Rung).map(on_rung),
    st.sampled_from(Rung).map(lambda rung: replace(on_rung(rung), last_done=date(2020, 2, 29))),
)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Questionnaire, AnswerSheet]:
    questionnaire = draw(st.one_of(st.sampled_from(QUESTIONNAIRES), questionnaires()))
    return questionnaire, draw(sheets_for(questionnaire))


@st.composite
def sheets_for(draw: st.DrawFn, questionnaire: Questionnaire) -> AnswerSheet:
    """One answer for each chapter, and up to thirty questions that differ: small enough to shrink to what matters."""
    by_chapter = {chapter.number: draw(ANSWERS) for chapter in questionnaire.chapters()}
    refs = st.sampled_from([question.ref for question in questionnaire.questions])
    differing = draw(st.dictionaries(refs, ANSWERS, max_size=30))
    answers = {question.ref: by_chapter[question.chapter] for question in questionnaire.questions}
    return AnswerSheet(answers=answers | differing)


def with_reasons(sheet: AnswerSheet) -> AnswerSheet:
    """Give every exclusion a reason that is one: that is done at a desk and in no plan."""
    return AnswerSheet(answers={ref: replace(a, reason=a.reason and "we do none of this") for ref, a in sheet.answers.items()})
