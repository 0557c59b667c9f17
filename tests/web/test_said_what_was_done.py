"""Whatever a form did, the page that it leads to says so, in a status."""

import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import pytest
from flask import Flask

from assessment.domain.rights import Role
from assessment.web.shell.limits import MOST, count_attempts
from assessment.web.wording.done import SAYS, Done
from tests.support.assessments import joined
from tests.support.opener import HTML, Browser, Page
from tests.support.worksheets import REVIEW
from tests.web.test_every_form import Form, everywhere, fresh
from tests.web.test_worksheets import LINES, WORKSHEET, add

# What people fill in or press so that something is done; forms that are not named here are sent as they stand.
TYPED: Mapping[str, Mapping[str, Any]] = {
    "browsers.end": {"which": "others"},
    "candidates.show": {"decide": "later"},
    "history.answer": {"restore": "1"},
    "planning.take_over": {"question": "all"},
    "proposed.show": {"question": "all"},
    "questions.check": {"save": "leave-out", "reason": "We buy this from others."},
    "way.choose": {"way": "none"},
}
# What these bring about is the page that they lead to: the overview of what was started or opened, the deletion with its undo,
# a chosen file with what it holds.
SHOWN_BY_ITSELF = {
    *("start.demo", "start.start", "sharing.opening", "sharing.share", "export_import.delete", "export_import.take_in"),
    *("receipts.check", "workbook_upload.upload", "worksheet_workbook.upload"),
}
# These have a richer word of their own beside what they are about, in tests of their own, or are sent by a button of a row.
SAID_IN_PLACE = {"comparison.decide", "marking.done"}
PART = WORKSHEET + next(part.id for part in REVIEW.parts if part.letter == "D")


def statuses(page: Page) -> list[str]:
    """What the statuses of a page say."""
    said = [" ".join("".join(each.itertext()).split()) for each in page.tree.iter() if each.get("role") == "status"]
    return [text for text in said if text]


def done_by(browser: Browser, form: Form) -> Page | None:
    """Send a form and follow it; ``None`` where it leads nowhere else."""
    fields = {**dict(form.fields), **TYPED.get(form.endpoint, {})}
    fields |= {"save_key": secrets.token_urlsafe(18)} if "save_key" in fields else {}
    answer = browser.client.post(form.action, data={name: value for name, value in fields.items() if name not in form.files})
    if answer.status_code != 303:
        return None
    return browser.open(answer.headers["Location"])


@pytest.mark.broad
def test_whatever_a_form_did_the_page_it_leads_to_says_so(app: Flask, browser: Browser) -> None:
    count_attempts(app, {**MOST, "start": 10**6, "assessment": 10**6, "open": 10**6, "import": 10**6})
    last = ("export_import.stay", "export_import.keep", "browsers.end", "browsers.forget_this")  # after these less opens
    forms = sorted(everywhere(app, browser), key=lambda form: last.index(form.endpoint) if form.endpoint in last else -1)
    silent, led = [], set()
    for form in {form.endpoint: form for form in forms if form.endpoint not in SHOWN_BY_ITSELF | SAID_IN_PLACE}.values():
        page = done_by(browser, fresh(app, browser, form) or form)
        if page is None:
            continue
        led.add(form.endpoint)
        silent += [form.endpoint] if not statuses(page) else []
    assert not silent
    takes_a_form = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert takes_a_form - led == SHOWN_BY_ITSELF | SAID_IN_PLACE


def test_the_address_carries_one_of_our_words_and_no_other(browser: Browser) -> None:
    hub = browser.start()
    assert "Saved." in statuses(browser.open(hub + "letterhead?done=saved"))
    assert not statuses(browser.open(hub + "letterhead?done=You+won&line=D1"))
    assert SAYS.keys() == set(Done)


def test_what_was_done_before_is_not_said_beside_what_is_wrong_now(browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + "letterhead")
    wrong = browser.send(page, {"name": "x" * 5_000}, to=hub + "letterhead?done=saved", status=422)
    gone = browser.open(hub + "worksheets/nothing?done=saved", status=404)
    assert statuses(wrong) == statuses(gone) == []


def test_what_was_done_is_not_said_again_on_the_page_as_it_is_kept(browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "D", {"title": "Water law"})
    part = hub + PART
    assert statuses(browser.open(f"{part}?done=saved&line=D1")) == ["Saved."]
    assert statuses(browser.open(part)) == []


def test_a_deleted_line_is_undone_where_it_is_said_and_found_again_on_its_part_and_in_the_history(browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "D", {"title": "Water law"})
    add(browser, hub, "D", {"title": "Waste law"})
    line = hub + LINES + "D2"
    answer = browser.client.post(line, data={**browser.open(line).fields(), "save": "delete"})
    assert urlsplit(answer.headers["Location"]).fragment == "was-done"
    page = browser.open(answer.headers["Location"])
    assert statuses(page) == ["D2 deleted. Undo: bring D2 back"]
    assert "1 line is deleted" in page.text
    assert line in page.links()
    assert line in browser.open(hub + "history").links()
    back = browser.send(page, {"save": "restore"}, to=line)
    assert statuses(back) == ["Brought back."]
    assert "deleted" not in back.text
    assert "Waste law" in back.text


def test_whoever_may_only_read_is_led_to_no_line_that_was_deleted(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "D", {"title": "Water law"})
    add(browser, hub, "D", {"title": "Waste law"})
    browser.send(browser.open(hub + LINES + "D2"), {"save": "delete"})
    reader = joined(app, hub, Role.READER)
    links = [*reader.open(hub + PART).links(), *reader.open(hub + "history").links()]
    assert hub + LINES + "D1" in links
    assert hub + LINES + "D2" not in links


def test_where_somebody_else_was_faster_the_title_says_so_and_the_notice_takes_the_focus(browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "D", {"title": "Water law"})
    for address, field in (("letterhead", "name"), ("plan/set-scope", "owner"), (LINES + "D1", "f-title")):
        mine, theirs = browser.open(hub + address), browser.open(hub + address)
        browser.send(theirs, {field: "Theirs"})
        page = browser.send(mine, {field: "Mine"}, status=409)
        assert "".join(page.all("title")[0].itertext()).startswith("Error: "), address
        (notice,) = (each for each in page.tree.iter(HTML + "div") if each.get("role") == "alert")
        assert notice.get("tabindex") == "-1", address
