"""The house: which part may know which, read from every import."""

import ast
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
# What each part may import of ours, and which libraries besides the standard library.
MAY_IMPORT: Mapping[str, tuple[set[str], set[str]]] = {
    "domain": ({"domain"}, set()),
    "content": ({"content", "domain"}, set()),
    "storage": ({"storage", "domain"}, {"sqlalchemy", "flask_sqlalchemy", "alembic", "flask", "psycopg"}),
    "reports": (
        {"reports", "domain", "translation"},
        {"babel", "icalendar", "typst", "PIL", "docx", "docxtpl", "markupsafe", "xlsxwriter", "python_calamine"},
    ),
    "web": (
        {"web", "reports", "storage", "domain", "translation"},
        {"flask", "flask_wtf", "wtforms", "werkzeug", "sqlalchemy", "markupsafe", "itsdangerous"},
    ),
}
TOP_LEVEL = {"pyproject.toml", "README.md", "assessment", "questionnaires", "templates", "static", "tests"}
# What tools and hosts look for at the top; several locks may stand there.
FOR_TOOLS = {"Makefile", "LICENSE", "CHANGELOG.md", "Dockerfile", "compose.yaml"}
LOCKS = re.compile(r"requirements(-[a-z]+)?\.txt")


def modules(root: Path) -> dict[str, Path]:
    """Every module of the package by its dotted name; the list comes from the folder."""
    return {
        ".".join(path.relative_to(root).with_suffix("").parts).removesuffix(".__init__"): path
        for path in (root / "assessment").rglob("*.py")
    }


def imports(path: Path) -> set[str]:
    """All names a module imports, also those for types only and within functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def trespasses(root: Path) -> list[str]:
    """Imports that point the wrong way."""
    wrong = []
    for name, path in modules(root).items():
        part = name.split(".")[1] if "." in name else ""
        if part not in MAY_IMPORT:
            continue
        ours, libraries = MAY_IMPORT[part]
        for imported in imports(path):
            top, *rest = imported.split(".")
            allowed = rest[:1] and rest[0] in ours if top == "assessment" else top in libraries | sys.stdlib_module_names
            if not allowed:
                wrong.append(f"{name} imports {imported}")
    return wrong


def circles(root: Path) -> list[str]:
    """Modules that import themselves by way of others."""
    known = modules(root)
    arrows: dict[str, set[str]] = {}
    for name, path in known.items():
        arrows[name] = set()
        for imported in imports(path):
            target = imported if imported in known else imported.rpartition(".")[0]
            if target in known and target != name:
                arrows[name].add(target)

    def reaches(start: str, goal: str, seen: set[str]) -> bool:
        for each in arrows[start] - seen:
            seen.add(each)
            if each == goal or reaches(each, goal, seen):
                return True
        return False

    return [name for name in arrows if reaches(name, name, set())]


def speaking(root: Path) -> list[str]:
    """Modules outside of the rooms of wording that hold words people read."""
    marks = {f"assessment.translation.{name}" for name in ("gettext", "ngettext", "pgettext", "lazy_gettext")}
    return [
        name
        for name, path in modules(root).items()
        if not name.startswith(("assessment.reports.wording.", "assessment.web.wording.")) and marks & imports(path)
    ]


def naming_a_standard(root: Path) -> list[str]:
    """Files of code and templates that name a standard."""
    files = [*(root / "assessment").rglob("*.py"), *(root / "templates").rglob("*.html")]
    return [str(path) for path in files if re.search(r"iso[-_ ]?(9001|14001)", path.read_text(), re.IGNORECASE)]


def write(root: Path, files: Mapping[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def test_arrows_point_one_way() -> None:
    assert len(modules(ROOT)) > 30
    assert trespasses(ROOT) == []


def test_no_module_imports_itself_by_way_of_others() -> None:
    assert circles(ROOT) == []


def test_words_that_people_read_stand_in_the_rooms_of_wording() -> None:
    assert speaking(ROOT) == []


def test_no_standard_is_named_in_code_or_templates() -> None:
    assert naming_a_standard(ROOT) == []


def test_modules_are_nouns_and_no_helpers() -> None:
    names = {part for name in modules(ROOT) for part in name.split(".")}
    assert names.isdisjoint({"helpers", "utils", "manager", "service", "common", "misc"})


def test_the_top_level_is_as_agreed() -> None:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    top = {line.split("/")[0] for line in listed.splitlines()}
    more = {name for name in top - TOP_LEVEL - FOR_TOOLS if not name.startswith(".") and not LOCKS.fullmatch(name)}
    assert more == set()
    assert top >= TOP_LEVEL


@pytest.mark.parametrize(
    "text",
    [
        "import flask",
        "from assessment.storage import answers",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import flask",
    ],
)
def test_a_wrong_arrow_is_seen(tmp_path: Path, text: str) -> None:
    assert trespasses(write(tmp_path, {"assessment/domain/bad.py": text}))


@pytest.mark.parametrize(
    "text", ["from assessment.translation import gettext", "from assessment.translation import lazy_gettext as _"]
)
def test_words_elsewhere_are_seen(tmp_path: Path, text: str) -> None:
    files = {"assessment/web/a.py": text, "assessment/web/wording/b.py": text}
    assert speaking(write(tmp_path, files)) == ["assessment.web.a"]


def test_a_circle_is_seen(tmp_path: Path) -> None:
    files = {"assessment/a.py": "from assessment.b import x", "assessment/b.py": "def f():\n    from assessment.a import y"}
    assert sorted(circles(write(tmp_path, files))) == ["assessment.a", "assessment.b"]


def test_a_named_standard_is_seen(tmp_path: Path) -> None:
    assert naming_a_standard(write(tmp_path, {"assessment/a.py": "x = 'ISO 9001'"}))
