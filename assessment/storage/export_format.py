"""The JSON document that holds a whole assessment: its present state, and the history that led to it."""

import base64
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from assessment.domain.answers import AnswerSheet
from assessment.domain.plain_json import parse
from assessment.domain.planning import StepNote
from assessment.domain.profile import Profile
from assessment.domain.progress import GivenAnswer
from assessment.domain.worksheet_condition import Value
from assessment.storage.answers import answer_of
from assessment.storage.export_check import TransferError, check, day_and_time
from assessment.storage.export_worksheets import UnfitField, check_worksheets
from assessment.storage.history import RESERVED
from assessment.storage.letterheads import letterhead_text
from assessment.storage.plan_steps import step_note
from assessment.storage.profiles import profile_values
from assessment.storage.repository import Stored
from assessment.storage.worksheet_entries import KINDS, WorksheetEntry, worksheet_entry, worksheet_key

FORMAT = "iso-readiness/assessment"
# What this version writes, and what an export of each older version did not have yet. Contents say their shape themselves; the
# third version is the first whose answers may have another than the first, and whose history may say that it was
# imported; the fourth has worksheets.
VERSION = 4
_ADDED_SINCE: Mapping[int, Mapping[str, Any]] = {
    1: {"letterhead": {}, "logo": "", "worksheets": {}},
    2: {"worksheets": {}},
    3: {"worksheets": {}},
    4: {},
}


@dataclass(frozen=True, kw_only=True)
class Document:
    """A document that was checked and can be taken in."""

    organisation: str
    told: Mapping[str, Any]

    @property
    def standards(self) -> tuple[str, ...]:
        """The ids of the standards chosen in it."""
        return tuple(each["standard"] for each in self.told["chosen"])

    @property
    def refs(self) -> tuple[str, ...]:
        """The questions it has answers to."""
        return tuple(self.told["answers"])

    @property
    def changes(self) -> int:
        """How many changes its history has."""
        return len(self.told["history"])

    @property
    def sheet(self) -> AnswerSheet:
        """Its answers."""
        return AnswerSheet(answers={ref: answer_of(row["content"]) for ref, row in self.told["answers"].items()})

    @property
    def given(self) -> list[GivenAnswer]:
        """Every answer that its history holds, as it was given, the earliest first."""
        return [
            GivenAnswer(
                ref=entry["subject"],
                answer=answer_of(entry["content"]),
                who=entry["changed_by"],
                on=day_and_time(entry["changed_at"], "history").date(),
            )
            for entry in self.told["history"]
            if entry["subject"].partition("/")[0] not in RESERVED
        ]

    @property
    def profile(self) -> Profile:
        """What the organisation says about itself in it."""
        told = {question: profile_values(row["content"]) for question, row in self.told["profile"].items()}
        return Profile(values={question: values for question, values in told.items() if values is not None})

    @property
    def notes(self) -> dict[str, StepNote]:
        """What people say about steps in it, by key of the action."""
        return {key: step_note(row["content"]) for key, row in self.told["steps"].items()}

    def worksheet_entries(self, worksheet_id: str) -> dict[str, dict[str, Stored[WorksheetEntry]]]:
        """Return what is kept of a worksheet in it, by kind and id."""
        found: dict[str, dict[str, Stored[WorksheetEntry]]] = {kind: {} for kind in KINDS}
        for about, row in self.told["worksheets"].items():
            of, kind, entry = worksheet_key(about)
            if of == worksheet_id:
                found[kind][entry] = Stored(
                    value=worksheet_entry(row["content"]),
                    version=row["version"],
                    changed_by=row["changed_by"],
                    changed_at=day_and_time(row["changed_at"], "worksheets"),
                )
        return found

    @property
    def refused(self) -> tuple[str, ...]:
        """The questions whose suggested answer was turned down."""
        return tuple(self.told["refused"])

    def letterhead(self, part: str) -> str:
        """Return the text of a part of its letterhead, name or address; empty where there is none."""
        row = self.told["letterhead"].get(part)
        return letterhead_text(row["content"]) if row else ""

    @property
    def logo(self) -> bytes:
        """The logo of its letterhead as PNG; empty where there is none."""
        return base64.b64decode(self.told["logo"])


def to_json(document: object) -> bytes:
    """Return a document, or a part of one, as it stands in a file."""
    return json.dumps(document, ensure_ascii=False, indent=1).encode()


def _all_fit(_worksheet: str, _line: str, _values: Mapping[str, Value]) -> str:
    return ""


def read_document(raw: bytes, fits: Callable[[str, tuple[str, ...]], bool], *, unfit_field: UnfitField = _all_fit) -> Document:
    """Check a document whole before anything is written.

    ``fits`` says whether the values of a profile question are ones it can have, ``unfit_field`` what a line of a worksheet
    cannot say. Raises ``TransferError``.
    """
    try:
        told = parse(raw.decode("utf-8-sig"))
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise TransferError("is-no-json") from error
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise TransferError("is-no-export")
    added = _ADDED_SINCE.get(told["version"]) if type(told.get("version")) is int else None
    if added is None or not told.keys().isdisjoint(added):
        raise TransferError("has-another-version", version=str(told.get("version"))[:20], newest=VERSION)
    told = {**told, **added}
    try:
        check(told, fits)
        check_worksheets(told, unfit_field)
    except TransferError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError) as error:
        raise TransferError("is-damaged", kind=type(error).__name__, detail=str(error)[:200]) from error
    return Document(organisation=told["organisation"], told=told)
