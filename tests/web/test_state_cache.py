"""A state made of an earlier one and what the history says since is the same as one that is read as a whole."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.domain.answers import Answer, State
from assessment.domain.answers import on_rung as answered
from assessment.domain.rules import Rung
from assessment.storage.answers import load_sheet, save_answers
from assessment.storage.history import last_change
from assessment.storage.merge_save import Proposed
from assessment.storage.profiles import load_profile, save_profile
from assessment.storage.suggestions import settle
from assessment.web.shell.state_cache import MOST_WORKED_OUT, PAGES_KEPT, CachedState, StateCache, WorkedOut, carried_on
from tests.support.apps import NOW
from tests.support.assessments import chain_of
from tests.support.opener import Browser
from tests.web.test_worksheets import add

REFS = ("iso-9001/internal-audit", "iso-9001/scope", "iso-14001/scope")
Change = Callable[[str], None]


def answer(ref: str, value: Answer) -> Change:
    def change(key: str) -> None:
        version = load_sheet(key)[1].get(ref, 0)
        save_answers(key, [Proposed(key=ref, value=value, base_version=version)], who="Ada", at=NOW)

    return change


def say(size: str) -> Change:
    def change(key: str) -> None:
        version = load_profile(key)[1].get("size", 0)
        save_profile(key, [Proposed(key="size", value=(size,), base_version=version)], who="Ada", at=NOW)

    return change


def refuse(key: str) -> None:
    settle(key, refused={REFS[0]: REFS[2]}, who="Ada", at=NOW)


ANSWERS = st.builds(answer, st.sampled_from(REFS), st.builds(answered, st.sampled_from(Rung)))
CHANGES = st.lists(
    st.one_of(ANSWERS, ANSWERS, st.builds(say, st.sampled_from(["10", "20", "30"])), st.just(refuse)), max_size=4
)


def said(state: CachedState) -> tuple[object, ...]:
    return state.sheet, state.versions, state.profile, state.changes, state.chain


def started(app: Flask) -> str:
    return Browser(app).start().split("/")[2]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(CHANGES, min_size=1, max_size=5))
def test_a_state_carried_on_is_what_is_stored(app: Flask, rounds: list[list[Change]]) -> None:
    key = started(app)
    with app.app_context():
        following = StateCache()
        for changes in rounds:
            for change in changes:
                change(key)
            chain = chain_of(key)
            assert said(following.state_of(key, chain)) == said(StateCache().state_of(key, chain))
            assert following.state_of(key, chain) is following.state_of(key, chain)


def test_only_what_changed_is_read_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    key, states = started(app), StateCache()
    with app.app_context():
        states.state_of(key, chain_of(key))
        answer(REFS[0], answered(Rung.ABSENT))(key)
        monkeypatch.setattr("assessment.web.shell.state_cache.load_sheet", lambda _: pytest.fail("all read again"))
        monkeypatch.setattr("assessment.web.shell.state_cache.load_profile", lambda _: pytest.fail("all read again"))
        assert states.state_of(key, chain_of(key)).sheet.answers[REFS[0]].rung is Rung.ABSENT


def test_states_have_together_what_was_made_of_a_part_that_did_not_change(app: Flask) -> None:
    browser = Browser(app)
    hub = browser.start()
    key, states = hub.split("/")[2], StateCache()

    def now() -> CachedState:
        with app.app_context():
            return states.state_of(key, chain_of(key))

    def common(one: CachedState, other: CachedState) -> set[str]:
        assert one.chain != other.chain
        parts = ("of_worksheets", "of_profile", "of_answers")
        return {part for part in parts if getattr(one, part) is getattr(other, part)}

    first = now()
    with app.app_context():
        answer(REFS[0], answered(Rung.ABSENT))(key)
    second = now()
    assert common(first, second) == {"of_worksheets", "of_profile"}
    with app.app_context():
        refuse(key)
    third = now()
    assert common(second, third) == {"of_worksheets", "of_profile", "of_answers"}
    add(browser, hub, "A", {"name": "Works"})
    fourth = now()
    assert common(third, fourth) == {"of_profile", "of_answers"}
    with app.app_context():
        say("20")(key)
    assert common(fourth, now()) == {"of_worksheets"}


def test_pages_that_show_no_note_are_had_together_while_nothing_else_changes(app: Flask) -> None:
    key, states = started(app), StateCache()
    with app.app_context():

        def after(*changes: Change) -> CachedState:
            for change in changes:
                change(key)
            return states.state_of(key, chain_of(key))

        before, noted = answered(Rung.ABSENT), Answer(state=State.RUNG, rung=Rung.ABSENT, note="ask Kim")
        first = after(answer(REFS[0], before))
        assert first.get_or_write("page", lambda: "first", shows_notes=False) == "first"
        assert first.get_or_write("page", lambda: "with notes") == "with notes"
        second = after(answer(REFS[0], noted), answer(REFS[1], Answer(note="of nothing yet")))
        assert second.get_or_write("page", lambda: "second", shows_notes=False) == "first"
        assert second.get_or_write("page", lambda: "other notes") == "other notes"
        others = (answer(REFS[0], Answer(state=State.RUNG, rung=Rung.ABSENT, who="Kim")), say("10"), refuse)
        for number, other in enumerate(others):
            state = after(answer(REFS[0], replace(noted, note=f"note {number}")), other)
            assert state.get_or_write("page", lambda: "anew", shows_notes=False) == "anew"
            state.pages_without_notes.clear()


def test_what_is_begun_anew_knows_what_was_worked_out_last_and_nothing_older() -> None:
    first = WorkedOut()
    first.get_or_compute("lines", lambda: "first")
    second = first.begun_anew({"worksheet/a/line/A1"})
    assert second.before("lines") == "first"
    assert second.changed == {"worksheet/a/line/A1"}
    assert second.get_or_compute("lines", lambda: "second") == "second"
    assert second.begun_anew({"worksheet/a/line/A1"}).before("lines") == "second"
    assert second.begun_anew({"worksheet/a/line/A1"}).begun_anew({"worksheet/a/line/A1"}).before("lines") is None


def test_what_gathers_from_day_to_day_in_a_state_that_nobody_changes_has_an_end() -> None:
    kept = WorkedOut()
    for day in range(MOST_WORKED_OUT + 5):
        assert kept.get_or_compute(day, lambda day=day: f"day {day}") == f"day {day}"  # type: ignore[misc]
    assert kept.get_or_compute(5, lambda: "again") == "day 5"
    assert kept.get_or_compute(4, lambda: "again") == "again"


@pytest.mark.parametrize("other", [{"chain": "f" * 64}, {"changes": 1_000}, {"changes": 0, "chain": ""}])
def test_a_state_of_another_history_is_not_carried_on(app: Flask, other: dict[str, object]) -> None:
    """After a backup was put back, the numbers of changes come again with other hashes."""
    key = started(app)
    with app.app_context():
        known = StateCache().state_of(key, chain_of(key))
        assert carried_on(key, known) is not None
        assert carried_on(key, replace(known, **other)) is None  # type: ignore[arg-type]  # by name


def test_after_very_many_changes_everything_is_read(app: Flask) -> None:
    key = started(app)
    with app.app_context():
        known, before = StateCache().state_of(key, chain_of(key)), last_change(key)
        for number in range(41):
            answer(REFS[0], Answer(note=f"note {number}"))(key)
            assert (carried_on(key, known) is None) == (number == 40)
        now = last_change(key)
        assert before is not None
        assert now is not None
        assert now[0] == before[0] + 41


def test_a_worker_keeps_only_the_pages_of_a_state_that_were_written_last(app: Flask) -> None:
    key, states = started(app), StateCache()
    with app.app_context():
        state = states.state_of(key, chain_of(key))
        for number in range(100):
            assert state.get_or_write(number, lambda page=number: f"page {page}") == f"page {number}"  # type: ignore[misc]
        assert len(state.pages) == PAGES_KEPT
        assert state.get_or_write(99, lambda: "again") == "page 99"
        assert state.get_or_write(0, lambda: "again") == "again"
