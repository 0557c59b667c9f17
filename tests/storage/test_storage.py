"""Saving: nothing lost, nothing overwritten, all or nothing, and the tables as the migrations make them."""

import json
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from assessment.domain.answer_fields import to_plain
from assessment.domain.answers import Answer, Evidence, State, on_rung
from assessment.domain.authors import ADMINISTRATOR, OWN_AUTHORS, STARTER, by_workbook
from assessment.domain.limits import MOST_ENDED_LINKS
from assessment.domain.planning import StepNote
from assessment.domain.rights import Role
from assessment.domain.rules import Rung
from assessment.storage.access import LinkNameTakenError, TooManyLinksError, create_link, links, redeem_link, revoke_link
from assessment.storage.answers import answer_of, given_answers, load_sheet, save_answers
from assessment.storage.assessments import ChosenStandard, assessments_of, create_assessment, delete_later, find_assessment
from assessment.storage.choices import changed_since_chosen, save_choices, to_fields
from assessment.storage.compiled import Prepared
from assessment.storage.database import db
from assessment.storage.history import REFUSED, history
from assessment.storage.inventory import inventory, last_change_at, statistics
from assessment.storage.merge_save import Proposed, SaveResult
from assessment.storage.plan_steps import save_step_note, step_notes
from assessment.storage.serialization import canonical
from assessment.storage.suggestions import refused_suggestions, settle
from tests.support.apps import NOW

REF = "some/question"


@pytest.fixture
def assessment_id(app: Flask) -> Iterator[str]:
    with app.app_context():
        yield create_assessment("Somebody", [], sid="mine", at=NOW)


def save(assessment_id: str, answer: Answer, base: int) -> SaveResult[Answer]:
    submission = Proposed(key=REF, value=answer, base_version=base)
    return save_answers(assessment_id, [submission], who="somebody", at=NOW)


TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))


@given(
    st.builds(
        Answer,
        state=st.just(State.RUNG),
        rung=st.sampled_from(Rung),
        reason=TEXT,
        note=TEXT,
        evidence=st.lists(st.builds(Evidence, title=TEXT, where=TEXT, dated=st.none() | st.dates()), max_size=3).map(tuple),
        last_done=st.none() | st.dates(),
    )
)
def test_an_answer_comes_back_as_it_was(answer: Answer) -> None:
    assert answer_of(json.loads(canonical(to_plain(answer)))) == answer


@pytest.mark.usefixtures("assessment_id")
def test_a_path_that_is_chosen_anew_counts_only_what_is_changed_after_that() -> None:
    chosen = [ChosenStandard(standard="some", edition="1", path=path) for path in ("quick", "again")]
    quick, again = (to_fields("Somebody", [each]) for each in chosen)
    one = create_assessment("Somebody", chosen[:1], sid="mine", at=NOW)
    save(one, on_rung(Rung.DEFINED), 0)
    assert changed_since_chosen(one, "some") == {REF}
    save_choices(one, base=quick, mine=again, who="somebody", at=NOW)
    assert changed_since_chosen(one, "some") == frozenset()
    save(one, on_rung(Rung.IN_USE), 1)
    renamed = again | {"organisation": "Somebody else"}
    save_choices(one, base=again, mine=renamed, who="somebody", at=NOW)
    assert changed_since_chosen(one, "some") == {REF}
    assert changed_since_chosen(one, "other") == frozenset()


def test_the_same_value_twice_is_one_version(assessment_id: str) -> None:
    assert save(assessment_id, on_rung(Rung.DEFINED), 0).saved == {REF: 1}
    assert save(assessment_id, on_rung(Rung.DEFINED), 0).unchanged == {REF: 1}
    assert len(history(assessment_id, REF)) == 1


def test_a_stale_form_is_a_conflict_and_theirs_stays(assessment_id: str) -> None:
    save(assessment_id, on_rung(Rung.ABSENT), 0)
    save(assessment_id, on_rung(Rung.DEFINED), 1)
    (conflict,) = save(assessment_id, on_rung(Rung.IN_USE), 1).conflicts
    assert (conflict.base.rung, conflict.theirs.rung, conflict.mine.rung) == (Rung.ABSENT, Rung.DEFINED, Rung.IN_USE)
    assert load_sheet(assessment_id)[0].answers[REF].rung is Rung.DEFINED


@pytest.mark.parametrize("version", [-1, 7, 10**12])
def test_a_version_that_never_was_overwrites_nothing(assessment_id: str, version: int) -> None:
    save(assessment_id, on_rung(Rung.DEFINED), 0)
    assert save(assessment_id, on_rung(Rung.ABSENT), version).conflicts


def test_of_many_at_once_one_wins_and_the_others_are_told(app: Flask, assessment_id: str) -> None:
    results: list[SaveResult[Answer]] = []

    def race(number: int) -> None:
        with app.app_context():
            results.append(save(assessment_id, Answer(note=f"note {number}"), 0))

    threads = [threading.Thread(target=race, args=(number,)) for number in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(bool(result.saved) for result in results) == 1
    assert sum(bool(result.conflicts) for result in results) == 11
    assert len(history(assessment_id, REF)) == 1


def test_a_fault_after_any_statement_leaves_nothing_behind(assessment_id: str) -> None:
    broke, execute = 0, Prepared._execute
    for position in range(1, 20):
        left = position

        def run_and_fail(*given: Any) -> Any:
            nonlocal left
            cursor = execute(*given)
            left -= 1
            if left == 0:
                raise RuntimeError("pulled the plug")
            return cursor

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Prepared, "_execute", run_and_fail)
            try:
                save(assessment_id, on_rung(Rung.DEFINED), 0)
                break
            except RuntimeError:
                broke += 1
        assert load_sheet(assessment_id)[0].answers == {}
        assert history(assessment_id, REF) == []
    assert broke >= 4


def test_text_no_database_can_keep_is_refused_and_nothing_is_written(assessment_id: str) -> None:
    for bad in ("a\x00b", "\ud800"):
        with pytest.raises(ValueError, match="text holds"):
            save(assessment_id, Answer(note=bad), 0)
    assert load_sheet(assessment_id)[0].answers == {}


def test_nobody_gets_in_without_a_session_or_a_live_link(assessment_id: str) -> None:
    assert find_assessment(assessment_id, "mine", at=NOW) is not None
    assert find_assessment(assessment_id, "yours", at=NOW) is None
    token = create_link(assessment_id, "Kim", who="somebody", at=NOW)
    ended = create_link(assessment_id, "Past", who="somebody", at=NOW, ends_at=NOW)
    with db.engine.connect() as connection:
        stored = connection.execute(text("SELECT token_sha256 FROM access_link")).scalars().all()
    assert len(token) >= 22
    assert not {token, ended} & set(stored)
    assert redeem_link(ended, sid="yours", at=NOW) is None
    assert redeem_link(token, sid="yours", at=NOW) == assessment_id
    (link,) = (each for each in links(assessment_id, at=NOW) if each.label == "Kim")
    revoke_link(assessment_id, link.id, who="somebody", at=NOW)
    assert find_assessment(assessment_id, "yours", at=NOW) is None
    assert redeem_link(token, sid="yours", at=NOW) is None


def test_a_link_that_ended_lets_nobody_in_who_came_through_it_before(assessment_id: str) -> None:
    ends = NOW + timedelta(days=30)
    token = create_link(assessment_id, "Kim", who="somebody", at=NOW, ends_at=ends)
    redeem_link(token, sid="yours", at=NOW)
    record = find_assessment(assessment_id, "yours", at=ends - timedelta(seconds=1))
    assert record is not None
    assert record.access_ends_at == ends
    assert [each.id for each in assessments_of("yours", at=NOW)] == [assessment_id]
    assert find_assessment(assessment_id, "yours", at=ends) is None
    assert assessments_of("yours", at=ends) == []


def test_a_link_opens_the_assessment_in_its_role(assessment_id: str) -> None:
    for role in Role:
        redeem_link(create_link(assessment_id, role.value, role=role, who="x", at=NOW), sid=role.value, at=NOW)
        record = find_assessment(assessment_id, role.value, at=NOW)
        assert record is not None
        assert record.role == role


def test_ending_a_link_ends_what_was_made_through_it(assessment_id: str) -> None:
    create_link(assessment_id, "Kim", who=STARTER, at=NOW)
    create_link(assessment_id, "Lee", who="Kim", at=NOW)
    create_link(assessment_id, "Pat", who="Lee", at=NOW)
    token = create_link(assessment_id, "Sam", who=STARTER, at=NOW)
    by_label = {each.label: each for each in links(assessment_id, at=NOW)}
    made_by = {label: link.made_by for label, link in by_label.items()}
    assert made_by == {"Kim": STARTER, "Lee": "Kim", "Pat": "Lee", "Sam": STARTER}
    revoke_link(assessment_id, by_label["Kim"].id, who=STARTER, at=NOW)
    assert [each.label for each in links(assessment_id, at=NOW) if each.revoked_at is None] == ["Sam"]
    assert redeem_link(token, sid="yours", at=NOW) == assessment_id


@pytest.mark.parametrize("name", [*OWN_AUTHORS, by_workbook("Kim")])
def test_no_link_carries_a_name_that_reads_as_one_of_the_products_own_authors(assessment_id: str, name: str) -> None:
    for said in (name, name.upper(), f"{name} "):
        with pytest.raises(LinkNameTakenError):
            create_link(assessment_id, said, who="Kim", at=NOW)
    assert links(assessment_id, at=NOW) == []


def test_two_links_that_work_never_read_as_one_name(assessment_id: str) -> None:
    create_link(assessment_id, "Kim Novak", who=STARTER, at=NOW)
    for said in ("Kim Novak", "kim  novak", "Kim\u200b Novak", "\uff2bim Novak", "\u202dKim Novak"):
        with pytest.raises(LinkNameTakenError):
            create_link(assessment_id, said, who=STARTER, at=NOW)
    (link,) = links(assessment_id, at=NOW)
    revoke_link(assessment_id, link.id, who=STARTER, at=NOW)
    create_link(assessment_id, "kim novak", who=STARTER, at=NOW)


def test_so_many_links_work_at_a_time_and_those_that_ended_last_are_listed(
    assessment_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assessment.storage.access.MOST_LINKS", 3)
    late = NOW + timedelta(days=1)
    for number in range(3):
        create_link(assessment_id, f"Kim {number}", who=STARTER, at=NOW, ends_at=late)
    with pytest.raises(TooManyLinksError):
        create_link(assessment_id, "Lee", who=STARTER, at=NOW)
    create_link(assessment_id, "Rescue", who=ADMINISTRATOR, at=NOW)
    create_link(assessment_id, "Lee", who=STARTER, at=late)
    assert {link.label for link in links(assessment_id, at=late)} == {"Kim 0", "Kim 1", "Kim 2", "Rescue", "Lee"}

    monkeypatch.setattr("assessment.storage.access.MOST_LINKS", 10**6)
    for number in range(MOST_ENDED_LINKS):
        create_link(assessment_id, f"Pat {number}", who=STARTER, at=late + timedelta(hours=1), ends_at=late)
    listed = [link.label for link in links(assessment_id, at=late)]
    assert len(listed) == MOST_ENDED_LINKS + 2
    assert {"Rescue", "Lee", "Pat 0"} < set(listed)
    assert "Kim 0" not in listed


def test_a_step_note_is_versioned_and_kept_in_the_history(assessment_id: str) -> None:
    def write(note: StepNote, base: int) -> SaveResult[StepNote]:
        proposed = Proposed(key="set-scope", value=note, base_version=base)
        return save_step_note(assessment_id, proposed, who="somebody", at=NOW)

    first, second = StepNote(owner="Ada", due=NOW.date()), StepNote(owner="Ada", done_on=NOW.date())
    assert write(first, 0).saved == {"set-scope": 1}
    assert write(first, 0).unchanged == {"set-scope": 1}  # the same again is no new version
    assert write(second, 1).saved == {"set-scope": 2}
    stored = step_notes(assessment_id)["set-scope"]
    assert (stored.value, stored.version, stored.changed_by) == (second, 2, "somebody")
    later = NOW.date() + timedelta(days=7)
    (refused,) = write(StepNote(owner="Ada", due=later), 1).conflicts  # the other one took the day away
    assert (refused.theirs, refused.version, refused.changed_by) == (second, 2, "somebody")
    assert [entry.version for entry in history(assessment_id, "step/set-scope")] == [1, 2]
    assert write(StepNote(owner="Grace", due=NOW.date()), 1).saved == {"set-scope": 3}  # only the owner is another one
    assert step_notes(assessment_id)["set-scope"].value == StepNote(owner="Grace", done_on=NOW.date())


def test_answers_come_as_they_were_given_last_and_as_they_were_on_an_earlier_day(app: Flask, assessment_id: str) -> None:
    before, day = NOW - timedelta(days=40), (NOW - timedelta(days=28)).date()
    rungs = ((before, Rung.ABSENT), (before + timedelta(days=1), Rung.DEFINED), (NOW, Rung.INFORMAL), (NOW, Rung.IN_USE))
    for version, (at, rung) in enumerate(rungs):
        save_answers(assessment_id, [Proposed(key=REF, value=on_rung(rung), base_version=version)], who="Ada", at=at)
    given = given_answers(assessment_id, day)
    assert [(each.ref, each.answer.rung, each.who) for each in given] == [
        (REF, Rung.DEFINED, "Ada"),
        (REF, Rung.IN_USE, "Ada"),
    ]
    assert given[0].on == (before + timedelta(days=1)).date()


def test_a_suggestion_that_was_turned_down_is_offered_again_once(assessment_id: str) -> None:
    settle(assessment_id, refused=dict.fromkeys(("one/a", "one/b", "two/a"), "other/a"), who="Ada", at=NOW)
    assert refused_suggestions(assessment_id) == {"one/a", "one/b", "two/a"}
    wanted = {"one/a", "one/b", "never/refused"}
    assert settle(assessment_id, offered=wanted, who="Grace", at=NOW).offered == 2
    assert settle(assessment_id, offered=wanted, who="Grace", at=NOW).offered == 0
    assert refused_suggestions(assessment_id) == {"two/a"}
    said = [(entry.version, entry.changed_by) for entry in history(assessment_id, f"{REFUSED}/one/a")]
    assert said == [(1, "Ada"), (2, "Grace")]


def test_figures_tell_what_is_stored_and_what_each_assessment_has(assessment_id: str) -> None:
    later = NOW + timedelta(days=40)
    save(assessment_id, on_rung(Rung.DEFINED), 0)
    create_link(assessment_id, "Kim", who="somebody", at=NOW, ends_at=NOW + timedelta(days=1))
    chosen = ChosenStandard(standard="iso-9001", edition="2015", path="standard")
    other = create_assessment("Other", [chosen], sid="theirs", at=later)
    delete_later(other, at=later)
    found = statistics(NOW)
    assert (found.assessments, found.to_delete, found.answers, found.links) == (2, 1, 1, 1)
    assert found.bytes > 0
    assert statistics(later).links == 0
    last, first = inventory(NOW)
    assert (last.id, last.standards, last.answers, last.links, last.delete_after is None) == (other, ("iso-9001",), 0, 0, False)
    assert (first.id, first.standards, first.answers, first.links, first.delete_after) == (assessment_id, (), 1, 1, None)
    assert last_change_at() == later
