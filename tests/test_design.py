"""What the design promises of its files: one font of our own, named by its content, and nothing from anywhere else."""

import hashlib
import re
from pathlib import Path

from assessment.places import shipped

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
