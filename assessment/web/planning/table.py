"""What of the plan's steps the address asks for, and addresses that ask for another part of them."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from flask import request, url_for

from assessment.domain.planning import StepNote
from assessment.domain.result import Result
from assessment.domain.worksheet_actions import WorksheetAction
from assessment.reports.plan_table import Doing, PlanFilter
from assessment.storage.repository import Stored
from assessment.web.shell.context import AssessmentContext

_SHORT = re.compile(r"[0-9.-]{1,10}")
# What the address says besides: from when and how fast.
OF_THE_PACE = ("start", "days")


def wanted_of(result: Result, notes: Mapping[str, Stored[StepNote]], actions: Iterable[WorksheetAction] = ()) -> PlanFilter:
    """Return which steps the address asks for. What is not known here is not asked for, so that no old address fails.

    Nor is it shown: the page holds the token of a form.
    """
    asked = request.args.get
    standards = {standard.questionnaire.standard.id for standard in result.standards}
    owners = {*(stored.value.owner for stored in notes.values()), *(action.note.owner for action in actions)}
    doings = {doing.value: doing for doing in Doing}
    return PlanFilter(
        standard=asked("standard", "") if asked("standard") in standards else "",
        doing=doings.get(asked("doing", "")),
        owner=asked("owner", "") if asked("owner") in owners else "",
        month=_month(asked("month", "")),
    )


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def kept_of_the_address() -> dict[str, str]:
    """Return what an address of the plan says of start and pace, which filters leave as they are.

    Only what a day or a number can be: the page shows it beside the token of a form, and lengths could tell of that.
    """
    return {name: value for name in OF_THE_PACE if _SHORT.fullmatch(value := request.args.get(name, ""))}


def said_by(wanted: PlanFilter) -> dict[str, str]:
    """Return a filter as parts of an address."""
    parts = {
        "standard": wanted.standard,
        "doing": wanted.doing.value if wanted.doing else "",
        "owner": wanted.owner,
        "month": wanted.month.isoformat()[:7] if wanted.month else "",
    }
    return {name: value for name, value in parts.items() if value}


def filtered_address(opened: AssessmentContext, wanted: PlanFilter, **other: str) -> str:
    """Return the address of the plan with the filter as it is, but for what is said otherwise."""
    parts: dict[str, Any] = {**kept_of_the_address(), **said_by(wanted), **other}
    said = {name: value for name, value in parts.items() if value}
    return url_for("planning.plan", assessment_id=opened.id, _anchor="steps", **said)


def saved_address(opened: AssessmentContext, wanted: PlanFilter, key: str) -> str:
    """Return where one is after a step was marked: at its row, in the same part of the plan."""
    anchor = row_anchor(key)
    said: dict[str, Any] = {**kept_of_the_address(), **said_by(wanted), "saved": key}
    return url_for("planning.plan", assessment_id=opened.id, _anchor=anchor, **said)


def done_address(opened: AssessmentContext, wanted: PlanFilter) -> str:
    """Return where the buttons of the rows send their form, with the filter one comes back to."""
    said: dict[str, Any] = {**kept_of_the_address(), **said_by(wanted)}
    return url_for("marking.done", assessment_id=opened.id, **said)


def row_anchor(key: str) -> str:
    """Return the id of a step's row."""
    return "row-" + key.translate(str.maketrans("/@+", "---"))
