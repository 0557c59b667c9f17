"""Worksheets of a state of an assessment, each read once a state of the worksheets."""

from assessment.domain.worksheet import Worksheet
from assessment.domain.worksheet_lines import Filled
from assessment.storage.filled_worksheets import filled_from
from assessment.storage.worksheets import Entries, load_entries
from assessment.web.shell.state_cache import CachedState


def entries_of(state: CachedState, assessment_id: str, worksheet: Worksheet) -> Entries:
    """Return what is kept of a worksheet."""
    known, key = state.of_worksheets, ("worksheet", worksheet.id)
    earlier = known.before(key)
    found: Entries = known.get_or_compute(
        key, lambda: load_entries(assessment_id, worksheet.id, earlier=earlier, changed=known.changed)
    )
    return found


def filled_of(state: CachedState, assessment_id: str, worksheet: Worksheet) -> Filled:
    """Return a worksheet as it is filled in."""
    known, key = state.of_worksheets, ("filled", worksheet.id)
    earlier, made = known.before(("worksheet", worksheet.id)), known.before(key)
    entries = entries_of(state, assessment_id, worksheet)
    before = (earlier, made) if earlier is not None and made is not None else None
    found: Filled = known.get_or_compute(key, lambda: filled_from(worksheet, entries, before))
    return found
