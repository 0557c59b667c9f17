"""Several files in one ZIP file, with a note that says what each of them is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from textwrap import wrap

from assessment.reports.csv_file import FORMULA_STARTS
from assessment.reports.file_names import file_name
from assessment.reports.key_figures import key_figures
from assessment.reports.reproducible_zip import to_zip
from assessment.reports.summary import GapSummary, StandardSummary
from assessment.reports.wording import files
from assessment.reports.wording.dates import day_in_words
from assessment.reports.wording.limits import SELF_ASSESSMENT

_WIDTH, _LINE = 24, 118


@dataclass(frozen=True, kw_only=True)
class Part:
    """A file of the bundle: its name, what it holds in a sentence, and what writes it."""

    name: str
    holds: str
    write: Callable[[GapSummary], bytes]


def to_bundle(summary: GapSummary, parts: Sequence[Part]) -> bytes:
    """Return the parts and a README.txt, in a folder named after the summary. The same summary gives the same bytes."""
    folder = file_name(summary, "").rstrip(".")
    written = {"README.txt": _about(summary, parts).encode("utf-8", "replace")}
    written |= {part.name: part.write(summary) for part in parts}
    return to_zip({f"{folder}/{name}": content for name, content in written.items()}, summary.on)


def _about(summary: GapSummary, parts: Sequence[Part]) -> str:
    signs = [each for each in FORMULA_STARTS if each.strip()]
    lines = [
        *files.note_head(summary.organisation, day_in_words(summary.on)),
        "",
        *(line for standard in summary.standards for line in _figures(summary, standard)),
        str(SELF_ASSESSMENT),
        "",
        files.note_contents(),
        "",
        *(f"  {part.name:<{_WIDTH}} {part.holds}" for part in parts),
        "",
        *(
            line
            for part in files.note_end(signs, summary.product_version, summary.result.library.rules.revision)
            for line in (*wrap(part, _LINE), "")
        ),
    ]
    return "\r\n".join(lines)


def _figures(summary: GapSummary, standard: StandardSummary) -> list[str]:
    figures = [f"  {files.figure(label, value)}" for label, value in key_figures(summary, standard).items()]
    return [standard.result.questionnaire.edition.name, *figures, ""]
