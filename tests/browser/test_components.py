"""The page of components, in a real browser."""

from pathlib import Path

from playwright.sync_api import Browser as Chromium

from tests.support.apps import Opening
from tests.support.axe import ALL_RULES, COLOURS, Inspector
from tests.support.chromium import served


def test_every_component_is_accessible_and_fits_a_narrow_window(database: Opening, chromium: Chromium, tmp_path: Path) -> None:
    inspector = Inspector()
    with database(tmp_path, design=True) as app, served(app) as address:
        page = chromium.new_page(color_scheme="light", reduced_motion="reduce", viewport={"width": 1280, "height": 900})
        page.goto(address + "/design")
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        assert inspector.found(page, ALL_RULES) == []
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert inspector.found(page, COLOURS) == []
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.close()
