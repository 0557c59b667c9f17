"""What a worker is besides its pages."""

import subprocess
import sys

import pytest

# Blocks as documents have them, freed while small ones between them stay: what is kept for the next is megabytes (resident).
TAKE_AND_FREE = """
from pathlib import Path
from assessment.commands import serving

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 2**20

if {gives_back}:
    serving._give_memory_back()
bytearray(1000 * 1024)
before = resident()
blocks, small = [], []
for _ in range(200):
    blocks.append(bytearray(200 * 1024))
    blocks[-1][::1024] = bytes(200)
    small.append(bytearray(20 * 1024))
blocks.clear()
print(resident() - before)
"""


def _kept(*, gives_back: bool) -> float:
    """Return how many megabytes a process keeps of forty that it took and freed."""
    command = [sys.executable, "-c", TAKE_AND_FREE.format(gives_back=gives_back)]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


@pytest.mark.process
def test_a_worker_gives_back_what_a_document_took() -> None:
    assert _kept(gives_back=True) < 10 < _kept(gives_back=False)
