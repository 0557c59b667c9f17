"""The server itself: killed, stopped and started again under load, and started by its command. Nothing acknowledged is lost."""

import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from flask import Flask

from assessment.storage import database
from assessment.storage.answers import answer_of
from assessment.storage.history import Author, broken_chains, history, lock_for_update
from tests.support.apps import NOW
from tests.support.opener import Browser
from tests.support.servers import environment_of, free_port, served
from tests.tools.kill import PAGE, QUESTION, Client, kill

KILLS = 200


@pytest.mark.database
@pytest.mark.usefixtures("database")
def test_two_hundred_kills_lose_nothing(tell: Callable[[str], None]) -> None:
    kinds = kill(KILLS, random.SystemRandom().randrange(10**9))
    assert [each.saves for each in kinds] == ["answers", "lines of a worksheet"]
    for found in kinds:
        tell(str(found))
        assert found.wrong == ()
        assert (found.lost, found.twice, found.broken) == (0, 0, 0), f"seed {found.seed}"
        assert found.acknowledged > KILLS // 2  # or hardly anybody was at work


@pytest.fixture
def people(app: Flask) -> list[Client]:
    """Four people, each with an assessment and a port that nobody uses yet."""
    port = free_port()
    found = []
    for _ in range(4):
        browser = Browser(app)
        hub = browser.start()
        token = browser.open(hub + PAGE).fields()["csrf_token"][0]
        found.append(Client(hub=hub, cookie=browser.cookie(), token=token, port=port))
    return found


@contextmanager
def saving(people: list[Client]) -> Iterator[None]:
    """All of them save one note after the other; at the end everybody has heard from the server since."""
    stop = threading.Event()
    threads = [threading.Thread(target=each.work, args=(stop,)) for each in people]
    for thread in threads:
        thread.start()
    try:
        wait_for_more(people)
        yield
        wait_for_more(people)
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def wait_for_more(people: list[Client]) -> None:
    """Until everybody had five more answers."""
    before = [len(each.acknowledged) for each in people]
    until = time.monotonic() + 60
    while not all(len(each.acknowledged) >= earlier + 5 for each, earlier in zip(people, before, strict=True)):
        assert not any(each.wrong for each in people), [each.wrong for each in people]
        assert time.monotonic() < until, "the server answers nobody"
        time.sleep(0.02)


def nothing_is_lost(app: Flask, people: list[Client]) -> None:
    for each in people:
        assert each.wrong == []
        with app.app_context():
            entries = history(each.hub.split("/")[2], f"iso-9001/{QUESTION}")
        notes = {entry.version: answer_of(entry.content).note for entry in entries}
        assert all(notes[version] == f"note {number}" for number, version in each.acknowledged)
        assert len(set(notes.values())) == len(notes)
    with app.app_context():
        assert list(broken_chains()) == []


@pytest.mark.database
@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["stopped", "killed"])
def test_a_restart_of_the_real_server_under_load_loses_nothing(
    app: Flask, people: list[Client], tmp_path: Path, how: signal.Signals
) -> None:
    with ExitStack() as first, ExitStack() as second:
        server = first.enter_context(served(app, tmp_path, people[0].port))
        with saving(people):
            os.killpg(server.pid, how) if how is signal.SIGKILL else server.send_signal(how)
            assert server.wait(20) is not None
            second.enter_context(served(app, tmp_path, people[0].port))
    nothing_is_lost(app, people)


def workers_of(server: "subprocess.Popen[bytes]") -> set[int]:
    """The process ids of the workers."""
    children = Path(f"/proc/{server.pid}/task/{server.pid}/children")
    return set(map(int, children.read_text().split()))


@pytest.mark.database
def test_a_worker_that_dies_is_replaced_and_loses_nothing(app: Flask, people: list[Client], tmp_path: Path) -> None:
    with served(app, tmp_path, people[0].port) as server:
        before = workers_of(server)
        with saving(people):
            os.kill(min(before), signal.SIGKILL)
            until = time.monotonic() + 30
            while len(workers_of(server)) < 2 or workers_of(server) == before:
                assert time.monotonic() < until, "nobody took its place"
                time.sleep(0.05)
        assert server.poll() is None
    nothing_is_lost(app, people)


@pytest.mark.database
def test_workers_replaced_one_after_the_other_under_load_lose_nothing(app: Flask, people: list[Client], tmp_path: Path) -> None:
    with served(app, tmp_path, people[0].port) as server:
        before = workers_of(server)
        with saving(people):
            server.send_signal(signal.SIGHUP)
            until = time.monotonic() + 60
            while before & workers_of(server) or len(workers_of(server)) < 2:
                assert time.monotonic() < until, "the old workers went on"
                time.sleep(0.05)
    nothing_is_lost(app, people)


@pytest.mark.parametrize("after", [0, 0.05, 0.1, 0.2, 0.4], ids=lambda seconds: f"after {seconds} s")
def test_a_server_that_is_still_starting_stops_when_told(app: Flask, tmp_path: Path, after: float) -> None:
    with served(app, tmp_path, free_port(), workers=4) as server:
        time.sleep(after)
        server.send_signal(signal.SIGTERM)  # some workers are not forked yet, or load the product, or begin to serve
        assert server.wait(20) == 0


@contextmanager
def waiting_saves(app: Flask, people: list[Client]) -> Iterator[list["Future[tuple[int, str] | None]"]]:
    """Saves that reached the server and wait, because somebody else writes; they go on at the end."""
    with ThreadPoolExecutor(len(people)) as threads, app.app_context(), ExitStack() as held:
        connection = held.enter_context(database.writing())
        for each in people:
            lock_for_update(connection, Author(assessment_id=each.hub.split("/")[2], who="somebody", at=NOW))
        sent = [threads.submit(each.until_answered, each.body(1, 0), threading.Event()) for each in people]
        time.sleep(0.7)
        assert not any(each.done() for each in sent)
        yield sent


@pytest.mark.database
def test_a_stop_waits_for_what_is_being_saved(app: Flask, people: list[Client], tmp_path: Path) -> None:
    with served(app, tmp_path, people[0].port) as server:
        with waiting_saves(app, people[:2]) as sent:
            server.send_signal(signal.SIGTERM)
            time.sleep(0.5)
        assert [reply and reply[0] for reply in (each.result() for each in sent)] == [200, 200]
        assert server.wait(20) == 0


@pytest.mark.database
def test_pages_open_while_others_wait(app: Flask, people: list[Client], tmp_path: Path) -> None:
    """Also with one worker: three people wait for the database, the fourth reads on."""
    reader = people.pop()
    with served(app, tmp_path, reader.port, workers=1), waiting_saves(app, people) as sent:
        for _ in range(5):
            request = urllib.request.Request(f"http://127.0.0.1:{reader.port}{reader.hub}{PAGE}")
            request.add_header("Cookie", f"readiness={reader.cookie}")
            with urllib.request.urlopen(request, timeout=60) as answer:
                assert answer.status == 200
            assert not any(save.done() for save in sent)


def run(app: Flask, folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, **environment_of(app, folder)}
    command = [sys.executable, "-m", "assessment", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=180)


def test_a_command_says_in_one_line_that_there_is_no_database(app: Flask, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as elsewhere:
        elsewhere.setitem(app.config, "DATABASE_URL", f"sqlite:///{tmp_path}/nowhere.sqlite3")
        refused = run(app, tmp_path, "export", "nothing")
    assert (refused.returncode, refused.stderr) == (1, f"Error: there is no database at {tmp_path}/nowhere.sqlite3\n")


def test_a_command_that_works_says_so_on_its_own_line(app: Flask, tmp_path: Path) -> None:
    done = run(app, tmp_path, "backup", str(tmp_path / "one.sqlite3"))
    assert (done.returncode, done.stderr) == (0, "")
    assert "checked" in done.stdout
    again = run(app, tmp_path, "backup", str(tmp_path / "one.sqlite3"))
    assert (again.returncode, "never overwrites" in again.stderr) == (1, True)
