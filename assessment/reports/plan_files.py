"""The plan as files: CSV for a table, iCalendar for a calendar."""

import csv
import io
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from assessment.domain.calendar import Planned
from assessment.domain.planning import StepNote
from assessment.reports.calendar_words import held_in_words
from assessment.reports.csv_file import safe
from assessment.reports.figures import CERTIFICATE
from assessment.reports.summary import GapSummary, plain_name
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


def to_csv(summary: GapSummary) -> bytes:
    """The plan as UTF-8 with a byte order mark: a row for each step in the order of the plan, then the audits."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    shown = [each.result.questionnaire.standard for each in summary.standards]
    writer.writerow([*COLUMNS, *(f"{standard.name}: leads to" for standard in shown)])
    planned = {each.key: each for each in summary.timeline.calendar.planned}
    for number, step in enumerate(summary.steps, start=1):
        writer.writerow([safe(cell) for cell in _row(summary, number, planned[step.action.key])])
    writer.writerow([])
    writer.writerow(["Standard", "Stage 1", "Stage 2", CERTIFICATE])
    for standard in shown:
        each = summary.timeline.calendar.milestones[standard.id]
        writer.writerow([standard.name, *(day.isoformat() for day in (each.stage_1, each.stage_2, each.certificate))])
    return out.getvalue().encode("utf-8-sig", "replace")


def _row(summary: GapSummary, number: int, planned: Planned) -> list[str]:
    step, note = planned.step, summary.notes.get(planned.key, StepNote())
    shown = {each.result.questionnaire.standard.id for each in summary.standards}
    return [
        str(number),
        step.action.title,
        ", ".join(summary.result.library.standards[each].name for each in step.standards),
        planned.start.isoformat(),
        planned.end.isoformat(),
        held_in_words(planned, _titles(summary)),
        f"{step.person_days:g}",
        step.action.role,
        note.owner,
        note.due.isoformat() if note.due else "",
        note.done_on.isoformat() if note.done_on else "",
        step.action.done_when,
        *(
            f"{percent_range(forecast.score)}, {verdict_in_words(forecast)}"
            for forecast in step.forecasts
            if forecast.standard in shown
        ),
    ]


def _titles(summary: GapSummary) -> dict[str, str]:
    return {each.key: each.step.action.title for each in summary.timeline.calendar.planned}


def to_ics(summary: GapSummary, assessment_id: str = "") -> bytes:
    """The plan as iCalendar (RFC 5545): a whole-day event for each step that is not done, and for each audit.

    ``assessment_id`` makes the events those of one assessment; without it they are those of the organisation's name.
    """
    from icalendar import Calendar  # takes a tenth of the time a server needs to start, and few ask for it

    calendar = Calendar()
    calendar.add("prodid", "-//ISO Readiness//plan//EN")
    calendar.add("version", "2.0")
    whose = assessment_id or plain_name(summary.organisation)
    shown = {each.result.questionnaire.standard.id for each in summary.standards}
    for planned in summary.timeline.calendar.planned:
        note = summary.notes.get(planned.key, StepNote())
        if not note.done_on and shown & set(planned.step.standards):
            action = planned.step.action
            about = [action.why, f"Done when: {action.done_when}", f"Owner: {note.owner or action.role}"]
            days = (planned.start, planned.end)
            calendar.add_component(_event(summary, f"{planned.key}@{whose}", action.title, days, about))
    for each in summary.timeline.calendar.milestones.values():
        if each.standard in shown:
            name = summary.result.library.standards[each.standard].name
            for word, day in (("stage 1", each.stage_1), ("stage 2", each.stage_2), ("certificate", each.certificate)):
                uid = f"{each.standard}-{word}@{whose}"
                calendar.add_component(_event(summary, uid, f"{name}: {word}, at the earliest", (day, day), []))
    return bytes(calendar.to_ical())


def _event(summary: GapSummary, uid: str, title: str, days: tuple[date, date], about: list[str]) -> "Event":
    from icalendar import Event

    first, last = days
    event = Event()
    # The same step keeps its identity, so that a calendar that reads the file again moves it instead of doubling it.
    event.add("uid", f"{uid.replace('/', '-').replace(' ', '-')}.iso-readiness")
    event.add("dtstamp", datetime.combine(summary.on, time(), tzinfo=UTC))
    event.add("dtstart", first)
    event.add("dtend", last if last == date.max else max(last, first + timedelta(days=1)))
    event.add("summary", f"{title} ({summary.organisation})")
    if about:
        event.add("description", "\n".join(about))
    return event
