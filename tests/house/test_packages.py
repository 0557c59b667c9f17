"""What is installed: locked with hashes, within ranges that the tests have seen, and to run only what running needs."""

import re
import runpy
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LOCKS = sorted(path.name for path in ROOT.glob("requirements*.txt"))


def locked(name: str) -> dict[str, str]:
    """The version of each package in a lock."""
    return dict(re.findall(r"^([a-z0-9-]+)==([^ ]+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))


def needed() -> list[Requirement]:
    """What the product needs, with every extra."""
    return [Requirement(line) for line in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["postgresql"]]]


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_of_a_lock_has_hashes(name: str) -> None:
    packages = re.split(r"\n(?=\S)", (ROOT / name).read_text(encoding="utf-8").strip())
    assert len(packages) == len(locked(name)) > 20
    assert [package for package in packages if "--hash=sha256:" not in package] == []


def test_what_runs_is_what_was_tested() -> None:
    assert len(LOCKS) == 3
    tested = locked("requirements-dev.txt")
    run = locked("requirements.txt")
    assert run.items() < tested.items()
    assert (locked("requirements-postgresql.txt").keys() - run.keys()) == {"psycopg", "psycopg-binary"}
    assert run.keys().isdisjoint({"pytest", "mypy", "ruff", "playwright", "hypothesis", "psycopg-binary"})


def test_whoever_installs_without_a_lock_gets_versions_of_tested_ranges() -> None:
    tested = locked("requirements-dev.txt")
    for requirement in needed():
        bounds = {each.operator for each in requirement.specifier}
        assert bounds == {">=", "<"}, f"{requirement} has no end"
        assert requirement.specifier.contains(tested[requirement.name]), requirement


def test_the_page_of_the_package_leads_to_no_file_that_is_not_there() -> None:
    described = runpy.run_path(str(ROOT / ".ci" / "description.py"))["standing_alone"]
    text = described((ROOT / "README.md").read_text(encoding="utf-8"))
    assert text.startswith("# ISO Readiness\n")
    assert "RUNNING is the page" in text
    links = re.findall(r"\]\(([^)]*)\)", text)
    assert [link for link in links if not re.match("[a-z]+:|#", link)] == []
    assert "![" not in text
    assert described("| | |\n|---|---|\n| ![a](b.png) | ![c](d.png) |\n\nx [y](z.md) [w](https://a)") == "x y [w](https://a)\n"
