"""Answers and the sheet that holds them."""

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest

from assessment.domain.answers import NO_ANSWER, Answer, AnswerSheet, Evidence, State, on_rung
from assessment.domain.rules import Rung
from tests.support.content import LIBRARY


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


def test_what_applies_is_by_ref_with_its_rung_and_open_where_there_is_none() -> None:
    asked = [LIBRARY.questions[f"iso-9001/{name}"] for name in ("scope", "design", "roles")]
    sheet = AnswerSheet(answers={asked[1].ref: Answer(state=State.NOT_APPLICABLE, reason="We build what customers drew.")})
    sheet = sheet.with_rungs({asked[0].ref: Rung.DEFINED})
    assert sheet.applying(asked) == {"iso-9001/scope": Rung.DEFINED, "iso-9001/roles": None}


def test_new_rungs_keep_the_other_answers_as_they_are() -> None:
    noted = Answer(state=State.UNKNOWN, note="ask Kim")
    sheet = AnswerSheet(answers={"iso-9001/scope": noted, "iso-9001/policy": noted}).with_rungs({"iso-9001/scope": Rung.IN_USE})
    assert sheet.answers == {"iso-9001/scope": on_rung(Rung.IN_USE), "iso-9001/policy": noted}


def test_a_note_is_all_of_an_answer_that_counts_for_nothing() -> None:
    noted = on_rung(Rung.DEFINED)
    assert noted.counts_like(Answer(state=State.RUNG, rung=Rung.DEFINED, note="ask Kim"))
    others: dict[str, Any] = {
        "rung": Rung.IN_USE,
        "last_done": date(2026, 1, 1),
        "evidence": (Evidence(title="Plan"),),
        "reason": "none",
    }
    for name in {field.name for field in fields(Answer)} - {"note", "state"}:
        assert not noted.counts_like(replace(noted, **{name: others.get(name, "Kim")})), name
    earlier = AnswerSheet(answers={"a/one": noted, "a/two": noted, "a/three": noted})
    later = AnswerSheet(
        answers={"a/one": replace(noted, note="ask"), "a/two": on_rung(Rung.ABSENT), "a/four": Answer(note="?")}
    )
    assert later.counting_otherwise(earlier) == {"a/two", "a/three"}
    assert earlier.counting_otherwise(later) == {"a/two", "a/three"}
