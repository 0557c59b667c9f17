"""What standards have in common, and the answers that carry over."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.answers import NO_ANSWER, Answer, AnswerSheet, Evidence, State, on_rung
from assessment.domain.comparison import (
    Suggestion,
    accept_suggestion,
    compare,
    full_carry_over,
    if_confirmed,
    shared_methods,
    suggestions,
)
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Overlap, Rung
from assessment.domain.scoring import score
from tests.domain.generated import QUICKLY, sheets_for
from tests.domain.shipped import BOTH, DEMO, ON
from tests.support.content import LIBRARY


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
    assert (full.overlap, full.rung, most.overlap, most.rung) == (Overlap.FULL, Rung.IN_USE, Overlap.MOST, Rung.INFORMAL)
    brought = accept_suggestion(full, sheet)
    assert (brought.evidence, brought.last_done, brought.note) == ((report,), ON, "mine")
    assert (brought.state, brought.rung, brought.carried_from) == (State.RUNG, Rung.IN_USE, "iso-9001/documents")
    part = accept_suggestion(most, sheet)
    assert (part.evidence, part.last_done, part.rung) == ((), None, Rung.INFORMAL)
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
        limit = {Overlap.FULL: Rung.IMPROVED, Overlap.MOST: Rung.INFORMAL}[each.overlap]
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
        # A tenth: before, methods and half-made content counted as answers, and a quarter came out of nothing that was done.
        assert 5 < (gained.low or 0) < 20
        full = [each for each in given_by.suggested if each.overlap is Overlap.FULL]
        assert full
        assert all(each.rung is each.question.enough for each in full)


def all_in_use(questionnaire: Questionnaire) -> AnswerSheet:
    shown = replace(on_rung(Rung.IN_USE), evidence=(Evidence(title="Report"),), last_done=ON)
    return AnswerSheet(answers={question.ref: shown for question in questionnaire.questions})


def fully_shared(questionnaire: Questionnaire) -> Questionnaire:
    """The same questions, as content would have them that calls everything shared fully."""
    questions = (
        replace(each, topic=replace(each.topic, overlap=Overlap.FULL, because="")) if each.topic else each
        for each in questionnaire.questions
    )
    return replace(questionnaire, questions=tuple(questions))


def test_what_is_shared_in_part_suggests_no_answer_and_points_to_the_method() -> None:
    for target, source in ((BOTH[0], BOTH[1]), (BOTH[1], BOTH[0])):
        sheet = all_in_use(source)
        suggested, methods = suggestions(target, [source], sheet), shared_methods(target, [source], sheet)
        in_part = {each.topic.id for each in compare(target, source).by_overlap(Overlap.PART)}
        by_method = {each.question.topic.topic.id for each in methods if each.question.topic}
        assert by_method == in_part >= {"competence", "internal-audit", "management-review"}
        assert all(each.because for each in methods)
        assert not {each.question.ref for each in suggested} & {each.question.ref for each in methods}
        assert if_confirmed(suggested, sheet).is_open(methods[0].question)


def test_a_method_is_there_to_use_again_once_there_is_an_agreed_way() -> None:
    target, source = BOTH[1], BOTH[0]
    for rung, there in ((Rung.ABSENT, False), (Rung.INFORMAL, False), (Rung.DEFINED, True), (Rung.IMPROVED, True)):
        sheet = AnswerSheet().with_rungs({question.ref: rung for question in source.questions})
        assert bool(shared_methods(target, [source], sheet)) is there
    assert shared_methods(target, [source], AnswerSheet()) == ()
    own = AnswerSheet().with_rungs({question.ref: Rung.IN_USE for each in BOTH for question in each.questions})
    assert shared_methods(target, [source], own) == ()


def test_nothing_that_was_done_carries_whatever_the_content_says() -> None:
    for target, source in ((BOTH[0], BOTH[1]), (BOTH[1], BOTH[0])):
        shared, giving = fully_shared(target), fully_shared(source)
        done_there = {each.topic.topic.id for each in giving.questions if each.deed and each.topic}
        suggested = suggestions(shared, [giving], all_in_use(giving))
        assert len(suggested) > 60
        assert done_there >= {"internal-audit", "management-review"}
        for each in suggested:
            assert not each.question.deed
            assert not each.source.deed
            assert each.question.topic
            assert each.question.topic.topic.id not in done_there, each.question.ref
        pointed = {each.question.id for each in shared_methods(shared, [giving], all_in_use(giving))}
        assert pointed >= {"internal-audit", "management-review"}


def test_a_deed_takes_no_answer_even_from_what_is_none() -> None:
    target, source = fully_shared(BOTH[1]), fully_shared(BOTH[0])
    no_deeds = replace(source, questions=tuple(replace(each, deed=False) for each in source.questions))
    deeds = {question.ref for question in target.questions if question.deed and question.topic}
    assert deeds >= {"iso-14001/internal-audit", "iso-14001/management-review"}
    assert not deeds & {each.question.ref for each in suggestions(target, [no_deeds], all_in_use(no_deeds))}


def test_a_suggestion_says_what_it_would_record_in_the_words_of_its_own_question() -> None:
    suggested = suggestions(BOTH[1], [BOTH[0]], all_in_use(BOTH[0]))
    by_id = {each.question.id: each for each in suggested}
    for name, rung in (("documents", Rung.IN_USE), ("scope", Rung.INFORMAL)):
        assert by_id[name].sentence == BOTH[1].by_ref[f"iso-14001/{name}"].looks_like[rung]
    assert all(each.sentence not in each.source.looks_like.values() for each in suggested)


def test_only_what_is_shared_fully_and_not_essential_is_confirmed_together() -> None:
    suggested = suggestions(BOTH[1], [BOTH[0]], all_in_use(BOTH[0]))
    assert {each.question.id for each in suggested if not each.one_by_one} == {"document-approval", "documents"}
    essentials = [
        each for each in suggestions(fully_shared(BOTH[1]), [BOTH[0]], all_in_use(BOTH[0])) if each.question.essential
    ]
    assert {each.question.id for each in essentials} >= {"scope", "objectives"}
    full: list[Suggestion] = [replace(each, overlap=Overlap.FULL) for each in essentials]
    assert all(each.one_by_one for each in full)


def test_of_several_answers_on_a_topic_the_one_that_carries_least_speaks() -> None:
    target, source = BOTH[1], BOTH[0]
    one, other = (each for each in source.questions if each.id in ("documents", "document-approval"))
    link = next(each.topic for each in target.questions if each.id == "documents")
    assert link
    weaker = replace(link, overlap=Overlap.PART, because="Only the method.")
    for overlap, rung in ((Overlap.FULL, Rung.IN_USE), (Overlap.MOST, Rung.INFORMAL), (Overlap.PART, None)):
        asked = (replace(one, topic=link), replace(other, topic=replace(weaker, overlap=overlap)))
        mixed = replace(source, questions=asked)
        sheet = AnswerSheet().with_rungs({one.ref: Rung.IN_USE, other.ref: Rung.IMPROVED})
        found = [each for each in suggestions(target, [mixed], sheet) if each.question.id == "documents"]
        assert [each.rung for each in found] == ([] if rung is None else [rung])
