"""`make pictures`: every page in every state as PNG, in light, dark and on paper, narrow and wide, with contact sheets."""

import argparse
import logging
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from PIL import Image, ImageDraw
from playwright.sync_api import Page

from tests.support.apps import build_app
from tests.support.chromium import launched
from tests.support.organisations import Assembled, assembled_in
from tests.support.states import STATES, Stage, State, staged

FOLDER = Path(".pictures")
THEMES = ("light", "dark", "print")
WIDTHS = (320, 768, 1280)
# A contact sheet: so many pictures side by side, each so wide, and cut off below so many times its width.
COLUMNS = 5
THUMBNAIL = 400
MOST_TIMES_AS_HIGH = 3
ROWS = 1
PAPER_DPI = "60"
# Pages with thousands of lines of somebody's notes go on like this for ever.
MOST_PIXELS_HIGH = 6_000


def main() -> None:
    """Take the pictures that the command line asks for."""
    reader = argparse.ArgumentParser(prog="make pictures", description=__doc__)
    reader.add_argument("--only", default="", help="part of the names of states, as a regular expression")
    reader.add_argument("--themes", default=",".join(THEMES), help="some of light, dark, print")
    reader.add_argument("--widths", default=",".join(map(str, WIDTHS)), help="in pixels")
    reader.add_argument("--folder", type=Path, default=FOLDER)
    wanted = reader.parse_args()
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    states = [each for each in STATES if re.search(wanted.only, each.name)]
    themes, widths = wanted.themes.split(","), [int(each) for each in wanted.widths.split(",")]
    with tempfile.TemporaryDirectory() as data, launched() as chromium, staged(everybody(data), chromium) as stage:
        taken = [path for state in states for path in take(stage, state, themes, widths, wanted.folder)]
    sheets = list(contact_sheets(taken, wanted.folder))
    print(f"{len(taken)} pictures of {len(states)} states in {wanted.folder}, and {len(sheets)} contact sheets:")
    print("\n".join(str(each) for each in sheets))


def everybody(folder: str) -> Assembled:
    """Return every invented organisation, in an app of their own."""
    return assembled_in(build_app(Path(folder)))


def take(stage: Stage, state: State, themes: Sequence[str], widths: Sequence[int], folder: Path) -> Iterator[Path]:
    """Take a state in each theme and width; the page is opened once."""
    name = re.sub(r"[^a-z0-9]+", "-", state.name.lower()).strip("-")
    with stage.shown(state) as page:
        for theme in themes:
            if theme == "print":
                yield from _on_paper(page, folder / "print" / f"{name}.png")
                continue
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            for width in widths:
                page.set_viewport_size({"width": width, "height": 800})
                path = folder / f"{theme}-{width}" / f"{name}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                high = min(MOST_PIXELS_HIGH, page.evaluate("document.documentElement.scrollHeight"))
                page.set_viewport_size({"width": width, "height": high})
                page.evaluate("scrollTo(0, 0)")
                page.screenshot(path=path, animations="disabled")
                yield path


def _on_paper(page: Page, path: Path) -> Iterator[Path]:
    """The page as PDF; its first six sheets side by side, where poppler is here to draw them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    pdf = path.with_suffix(".pdf")
    page.pdf(path=pdf, format="A4", prefer_css_page_size=True)
    if shutil.which("pdftoppm") is None:
        return
    with tempfile.TemporaryDirectory() as drawn:
        command = ["pdftoppm", "-r", PAPER_DPI, "-l", "6", "-png", str(pdf), f"{drawn}/sheet"]
        subprocess.run(command, check=True)
        sheets = [Image.open(each).convert("RGB") for each in sorted(Path(drawn).iterdir())]
    whole = Image.new("RGB", (sum(each.width + 8 for each in sheets), max(each.height for each in sheets)), "gray")
    left = 0
    for sheet in sheets:
        whole.paste(sheet, (left, 0))
        left += sheet.width + 8
    whole.save(path)
    yield path


def contact_sheets(taken: Sequence[Path], folder: Path) -> Iterator[Path]:
    """Many pictures on one sheet, by theme and width, with their names."""
    for kind in dict.fromkeys(path.parent.name for path in taken):
        pictures = [path for path in taken if path.parent.name == kind]
        columns = 2 if kind == "print" else COLUMNS
        for start in range(0, len(pictures), columns * ROWS):
            path = folder / f"sheet-{kind}-{start // (columns * ROWS) + 1:02}.png"
            _sheet(pictures[start : start + columns * ROWS], columns).save(path)
            yield path


def _sheet(pictures: Sequence[Path], columns: int) -> Image.Image:
    small = [(each.stem, _thumbnail(each, THUMBNAIL * COLUMNS // columns)) for each in pictures]
    rows = [small[start : start + columns] for start in range(0, len(small), columns)]
    heights = [max(picture.height for _, picture in row) + 20 for row in rows]
    width = THUMBNAIL * COLUMNS // columns
    sheet = Image.new("RGB", (columns * (width + 10), sum(heights)), "gray")
    draw = ImageDraw.Draw(sheet)
    for row, top in zip(rows, (sum(heights[:number]) for number in range(len(rows))), strict=True):
        for column, (name, picture) in enumerate(row):
            draw.text((column * (width + 10) + 4, top + 4), name, fill="white")
            sheet.paste(picture, (column * (width + 10), top + 20))
    return sheet


def _thumbnail(path: Path, width: int) -> Image.Image:
    with Image.open(path) as picture:
        height = min(picture.height, picture.width * MOST_TIMES_AS_HIGH)
        cut = picture.crop((0, 0, picture.width, height))
    return cut.convert("RGB").resize((width, max(1, height * width // picture.width)), reducing_gap=2)


if __name__ == "__main__":
    main()
