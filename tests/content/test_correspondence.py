"""What the two standards share, clause by clause (DOMAIN.md section 1.4), comes out of the topics of the questions.

The table below is copied from that section. A pair of clauses is as strong as the weakest topic that questions on both sides
join; "none" where no topic joins them.
"""

import pytest

from assessment.content import load
from assessment.domain.question_path import QuestionPath
from assessment.domain.rules import Overlap
from assessment.domain.standard import Question
from assessment.paths import shipped

LIBRARY = load(shipped("questionnaires"))
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
    assert strength(asked_left, asked_right) == of(row[2], edition)


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
