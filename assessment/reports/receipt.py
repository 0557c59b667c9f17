"""The JSON download as a receipt: read it back, recompute everything, and say what differs and why."""

import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from assessment.domain.answer_fields import fields_since, from_receipt, shape, to_receipt
from assessment.domain.answers import NO_ANSWER, AnswerSheet
from assessment.domain.library import Library
from assessment.domain.plain_json import NameTwiceError, parse
from assessment.domain.planning import StepNote
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import assess
from assessment.reports.child_process import place
from assessment.reports.json_audits import NO_AUDITS, expected_from
from assessment.reports.json_file import ADDED_SINCE, ANSWER_SHAPE, FORMAT, to_data
from assessment.reports.json_size import NotJsonError, TooMuchJsonError, size_of_upload
from assessment.reports.json_worksheets import day_from, worksheets_from
from assessment.reports.summary import GapSummary, summarise
from assessment.reports.wording import receipts

# A receipt that was made with other content can differ everywhere; pages and the command line show this many.
MOST_DIFFERENCES = 40
# A receipt of two hundred answers has about 10,000 values; with all the evidence there is room for, 40,000.
MOST_VALUES = 200_000


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

    ``differences`` are those of answers and results. ``causes`` name what was different when it was made (content, rules,
    product): then differences are to be expected. ``worksheets`` are the titles of those that were recomputed with it.
    """

    organisation: str
    on: date
    differences: tuple[Difference, ...]
    causes: tuple[str, ...]
    worksheets: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        """Whether everything was recomputed as the receipt says."""
        return not self.differences


# The shape of answers in receipts that do not say it.
_FIRST_SHAPE = 2
_STANDARDS = "/content/standards/"
# What can go wrong when a file has other values in it than a receipt has.
_UNUSABLE = (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError)


def verify(text: bytes, library: Library, product_version: str) -> Verification:
    """Recompute a receipt with the content of this installation, offline. Raises ``ReceiptError``."""
    said = read_receipt(text)
    summary, found = _recomputed(said, library, product_version, on=None)
    try:
        all_differences = tuple(_differences(said, found, ""))
    except RecursionError as error:
        raise ReceiptError(receipts.TOO_DEEP) from error
    causes = {each: _cause(each, library) for each in all_differences}
    return Verification(
        organisation=_encodable(summary.organisation),
        on=summary.on,
        differences=tuple(each for each in all_differences if not causes[each]),
        causes=tuple(cause for cause in causes.values() if cause),
        worksheets=tuple(filled.worksheet.title for filled in summary.worksheets),
    )


def verify_upload(text: bytes, library: Library, product_version: str) -> Verification:
    """Recompute a receipt that anybody may have sent: as `verify`, once a child process has seen that it is of a bearable size.

    Raises ``ReceiptError``, and ``TooBusyError`` where another file is being read: nothing waits here.
    """
    with place(wait=0, uploaded=True):
        try:
            size = size_of_upload(text)
        except NotJsonError as error:
            raise ReceiptError(receipts.NOT_JSON) from error
        except TooMuchJsonError as error:
            raise ReceiptError(receipts.too_many_values(MOST_VALUES)) from error
        if size.values > MOST_VALUES:
            raise ReceiptError(receipts.too_many_values(MOST_VALUES))
        return verify(text, library, product_version)


def _cause(difference: Difference, library: Library) -> str:
    """Return what a difference says about how the receipt was made; empty for one of answers and results."""
    if difference.where.startswith(_STANDARDS):
        name = difference.where.removeprefix(_STANDARDS)
        standard = library.standards.get(name)
        return receipts.revision(standard.name if standard else name, difference.said, difference.found)
    return receipts.made_with(difference.where, difference.said, difference.found)


def read_receipt(text: bytes) -> dict[str, Any]:
    """Return what a file says, if it calls itself a receipt. Raises ``ReceiptError``."""
    try:
        said = parse(text.decode("utf-8-sig"))
    except NameTwiceError as error:
        raise ReceiptError(receipts.name_twice(str(error))) from error
    except (ValueError, RecursionError) as error:
        raise ReceiptError(receipts.NOT_JSON) from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise ReceiptError(receipts.other_format(FORMAT))
    try:
        return _brought_up_to_date(said)
    except RecursionError as error:
        raise ReceiptError(receipts.TOO_DEEP) from error


def summary_of(said: dict[str, Any], library: Library, product_version: str, on: date | None = None) -> GapSummary:
    """Return the summary that the answers of a receipt lead to, on its day unless another is given. Raises ``ReceiptError``."""
    return _recomputed(said, library, product_version, on)[0]


def _recomputed(
    said: dict[str, Any], library: Library, product_version: str, on: date | None
) -> tuple[GapSummary, dict[str, Any]]:
    """Return the summary that the answers of a receipt lead to, and its receipt as plain values. Raises ``ReceiptError``."""
    try:
        summary = _summarise(said, library, product_version, on)
        # What is worked out only when it is asked for is asked for here, so that values that cannot be are found here.
        found = to_data(summary)
        json.dumps(found)
    except KeyError as error:
        raise ReceiptError(receipts.missing(str(error))) from error
    except _UNUSABLE as error:
        raise ReceiptError(receipts.unusable(f"{type(error).__name__}: {error}")) from error
    return summary, found


def _summarise(said: dict[str, Any], library: Library, product_version: str, on: date | None) -> GapSummary:
    if not isinstance(said["organisation"], str):
        raise ReceiptError(receipts.NO_NAME)
    questionnaires = [_questionnaire(each, library) for each in said["chosen"]]
    if len({each.standard.id for each in questionnaires}) != len(questionnaires):
        raise ReceiptError(receipts.STANDARD_TWICE)
    answers = {ref: from_receipt(told) for ref, told in said["other-answers"].items()}
    for standard in said["standards"]:
        answers |= {f"{standard['standard']}/{name}": from_receipt(told) for name, told in standard["answers"].items()}
    profile = Profile(values={name: _values(name, values, library) for name, values in said["profile"].items()})
    day = date.fromisoformat(said["date"]) if on is None else on
    result = assess(library, questionnaires, AnswerSheet(answers=answers), profile, day)
    asked_for = [standard["standard"] for standard in said["standards"]]
    notes = {key: _note(told) for key, told in said["notes"].items()}
    refused = said["refused-suggestions"]
    return summarise(
        result,
        said["organisation"],
        product_version,
        asked_for,
        notes=notes,
        refused=refused,
        worksheets=worksheets_from(said["worksheets"], library),
        expected=expected_from(said["real-audits"]),
    )


def _values(name: str, values: list[str], library: Library) -> tuple[str, ...]:
    found = tuple(values)
    if not all(isinstance(each, str) for each in found) or not library.takes(name, found):
        raise ReceiptError(receipts.no_such_profile(name[:60]))
    return found


def _questionnaire(chosen: dict[str, Any], library: Library) -> Questionnaire:
    standard, edition = chosen["standard"], chosen["edition"]
    try:
        return library.questionnaire(standard, edition, QuestionPath(chosen["depth"]))
    except KeyError as error:
        raise ReceiptError(receipts.not_installed(standard, edition)) from error


def _brought_up_to_date(said: dict[str, Any]) -> dict[str, Any]:
    """Return what a receipt says as if it had been written in the present shape: what was added since is empty."""
    worksheets = said.get("worksheets", {})
    if isinstance(worksheets, dict):
        worksheets = {name: _with_effects(told) for name, told in worksheets.items()}
    said = {**said, "worksheets": worksheets, "real-audits": said.get("real-audits", NO_AUDITS)}
    written = said.get(ANSWER_SHAPE, _FIRST_SHAPE)
    if type(written) is not int or not _FIRST_SHAPE <= written <= shape():
        raise ReceiptError(receipts.other_shape(str(written)[:20]))
    if written == shape():
        return {**said, ANSWER_SHAPE: written}
    empty = to_receipt(NO_ANSWER)
    added = {field.in_receipt: empty[field.in_receipt] for field in fields_since(written)}
    return {**_filled_up(said, empty.keys() - added.keys(), added), ANSWER_SHAPE: shape()}


def _with_effects(told: Any) -> Any:
    """Return a worksheet with the effect of each action, which nobody was asked for before there was one."""
    if not isinstance(told, dict) or not isinstance(told.get("actions"), list):
        return told
    return {
        **told,
        "actions": [{**each, "effect": each.get("effect", "")} if isinstance(each, dict) else each for each in told["actions"]],
    }


def _filled_up(said: Any, known: Set[str], added: Mapping[str, Any]) -> Any:
    """Return the same with fields added to whatever has all the known fields of an answer, wherever it stands."""
    if isinstance(said, list):
        return [_filled_up(part, known, added) for part in said]
    if not isinstance(said, dict):
        return said
    filled = {name: _filled_up(part, known, added) for name, part in said.items()}
    return {**filled, **added} if known <= said.keys() else filled


def _note(told: dict[str, Any]) -> StepNote:
    return StepNote(owner=told["owner"], due=day_from(told["due"]), done_on=day_from(told["done-on"]))


def _differences(said: Any, found: Any, where: str) -> Iterator[Difference]:
    if isinstance(said, dict) and isinstance(found, dict):
        # What a receipt from before does not say cannot differ.
        for key in (each for each in dict.fromkeys((*said, *found)) if each in said or each not in ADDED_SINCE):
            yield from _differences(said.get(key, _MISSING), found.get(key, _MISSING), f"{where}/{key}")
    elif isinstance(said, list) and isinstance(found, list) and len(said) == len(found):
        for position, (one, other) in enumerate(zip(said, found, strict=True)):
            yield from _differences(one, other, f"{where}/{position}")
    elif said != found or type(said) is not type(found):
        yield Difference(where=_encodable(where), said=_short(said), found=_short(found))


_MISSING = object()


def _short(value: Any) -> str:
    if value is _MISSING:
        return str(receipts.NOTHING)
    text = _encodable(json.dumps(value, ensure_ascii=False))
    return text if len(text) <= 120 else f"{text[:117]}..."


def _encodable(text: str) -> str:
    """Return a text without the halves of characters that JSON can hold and nothing else can."""
    return text.encode("utf-8", "replace").decode()
