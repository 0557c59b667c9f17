"""Pieces of pages that many states have alike, and what tells them apart."""

import pytest
from flask import Flask
from markupsafe import Markup, escape

from assessment.web.shell.pieces import PIECES_KEPT, Pieces, piece
from assessment.web.starting.glossary import linked_once, linking_piece
from tests.support.content import LIBRARY
from tests.support.opener import Browser
from tests.support.pseudo import TAG


def shown(text: str) -> Markup:
    return piece("row", 1, caller=lambda: escape(text))


def test_a_piece_is_rendered_once_for_each_language_and_root(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    with app.test_request_context("/"):
        assert shown("first") == shown("second") == Markup("first")
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": "/below"}):
        assert shown("below") == Markup("below")
    monkeypatch.setattr("assessment.web.shell.pieces.language", lambda: TAG)
    with app.test_request_context("/"):
        assert shown("other words") == Markup("other words")


def test_terms_that_a_kept_piece_links_are_not_linked_again_below_it(app: Flask) -> None:
    term = next(iter(LIBRARY.terms))

    def row() -> Markup:
        return linking_piece("row", caller=lambda: linked_once(f"{term} of the row"))

    for _ in range(2):  # rendered, then kept
        with app.test_request_context("/"):
            assert 'class="term"' in row()
            assert linked_once(term) == escape(term)
            assert row() == escape(f"{term} of the row")


def test_a_worker_keeps_only_the_pieces_that_were_shown_last() -> None:
    pieces = Pieces()
    for number in range(PIECES_KEPT):
        pieces.get_or_render(number, lambda: Markup("first"))
    assert pieces.get_or_render(0, lambda: Markup("again")) == "first"
    pieces.get_or_render("one more", lambda: Markup("first"))
    assert pieces.get_or_render(0, lambda: Markup("again")) == "first"
    assert pieces.get_or_render(1, lambda: Markup("again")) == "again"


def test_what_is_said_of_a_step_or_an_answer_is_shown_at_once(browser: Browser) -> None:
    owner = "Grace Hopper"
    hub = browser.start_sample()
    step = next(link for link in browser.open(hub + "plan").links() if "/plan/" in link)
    for address in ("plan", "findings?open=all"):
        assert owner not in browser.open(hub + address).text
    browser.send(browser.open(step), {"owner": owner, "due": "2026-11-20"})
    assert browser.open(hub + "plan").text.count(owner) == 2  # in the row, and among the owners to filter by
    assert "20 November 2026, overdue" in browser.open(hub + "plan").text
    browser.send(browser.open(step), {"due": "2027-03-01"})
    assert "overdue" not in browser.open(hub + "plan").text
    for rung in ("informal", "absent"):
        page = browser.open(hub + "iso-9001/questions/9.2")
        browser.send(page, {"internal-audit-note": f"{owner} knows of {rung}", "internal-audit-answer": rung})
        assert browser.open(hub + "findings?open=all").text.count(f"{owner} knows of {rung}") == 1
