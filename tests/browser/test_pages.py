"""Every page in every state, in a real browser: axe in light and dark, the name of each control, and no sideways scroll at
320 pixels or 400 % zoom."""

from collections.abc import Mapping
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Page

from tests.support.names import controls, faults
from tests.support.states import NO_PAGES, STATES, Stage, State, endpoints_shown

# Everything axe knows, and the rule on targets of 24 pixels, which it leaves off unless asked.
ALL_RULES = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# What depends on colours, and what depends on width; the rest stands in the page itself.
COLOURS = {"resultTypes": ["violations"], "runOnly": ["color-contrast", "link-in-text-block"]}
WIDTH = {"resultTypes": ["violations"], "runOnly": ["target-size", "scrollable-region-focusable"]}


def found_by_axe(page: Page, options: Mapping[str, Any]) -> list[str]:
    """What axe finds, a line for each element."""
    violations = page.evaluate("(options) => axe.run(document, options).then((found) => found.violations)", options)
    return [f"{each['id']}: {node['html'][:200]} {node['failureSummary']}" for each in violations for node in each["nodes"]]


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


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_every_page_in_every_state_is_open_to_everybody(stage: Stage, state: State) -> None:
    with stage.shown(state) as page:
        found = controls(page)
        assert len(found) > 5
        assert faults(found) == []
        # 400 % zoom in a window of 1280 pixels leaves 320 pixels of width and a quarter of the height.
        page.set_viewport_size({"width": 320, "height": 256})
        assert page.evaluate(WIDER_THAN_THE_WINDOW) == []
        page.evaluate(THIN_OUT)
        page.evaluate(Axe().axe_script)
        assert found_by_axe(page, WIDTH) == []
        page.set_viewport_size({"width": 1280, "height": 900})
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        assert found_by_axe(page, ALL_RULES) == []
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert found_by_axe(page, COLOURS) == []


def test_every_page_is_in_the_list_of_states(app: Flask, stage: Stage) -> None:
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())} - NO_PAGES
    shown = endpoints_shown(app, stage.cast)
    assert sorted(pages - shown) == [], "add a State to tests/support/states.py, or the endpoint to NO_PAGES if it is no page"
    assert {app.url_map.bind("localhost").match(path)[0] for path in ("/", "/privacy")} <= shown


def test_the_names_of_states_are_unique() -> None:
    names = [each.name for each in STATES]
    assert len(set(names)) == len(names) > 90


def test_a_page_with_a_fault_is_seen(stage: Stage) -> None:
    page = stage.nobody.new_page()
    page.goto(stage.address + "/privacy")
    page.evaluate(Axe().axe_script)
    page.evaluate("document.querySelector('main').innerHTML += '<img src=x><p id=wide>wide</p><ul>' + '<li>alike'.repeat(9)")
    page.evaluate("document.getElementById('wide').style = 'width: 9999px; max-width: none'")
    assert any(line.startswith("image-alt") for line in found_by_axe(page, ALL_RULES))
    assert any('id="wide"' in line for line in page.evaluate(WIDER_THAN_THE_WINDOW))
    page.close()
