"""The processes that serve: forks of one parent, which listens, replaces a worker that ends, and ends them all.

The parent has one thread and sleeps until a signal or a worker has something to say. Workers end with it.
"""

import os
import select
import signal
import socket
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import NoReturn

import click

# More than a worker takes for itself (see `connections`); one that has not stopped by then never will.
SECONDS_TO_STOP = 35
# What a worker waits that takes the place of one that ended before it served, so that a fault does not eat the processor.
SECONDS_BETWEEN_STARTS = 1.0
STOP = (signal.SIGTERM, signal.SIGINT)
# What the server ends with where no worker could start.
FAILED = 1


@dataclass
class Worker:
    """One process: ``ready`` is where it says that it serves; ``instead_of`` the process it is to take the place of."""

    ready: int
    instead_of: int | None = None
    serves: bool = False


class Workers:
    """The workers of one server, which all take connections from one listening socket.

    ``serve`` is what a worker does: it gets the socket and what to call once it serves, and returns when told to stop by
    SIGTERM. ``meanwhile`` is called in the parent about every second.
    """

    def __init__(
        self,
        count: int,
        listening: socket.socket,
        serve: Callable[[socket.socket, Callable[[], None]], None],
        meanwhile: Callable[[], None] = lambda: None,
    ) -> None:
        self._count = count
        self._listening = listening
        self._serve = serve
        self._meanwhile = meanwhile
        self._workers: dict[int, Worker] = {}
        self._to_replace: list[int] = []
        self._signals, tell = os.pipe()
        for end in (self._signals, tell):
            os.set_blocking(end, False)
        self._tell = tell
        self._has_served = False

    def run(self) -> int:
        """Keep the workers running until told to stop; return 0, or 1 where the first of them could not start."""
        signal.set_wakeup_fd(self._tell, warn_on_full_buffer=False)
        for number in (*STOP, signal.SIGCHLD, signal.SIGHUP):
            signal.signal(number, lambda *_: None)  # the pipe tells
        for _ in range(self._count):
            self._start()
        while True:
            came = self._wait(1.0)
            if came & set(STOP):
                return self._stop()
            if signal.SIGHUP in came:
                self._to_replace = [pid for pid, worker in self._workers.items() if worker.instead_of is None]
            if not self._keep_up():
                self._stop()
                return FAILED
            self._meanwhile()

    def _wait(self, seconds: float) -> set[int]:
        """Return the signals that came, at the latest after some seconds; also see which workers serve by now."""
        waiting = {worker.ready: worker for worker in self._workers.values() if not worker.serves}
        readable, _, _ = select.select([self._signals, *waiting], [], [], seconds)
        for worker in (waiting[end] for end in readable if end in waiting):
            if os.read(worker.ready, 1):
                self._served(worker)
            else:
                worker.serves = True  # it ended; SIGCHLD says so too
        with suppress(BlockingIOError):
            return set(os.read(self._signals, 1024))
        return set()

    def _served(self, worker: Worker) -> None:
        worker.serves = self._has_served = True
        if worker.instead_of is not None:
            _end(worker.instead_of, signal.SIGTERM)
            worker.instead_of = None

    def _keep_up(self) -> bool:
        """Have as many workers as there should be; tell whether that can be."""
        for pid, worker in self._ended():
            if not self._has_served:
                return False
            if not worker.serves:
                time.sleep(SECONDS_BETWEEN_STARTS)
            self._to_replace = [other for other in self._to_replace if other != pid]
        replacing = any(worker.instead_of is not None for worker in self._workers.values())
        if self._to_replace and not replacing:
            self._start(instead_of=self._to_replace.pop(0))
            replacing = True
        while len(self._workers) < self._count:
            self._start()
        return True

    def _ended(self) -> list[tuple[int, Worker]]:
        """Take away the workers that have ended, and return them."""
        found = []
        for pid in list(self._workers):
            if os.waitpid(pid, os.WNOHANG)[0]:
                worker = self._workers.pop(pid)
                os.close(worker.ready)
                found.append((pid, worker))
        return found

    def _start(self, instead_of: int | None = None) -> None:
        ready, say_ready = os.pipe()
        # A signal that comes meanwhile waits until the worker has handlers of its own.
        signal.pthread_sigmask(signal.SIG_BLOCK, STOP)
        pid = os.fork()
        if pid == 0:
            self._work(say_ready)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP)
        os.close(say_ready)
        self._workers[pid] = Worker(ready=ready, instead_of=instead_of)

    def _work(self, say_ready: int) -> NoReturn:
        """Be a worker, and end without what the parent would do at its end."""
        status = FAILED
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            signal.signal(signal.SIGHUP, signal.SIG_IGN)
            for number in STOP:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, STOP)
            self._serve(self._listening, partial(_say, say_ready))
            status = 0
        except click.ClickException as error:
            error.show()
        except Exception:
            traceback.print_exc()
        finally:
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(status)

    def _stop(self) -> int:
        """End all workers; they finish what they have begun."""
        self._listening.close()
        for pid in self._workers:
            _end(pid, signal.SIGTERM)
        until = time.monotonic() + SECONDS_TO_STOP
        while self._workers and time.monotonic() < until:
            self._wait(0.2)
            self._ended()
        for pid in self._workers:
            _end(pid, signal.SIGKILL)
        return 0


def _say(end: int) -> None:
    os.write(end, b".")


def _end(pid: int, how: signal.Signals) -> None:
    """Send a signal to a worker that may have ended by itself."""
    with suppress(ProcessLookupError):
        os.kill(pid, how)
