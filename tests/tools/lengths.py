"""`make lengths`: how long pages are, in pixels and in words, for a finished, a begun and a new assessment."""

import argparse
import logging
import tempfile

from tests.support.chromium import launched
from tests.support.states import Stage, staged
from tests.tools.pictures import everybody

WIDTHS = (1280, 390)
OF = ("demo", "partly", "new")
PAGES = ("", "advice", "results", "director", "findings", "plan", "what-if", "compare", "downloads", "iso-9001/questions/8.2")


def main() -> None:
    """Print a line for each page: its height at each width as it opens, and its words, those in folds too."""
    reader = argparse.ArgumentParser(prog="make lengths", description=__doc__)
    reader.add_argument("--of", default=",".join(OF), help="names of invented organisations")
    reader.add_argument("--pages", default=",".join(PAGES))
    wanted = reader.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    print(f"{'':32}" + "".join(f"{width:>7} px" for width in WIDTHS) + f"{'words':>8}{'links':>7}")
    with tempfile.TemporaryDirectory() as data, launched() as chromium, staged(everybody(data), chromium) as stage:
        for organisation in wanted.of.split(","):
            for page in wanted.pages.split(","):
                print(_measured(stage, organisation, page))


def _measured(stage: Stage, organisation: str, address: str) -> str:
    page = stage.holder.new_page()
    page.goto(stage.address + stage.cast.address(organisation) + address)
    heights = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        heights.append(page.evaluate("document.documentElement.scrollHeight"))
    words = page.evaluate("document.querySelector('main').textContent.split(/\\s+/).length")
    links = page.locator("main a").count()
    page.close()
    return (
        f"{organisation + ' ' + (address or 'overview'):32}"
        + "".join(f"{each:>10}" for each in heights)
        + f"{words:>8}{links:>7}"
    )


if __name__ == "__main__":
    main()
