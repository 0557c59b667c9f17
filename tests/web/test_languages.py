"""Languages: a file makes one, the browser asks for it or a person chooses it, and nothing of another one is shown."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from flask import Flask

from assessment.domain.answers import on_rung
from assessment.domain.authors import OWN_AUTHORS, STARTER, by_workbook, person_of
from assessment.domain.rules import Rung
from assessment.languages import CatalogueError, read_languages
from assessment.storage.answers import save_answers
from assessment.storage.merge_save import Proposed
from tests.support.apps import NOW, Opening
from tests.support.opener import Browser, Page
from tests.support.pseudo import OPENING, TAG, write_catalogue

GERMAN = {
    "Privacy": "Datenschutz",
    "The questionnaires": "Die Fragebögen",
    "Quality management systems": "Qualitätsmanagementsysteme",
    "Has an internal audit looked at every process in scope in one full round?": "Wurde jeder Prozess auditiert?",
}

Speaking = Callable[..., AbstractContextManager[Flask]]


@pytest.fixture
def speaking(database: Opening, tmp_path: Path) -> Speaking:
    """An app that speaks English and what catalogues say."""

    @contextmanager
    def start(**catalogues: dict[str, str] | None) -> Iterator[Flask]:
        folder = tmp_path / "locale"
        folder.mkdir()
        for tag, texts in catalogues.items():
            write_catalogue(folder, tag.replace("_", "-"), texts)
        with database(tmp_path / "data", locale=folder) as app:
            yield app

    return start


def asked_in(app: Flask, address: str, languages: str) -> Page:
    """A page as a browser gets it that asks for languages."""
    browser = Browser(app)
    return browser.checked(browser.client.get(address, headers={"Accept-Language": languages}), 200)


def test_a_catalogue_is_all_that_a_language_needs(speaking: Speaking) -> None:
    with speaking(de=GERMAN) as app:
        page = asked_in(app, "/privacy", "de-AT, en;q=0.5")
        assert '<html lang="de">' in page.html
        assert "Datenschutz" in page.text
        assert "What is stored" in page.text  # not translated yet
        assert "Datenschutz" not in asked_in(app, "/privacy", "fr, en;q=0.5").text


def test_questions_are_asked_in_the_language_of_the_page(speaking: Speaking) -> None:
    with speaking(de=GERMAN) as app:
        in_german = asked_in(app, "/standards/iso-9001", "de")
        assert "Wurde jeder Prozess auditiert?" in in_german.text
        assert "Wurde" not in asked_in(app, "/standards/iso-9001", "en").text


def test_a_chosen_language_goes_before_the_one_the_browser_asks_for(speaking: Speaking) -> None:
    with speaking(de=GERMAN) as app:
        browser = Browser(app)
        page = browser.open("/privacy")
        assert [option.get("value") for option in page.all("option")] == ["en-GB", "de"]
        chosen = browser.client.get("/language", query_string={"language": "de", "back": "/privacy"})
        assert (chosen.status_code, chosen.location) == (303, "/privacy")
        assert "Datenschutz" in browser.open("/privacy").text
        browser.client.get("/language?language=en&back=/privacy")
        assert "Datenschutz" not in browser.open("/privacy").text


@pytest.mark.parametrize("asked", ["en", "en-US", "en-GB", "EN-gb, de;q=0.9"])
def test_english_is_british_and_found_by_every_name_of_it(speaking: Speaking, asked: str) -> None:
    with speaking(de=GERMAN) as app:
        assert '<html lang="en-GB">' in asked_in(app, "/privacy", asked).html


def test_who_chose_english_before_it_named_a_country_keeps_it(speaking: Speaking) -> None:
    with speaking(de=GERMAN) as app:
        browser = Browser(app)
        browser.client.set_cookie("language", "en")
        page = browser.checked(browser.client.get("/privacy", headers={"Accept-Language": "de"}), 200)
        assert '<html lang="en-GB">' in page.html


@pytest.mark.parametrize(
    "back",
    [
        *("//elsewhere.example", "/\\elsewhere.example", "https://elsewhere.example/", "", "privacy", "/privacy\\x"),
        *(f"/{dropped}/elsewhere.example" for dropped in "\t\r\n\0\x1b\x7f\x85\u2028"),
        *("\t//elsewhere.example", " //elsewhere.example", "/\n", "/privacy\r\nSet-Cookie: a=b"),
    ],
)
def test_choosing_a_language_leads_to_no_other_site(speaking: Speaking, back: str) -> None:
    with speaking(de=GERMAN) as app:
        chosen = app.test_client().get("/language", query_string={"language": "de", "back": back})
        assert (chosen.status_code, chosen.location) == (303, "/")


def test_a_language_that_is_not_here_cannot_be_chosen(speaking: Speaking) -> None:
    with speaking(de=GERMAN) as app:
        assert "Set-Cookie" not in app.test_client().get("/language?language=xx&back=/privacy").headers


def test_with_one_language_nobody_is_asked_to_choose(browser: Browser) -> None:
    assert browser.open("/privacy").all("select") == []


def test_a_language_that_runs_from_right_to_left_does_so_on_the_page(speaking: Speaking) -> None:
    with speaking(ar={"Privacy": "الخصوصية"}) as app:
        assert '<html lang="ar" dir="rtl">' in asked_in(app, "/privacy", "ar").html


def test_what_was_worked_out_in_one_language_is_not_shown_in_another(speaking: Speaking) -> None:
    with speaking(**{TAG.replace("-", "_"): None}) as app:
        browser = Browser(app)
        hub = browser.start_sample()
        addresses = ["/", hub, hub + "results", hub + "findings", hub + "plan", hub + "iso-9001/questions/9.2"]
        for language, translated in (("en", False), (TAG, True), ("en", False)):
            browser.client.get("/language", query_string={"language": language, "back": "/"})
            for address in addresses:
                assert (OPENING in browser.open(address).text) is translated, address


def test_a_page_on_what_went_wrong_speaks_the_language_too(speaking: Speaking) -> None:
    with speaking(**{TAG.replace("-", "_"): None}) as app:
        browser = Browser(app)
        browser.client.set_cookie("language", TAG)
        assert OPENING in browser.open("/nowhere", status=404).text


@pytest.mark.parametrize("author", [*OWN_AUTHORS, by_workbook(STARTER), by_workbook("Kim")])
def test_the_history_keeps_names_in_one_form_and_says_them_in_the_language_of_the_page(speaking: Speaking, author: str) -> None:
    with speaking(**{TAG.replace("-", "_"): None}) as app:
        browser = Browser(app)
        hub = browser.start()
        with app.app_context():
            given = [Proposed(key="iso-9001/scope", value=on_rung(Rung.DEFINED), base_version=0)]
            save_answers(hub.split("/")[2], given, who=author, at=NOW)
        assert author in browser.open(hub + "history").text
        assert f"Answered by: {person_of(author)} (1)" in browser.open(hub + "director").text
        browser.client.set_cookie("language", TAG)
        assert author not in browser.open(hub + "history").text
        ours = [name for name in OWN_AUTHORS if f"{name} (1)" in browser.open(hub + "director").text]
        assert ours == []


def test_a_damaged_catalogue_is_named_at_start(tmp_path: Path) -> None:
    path = tmp_path / "de" / "LC_MESSAGES" / "messages.po"
    path.parent.mkdir(parents=True)
    path.write_text('msgid "open\n')
    with pytest.raises(CatalogueError, match=r"de/LC_MESSAGES/messages\.po cannot be read"):
        read_languages(tmp_path)
