"""A fault after any statement of any write, or at its commit, leaves all as it was; the same write works afterwards."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, text

from assessment.domain.answers import Answer, AnswerSheet, on_rung
from assessment.domain.planning import StepNote
from assessment.domain.profile import Profile
from assessment.domain.rules import Rung
from assessment.storage.access import create_link, links, redeem_link, revoke_link
from assessment.storage.answers import save_answers
from assessment.storage.assessments import ChosenStandard, create_assessment, delete_due, delete_later
from assessment.storage.backups import restore
from assessment.storage.choices import save_choices
from assessment.storage.compiled import Prepared
from assessment.storage.database import db
from assessment.storage.export_format import Document, read_document, to_json
from assessment.storage.export_import import add_document, to_document
from assessment.storage.filled_assessments import create_filled
from assessment.storage.idempotency import IdempotencyKey
from assessment.storage.letterheads import save_letterhead
from assessment.storage.merge_save import Proposed
from assessment.storage.plan_steps import save_step_note
from assessment.storage.profiles import save_profile
from assessment.storage.suggestions import settle
from assessment.storage.worksheets import Entries, WorksheetEntry, save_entries
from tests.support.apps import NOW

RELEASED = Path(__file__).parent / "released"
ONCE = IdempotencyKey(key="k" * 20, body_sha256="0" * 64)
ME: dict[str, Any] = {"who": "somebody", "at": NOW}


class UnpluggedError(Exception):
    """The fault that is put in."""


@contextmanager
def unplugged_after(statements: int) -> Iterator[list[int]]:
    """Fail after so many statements, or at the commit where there are fewer; counts those that ran."""
    ran = [0]

    def count(*_: object) -> None:
        ran[0] += 1
        if ran[0] == statements:
            raise UnpluggedError

    def fail(*_: object) -> None:
        raise UnpluggedError

    execute = Prepared._execute

    def run_and_count(*given: Any) -> Any:
        cursor = execute(*given)
        count()
        return cursor

    event.listen(db.engine, "after_cursor_execute", count)
    event.listen(db.engine, "commit", fail)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Prepared, "_execute", run_and_count)
        try:
            yield ran
        finally:
            event.remove(db.engine, "after_cursor_execute", count)
            event.remove(db.engine, "commit", fail)


def everything() -> str:
    """All rows of all tables."""
    with db.engine.connect() as connection:
        names = sorted(db.metadata.tables)
        rows = {name: [tuple(row) for row in connection.execute(text(f'SELECT * FROM "{name}"'))] for name in names}  # noqa: S608
    return repr({name: sorted(map(repr, some)) for name, some in rows.items()})


@pytest.fixture
def key(app: Flask) -> Iterator[str]:
    """An assessment with one answer and a link."""
    with app.app_context():
        key = create_assessment("Somebody", [], sid="mine", at=NOW)
        save_answers(key, [Proposed(key="a/b", value=on_rung(Rung.ABSENT), base_version=0)], **ME)
        create_link(key, "Kim", token="a-token", **ME)
        yield key


def document(key: str) -> Document:
    return read_document(to_json(to_document(key)), lambda *_: True)


def some_answers(key: str) -> object:
    changed = Proposed(key="a/b", value=Answer(note="changed"), base_version=1)
    added = Proposed(key="a/c", value=Answer(note="added"), base_version=0)
    return save_answers(key, [changed, added], idempotency_key=ONCE, **ME)


def a_profile(key: str) -> object:
    return save_profile(key, [Proposed(key="people", value=("7",), base_version=0)], idempotency_key=ONCE, **ME)


def a_step(key: str) -> object:
    proposed = Proposed(key="act", value=StepNote(owner="Ada"), base_version=0)
    return save_step_note(key, proposed, idempotency_key=ONCE, **ME)


def a_letterhead(key: str) -> object:
    parts = [Proposed(key=part, value=text, base_version=0) for part, text in (("name", "Somebody"), ("address", "Here"))]
    return save_letterhead(key, parts, logo=None, idempotency_key=ONCE, **ME)


def some_lines(key: str) -> object:
    proposals = [
        Proposed(key=at, value=WorksheetEntry(values={"what": "Line"}), base_version=0)
        for at in ("line/F", "line/F", "candidate/x")
    ]
    return save_entries(key, "review", proposals, check=lambda *_: None, idempotency_key=ONCE, **ME)


def a_line_with_what_points_at_it(key: str) -> object:
    def pointing(_: Entries, new: Sequence[str]) -> list[Proposed[WorksheetEntry]]:
        return [Proposed(key="line/F9", value=WorksheetEntry(values={"duties": tuple(new)}), base_version=0)]

    line = Proposed(key="line/D", value=WorksheetEntry(values={"what": "Line"}), base_version=0)
    return save_entries(key, "review", [line], check=lambda *_: None, along=pointing, idempotency_key=ONCE, **ME)


def suggestions_settled(key: str) -> object:
    taken = [Proposed(key="a/d", value=on_rung(Rung.INFORMAL), base_version=0)]
    return settle(key, taken, refused={"a/b": "c/d", "a/c": "c/d"}, **ME, idempotency_key=ONCE)


def some_choices(key: str) -> object:
    named = {"organisation": "New name", "a/chosen": "y", "a/edition": "1", "a/path": "full"}
    return save_choices(key, base={**dict.fromkeys(named, ""), "organisation": "Somebody"}, mine=named, **ME)


def a_demo(_: str) -> object:
    chosen = [ChosenStandard(standard="a", edition="1", path="full")]
    sheet, profile = AnswerSheet(answers={"a/b": on_rung(Rung.ABSENT)}), Profile(values={"people": ("7",)})
    return create_filled("Demo", chosen, sheet, profile, who="The demo", sid="mine", at=NOW, idempotency_key=ONCE)


WRITES: dict[str, Callable[[str], object]] = {
    "answers": some_answers,
    "a profile": a_profile,
    "a step": a_step,
    "a letterhead": a_letterhead,
    "lines of a worksheet": some_lines,
    "a line with what points at it": a_line_with_what_points_at_it,
    "a choice of standards": some_choices,
    "suggestions confirmed and refused": suggestions_settled,
    "a link": lambda key: create_link(key, "Lee", token="another", **ME),
    "a link opened": lambda _: redeem_link("a-token", sid="yours", at=NOW),
    "a link ended": lambda key: revoke_link(key, links(key, at=NOW)[0].id, **ME),
    "a start": lambda _: create_assessment("Another", [], sid="mine", at=NOW, idempotency_key=ONCE),
    "a demo": a_demo,
    "an import": lambda key: add_document(document(key), sid="mine", at=NOW, idempotency_key=ONCE),
    "a deletion": lambda key: delete_later(key, at=NOW),
    "a restore": lambda _: restore(RELEASED / "0002.sqlite3"),
}


@pytest.mark.parametrize("write", WRITES.values(), ids=WRITES)
def test_a_fault_anywhere_in_a_write_leaves_nothing_behind(key: str, write: Callable[[str], object]) -> None:
    before = everything()
    position = broke = 0
    while True:
        position += 1 + position // 20  # a restore has hundreds of statements
        with pytest.raises(UnpluggedError), unplugged_after(position) as ran:
            write(key)
        assert everything() == before, f"after statement {ran[0]}"
        broke += 1
        if ran[0] < position:
            break
    assert broke >= 2
    write(key)
    assert everything() != before


def test_a_fault_while_deleting_for_good_leaves_the_assessment_whole(key: str) -> None:
    delete_later(key, at=NOW)
    before = everything()
    for position in range(1, 6):
        with pytest.raises(UnpluggedError), unplugged_after(position):
            delete_due(NOW + timedelta(days=7))
        assert everything() == before
    assert delete_due(NOW + timedelta(days=7)) == 1
