"""When the session is gone, what was typed comes back under the words that its form had, and nothing that nobody typed."""

from collections.abc import Mapping
from typing import Any

import pytest
from flask import Flask

from assessment.web.shell.limits import MOST, count_attempts
from tests.support.opener import HTML, Browser, Page
from tests.support.worksheets import REVIEW
from tests.web.test_every_form import everywhere
from tests.web.test_worksheets import LINES

# Forms of nobody's in particular work without a session, so nothing has to come back.
WITHOUT_A_SESSION = {"start.", "browsers.", "receipts.", "export_import.take_in", "sharing.opening"}


def labels_of(form: Any) -> dict[str, set[str]]:
    """What people read beside each field that they type in or choose from: its label, and the legend around it."""
    labels = {label.get("for"): words(label) for label in form.iter(HTML + "label")}
    found: dict[str, set[str]] = {}
    around = {child: parent for parent in form.iter() for child in parent}
    for kind in ("input", "textarea", "select"):
        for field in form.iter(HTML + kind):
            name = field.get("name")
            if not name or field.get("type") in ("hidden", "file"):
                continue
            beside = found.setdefault(name, set())
            beside.add(labels.get(field.get("id"), ""))
            node = field
            while node in around:
                node = around[node]
                if node.tag == HTML + "fieldset":
                    beside |= {words(each) for each in list(node)[:1] if each.tag == HTML + "legend"}
    return found


def words(element: Any) -> str:
    """What people see in an element."""
    if element.get("class") == "visually-hidden":
        return ""
    parts = [element.text or "", *(words(child) + (child.tail or "") for child in element)]
    return " ".join("".join(parts).split())


def shown(page: Page) -> list[str]:
    """What the page that gives back what was typed shows as its labels."""
    (form,) = (each for each in page.all("form") if each.get("method") == "post")
    chosen = [words(each).rpartition(": ")[0] for each in form.iter(HTML + "p") if each.find(HTML + "strong") is not None]
    return [*(words(each) for each in form.iter(HTML + "label")), *chosen]


def typed_into(form: Any) -> dict[str, list[str]]:
    """Something in every field of a form, chosen where it is to be chosen, and all that is hidden."""
    sent: dict[str, list[str]] = {}
    for field in form.iter():
        name, kind = field.get("name"), field.get("type", "text")
        if not name or kind == "file" or field.tag == HTML + "button":
            continue
        if field.tag == HTML + "select":
            sent.setdefault(name, []).append([each.get("value", "") for each in field.iter(HTML + "option")][-1])
        elif kind in ("radio", "checkbox"):
            sent[name] = [field.get("value", "")] if field.get("value") else sent.get(name, [])
        else:
            sent.setdefault(name, []).append(field.get("value", "") if kind == "hidden" else "Typed")
    return sent


@pytest.mark.broad
def test_every_form_gives_back_what_was_typed_under_its_own_words(app: Flask, browser: Browser) -> None:
    count_attempts(app, {**MOST, "start": 10**6, "assessment": 10**6, "open": 10**6, "import": 10**6})
    stranger = Browser(app)
    walked: dict[str, int] = {}
    for form in everywhere(app, browser):
        if form.endpoint.startswith(tuple(WITHOUT_A_SESSION)):
            continue
        page = browser.open(form.shown_at)
        element = [each for each in page.all("form") if each.get("method") == "post"][form.number]
        typed, labels = typed_into(element), labels_of(element)
        answer = stranger.client.post(form.action, data=typed)
        assert answer.status_code == 404, form.endpoint
        told = shown(Page(answer)) if typed.keys() - {"csrf_token"} else []
        known = set().union(*labels.values()) - {""} if labels else set()
        foreign = [label for label in told if label not in known and not of_an_answer(label, known)]
        assert not foreign, f"{form.endpoint} at {form.shown_at}: {foreign}"
        missing = [name for name, beside in labels.items() if typed.get(name) and not is_told(beside, told, typed, name)]
        assert not missing, f"{form.endpoint} at {form.shown_at}: {missing} of {told}"
        walked[form.endpoint] = walked.get(form.endpoint, 0) + len(told)
    assert {name for name, count in walked.items() if count} >= {
        *("questions.page", "profile.group", "planning.step", "lines.line", "costs.show", "letterhead.edit", "hub.choices"),
        *("sharing.share", "candidates.show", "questions.check", "way.choose"),
    }


def of_an_answer(label: str, known: set[str]) -> bool:
    """A field of an answer comes back under its question."""
    return any(asks and label.startswith(asks) for asks in known)


def is_told(beside: set[str], told: list[str], typed: Mapping[str, list[str]], name: str) -> bool:
    standard, _, part = name.rpartition("-")
    if typed.get(f"{standard}-was_{part}") == typed[name] or typed.get(f"was_{name}") == typed[name]:
        return True  # as the page showed it
    return any(label in told or any(each.startswith(label) for each in told) for label in beside if label)


def test_what_is_hidden_goes_along_unseen(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + LINES + "D")
    gone = Browser(app).send(page, {"f-title": "Water law", "save": "here"}, to=hub + LINES + "D", status=404)
    assert shown(gone) == [REVIEW.registers["obligations"].by_id["title"].label]
    assert gone.fields()["shown"] == page.fields()["shown"]
