"""Everything about one assessment together, on the demo, and the library that selects questions."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from assessment.content import load, read_sample
from assessment.domain.answers import NO_ANSWER, Answer, AnswerSheet, Evidence, Profile, State, on_rung
from assessment.domain.comparison import carried, compare, suggestions
from assessment.domain.editions import edition_changes
from assessment.domain.findings import Grade, findings, freshness
from assessment.domain.fit import fit
from assessment.domain.outlook import next_verdict, outlook, worth_asking
from assessment.domain.planning import plan
from assessment.domain.prospect import prospect
from assessment.domain.questionnaire import Depth
from assessment.domain.result import assess
from assessment.domain.rules import Overlap, Rung, Size
from assessment.domain.scoring import score, score_by_chapter, score_by_principle
from assessment.domain.standard import clause_order
from assessment.paths import shipped

CONTENT = shipped("questionnaires")
LIBRARY = load(CONTENT)
ON = date(2026, 11, 24)
DEMO = read_sample(CONTENT / "demo.toml", LIBRARY, ON)
RESULT = assess(LIBRARY, DEMO.questionnaires, DEMO.sheet, DEMO.profile, ON)


def test_a_result_holds_what_each_rule_says() -> None:
    assert (RESULT.on, RESULT.library, RESULT.profile, RESULT.sheet) == (ON, LIBRARY, DEMO.profile, DEMO.sheet)
    assert (RESULT.size, RESULT.size_known) == (Size.MEDIUM, True)
    for each, questionnaire in zip(RESULT.standards, DEMO.questionnaires, strict=True):
        assert each.questionnaire is questionnaire
        assert RESULT.of(questionnaire.standard.id) is each
        assert each.score == score(questionnaire, DEMO.sheet)
        assert each.by_chapter == score_by_chapter(questionnaire, DEMO.sheet)
        assert each.by_principle == score_by_principle(questionnaire, DEMO.sheet)
        assert each.findings == findings(questionnaire, DEMO.sheet, ON)
        assert each.outlook == outlook(questionnaire, DEMO.sheet)
        assert each.next == next_verdict(questionnaire, DEMO.sheet)
        assert each.freshness == freshness(questionnaire, DEMO.sheet)
        assert each.fit == fit(questionnaire.standard, DEMO.profile, LIBRARY.profile_questions)
        assert each.graded(Grade.LIKELY_MAJOR) == tuple(f for f in each.findings if f.grade is Grade.LIKELY_MAJOR)
    assert RESULT.asked == sum(each.score.asked for each in RESULT.standards)
    assert RESULT.answered == RESULT.asked - 4
    assert RESULT.steps == plan(DEMO.questionnaires, LIBRARY.actions, DEMO.sheet, Size.MEDIUM)
    outlooks = [(each, outlook(each, DEMO.sheet)) for each in DEMO.questionnaires]
    assert RESULT.worth_asking == worth_asking(outlooks, DEMO.sheet)
    assert RESULT.situation.readiness == {each.questionnaire.standard.id: each.score.low for each in RESULT.standards}
    assert RESULT.days_a_week == 2
    scope = LIBRARY.questions["iso-14001/scope"]
    assert [action.key for action in RESULT.actions_for(scope)] == ["set-scope"]
    with pytest.raises(KeyError):
        RESULT.of("iso-0")


def test_without_a_profile_size_and_pace_are_assumed_and_said_to_be() -> None:
    bare = assess(LIBRARY, DEMO.questionnaires, AnswerSheet(), Profile(), ON)
    assert (bare.size, bare.size_known, bare.days_a_week) == (Size.SMALL, False, Fraction(1))
    assert bare.situation.readiness == {"iso-9001": 0, "iso-14001": 0}
    half = assess(LIBRARY, DEMO.questionnaires, AnswerSheet(), Profile(values={"days-a-week": ("0.5",)}), ON)
    assert half.days_a_week == Fraction(1, 2)


def test_if_every_open_answer_is_enough_nothing_is_open() -> None:
    best = RESULT.if_open_is_enough
    assert best.answered == best.asked == RESULT.asked
    assert [each.outlook.worst for each in best.standards] == [each.outlook.best for each in RESULT.standards]
    assert best.if_open_is_enough is best


def test_freshness_lists_what_goes_stale_the_earliest_first() -> None:
    listed = freshness(DEMO.questionnaires[0], DEMO.sheet)
    assert listed
    assert all(each.last_done == date(2026, 7, 27) and each.until == date(2027, 7, 27) for each in listed)
    audit, review = (LIBRARY.questions[f"iso-9001/{name}"] for name in ("internal-audit", "management-review"))
    sheet = AnswerSheet(
        answers={
            review.ref: replace(on_rung(Rung.IN_USE), last_done=date(2026, 1, 31)),
            audit.ref: replace(on_rung(Rung.IN_USE), last_done=date(2025, 9, 1)),
            "iso-9001/scope": replace(on_rung(Rung.IN_USE), last_done=date(2025, 9, 1)),
            "iso-9001/calibration": Answer(state=State.NOT_APPLICABLE, reason="None.", last_done=date(2025, 9, 1)),
        }
    )
    assert [(each.question.id, each.until) for each in freshness(DEMO.questionnaires[0], sheet)] == [
        ("internal-audit", date(2026, 9, 1)),
        ("management-review", date(2027, 1, 31)),
    ]


def test_a_prospect_compares_paces_and_warns() -> None:
    offered = (Fraction(1), Fraction(5))
    found = prospect(RESULT, start=ON, days_a_week=Fraction(2), offered=offered)
    assert list(found.by_days) == [1, 2, 5]
    assert found.by_days[Fraction(2)] == found.calendar
    assert found.calendar.start == found.floor.start == ON
    dates = [found.by_days[days].certificate for days in found.by_days]
    assert dates == sorted(dates, reverse=True)
    assert found.floor.certificate < dates[-1]
    assert found.if_open_is_enough.certificate <= found.calendar.certificate
    (check,) = found.deadlines
    assert (check.standard, check.deadline, check.needed) == ("iso-14001", date(2027, 10, 31), Fraction(5))
    assert check.floor == found.floor.milestones["iso-14001"].certificate
    assert (found.hasty, found.after_edition) == ((), ())
    everything = {step.action.key for step in RESULT.steps}
    done = prospect(RESULT, start=ON, days_a_week=Fraction(2), offered=(), done=everything)
    assert set(done.hasty) == {"iso-9001", "iso-14001"}
    assert done.calendar.certificate == done.floor.certificate == ON + timedelta(weeks=14)


def test_a_certificate_after_an_editions_last_day_is_warned_of() -> None:
    old = LIBRARY.questionnaire("iso-14001", "2015", Depth.FULL)
    result = assess(LIBRARY, [old], AnswerSheet(), Profile(), ON)
    slow = prospect(result, start=ON, days_a_week=Fraction(1, 2), offered=())
    assert slow.after_edition == ("iso-14001",)
    assert prospect(result, start=ON, days_a_week=Fraction(5), offered=()).after_edition == ()
    new = LIBRARY.questionnaire("iso-14001", "2026", Depth.FULL)
    never = prospect(assess(LIBRARY, [new], AnswerSheet(), Profile(), ON), start=ON, days_a_week=Fraction(1, 2), offered=())
    assert never.after_edition == ()


def test_a_library_selects_by_edition_and_depth_in_clause_order_and_once() -> None:
    fresh = replace(LIBRARY)
    for standard in fresh.standards.values():
        for edition in standard.editions:
            quick = fresh.questionnaire(standard.id, edition.id, Depth.QUICK)
            full = fresh.questionnaire(standard.id, edition.id, Depth.FULL)
            assert fresh.questionnaire(standard.id, edition.id, Depth.FULL) is full
            assert (full.standard, full.edition, full.depth, full.rules) == (standard, edition, Depth.FULL, fresh.rules)
            assert {q.id for q in full.questions} == {q.id for q in standard.questions if edition.id in q.clauses}
            assert {q.id for q in quick.questions} == {q.id for q in full.questions if q.quick}
            numbers = [clause_order(full.clauses(question)[0]) for question in full.questions]
            assert numbers == sorted(numbers)
            assert len(quick.left_out) == len(full.questions) - len(quick.questions)
            assert not full.left_out
            assert not full.unseen_clauses
            asked = [question for page in full.pages for question in page.questions]
            assert sorted(q.ref for q in asked) == sorted(q.ref for q in full.questions)
    with pytest.raises(KeyError):
        fresh.questionnaire("iso-9001", "1066", Depth.FULL)


def test_pages_keep_clauses_together_and_have_addresses_and_titles_of_their_own() -> None:
    fresh = replace(LIBRARY)
    quality = {page.slug: page for page in fresh.questionnaire("iso-9001", "2026", Depth.FULL).pages}
    assert list(quality)[:6] == ["4.1", "4.4", "5.1", "5.2", "6.1", "6.2"]
    assert quality["4.1"].title == "Context of the organization, 4.1 to 4.3"
    assert quality["4.4"].title == "Quality management system and its processes"
    assert quality["7.1.1"].title == "Resources, 7.1.1 to 7.1.5.2"
    assert quality["8.5.4"].questions[0].id == "preservation"
    environment = fresh.questionnaire("iso-14001", "2026", Depth.FULL).pages
    (continued,) = (page for page in environment if page.title.endswith(", continued"))
    assert continued.slug == continued.questions[0].id
    assert continued.title == "Operational planning and control, continued"
    assert continued.chapter.number == "8"
    assert {page.chapter.number for page in environment} == {"4", "5", "6", "7", "8", "9", "10"}


def test_changes_between_editions_are_counted() -> None:
    standard = LIBRARY.standards["iso-14001"]
    found = edition_changes(standard, standard.current)
    assert found is not None
    assert (found.old.id, found.new.id) == ("2015", "2026")
    assert len(found.added) == 7
    assert [question.id for question in found.dropped] == ["emergency-situations"]
    assert {"risks", "opportunities", "planned-actions", "continual-improvement"} <= {each.id for each in found.moved}
    assert found.unchanged == len(standard.questions) - 8 - len(found.moved)
    assert edition_changes(standard, found.old) is None


def test_confirming_a_suggestion_brings_evidence_only_where_the_overlap_is_full() -> None:
    left, right = DEMO.questionnaires
    report = Evidence(title="Report", where="Shelf", dated=ON)
    told = replace(on_rung(Rung.IN_USE), evidence=(report,), last_done=ON, note="theirs")
    sheet = AnswerSheet(
        answers={
            "iso-9001/internal-audit": told,
            "iso-9001/leadership": told,
            "iso-14001/internal-audit": Answer(state=State.UNKNOWN, who="Kim", note="mine"),
        }
    )
    by_id = {each.question.id: each for each in suggestions(right, [left], sheet)}
    full, most = by_id["internal-audit"], by_id["leadership"]
    assert (full.overlap, full.rung, most.overlap, most.rung) == (Overlap.FULL, Rung.IN_USE, Overlap.MOST, Rung.DEFINED)
    brought = carried(full, sheet)
    assert (brought.evidence, brought.last_done, brought.note) == ((report,), ON, "mine")
    assert (brought.state, brought.rung, brought.carried_from) == (State.RUNG, Rung.IN_USE, "iso-9001/internal-audit")
    part = carried(most, sheet)
    assert (part.evidence, part.last_done, part.rung) == ((), None, Rung.DEFINED)
    own = Evidence(title="Own")
    kept = AnswerSheet(
        answers={**sheet.answers, "iso-14001/internal-audit": replace(NO_ANSWER, evidence=(own,), last_done=date(2026, 1, 1))}
    )
    assert (carried(full, kept).evidence, carried(full, kept).last_done) == ((own,), date(2026, 1, 1))


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


def test_an_answer_is_a_rung_exactly_when_it_has_one() -> None:
    with pytest.raises(ValueError, match="state unknown with rung 2"):
        Answer(state=State.UNKNOWN, rung=Rung.DEFINED)
    with pytest.raises(ValueError, match="state rung with rung None"):
        Answer(state=State.RUNG)
    assert on_rung(Rung.ABSENT) == Answer(state=State.RUNG, rung=Rung.ABSENT)
    assert AnswerSheet().answer(LIBRARY.questions["iso-9001/scope"]) is NO_ANSWER


def test_does_not_apply_needs_permission_and_a_reason() -> None:
    design, scope = LIBRARY.questions["iso-9001/design"], LIBRARY.questions["iso-9001/scope"]

    def applies(question_ref: str, reason: str) -> bool:
        said = Answer(state=State.NOT_APPLICABLE, reason=reason)
        return AnswerSheet(answers={question_ref: said}).applies(LIBRARY.questions[question_ref])

    assert not applies(design.ref, "None.")
    assert applies(design.ref, " ")
    assert applies(scope.ref, "None.")
    unknown = AnswerSheet(answers={design.ref: Answer(state=State.UNKNOWN, reason="None.")})
    assert unknown.applies(design)
    assert unknown.is_open(design)
    assert not unknown.is_gap(design)


def test_a_profile_reads_numbers_and_dates() -> None:
    profile = Profile(values={"people": ("12",), "deadline": ("a=2027-01-02", "b=2028-03-04")})
    assert profile.people() == 12
    assert profile.deadlines() == {"a": date(2027, 1, 2), "b": date(2028, 3, 4)}
    nothing = Profile()
    assert (nothing.people(), nothing.days_a_week(), nothing.get("x"), dict(nothing.deadlines())) == (None, None, None, {})
