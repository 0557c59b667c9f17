"""`make readme`: the sample PDF that the README links, and its pictures of a question page and of the page for a director."""

import logging
import subprocess
import tempfile
from pathlib import Path

from PIL import Image

from assessment.content import load, read_sample
from assessment.domain.result import assess
from assessment.paths import shipped
from assessment.reports.pdf_file import to_short_pdf
from assessment.reports.summary import summarise
from tests.support.apps import NOW
from tests.support.chromium import launched
from tests.support.states import staged
from tests.tools.pictures import everybody

FOLDER = Path(".readme")
PDF_DPI = 110
SIZE = (640, 480)
QUESTION = "iso-9001/questions/8.4"


def main() -> None:
    """Write the sample and both pictures into the folder of the README."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    sample = FOLDER / "sample.pdf"
    sample.write_bytes(sample_pdf())
    command = ["pdftoppm", "-r", str(PDF_DPI), "-f", "2", "-l", "2", "-singlefile", "-png", str(sample), str(FOLDER / "pdf")]
    subprocess.run(command, check=True)
    _fit(FOLDER / "pdf.png")
    with tempfile.TemporaryDirectory() as data, launched() as chromium, staged(everybody(data), chromium) as stage:
        page = stage.holder.new_page()
        page.set_viewport_size({"width": 1280, "height": 960})
        page.goto(stage.address + stage.cast.address("demo") + QUESTION)
        page.screenshot(path=FOLDER / "question.png")
    _fit(FOLDER / "question.png")


def _fit(path: Path) -> None:
    """Bring a picture to the size of those in the README: as wide, and cut off below."""
    with Image.open(path) as picture:
        width, height = SIZE
        whole = picture.convert("RGB").resize((width, picture.height * width // picture.width), reducing_gap=3)
    whole.crop((0, 0, width, height)).save(path, optimize=True)


def sample_pdf() -> bytes:
    """Return the short PDF of the sample organisation, on a day that stays the same."""
    content = shipped("questionnaires")
    library, on = load(content), NOW.date()
    sample = read_sample(content / "demo.toml", library, on)
    result = assess(library, sample.questionnaires, sample.sheet, sample.profile, on)
    chosen = [asked.standard.id for asked in sample.questionnaires]
    return to_short_pdf(summarise(result, sample.organisation, "sample", chosen))


if __name__ == "__main__":
    main()
