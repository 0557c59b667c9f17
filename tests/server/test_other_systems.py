"""Windows lacks much that Python has elsewhere. With all of that taken away the product starts, works, backs up and stops.

This shows that nothing is asked for that is not there; not how Windows itself behaves.
"""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.server.test_wheel import PATIENCE, walk
from tests.support.servers import free_port

# Read by every Python that starts, also by the processes that make documents.
WITHOUT = """
import errno, fcntl, os, select, signal, socket, sys
settle = os.fsync
def fsync(number, access=fcntl.fcntl, flags=fcntl.F_GETFL):
    if access(number, flags) & os.O_ACCMODE == os.O_RDONLY:
        raise OSError(errno.EBADF, "Bad file descriptor")
    settle(number)
os.fsync = fsync
for module, names in {
    os: "fork forkpty register_at_fork geteuid getuid getgid setsid killpg nice sched_getaffinity wait3 wait4",
    signal: "pthread_sigmask pthread_kill sigwait sigtimedwait SIGHUP SIGCHLD SIGUSR1 SIGUSR2 SIGXCPU SIGXFSZ SIGPIPE SIGALRM",
    select: "poll epoll",
    socket: "AF_UNIX SO_REUSEPORT",
}.items():
    for name in names.split():
        if hasattr(module, name):
            delattr(module, name)
for name in "fcntl resource pwd grp termios".split():
    sys.modules[name] = None
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "without").mkdir()
    (tmp_path / "without" / "sitecustomize.py").write_text(WITHOUT)
    usual = {name: value for name, value in os.environ.items() if not name.startswith("ISO_")}
    return {**usual, "PYTHONPATH": str(tmp_path / "without"), "ISO_READINESS_DATA": str(tmp_path / "data")}


def said(environment: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "assessment", *arguments],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )


def test_what_was_taken_away_is_away(environment: dict[str, str]) -> None:
    asked = "import os, select, signal; print(hasattr(os, 'fork'), hasattr(select, 'poll'), hasattr(signal, 'SIGHUP'))"
    found = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert found.stdout == "False False False\n"


def test_the_product_works_without_what_windows_lacks(environment: dict[str, str], tmp_path: Path) -> None:
    port = free_port()
    command = [sys.executable, "-m", "assessment", "run", "--port", str(port)]
    server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        walk(f"http://127.0.0.1:{port}")
        assert said(environment, "backup", str(tmp_path / "one.sqlite3")).returncode == 0
        listed = said(environment, "list", "--json")
        assert "Wheel works" in listed.stdout
    finally:
        server.send_signal(signal.SIGTERM)
        out, errors = server.communicate(timeout=PATIENCE)
    assert server.returncode == 0, errors
    assert "workers 1." in out
    assert "Traceback" not in errors
    looked = said(environment, "doctor")
    assert "Traceback" not in looked.stderr
    assert "WRONG" not in looked.stdout, looked.stdout
    elsewhere = {**environment, "ISO_READINESS_DATA": str(tmp_path / "new")}
    restored = said(elsewhere, "restore", "--yes", str(tmp_path / "one.sqlite3"))
    assert "Restored 1 assessments" in restored.stdout, restored.stderr


def test_several_workers_are_refused_in_a_sentence_where_they_cannot_be(environment: dict[str, str]) -> None:
    refused = said(environment, "run", "--workers", "2")
    assert (refused.returncode, refused.stderr.count("\n")) == (2, 1)
    assert "This system cannot fork" in refused.stderr


def test_a_socket_is_refused_in_a_sentence_where_there_are_none(environment: dict[str, str], tmp_path: Path) -> None:
    refused = said(environment, "run", "--socket", str(tmp_path / "s"))
    assert (refused.returncode, refused.stderr) == (2, "Error: This system has no Unix sockets; use --host and --port.\n")
