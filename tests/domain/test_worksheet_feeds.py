"""What a worksheet proposes to questions: no more than its lines carry, never lowering, less when old."""

from dataclasses import replace
from datetime import date

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.completeness import completeness
from assessment.domain.question_path import QuestionPath
from assessment.domain.rules import Rung
from assessment.domain.worksheet_feeds import HIGHEST, WorksheetProposal, is_old, proposals
from tests.support.content import LIBRARY
from tests.support.worksheets import PROCESS_MAP, REVIEW, TODAY, Told, filled

ISO_14001 = LIBRARY.questionnaire("iso-14001", "2026", QuestionPath.FULL)
ISO_9001 = LIBRARY.questionnaire("iso-9001", "2026", QuestionPath.FULL)
DUTY = {
    "title": "Waste",
    "level": "national",
    "means": "Notes",
    "who": "Kim",
    "kept": "yes",
    "proof": "Folder",
    "checked": "2026-11-01",
}


def proposed(told: Told, sheet: AnswerSheet | None = None, on: date = TODAY) -> dict[str, WorksheetProposal]:
    found = proposals(completeness(filled(told), on), [ISO_14001], sheet or AnswerSheet())
    return {each.question.id: each for each in found}


def test_an_empty_worksheet_proposes_nothing() -> None:
    assert proposed({}) == {}


def test_obligations_propose_the_rung_that_their_lines_carry_and_name_them() -> None:
    found = proposed({"D1": DUTY, "D2": {**DUTY, "kept": "not-known"}})
    assert found["obligations"].rung is Rung.DEFINED
    assert [each.id for each in found["obligations"].lines] == ["D1", "D2"]
    assert found["obligations"].count == 2
    assert found["obligations-meaning"].rung is Rung.IN_USE
    assert found["compliance-evaluation"].rung is Rung.DEFINED
    assert proposed({"D1": DUTY})["compliance-evaluation"].rung is Rung.IN_USE


def test_nothing_is_lowered_and_what_is_there_already_is_not_proposed_again() -> None:
    question = ISO_14001.by_ref["iso-14001/obligations-meaning"]

    def sheet(rung: Rung) -> AnswerSheet:
        return AnswerSheet().with_rungs({question.ref: rung})

    assert question.id not in proposed({"D1": DUTY}, sheet(Rung.IMPROVED))
    assert question.id not in proposed({"D1": DUTY}, sheet(Rung.IN_USE))
    assert proposed({"D1": DUTY}, sheet(Rung.INFORMAL))[question.id].present is Rung.INFORMAL


def test_what_does_not_apply_is_left_alone() -> None:
    question = replace(ISO_14001.by_ref["iso-14001/obligations-meaning"], may_not_apply="when there is nothing to keep")
    questionnaire = replace(ISO_14001, questions=(question,))
    left_out = AnswerSheet(answers={question.ref: Answer(state=State.NOT_APPLICABLE, reason="We keep nothing at all here.")})
    complete = completeness(filled({"D1": DUTY}), TODAY)
    assert proposals(complete, [questionnaire], AnswerSheet()) != ()
    assert proposals(complete, [questionnaire], left_out) == ()


def test_a_review_older_than_twelve_months_proposes_less() -> None:
    young, old = date(2027, 11, 27), date(2027, 11, 28)
    assert proposed({"D1": DUTY}, on=young)["obligations-meaning"].rung is Rung.IN_USE
    found = proposed({"D1": DUTY}, on=old)["obligations-meaning"]
    assert (found.rung, found.limited_by_age) == (Rung.DEFINED, True)
    assert is_old(completeness(filled({"D1": DUTY}), old))
    assert not is_old(completeness(filled({}), old))


def test_no_feed_of_any_worksheet_says_more_than_in_use() -> None:
    feeds = [feed for worksheet in LIBRARY.worksheets.values() for feed in worksheet.feeds]
    assert len(feeds) > 40
    assert all(feed.rung <= HIGHEST for feed in feeds)


def test_what_asks_for_deeds_of_people_is_never_touched() -> None:
    untouched = {
        *("policy", "leadership", "roles", "objectives", "competence", "internal-audit", "management-review"),
        *("emergency-drill", "significance-known", "compliance-status", "continual-improvement"),
    }
    assert untouched.isdisjoint(feed.question.partition("/")[2] for feed in REVIEW.feeds)


def test_a_quality_worksheet_feeds_the_questions_on_processes_and_risks() -> None:
    told = {f"P{n}": {"name": "A", "owner": "B", "inputs": "C", "outputs": "D", "measure": "E"} for n in (1, 2, 3)}
    found = proposals(completeness(filled(told, PROCESS_MAP), TODAY), [ISO_9001, ISO_14001], AnswerSheet())
    assert [(each.question.id, each.rung) for each in found] == [
        ("processes", Rung.DEFINED),
        ("process-owners", Rung.DEFINED),
        ("process-measures", Rung.DEFINED),
    ]
