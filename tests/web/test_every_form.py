"""Every field of every form, found by following the links of the product, with what no field should get.

A form for an address that takes a POST must be found on some page, so a new form is held to this without being listed here.
"""

import re
import secrets
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any
from urllib.parse import quote_plus, urlencode, urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy import text

from assessment.storage.database import db
from assessment.storage.export_format import read_document, to_json
from assessment.storage.export_import import to_document
from assessment.storage.history import broken_chains
from assessment.web.shell.limits import MOST, count_attempts
from tests.support.opener import HTML, Browser, Page

BOUNDARY = b"a-boundary-that-nobody-types"
POISONS = {
    "a NUL": b"before\x00after",
    "half a character": b"before\xed\xa0\x80after",
    "marks that turn the direction of text": "before\u202e\u2066\u200fafter\u2069".encode(),
    "a megabyte": b"x" * 1_000_000,
}
# What no field that people type in takes, whatever it is for.
NEVER_TAKEN = (POISONS["a NUL"], POISONS["a megabyte"])
# What may come of it: taken as it is, sent back with what is wrong, or refused in plain words. Never a 5xx.
EXPECTED = {200, 303, 400, 404, 409, 413, 422}
# What no page shows at once: fields of our own script, of the page that shows a conflict, and of a second step.
LATER = {
    "questions.page": ("follows", "join", "internal-audit-common"),
    "export_import.take_in": ("document",),
    "workbook_upload.upload": ("workbook", "settle-iso-9001/internal-audit", "seen-iso-9001/internal-audit"),
}
_quoted = cache(quote_plus)  # a megabyte, thousands of times
_IDS = re.compile(r".*-(?=[a-z_]+$)")


@dataclass(frozen=True, kw_only=True)
class Form:
    """A form on a page: where it leads, how it is sent, its fields as they stand, and the names of all it can send."""

    shown_at: str
    number: int
    endpoint: str
    action: str
    multipart: bool
    fields: tuple[tuple[str, str], ...]
    names: tuple[str, ...]
    files: frozenset[str]
    typed: frozenset[str]


def forms_of(app: Flask, page: Page) -> Iterator[Form]:
    """The forms of a page that are sent by POST."""
    adapter = app.url_map.bind("localhost")
    for number, form in enumerate(each for each in page.all("form") if each.get("method") == "post"):
        action = urljoin(page.path, form.get("action") or "")
        fields, names, files, typed = [], list[str](), set(), set()
        for field in form.iter():
            name, kind = field.get("name"), field.get("type", "text")
            if not name:
                continue
            names.append(name)
            files |= {name} if kind == "file" else set()
            typed |= {name} if field.tag == HTML + "textarea" or (field.tag == HTML + "input" and kind == "text") else set()
            chosen = kind not in ("radio", "checkbox") or field.get("checked") is not None
            if chosen and field.tag in (HTML + "input", HTML + "textarea"):
                fields.append((name, field.get("value") or "".join(field.itertext())))
        endpoint, _ = adapter.match(urlsplit(action).path, method="POST")
        yield Form(
            shown_at=page.path,
            number=number,
            endpoint=str(endpoint),
            action=action,
            multipart=form.get("enctype") == "multipart/form-data",
            fields=tuple(fields),
            names=(*dict.fromkeys(names), *LATER.get(str(endpoint), ())),
            files=frozenset(files),
            typed=frozenset(typed),
        )


def at_work(browser: Browser) -> tuple[str, ...]:
    """Addresses to begin at: an assessment in which everything was used, one that is being deleted, and a private link."""
    hub = browser.start()
    for rung in ("defined", "in-use"):
        browser.send(browser.open(hub + "iso-9001/questions/9.2"), {"internal-audit-answer": rung})
    browser.send(browser.open(hub + "profile/organisation"), {"people": "64"})
    browser.send(browser.open(hub + "plan/set-scope"), {"owner": "Ada", "done_on": "2026-11-20"})
    law_watch = hub + "worksheets/environmental-review/lines/DL1"
    browser.send(browser.open(law_watch), {"f-source": "Chamber", "f-reader": "Ada"})
    conclusion = {"f-reviewer": "Ada", "f-leader": "Ada", "f-aims": "Less waste", "f-next": "2027-11-01"}
    browser.send(browser.open(hub + "worksheets/environmental-review/lines/KC1"), conclusion)
    link = link_to(browser, hub)
    colleague = Browser(browser.client.application)
    theirs = link_to(colleague, colleague.start("A colleague's"))
    for one_person in (browser, Browser(browser.client.application)):  # each browser of a person can end the other
        one_person.send(one_person.open(theirs))
    other = browser.start("Soon gone")
    browser.send(browser.open(other + "delete"))
    forgotten = browser.start("Forgotten")
    let_go(browser.client.application)
    return ("/", hub, other + "delete", forgotten + "keep", hub + "plan/set-scope", hub + "history", link, "/import")


def link_to(browser: Browser, hub: str) -> str:
    """A private link to an assessment."""
    shared = browser.send(browser.open(hub + "share"), {"label": "Kim"})
    (link,) = ("".join(each.itertext()).strip() for each in shared.all("textarea") if each.get("id") == "link-address")
    return urlsplit(link).path


def everywhere(app: Flask, browser: Browser) -> list[Form]:
    """Every form of the product, one of each kind: with a field that no other form for that address has.

    Of what hands out files one is opened: there are no forms in files, and each takes as long to make as many pages.
    """
    waiting, seen, kinds, found = list(at_work(browser)), set[str](), set[tuple[str, str]](), []
    adapter, files = app.url_map.bind("localhost"), set[str]()
    while waiting:
        address = waiting.pop(0)
        endpoint, _ = adapter.match(address)
        if address in seen or endpoint in files:
            continue
        seen.add(address)
        answer = browser.client.get(address, follow_redirects=True)
        if answer.mimetype != "text/html" or answer.status_code != 200:
            files |= {str(endpoint)} if answer.status_code == 200 else set()
            answer.close()
            continue
        page = Page(answer)
        links = (urlsplit(urljoin(page.path, link)) for link in page.links())
        waiting += [each.path for each in links if not each.netloc and not each.path.startswith("/static")]
        for form in forms_of(app, page):
            new = {(form.endpoint, _IDS.sub("", name)) for name in form.names} - kinds
            if new:
                kinds |= new
                found.append(form)
    return found


def body_of(form: Form, name: str, poison: bytes) -> tuple[bytes, str]:
    """What a browser would send with one field poisoned, and its content type. Each time is a new save."""
    told = {field: value.encode() for field, value in form.fields} | {name: poison}
    if "save_key" in told and name != "save_key":
        told["save_key"] = secrets.token_urlsafe(18).encode()
    if not form.multipart:
        return urlencode(told, quote_via=_quoted).encode(), "application/x-www-form-urlencoded"
    parts = []
    for field, value in told.items():
        file = b'; filename="a.json"' if field in form.files else b""
        head = b'Content-Disposition: form-data; name="%s"%s' % (field.encode(), file)
        parts.append(b"--%s\r\n%s\r\n\r\n%s\r\n" % (BOUNDARY, head, value))
    return b"".join([*parts, b"--%s--\r\n" % BOUNDARY]), f"multipart/form-data; boundary={BOUNDARY.decode()}"


def fresh(app: Flask, browser: Browser, form: Form) -> Form | None:
    """The form as its page shows it by now; ``None`` where it is not there any more."""
    answer = browser.client.get(form.shown_at)
    if answer.status_code != 200:
        return None
    shown = {each.number: each for each in forms_of(app, Page(answer))}
    again = shown.get(form.number)
    return again if again and again.endpoint == form.endpoint else None


def nothing_is_broken(app: Flask) -> None:
    """Every history is whole, no NUL is stored, and every assessment can still be exported and read again."""
    with app.app_context():
        assert list(broken_chains()) == []
        with db.engine.connect() as connection:
            ids = connection.execute(text("SELECT id FROM assessment")).scalars().all()
        for key in ids:
            document = to_document(key)
            assert "\x00" not in str(document)
            read_document(to_json(document), app.extensions["library"].takes)


def keep_all(app: Flask, deleted: Any) -> None:
    """Undo what a form that was taken as it is deleted, and let go again what another one kept."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE assessment SET delete_after = NULL WHERE organisation != 'Soon gone'"))
        statement = text("UPDATE assessment SET delete_after = :at WHERE organisation = 'Soon gone'")
        connection.execute(statement, {"at": deleted})
    let_go(app)


def let_go(app: Flask) -> None:
    """Let an assessment say that it goes, since nobody changed it for long."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("UPDATE assessment SET expires_at = created_at WHERE organisation = 'Forgotten'"))


@pytest.mark.broad
def test_no_field_of_any_form_breaks_anything(app: Flask, browser: Browser) -> None:
    count_attempts(app, {**MOST, "start": 10**6, "assessment": 10**6, "open": 10**6, "import": 10**6})
    forms = sorted(everywhere(app, browser), key=lambda form: form.endpoint == "browsers.forget_this")  # after it nothing opens
    takes_a_form = {rule.endpoint for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert {form.endpoint for form in forms} == takes_a_form
    with app.app_context(), db.engine.connect() as connection:
        deleted = connection.execute(text("SELECT delete_after FROM assessment WHERE organisation = 'Soon gone'")).scalar()
    sent: Counter[str] = Counter()
    for form in forms:
        now: Form | None = None
        for name, poison in product(form.names, POISONS):
            now = now or fresh(app, browser, form)
            if now is None:
                continue
            status = hold_to(browser, now, name, poison)
            if status in (200, 303):  # whatever it was, it was taken: the page may show another form now
                keep_all(app, deleted)
                now = None
            sent[poison] += 1
    assert min(sent[poison] for poison in POISONS) > 100
    nothing_is_broken(app)


def hold_to(browser: Browser, form: Form, name: str, poison: str) -> int:
    """Send a form with one field poisoned, demand an answer that people can use, and return its status."""
    body, kind = body_of(form, name, POISONS[poison])
    answer = browser.client.post(form.action, data=body, content_type=kind)
    where = f"{form.endpoint}, field {name} with {poison}: {answer.status_code}"
    assert answer.status_code in EXPECTED, where
    assert answer.status_code != 404 or form.endpoint == "sharing.opening", where
    if name in form.typed and POISONS[poison] in NEVER_TAKEN:
        assert answer.status_code in (413, 422), f"{where}, although it cannot be kept"
    if answer.status_code != 303:
        assert len(re.findall("<h1[ >]", answer.get_data(as_text=True))) == 1, where
    answer.close()
    return answer.status_code
