"""What standards have in common, and the answers that carry over."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.answers import NO_ANSWER, Answer, AnswerSheet, Evidence, State, on_rung
from assessment.domain.comparison import accept_suggestion, compare, full_carry_over, if_confirmed, suggestions
from assessment.domain.question_path import QuestionPath
from assessment.domain.rules import Overlap, Rung
from assessment.domain.scoring import score
from tests.domain.generated import QUICKLY, sheets_for
from tests.domain.shipped import BOTH, DEMO, LIBRARY, ON


def test_a_comparison_has_both_sides_and_what_only_one_asks() -> None:
    left, right = DEMO.questionnaires
    found = compare(left, right)
    assert (found.left, found.right) == (left, right)
    shared = {each.topic.id: each for each in found.shared}
    policy = shared["policy"]
    assert policy.left[0].id == "policy"
    assert all(question.standard == "iso-14001" for question in policy.right)
    assert policy.reasons == tuple(dict.fromkeys(each.topic.because for each in policy.left if each.topic))
    back = {each.topic.id: each for each in compare(right, left).shared}
    assert back["policy"].reasons == tuple(dict.fromkeys(each.topic.because for each in policy.right if each.topic))
    assert all(each.reasons for each in found.shared if each.overlap is not Overlap.FULL)
    assert {question.id for question in found.only_left} >= {"knowledge", "release"}
    assert {question.id for question in found.only_right} >= {"aspects", "emergency"}
    assert sum(len(each.left) for each in found.shared) + len(found.only_left) == len(left.questions)


def test_confirming_a_suggestion_brings_evidence_only_where_the_overlap_is_full() -> None:
    left, right = DEMO.questionnaires
    report = Evidence(title="Report", where="Shelf", dated=ON)
    told = replace(on_rung(Rung.IN_USE), evidence=(report,), last_done=ON, note="theirs")
    sheet = AnswerSheet(
        answers={
            "iso-9001/documents": told,
            "iso-9001/leadership": told,
            "iso-14001/documents": Answer(state=State.UNKNOWN, who="Kim", note="mine"),
        }
    )
    by_id = {each.question.id: each for each in suggestions(right, [left], sheet)}
    full, most = by_id["documents"], by_id["leadership"]
    assert (full.overlap, full.rung, most.overlap, most.rung) == (Overlap.FULL, Rung.IN_USE, Overlap.MOST, Rung.DEFINED)
    brought = accept_suggestion(full, sheet)
    assert (brought.evidence, brought.last_done, brought.note) == ((report,), ON, "mine")
    assert (brought.state, brought.rung, brought.carried_from) == (State.RUNG, Rung.IN_USE, "iso-9001/documents")
    part = accept_suggestion(most, sheet)
    assert (part.evidence, part.last_done, part.rung) == ((), None, Rung.DEFINED)
    own = Evidence(title="Own")
    kept = AnswerSheet(
        answers={**sheet.answers, "iso-14001/documents": replace(NO_ANSWER, evidence=(own,), last_done=date(2026, 1, 1))}
    )
    assert (accept_suggestion(full, kept).evidence, accept_suggestion(full, kept).last_done) == ((own,), date(2026, 1, 1))


@QUICKLY
@given(st.data())
def test_carried_answers_follow_the_overlap_and_count_only_once_confirmed(data: st.DataObject) -> None:
    left, right = (LIBRARY.questionnaire(each.id, each.current.id, QuestionPath.FULL) for each in LIBRARY.standards.values())
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
    left, right = (LIBRARY.questionnaire(each.id, each.current.id, QuestionPath.FULL) for each in LIBRARY.standards.values())
    comparison = compare(left, right)
    # An auditor takes the same evidence for no more than these two; nothing that was done for one system is among them.
    assert {each.topic.id for each in comparison.by_overlap(Overlap.FULL)} == {"document-approval", "documents"}
    assert {"climate", "competence", "internal-audit"} <= {each.topic.id for each in comparison.by_overlap(Overlap.PART)}
    for overlap in (Overlap.MOST, Overlap.PART):
        assert comparison.by_overlap(overlap)
        assert all(each.reasons for each in comparison.by_overlap(overlap))
    assert "customer-satisfaction" in {question.id for question in comparison.only_left}
    assert "emergency" in {question.id for question in comparison.only_right}


def test_full_readiness_for_one_gives_the_other_what_they_share_and_no_more() -> None:
    for target, source in ((BOTH[0], BOTH[1]), (BOTH[1], BOTH[0])):
        given_by = full_carry_over(target, source)
        gained = score(target, given_by.sheet)
        assert gained.answered == len(given_by.suggested) < gained.asked
        assert 20 < (gained.low or 0) < 60
        full = [each for each in given_by.suggested if each.overlap is Overlap.FULL]
        assert full
        assert all(each.rung is each.question.enough for each in full)
