"""A worksheet as a report shows it: one model, made once from the domain's results."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from assessment.domain.accepted_worksheet import AcceptedLines, SinceLine, since
from assessment.domain.completeness import Completeness, completeness, open_lines
from assessment.domain.letterhead import Letterhead
from assessment.domain.significance import Significance, judged
from assessment.domain.worksheet import Worksheet
from assessment.domain.worksheet_lines import Filled, Line


@dataclass(frozen=True, kw_only=True)
class WorksheetSummary:
    """Whose worksheet it is, on which day, and what is filled in; ``versions`` are those that lines have reached.

    ``accepted`` is the version that was accepted last; none is there to compare with where that itself is shown.
    """

    organisation: str
    on: date
    filled: Filled
    letterhead: Letterhead | None = None
    versions: Mapping[str, int] = field(default_factory=dict)
    accepted: AcceptedLines | None = None

    @property
    def worksheet(self) -> Worksheet:
        """The worksheet itself."""
        return self.filled.worksheet

    @cached_property
    def complete(self) -> Completeness:
        """What is missing."""
        return completeness(self.filled, self.on)

    @cached_property
    def open_first(self) -> tuple[Line, ...]:
        """The lines that stand first: what is not kept, and what nobody knows."""
        return open_lines(self.filled, self.on)

    @cached_property
    def since(self) -> tuple[SinceLine, ...]:
        """How every line stands to the version that was accepted last."""
        return since(self.accepted, self.complete) if self.accepted else ()

    @cached_property
    def judged(self) -> dict[str, Significance]:
        """Every line that is scored, by its id."""
        found = (judged(self.filled, method, self.on) for method in self.worksheet.methods)
        return {each.line.id: each for of_method in found for each in of_method}
