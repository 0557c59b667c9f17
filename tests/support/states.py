"""Every page of the product in every state it can be in: the one list for pictures and for every check on all pages."""

import json
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from typing import cast
from unittest.mock import patch
from urllib.parse import urlsplit

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect
from werkzeug.exceptions import NotFound

from assessment.reports import child_process
from assessment.reports.formats import FORMATS, Format
from tests.support.chromium import hold, served
from tests.support.logos import picture
from tests.support.office import filled_lines, filled_rows
from tests.support.organisations import TROUBLE, Assembled, Cast

AUDIT = "iso-9001/questions/9.2"
REVIEW = "worksheets/environmental-review/"
CHECK_8 = "iso-9001/check/8"
# Addresses that are files or signals, not pages.
NO_PAGES = frozenset(
    {
        *("well_known.icon", "well_known.robots", "well_known.security"),
        "static",
        "start.healthz",
        "start.readyz",
        "downloads.file",
        "receipts.schema",
        "planning.file",
        "worksheet_report.file",
        "export_import.export",
        "comparison.default",
        "letterhead.logo",
        "language.choose",
    }
)


@dataclass(frozen=True, kw_only=True)
class State:
    """A page in one state: where it is, whose it is (nobody's if empty), what brings it about, and with which status."""

    name: str
    at: str
    of: str = ""
    act: Callable[[Page], None] | None = None
    status: int = 200


def _press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def _decided(page: Page) -> None:
    page.get_by_text("Yes, it is true", exact=True).and_(page.locator("label")).first.click()
    _press(page, "Save what is chosen")


def _nothing_decided(page: Page) -> None:
    _press(page, "Save what is chosen")


def _with_errors(page: Page) -> None:
    page.locator("#internal-audit").get_by_text("Note and evidence").click()
    page.evaluate("document.getElementById('internal-audit-note').value = 'x'.repeat(10_001)")
    page.evaluate("document.getElementById('audit-programme-evidence-0-where').value = 'in the cellar'")
    _press(page, "Save and continue")


def _section_without_reason(page: Page) -> None:
    _press(page, "Mark all of 8.3 as not applicable")


def _typing(page: Page) -> None:
    if not page.locator("#internal-audit-note").is_visible():
        page.locator("#internal-audit").get_by_text("Note and evidence").click()
    page.locator("#internal-audit-note").fill("The office follows in spring; the warehouse too.")


def _saved(page: Page) -> None:
    _typing(page)
    page.locator("#internal-audit-note").blur()
    expect(page.locator("#saving")).to_contain_text("Saved", timeout=15_000)


def _failing(page: Page) -> None:
    page.route("**/questions/9.2", lambda route: _meet(route, "503"))
    _typing(page)
    page.locator("#internal-audit-note").blur()
    expect(page.locator("#saving")).to_contain_text("retrying", timeout=15_000)


def _meet(route: Route, code: str) -> None:
    if route.request.method == "POST":
        route.continue_(headers={**route.request.headers, TROUBLE.lower(): code})
    else:
        route.continue_()


def trouble(code: int) -> Callable[[Page], None]:
    """Send a filled question page and meet a trouble."""

    def act(page: Page) -> None:
        page.route("**/questions/9.2", lambda route: _meet(route, str(code)))
        page.evaluate("document.getElementById('internal-audit-note').value = 'A long thought, typed with care.'")
        _press(page, "Save and continue")

    return act


def _save_elsewhere(page: Page, form: str, changes: dict[str, str]) -> None:
    """Send a form of the page with some fields changed, as another tab would."""
    script = "(form) => Object.fromEntries([...new FormData(document.querySelector(form))].filter((e) => e[0] != 'logo'))"
    fields = {**page.evaluate(script, form), **changes, "save_key": secrets.token_hex(18)}
    assert page.request.post(page.url, form=fields, headers={"Sec-Fetch-Site": "same-origin"}).ok


def _conflict(page: Page) -> None:
    """Somebody saves another note while this form is open."""
    _save_elsewhere(
        page, "form[data-autosave]", {"internal-audit-note": "The office was audited in October, too.", "save": "later"}
    )
    page.evaluate("document.getElementById('internal-audit-note').value = 'Only the workshop, and half of the warehouse.'")
    _press(page, "Save and continue")


def _empty_name(page: Page) -> None:
    _press(page, "Start")


def _wrong_profile(page: Page) -> None:
    page.evaluate("document.querySelector('input[name=people]').value = 'many'")
    _press(page, "Save and continue")


def _certificate_without_edition(page: Page) -> None:
    page.get_by_text("ISO 9001: we hold a certificate").click()
    page.get_by_label("ISO 9001: certificate valid until").fill("2028-06-30")
    _press(page, "Save and continue")


def _no_standard(page: Page) -> None:
    for box in page.get_by_role("checkbox").all():
        box.uncheck()
    _press(page, "Save")


def _new_link(page: Page) -> None:
    for earlier in page.get_by_role("button", name="Revoke the link for Works council").all():
        earlier.click()
        page.wait_for_load_state()
    page.get_by_label("Who is this link for?").fill("Works council")
    _press(page, "Make a link")


def _import(page: Page) -> None:
    overview = page.get_by_role("link", name="Overview").get_attribute("href")
    exported = page.request.get(f"{_root(page)}{overview}export.json")
    page.goto(_root(page) + "/import")
    file = {"name": "export.json", "mimeType": "application/json", "buffer": exported.body()}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    _press(page, "Show what it holds")


def _no_export(page: Page) -> None:
    file = {"name": "notes.txt", "mimeType": "text/plain", "buffer": b"no export"}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    _press(page, "Show what it holds")


def _waiting(page: Page) -> None:
    """Ask for a document while as many are being made as may be."""
    taken = [child_process._places.acquire() for _ in range(child_process.AT_ONCE)]
    try:
        page.goto(page.url.replace("/downloads", "/summary.zip"))
    finally:
        child_process._places.release(len(taken))


def _failed(page: Page) -> None:
    def fail(_summary: object) -> bytes:
        raise child_process.DocumentError("the shape was wrong")

    with patch.dict(cast(dict[str, Format], FORMATS), {"zip": replace(FORMATS["zip"], write=fail)}):
        page.goto(page.url.replace("/downloads", "/summary.zip"))


def _check_receipt(page: Page, content: bytes) -> None:
    page.goto(_root(page) + "/verify")
    file = {"name": "receipt.json", "mimeType": "application/json", "buffer": content}
    page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
    _press(page, "Check it")


def _no_receipt(page: Page) -> None:
    _check_receipt(page, b"no receipt")


def _receipt(more: int) -> Callable[[Page], None]:
    """Check a receipt in which every score of the second standard is higher by so much than it should be."""

    def act(page: Page) -> None:
        said = page.request.get(page.url.replace("/downloads", "/summary.json")).json()
        for score in said["standards"][-1]["by-chapter"].values():
            score["earned-high"] += more
        _check_receipt(page, json.dumps(said).encode())

    return act


def _letterhead(name: str, logo: bytes, kind: str) -> Callable[[Page], None]:
    def act(page: Page) -> None:
        page.get_by_label("Name", exact=True).fill(name)
        page.get_by_label("Address").fill("Hauptstraße 5\n80331 München\n+49 89 1234567\nmail@example.org")
        file = {"name": "logo", "mimeType": kind, "buffer": logo}
        page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        _press(page, "Save")

    return act


def _two_letterheads(page: Page) -> None:
    """Somebody saves another name while this form is open."""
    _save_elsewhere(page, "#letterhead", {"name": "Council & Deed"})
    page.get_by_label("Name", exact=True).fill("Rat & Tat")
    _press(page, "Save")


def _workbook(told: dict[str, dict[str, str | float]], *, meanwhile: str = "") -> Callable[[Page], None]:
    """Download the workbook, fill it in, let somebody else change a note meanwhile, and upload it."""

    def act(page: Page) -> None:
        hub = page.url.removesuffix("workbook")
        data = filled_rows(page.request.get(hub + "summary.xlsx").body(), told)
        if meanwhile:
            page.goto(hub + AUDIT)
            page.evaluate("(text) => { document.getElementById('internal-audit-note').value = text }", meanwhile)
            _press(page, "Save and continue")
            page.goto(hub + "workbook")
        file = {"name": "answers.xlsx", "mimeType": "application/octet-stream", "buffer": data}
        page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        _press(page, "Show what would change")

    return act


_FILLED_IN: dict[str, dict[str, str | float]] = {
    "iso-9001/internal-audit": {
        "Answer": "In use",
        "Note": "Workshop and warehouse, in March.",
        "Evidence 1: what it is": "Report",
    },
    "iso-9001/policy": {"Answer": "Not answered yet"},
    "iso-9001/objectives": {"Answer": "Defined", "Who could know": "Kim"},
}
_TO_MEND: dict[str, dict[str, str | float]] = {
    "iso-9001/internal-audit": {"Answer": "Splendid", "Last done": "yesterday"},
    "iso-9001/policy": {"Evidence 1: what it is": "", "Evidence 1: where to find it": "in the cellar"},
}


def _lines(told: dict[str, dict[str, str | float]], *, meanwhile: str = "") -> Callable[[Page], None]:
    """Download the workbook of a worksheet, fill it in, let somebody else change a duty meanwhile, and upload it."""

    def act(page: Page) -> None:
        data = filled_lines(page.request.get(page.url.replace("/workbook", "/report.xlsx")).body(), told)
        if meanwhile:
            page.goto(page.url.replace("/workbook", "/lines/D1"))
            _save_elsewhere(page, "form.stack", {"f-means": meanwhile})
            page.goto(page.url.replace("/lines/D1", "/workbook"))
        file = {"name": "review.xlsx", "mimeType": "application/octet-stream", "buffer": data}
        page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]
        _press(page, "Show what would change")

    return act


_LINES: dict[str, dict[str, str | float]] = {
    "D1": {"means": "At most 4 mg/m3 from 2027 on.", "who": "Ada"},
    "K1": {"owner": "Robin"},
    "D4": {"title": "Report of the noise at the fence", "kept": "Not due yet"},
}
_LINES_TO_MEND: dict[str, dict[str, str | float]] = {
    "D1": {"kept": "Perhaps", "checked": "yesterday"},
    "F2": {"aspects/amount#unit": "", "duties": "D99"},
}


def _wrong_line(page: Page) -> None:
    page.get_by_label("Aspect: what causes it").fill("Fumes")
    page.get_by_label("Impact: what that does").fill("fumes")
    page.get_by_label("Amount in a year", exact=True).fill("12")
    _press(page, "Save")


def _delete_needed(page: Page) -> None:
    _press(page, "Delete D1")


def _two_lines(page: Page) -> None:
    """Somebody saves another owner while this form is open."""
    _save_elsewhere(page, "form.stack", {"f-who": "Lee"})
    page.get_by_label("Who looks after it").fill("Kim")
    _press(page, "Save")


def _accept(page: Page) -> None:
    """Fill in the conclusion, accept, and add a line."""
    at = page.url
    for line, told in (("KC1", ("Who did the review", "Who in top management accepts it")), ("F", ("Activity",))):
        page.goto(at.replace("accepted", f"lines/{line}"))
        for label in told:
            page.get_by_label(label, exact=True).fill("Ada Novak")
        if line == "KC1":
            page.get_by_label("What goes into policy and objectives").fill("Less acid")
            page.get_by_label("Next review").fill("2027-11-01")
        _press(page, "Save")
        if line == "KC1":
            page.goto(at)
            accept = page.get_by_role("button", name="Accept it as it is today")
            accept.click()
            page.wait_for_load_state()
    page.goto(at)


def _no_reason(page: Page) -> None:
    page.get_by_role("button", name=re.compile("^Not here")).first.click()
    page.wait_for_load_state()


def _root(page: Page) -> str:
    parts = urlsplit(page.url)
    return f"{parts.scheme}://{parts.netloc}"


def _open_all(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((each) => (each.open = true))")


STATES = (
    State(name="start", at="/"),
    State(name="start, with held assessments", at="/", of="new"),
    State(name="new assessment", at="/start"),
    State(name="new assessment, with errors", at="/start", act=_empty_name, status=422),
    State(name="standards", at="/standards"),
    State(name="questionnaire to read", at="/standards/iso-9001"),
    State(name="questionnaire to read, older edition, unfolded", at="/standards/iso-14001?edition=2015", act=_open_all),
    State(name="editions", at="/standards/iso-9001/editions"),
    State(name="differences", at="/standards/differences"),
    State(name="glossary", at="/standards/glossary"),
    State(name="calculation", at="/calculation"),
    State(name="facts", at="/standards/facts"),
    State(name="privacy", at="/privacy"),
    State(name="how we protect you", at="/protection"),
    State(name="import", at="/import"),
    State(name="import, what it holds", at="", of="partly", act=_import),
    State(name="import, not an export", at="/import", act=_no_export, status=422),
    State(name="open link", at="/open/{token}"),
    State(name="browsers", at="/browsers", of="new"),
    State(name="browsers, none held", at="/browsers"),
    State(name="profile, empty", at="profile/organisation", of="new"),
    State(name="profile, filled", at="profile/demand", of="demo"),
    State(name="profile, with errors", at="profile/organisation", of="new", act=_wrong_profile, status=422),
    State(
        name="profile, certificate without its edition",
        at="profile/demand",
        of="new",
        act=_certificate_without_edition,
        status=422,
    ),
    State(name="hub, empty", at="", of="new"),
    State(name="hub, in progress", at="", of="partly"),
    State(name="hub, full", at="", of="ready"),
    State(name="choices", at="choices", of="partly"),
    State(name="choices, with errors", at="choices", of="new", act=_no_standard, status=422),
    State(name="question page, empty", at="iso-14001/questions/6.1", of="new"),
    State(name="question page, answered", at=AUDIT, of="partly"),
    State(name="question page, reason", at="iso-9001/questions/8.3.1", of="partly"),
    State(name="question page, reason missing", at="iso-9001/questions/7.1", of="partly"),
    State(name="question page, claimed not shown", at=AUDIT, of="all in place"),
    State(name="question page, unfolded", at=AUDIT, of="demo", act=_open_all),
    State(name="question page, with errors", at=AUDIT, of="partly", act=_with_errors, status=422),
    State(name="question page, saved", at=AUDIT, of="one standard", act=_saved),
    State(name="question page, saving fails", at=AUDIT, of="partly", act=_failing),
    State(name="conflict", at=AUDIT, of="single answer", act=_conflict, status=409),
    State(name="saved and not asked now", at="iso-14001/kept?question=emergency-situations", of="demo"),
    State(name="check answers", at="iso-9001/check/9", of="partly"),
    State(name="question page of a path", at="iso-9001/questions/quick-9.1", of="partly"),
    State(name="check answers of a path", at="iso-9001/check", of="partly"),
    State(name="check answers, complete", at="iso-14001/check/6", of="demo"),
    State(name="check answers, section left out", at=CHECK_8, of="demo"),
    State(name="check answers, section answered", at=CHECK_8, of="ready"),
    State(name="check answers, section without a reason", at=CHECK_8, of="new", act=_section_without_reason, status=422),
    State(name="results, nothing answered", at="results", of="new"),
    State(name="results, provisional", at="results", of="partly"),
    State(name="results, complete", at="results", of="demo"),
    State(name="results, everything open", at="results", of="demo", act=_open_all),
    State(name="results, ready", at="results", of="ready"),
    State(name="results, one standard", at="results", of="one standard"),
    State(name="advice", at="advice", of="demo"),
    State(name="advice, unknown", at="advice", of="new"),
    State(name="director", at="director", of="demo"),
    State(name="director, provisional", at="director", of="partly"),
    State(name="director, nothing answered", at="director", of="new"),
    State(name="director, one standard", at="director", of="one standard"),
    State(name="findings, none yet", at="findings", of="new"),
    State(name="findings", at="findings", of="demo"),
    State(name="findings, filtered", at="findings?standard=iso-14001&kind=major&chapter=8", of="demo"),
    State(name="findings, all open", at="findings?open=all&chapter=9", of="demo"),
    State(name="findings, nothing of the kind", at="findings?text=zebra", of="demo"),
    State(name="plan", at="plan", of="demo"),
    State(name="plan, filtered", at="plan?doing=open&standard=iso-9001", of="partly"),
    State(name="plan, everything open", at="plan", of="partly", act=_open_all),
    State(name="way", at="way", of="demo"),
    State(name="costs", at="costs", of="demo"),
    State(name="downloads, costs", at="downloads?costs=1", of="demo"),
    State(name="summary, costs", at="summary?costs=1", of="demo"),
    State(name="plan, with owners", at="plan", of="partly"),
    State(name="plan, nothing to do", at="plan", of="ready"),
    State(name="plan step", at="plan/set-scope", of="partly"),
    State(name="plan step, done", at="plan/start-project", of="partly"),
    State(name="what-if", at="what-if", of="demo"),
    State(name="what-if, some steps", at="what-if?step=iso-14001/environmental-review&step=audit-internally", of="demo"),
    State(name="what-if, some closed", at="what-if?closed=iso-9001/internal-audit&closed=iso-14001/aspects", of="partly"),
    State(name="newer edition", at="iso-9001/newer-edition", of="older edition"),
    State(name="compare", at="compare/iso-9001/iso-14001", of="demo"),
    State(name="compare, with suggestions", at="compare/iso-9001/iso-14001", of="partly"),
    State(name="compare, just decided", at="compare/iso-9001/iso-14001", of="partly", act=_decided),
    State(name="compare, nothing chosen", at="compare/iso-9001/iso-14001", of="partly", act=_nothing_decided, status=422),
    State(name="compare, one standard only", at="compare", of="one standard"),
    State(name="downloads", at="downloads", of="demo"),
    State(name="downloads, nothing answered", at="downloads", of="new"),
    State(name="downloads, one standard", at="downloads", of="one standard"),
    State(name="download, waiting for its turn", at="downloads", of="demo", act=_waiting, status=202),
    State(name="download, failed", at="downloads", of="demo", act=_failed, status=500),
    State(name="receipt", at="/verify"),
    State(name="receipt, not one", at="/verify", act=_no_receipt, status=422),
    State(name="receipt, equal", at="downloads", of="demo", act=_receipt(0)),
    State(name="receipt, changed", at="downloads", of="demo", act=_receipt(7)),
    State(name="gap summary", at="summary", of="demo"),
    State(name="gap summary, one standard, provisional", at="summary?standard=iso-9001", of="partly"),
    State(name="letterhead, none yet", at="letterhead", of="new"),
    State(name="letterhead, just saved", at="letterhead?done=saved", of="new"),
    State(name="letterhead", at="letterhead", of="demo", act=_letterhead("Rat & Tat GmbH", picture(mode="RGBA"), "image/png")),
    State(
        name="letterhead, no logo", at="letterhead", of="new", act=_letterhead("Rat", b"<svg/>", "image/svg+xml"), status=422
    ),
    State(name="letterhead, two tabs", at="letterhead", of="single answer", act=_two_letterheads, status=409),
    State(name="upload a workbook", at="workbook", of="new"),
    State(name="upload a workbook, taken over", at="workbook?taken=12", of="new"),
    State(name="workbook, what would change", at="workbook", of="demo", act=_workbook(_FILLED_IN)),
    State(name="workbook, changes nothing", at="workbook", of="demo", act=_workbook({})),
    State(name="workbook, to mend", at="workbook", of="partly", act=_workbook(_TO_MEND), status=422),
    State(
        name="workbook, changed on both sides",
        at="workbook",
        of="partly",
        act=_workbook(_FILLED_IN, meanwhile="The warehouse was audited in May."),
    ),
    State(name="share", at="share", of="shared"),
    State(name="share, none yet", at="share", of="new"),
    State(name="share, link just made", at="share", of="new", act=_new_link),
    State(name="worksheet, nothing filled in", at=REVIEW, of="new"),
    State(name="worksheet", at=REVIEW, of="partly"),
    State(name="worksheet part, empty", at=REVIEW + "boundary", of="new"),
    State(name="worksheet part", at=REVIEW + "aspects", of="partly"),
    State(name="worksheet line, new", at=REVIEW + "lines/D", of="new"),
    State(name="worksheet line, with its score, unfolded", at=REVIEW + "lines/F1", of="partly", act=_open_all),
    State(name="worksheet line, with errors", at=REVIEW + "lines/F", of="new", act=_wrong_line, status=422),
    State(name="worksheet line that others need", at=REVIEW + "lines/D1", of="partly", act=_delete_needed, status=422),
    State(name="worksheet line, changed by two", at=REVIEW + "lines/D3", of="partly", act=_two_lines, status=409),
    State(name="candidates", at=REVIEW + "candidates/aspects", of="partly"),
    State(name="candidates, no reason", at=REVIEW + "candidates/emergencies", of="partly", act=_no_reason, status=422),
    State(name="plan, actions of worksheets", at="plan?standard=iso-14001", of="partly"),
    State(name="upload lines", at=REVIEW + "workbook", of="new"),
    State(name="upload lines, taken over", at=REVIEW + "workbook?taken=3", of="new"),
    State(name="lines, what would change", at=REVIEW + "workbook", of="partly", act=_lines(_LINES)),
    State(name="lines, change nothing", at=REVIEW + "workbook", of="partly", act=_lines({})),
    State(name="lines, changed on both sides", at=REVIEW + "workbook", of="partly", act=_lines(_LINES, meanwhile="3 mg/m3")),
    State(name="lines, to mend", at=REVIEW + "workbook", of="partly", act=_lines(_LINES_TO_MEND), status=422),
    State(name="worksheet, what is missing", at=REVIEW + "missing", of="partly"),
    State(name="worksheet, what it proposes", at=REVIEW + "proposals", of="partly"),
    State(name="worksheet, not to be accepted yet", at=REVIEW + "accepted", of="partly"),
    State(name="worksheet, accepted", at=REVIEW + "accepted", of="older edition", act=_accept),
    State(name="worksheet of quality", at="worksheets/process-map/", of="new"),
    State(name="after the audit, nothing yet", at="after-the-audit", of="new"),
    State(name="after the audit", at="after-the-audit", of="older edition"),
    State(name="worksheet of real findings", at="worksheets/real-findings/", of="older edition"),
    State(name="real finding", at="worksheets/real-findings/lines/F1", of="older edition"),
    State(name="plan, a real major is open", at="plan", of="older edition"),
    State(name="principle", at="iso-9001/principles/customer-focus", of="partly"),
    State(name="history", at="history", of="partly"),
    State(name="history of an answer", at="history/iso-9001/internal-audit", of="partly"),
    State(name="delete", at="delete", of="new"),
    State(name="waiting to be deleted", at="leaving", of="leaving"),
    State(name="overview, not changed for long", at="", of="forgotten"),
    State(name="keep it", at="keep", of="forgotten"),
    *(
        State(name=f"error {code}", at=AUDIT, of="partly", act=trouble(code), status=code)
        for code in (400, 403, 404, 410, 413, 429, 500, 503)
    ),
    State(name="error 404, nothing typed", at="/nowhere", status=404),
    *(
        State(name=f"{page}, {of}", at=at, of=of)
        for of in ("nothing in place", "all in place", "all open", "single answer")
        for page, at in (("hub", ""), ("results", "results"), ("plan", "plan"))
    ),
    *(
        State(name=f"{page}, {of}", at=at, of=of)
        for of in ("long name", "German", "right to left")
        for page, at in (("hub", ""), ("results", "results"), ("downloads", "downloads"))
    ),
    State(name="question page, long notes", at=AUDIT, of="German"),
    State(name="check answers, long notes", at="iso-9001/check/9", of="German"),
    State(name="findings, long notes", at="findings", of="German"),
    State(name="gap summary, long notes", at="summary", of="German"),
    State(name="gap summary, right to left", at="summary", of="right to left"),
    State(name="history, long notes", at="history", of="German"),
)


def where(cast: Cast, state: State) -> str:
    """The path of the page that a state begins with."""
    if state.at.startswith("/"):
        return state.at.format(token=cast.token)
    return cast.address(state.of) + state.at


@dataclass(frozen=True, kw_only=True)
class Stage:
    """The app with all organisations, served to a browser that holds them and to one that holds nothing."""

    app: Flask
    address: str
    cast: Cast
    holder: BrowserContext
    nobody: BrowserContext

    def where(self, state: State) -> str:
        """The address of the page that a state begins with."""
        return self.address + where(self.cast, state)

    @contextmanager
    def shown(self, state: State) -> Iterator[Page]:
        """A new page brought into a state."""
        page = self.browser_of(state).new_page()
        try:
            self.bring(page, state)
            yield page
        finally:
            page.close()

    def browser_of(self, state: State) -> BrowserContext:
        """The browser of whoever sees a state."""
        return self.holder if state.of else self.nobody

    def bring(self, page: Page, state: State) -> None:
        """Bring a page into a state."""
        page.goto(self.where(state))
        if state.act is not None:
            state.act(page)
        page.evaluate("document.fonts.ready.then(() => true)")
        status = page.evaluate("performance.getEntriesByType('navigation')[0].responseStatus")
        assert status == state.status, f"{state.name}: {status} {page.title()}"


@contextmanager
def staged(assembled: Assembled, chromium: Browser) -> Iterator[Stage]:
    """Put all organisations on stage."""
    app, cast = assembled.app, assembled.cast
    with served(app) as address:
        holder, nobody = chromium.new_context(), chromium.new_context()
        hold(holder, app, address, cast.sid)
        for context in (holder, nobody):
            context.new_page().goto(address + "/privacy")  # stays, and with it what Chromium compiled
        yield Stage(app=app, address=address, cast=cast, holder=holder, nobody=nobody)
        holder.close()
        nobody.close()


def endpoints_shown(app: Flask, cast: Cast) -> set[str]:
    """The endpoints that the states open."""
    adapter = app.url_map.bind("localhost")
    found = set()
    for state in STATES:
        with suppress(NotFound):
            found.add(adapter.match(where(cast, state).partition("?")[0])[0])
    return found
