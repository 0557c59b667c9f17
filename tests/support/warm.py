"""A process that has imported what makes documents and reads files, and forks for each that is asked for: a start saved.

Run as a program it reads requests as lines of JSON, and answers each with how the child ended. Whoever asks takes nothing but a
child that ended well: of any other the product's own process says what is wrong. The first result of each module is held to
that of the product's own process, so what differs between both would be seen.
"""

import atexit
import importlib
import json
import os
import runpy
import select
import subprocess
import sys
import threading
import traceback
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zipfile import ZipFile, is_zipfile

from assessment.reports.child_process import _PASSED_ON, make_in_child
from assessment.reports.limited import limit_this_process

_LIMITS = {"seconds": 30, "processor_seconds": 20, "megabytes": 2048}


class Warm:
    """The process of this one, started when it is first needed; one thread at a time uses it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._held_to_the_products_own: set[str] = set()

    def make(self, module: str, data: bytes, **limits: Any) -> bytes:
        """Do as `make_in_child` of the product does."""
        with self._lock:
            made = self._make(module, data, {**_LIMITS, **limits})
        if made is None:
            return make_in_child(module, data, **limits)
        if module not in self._held_to_the_products_own:
            assert _inside(make_in_child(module, data, **limits)) == _inside(made), module
            self._held_to_the_products_own.add(module)
        return made

    def _make(self, module: str, data: bytes, limits: dict[str, Any]) -> bytes | None:
        """Return what a child made that ended well and in time."""
        process = self._process or self._start()
        assert process.stdin
        assert process.stdout
        with TemporaryDirectory() as name:
            folder = Path(name)
            (folder / "data").write_bytes(data)
            asked = [module, name, limits["megabytes"] * 2**20, limits["processor_seconds"]]
            process.stdin.write(json.dumps(asked).encode() + b"\n")
            process.stdin.flush()
            if not select.select([process.stdout], [], [], limits["seconds"])[0]:
                self._stop()
                return None
            ended = process.stdout.readline()
            return (folder / "made").read_bytes() if ended == b"0\n" else None

    def _start(self) -> subprocess.Popen[bytes]:
        environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
        command = [sys.executable, "-P", __file__]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment)
        atexit.register(self._stop)
        return self._process

    def _stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.communicate()


def _inside(made: bytes) -> bytes | dict[str, bytes]:
    """Return the files in an archive, which is dated when it is made, and anything else as it is."""
    if not is_zipfile(BytesIO(made)):
        return made
    with ZipFile(BytesIO(made)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _serve() -> None:
    """Answer one request after the other until nobody can ask any more."""
    for line in sys.stdin.buffer:
        module, folder, memory, seconds = json.loads(line)
        importlib.import_module(module)
        child = os.fork()
        if child == 0:
            _be_the_child(module, Path(folder), memory, seconds)
        _, status = os.waitpid(child, 0)
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


def _be_the_child(module: str, folder: Path, memory: int, seconds: int) -> None:
    """Do as `assessment.reports.limited` does when it is run as a program, and end."""
    status = 1
    try:
        sys.stdin = (folder / "data").open()
        sys.stdout = (folder / "made").open("w")
        sys.stderr = (folder / "said").open("w")
        limit_this_process(memory, seconds)
        del sys.modules[module]
        runpy.run_module(module, run_name="__main__", alter_sys=True)
        sys.stdout.flush()
        status = 0
    except SystemExit as ended:
        sys.stdout.flush()
        status = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    except BaseException:  # the process ends with it
        traceback.print_exc()
    finally:
        os._exit(status)


if __name__ == "__main__":
    _serve()
