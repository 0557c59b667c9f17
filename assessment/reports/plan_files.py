"""The plan as files: CSV for a table, iCalendar for a calendar."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from assessment.domain.planning import StepNote
from assessment.reports.columns import Value, plan_columns, plan_rows
from assessment.reports.csv_file import COMMAS, SEMICOLONS, Habit, written
from assessment.reports.file_names import plain_name
from assessment.reports.summary import GapSummary, StandardSummary
from assessment.reports.wording import files, plan
from assessment.reports.wording.audits import said_of_audits, said_of_majors
from assessment.reports.wording.certificates import said_of
from assessment.reports.wording.timeline import said_of_dates
from assessment.reports.wording.worksheet_actions import about_day
from assessment.translation import language

if TYPE_CHECKING:
    from icalendar import Event

# An audit or a review has to be planned before it can be done again; how long before is our judgement.
REMINDED_BEFORE = timedelta(weeks=6)


def to_csv(summary: GapSummary, habit: Habit = COMMAS) -> bytes:
    """Return the plan as UTF-8 with a byte order mark: a row for each step in the order of the plan, then the audits.

    What is said of these dates, and what real audits mean for them, stands last.
    """
    columns = plan_columns(summary)
    rows: list[list[Value]] = [[column.head for column in columns]]
    rows += [[column.value(row) for column in columns] for row in plan_rows(summary)]
    rows += [[], [plan.STANDARD, plan.STAGE_1, plan.STAGE_2, files.CERTIFICATE]]
    for dates in summary.milestones:
        name = summary.result.library.standards[dates.standard].name
        rows.append([name, dates.stage_1, dates.stage_2, dates.certificate])
    texts = said_of_dates(summary.timeline, summary.questionnaires)
    if texts := [*texts, *said_of_audits(summary.open_majors, summary.audit_findings, summary.result)]:
        rows.append([])
        for text in texts:
            rows.append([text])
    return written(rows, habit)


def to_ics(summary: GapSummary, assessment_id: str = "") -> bytes:
    """Return the plan as iCalendar (RFC 5545): a whole-day event for each step that is not done, for each audit, for the
    due day of each action of a worksheet, for the day until which majors have to be closed, and, with a reminder, for each day
    on which something that was done will go stale.

    ``assessment_id`` makes the events those of one assessment; without it they are those of the organisation's name.
    """
    from icalendar import Calendar  # takes a tenth of the time a server needs to start, and few ask for it

    calendar = Calendar()
    calendar.add("prodid", f"-//ISO Readiness//plan//{language().partition('-')[0].upper()}")
    calendar.add("version", "2.0")
    whose = assessment_id or plain_name(summary.organisation)
    shown = summary.shown
    for event in _steps(summary, whose):
        calendar.add_component(event)
    for dates in summary.milestones:
        name = summary.result.library.standards[dates.standard].name
        # The keys stay as they are in every language: they make the events the same ones when the file is read again.
        audits = (("stage 1", dates.stage_1), ("stage 2", dates.stage_2), ("certificate", dates.certificate))
        for (key, day), title in zip(audits, files.event_titles(name), strict=True):
            if day < summary.on:  # it took place
                continue
            calendar.add_component(_event(summary, f"{dates.standard}-{key}@{whose}", title, (day, day), []))
    for one in summary.result.upkeep:
        audit = one.certificate.next_audit
        if audit and audit >= summary.on and one.certificate.standard in shown:
            title = files.next_audit_title(summary.result.library.standards[one.certificate.standard].name)
            said = said_of(one, summary.result)
            calendar.add_component(
                _event(summary, f"{one.certificate.standard}-next-audit@{whose}", title, (audit, audit), said)
            )
    for event in _majors(summary, whose):
        calendar.add_component(event)
    for standard in summary.standards:
        for event in _going_stale(summary, standard, whose):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _steps(summary: GapSummary, whose: str) -> "Iterator[Event]":
    """Yield the days of each step that is not done, and the due day of each action of a worksheet."""
    shown = set(summary.shown)
    for planned in summary.timeline.calendar.planned:
        note = summary.notes.get(planned.key, StepNote())
        if not note.done_on and shown & set(planned.step.standards):
            action = planned.step.action
            about = files.event_about(action, note.owner or action.role)
            yield _event(summary, f"{planned.key}@{whose}", action.title, (planned.start, planned.end), about)
    for to_do in summary.actions:
        if to_do.note.due and not to_do.note.done_on:
            days = (to_do.note.due, to_do.note.due)
            yield _event(summary, f"{to_do.key}@{whose}", to_do.title, days, about_day(to_do))


def _majors(summary: GapSummary, whose: str) -> "Iterator[Event]":
    """Yield the day until which majors of a standard have to be closed, where there is one and it is still to come."""
    for found in summary.open_majors:
        if found.close_by and found.close_by >= summary.on:
            title = files.close_majors_title(summary.result.library.standards[found.standard].name)
            days, about = (found.close_by, found.close_by), [said_of_majors(found, summary.result)]
            yield _event(summary, f"{found.standard}-close-majors@{whose}", title, days, about)


def _going_stale(summary: GapSummary, standard: StandardSummary, whose: str) -> "Iterator[Event]":
    """Yield a day for each deed that still counts; what is stale already has no day to be reminded of."""
    from icalendar import Alarm

    questionnaire = standard.result.questionnaire
    for fresh in standard.result.freshness:
        if fresh.until < summary.on:
            continue
        question = fresh.question
        title = files.stale_title(questionnaire.standard.name, question.asks)
        about = files.stale_about(questionnaire.clauses(question), fresh.last_done, rhythm=question.deed)
        event = _event(summary, f"{question.ref}-stale@{whose}", title, (fresh.until, fresh.until), about)
        reminder = Alarm()
        reminder.add("action", "DISPLAY")
        reminder.add("description", files.event_of(title, summary.organisation))
        reminder.add("trigger", -REMINDED_BEFORE)
        event.add_component(reminder)
        yield event


def _event(summary: GapSummary, uid: str, title: str, days: tuple[date, date], about: list[str]) -> "Event":
    from icalendar import Event

    first, last = days
    event = Event()
    # The same step keeps its identity, so that a calendar that reads the file again moves it instead of doubling it.
    event.add("uid", f"{uid.replace('/', '-').replace(' ', '-')}.iso-readiness")
    event.add("dtstamp", datetime.combine(summary.on, time(), tzinfo=UTC))
    event.add("dtstart", first)
    event.add("dtend", last if last == date.max else max(last, first + timedelta(days=1)))
    event.add("summary", files.event_of(title, summary.organisation))
    if about:
        event.add("description", "\n".join(about))
    return event


@dataclass(frozen=True, kw_only=True)
class PlanFile:
    """A form of the plan; ``write`` takes the summary and the id of the assessment."""

    media_type: str
    write: Callable[[GapSummary, str], bytes]


_CSV = "text/csv; charset=utf-8"
FILES: Mapping[str, PlanFile] = {
    "csv": PlanFile(media_type=_CSV, write=lambda summary, _: to_csv(summary)),
    "semicolons.csv": PlanFile(media_type=_CSV, write=lambda summary, _: to_csv(summary, SEMICOLONS)),
    "ics": PlanFile(media_type="text/calendar; charset=utf-8", write=to_ics),
}
