"""What is demanded of an exported assessment before anything of it is believed.

Its history must be whole, and its present state must be what the history says; a document that was altered by hand is refused
with the place named.
"""

import base64
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from assessment.domain import answer_fields
from assessment.domain.limits import LONGEST_LABEL, LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT, MOST_ENTRIES, MOST_EVIDENCE
from assessment.domain.question_path import QuestionPath
from assessment.storage.history import (
    CHOICES,
    IMPORTED,
    LETTERHEAD,
    LINK,
    PROFILE,
    REFUSED,
    RESERVED,
    STEP,
    WORKSHEET,
    Content,
    check_chain,
)
from assessment.storage.letterheads import LOGO, LONGEST, letterhead_text, logo_hash
from assessment.storage.pictures import is_plain_png
from assessment.storage.plan_steps import step_note
from assessment.storage.serialization import canonical, in_utc, storable
from assessment.storage.worksheet_entries import longest_text, worksheet_entry, worksheet_key

_PARTS = frozenset(
    {
        "format",
        "version",
        "organisation",
        "created_at",
        "updated_at",
        "chosen",
        "answers",
        "profile",
        "steps",
        "letterhead",
        "worksheets",
        "logo",
        "refused",
        "history",
        "chain",
    }
)
# Which part of a document has the present state of what the history has by kind; answers have all other kinds.
_PART_OF_KIND = {PROFILE: "profile", STEP: "steps", LETTERHEAD: "letterhead", WORKSHEET: "worksheets"}
ENTRY = ("number", "subject", "version", "content", "changed_by", "changed_at", "hash")
STATE = ("version", "content", "changed_by", "changed_at")


class TransferError(Exception):
    """A document cannot be taken in. Nothing was written.

    ``fault`` names why, with ``values`` for its words in `reports.wording.transfers`; ``where`` is the part of the document,
    such as ``history/3``, and empty for all of it.
    """

    def __init__(self, fault: str, where: str = "", **values: str | int) -> None:
        super().__init__(f"{where}: {fault.replace('-', ' ')}" if where else fault.replace("-", " "))
        self.fault = fault
        self.where = where
        self.values = values


def time_in_full(at: datetime) -> str:
    """Return a time as documents write it: in UTC, to the microsecond."""
    return in_utc(at).isoformat(timespec="microseconds")


def _demand(right: object, where: str, fault: str, **values: str | int) -> None:
    if not right:
        raise TransferError(fault, where, **values)


def _text(value: object, where: str, longest: int = LONGEST_TEXT) -> str:
    _demand(isinstance(value, str), where, "is-not-a-text")
    text = storable(str(value))
    _demand(len(text) <= longest, where, "is-too-long", number=len(text), most=longest)
    return text


def check(told: Mapping[str, Any], fits: Callable[[str, tuple[str, ...]], bool]) -> None:
    """Check every part of a document. Raises ``TransferError``, or what a value of another kind than it should be raises."""
    _demand(told.keys() == _PARTS, "", "has-other-parts", parts=", ".join(sorted(_PARTS)))
    _demand(_text(told["organisation"], "organisation", LONGEST_NAME).strip(), "organisation", "is-empty")
    for name in ("created_at", "updated_at"):
        day_and_time(told[name], name)
    for each in told["chosen"]:
        _demand(each.keys() == {"standard", "edition", "depth"}, "chosen", "has-other-fields")
        _demand(each["depth"] in set(QuestionPath), "chosen", "has-an-unknown-depth")
        _demand(all(_text(value, "chosen", LONGEST_NAME) for value in each.values()), "chosen", "has-an-empty-field")
    _demand(len({each["standard"] for each in told["chosen"]}) == len(told["chosen"]), "chosen", "names-a-standard-twice")
    for ref, source in told["refused"].items():
        _demand(_text(ref, "refused", LONGEST_NAME) and _text(source, "refused", LONGEST_NAME), "refused", "is-empty")
    for part in ("chosen", "answers", "profile", "steps", "refused"):
        _demand(len(told[part]) <= MOST_ENTRIES, part, "has-too-many-entries", number=len(told[part]), most=MOST_ENTRIES)
    for entry in told["history"]:
        _check_entry(entry, fits)
    rows = [
        {**each, "content": canonical(each["content"]), "changed_at": day_and_time(each["changed_at"], "history")}
        for each in told["history"]
    ]
    found = check_chain(rows, len(rows), told["chain"])
    _demand(found is None, f"history/{found[0]}" if found else "history", "does-not-follow")
    check_state(told)


def _check_entry(entry: Mapping[str, Any], fits: Callable[[str, tuple[str, ...]], bool]) -> None:
    _demand(tuple(entry) == ENTRY or entry.keys() == set(ENTRY), "history", "has-an-entry-with-other-fields")
    where = f"history/{str(entry['number'])[:20]}"
    for name in ("number", "version"):
        _demand(type(entry[name]) is int and 0 < entry[name] < 2**31, f"{where}/{name}", "is-no-number")
    subject = _text(entry["subject"], where, LONGEST_NAME)
    _text(entry["changed_by"], where, LONGEST_NAME)
    day_and_time(entry["changed_at"], where)
    kind, _, about = subject.partition("/")
    _check_content(kind, about, entry["content"], where, fits)


def _check_content(kind: str, about: str, content: Content, where: str, fits: Callable[[str, tuple[str, ...]], bool]) -> None:
    if kind == PROFILE:
        _demand(content is None or isinstance(content, list), where, "is-no-profile-answer")
        values = tuple(_text(each, where) for each in content or ())
        _demand(content is None or fits(about, values), where, "cannot-be-answered-so", question=about)
    elif kind == STEP:
        _demand(isinstance(content, Mapping) and content.keys() == {"owner", "due", "done_on"}, where, "is-no-note-on-a-step")
        for each in content.values() if isinstance(content, Mapping) else ():
            _text(each, where, LONGEST_LINE)
        step_note(content)
    elif kind == LETTERHEAD:
        _demand(about in LONGEST, where, "is-no-part-of-a-letterhead")
        _demand(content is None or (isinstance(content, list) and len(content) == 1), where, "is-no-part-of-a-letterhead")
        for each in content or ():
            _demand(_text(each, where, LONGEST[about]), where, "is-an-empty-part-of-a-letterhead")
    elif kind == WORKSHEET:
        _check_worksheet_entry(about, content, where)
    elif kind == IMPORTED:
        right = isinstance(content, Mapping) and content.keys() == {"as_of"} and not about
        _demand(right, where, "is-no-note-on-an-import")
        day_and_time(content["as_of"] if isinstance(content, Mapping) else "", where)
    elif kind in RESERVED:
        _demand(isinstance(content, Mapping), where, "is-no-such-change")
        _check_reserved_content(kind, content if isinstance(content, Mapping) else {}, where)
    else:
        _demand(about, where, "is-about-no-question")
        _demand(isinstance(content, Mapping), where, "is-no-answer")
        _check_answer(answer_fields.upcast(content) if isinstance(content, Mapping) else {}, where)


def _check_reserved_content(kind: str, content: Mapping[str, Any], where: str) -> None:
    """Demand that a link, a refusal or a choice says what this product writes of one, and nothing else."""
    if kind == LINK:
        label = content["label"]
        right = content.get("ended", True) is True and content.keys() <= {"label", "ended"}
        _demand(right, where, "is-nothing-about-a-link")
        texts = [_text(label, where, LONGEST_LABEL)]
    elif kind == REFUSED:
        _demand(content.keys() == {"source"}, where, "is-no-refusal")
        texts = [] if content["source"] is None else [content["source"]]  # none where it was taken back
    else:
        _demand(content.keys() == {"organisation", "standards"}, where, "is-no-choice-of-standards")
        texts = [content["organisation"], *content["standards"]]
        for choice in content["standards"].values():
            _demand(isinstance(choice, list) and len(choice) == 2, where, "is-no-choice-of-standards")
            texts += choice
    for text in texts:
        _text(text, where, LONGEST_NAME)


def _check_worksheet_entry(about: str, content: Content, where: str) -> None:
    _, kind, _ = worksheet_key(about)
    _demand(content is not None, where, "is-no-entry-of-a-worksheet")
    entry = worksheet_entry(content)
    for value in entry.values.values():
        for text in (value,) if isinstance(value, str) else value:
            _text(text, where, longest_text(kind))
    _text(entry.candidate, where, LONGEST_NAME)


def _check_answer(content: Mapping[str, Any], where: str) -> None:
    names = {field.name for field in answer_fields.ANSWER_FIELDS}
    _demand(content.keys() == {answer_fields.SHAPE, *names}, where, "is-no-answer")
    answer = answer_fields.from_plain(content)
    for field in answer_fields.ANSWER_FIELDS:
        if field.longest:
            _text(content[field.name], where, field.longest)
    _text(answer.carried_from, where, LONGEST_NAME)
    evidence = answer.evidence
    _demand(len(evidence) <= MOST_EVIDENCE, where, "has-too-much-evidence", number=len(evidence), most=MOST_EVIDENCE)
    for each in evidence:
        _demand(_text(each.title, where, LONGEST_LINE).strip(), where, "has-evidence-without-a-name")
        _text(each.where, where, LONGEST_LINE)


def check_state(told: Mapping[str, Any]) -> None:
    """Demand of a document that its present state is what its history led to. Raises ``TransferError``."""
    last: dict[str, dict[str, dict[str, Any]]] = {part: {} for part in ("answers", *_PART_OF_KIND.values())}
    newest = {entry["subject"]: entry["number"] for entry in told["history"]}
    for entry in told["history"]:
        kind, _, about = entry["subject"].partition("/")
        part = _PART_OF_KIND.get(kind, "answers")
        if part == "answers" and kind in RESERVED:
            _check_reserved(told, kind, about, entry["content"], last=entry["number"] == newest[entry["subject"]])
            continue
        key = entry["subject"] if part == "answers" else about
        before = last[part].get(key, {"version": 0})["version"]
        _demand(entry["version"] == before + 1, f"history/{entry['number']}", "does-not-follow-the-version-before-it")
        last[part][key] = {name: entry[name] for name in STATE}
    for part, state in last.items():
        for key in {**told[part], **state}:
            _demand(told[part].get(key) == state.get(key), f"{part}/{key}", "is-not-what-the-history-says")
    png = base64.b64decode(told["logo"], validate=True)
    named = letterhead_text(last["letterhead"].get(LOGO, {"content": None})["content"])
    _demand(logo_hash(png) == named, "logo", "is-not-the-one-the-history-names")
    _demand(not png or is_plain_png(png), "logo", "is-no-picture-as-this-product-makes-them")


def _check_reserved(told: Mapping[str, Any], kind: str, about: str, content: Mapping[str, Any], *, last: bool) -> None:
    """Demand that the last choices and refusals are those that hold; the first releases kept no record of them."""
    if last and kind == REFUSED:
        _demand(told["refused"].get(about) == content.get("source"), "refused", "is-not-what-the-history-says")
    if last and kind == CHOICES:
        chosen = {each["standard"]: [each["edition"], each["depth"]] for each in told["chosen"]}
        same = content.get("organisation") == told["organisation"] and content.get("standards") == chosen
        _demand(same, "chosen", "is-not-what-the-history-says")


def day_and_time(value: object, where: str) -> datetime:
    """Return the time that a document writes like that. Raises ``TransferError``."""
    at = datetime.fromisoformat(_text(value, where, LONGEST_NAME))
    _demand(at.tzinfo is not None and time_in_full(at) == value, where, "has-a-time-in-another-form")
    return at.astimezone(UTC)
