"""Servers at work, as programs of their own: the product and the floor, and the memory and processor time they take."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Both with two workers; the port is added.
COMMAND = [sys.executable, "-m", "assessment", "run", "--workers", "2", "--port"]
SERVE = (
    "import sys; from functools import partial;"
    "from assessment.commands.claims import listen; from assessment.commands.serving import serve;"
    "from assessment.commands.workers import Workers; import tests.tools.floor as floor;"
    "floor.prepare();"
    "sys.exit(Workers(2, listen('127.0.0.1', int(sys.argv[1])), partial(serve, floor.create_app, 1)).run())"
)


@contextmanager
def serving(command: list[str], environment: dict[str, str], port: int) -> Iterator[tuple["subprocess.Popen[bytes]", float]]:
    """A server that answers, and the seconds until it did."""
    begun = time.perf_counter()
    every = {**os.environ, **environment}
    server = subprocess.Popen(command, env=every, stdout=subprocess.DEVNULL, start_new_session=True)
    taken = 0.0
    while not taken:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5).close()
            taken = time.perf_counter() - begun
        except OSError:
            if server.poll() is not None:
                raise SystemExit(f"{command[0]} ended with {server.returncode} before it answered") from None
            time.sleep(0.005)
    try:
        yield server, taken
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _processes(server: "subprocess.Popen[bytes]") -> list[Path]:
    """The folders in /proc of the server's parent and of its workers, the parent first."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if os.getpgid(int(folder.name)) == server.pid:
                found.append(folder)
        except OSError:
            continue
    return sorted(found, key=lambda folder: int(folder.name))


def workers_memory(server: "subprocess.Popen[bytes]") -> list[float]:
    """Megabytes (PSS) of the server's parent and of each of its workers; not of what tidies up meanwhile."""
    found = []
    parent, *others = _processes(server)
    command = (parent / "cmdline").read_bytes()
    for folder in (parent, *others):
        try:
            if (folder / "cmdline").read_bytes() != command:
                continue
            found.append(int((folder / "smaps_rollup").read_text().partition("Pss:")[2].split()[0]) / 1024)
        except (OSError, IndexError):
            continue
    return found


def processor_ms(server: "subprocess.Popen[bytes]") -> float:
    """Milliseconds of processor time that the server and its workers have used."""
    ticks = [(folder / "stat").read_text().rpartition(")")[2].split()[11:13] for folder in _processes(server)]
    return 1000 * sum(int(each) for some in ticks for each in some) / os.sysconf("SC_CLK_TCK")
