"""What is demanded of the worksheets in a document: nothing that their own forms could not have stored."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Any

from assessment.domain.accepted_worksheet import accepted_from
from assessment.domain.entries import is_day
from assessment.domain.limits import MOST_LINES
from assessment.domain.worksheet_condition import Value
from assessment.storage.export_check import TransferError
from assessment.storage.history import WORKSHEET
from assessment.storage.worksheet_entries import ACCEPTED, LINE, worksheet_entry, worksheet_key

# Given a worksheet, the id of a line and its values, names the field that cannot say this; empty where none is wrong.
UnfitField = Callable[[str, str, Mapping[str, Value]], str]


def check_worksheets(told: Mapping[str, Any], unfit_field: UnfitField) -> None:
    """Check what a document says in worksheets, now and earlier, and how much.

    Raises ``TransferError``, or what a value of another kind than it should be raises.
    """
    for (worksheet, _), count in Counter(worksheet_key(about)[:2] for about in told["worksheets"]).items():
        if count > MOST_LINES:
            raise TransferError("has-too-many-entries", worksheet, number=count, most=MOST_LINES)
    for entry in told["history"]:
        subject, _, about = entry["subject"].partition("/")
        if subject != WORKSHEET:
            continue
        worksheet, kind, name = worksheet_key(about)
        where = f"history/{entry['number']}"
        said = worksheet_entry(entry["content"])
        values = said.values
        if said.confirmed_on and not is_day(said.confirmed_on):
            raise TransferError("was-confirmed-on-no-day", where, line=name)
        if kind == ACCEPTED:
            accepted_from(0, values)
        if kind == LINE and (label := unfit_field(worksheet, name, values)):
            raise TransferError("cannot-say-this", where, field=label, line=name)
