"""The plan as files: CSV for a table, iCalendar for a calendar."""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from assessment.domain.calendar import Planned
from assessment.domain.planning import StepNote
from assessment.domain.prospect import Prospect
from assessment.domain.result import Result
from assessment.reports.calendar_words import held_in_words
from assessment.reports.csv_file import safe
from assessment.reports.words import percent_range, verdict_in_words

if TYPE_CHECKING:
    from icalendar import Event

COLUMNS = (
    "Step",
    "Action",
    "Standards",
    "From",
    "To",
    "Begins",
    "Person-days",
    "Led by",
    "Owner",
    "Due",
    "Done on",
    "Done when",
)


@dataclass(frozen=True, kw_only=True)
class DatedPlan:
    """Everything a file of the plan tells."""

    organisation: str
    assessment_id: str
    result: Result
    prospect: Prospect
    notes: Mapping[str, StepNote]

    @property
    def titles(self) -> dict[str, str]:
        """Titles of the steps by key."""
        return {each.key: each.step.action.title for each in self.prospect.calendar.planned}


def to_csv(plan: DatedPlan) -> bytes:
    """The plan as UTF-8 with a byte order mark: a row for each step in the order of the plan, then the audits."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    names = [each.questionnaire.standard.name for each in plan.result.standards]
    writer.writerow([*COLUMNS, *(f"{name}: leads to" for name in names)])
    planned = {each.key: each for each in plan.prospect.calendar.planned}
    for number, step in enumerate(plan.result.steps, start=1):
        writer.writerow([safe(cell) for cell in _row(plan, number, planned[step.action.key])])
    writer.writerow([])
    writer.writerow(["Standard", "Stage 1", "Stage 2", "Certificate, at the earliest"])
    for each in plan.prospect.calendar.milestones.values():
        dates = (each.stage_1, each.stage_2, each.certificate)
        writer.writerow([plan.result.library.standards[each.standard].name, *(day.isoformat() for day in dates)])
    return out.getvalue().encode("utf-8-sig", "replace")


def _row(plan: DatedPlan, number: int, planned: Planned) -> list[str]:
    step, note = planned.step, plan.notes.get(planned.key, StepNote())
    return [
        str(number),
        step.action.title,
        ", ".join(plan.result.library.standards[each].name for each in step.standards),
        planned.start.isoformat(),
        planned.end.isoformat(),
        held_in_words(planned, plan.titles),
        f"{step.person_days:g}",
        step.action.role,
        note.owner,
        note.due.isoformat() if note.due else "",
        note.done_on.isoformat() if note.done_on else "",
        step.action.done_when,
        *(f"{percent_range(forecast.score)}, {verdict_in_words(forecast)}" for forecast in step.forecasts),
    ]


def to_ics(plan: DatedPlan) -> bytes:
    """The plan as iCalendar (RFC 5545): a whole-day event for each step that is not done, and for each audit."""
    from icalendar import Calendar  # takes a tenth of the time a server needs to start, and few ask for it

    calendar = Calendar()
    calendar.add("prodid", "-//ISO Readiness//plan//EN")
    calendar.add("version", "2.0")
    made = datetime.combine(plan.result.on, time(), tzinfo=UTC)
    for planned in plan.prospect.calendar.planned:
        note = plan.notes.get(planned.key, StepNote())
        if not note.done_on:
            action = planned.step.action
            about = [action.why, f"Done when: {action.done_when}", f"Owner: {note.owner or action.role}"]
            calendar.add_component(_event(plan, planned.key, action.title, (planned.start, planned.end), made, about))
    for each in plan.prospect.calendar.milestones.values():
        name = plan.result.library.standards[each.standard].name
        for word, day in (("stage 1", each.stage_1), ("stage 2", each.stage_2), ("certificate", each.certificate)):
            title = f"{name}: {word}, at the earliest"
            calendar.add_component(_event(plan, f"{each.standard}-{word}", title, (day, day), made, []))
    return bytes(calendar.to_ical())


def _event(plan: DatedPlan, key: str, title: str, days: tuple[date, date], made: datetime, about: list[str]) -> "Event":
    from icalendar import Event

    first, last = days
    event = Event()
    # The same step keeps its identity, so that a calendar that reads the file again moves it instead of doubling it.
    event.add("uid", f"{key.replace('/', '-').replace(' ', '-')}@{plan.assessment_id}.iso-readiness")
    event.add("dtstamp", made)
    event.add("dtstart", first)
    event.add("dtend", last if last == date.max else max(last, first + timedelta(days=1)))
    event.add("summary", f"{title} ({plan.organisation})")
    if about:
        event.add("description", "\n".join(about))
    return event
