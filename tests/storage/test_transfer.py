"""Out of one installation and into another: the same document for every state of every answer, and nothing damaged gets in."""

import json
import string
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment.domain.answers import Answer, Evidence, State
from assessment.domain.planning import StepNote
from assessment.domain.rules import Rung
from assessment.storage.access import new_session_id
from assessment.storage.answers import load_sheet, save_answers
from assessment.storage.assessments import ChosenStandard, create_assessment
from assessment.storage.export_check import TransferError
from assessment.storage.export_format import read_document, to_json
from assessment.storage.export_import import add_document, to_document
from assessment.storage.merge_save import Proposed
from assessment.storage.plan_steps import save_step_note, step_notes
from assessment.storage.profiles import load_profile, save_profile
from assessment.storage.suggestions import settle
from tests.support.apps import NOW, Opening
from tests.support.examples import examples
from tests.support.transfers import as_it_came

ME: dict[str, Any] = {"who": "Ada", "at": NOW}
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=40)
NAME = TEXT.filter(str.strip)
DAY = st.none() | st.dates()
EVIDENCE = st.lists(st.builds(Evidence, title=NAME, where=TEXT, dated=DAY), max_size=2).map(tuple)
MORE = {"reason": TEXT, "who": TEXT, "note": TEXT, "evidence": EVIDENCE, "last_done": DAY, "carried_from": TEXT}
ANSWERS = st.one_of(
    *(st.builds(Answer, state=st.just(State.RUNG), rung=st.just(rung), **MORE) for rung in Rung),
    *(st.builds(Answer, state=st.just(state), **MORE) for state in State if state is not State.RUNG),
)
SLUG = st.text(string.ascii_lowercase, min_size=1, max_size=3)


@pytest.fixture(scope="module")
def app(database: Opening, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    with database(tmp_path_factory.mktemp("transfer")) as app, app.app_context():
        yield app


def fits(_question: str, _values: tuple[str, ...]) -> bool:
    return True


def copied(key: str) -> str:
    """The assessment that an import of the export of another one makes."""
    document = read_document(to_json(to_document(key)), fits)
    return add_document(document, sid=new_session_id(), at=NOW)


@pytest.mark.broad
@settings(max_examples=examples(60), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    said=st.lists(st.tuples(SLUG, ANSWERS), max_size=6),
    people=st.none() | st.tuples(NAME),
    note=st.builds(StepNote, owner=TEXT, due=DAY, done_on=DAY),
    name=NAME,
)
def test_what_goes_out_comes_in_again(
    app: Flask, said: list[tuple[str, Answer]], people: tuple[str] | None, note: StepNote, name: str
) -> None:
    assert app
    chosen = [ChosenStandard(standard="s", edition="1", path="quick")]
    key = create_assessment(name, chosen, sid="mine", at=NOW)
    for slug, answer in said:
        ref = f"s/{slug}"
        base = load_sheet(key)[1].get(ref, 0)
        save_answers(key, [Proposed(key=ref, value=answer, base_version=base)], **ME)
    save_profile(key, [Proposed(key="people", value=people, base_version=0)], **ME)
    save_step_note(key, Proposed(key="act", value=note, base_version=0), **ME)
    settle(key, refused={"s/a": "t/b"}, **ME)
    other = copied(key)
    assert as_it_came(to_document(other)) == to_document(key)
    assert load_sheet(other) == load_sheet(key)
    assert load_profile(other) == load_profile(key)
    assert step_notes(other) == step_notes(key)


@pytest.fixture(scope="module")
def document(app: Flask) -> dict[str, Any]:
    """An export with something in every part but the letterhead."""
    assert app
    chosen = [ChosenStandard(standard=each, edition="1", path="full") for each in ("s", "t")]
    key = create_assessment("Somebody", chosen, sid="mine", at=NOW)
    evidence = (Evidence(title="Report", where="Cellar", dated=NOW.date()),)
    answer = Answer(state=State.RUNG, rung=Rung.IN_USE, note="n", evidence=evidence, last_done=NOW.date())
    for base, each in enumerate((answer, Answer(note="later"))):
        save_answers(key, [Proposed(key="s/a", value=each, base_version=base)], **ME)
    save_profile(key, [Proposed(key="people", value=("7",), base_version=0)], **ME)
    save_step_note(key, Proposed(key="act", value=StepNote(owner="Ada", due=NOW.date()), base_version=0), **ME)
    settle(key, refused={"s/a": "t/b"}, **ME)
    return json.loads(to_json(to_document(key)))  # type: ignore[no-any-return]


Path = tuple[str | int, ...]


def places(value: Any, path: Path = ()) -> Iterator[Path]:
    """The way to every value within a document."""
    inner: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield (*path, key)
        yield from places(each, (*path, key))


def at(document: Any, path: Path) -> Any:
    for step in path:
        document = document[step]
    return document


def nested(_: Any) -> Any:
    deep: Any = "x"
    for _level in range(200):
        deep = [deep]
    return deep


REPLACEMENTS: dict[str, Callable[[Any], Any]] = {
    "nested": nested,
    "huge": lambda value: 10**40 if isinstance(value, int) else "x" * 1_000_000,
    "null": lambda value: "null" if value is None else None,
    "a NUL": lambda value: f"{value}\x00",
    "half a character": lambda value: f"{value}\ud800",
    "another kind": lambda value: {} if isinstance(value, str | int) else 7,
}


def refused(document: Any) -> bool:
    """Whether it is refused, in words that say what is wrong and do not repeat the whole of what was sent."""
    try:
        read_document(json.dumps(document).encode(), fits)
    except TransferError as error:
        return len(str(error)) < 500
    return False


@pytest.mark.parametrize("replace", REPLACEMENTS.values(), ids=REPLACEMENTS)
def test_a_value_that_cannot_be_is_refused_wherever_it_stands(document: dict[str, Any], replace: Callable[[Any], Any]) -> None:
    paths = list(places(document))
    assert len(paths) > 100
    for path in paths:
        damaged = deepcopy(document)
        parent = at(damaged, path[:-1])
        parent[path[-1]] = replace(parent[path[-1]])
        assert refused(damaged), path


def test_a_part_that_was_renamed_left_out_or_doubled_is_refused_wherever_it_stands(document: dict[str, Any]) -> None:
    for path in places(document):
        renamed, shorter, longer = deepcopy(document), deepcopy(document), deepcopy(document)
        value = at(shorter, path[:-1]).pop(path[-1])
        assert refused(shorter), f"left out: {path}"
        if isinstance(path[-1], str):
            parent = at(renamed, path[:-1])
            parent[path[-1] + "x"] = parent.pop(path[-1])
            assert refused(renamed), f"renamed: {path}"
            at(longer, path[:-1])[path[-1] + "x"] = value
        else:
            at(longer, path[:-1]).append(value)
        # The first releases kept no record of what was refused, so more of it than the history tells is no damage.
        assert refused(longer) or path[0] == "refused", f"doubled: {path}"
    assert not refused(document)


def test_a_document_cut_off_anywhere_is_refused(document: dict[str, Any]) -> None:
    raw = json.dumps(document).encode()
    for length in range(0, len(raw), 7):
        with pytest.raises(TransferError):
            read_document(raw[:length], fits)


def test_an_import_with_more_evidence_than_there_is_room_for_is_refused_with_the_reason(app: Flask) -> None:
    assert app
    key = create_assessment("Somebody", [], sid="mine", at=NOW)
    for count in (10, 11):
        answer = Answer(evidence=tuple(Evidence(title=f"report {number}") for number in range(count)))
        save_answers(key, [Proposed(key="s/a", value=answer, base_version=count - 10)], **ME)
        if count == 10:
            assert load_sheet(copied(key)) == load_sheet(key)
    with pytest.raises(TransferError, match="history/3: has too much evidence") as refused:
        copied(key)
    assert refused.value.values == {"number": 11, "most": 10}
