"""What must hold for every answer sheet, over the shipped content and over generated content."""

from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.content import load
from assessment.domain.answers import NO_ANSWER, Answer, AnswerSheet, Merge, State, merge, on_rung
from assessment.domain.comparison import compare, if_confirmed, suggestions
from assessment.domain.findings import Grade, findings
from assessment.domain.outlook import outlook
from assessment.domain.planning import plan
from assessment.domain.questionnaire import Depth, Questionnaire
from assessment.domain.rules import Overlap, Rung, Size
from assessment.domain.scoring import score, score_by_chapter, score_by_principle
from assessment.domain.standing import Verdict
from assessment.paths import shipped
from tests.domain import generated

LIBRARY = load(shipped("questionnaires"))
QUESTIONNAIRES = [
    LIBRARY.questionnaire(standard.id, edition.id, depth)
    for standard in LIBRARY.standards.values()
    for edition in standard.editions
    for depth in Depth
]
ON = date(2026, 11, 24)
QUICKLY = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
ANSWERS = st.one_of(
    st.just(NO_ANSWER),
    st.just(Answer(state=State.UNKNOWN)),
    st.just(Answer(state=State.NOT_APPLICABLE, reason="we do none")),
    st.just(Answer(state=State.NOT_APPLICABLE)),
    st.sampled_from(Rung).map(on_rung),
)


@st.composite
def sheets(draw: st.DrawFn) -> tuple[Questionnaire, AnswerSheet]:
    questionnaire = draw(st.one_of(st.sampled_from(QUESTIONNAIRES), generated.questionnaires()))
    return questionnaire, draw(sheets_for(questionnaire))


@st.composite
def sheets_for(draw: st.DrawFn, questionnaire: Questionnaire) -> AnswerSheet:
    """One answer for each chapter, and up to thirty questions that differ: small enough to shrink to what matters."""
    by_chapter = {chapter.number: draw(ANSWERS) for chapter in questionnaire.chapters()}
    refs = st.sampled_from([question.ref for question in questionnaire.questions])
    differing = draw(st.dictionaries(refs, ANSWERS, max_size=30))
    answers = {question.ref: by_chapter[question.chapter] for question in questionnaire.questions}
    return AnswerSheet(answers=answers | differing)


def test_there_is_content_to_hold_to() -> None:
    assert len(QUESTIONNAIRES) == 8


@QUICKLY
@given(sheets())
def test_scores_are_bounded_and_settled_when_nothing_is_open(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    whole = score(questionnaire, sheet)
    parts = [each for _, each in (*score_by_chapter(questionnaire, sheet), *score_by_principle(questionnaire, sheet))]
    for each in (whole, *parts):
        assert 0 <= each.earned_low <= each.earned_high <= each.possible
        assert (each.low is None) == (each.possible == 0)
        assert not each.settled or each.low == each.high


@QUICKLY
@given(sheets(), st.data())
def test_a_better_answer_never_makes_anything_worse(
    given_sheet: tuple[Questionnaire, AnswerSheet], data: st.DataObject
) -> None:
    questionnaire, sheet = given_sheet
    question = data.draw(st.sampled_from(questionnaire.questions))
    low, high = sorted(data.draw(st.lists(st.sampled_from(Rung), min_size=2, max_size=2)))
    worse, better = sheet.with_rungs({question.ref: low}), sheet.with_rungs({question.ref: high})
    assert (score(questionnaire, worse).low or 0) <= (score(questionnaire, better).low or 0)
    assert outlook(questionnaire, worse).worst <= outlook(questionnaire, better).worst
    assert outlook(questionnaire, worse).best <= outlook(questionnaire, better).best

    def count(of: AnswerSheet, least: Grade) -> int:
        return sum(each.grade >= least for each in findings(questionnaire, of, ON))

    assert count(better, Grade.LIKELY_MAJOR) <= count(worse, Grade.LIKELY_MAJOR)
    assert count(better, Grade.LIKELY_MINOR) <= count(worse, Grade.LIKELY_MINOR)


@QUICKLY
@given(sheets(), st.data())
def test_closing_an_open_question_stays_inside_every_earlier_range(
    given_sheet: tuple[Questionnaire, AnswerSheet], data: st.DataObject
) -> None:
    questionnaire, sheet = given_sheet
    unanswered = [question for question in questionnaire.questions if sheet.is_open(question)]
    for question in unanswered:
        rung = data.draw(st.sampled_from(Rung))
        closed = sheet.with_rungs({question.ref: rung})
        before, after = score(questionnaire, sheet), score(questionnaire, closed)
        assert (before.low or 0) <= (after.low or 0) <= (after.high or 0) <= (before.high or 0)
        earlier, later = outlook(questionnaire, sheet), outlook(questionnaire, closed)
        assert earlier.worst <= later.worst <= later.best <= earlier.best
        sheet = closed
    assert score(questionnaire, sheet).settled


@QUICKLY
@given(sheets())
def test_does_not_apply_never_beats_enough(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    for question in questionnaire.questions:
        out = AnswerSheet(answers={**sheet.answers, question.ref: Answer(state=State.NOT_APPLICABLE, reason="none")})
        enough = score(questionnaire, sheet.with_rungs({question.ref: question.enough}))
        without = score(questionnaire, out)
        assert without.low is None or (enough.low or 0) >= without.low


@QUICKLY
@given(sheets())
def test_what_would_settle_the_verdict_does_settle_it(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    before = outlook(questionnaire, sheet)
    answered = sheet.with_rungs({question.ref: question.enough for question in before.settled_by})
    after = outlook(questionnaire, answered)
    assert after.worst is after.best is before.best
    for question in before.settled_by:
        fewer = {each.ref: each.enough for each in before.settled_by if each is not question}
        assert outlook(questionnaire, sheet.with_rungs(fewer)).worst < before.best


@settings(QUICKLY, max_examples=15)
@given(sheets(), st.sampled_from(Size))
def test_a_plan_is_doable_and_ends_ready_and_forecasts_what_will_be(
    given_sheet: tuple[Questionnaire, AnswerSheet], size: Size
) -> None:
    questionnaire, sheet = given_sheet
    steps = plan([questionnaire], generated.actions_for(questionnaire), sheet, size)
    keys = [step.action.key for step in steps]
    for position, step in enumerate(steps):
        assert set(step.action.after) & set(keys) <= set(keys[:position])
        sheet = sheet.with_rungs({lift.question.ref: lift.after for lift in step.lifts})
        assert step.forecasts[0].score == score(questionnaire, sheet)
    assert outlook(questionnaire, sheet).worst is Verdict.READY_FOR_STAGE_2


@QUICKLY
@given(st.data())
def test_carried_answers_follow_the_overlap_and_count_only_once_confirmed(data: st.DataObject) -> None:
    left, right = (LIBRARY.questionnaire(each.id, each.current.id, Depth.FULL) for each in LIBRARY.standards.values())
    sheet = data.draw(sheets_for(left))
    suggested = suggestions(right, [left], sheet)
    for each in suggested:
        assert sheet.rung(each.source) is each.source_rung
        limit = {Overlap.FULL: Rung.IMPROVED, Overlap.MOST: Rung.DEFINED, Overlap.PART: Rung.INFORMAL}[each.overlap]
        assert each.rung == min(each.source_rung, limit)
        assert (each.because == "") == (each.overlap is Overlap.FULL)
    assert score(right, sheet).answered == 0
    assert score(right, if_confirmed(suggested, sheet)).answered == len(suggested)
    assert suggestions(right, [left], sheet, {each.question.ref for each in suggested}) == ()


def test_topics_join_the_standards_and_never_clause_numbers() -> None:
    left, right = (LIBRARY.questionnaire(each.id, each.current.id, Depth.FULL) for each in LIBRARY.standards.values())
    comparison = compare(left, right)
    assert {"climate", "roles", "competence", "documents", "internal-audit"} <= {
        each.topic.id for each in comparison.by_overlap(Overlap.FULL)
    }
    for overlap in (Overlap.MOST, Overlap.PART):
        assert comparison.by_overlap(overlap)
        assert all(each.reasons for each in comparison.by_overlap(overlap))
    assert "customer-satisfaction" in {question.id for question in comparison.only_left}
    assert "emergency" in {question.id for question in comparison.only_right}


@QUICKLY
@given(ANSWERS, ANSWERS, ANSWERS)
def test_merging_loses_nobodys_work(base: Answer, mine: Answer, theirs: Answer) -> None:
    merged = merge(base=base, mine=mine, theirs=theirs)
    assert (merged is Merge.TAKE) == (mine != base and mine != theirs and theirs == base)
    assert (merged is Merge.CLASH) == (mine != base and theirs not in (base, mine))


@QUICKLY
@given(sheets())
def test_the_order_of_answers_and_strangers_among_them_do_not_matter(given_sheet: tuple[Questionnaire, AnswerSheet]) -> None:
    questionnaire, sheet = given_sheet
    turned = dict(reversed(list(sheet.answers.items())))
    other = AnswerSheet(answers={"iso-0/stranger": on_rung(Rung.ABSENT), **turned})
    assert score(questionnaire, other) == score(questionnaire, sheet)
    assert findings(questionnaire, other, ON) == findings(questionnaire, sheet, ON)
    assert outlook(questionnaire, other) == outlook(questionnaire, sheet)
    actions = generated.actions_for(questionnaire)
    assert plan([questionnaire], actions, other, Size.SMALL) == plan([questionnaire], actions, sheet, Size.SMALL)


@QUICKLY
@given(generated.questionnaires())
def test_where_nothing_applies_there_is_no_percent_no_plan_and_no_finding(questionnaire: Questionnaire) -> None:
    exempt = tuple(replace(question, may_not_apply="always.", essential=False) for question in questionnaire.questions)
    nothing = replace(questionnaire, questions=exempt)
    said = Answer(state=State.NOT_APPLICABLE, reason="We do none.")
    sheet = AnswerSheet(answers={question.ref: said for question in exempt})
    whole = score(nothing, sheet)
    assert (whole.low, whole.high, whole.asked, whole.excluded) == (None, None, 0, len(exempt))
    assert findings(nothing, sheet, ON) == ()
    assert plan([nothing], generated.actions_for(nothing), sheet, Size.LARGE) == ()
    assert outlook(nothing, sheet).settled_by == ()
