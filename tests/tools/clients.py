"""Many browsers at once, as cheap as can be, so that what is measured is the server."""

import re
import selectors
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


@dataclass
class Measured:
    """What came back: how many replies of each status, and the seconds each took."""

    seconds: float = 0.0
    statuses: dict[int, int] = field(default_factory=dict)
    waits: list[float] = field(default_factory=list)

    @property
    def replies(self) -> int:
        """How many replies there were."""
        return len(self.waits)

    @property
    def ms_each(self) -> float:
        """Milliseconds of the whole run for one reply."""
        return 1000 * self.seconds / max(1, self.replies)

    def percentile(self, share: float) -> float:
        """Milliseconds within which a share of the replies came."""
        return 1000 * sorted(self.waits)[min(self.replies - 1, int(share * self.replies))]


@dataclass
class _Connection:
    socket: socket.socket
    number: int
    sent_at: float = 0.0
    got: bytes = b""


def run(
    port: int,
    request: Callable[[int, int], bytes],
    *,
    clients: int = 8,
    seconds: float = 1.0,
    at_least: int = 1,
    told: Callable[[int, int, bytes], None] | None = None,
) -> Measured:
    """Have clients ask one after the other, each as soon as it has its reply, for some seconds and until every one
    has made ``at_least`` so many requests.

    ``request`` gives the bytes of a client's next request, by client and how many it has made; ``told`` hears status and body.
    """
    found = Measured()
    select = selectors.DefaultSelector()
    made = [0] * clients
    begun = time.perf_counter()
    for number in range(clients):
        each = _Connection(socket.create_connection(("127.0.0.1", port)), number)
        each.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        select.register(each.socket, selectors.EVENT_READ, each)
        _ask(each, request, made)
    busy = clients
    while busy:
        for key, _ in select.select(30):
            each = key.data
            each.got += each.socket.recv(1 << 18)
            head, separator, body = each.got.partition(b"\r\n\r\n")
            length = _LENGTH.search(head)
            if not separator or length is None or len(body) < int(length[1]):
                continue
            status = int(head[9:12])
            found.statuses[status] = found.statuses.get(status, 0) + 1
            found.waits.append(time.perf_counter() - each.sent_at)
            if told is not None:
                told(each.number, status, body)
            if time.perf_counter() - begun < seconds or made[each.number] < at_least:
                _ask(each, request, made)
            else:
                select.unregister(each.socket)
                each.socket.close()
                busy -= 1
    found.seconds = time.perf_counter() - begun
    select.close()
    return found


def _ask(each: _Connection, request: Callable[[int, int], bytes], made: list[int]) -> None:
    each.got = b""
    each.sent_at = time.perf_counter()
    each.socket.sendall(request(each.number, made[each.number]))
    made[each.number] += 1


def get(address: str, cookie: str) -> bytes:
    """The bytes of a GET."""
    return f"GET {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: readiness={cookie}\r\n\r\n".encode()


def post(address: str, cookie: str, body: str) -> bytes:
    """The bytes of a POST of a form, as our own script makes it."""
    head = (
        f"POST {address} HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: readiness={cookie}\r\nAccept: application/json\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return (head + body).encode()
