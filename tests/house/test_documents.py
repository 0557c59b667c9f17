"""Documents say what is so: links lead somewhere, maps match the folders, settings, commands and targets exist."""

import ast
import re
import subprocess
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pypdf import PdfReader

from assessment.commands import main
from assessment.content import load
from assessment.reports.wording import director, plan

ROOT = Path(__file__).parent.parent.parent
ROOMS = [path.parent for path in sorted((ROOT / "assessment").glob("*/__init__.py"))]
MOST_LINES_OF_A_RECORD = 5
# A sentence this long is no stock phrase: whoever finds it twice will change it once.
WORDS_OF_A_SENTENCE = 9


def documents() -> list[Path]:
    """Return every Markdown file of the project; the list comes from the folder."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [path for line in sorted(listed.splitlines()) if (path := ROOT / line).exists()]


def tokens(path: Path) -> Iterator[Token]:
    """Yield every token of a document, those within lines too."""
    for token in MarkdownIt().enable("table").parse(path.read_text(encoding="utf-8")):
        yield token
        yield from token.children or []


def headings(path: Path) -> set[str]:
    """Return the anchors of a document's headings, as GitHub makes them."""
    titles = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def broken_links(path: Path) -> list[str]:
    """Return the relative links and pictures of a document that lead nowhere."""
    broken = []
    for token in tokens(path):
        target = str(token.attrs.get("href") or token.attrs.get("src") or "")
        if not target or re.match(r"[a-z]+:", target):
            continue
        file, _, anchor = target.partition("#")
        there = (path.parent / file).resolve() if file else path
        if not there.exists() or (anchor and anchor not in headings(there)):
            broken.append(target)
    return broken


def first_cells(text: str) -> list[str]:
    """Return the names in backticks in the first cells of tables."""
    return [name for cell in re.findall(r"^\| (`[^|]+)\|", text, re.MULTILINE) for name in re.findall("`([^`]+)`", cell)]


def names_of_modules(folder: Path) -> set[str]:
    """Return the modules of a package, its folders that hold code with a slash, and the modules of each as folder/module."""
    inside = {f"{path.parent.name}/{path.stem}" for path in folder.glob("*/*.py")}
    folders = {f"{name.partition('/')[0]}/" for name in inside}
    return {name for name in folders | inside | {path.stem for path in folder.glob("*.py")} if not name.endswith("__init__")}


def names_on_the_map(text: str) -> list[str]:
    """Return what a room's map names: the first cell of each row, and for a folder its modules within the row."""
    named = []
    for name, row in re.findall(r"^\| `([^`]+)` \|(.*)$", text, re.MULTILINE):
        named += [name, *(f"{name}{module}" for module in re.findall("`([^`]+)`", row) if name.endswith("/"))]
    return named


def names_of_settings() -> set[str]:
    """Return the environment variables that settings and commands ask for, read from their source."""
    asking = [ROOT / "assessment" / "settings.py", *(ROOT / "assessment" / "commands").glob("*.py")]
    texts = (node for path in asking for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant))
    return {node.value for node in texts if isinstance(node.value, str) and re.fullmatch(r"[A-Z]+(_[A-Z]+)+", node.value)}


def section(path: Path, title: str) -> str:
    """Return what stands under a heading of the second level."""
    return path.read_text(encoding="utf-8").split(f"\n## {title}\n")[1].split("\n## ")[0]


def sentences(path: Path) -> set[str]:
    """Return the long sentences of a document, in lower case and without marks."""
    lines = (token.content.replace("\n", " ") for token in tokens(path) if token.type == "inline")
    bare = {re.sub(r"\W+", " ", each.lower()).strip() for line in lines for each in re.split(r"(?<=[.:;?])\s", line)}
    return {each for each in bare if len(each.split()) >= WORDS_OF_A_SENTENCE}


def test_every_link_of_every_document_leads_somewhere() -> None:
    assert len(documents()) > 10
    assert {str(path.relative_to(ROOT)): broken for path in documents() if (broken := broken_links(path))} == {}


def test_a_link_that_leads_nowhere_is_seen(tmp_path: Path) -> None:
    document = tmp_path / "a.md"
    document.write_text("# One title\n\n[a](#one-title) [b](#other) [c](a.md) [d](b.md) ![e](e.png) [f](https://example.org)\n")
    assert broken_links(document) == ["#other", "b.md", "e.png"]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: str(room.name))
def test_the_map_of_a_room_names_every_module_and_nothing_else(room: Path) -> None:
    named = names_on_the_map((room / "README.md").read_text(encoding="utf-8"))
    assert len(named) == len(set(named)) > 0
    assert set(named) == names_of_modules(room)


def test_the_map_of_the_tests_names_every_folder_and_nothing_else() -> None:
    folders = {f"{path.name}/" for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert {name for name in first_cells((ROOT / "tests" / "README.md").read_text(encoding="utf-8")) if "/" in name} == folders


def test_every_decision_is_a_dated_record_of_five_lines_at_most() -> None:
    records = 0
    for path in documents():
        if "\n## Decisions\n" not in path.read_text(encoding="utf-8"):
            continue
        for record in section(path, "Decisions").split("\n### ")[1:]:
            title, *lines = record.strip().splitlines()
            dated = re.search(r" \((\d{4}-\d{2}-\d{2})(, replaced)?\)$", title)
            assert dated, f"{path}: {title}"
            assert date.fromisoformat(dated[1]) >= date(2026, 11, 24)
            assert 1 <= len(lines) <= MOST_LINES_OF_A_RECORD, f"{path}: {title}"
            records += 1
    assert records > 30


def test_the_readme_explains_every_setting_that_the_code_asks_for_and_no_other() -> None:
    asked = names_of_settings()
    assert len(asked) > 5
    assert set(first_cells(section(ROOT / "README.md", "Settings"))) == asked


def test_the_readme_counts_what_is_asked() -> None:
    library = load(ROOT / "questionnaires")
    standards = library.standards.values()
    counted = [*(len(standard.questions) for standard in standards), sum(len(standard.editions) for standard in standards)]
    counted += [len(library.topics), len(library.actions)]
    figures = re.findall(r"\b\d+\b", re.sub(r"ISO \d+", "", section(ROOT / "README.md", "What is asked")))
    assert [int(figure) for figure in figures] == counted


def test_the_page_for_administrators_names_every_command_and_no_other() -> None:
    named = {cell.split()[0] for cell in first_cells(section(ROOT / ".github" / "RUNNING.md", "Commands"))}
    assert named == set(main.commands)


def test_every_target_of_make_that_a_document_names_exists() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):(?!=)", makefile, re.MULTILINE))
    named = {
        name for path in documents() for name in re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {"run", "test"} <= named
    assert named - targets == set()


def test_no_sentence_stands_in_two_documents() -> None:
    where = defaultdict(list)
    for path in documents():
        for sentence in sentences(path):
            where[sentence].append(str(path.relative_to(ROOT)))
    assert len(where) > 100
    assert {sentence: paths for sentence, paths in where.items() if len(paths) > 1} == {}


def test_the_changelog_has_the_version_that_is_built() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert re.search(
        rf"^## {re.escape(version)} - \d{{4}}-\d{{2}}-\d{{2}}$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE
    )


def test_the_sample_that_the_readme_links_is_a_short_report_of_today() -> None:
    assert "(.readme/sample.pdf)" in (ROOT / "README.md").read_text(encoding="utf-8")
    sample = ROOT / ".readme" / "sample.pdf"
    assert sample.stat().st_size < 200_000
    pages = [page.extract_text() for page in PdfReader(sample).pages]
    assert 6 <= len(pages) <= 8
    titles = (director.ASKED, director.DECISION, director.FIRST_FINDINGS, plan.TITLE, director.FIGURES)
    assert [title for title in map(str, titles) if not any(title in page for page in pages)] == []
