"""Audits on the way to a first certificate that took place already: the plan goes on from them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from assessment.domain.audit_findings import Audit, OpenMajors, audits_of, open_majors
from assessment.domain.worksheet_lines import Filled


@dataclass(frozen=True, kw_only=True)
class Been:
    """The last day of stage 1 and of stage 2 of one standard; ``None`` for one of which nobody wrote down that it took place.

    ``majors`` are those still open. ``is_complete`` says that all findings of stage 2 are written down. After
    ``stage_1_stands_weeks`` many certification bodies repeat stage 1.
    """

    stage_1: date | None
    stage_2: date | None
    is_complete: bool
    majors: OpenMajors | None
    stage_1_stands_weeks: int

    def stage_2_stands(self, on: date) -> bool:
        """Tell whether stage 2 took place and has not to be done again."""
        return self.stage_2 is not None and not self.is_stage_2_again(on)

    def is_stage_2_again(self, on: date) -> bool:
        """Tell whether stage 2 has to be done again: a major of it was not closed in time."""
        late = self.majors is not None and self.majors.close_by is not None and self.majors.close_by < on
        return self.stage_2 is not None and late


def audits_been(
    worksheets: Iterable[Filled], standards: Iterable[str], on: date, since: Mapping[str, date]
) -> Mapping[str, Been]:
    """Return the audits that took place by a day, for each of these standards of which there were any.

    ``since`` has the last day of a certificate that ended: audits up to it belong to that one.
    """
    sheets, found = tuple(worksheets), {}
    audits = [audit for audit in audits_of(sheets) if audit.ended is not None and audit.ended <= on]
    for standard in standards:
        own = [audit for audit in audits if standard in audit.standards and _last(audit) > since.get(standard, date.min)]
        first = [audit for audit in own if audit.looks_at_stops]
        second = [audit for audit in own if audit.is_before_certificate]
        if first or second:
            marks = (first or second)[0].filled.worksheet.audits
            found[standard] = Been(
                stage_1=max(map(_last, first), default=None),
                stage_2=max(map(_last, second), default=None),
                is_complete=bool(second) and max(second, key=_last).is_complete,
                majors=next(iter(open_majors(sheets, [standard])), None),
                stage_1_stands_weeks=marks.stage_1_stands_weeks if marks else 0,
            )
    return found


def _last(audit: Audit) -> date:
    return audit.ended or date.min
