"""The letterhead: kept with everything typed, never overwritten silently, taken along, and deleted with the assessment."""

import base64
import hashlib
import io
import json
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from PIL import Image

from assessment.domain.letterhead import Letterhead
from assessment.storage.database import db
from assessment.storage.export_format import VERSION
from assessment.storage.history import broken_chains, chained, latest
from assessment.storage.housekeeping import tidy
from assessment.storage.letterheads import load_letterhead
from tests.support.apps import NOW
from tests.support.logos import bomb, picture, with_exif
from tests.support.opener import Browser, Page
from tests.support.transfers import as_it_came

ADDRESS = "Hauptstraße 5\n80331 München\nمبنى ٣"


def send(browser: Browser, page: Page, changes: dict[str, Any], logo: bytes | None = None, status: int = 200) -> Page:
    """Send the page's form with a picture, as a browser does."""
    fields: dict[str, Any] = {**page.fields(), **changes}
    fields["logo"] = (io.BytesIO(logo or b""), "logo.png" if logo is not None else "")
    answer = browser.client.post(page.path, data=fields, content_type="multipart/form-data", follow_redirects=True)
    answer.request.environ["wsgi.input"].close()  # the test client leaves its own copy of a large file open
    return browser.checked(answer, status)


def given(browser: Browser, organisation: str = "Muster & Söhne") -> str:
    hub = browser.start(organisation)
    page = browser.open(hub + "letterhead")
    send(browser, page, {"name": "Rat & Tat GmbH", "address": ADDRESS}, picture(mode="RGBA"))
    return hub


def stored(app: Flask, hub: str) -> Letterhead:
    with app.app_context():
        return load_letterhead(hub.split("/")[2])[0]


def test_name_address_and_logo_are_kept_and_shown(app: Flask, browser: Browser) -> None:
    hub = given(browser)
    page = browser.open(hub + "letterhead")
    assert page.fields()["name"] == ["Rat & Tat GmbH"]
    assert page.fields()["address"][0].strip() == ADDRESS
    shown = browser.client.get(hub + "letterhead/logo.png")
    assert shown.mimetype == "image/png"
    assert shown.headers["Cache-Control"] == "no-store"
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert Image.open(io.BytesIO(shown.data)).size == (400, 120)
    assert stored(app, hub).logo == shown.data
    other = Browser(app)
    other.open(hub + "letterhead", status=404)
    assert other.client.get(hub + "letterhead/logo.png").status_code == 404


def test_the_logo_is_removed_with_a_button_and_gone_from_the_database(app: Flask, browser: Browser) -> None:
    hub = given(browser)
    page = send(browser, browser.open(hub + "letterhead"), {"remove": "logo", "name": "Changed as well"})
    assert "Remove the logo" not in page.text
    assert browser.client.get(hub + "letterhead/logo.png").status_code == 404
    assert stored(app, hub).name == "Changed as well"
    with app.app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM logo").scalar() == 0


def test_saving_without_choosing_a_picture_leaves_the_logo_as_it_is(app: Flask, browser: Browser) -> None:
    hub = given(browser)
    before = stored(app, hub).logo
    send(browser, browser.open(hub + "letterhead"), {"address": ""})
    assert stored(app, hub).logo == before
    assert stored(app, hub).address == ""


@pytest.mark.parametrize(
    ("logo", "says"),
    [
        (b"", "The file is empty"),
        (b"<svg/>", "neither"),
        (picture()[:200], "damaged"),
        (bomb(), "25 million pixels"),
        (picture() + bytes(3_000_000), "a logo can have 1 MB"),
    ],
    ids=["empty", "another kind", "truncated", "a bomb", "too large"],
)
def test_a_picture_that_cannot_be_used_is_refused_and_what_was_typed_stays(
    app: Flask, browser: Browser, logo: bytes, says: str
) -> None:
    hub = browser.start()
    page = send(browser, browser.open(hub + "letterhead"), {"name": "Typed", "address": "Here\nand there"}, logo, 422)
    assert page.html.count(says) == 2  # in the summary and at the field
    assert page.fields()["name"] == ["Typed"]
    assert page.fields()["address"][0].strip() == "Here\nand there"
    assert stored(app, hub) == Letterhead()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"name": "x" * 201}, "at most 200"),
        ({"name": "a\x07b"}, "hidden control character"),
        ({"address": "a\x00b"}, "hidden control character"),
        ({"address": "x" * 501}, "at most 500"),
        ({"address": "line\n" * 9}, "9 lines; there is room for 8"),
    ],
)
def test_text_that_cannot_be_used_is_explained_and_the_page_says_that_the_picture_is_to_be_chosen_again(
    app: Flask, browser: Browser, typed: dict[str, str], says: str
) -> None:
    hub = browser.start()
    page = send(browser, browser.open(hub + "letterhead"), typed, picture(), 422)
    assert says in page.text
    assert "choose it again" in page.text
    assert stored(app, hub) == Letterhead()


def test_a_name_of_two_hundred_characters_in_any_script_is_kept(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    name = ("<b>&amp;{{ 7*7 }} 审核 مراجعة ✓ " * 10)[:200].strip()
    page = send(browser, browser.open(hub + "letterhead"), {"name": name})
    assert page.fields()["name"] == [name]
    assert stored(app, hub).name == name


def test_two_tabs_with_different_parts_both_win(app: Flask, browser: Browser) -> None:
    hub = given(browser)
    one, other = browser.open(hub + "letterhead"), browser.open(hub + "letterhead")
    send(browser, one, {"name": "From the first tab"})
    send(browser, other, {"address": "From the second tab"}, picture(50, 50))
    assert (stored(app, hub).name, stored(app, hub).address) == ("From the first tab", "From the second tab")
    assert Image.open(io.BytesIO(stored(app, hub).logo)).size == (50, 50)


def test_two_tabs_with_one_part_show_both_and_overwrite_nothing(app: Flask, browser: Browser) -> None:
    hub = given(browser)
    one, other = browser.open(hub + "letterhead"), browser.open(hub + "letterhead")
    send(browser, one, {"name": "Theirs"}, picture(50, 50))
    page = send(browser, other, {"name": "Mine"}, picture(60, 60), 409)
    assert page.fields()["name"] == ["Mine"]
    assert "“Theirs”" in page.text
    assert "chose another logo" in page.text
    assert stored(app, hub).name == "Theirs"
    assert Image.open(io.BytesIO(stored(app, hub).logo)).size == (50, 50)
    send(browser, page, {}, picture(60, 60))
    assert stored(app, hub).name == "Mine"
    assert Image.open(io.BytesIO(stored(app, hub).logo)).size == (60, 60)


def test_sent_twice_it_is_saved_once_and_the_same_key_with_another_picture_is_refused(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + "letterhead")
    send(browser, page, {"name": "Once"}, picture())
    before = stored(app, hub)
    send(browser, page, {"name": "Once"}, picture())
    assert stored(app, hub) == before
    send(browser, page, {"name": "Once"}, picture(9, 9), 422)
    assert stored(app, hub) == before


def test_a_repeat_after_somebody_changed_the_logo_does_not_bring_the_old_one_back(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + "letterhead")
    send(browser, page, {}, picture())
    send(browser, browser.open(hub + "letterhead"), {}, picture(9, 9))
    before = stored(app, hub)
    send(browser, page, {}, picture())
    assert stored(app, hub) == before


def test_the_history_tells_of_it_without_keeping_the_picture(app: Flask, browser: Browser) -> None:
    hub = given(browser)
    send(browser, browser.open(hub + "letterhead"), {"remove": "logo"})
    text = browser.open(hub + "history").text
    for told in ("Letterhead: name", "Then: Rat & Tat GmbH", "Before: a picture", "Then: no picture"):
        assert told in text, told
    with app.app_context():
        assert max(len(str(each.content)) for each in latest(hub.split("/")[2])) < 300
        assert list(broken_chains()) == []


def exported(browser: Browser, hub: str) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(browser.client.get(hub + "export.json").data)
    return document


@pytest.fixture(scope="module")
def whole(shared: Browser) -> dict[str, Any]:
    """An export of the one assessment that there is."""
    return exported(shared, given(shared))


def take_in(browser: Browser, document: dict[str, Any], status: int = 200) -> Page:
    page = browser.open("/import")
    fields = {**page.fields(), "file": (io.BytesIO(json.dumps(document).encode()), "export.json")}
    return browser.checked(browser.client.post("/import", data=fields, content_type="multipart/form-data"), status)


def test_an_export_carries_the_letterhead_and_comes_back_the_same(app: Flask, browser: Browser) -> None:
    hub = given(browser)
    document = exported(browser, hub)
    assert base64.b64decode(document["logo"]) == stored(app, hub).logo
    again = browser.send(take_in(browser, document)).path
    assert again != hub
    assert as_it_came(exported(browser, again)) == document
    assert stored(app, again) == stored(app, hub)


def test_an_export_of_the_first_version_is_still_read(browser: Browser) -> None:
    document = exported(browser, browser.start())
    later = {"letterhead": {}, "logo": "", "worksheets": {}}
    assert {part: document.pop(part) for part in later} == later
    document["version"] = 1
    again = browser.send(take_in(browser, document)).path
    assert as_it_came(exported(browser, again)) == {**document, "version": VERSION, **later}


def forged(logo: bytes) -> Any:
    """Put another picture into a document, with a history that names it and a chain that fits."""

    def forge(document: dict[str, Any]) -> None:
        entry = document["history"][-1]
        assert entry["subject"] == "letterhead/logo"
        entry["content"] = document["letterhead"]["logo"]["content"] = [hashlib.sha256(logo).hexdigest()]
        row = {**entry, "content": json.dumps(entry["content"]), "changed_at": NOW}
        entry["hash"] = document["chain"] = chained(document["history"][-2]["hash"], row)
        document["logo"] = base64.b64encode(logo).decode()

    return forge


DAMAGE = {
    "another picture": lambda d: d.update(logo=base64.b64encode(picture()).decode()),
    "no picture": lambda d: d.update(logo=""),
    "no base64": lambda d: d.update(logo="%%%"),
    "a part altered": lambda d: d["letterhead"]["name"].update(content=["Eve"]),
    "a part left out": lambda d: d["letterhead"].pop("address"),
    "a bomb": forged(bomb()),
    "a photograph with its EXIF": forged(with_exif("<script>")),
    "an SVG": forged(b"<svg/>"),
    "the first version with a letterhead": lambda d: d.update(version=1),
}


@pytest.mark.parametrize("what", DAMAGE)
def test_an_export_with_a_damaged_letterhead_is_refused(shared: Browser, whole: dict[str, Any], what: str) -> None:
    document = deepcopy(whole)
    DAMAGE[what](document)
    assert "Nothing was imported." in take_in(shared, document, 422).text
    with shared.client.application.app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM assessment").scalar() == 1


def test_the_forger_of_these_tests_would_get_a_good_picture_in(browser: Browser) -> None:
    hub = given(browser)
    document = exported(browser, hub)
    forged(base64.b64decode(exported(browser, hub)["logo"]))(document)
    take_in(browser, document)


def test_it_is_deleted_with_the_assessment(app: Flask, browser: Browser) -> None:
    hub = given(browser)
    browser.send(browser.open(hub + "delete"))
    with app.app_context():
        assert tidy(NOW + timedelta(days=7)).deleted == 1
        with db.engine.connect() as connection:
            for table in ("letterhead", "logo"):
                assert connection.exec_driver_sql(f"SELECT count(*) FROM {table}").scalar() == 0  # noqa: S608
