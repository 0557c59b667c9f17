"""What taking a filled-in workbook over would do, whatever it holds: what changes, what clashes, what is to mend first."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from assessment.reports.workbook.reader import WorkbookError
from assessment.reports.workbook.unread import Unread

FAULTS_SHOWN = 50
_LARGEST_VERSION = 2**31

C = TypeVar("C")
F = TypeVar("F")


@dataclass(frozen=True, kw_only=True)
class Decision(Generic[C, F]):
    """What taking a file over would do. With a fault, nothing is taken over.

    ``changes`` are what nobody else changed, ``conflicts`` what changed in the file and here, each to be settled by a person.
    ``unchanged`` rows say what is here, rows of new lines that are here already among them. ``unread`` names what the file
    holds beside what is read.
    """

    changes: Sequence[C]
    conflicts: Sequence[C]
    all_faults: Sequence[F]
    unchanged: int
    unread: Unread

    @property
    def faults(self) -> Sequence[F]:
        """The first cells to mend, as many as are shown."""
        return self.all_faults[:FAULTS_SHOWN]


def check_origin(origin: Mapping[str, str], assessment_id: str) -> None:
    """Raise ``WorkbookError`` where a file was not made from this assessment."""
    made_from = origin.get("assessment", "")
    if not made_from:
        raise WorkbookError("not-stored")
    if made_from != assessment_id:
        raise WorkbookError("other-assessment")


def is_version(text: str) -> bool:
    """Tell whether a text is a version as a workbook has it, small enough to be stored."""
    return text.isascii() and text.isdigit() and len(text) < 12 and int(text) < _LARGEST_VERSION
