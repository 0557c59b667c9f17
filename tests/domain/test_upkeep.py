"""Certified organisations: eight of them, each with the next audit instead of a first one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessment.domain.answers import AnswerSheet
from assessment.domain.certificates import NextAudit
from assessment.domain.findings import Grade
from assessment.domain.fit import Advice, Why
from assessment.domain.planning import StepNote, plan
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.domain.timeline import timeline
from assessment.domain.upkeep import upkeep_steps
from assessment.domain.working_days import months_later
from assessment.reports.columns import plan_rows
from assessment.reports.json_file import to_data
from assessment.reports.outline.auditors import auditor_days
from assessment.reports.outline.blocks import Table
from assessment.reports.outline.first_steps import first_steps
from assessment.reports.outline.report import director_sections, outline, short_outline
from assessment.reports.summary import summarise
from assessment.reports.wording import calculation
from assessment.reports.wording.advice import headline_in_words, reason_in_words, way_taken
from assessment.reports.wording.before_audits import decide, mends
from assessment.reports.wording.certificates import said_of_all
from assessment.reports.wording.verdicts import rehearsal_in_words, verdict_of
from tests.domain.shipped import BOTH, DEMO, ON, answered
from tests.reports.spoken import of_outline, squeezed
from tests.support.content import LIBRARY

ENOUGH = AnswerSheet().with_rungs({question.ref: question.enough for each in BOTH for question in each.questions})
BASE: dict[str, tuple[str, ...]] = {"people": ("60",), "environmental-complexity": ("medium",), "days-a-week": ("2",)}


def certified(*kept: str, sheet: AnswerSheet = ENOUGH, **answers: str) -> Result:
    values = {**BASE, **{name.replace("_", "-"): (value,) for name, value in answers.items()}, "certificates": kept}
    return assess(LIBRARY, BOTH, sheet, Profile(values=values), ON)


def said(result: Result) -> str:
    return " ".join(text for sentences in said_of_all(result, result.chosen) for text in sentences)


def test_a_chemical_distributor_with_a_certificate_is_planned_for_the_other_standard_only() -> None:
    nothing = ENOUGH.with_rungs({question.ref: Rung.ABSENT for question in BOTH[1].questions})
    found = certified("iso-9001=2015|2028-03-01|2027-03-10|surveillance", sheet=nothing, permits="permit", incidents="several")
    assert found.way == (("iso-14001",),)
    assert {standard for step in found.steps for standard in step.standards} == {"iso-14001"}
    assert "audit-internally" in {step.key for step in found.steps}
    assert list(timeline(found, start=ON, days_a_week=found.days_a_week, offered=()).calendar.milestones) == ["iso-14001"]
    text = said(found)
    assert "Held: ISO 9001:2015 with Amendment 1:2024, valid until 1 March 2028." in text
    assert "Next audit on 10 March 2027: surveillance." in text
    assert "Transition to ISO 9001:2026" in text
    assert "Your certification body must itself be accredited for the new edition" in text


def test_a_firm_that_holds_everything_is_not_advised_to_begin() -> None:
    found = certified("iso-9001=2026|2029-01-01||", "iso-14001=2026|2029-01-01||", asked_in_writing="iso-9001")
    assert (found.recommendation.advice, found.recommendation.why) == (Advice.NONE_URGENT, Why.ALL_HELD)
    assert (found.way, found.steps, found.ways) == ((), (), ())
    assert way_taken(found).startswith("You hold every certificate")
    assert "Transition" not in said(found)


def test_a_demand_for_what_is_held_decides_nothing() -> None:
    found = certified("iso-9001=2026|||", asked_in_writing="iso-9001", permits="permit", incidents="several")
    assert "iso-9001" not in {standard.id for standard in found.recommendation.first}
    assert found.way == (("iso-14001",),)


def test_an_expired_certificate_is_a_first_one_again_once_it_cannot_be_restored() -> None:
    ended = date(2026, 5, 23)
    assert (ON - ended).days > 183
    found = certified(f"iso-9001=2015|{ended}||", asked_in_writing="iso-9001")
    assert found.held == {}
    assert found.way[0] == ("iso-9001",)
    assert "cannot be restored, so the plan leads to a first certificate again" in said(found)


@pytest.mark.parametrize("ended", [ON - timedelta(days=1), date(2026, 5, 24)])
def test_a_certificate_that_ended_is_restored_by_a_recertification_within_six_months(ended: date) -> None:
    found = certified(f"iso-9001=2026|{ended}|{ON + timedelta(days=30)}|surveillance", "iso-14001=2026|2029-01-01||")
    assert found.way == ()
    (one, _) = found.upkeep
    assert (one.certificate.kind, one.restore_by) == (NextAudit.RECERTIFICATION, months_later(ended, 6))
    text = said(found)
    assert "It has ended: ISO 9001:2026" in text
    assert "You hold no valid certificate now; a recertification audit restores it until" in text
    assert "a first certificate is needed again" in text
    assert "Next audit on 24 December 2026: recertification." in text
    assert way_taken(found).startswith("Nothing is certified for the first time")
    assert ("too late to restore it" in text) is (ended < date(2026, 6, 1))
    booked = said(certified(f"iso-9001=2026|{ended}||"))
    assert "book it now, and tell its day" in booked


def test_a_certificate_ends_with_its_edition_where_that_is_earlier() -> None:
    for kind in ("recertification", "transition"):
        text = said(certified(f"iso-14001=2015|2029-05-31|2029-05-10|{kind}"))
        name = "ISO 14001:2015 with Amendment 1:2024"
        assert f"Certificates to {name} end by 30 April 2029 (one source), before this one would" in text
        assert "a transition has to be over by 9 April 2029" in text
        assert f"The next audit comes after certificates to {name} end, on 30 April 2029 (one source)" in text
        assert "10 May 2029, majors closed" not in text
    before = said(certified("iso-14001=2015|2029-05-31|2029-03-10|transition"))
    assert "The next audit comes after" not in before
    assert "The recertification has to be over by" in said(certified("iso-14001=2015|2029-03-31|2028-03-10|surveillance"))


def test_answers_for_another_edition_than_is_held_are_named_as_such() -> None:
    asked = [LIBRARY.questionnaire("iso-9001", "2015", QuestionPath.FULL)]
    sheet = AnswerSheet().with_rungs({question.ref: question.enough for question in asked[0].questions})
    profile = Profile(values={**BASE, "certificates": ("iso-9001=2026|2029-11-23|2027-11-01|surveillance",)})
    found = assess(LIBRARY, asked, sheet, profile, ON)
    of = found.of("iso-9001")
    new = {question.ref for question in BOTH[0].questions} - {question.ref for question in asked[0].questions}
    assert of.not_asked == len(new) > 5
    assert verdict_of(of) == "No likely finding at the next audit, as far as is asked and answered"
    text = said(found)
    assert "The certificate is to ISO 9001:2026, the answers are for ISO 9001:2015 with Amendment 1:2024" in text
    assert f"{len(new)} questions of ISO 9001:2026 were never asked" in text
    assert "by what is answered" not in text
    same = certified("iso-9001=2026|2029-11-23|2027-11-01|surveillance")
    assert (same.of("iso-9001").held_edition, same.of("iso-9001").not_asked) == (None, 0)


def test_a_certificate_for_ever_and_an_audit_tomorrow_are_taken_as_told() -> None:
    found = certified(f"iso-14001=not-known||{ON + timedelta(days=1)}|")
    assert "ISO 14001, no end told" in said(found)
    text = said(found)
    assert "Next audit on 25 November 2026." in text
    assert "A certificate runs for three years and has a last day: look at it and tell it." in text
    assert "Auditor days: 2 for a surveillance, 4 for a recertification" in text


def test_an_audit_tomorrow_with_much_to_mend_says_what_comes_first() -> None:
    short = ENOUGH.with_rungs({question.ref: Rung.ABSENT for question in BOTH[0].questions})
    kept = f"iso-9001=2026|2028-01-01|{ON + timedelta(days=1)}|surveillance"
    text = said(certified(kept, sheet=short))
    assert "At 2 days a week there is time for about half a day until then: what is a likely major comes first." in text
    assert "comes first" not in said(certified(kept))


def test_surveillance_and_recertification_have_their_own_advice() -> None:
    watched = said(certified("iso-9001=2026|2028-01-01|2027-06-01|surveillance"))
    assert "Surveillance comes at least once in each calendar year." in watched
    assert "The recertification has to be over by 11 December 2027, majors closed" in watched
    renewed = said(certified("iso-9001=2026|2028-01-01|2027-06-01|recertification"))
    assert "Recertification is an audit of everything, before the certificate ends" in renewed
    assert "Surveillance comes" not in renewed


def test_a_certificate_that_ends_before_its_audit_or_runs_for_ever_is_doubted_aloud() -> None:
    early = said(certified("iso-9001=2026|2027-03-01|2027-06-01|recertification"))
    assert "It ends before its next audit: ask your certification body now." in early
    assert "told to run longer" in said(certified("iso-9001=2026|2099-12-31||"))
    assert "told to run longer" not in said(certified("iso-9001=2026|2029-11-23||"))


def test_the_table_of_auditor_days_shows_no_first_audit_of_what_is_held() -> None:
    found = certified("iso-9001=2026|2028-01-01|2027-06-01|surveillance")
    (shown,) = [block for block in auditor_days(found) if isinstance(block, Table)]
    rows = [[" ".join(run.text for text in cell for run in text) for cell in row] for row in shown.rows]
    assert rows[0] == ["ISO 9001", "held", "held", "held", "2", "3.5"]
    assert rows[1] == ["ISO 14001", "6", "2", "4.5", "2", "4"]
    assert rows[2][:4] == ["Together, integrated at best", "held", "held", "held"]


def test_a_missed_audit_is_named_as_such() -> None:
    assert "The next audit was due on 1 February 2026" in said(certified("iso-14001=2015|2028-01-01|2026-02-01|surveillance"))


def test_what_is_found_and_goes_stale_before_the_audit_is_said_with_the_work() -> None:
    short = ENOUGH.with_rungs({"iso-9001/calibration": Rung.ABSENT})
    audit = BOTH[0].by_ref["iso-9001/internal-audit"]
    answer = replace(short.answer(audit), last_done=date(2026, 3, 1))
    short = AnswerSheet(answers={**short.answers, audit.ref: answer})
    text = said(certified("iso-9001=2026|2028-01-01|2027-06-01|recertification", sheet=short))
    assert "1 likely major would be found there today." in text
    assert "Goes stale before it, on 1 March 2027: Has an internal audit" in text
    assert "To mend before it: 2 steps" in text, "the audit too, which does not count by then"
    assert "Auditor days there: 3.5, an estimate, not a quote." in text


def test_what_nobody_answered_of_a_held_standard_is_no_work_before_its_audit_and_no_finding() -> None:
    found = certified("iso-9001=2026|2028-01-01|2027-06-01|surveillance", sheet=AnswerSheet())
    (one,) = found.upkeep
    assert len(one.steps) > 30
    assert not one.certain
    assert "To mend before it" not in said(found)
    assert f"If every open answer turned out to be a gap: {len(one.steps)} steps on top" in said(found)
    assert {mends(step) for step in upkeep_steps(found.upkeep, after=0)} == {"Not known yet"}
    assert decide(one, found) == "In time for the audit (ISO 9001, surveillance on 1 June 2027): answer what is open."
    known = certified(
        "iso-9001=2026|2028-01-01|2027-06-01|surveillance", sheet=AnswerSheet().with_rungs({"iso-9001/policy": Rung.INFORMAL})
    )
    assert [step.key for step in known.upkeep[0].certain] == ["write-policy"]
    assert "To mend before it: 1 step, " in said(known)


def test_the_demo_with_its_certificate_shows_no_stage_1_for_it() -> None:
    values = {**DEMO.profile.values, "certificates": ("iso-9001=2026|2028-06-30|2027-06-01|surveillance",)}
    found = assess(LIBRARY, DEMO.questionnaires, DEMO.sheet, Profile(values=values), ON)
    assert found.way == (("iso-14001",),)
    data = to_data(summarise(found, "Demo", "", list(found.chosen)))
    assert [one["standard"] for one in data["held"]] == ["iso-9001"]
    assert "iso-9001" not in data["calendar"]["standards"]


@pytest.mark.parametrize("kept", ["iso-50001=2018|||", "nonsense"])
def test_a_certificate_of_something_else_changes_nothing(kept: str) -> None:
    assert certified(kept).way == certified().way
    assert said(certified(kept)) == ""


INFORMAL = ENOUGH.with_rungs({question.ref: Rung.INFORMAL for question in BOTH[0].questions})
SURVEILLANCE = f"iso-9001=2026|2028-05-31|{ON + timedelta(days=17)}|surveillance"


def test_a_holder_with_likely_majors_reads_of_the_risk_and_of_no_stage() -> None:
    found = certified(SURVEILLANCE, "iso-14001=2026|2029-01-01||", sheet=INFORMAL)
    of = found.of("iso-9001")
    assert (of.is_held, of.stops, of.next) == (True, (), None)
    assert len(of.graded(Grade.LIKELY_MAJOR)) > 5
    assert verdict_of(of) == "Certificate at risk at the next audit"
    assert "puts the certificate at risk" in said(found)
    rehearsal = rehearsal_in_words(of)
    assert "stage" not in rehearsal
    how = " ".join(calculation.verdict(of))
    assert f"(now {len(of.graded(Grade.LIKELY_MAJOR))})" in how
    assert "stage" not in how.lower()
    assert "Stage 1 needs" in " ".join(calculation.verdict(certified(sheet=INFORMAL).of("iso-9001")))
    assert "closed within the term of your certification body, 90 days at many (several sources)" in rehearsal
    assert verdict_of(found.of("iso-14001")) == "No likely finding at the next audit"


def test_a_holder_without_majors_is_not_called_at_risk() -> None:
    minor = ENOUGH.with_rungs({"iso-9001/risks": Rung.INFORMAL})
    assert verdict_of(certified(SURVEILLANCE, sheet=minor).of("iso-9001")) == "Likely minors at the next audit, and no major"
    half = AnswerSheet(answers=dict(list(ENOUGH.answers.items())[::2]))
    assert verdict_of(certified(SURVEILLANCE, sheet=half).of("iso-9001")).endswith(", as far as is asked and answered")
    assert "at risk" not in said(certified(SURVEILLANCE, sheet=minor))


def test_steps_that_mend_a_likely_major_come_first_before_the_next_audit() -> None:
    (one,) = certified(SURVEILLANCE, sheet=INFORMAL).upkeep
    mends = [step.key in one.of_majors for step in one.steps]
    assert 0 < sum(mends) < len(mends)
    assert mends == sorted(mends, reverse=True)
    alone = [step.key for step in plan([BOTH[0]], LIBRARY.actions, INFORMAL, certified().firm)]
    assert {step.key for step in one.steps} == set(alone)
    for kind in (True, False):
        kept = [step.key for step in one.steps if (step.key in one.of_majors) is kind]
        assert kept == sorted(kept, key=alone.index)


def test_a_director_who_holds_all_is_asked_for_the_steps_before_the_audit() -> None:
    found = certified(SURVEILLANCE, "iso-14001=2026|2029-01-01||", sheet=INFORMAL)
    summary = summarise(found, "Firm", "", list(found.chosen), notes={"set-scope": StepNote(owner="Ada")})
    (one, _) = found.upkeep
    asks = summary.asks
    assert asks.steps == len(one.steps) == sum(role.steps for role in asks.unowned) + 1
    assert {to_do.end for to_do in asks.to_sign} == {ON + timedelta(days=17)}
    assert "write-policy" in {to_do.key for to_do in asks.to_sign}
    page = " ".join(of_outline(replace(outline(summary), sections=director_sections(summary))))
    for text in ("nothing is certified for the first time", "Nobody: every step", "stage 1", "stage 2", "Stage 1"):
        assert squeezed(text) not in squeezed(page), text
    for text in (
        "likely majors are to be mended before the audit",
        "Next audit on 11 December 2026: surveillance.",
        "Auditor days there: 2,",
    ):
        assert squeezed(text) in squeezed(page), text
    assert [step.step.key in one.of_majors for step in first_steps(summary)] == [True] * 3


def test_every_step_before_the_audit_stands_in_reports_and_in_the_receipt() -> None:
    found = certified(SURVEILLANCE, sheet=INFORMAL)
    summary = summarise(found, "Firm", "", list(found.chosen))
    wanted = [step.action.title for step in found.upkeep[0].steps]
    numbers = [each.number for each in summary.before_audits]
    assert numbers == list(range(len(summary.steps) + 1, len(summary.steps) + len(wanted) + 1))
    assert [step["title"] for step in to_data(summary)["held"][0]["before-the-audit"]] == wanted
    assert [row.title for row in plan_rows(summary) if row.number in numbers] == wanted
    for told in (outline(summary), short_outline(summary)):
        (shown,) = [
            block
            for section in told.sections
            for block in section.blocks
            if isinstance(block, Table) and block.caption.startswith("To mend before the next audit")
        ]
        assert [row[1][0][0].text for row in shown.rows] == wanted


def test_what_is_not_answered_is_never_said_to_be_found_in_order() -> None:
    text = said(certified("iso-9001=2026|2028-01-01|2027-06-01|surveillance", sheet=answered(policy=Rung.IN_USE)))
    questions = len(BOTH[0].questions) - 1
    assert f"{questions} questions are open: what would be found on them is not known." in text
    assert "Nothing would be found there today" not in text


def test_a_demand_for_what_is_held_never_stands_beside_the_word_that_no_standard_is_urgent() -> None:
    found = certified("iso-9001=2026|2028-05-31|2027-05-01|surveillance", asked_in_writing="iso-9001", permits="no")
    assert (found.recommendation.advice, found.recommendation.why) == (Advice.NONE_URGENT, Why.ALL_WEAK)
    assert any(fit.demanded for fit in found.fits)
    for text in (headline_in_words(found), reason_in_words(found)):
        assert "No standard is urgent" not in text
        assert "strongly for any of them" not in text
    assert "Beside what you hold, nothing you told us speaks strongly for another." in reason_in_words(found)
    assert "strongly for any of them" in reason_in_words(certified(permits="no", environmental_complexity="limited"))


def test_a_deed_that_is_too_old_is_no_risk_in_the_words_of_an_answer_that_is_well() -> None:
    sheet = AnswerSheet(
        answers={
            **ENOUGH.answers,
            "iso-9001/internal-audit": replace(ENOUGH.answers["iso-9001/internal-audit"], last_done=ON - timedelta(days=500)),
        }
    )
    found = certified("iso-9001=2026|2028-05-31|2027-05-01|surveillance", sheet=sheet)
    page = " ".join(of_outline(outline(summarise(found, "Firm", "", ["iso-9001"]))))
    assert squeezed("9.2 Internal audit: It was last done too long ago for its rhythm.") in squeezed(page)
