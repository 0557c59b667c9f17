"""What the design promises of its files: one font of our own, named by its content, and nothing from anywhere else."""

import hashlib
import re
from pathlib import Path

import pytest

from assessment.paths import shipped
from assessment.reports.wording import limits
from assessment.settings import SettingsError, read_settings
from tests.support.apps import Opening
from tests.support.opener import Browser

STATIC = shipped("static")
STYLE = (STATIC / "style.css").read_text()


def test_the_style_names_the_font_by_its_content_so_that_browsers_keep_it_for_ever() -> None:
    (path, version) = re.findall(r'url\("([^"?]+)\?v=([0-9a-f]+)"\)', STYLE)[0]
    assert hashlib.sha256((STATIC / path).read_bytes()).hexdigest().startswith(version)
    assert len(version) == 12
    assert "SIL Open Font License" in (STATIC / Path(path).parent / "OFL.txt").read_text()


def test_the_style_fetches_nothing_from_elsewhere() -> None:
    assert re.findall(r'url\((?!"fonts/)', STYLE) == []
    assert "@import" not in STYLE


def test_components_know_roles_and_no_ramp() -> None:
    rules = STYLE[STYLE.index("@layer base {") :]
    assert re.findall(r"--(?:ink|petrol|amber|red|green|blue|orange)-\d+", rules) == []


def test_every_sheet_of_paper_says_what_it_is_in_the_words_of_every_page() -> None:
    not_affiliated = limits.NOT_AFFILIATED.partition(".")[0]
    assert f'@bottom-left {{ content: "{limits.SELF_ASSESSMENT}\\A {not_affiliated}.";' in STYLE


def test_the_page_of_components_is_there_for_developers_only(database: Opening, browser: Browser, tmp_path: Path) -> None:
    browser.open("/design", status=404)
    with database(tmp_path / "developers", design=True) as app:
        assert "every component" in Browser(app).open("/design").text


def test_the_page_of_components_is_asked_for_by_a_setting(tmp_path: Path) -> None:
    place = {"ISO_READINESS_DATA": str(tmp_path)}
    assert not read_settings(place).design
    assert read_settings({**place, "ISO_READINESS_DESIGN": "yes"}).design
    with pytest.raises(SettingsError, match="ISO_READINESS_DESIGN"):
        read_settings({**place, "ISO_READINESS_DESIGN": "1"})
