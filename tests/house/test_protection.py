"""The answers to the standard of security: none is missing, every test they name is there, some are looked up in the code."""

import ast
import re
from functools import cache
from pathlib import Path

from flask import Flask

from assessment.paths import PACKAGE, shipped
from assessment.web.starting.protection import protection
from tests.support.opener import Browser

ROOT = PACKAGE.parent
# The levels of OWASP ASVS 5.0.0: of each section, the level of its first requirement, of its second, and so on.
LEVELS = {
    "1.1": "22", "1.2": "1111122223", "1.3": "112222222223", "1.4": "222", "1.5": "123",
    "2.1": "122", "2.2": "112", "2.3": "12223", "2.4": "23",
    "3.1": "3", "3.2": "113", "3.3": "12223", "3.4": "11222233", "3.5": "11122333", "3.6": "3", "3.7": "22333",
    "4.1": "12233", "4.2": "23333", "4.3": "22", "4.4": "1222",
    "5.1": "2", "5.2": "112333", "5.3": "113", "5.4": "222",
    "6.1": "122", "6.2": "111111112222", "6.3": "11223333", "6.4": "112233", "6.5": "22222333", "6.6": "2223", "6.7": "33",
    "6.8": "2222",
    "7.1": "222", "7.2": "1111", "7.3": "22", "7.4": "11222", "7.5": "223", "7.6": "22",
    "8.1": "1233", "8.2": "1123", "8.3": "133", "8.4": "23",
    "9.1": "111", "9.2": "1222",
    "10.1": "22", "10.2": "223", "10.3": "22223", "10.4": "1111122222233333", "10.5": "22222", "10.6": "22", "10.7": "222",
    "11.1": "2233", "11.2": "22233", "11.3": "11233", "11.4": "1222", "11.5": "23", "11.6": "23", "11.7": "33",
    "12.1": "12233", "12.2": "11", "12.3": "22223",
    "13.1": "2333", "13.2": "222223", "13.3": "2233", "13.4": "1222233",
    "14.1": "22", "14.2": "12223333", "14.3": "122",
    "15.1": "12233", "15.2": "12233", "15.3": "1222222", "15.4": "3333",
    "16.1": "2", "16.2": "22222", "16.3": "2222", "16.4": "222", "16.5": "2223",
    "17.1": "23", "17.2": "22223333", "17.3": "22",
}  # fmt: skip
ENTRIES = [entry for chapter in protection().chapters for entry in chapter.answers]


def test_every_requirement_of_level_one_and_two_has_one_answer() -> None:
    levels = {f"{section}.{number}": level for section, row in LEVELS.items() for number, level in enumerate(row, 1)}
    # As many as the standard says of itself.
    assert [sum(level == wanted for level in levels.values()) for wanted in "123"] == [70, 183, 92]
    answered = [requirement for entry in ENTRIES for requirement in entry.of]
    assert sorted(answered) == sorted(requirement for requirement, level in levels.items() if level in "12")
    for chapter in protection().chapters:
        assert {requirement.partition(".")[0] for entry in chapter.answers for requirement in entry.of} == {chapter.id}


def test_every_test_that_is_named_is_there() -> None:
    named = {test for entry in ENTRIES for test in entry.tests}
    assert len(named) > 50
    for test in named:
        file, _, name = test.partition("::")
        assert f"def test_{name}(" in (ROOT / "tests" / file).read_text(encoding="utf-8"), test


@cache
def _nodes() -> list[tuple[str, ast.AST]]:
    """Everything that is written in the product, with its file."""
    paths = sorted(PACKAGE.rglob("*.py"))
    trees = ((path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))) for path in paths)
    return [(file, node) for file, tree in trees for node in ast.walk(tree)]


@cache
def _calls_by_name() -> dict[str, list[tuple[str, ast.Call]]]:
    """Every call in the product by the name of its function or method, with its file."""
    found: dict[str, list[tuple[str, ast.Call]]] = {}
    for file, node in _nodes():
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            found.setdefault(name, []).append((file, node))
    return found


def _calls(*names: str) -> list[tuple[str, ast.Call]]:
    return [found for name in names for found in _calls_by_name().get(name, ())]


def _imports() -> set[tuple[str, str]]:
    imports = set()
    for file, node in _nodes():
        if isinstance(node, ast.Import):
            imports |= {(file, alias.name) for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            imports.add((file, node.module))
    return imports


def test_no_statement_of_the_database_is_made_of_text() -> None:
    # Names of our own tables and settings, where SQL takes no value: upgrades, PRAGMA and VACUUM.
    ours = re.compile(r"^f['\"](ALTER TABLE|PRAGMA|VACUUM|CREATE|DROP|UPDATE|INSERT|DELETE|SELECT)")
    calls = _calls("execute", "exec_driver_sql", "text", "executescript")
    # A sheet's ``text`` writes a cell.
    statements = [(file, call) for file, call in calls if not file.startswith("assessment/reports/")]
    assert len(statements) > 30
    for file, call in statements:
        written = [argument for argument in call.args[:1] if isinstance(argument, ast.JoinedStr | ast.BinOp)]
        for argument in written:
            assert file.startswith("assessment/storage/"), f"{file}: {ast.unparse(call)}"
            assert ours.match(ast.unparse(argument)), f"{file}: {ast.unparse(call)}"


def test_no_program_is_started_through_a_shell() -> None:
    started = _calls("run", "Popen", "call", "check_output", "system", "popen")
    programs = [(file, call) for file, call in started if ast.unparse(call.func).startswith(("subprocess.", "os."))]
    assert len(programs) >= 2
    for file, call in programs:
        assert ast.unparse(call.func) in ("subprocess.run", "subprocess.Popen"), file
        assert not [keyword for keyword in call.keywords if keyword.arg == "shell"], file
        assert isinstance(call.args[0], ast.List) or file.endswith("child_process.py"), file


def test_nothing_that_was_typed_can_be_run() -> None:
    # By their bare names: methods called "compile" make patterns, statements of the database and PDF.
    assert [file for file, call in _calls("eval", "exec", "compile") if isinstance(call.func, ast.Name)] == []
    assert [file for file, call in _calls("render_template_string", "from_string") if "RGBColor" not in ast.unparse(call)] == []
    assert {name for _, name in _imports()} & {"pickle", "marshal", "shelve", "yaml"} == set()


def test_the_server_asks_no_other_server() -> None:
    asking = ("urllib.request", "http.client", "requests", "httpx", "aiohttp", "smtplib", "ftplib", "xmlrpc")
    assert [(file, name) for file, name in sorted(_imports()) if name.startswith(asking)] == []
    assert [(file, ast.unparse(call)) for file, call in _calls("create_connection")] == []


def test_hashes_and_random_numbers_are_those_that_hold() -> None:
    hashes = {ast.unparse(call.func) for _, call in _calls("md5", "sha1", "sha256", "sha512", "blake2b", "new")}
    assert {name for name in hashes if name.startswith("hashlib.")} == {"hashlib.sha256"}
    # Of the random numbers that can be guessed, one decides how long a try waits.
    assert {file for file, name in _imports() if name == "random"} <= {"assessment/storage/database.py"}


def test_scripts_keep_nothing_in_the_browser() -> None:
    scripts = [path.read_text(encoding="utf-8") for path in sorted(shipped("static").glob("*.js"))]
    assert scripts
    for script in scripts:
        assert not re.search(r"localStorage|sessionStorage|indexedDB|document\.cookie|caches\.", script)


def test_the_cookie_is_for_this_site_and_for_no_script(browser: Browser) -> None:
    answer = browser.client.get("/start")
    cookies = answer.headers.getlist("Set-Cookie")
    assert cookies
    for cookie in cookies:
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie


def test_no_answer_is_open_to_other_sites(app: Flask) -> None:
    for address in ("/", "/static/style.css", "/nowhere", "/healthz"):
        with app.test_client().get(address, headers={"Origin": "https://evil.example"}) as answer:
            assert not [name for name, _ in answer.headers if name.startswith("Access-Control-")], address


def test_every_library_is_locked_by_version_and_hash() -> None:
    locks = sorted(Path(ROOT).glob("requirements*.txt"))
    assert locks
    for lock in locks:
        libraries = re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8").strip())
        assert len(libraries) > 10
        for library in libraries:
            assert re.match(r"[A-Za-z0-9._-]+(\[[a-z,]+\])?==\S+", library), library
            assert "--hash=sha256:" in library, library
