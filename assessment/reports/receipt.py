"""The JSON download as a receipt: read it back, recompute everything, and say what differs and why."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from assessment.domain.answers import Answer, AnswerSheet, Evidence, Profile, State
from assessment.domain.library import Library
from assessment.domain.planning import StepNote
from assessment.domain.questionnaire import Depth, Questionnaire
from assessment.domain.result import assess
from assessment.domain.rules import Rung
from assessment.reports.json_file import FORMAT, to_data
from assessment.reports.summary import summarise


class ReceiptError(Exception):
    """The file is not a receipt that can be read; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Difference:
    """A place in the receipt that says something else than what was recomputed. Either side may be missing."""

    where: str
    said: str
    found: str


@dataclass(frozen=True, kw_only=True)
class Verification:
    """What became of checking a receipt.

    ``causes`` name what was different when it was made (content, rules, product): then differences are to be expected.
    """

    differences: tuple[Difference, ...]
    causes: tuple[str, ...]

    @property
    def equal(self) -> bool:
        """Whether everything was recomputed as the receipt says."""
        return not self.differences


def verify(text: bytes, library: Library, product_version: str) -> Verification:
    """Recompute a receipt with the content of this installation, offline. Raises ``ReceiptError``."""
    said = _read(text)
    try:
        again = _recompute(said, library, product_version)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReceiptError(f"the file is incomplete or was changed by hand ({type(error).__name__}: {error})") from error
    parts = {
        "the content": ("content", "hash"),
        "the rules": ("content", "rules-revision"),
        "the product": ("product-version",),
    }
    causes = tuple(
        f"{name} was {_at(said, keys)} then and is {_at(again, keys)} now"
        for name, keys in parts.items()
        if _at(said, keys) != _at(again, keys)
    )
    return Verification(differences=tuple(_differences(said, again, "")), causes=causes)


def _read(text: bytes) -> dict[str, Any]:
    try:
        said = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise ReceiptError("the file is not JSON") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ReceiptError(f"the file is not a receipt of the format {FORMAT}")
    return said


def _recompute(said: dict[str, Any], library: Library, product_version: str) -> dict[str, Any]:
    questionnaires = [_questionnaire(each, library) for each in said["chosen"]]
    answers = {ref: _answer(told) for ref, told in said["other-answers"].items()}
    for standard in said["standards"]:
        answers |= {f"{standard['standard']}/{name}": _answer(told) for name, told in standard["answers"].items()}
    profile = Profile(values={name: tuple(values) for name, values in said["profile"].items()})
    on = date.fromisoformat(said["date"])
    result = assess(library, questionnaires, AnswerSheet(answers=answers), profile, on)
    asked_for = [standard["standard"] for standard in said["standards"]]
    notes = {key: _note(told) for key, told in said["notes"].items()}
    refused = said["refused-suggestions"]
    return to_data(summarise(result, said["organisation"], product_version, asked_for, notes=notes, refused=refused))


def _questionnaire(chosen: dict[str, Any], library: Library) -> Questionnaire:
    return library.questionnaire(chosen["standard"], chosen["edition"], Depth(chosen["depth"]))


def _answer(told: dict[str, Any]) -> Answer:
    return Answer(
        state=State(told["state"]),
        rung=Rung.of(told["rung"]) if told["rung"] is not None else None,
        reason=told["reason"],
        who=told["who-could-know"],
        note=told["note"],
        evidence=tuple(
            Evidence(title=each["title"], where=each["where"], dated=_day(each["dated"])) for each in told["evidence"]
        ),
        last_done=_day(told["last-done"]),
        carried_from=told["carried-from"] or "",
    )


def _note(told: dict[str, Any]) -> StepNote:
    return StepNote(owner=told["owner"], due=_day(told["due"]), done_on=_day(told["done-on"]))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text is not None else None


def _at(data: Any, keys: tuple[str, ...]) -> Any:
    for key in keys:
        data = data.get(key) if isinstance(data, dict) else None
    return data


def _differences(said: Any, found: Any, where: str) -> Iterator[Difference]:
    if isinstance(said, dict) and isinstance(found, dict):
        for key in dict.fromkeys((*said, *found)):
            yield from _differences(said.get(key, _MISSING), found.get(key, _MISSING), f"{where}/{key}")
    elif isinstance(said, list) and isinstance(found, list) and len(said) == len(found):
        for position, (one, other) in enumerate(zip(said, found, strict=True)):
            yield from _differences(one, other, f"{where}/{position}")
    elif said != found or type(said) is not type(found):
        yield Difference(where=where, said=_short(said), found=_short(found))


_MISSING = object()


def _short(value: Any) -> str:
    if value is _MISSING:
        return "nothing"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 120 else f"{text[:117]}..."
