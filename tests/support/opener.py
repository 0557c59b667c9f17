"""A browser without a screen: it opens pages, holds each to the basics, and fills in forms as a person would."""

import re
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from flask import Flask
from werkzeug.test import TestResponse

from tests.support.markup import HTML, read

__all__ = ["HTML", "Browser", "Page"]


class Page:
    """A page that was answered: its status, address, text and forms."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.path = response.request.path
        self.address = response.request.full_path.rstrip("?")
        self.html = response.get_data(as_text=True)
        # What is no page has no elements.
        self.is_page = response.mimetype == "text/html"
        self.tree, self.faults = read(self.html) if self.is_page else (Element(HTML + "html"), [])

    @property
    def text(self) -> str:
        """All words of the page, blanks folded."""
        return " ".join("".join(self.tree.itertext()).split())

    def all(self, name: str) -> list[Any]:
        """Every element of a kind."""
        return list(self.tree.iter(HTML + name))

    def links(self) -> list[str]:
        """Where the links of the page lead."""
        return [link.get("href", "") for link in self.all("a")]

    def fields(self) -> dict[str, list[str]]:
        """What the page's forms would send as they stand."""
        sent: dict[str, list[str]] = {}
        for field in self.all("input"):
            kind, name = field.get("type", "text"), field.get("name")
            if name and (kind not in ("radio", "checkbox") or field.get("checked") is not None):
                sent.setdefault(name, []).append(field.get("value", ""))
        for area in self.all("textarea"):
            if name := area.get("name"):  # one without a name is only shown
                sent.setdefault(name, []).append("".join(area.itertext()))
        return sent


class Browser:
    """A person's browser, with cookies of its own."""

    def __init__(self, app: Flask) -> None:
        self.client = app.test_client()

    def open(self, address: str, *, status: int = 200) -> Page:
        """Open an address and check the page's basics."""
        return self.checked(self.client.get(address, follow_redirects=True), status)

    def send(
        self,
        page: Page,
        changes: dict[str, Any] | None = None,
        *,
        to: str | None = None,
        status: int = 200,
        follow: bool = True,
    ) -> Page:
        """Send a page's form with some fields changed; ``None`` leaves a field out."""
        fields: dict[str, Any] = {**page.fields(), **(changes or {})}
        data = {name: value for name, value in fields.items() if value is not None}
        return self.checked(self.client.post(to or page.path, data=data, follow_redirects=follow), status)

    def start(self, organisation: str = "Muster & Söhne") -> str:
        """Start an assessment and return the address of its overview."""
        page = self.open("/start")
        offered = [field.get("value") for field in page.all("input") if field.get("name") == "standards"]
        return self.send(page, {"organisation": organisation, "standards": offered}).path

    def start_sample(self) -> str:
        """Open the sample organisation with one press and return the address of its overview."""
        return self.send(self.open("/"), to="/demo").path

    def cookie(self) -> str:
        """The cookie that this browser holds of the product."""
        found = self.client.get_cookie("readiness")
        assert found is not None
        return found.value

    def checked(self, response: TestResponse, status: int) -> Page:
        page = Page(response)
        assert page.status == status, f"{page.path}: {page.status}\n{page.text[:600]}"
        if response.mimetype == "text/html" and not 300 <= page.status < 400:
            check_basics(page)
        return page


def starting(organisation: str) -> dict[str, Any]:
    """What somebody fills in to start an assessment of both standards: the page ticks none by itself."""
    return {"organisation": organisation, "standards": ["iso-9001", "iso-14001"]}


def check_basics(page: Page) -> None:
    """What every page must be."""
    assert page.faults == [], f"{page.path}: browsers have to forgive {page.faults}"
    headings = ["".join(each.itertext()) for each in page.all("h1")]
    assert len(headings) == 1, f"{page.path} has {len(headings)} h1"
    title = " ".join("".join(page.all("title")[0].itertext()).split()).removeprefix("Error: ")
    assert _plain(title).startswith(_plain(headings[0])), f"{page.path}: {title!r} does not begin with {headings[0]!r}"
    ids = [name for each in page.tree.iter() if (name := each.get("id"))]
    assert len(ids) == len(set(ids)), f"{page.path} has an id twice: {sorted({i for i in ids if ids.count(i) > 1})}"
    assert not re.search(r'<[^>]+\sstyle=|<style|\son[a-z]+="', page.html), f"{page.path} has inline style or script"
    assert all(script.get("src") for script in page.all("script"))
    labelled = {label.get("for") for label in page.all("label")}
    for field in _visible_fields(page):
        assert field.get("id") in labelled, f"{page.path}: {field.get('name')} has no label"
    for form in page.all("form"):
        if form.get("method") == "post":
            assert any(field.get("name") == "csrf_token" for field in form.iter(HTML + "input")), f"{page.path}: no token"
    headers = page.response.headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Cache-Control"] == "no-store"


def _visible_fields(page: Page) -> Iterable[Any]:
    yield from (field for field in page.all("input") if field.get("type") != "hidden")
    yield from page.all("textarea")


def _plain(text: str) -> str:
    return " ".join(text.split())
