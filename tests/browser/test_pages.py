"""Every page in every state, in a real browser: axe in light and dark, the name of each control, and no sideways scroll at
320 pixels or 400 % zoom."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import BrowserContext, Page, ViewportSize

from tests.support.axe import ALL_RULES, COLOURS, WIDTH, Inspector
from tests.support.names import controls, faults
from tests.support.once import KEPT
from tests.support.states import NO_PAGES, STATES, Stage, State, endpoints_shown

WINDOW: ViewportSize = {"width": 1280, "height": 900}
# Elements that reach beyond the right edge and that nothing around them scrolls, so that the report names the culprit.
WIDER_THAN_THE_WINDOW = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [document.documentElement.scrollWidth + " pixels wide", ...[...document.querySelectorAll("body *")]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(".table-wrap, [tabindex]:not(main)"))
    .slice(0, 5).map((each) => each.outerHTML.slice(0, 200))]"""


# A list of a hundred lines that are built alike is looked at by its first three: axe's work grows with every element. A line is
# built like another if its elements have the same classes and it stands in the same place. Everything that differs stays.
THIN_OUT = """() => {
  const seen = new Map();
  const state = (part) => part.hasAttribute("open") || part.checked || "";
  const told = (part) => part && `${part.tagName}.${part.getAttribute("class")}${state(part)}`;
  for (const each of document.querySelectorAll("main :is(li, tr, fieldset, details, dl, dl > div, article)")) {
    if (!each.isConnected) continue;
    const around = [each.parentElement.closest("[class]"), each.parentElement].filter(Boolean);
    const kind = [...around, each, ...each.querySelectorAll("*")].map(told).join(" ");
    seen.set(kind, (seen.get(kind) || 0) + 1);
    if (seen.get(kind) > 3) each.remove();
  }
}"""


@pytest.fixture(scope="session")
def inspector() -> Inspector:
    """One for all pages that a process looks at, which hears from those of the other processes of a run."""
    assert KEPT.folder is not None
    return Inspector(KEPT.folder / "readable")


@pytest.fixture(scope="session")
def tabs() -> dict[BrowserContext, Page]:
    """The tab of each browser, in which one page follows the other."""
    return {}


@contextmanager
def in_a_tab(tabs: dict[BrowserContext, Page], stage: Stage, state: State) -> Iterator[Page]:
    """A page brought into a state: 1280 pixels wide, in light, without motion. Leave it so: the next one begins with it."""
    browser = stage.browser_of(state)
    if browser not in tabs:
        tabs[browser] = browser.new_page()
        tabs[browser].set_viewport_size(WINDOW)
        tabs[browser].emulate_media(color_scheme="light", reduced_motion="reduce")
        tabs[browser].on("dialog", lambda dialog: dialog.accept())  # a page with something typed asks before it is left
    page = tabs[browser]
    try:
        stage.bring(page, state)
        yield page
        page.unroute_all()
    except BaseException:
        tabs.pop(browser).close()  # whatever state it is in
        raise


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_page_in_every_state_is_open_to_everybody(
    stage: Stage, tabs: dict[BrowserContext, Page], inspector: Inspector, state: State
) -> None:
    with in_a_tab(tabs, stage, state) as page:
        found = controls(page)
        assert len(found) > 5
        assert faults(found) == []
        # 400 % zoom in a window of 1280 pixels leaves 320 pixels of width and a quarter of the height.
        page.set_viewport_size({"width": 320, "height": 256})
        assert page.evaluate(WIDER_THAN_THE_WINDOW) == []
        page.evaluate(THIN_OUT)
        assert inspector.found(page, WIDTH) == []
        page.set_viewport_size(WINDOW)
        page.emulate_media(color_scheme="dark")
        assert inspector.found(page, COLOURS) == []
        page.emulate_media(color_scheme="light")
        assert inspector.found(page, ALL_RULES) == []


def test_every_page_is_in_the_list_of_states(app: Flask, stage: Stage) -> None:
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())} - NO_PAGES
    shown = endpoints_shown(app, stage.cast)
    assert sorted(pages - shown) == [], "add a State to tests/support/states.py, or the endpoint to NO_PAGES if it is no page"
    assert {app.url_map.bind("localhost").match(path)[0] for path in ("/", "/privacy")} <= shown


def test_the_names_of_states_are_unique() -> None:
    names = [each.name for each in STATES]
    assert len(set(names)) == len(names) > 90


def test_a_page_with_a_fault_is_seen(stage: Stage, inspector: Inspector) -> None:
    page = stage.nobody.new_page()
    page.goto(stage.address + "/privacy")
    page.evaluate("document.querySelector('main').innerHTML += '<img src=x><p id=wide>wide</p><ul>' + '<li>alike'.repeat(9)")
    page.evaluate("document.getElementById('wide').style = 'width: 9999px; max-width: none'")
    assert any(line.startswith("image-alt") for line in inspector.found(page, ALL_RULES))
    assert any('id="wide"' in line for line in page.evaluate(WIDER_THAN_THE_WINDOW))
    page.close()


# What makes words hard to read: their own colour, what they stand on, and what they fade with.
FAULTS = {
    "words": "main.querySelector('p').style.color = mixed(30)",
    "ground": "main.style.backgroundColor = mixed(70)",
    "faded": "main.style.opacity = 0.3",
}
MIXED = """const main = document.querySelector("main"), { color, backgroundColor } = getComputedStyle(document.body);
const mixed = (percent) => `color-mix(in srgb, ${color} ${percent}%, ${backgroundColor})`;"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_read_is_seen_although_its_like_was_readable_before(stage: Stage, scheme: str, fault: str) -> None:
    inspector = Inspector()
    with stage.shown(State(name="privacy", at="/privacy")) as page:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        assert inspector.found(page, COLOURS) == []
        measured = page.locator("[data-measured]")
        first = measured.count()
        assert inspector.found(page, COLOURS) == []
        assert measured.count() < first / 2
        assert page.locator(".skip[data-measured]").count() == 1, "what is positioned may lie on anything"
        page.evaluate(f"() => {{ {MIXED} {FAULTS[fault]} }}")
        for _ in range(2):
            assert any(line.startswith("color-contrast") for line in inspector.found(page, COLOURS))


def test_an_inspector_takes_the_word_of_another_and_of_none_that_objected(stage: Stage, tmp_path: Path) -> None:
    first, second, alone = Inspector(tmp_path / "told"), Inspector(tmp_path / "told"), Inspector()
    with stage.shown(State(name="privacy", at="/privacy")) as page:
        measured = page.locator("[data-measured]")
        page.evaluate(f"() => {{ {MIXED} {FAULTS['words']} }}")
        for each in (first, second):
            assert any(line.startswith("color-contrast") for line in each.found(page, COLOURS))
        page.reload()
        assert first.found(page, COLOURS) == []
        everything = measured.count()
        assert second.found(page, COLOURS) == []
        assert measured.count() < everything / 2
        assert alone.found(page, COLOURS) == []
        assert measured.count() == everything
