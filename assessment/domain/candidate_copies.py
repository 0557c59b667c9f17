"""Lines copied from candidates: what a copy says, and which earlier copies point at it."""

from collections.abc import Iterator

from assessment.domain.starter_list import Candidate
from assessment.domain.worksheet_condition import Value
from assessment.domain.worksheet_lines import Filled, Line


def copied_values(filled: Filled, candidate: Candidate) -> dict[str, Value]:
    """Return what a copy of a candidate says; it points at the copies of what the candidate points at, where there are any."""
    pointers = {
        field: tuple(line.id for target in targets for line in filled.taken(target)[:1])
        for field, targets in candidate.points.items()
    }
    return {**candidate.values, **{field: lines for field, lines in pointers.items() if lines}}


def pointing_copies(filled: Filled, candidate: Candidate, line_id: str) -> Iterator[Line]:
    """Yield the copies whose candidate points at this one, as they are once they point at its new line."""
    for line in filled.present():
        source = filled.worksheet.candidate(line.candidate) if line.candidate else None
        for field, targets in source.points.items() if source else ():
            if candidate.id in targets and line_id not in line.several(field):
                values = {**line.values, field: (*line.several(field), line_id)}
                yield Line(id=line.id, values=values, candidate=line.candidate, confirmed_on=line.confirmed_on)
