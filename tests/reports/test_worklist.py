"""The findings as a list to work through."""

import pytest

from assessment.domain.answers import Answer, Evidence, State, on_rung
from assessment.domain.findings import Grade
from assessment.domain.result import assess
from assessment.domain.rules import Rung
from assessment.reports.summary import GapSummary, summarise
from assessment.reports.worklist import FINDINGS, REMARKS, Filter, Kind, Row, Worklist, worklist
from tests.support.summaries import ALL, demo, demo_result


def rows(listed: Worklist) -> list[Row]:
    return [row for standard in listed.standards for kept in standard.rows.values() for row in kept]


def test_everything_a_summary_holds_has_a_row_of_its_kind() -> None:
    summary = demo()
    listed = worklist(summary, Filter())
    for standard, of in zip(summary.standards, listed.standards, strict=True):
        expected = {
            Kind.MAJOR: sum(line.grade is Grade.LIKELY_MAJOR for line in standard.findings),
            Kind.MINOR: sum(line.grade is Grade.LIKELY_MINOR for line in standard.findings),
            Kind.MET: len(standard.met),
            Kind.EXCLUDED: len(standard.excluded),
            Kind.UNKNOWN: len(standard.unknown),
            Kind.STOP: len(standard.result.stops),
            Kind.NEXT: len(standard.result.next.questions) if standard.result.next else 0,
            Kind.NOT_SHOWN: len(standard.result.not_shown_yet),
            Kind.NOTHING_YET: len(standard.result.nothing_to_show_yet),
            Kind.LOOK_AGAIN: len(standard.result.worth_another_look),
            Kind.AGEING: len(standard.result.freshness),
        }
        assert {kind: len(kept) for kind, kept in of.rows.items()} == {kind: n for kind, n in expected.items() if n}
    assert sum(listed.counts.values()) == listed.shown == len(rows(listed)) > 0


def test_rows_stand_in_the_order_of_the_summary_gravest_first() -> None:
    summary = demo()
    for standard, of in zip(summary.standards, worklist(summary, Filter()).standards, strict=True):
        found = [row.finding for kind in FINDINGS for row in of.rows.get(kind, ())]
        assert found == list(standard.findings)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_kind_shows_its_rows_only_and_counts_the_others_still(kind: Kind) -> None:
    everything = worklist(demo(), Filter())
    listed = worklist(demo(), Filter(kind=kind))
    assert listed.counts == everything.counts
    assert rows(listed) == [row for row in rows(everything) if row.kind is kind]


def test_a_standard_and_a_chapter_leave_what_is_of_both() -> None:
    everything = rows(worklist(demo(), Filter(standard=ALL[1])))
    listed = worklist(demo(), Filter(standard=ALL[1], chapter="8"))
    assert [each.summary.result.questionnaire.standard.id for each in listed.standards] == [ALL[1]]
    assert rows(listed) == [row for row in everything if row.clause.startswith("8.")]
    assert 0 < listed.shown == sum(listed.counts.values()) < len(everything)


@pytest.mark.parametrize(
    "text", ["cellar key", "CELLAR", "key  in the cellar", "9.2", "works council", "internal audit", "inspection report"]
)
def test_each_word_is_looked_for_in_clauses_questions_and_what_people_wrote(text: str) -> None:
    said = Answer(
        state=State.RUNG,
        rung=Rung.ABSENT,
        note="The key is in the cellar.",
        who="Works council",
        evidence=(Evidence(title="Inspection report"),),
    )
    listed = worklist(_demo_with(internal_audit=said), Filter(text=text, kind=Kind.MAJOR))
    assert "9.2" in [row.clause for row in rows(listed)]


def test_a_word_that_nobody_said_leaves_nothing() -> None:
    listed = worklist(demo(), Filter(text="the cellar is full of zebras"))
    assert listed.shown == 0
    assert not listed.counts


def test_an_area_with_one_short_question_is_called_by_it_and_none_is_called_like_another() -> None:
    for standard in worklist(demo(), Filter()).standards:
        found = [row for kind in FINDINGS for row in standard.rows.get(kind, ())]
        assert found
        for row in found:
            assert len(row.questions) > 1 or row.title == row.questions[0].asks
        assert len({row.title for row in found}) == len(found)
        assert "General" not in {row.title for row in found}


def test_what_is_said_of_a_met_question_is_remarked_on_it() -> None:
    summary = _demo_with(internal_audit=on_rung(Rung.IN_USE))
    first = worklist(summary, Filter()).standards[0]
    assert first.remarks[f"{ALL[0]}/internal-audit"] == (Kind.NOT_SHOWN,)
    assert {kind for kinds in first.remarks.values() for kind in kinds} <= set(REMARKS)


def test_a_stop_that_concerns_the_whole_system_has_no_question_and_is_in_no_chapter() -> None:
    result = demo_result()
    nothing = result.sheet.with_rungs({q.ref: Rung.ABSENT for each in result.questionnaires for q in each.questions})
    absent = assess(result.library, result.questionnaires, nothing, result.profile, result.on)
    summary = summarise(absent, "Nobody", "", ALL)
    whole = [row for row in rows(worklist(summary, Filter(kind=Kind.STOP))) if not row.questions]
    assert len(whole) == len(ALL)
    assert all(row.questions for row in rows(worklist(summary, Filter(kind=Kind.STOP, chapter="4"))))


def _demo_with(**answers: Answer) -> GapSummary:
    return summarise(demo_result(**answers), "Brook", "", ALL)
