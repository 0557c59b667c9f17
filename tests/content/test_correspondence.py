"""What the two standards share, clause by clause (DOMAIN.md section 1.4), comes out of the topics of the questions.

The table below is copied from that section and says how far two clauses share a process. What an auditor accepts as evidence
is graded topic by topic, as a lead auditor did: a pair of clauses is as strong as the weakest topic that questions on both
sides join; "none" where no topic joins them.
"""

from datetime import date

import pytest

from assessment.domain.answers import AnswerSheet
from assessment.domain.comparison import compare, full_carry_over
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.result import assess
from assessment.domain.rules import Overlap, Rung
from assessment.domain.standard import Question
from assessment.domain.verdict import Verdict
from tests.support.content import LIBRARY

STRENGTH = {Overlap.FULL: "same", Overlap.MOST: "largely", Overlap.PART: "partly"}

Cell = str | dict[str, str]

# Clauses of ISO 9001, clauses of ISO 14001, strength; for the 2015 editions and, where it differs, the 2026 ones.
# An empty side stands for every other clause of that standard: nothing there may correspond.
ROWS: list[tuple[Cell, Cell, Cell]] = [
    ("4.1", "4.1", "largely"),
    ("4.2", "4.2", "largely"),
    ("4.3", "4.3", "largely"),
    ("4.4", "4.4", "largely"),
    ("5.1.1", "5.1", "largely"),
    ("5.1.2", "", "none"),
    ("5.2", "5.2", "partly"),
    ("5.3", "5.3", "same"),
    ("6.1.1", {"2015": "6.1.1", "2026": "6.1.1 6.1.4"}, "partly"),
    ({"2015": "6.1.2", "2026": "6.1.2 6.1.3"}, {"2015": "6.1.4", "2026": "6.1.5"}, "largely"),
    ("", "6.1.2", "none"),
    ("8.2.2", "6.1.3", "partly"),
    ("6.2", "6.2", "largely"),
    ("6.3", {"2015": "", "2026": "6.3"}, {"2015": "none", "2026": "largely"}),
    ("7.1.1 7.1.2", "7.1", "largely"),
    ("7.1.3 7.1.4", "7.1 8.1", "partly"),
    ("7.1.5", "9.1.1", "partly"),
    ("7.1.6", "", "none"),
    ("7.2", "7.2", "same"),
    ("7.3", "7.3", "largely"),
    ("7.4", "7.4", "partly"),
    ("7.5", "7.5", "same"),
    ("8.1", "8.1", "partly"),
    ("8.2.1 8.2.3 8.2.4", "", "none"),
    ("8.3", "8.1", "partly"),
    ("8.4", "8.1", "partly"),
    ("8.5", "8.1", "partly"),
    ("8.6 8.7", "", "none"),
    ("", "8.2", "none"),
    ("9.1.1", "9.1.1", "largely"),
    ("9.1.2", "", "none"),
    ("", "9.1.2", "none"),
    ("9.1.3", "9.1.1", "largely"),
    ("9.2", "9.2", "same"),
    ("9.3", "9.3", "largely"),
    ("10.2", "10.2", "same"),
    ({"2015": "10.1 10.3", "2026": "10.1"}, {"2015": "10.1 10.3", "2026": "10.1"}, "largely"),
]

# One process serves both here, but its evidence must show the other subject, and nothing that was done for one system counts
# for the other: so the weakest topic of the pair lies below what the table says.
EVIDENCE_CARRIES_LESS = {
    "5.3": "partly",  # what people may decide about valves and drains
    "7.2": "partly",  # proof of competence
    "7.5": "largely",  # approval and control of documents are the same, what must be kept is not
    "9.2": "partly",  # an audit that was made
    "9.3": "partly",  # a review that was held
    "10.2": "partly",  # how harm was limited
}

# Topic by topic, what an auditor of either standard takes from the other.
GRADED = {
    Overlap.FULL: "document-approval documents",
    Overlap.MOST: """roles reporting document-needs external-documents records audit-programme nonconformity-records
        corrective-action effect-of-actions competence-needs training-effect""",
    Overlap.PART: """competence authority reaction auditors audit-follow-up climate internal-audit management-review
        review-inputs review-decisions""",
}
# What was done for one system: the reason shown must say that it shows nothing for the other.
DONE_FOR_ONE = ("internal-audit", "auditors", "audit-follow-up", "management-review", "review-inputs", "review-decisions")


def of(value: Cell, edition: str) -> str:
    return value if isinstance(value, str) else value[edition]


def under(standard_id: str, edition: str, clauses: str) -> list[Question]:
    """The questions under some clauses; under all of them where none is named."""
    questionnaire = LIBRARY.questionnaire(standard_id, edition, QuestionPath.FULL)
    wanted = clauses.split()
    return [
        question
        for question in questionnaire.questions
        if not wanted
        or any(number == each or number.startswith(each + ".") for number in questionnaire.clauses(question) for each in wanted)
    ]


def strength(left: list[Question], right: list[Question]) -> str:
    links: dict[str, list[Overlap]] = {}
    sides = [{q.topic.topic.id for q in side if q.topic} for side in (left, right)]
    for question in (*left, *right):
        if question.topic and question.topic.topic.id in sides[0] & sides[1]:
            links.setdefault(question.topic.topic.id, []).append(question.topic.overlap)
    # Climate change is one shared question inside 4.1 and 4.2 and says nothing about the rest of them.
    links.pop("climate", None)
    return STRENGTH[Overlap.least(each for overlaps in links.values() for each in overlaps)] if links else "none"


@pytest.mark.parametrize("edition", ["2015", "2026"])
@pytest.mark.parametrize("row", ROWS, ids=[f"{row[0] or '-'} to {row[1] or '-'}" for row in ROWS])
def test_the_correspondence_of_the_two_standards_comes_out_of_the_topics(row: tuple[Cell, Cell, Cell], edition: str) -> None:
    left, right = of(row[0], edition), of(row[1], edition)
    asked_left, asked_right = under("iso-9001", edition, left), under("iso-14001", edition, right)
    assert asked_left
    assert asked_right
    assert strength(asked_left, asked_right) == EVIDENCE_CARRIES_LESS.get(left, of(row[2], edition))


@pytest.mark.parametrize("edition", ["2015", "2026"])
@pytest.mark.parametrize("overlap", GRADED)
def test_each_topic_carries_as_far_as_a_lead_auditor_lets_it(overlap: Overlap, edition: str) -> None:
    shared = compare(*(LIBRARY.questionnaire(each, edition, QuestionPath.FULL) for each in ("iso-9001", "iso-14001"))).shared
    graded = {each.topic.id: each.overlap for each in shared}
    for topic in GRADED[overlap].split():
        assert graded[topic] is overlap, topic
    full = {topic for topic, found in graded.items() if found is Overlap.FULL}
    assert full == set(GRADED[Overlap.FULL].split())


@pytest.mark.parametrize("standard", ["iso-9001", "iso-14001"])
def test_what_was_done_for_one_system_is_said_to_show_nothing_for_the_other(standard: str) -> None:
    looked_at = [q for q in LIBRARY.standards[standard].questions if q.topic and q.topic.topic.id in DONE_FOR_ONE]
    assert {q.topic.topic.id for q in looked_at if q.topic} == set(DONE_FOR_ONE)
    for question in looked_at:
        assert question.topic
        assert question.topic.overlap is Overlap.PART, question.ref
        if question.id != "auditor-competence":  # how to audit is learnt once
            assert "nothing" in question.topic.because, question.ref


@pytest.mark.parametrize("edition", ["2015", "2026"])
def test_all_that_a_certified_quality_system_offers_leaves_review_audit_and_management_review_to_do(edition: str) -> None:
    source, target = (LIBRARY.questionnaire(each, edition, QuestionPath.FULL) for each in ("iso-9001", "iso-14001"))
    offered = full_carry_over(target, source)
    assert len(offered.suggested) > 20
    done = [each for each in offered.suggested if each.question.topic and each.question.topic.topic.id in DONE_FOR_ONE]
    assert [each.question.id for each in done] == []
    assert [each.question.id for each in offered.suggested if each.question.deed] == []
    assert all(each.rung <= Rung.INFORMAL for each in offered.suggested if each.overlap is not Overlap.FULL)
    sheet = AnswerSheet(answers={ref: answer for ref, answer in offered.sheet.answers.items() if ref.startswith("iso-14001/")})
    result = assess(LIBRARY, [target], sheet, Profile(), date(2026, 11, 27))
    assert result.of("iso-14001").verdict_range.worst is Verdict.TOO_EARLY
    steps = {step.action.key for step in result.steps}
    assert {"iso-14001/environmental-review", "iso-14001/evaluate-compliance", "iso-14001/hold-drill"} <= steps
    assert {"audit-internally", "review-by-management"} <= steps


def test_the_table_counts_as_its_source_does() -> None:
    for edition, largely, none in (("2015", 13, 9), ("2026", 14, 8)):
        counted = [of(row[2], edition) for row in ROWS]
        assert len(counted) == 37
        assert (counted.count("same"), counted.count("largely"), counted.count("partly"), counted.count("none")) == (
            5,
            largely,
            10,
            none,
        )


def test_equal_numbers_with_different_content_are_never_joined() -> None:
    for number in ("8.2", "9.1.2", "6.1.2", "6.1.3"):
        for edition in ("2015", "2026"):
            left = [q for q in under("iso-9001", edition, number) if q.id != "product-law"]
            assert strength(left, under("iso-14001", edition, number)) == "none"
