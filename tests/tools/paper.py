"""`make bench-documents`: what documents of a full assessment of both standards cost, against an empty page made the same way.

`python -m tests.tools.paper XLSX DOCX` measures only these.

Times on a shared machine say little; the ratio to a floor measured by turns in the same run says more.
"""

import resource
import statistics
import sys
from collections.abc import Callable, Mapping
from datetime import date
from functools import partial

from assessment.content import load, read_sample
from assessment.domain.result import assess
from assessment.paths import shipped
from assessment.reports.child_process import make_in_child
from assessment.reports.formats import FORMATS
from assessment.reports.summary import GapSummary, summarise
from tests.tools.benchmark import best

ON = date(2026, 11, 24)
RUNS = 10
# The ending of each format, and the most milliseconds it may take.
DOCUMENTS: Mapping[str, float] = {"short.pdf": 150, "pdf": 300, "xlsx": 120, "docx": 200, "zip": 600}


def demo() -> GapSummary:
    """The demo: every question of both standards, nearly all answered."""
    content = shipped("questionnaires")
    library = load(content)
    told = read_sample(content / "demo.toml", library, ON)
    result = assess(library, told.questionnaires, told.sheet, told.profile, ON)
    return summarise(result, told.organisation, "bench", list(library.standards))


def child_seconds(work: Callable[[], object]) -> float:
    """Processor seconds that child processes take for some work."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    work()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Print the figures."""
    summary = demo()
    wanted = {name.lower() for name in sys.argv[1:]} or set(DOCUMENTS)
    for ending, target in DOCUMENTS.items():
        if ending not in wanted:
            continue
        make = partial(FORMATS[ending].write, summary)
        size = len(make())
        # By turns, so that a busy machine bothers both alike; the median of the ratios counts.
        turns = [(best(lambda: make_in_child("tests.tools.empty_paper", b""), 1), best(make, 1)) for _ in range(RUNS)]
        ratio = statistics.median(taken / least for least, taken in turns)
        processor = min(child_seconds(make) for _ in range(3))
        print(
            f"{FORMATS[ending].words.name}: {min(taken for _, taken in turns):.0f} ms, {ratio:.1f} times an empty page of "
            f"{min(least for least, _ in turns):.0f} ms (target: under {target:g} ms); "
            f"{1000 * processor:.0f} ms of processor in children, {size // 1024} KB",
            flush=True,
        )


if __name__ == "__main__":
    main()
