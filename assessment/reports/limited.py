"""Runs a module as a program with limits of memory and processor time: ``limited MODULE BYTES SECONDS``.

A child limits itself before it begins: doing so between fork and exec is not safe where there are threads. A system that lacks
a limit goes without; what made the child still ends it by the clock.
"""

import runpy
import sys
from contextlib import suppress
from types import ModuleType

resource: ModuleType | None
try:
    import resource
except ImportError:  # Windows has none
    resource = None


def limit_this_process(memory: int, seconds: int) -> None:
    """Let this process take so many bytes of addresses and so many seconds of processor time; then it is ended."""
    if resource is None:
        return
    for name, soft, hard in (("RLIMIT_AS", memory, memory), ("RLIMIT_CPU", seconds, seconds + 1)):
        # macOS knows a limit of addresses and takes none; a limit that was set from outside can be lower already.
        with suppress(AttributeError, OSError, ValueError):
            resource.setrlimit(getattr(resource, name), (soft, hard))


if __name__ == "__main__":
    module, memory_asked, seconds_asked = sys.argv[1:]
    limit_this_process(int(memory_asked), int(seconds_asked))
    runpy.run_module(module, run_name="__main__", alter_sys=True)
