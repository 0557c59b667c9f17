"""What tests share: apps over the shipped content, browsers with and without a screen, and figures told at the end."""

import os
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask
from hypothesis import settings

from assessment.domain.library import Library
from tests.support.apps import Opening, built
from tests.support.asked import noted
from tests.support.content import LIBRARY
from tests.support.kinds import (
    pytest_addoption,
    pytest_collection_finish,
    pytest_collection_modifyitems,
    pytest_configure,
    pytest_ignore_collect,
    pytest_itemcollected,
    pytest_runtest_protocol,
)
from tests.support.once import KEPT, make_once
from tests.support.opener import Browser
from tests.support.organisations import Assembled, assembled_in

__all__ = [
    "pytest_addoption",
    "pytest_collection_finish",
    "pytest_collection_modifyitems",
    "pytest_configure",
    "pytest_ignore_collect",
    "pytest_itemcollected",
    "pytest_runtest_protocol",
]

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import BrowserContext

    from tests.support.states import Stage

# The same examples in every run, so that a test that failed fails again; `--hypothesis-profile=wide` looks for new ones.
settings.register_profile("steady", deadline=None, derandomize=True, max_examples=60)
settings.register_profile("quick", deadline=None, derandomize=True, max_examples=5)
settings.register_profile("wide", deadline=None, max_examples=1_000)
settings.load_profile("steady")


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Have a figure printed at the end of the tests, whichever process measured it."""
    return lambda text: record_property("figure", text)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the figures that tests measured."""
    for reports in terminalreporter.stats.values():
        for report in reports:
            for name, text in getattr(report, "user_properties", ()):
                if name == "figure" and getattr(report, "when", "") == "call":
                    terminalreporter.write_line(str(text))


@pytest.fixture(scope="session", autouse=True)
def _made_once(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Make nothing twice in a run: its processes share a folder, and so do the runs that name one."""
    own = tmp_path_factory.getbasetemp()
    folder = Path(os.environ.get("TEST_KEPT") or (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own)) / "kept"
    folder.mkdir(parents=True, exist_ok=True)
    make_once(folder)


@pytest.fixture(scope="session", autouse=True)
def _asked_of_databases() -> Iterator[None]:
    """Note what is asked of databases, for whoever compares the runs on both of them."""
    folder = os.environ.get("TEST_ASKED")
    with noted(Path(folder)) if folder else nullcontext():
        yield


@pytest.fixture
def made_anew() -> Iterator[None]:
    """Make what children make anew, since that is what the test is about."""
    with KEPT.nothing():
        yield


@pytest.fixture(scope="session")
def library() -> Library:
    return LIBRARY


@pytest.fixture(scope="session")
def database() -> Opening:
    """Open apps with a database each. Whoever uses this is run on PostgreSQL, too; nobody else may open a database."""
    return built


@pytest.fixture
def app(database: Opening, tmp_path: Path) -> Iterator[Flask]:
    with database(tmp_path) as app:
        yield app


@pytest.fixture
def browser(app: Flask) -> Browser:
    return Browser(app)


@pytest.fixture
def demo(browser: Browser) -> str:
    """The overview of the sample organisation, which this browser holds and may change."""
    return browser.start_sample()


@pytest.fixture(scope="module")
def shared(database: Opening, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A browser with an app for all tests of a module that change nothing: they look, or what they send is refused."""
    with database(tmp_path_factory.mktemp("shared")) as app:
        yield Browser(app)


# One of each for all tests of a process that want it; who wants none does not wait for it.


@pytest.fixture(scope="session")
def assembled(database: Opening, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assembled]:
    """Every invented organisation, in an app of their own, to look at."""
    with database(tmp_path_factory.mktemp("stage")) as app:
        yield assembled_in(app)


@pytest.fixture(scope="session")
def chromium() -> Iterator["Chromium"]:
    from tests.support.chromium import launched

    with launched() as browser:
        yield browser


@pytest.fixture
def context(chromium: "Chromium") -> Iterator["BrowserContext"]:
    """A real browser of one person, which holds nothing yet."""
    context = chromium.new_context()
    yield context
    context.close()


@pytest.fixture(scope="session")
def address(database: Opening, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where an empty app is served to a real browser."""
    from tests.support.chromium import served

    with database(tmp_path_factory.mktemp("browser")) as app, served(app) as address:
        yield address


@pytest.fixture(scope="session")
def stage(chromium: "Chromium", assembled: Assembled) -> Iterator["Stage"]:
    """Every invented organisation, shown in a real browser."""
    from tests.support.states import staged

    with staged(assembled, chromium) as stage:
        yield stage
