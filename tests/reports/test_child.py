"""Documents are made beside the server, never more than two at once, and a runaway is stopped."""

import os
import threading
import time
from pathlib import Path

import pytest

from assessment.reports import child_process, limited
from assessment.reports.child_process import DocumentError, TooBusyError, make_in_child

MODULES = {
    "shout": "import sys\nsys.stdout.buffer.write(sys.stdin.buffer.read().upper())",
    "fail": "raise SystemExit('no such shape')",
    "sleep": "import time\ntime.sleep(30)",
    "swell": "kept = bytearray(2**30)",
    "spin": "while True: pass",
    "manners": "import os\nprint(os.nice(0), end='')",
    "nosy": "import os\nprint(sorted(os.environ), end='')",
}


@pytest.fixture(autouse=True)
def _modules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, text in MODULES.items():
        (tmp_path / f"{name}.py").write_text(text)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


def test_a_child_gets_its_data_and_gives_the_document_back() -> None:
    assert make_in_child("shout", "grüße".encode("latin-1")) == b"GR\xfc\xdfE"


@pytest.mark.parametrize(
    ("module", "says"), [("fail", "no such shape"), ("swell", "MemoryError"), ("missing", "No module named")]
)
def test_a_child_that_fails_says_why(module: str, says: str) -> None:
    with pytest.raises(DocumentError, match=says):
        make_in_child(module, b"", megabytes=512)


def test_a_child_that_takes_too_long_is_ended() -> None:
    with pytest.raises(DocumentError, match="more than 0"):
        make_in_child("sleep", b"", seconds=0.3)


def test_a_child_has_so_much_processor_time_and_no_more() -> None:
    with pytest.raises(DocumentError, match="more than 1 seconds of processor time"):
        make_in_child("spin", b"", seconds=120, processor_seconds=1)


def test_a_child_gives_way_to_the_server() -> None:
    assert int(make_in_child("manners", b"")) == min(19, os.nice(0) + limited.GIVES_WAY)


class WithoutLimits:
    """A system that has the module and takes no limit, as some are."""

    RLIMIT_AS, RLIMIT_CPU = 1, 2

    @staticmethod
    def setrlimit(*_: object) -> None:
        raise ValueError("not supported")


@pytest.mark.parametrize("system", [None, WithoutLimits, object()], ids=["no module", "takes none", "knows none"])
def test_a_system_without_limits_makes_documents_all_the_same(monkeypatch: pytest.MonkeyPatch, system: object) -> None:
    monkeypatch.setattr(limited, "resource", system)
    gave_way: list[int] = []
    monkeypatch.setattr("os.nice", gave_way.append)  # this process is the one that tests
    limited.limit_this_process(1, 1)
    assert gave_way == [limited.GIVES_WAY]


def test_never_more_than_two_at_once() -> None:
    def make() -> None:
        with pytest.raises(DocumentError):
            make_in_child("sleep", b"", seconds=1.5)

    threads = [threading.Thread(target=make) for _ in range(child_process.AT_ONCE)]
    for each in threads:
        each.start()
    time.sleep(0.3)
    with pytest.raises(TooBusyError):
        make_in_child("shout", b"", wait=0.1)
    for each in threads:
        each.join()
    assert make_in_child("shout", b"again") == b"AGAIN"


def test_a_child_sees_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "x" * 40)
    monkeypatch.setenv("DATABASE_URL", "postgresql://somebody:password@127.0.0.1/x")
    seen = make_in_child("nosy", b"").decode()
    assert "PYTHONPATH" in seen
    assert "SECRET" not in seen
    assert "DATABASE" not in seen
