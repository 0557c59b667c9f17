"""`make waits-in-browser`: what a person sees in Chromium, beside an empty page of the bare server in the same run.

`python -m tests.tools.browser_waits cold saving` measures only these; `opener` compares a cold question page with the header
Cross-Origin-Opener-Policy to one as it is, by turns. A cold page is the first one of a fresh profile: milliseconds from the
beginning of its navigation to its first text. What follows a press is timed from the event in the page.
"""

import statistics
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from flask import Flask, Response
from playwright.sync_api import Page, Playwright, sync_playwright

from assessment import create_app
from tests.support.apps import build_app
from tests.support.chromium import FLAGS, path
from tests.support.opener import Browser
from tests.support.servers import environment_of, free_port
from tests.tools.at_work import SERVE, serving
from tests.tools.speed import PAGE

ROUNDS = 9
OPENER = ("Cross-Origin-Opener-Policy", "same-origin")
PRODUCT = (
    SERVE.replace("floor.prepare();", "")
    .replace("tests.tools.floor as floor", "assessment as product")
    .replace("floor.", "product.")
)
WITH_OPENER = PRODUCT.replace("assessment as product", "tests.tools.browser_waits as product").replace(
    "product.create_app", "product.create_with_opener"
)
FIRST_TEXT = """() => new Promise(done => {
  const seen = () => performance.getEntriesByName("first-contentful-paint")[0];
  const look = () => seen() ? done(seen().startTime) : requestAnimationFrame(look);
  look();
})"""
# When the button was pressed, in milliseconds since 1970: kept where the next page can read it.
NOTE_PRESS = """() => document.addEventListener("click", () =>
  sessionStorage.setItem("pressed", performance.timeOrigin + performance.now()), {capture: true})"""
SINCE_PRESS = "first => performance.timeOrigin + first - Number(sessionStorage.getItem('pressed'))"
RADIO_TO_SAVED = """number => new Promise(done => {
  const line = document.getElementById("saving");
  const radios = [...document.querySelectorAll("input[type=radio]")].filter(radio => radio.name === "internal-audit-answer");
  let begun;
  addEventListener("change", () => { begun = performance.now(); }, {capture: true, once: true});
  new MutationObserver((_, watching) => {
    if (begun && line.dataset.state === "saved") { watching.disconnect(); done(performance.now() - begun); }
  }).observe(line, {attributes: true, attributeFilter: ["data-state"]});
  radios[number % 3].click();
})"""


def create_with_opener() -> Flask:
    """The product, with one more header on every answer."""
    app = create_app()

    @app.after_request
    def add(response: Response) -> Response:
        response.headers.set(*OPENER)
        return response

    return app


class Person:
    """Somebody with the demo, and a cookie for every fresh browser."""

    def __init__(self, app: Flask, playwright: Playwright) -> None:
        browser = Browser(app)
        self.question = browser.start_sample() + PAGE
        self._cookie = browser.cookie()
        self._playwright = playwright

    def fresh(self, address: str, look: Callable[[Page], float]) -> float:
        """Return what is seen of an address in a profile that was never used."""
        with tempfile.TemporaryDirectory() as profile:
            context = self._playwright.chromium.launch_persistent_context(profile, executable_path=path(), args=FLAGS)
            context.add_cookies([{"name": "readiness", "value": self._cookie, "domain": "127.0.0.1", "path": "/"}])
            page = context.pages[0]
            page.goto(address)
            seen = look(page)
            context.close()
        return seen


def first_text(page: Page) -> float:
    """Return after how many milliseconds the first text of a page was there."""
    return float(page.evaluate(FIRST_TEXT))


def save_and_continue(page: Page) -> float:
    """Return the milliseconds from the press of the button to the first text of the next page; the median of several."""
    taken, address = [], page.url
    for _ in range(ROUNDS):
        page.goto(address)
        page.evaluate(NOTE_PRESS)
        with page.expect_navigation():
            page.get_by_role("button", name="Save and continue").click()
        taken.append(float(page.evaluate(SINCE_PRESS, first_text(page))))
    return statistics.median(taken)


def radio_to_saved(page: Page) -> float:
    """Return the milliseconds from choosing another answer to the word that it is saved; the median of several."""
    return statistics.median(float(page.evaluate(RADIO_TO_SAVED, number)) for number in range(ROUNDS))


def said(name: str, values: list[float], aim: str) -> str:
    """Return a row in words."""
    low, middle, high = statistics.quantiles(values, n=4)
    return f"{name}: {middle:.0f} ms ({aim}), half of {len(values)} rounds from {low:.0f} to {high:.0f}"


def main() -> None:
    """Print the figures."""
    wanted = sys.argv[1:] or ["cold", "saving"]
    with tempfile.TemporaryDirectory() as name, ExitStack() as running:
        folder = Path(name)
        app = build_app(folder)
        person = Person(app, running.enter_context(sync_playwright()))
        environment = {**environment_of(app, folder), "FLOOR_DATABASE": str(folder / "floor.sqlite3")}
        addresses = {}
        for which, command in {"empty": SERVE, "product": PRODUCT, "with": WITH_OPENER}.items():
            if which == "with" and "opener" not in wanted:
                continue
            port = free_port()
            running.enter_context(serving([sys.executable, "-c", command, str(port)], environment, port))
            addresses[which] = f"http://127.0.0.1:{port}" + ("/page/one" if which == "empty" else person.question)
        if {"cold", "opener"} & set(wanted):
            rounds = [{which: person.fresh(at, first_text) for which, at in addresses.items()} for _ in range(ROUNDS + 1)][1:]
            print(said("an empty page of the bare server, cold", [each["empty"] for each in rounds], "what Chromium takes"))
            print(said("a question page, cold", [each["product"] for each in rounds], "aim: at most 170"))
            beyond = [each["product"] - each["empty"] for each in rounds]
            print(said("a question page, cold, beyond the empty page", beyond, "no aim of its own"))
            if "with" in addresses:
                print(said(f"a question page, cold, with {OPENER[0]}", [each["with"] for each in rounds], "by turns"))
                costs = [each["with"] - each["product"] for each in rounds]
                print(said(f"what {OPENER[0]} costs", costs, "differences of the rounds"))
        if "saving" in wanted:
            saving = person.fresh(addresses["product"], save_and_continue)
            print(f"“Save and continue” to the next page: {saving:.0f} ms (aim: at most 150)")
            saved = person.fresh(addresses["product"], radio_to_saved)
            print(f"choosing an answer to “Saved”: {saved:.0f} ms (aim: at most 21)")


if __name__ == "__main__":
    main()
