"""Several files in one ZIP file, with a note that says what each of them is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assessment.reports import words
from assessment.reports.csv_file import FORMULA_STARTS
from assessment.reports.figures import key_figures
from assessment.reports.summary import GapSummary, StandardSummary, file_name
from assessment.reports.zipped import to_zip

_WIDTH = 16


@dataclass(frozen=True, kw_only=True)
class Part:
    """A file of the bundle: its name, what it holds in a sentence, and what writes it."""

    name: str
    holds: str
    write: Callable[[GapSummary], bytes]


def to_bundle(summary: GapSummary, parts: Sequence[Part]) -> bytes:
    """The parts and a README.txt, in a folder named after the summary. The same summary gives the same bytes."""
    folder = file_name(summary, "").rstrip(".")
    files = {"README.txt": _about(summary, parts).encode("utf-8", "replace")}
    files |= {part.name: part.write(summary) for part in parts}
    return to_zip({f"{folder}/{name}": content for name, content in files.items()}, summary.on)


def _about(summary: GapSummary, parts: Sequence[Part]) -> str:
    lines = [
        f"Gap summary of {' '.join(summary.organisation.split())}",
        words.day_in_words(summary.on),
        "",
        *(line for standard in summary.standards for line in _figures(summary, standard)),
        words.SELF_ASSESSMENT,
        "",
        "What is in here. All files show the same numbers:",
        "",
        *(f"  {part.name:<{_WIDTH}} {part.holds}" for part in parts),
        "",
        "receipt.json can be checked by anybody: choose it on the page “Check a receipt” of any installation, or run",
        "'iso-readiness verify receipt.json'. Both recompute every number and say what differs and why.",
        "",
        f"In the CSV files a text that begins like a formula ({' '.join(each for each in FORMULA_STARTS if each.strip())})",
        "has one apostrophe before it, so that no spreadsheet calculates it. Take that apostrophe off to get the text itself.",
        "",
        f"Made with ISO Readiness {summary.product_version}, rules {summary.result.library.rules.revision}.",
        words.NOT_AFFILIATED,
    ]
    return "\r\n".join(lines) + "\r\n"


def _figures(summary: GapSummary, standard: StandardSummary) -> list[str]:
    figures = [f"  {label}: {value}" for label, value in key_figures(summary, standard).items()]
    return [standard.result.questionnaire.edition.name, *figures, ""]
