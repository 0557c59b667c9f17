"""What a worksheet proposes to questions: no more than its lines carry, never lowering, less when old."""

from dataclasses import replace
from datetime import date

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.completeness import Completeness, completeness
from assessment.domain.question_path import QuestionPath
from assessment.domain.rules import Rung
from assessment.domain.worksheet_feeds import HIGHEST, WorksheetProposal, old_registers, proposals
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
    assert found.rung is Rung.DEFINED
    assert [register.id for register in old_registers(completeness(filled({"D1": DUTY}), old))] == ["obligations"]
    assert old_registers(completeness(filled({}), old)) == ()


PARTY = {"party": "Neighbours", "kind": "neighbour", "expects": "No smell", "heard": "letter", "binding": "no"}


def touched(told: Told, **days: date) -> Completeness:
    lines = {name: replace(each, changed_on=days[name]) for name, each in filled(told).lines.items()}
    return completeness(replace(filled({}), lines=lines), TODAY)


def test_a_line_touched_elsewhere_makes_no_old_line_young() -> None:
    control, old = {"control": "Scrubber", "kind": "equipment"}, date(2023, 3, 1)
    told = {"C1": PARTY, "C2": {**PARTY, "party": "Bank"}, "C3": {**PARTY, "party": "Council"}, "H1": control}

    def parties(on: date, *, elsewhere: date) -> tuple[Rung, date | None]:
        complete = touched(told, C1=on, C2=old, C3=old, H1=elsewhere)
        found = {each.question.id: each for each in proposals(complete, [ISO_14001], AnswerSheet())}["parties"]
        return found.rung, found.shown_on

    assert parties(old, elsewhere=TODAY) == (Rung.DEFINED, old)
    assert parties(TODAY, elsewhere=old) == (Rung.IN_USE, TODAY)
    long_ago = touched(told, C1=old, C2=old, C3=old, H1=old)
    assert [register.id for register in old_registers(long_ago)] == ["parties", "controls"]
    confirmed = {**long_ago.filled.lines, "C1": replace(long_ago.filled.lines["C1"], confirmed_on=TODAY)}
    again = completeness(replace(long_ago.filled, lines=confirmed), TODAY)
    assert [register.id for register in old_registers(again)] == ["controls"]


def test_an_evaluation_counts_from_the_line_that_was_checked_longest_ago() -> None:
    found = proposed({"D1": {**DUTY, "checked": "2026-02-03"}, "D2": {**DUTY, "title": "Noise", "checked": "2026-11-01"}})
    evaluation = found["compliance-evaluation"]
    assert (evaluation.rung, evaluation.last_done, evaluation.shown_on) == (Rung.IN_USE, date(2026, 2, 3), date(2026, 2, 3))
    assert (found["obligations-meaning"].last_done, found["obligations-meaning"].shown_on) == (None, TODAY)


def test_what_is_proposed_as_done_says_when_it_was_done() -> None:
    lived = [feed for each in LIBRARY.worksheets.values() for feed in each.feeds if feed.rung is Rung.IN_USE]
    deeds = [feed for feed in lived if LIBRARY.questions[feed.question].deed]
    assert [(feed.question, feed.done_on) for feed in deeds] == [("iso-14001/compliance-evaluation", "checked")]


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
