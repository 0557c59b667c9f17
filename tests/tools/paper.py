"""`make bench-documents`: what documents of a full assessment of both standards cost, against an empty page made the same way.

Times on a shared machine say little; the ratio to a floor measured in the same run says more. The fastest of some runs is
taken, since everything else only adds to it.
"""

import resource
from collections.abc import Callable
from datetime import date
from functools import partial

from assessment.content import load, read_sample
from assessment.domain.result import assess
from assessment.paths import shipped
from assessment.reports.child_process import make_in_child
from assessment.reports.pdf_file import to_pdf
from assessment.reports.summary import GapSummary, summarise
from tests.tools.benchmark import best

ON = date(2026, 11, 24)
RUNS = 10
# Name, how it is made, and the most milliseconds it may take.
DOCUMENTS: tuple[tuple[str, Callable[[GapSummary], bytes], float], ...] = (("PDF", to_pdf, 300),)


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
    least = best(lambda: make_in_child("tests.tools.empty_paper", b""), RUNS)
    print(f"floor: an empty page in a process of its own: {least:.0f} ms")
    for name, make, target in DOCUMENTS:
        size = len(make(summary))
        taken = best(partial(make, summary), RUNS)
        processor = min(child_seconds(partial(make, summary)) for _ in range(3))
        print(
            f"{name}: {taken:.0f} ms, {taken / least:.1f} times the floor (target: under {target:g} ms); "
            f"{1000 * processor:.0f} ms of processor in the child, {size // 1024} KB"
        )


if __name__ == "__main__":
    main()
