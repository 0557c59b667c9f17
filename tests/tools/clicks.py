"""`make clicks`: how many pages and presses both quick checks take, from the overview by the button that says what is next."""

import logging
import tempfile
from pathlib import Path

from tests.support.apps import build_app
from tests.support.opener import Browser, Page

# What an earlier walk counted, and what was aimed at then.
AT_FIRST = {"pages": 28, "presses": 76}
AIM = {"pages": 16, "presses": 55}


def main() -> None:
    """Print pages and presses by standard and in all."""
    logging.getLogger("assessment").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        browser = Browser(build_app(Path(folder)))
        page = browser.open(_next(_past_the_profile(browser)))
        pages = presses = 0
        while "/questions/quick-" in page.path or page.path.endswith("/check"):
            pages += 1
            if "/questions/" in page.path:
                asked = _asked(page)
                presses += len(asked) + 1
                page = browser.send(page, dict.fromkeys(asked, "in-use") | {"save": "continue"})
            else:
                print(f"{page.path.split('/')[-2]}: {pages} pages and {presses + 1} presses so far")
                presses += 1
                page = browser.open(_next(page))
    print(f"both quick checks: {pages} pages (at first {AT_FIRST['pages']}, aim {AIM['pages']}),", end=" ")
    print(f"{presses} presses (at first {AT_FIRST['presses']}, aim {AIM['presses']})")


def _past_the_profile(browser: Browser) -> Page:
    page = browser.open(_next(browser.open(browser.start())))
    while "/profile/" in page.path:
        page = browser.send(page, {"save": "continue"})
    return page


def _next(page: Page) -> str:
    """Where the main button of a page leads."""
    return next(str(link.get("href")) for link in page.all("a") if link.get("class") == "button")


def _asked(page: Page) -> set[str]:
    """The questions of a page that its path asks first; the others are folded."""
    folded = {id(field) for fold in page.all("details") if fold.get("class") == "further" for field in fold.iter()}
    radios = (field for field in page.all("input") if field.get("type") == "radio" and id(field) not in folded)
    return {str(field.get("name")) for field in radios}


if __name__ == "__main__":
    main()
