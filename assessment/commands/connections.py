"""Connections of one worker: a request reaches a thread only when it is whole, and nobody holds a connection for ever.

waitress reads requests and sends answers in one loop, without a thread. What it lacks is here: an end to everything that may
last (its own timeout begins again with every byte), a bound on what is kept meanwhile, and a stop that finishes what is begun.
"""

import select
import socket
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Literal, cast

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask
from waitress.wasyncore import poll, poll2

from assessment.commands.request_parser import Parser, TooSlowError
from assessment.web.shell.headers import ALWAYS

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# Seconds for the lines that begin a request, the first or a further one on the same connection.
SECONDS_FOR_A_HEADER = 10
# Seconds that a connection may wait for its next request; browsers open the next page over it.
SECONDS_IDLE = 60
# A body has this long, and one second more for all bytes of this many that came; so has an answer that is being read.
SECONDS_AT_LEAST = 30
BYTES_A_SECOND = 10_000
# When stopping: seconds for a request that may be on its way, for one that has not come whole or an answer that is being read,
# and for what a thread works on.
SECONDS_TO_BEGIN = 0.2
SECONDS_TO_END = 3
SECONDS_TO_STOP = 30
# While requests wait here, a new connection is left so many seconds to a worker that is free. Then it is taken all the same:
# those who have a connection already could else keep everybody else out by asking again and again.
SECONDS_LEFT_TO_OTHERS = 0.02
# Connections of a worker; one more ends the one that has waited longest.
# Where there is no poll, which is so on Windows, the system looks at 512 at most.
HAS_POLL = hasattr(select, "poll")
MOST_CONNECTIONS = 1_000 if HAS_POLL else 400
# Above any route's own limit, which answers in the product's words (see MAX_CONTENT_LENGTH).
MOST_BYTES_A_BODY = 17 * 1024 * 1024
# Bytes of bodies that have not come whole; beyond half a megabyte each lies in a file.
MOST_BYTES_UNFINISHED = 128 * 1024 * 1024
MOST_BYTES_A_HEADER = 32 * 1024

HEALTH = "/healthz"

_poll = poll2 if HAS_POLL else poll
State = Literal["answering", "sending", "header", "body", "idle"]


class Task(WSGITask):  # type: ignore[misc]  # waitress has no types
    """One answer; the last on its connection where the server stops or more was sent than asked for."""

    channel: "Channel"

    def start(self) -> None:
        """Begin, and say that the connection will end where it will."""
        super().start()
        if self.channel.server.stopping:
            self.set_close_on_finish()

    def finish(self) -> None:
        """End the answer."""
        super().finish()
        if self.channel.pipelined:
            self.close_on_finish = True


class Refusal(ErrorTask):  # type: ignore[misc]  # waitress has no types
    """The answer to what is no request that a thread could work on; it carries the headers of every other answer."""

    def start(self) -> None:
        """Begin."""
        super().start()
        self.response_headers.extend([*ALWAYS, ("Cache-Control", "no-store")])


class Channel(HTTPChannel):  # type: ignore[misc]  # waitress has no types
    """One connection, which knows since when it waits for the other side."""

    task_class = Task
    parser_class = Parser
    error_task_class = Refusal
    server: "Server"
    request: HTTPRequestParser | None
    pipelined = False
    answers = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.bytes_taken = 0
        self.state: tuple[State, int] = ("header", 0)
        self.since = time.monotonic()
        super().__init__(*args, **kwargs)

    def received(self, data: bytes) -> bool:
        """Take what came. A second request before the first is answered ends the connection after that answer.

        Browsers never send so; but its answer would have to be kept until somebody reads the first.
        """
        taken = bool(super().received(data))
        with self.requests_lock:
            if len(self.requests) > 1:
                del self.requests[1:]
                self.pipelined = True
        return taken

    def send(self, data: bytes, do_close: bool = True) -> int:
        """Send some of the answer and return how many bytes were taken."""
        sent = cast(int, super().send(data, do_close=do_close))
        self.bytes_taken += sent
        return sent

    @property
    def bytes_unfinished(self) -> int:
        """Bytes of a body that is not whole."""
        request = self.request
        return 0 if request is None else cast(int, request.body_bytes_received)

    def look(self, now: float) -> float:
        """Return for how many seconds too long the other side keeps us waiting; 0 or less where it may go on."""
        state, answers = self._state(), self.answers
        if (state, answers) != self.state:
            self.state, self.since, self.bytes_taken = (state, answers), now, 0
        ends = self.since + self._seconds(state)
        if self.server.stopping and state != "answering":
            more = SECONDS_TO_END if self.request is not None or self.total_outbufs_len else SECONDS_TO_BEGIN
            ends = min(ends, max(self.since, self.server.stopping_since) + more)
        return now - ends

    def end(self) -> None:
        """Close the connection; a request that came in part is answered first. Not while a thread works on an answer."""
        request, self.request = self.request, None
        if request is None or self.total_outbufs_len:
            # What the system still holds of an answer that nobody reads is dropped with it.
            if self.total_outbufs_len:
                with suppress(OSError):
                    self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.handle_close()
            return
        request.error = TooSlowError("The request did not come in time.")
        request.completed = True
        with self.requests_lock:
            self.requests.append(request)
        self.server.add_task(self)

    def service(self) -> None:
        """Answer in a thread, and wake the loop also where nobody waits for the answer any more."""
        self.answers += 1
        super().service()
        if not self.connected:
            self.server.pull_trigger()

    def _state(self) -> State:
        if self.requests:
            return "answering"
        if self.total_outbufs_len:
            return "sending"
        if self.request is None:
            return "idle" if self.answers else "header"
        return "body" if self.request.headers_finished else "header"

    def _seconds(self, state: State) -> float:
        """Tell how long the connection may be in a state; while a thread works nobody waits for the other side."""
        if state == "answering":
            return float("inf")
        if state in ("header", "idle"):
            return SECONDS_FOR_A_HEADER if state == "header" else SECONDS_IDLE
        return SECONDS_AT_LEAST + (self.bytes_unfinished if state == "body" else self.bytes_taken) / BYTES_A_SECOND


class Server(TcpWSGIServer):  # type: ignore[misc]  # waitress has no types
    """What one worker listens with. ``alive`` is asked every second; where it says no, the server stops.

    Whether the process lives is said by a thread of its own, since pages may all wait for a database that hangs. ``prefix`` is
    the path that the product lies below, which a proxy may leave in the address.
    """

    channel_class = Channel
    stopping = False
    stopping_since = 0.0

    def __init__(
        self,
        application: "WSGIApplication",
        listening: socket.socket,
        threads: int,
        alive: Callable[[], bool],
        prefix: str = "",
    ) -> None:
        self._health = (HEALTH, f"{prefix}{HEALTH}")
        self._for_health = ThreadedTaskDispatcher()
        self._for_health.set_thread_count(1)
        self._alive = alive
        self._is_of_this_machine = listening.family not in (socket.AF_INET, socket.AF_INET6)
        self._has_left_to_others_since: float | None = None
        adjustments = Adjustments(
            sockets=[listening],
            threads=threads,
            ident=None,
            # An answer is kept, beyond a megabyte in a file, until it is read: the thread is free at once.
            outbuf_high_watermark=2**40,
            max_request_header_size=MOST_BYTES_A_HEADER,
            max_request_body_size=MOST_BYTES_A_BODY,
            asyncore_use_poll=HAS_POLL,
            asyncore_loop_timeout=1,
            # What a proxy says of the person is for the application to believe or not.
            clear_untrusted_proxy_headers=False,
        )
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(threads)
        where = (listening.family, listening.type, listening.proto, listening.getsockname())
        super().__init__(
            application, {}, _sock=listening, dispatcher=dispatcher, adj=adjustments, sockinfo=where, bind_socket=False
        )

    def add_task(self, channel: Channel) -> None:
        """Give a request to a thread."""
        # What could not be read has no path.
        asks_for_health = bool(channel.requests) and getattr(channel.requests[0], "path", "") in self._health
        (self._for_health if asks_for_health else self.task_dispatcher).add_task(channel)

    def getsockname(self) -> tuple[str, str]:
        """Return host and port, or what stands for them where a Unix socket is listened on."""
        if self._is_of_this_machine:
            return "localhost", "0"
        return cast(tuple[str, str], super().getsockname())

    def set_socket_options(self, conn: socket.socket) -> None:
        """Set what only connections over a network have."""
        if not self._is_of_this_machine:
            super().set_socket_options(conn)

    def fix_addr(self, addr: Any) -> Any:
        """Return who connected: a Unix socket does not say."""
        return ("localhost", None) if self._is_of_this_machine else addr

    def readable(self) -> bool:
        """Tell whether to take a new connection: while requests wait here, another worker that is free is given time to."""
        if not self.accepting or not self.task_dispatcher.queue:
            self._has_left_to_others_since = None
            return bool(self.accepting)
        now = time.monotonic()
        self._has_left_to_others_since = self._has_left_to_others_since or now
        return now - self._has_left_to_others_since >= SECONDS_LEFT_TO_OTHERS

    def handle_accept(self) -> None:
        """Take a new connection, and end the one that has waited longest where there are too many."""
        super().handle_accept()
        self._has_left_to_others_since = None
        if len(self.active_channels) > MOST_CONNECTIONS:
            now = time.monotonic()
            longest = max(self.active_channels.values(), key=lambda channel: channel.look(now))
            if not longest.requests:
                longest.end()

    def stop(self) -> None:
        """Take no more connections, finish what has begun and then let `serve` return. May be called in a signal's handler."""
        if not self.stopping:
            self.stopping_since = time.monotonic()
            self.stopping = True
            self.pull_trigger()

    def serve(self) -> None:
        """Serve until stopped."""
        next_look = 0.0
        while not self.stopping:
            if (now := time.monotonic()) >= next_look:
                next_look = now + 1
                self._look_after_all(now)
            _poll(SECONDS_LEFT_TO_OTHERS if self.task_dispatcher.queue else 1, self._map)
        self.accepting = False
        self.del_channel()
        self.socket.close()
        while self.active_channels and (now := time.monotonic()) < self.stopping_since + SECONDS_TO_STOP:
            _poll(0.05, self._map)
            self._look_after_all(now)
        self._for_health.shutdown(timeout=1)
        self.task_dispatcher.shutdown(timeout=1)  # a thread still tells the loop that it has ended
        self.trigger.close()

    def _look_after_all(self, now: float) -> None:
        if not self._alive():
            self.stop()
        channels = list(self.active_channels.values())
        for channel in channels:
            if channel.look(now) > 0:
                channel.end()
        while sum(channel.bytes_unfinished for channel in channels) > MOST_BYTES_UNFINISHED:
            largest = max(channels, key=lambda channel: channel.bytes_unfinished)
            largest.end()
