"""What a test needs besides Python, found from its folder and from what it uses; and no test uses what its kind does not say.

- ``browser``: a real Chromium. Everything in ``tests/browser``, and whoever uses the fixture ``chromium``.
- ``process``: servers of its own, or many people at once. Everything in ``tests/server``.
- ``timed``: nothing else may run beside it, since it measures what people wait. Said by a mark where it is so.
- ``office``: LibreOffice or poppler, which read our documents as strangers do. Said by a mark where it is so.
- ``broad``: walks everything, such as every form, every page or thousands of cases. Said by a mark where it is so; and whoever
  uses the fixture ``assembled``, which holds every invented organisation.
- ``database``: a database has a say in it: these tests are run on PostgreSQL, too. Of whoever uses the fixture
  ``database``, in ``tests/storage`` all, and elsewhere the first two of each module that are neither broad nor start servers;
  more where a mark says so, such as what many do at once. `asked` holds that to what the product asks: nothing is tried on
  SQLite alone.

``--first`` takes the first values of each test only. ``--quick`` does, too, and leaves out what is broad or needs more than
Python; of the tests of reports and of those with a database of their own it takes the first two of each module. So each page,
format, command and way to save is tried, by the tests that stand first because they tell most.
"""

import gc
import os
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

KINDS = {
    "browser": "needs Chromium",
    "process": "starts servers",
    "office": "needs LibreOffice or poppler",
    "broad": "walks everything: not for a quick answer",
    "timed": "measures what people wait: runs when nothing else does",
    "database": "a database has a say in it: runs on PostgreSQL, too",
}
_FIRST_OF_A_MODULE = 2
_FOLDERS = {"browser": "browser", "server": "process"}
_WHOLE_ON_BOTH = "storage"
_PROGRAMS = {"soffice": "office", "pdftotext": "office", "pdftoppm": "office", "node": "browser"}
_running: list[pytest.Item] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    """Take `--first`, and `--quick` for an answer within a minute."""
    parser.addoption("--first", action="store_true", help="run each test with its first values only")
    parser.addoption(
        "--quick", action="store_true", help="leave out, too, what is broad, one of many or needs more than Python"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Say which kinds there are."""
    for kind, meaning in KINDS.items():
        config.addinivalue_line("markers", f"{kind}: {meaning}")


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even read what a quick answer leaves out whole."""
    return True if config.getoption("--quick") and collection_path.name in _FOLDERS else None


def pytest_itemcollected(item: pytest.Item) -> None:
    """Keep the tests of a module together that share what was made for the module.

    Said as soon as a test is there: xdist reads it before any other hook that could say it.
    """
    if _shares_within_its_module(item):
        item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


@pytest.hookimpl(tryfirst=True)  # before tests are selected by their marks
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark every test with its kinds."""
    for item in items:
        names = used_by(item)
        folder = _folder(item)
        if folder in _FOLDERS:
            item.add_marker(_FOLDERS[folder])
        if "chromium" in names:
            item.add_marker("browser")
        if "assembled" in names:
            item.add_marker("broad")
        if "database" in names and folder == _WHOLE_ON_BOTH:
            item.add_marker("database")
    plain = (item for item in items if "database" in used_by(item) and not _is_any(item, "broad", "process"))
    for item in _first_of_each_module(plain):
        item.add_marker("database")
    quick = config.getoption("--quick")
    if quick or config.getoption("--first"):
        wanted = {id(item) for item in _with_first_values(_quick(items) if quick else items)}
        config.hook.pytest_deselected(items=[item for item in items if id(item) not in wanted])
        items[:] = [item for item in items if id(item) in wanted]
    # What takes long begins first, so that no process is left with it at the end.
    items.sort(key=lambda item: not _is_any(item, "process", "office", "browser"))


def _folder(item: pytest.Item) -> str:
    return item.path.relative_to(item.config.rootpath / "tests").parts[0]


def _is_any(item: pytest.Item, *kinds: str) -> bool:
    return any(item.get_closest_marker(kind) for kind in kinds)


def _with_first_values(items: Iterable[pytest.Item]) -> Iterable[pytest.Item]:
    """Return each test with its first values."""
    first: dict[str, pytest.Item] = {}
    for item in items:
        first.setdefault(_test(item), item)
    return first.values()


def _first_of_each_module(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Return the first tests of each module, with all their values."""
    taken: dict[Path, set[str]] = defaultdict(set)
    for item in items:
        taken[item.path].add(_test(item))
        if len(taken[item.path]) <= _FIRST_OF_A_MODULE:
            yield item


def _test(item: pytest.Item) -> str:
    return item.nodeid.partition("[")[0]


def _quick(items: Iterable[pytest.Item]) -> Iterator[pytest.Item]:
    """Return what needs nothing but Python and is not broad; of reports, or with a database, the first tests of each module."""
    light = [item for item in items if not _is_any(item, "broad", "browser", "office", "process")]
    many = [item for item in light if "database" in used_by(item) or _folder(item) == "reports"]
    left_out = {id(item) for item in many} - {id(item) for item in _first_of_each_module(many)}
    return (item for item in light if id(item) not in left_out)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Get ready, and refuse to run tests of one module in several processes that make what they share several times over."""
    # Modules and content stay: looking through them for what could go took a twentieth of all time.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    if hasattr(session.config, "workerinput") and session.config.getvalue("loadgroup"):
        apart = [item.nodeid for item in session.items if item.get_closest_marker("xdist_group") and "@" not in item.nodeid]
        assert not apart, f"pytest-xdist does not keep together what shares something: {apart[:3]}"


def used_by(item: pytest.Item) -> set[str]:
    """Return the names of all fixtures of a test, also of those that its fixtures use."""
    return set(getattr(item, "fixturenames", ()))


def _shares_within_its_module(item: pytest.Item) -> bool:
    found = getattr(item, "_fixtureinfo", None)
    definitions = found.name2fixturedefs if found else {}
    return any(each[-1].scope == "module" for each in definitions.values())


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Any:
    """Remember which test runs."""
    _running.append(item)
    try:
        return (yield)
    finally:
        _running.pop()


def expect(kind: str) -> None:
    """Refuse what only a test of another kind may use; tools may use everything."""
    if not _running:
        return
    item = _running[-1]
    fits = kind in used_by(item) if kind == "database" else item.get_closest_marker(kind) is not None
    assert fits, f"{item.nodeid} {KINDS[kind]}: use the fixture `database`, or mark it `{kind}`"


def runs(kind: str) -> bool:
    """Say whether a test of a kind is running."""
    return bool(_running) and _running[-1].get_closest_marker(kind) is not None


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "subprocess.Popen":
        program = Path(os.fsdecode(arguments[0] or arguments[1][0])).name
        if program in _PROGRAMS:
            expect(_PROGRAMS[program])


sys.addaudithook(_watch)
