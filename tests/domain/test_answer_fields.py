"""The fields of an answer: the table says all of them, and what was written in any shape is read in the present one."""

import dataclasses
import json
from datetime import date

import pytest

from assessment.domain.answer_fields import (
    ANSWER_FIELDS,
    SHAPE,
    fields_since,
    from_plain,
    from_receipt,
    further_fields,
    plain_fields,
    shape,
    to_plain,
    to_receipt,
    typed_part,
    upcast,
)
from assessment.domain.answers import NO_ANSWER, Answer, Evidence, State, evidence_room, still_carried_from
from assessment.domain.limits import LONGEST_LINE, LONGEST_TEXT, MOST_EVIDENCE
from assessment.domain.rules import Rung

FULL = Answer(
    state=State.RUNG,
    rung=Rung.IN_USE,
    reason="why",
    who="Ada",
    note="a note\nof two lines",
    evidence=(Evidence(title="Report", where="Cellar", dated=date(2026, 3, 1)), Evidence(title="Another")),
    last_done=date(2026, 2, 1),
    carried_from="some/other",
)
# The same as the first shape wrote it.
FIRST_SHAPE = {
    "state": "rung",
    "rung": "in-use",
    "reason": "why",
    "who": "Ada",
    "note": "a note\nof two lines",
    "evidence": '[{"dated":"2026-03-01","title":"Report","where":"Cellar"},{"dated":"","title":"Another","where":""}]',
    "last_done": "2026-02-01",
    "carried_from": "some/other",
}


def test_the_table_has_every_field_of_an_answer_once() -> None:
    names = [field.name for field in ANSWER_FIELDS]
    assert sorted(names) == sorted(field.name for field in dataclasses.fields(Answer))
    assert len({field.in_receipt for field in ANSWER_FIELDS}) == len(names) == len(set(names))
    assert [field.longest for field in plain_fields()] == [LONGEST_TEXT, LONGEST_LINE, LONGEST_TEXT, 0]
    assert further_fields() == ()


@pytest.mark.parametrize("answer", [FULL, NO_ANSWER, Answer(state=State.UNKNOWN, who="Ada")])
def test_an_answer_comes_back_from_json_and_from_a_receipt(answer: Answer) -> None:
    assert from_plain(json.loads(json.dumps(to_plain(answer)))) == answer
    assert from_receipt(json.loads(json.dumps(to_receipt(answer)))) == answer
    assert upcast(to_plain(answer)) == to_plain(answer)


def test_an_answer_of_the_first_shape_is_read_in_the_present_one() -> None:
    assert upcast(FIRST_SHAPE) == to_plain(FULL)
    assert upcast(FIRST_SHAPE)[SHAPE] == shape()
    empty = {**dict.fromkeys(FIRST_SHAPE, ""), "state": "unanswered"}
    assert from_plain(upcast(empty)) == NO_ANSWER


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"note": 7}, "^is not a text$"),
        ({"evidence": "x"}, "^evidence is not a list$"),
        ({"evidence": [{"title": "x"}]}, "^a piece of evidence has other fields$"),
    ],
)
def test_what_is_wrong_is_said(change: dict[str, object], said: str) -> None:
    with pytest.raises((TypeError, ValueError), match=said):
        from_plain({**to_plain(FULL), **change})


@pytest.mark.parametrize("written", [0, -1, 99, "2", "x" * 90, True])
def test_a_shape_that_is_not_known_is_refused_and_named(written: object) -> None:
    said = f"^an answer of shape {str(written)[:20]}; this version knows shapes up to {shape()}$"
    with pytest.raises(ValueError, match=said):
        upcast({**to_plain(FULL), SHAPE: written})


def test_every_field_is_of_a_shape_that_is_known() -> None:
    assert fields_since(0) == ANSWER_FIELDS
    assert fields_since(shape()) == ()


@pytest.mark.parametrize("change", [{"note": 7}, {"rung": ""}, {"evidence": "x"}, {"last_done": "soon"}, {"state": "perhaps"}])
def test_what_no_answer_can_be_is_refused(change: dict[str, object]) -> None:
    with pytest.raises((TypeError, ValueError, LookupError)):
        from_plain({**to_plain(FULL), **change})


def test_where_an_answer_was_carried_from_makes_no_difference_in_a_merge_and_lasts_as_long_as_its_rung() -> None:
    assert typed_part(FULL) == typed_part(dataclasses.replace(FULL, carried_from=""))
    assert typed_part(FULL) != typed_part(dataclasses.replace(FULL, note=""))
    assert still_carried_from(FULL, Rung.IN_USE) == "some/other"
    assert still_carried_from(FULL, Rung.ABSENT) == ""


def test_there_is_room_for_more_evidence_only_where_there_is_more_already() -> None:
    many = dataclasses.replace(FULL, evidence=tuple(Evidence(title=str(number)) for number in range(12)))
    assert evidence_room(NO_ANSWER, FULL) == MOST_EVIDENCE
    assert evidence_room(NO_ANSWER, many) == 12
