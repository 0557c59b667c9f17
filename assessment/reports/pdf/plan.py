"""The plan in time: its steps, its calendar with places on a scale, and its dates, as plain values."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assessment.domain.calendar import Milestones, Planned
from assessment.domain.planning import Step, StepNote
from assessment.reports import calendar_words, explained, words
from assessment.reports.charts.timescale import Timescale
from assessment.reports.pdf.scripts import in_one_line, said, shortened
from assessment.reports.summary import GapSummary

Data = dict[str, Any]
STEPS_FIRST = 3
MOST_IN_COLUMN = 200  # characters of a name that the column of owners shows
ROOM = 40  # the calendar goes on for one part in so many
NOTHING_SHORT = "Nothing is short of what is enough. Keep the evidence fresh and book the audit."


def plan(summary: GapSummary) -> Data:
    """Steps in the order of the plan, numbered from 1, and the dates of the standards the summary is about."""
    calendar, shown = summary.timeline.calendar, {step.action.key for step in summary.steps}
    dated = {each.key: each for each in calendar.planned if each.key in shown}
    wanted = [each.result.questionnaire for each in summary.standards]
    milestones = [calendar.milestones[each.standard.id] for each in wanted]
    chain = {each.key for standard in milestones for each in standard.chain}
    steps = [_step(summary, number, step, dated[step.action.key]) for number, step in enumerate(summary.steps, start=1)]
    scale = Timescale(calendar.start, [_with_room(calendar.start, list(dated.values()), milestones)])
    names = {each.id: each.name for each in summary.result.library.standards.values()}
    return {
        "work": _work(summary) if steps else NOTHING_SHORT,
        "nothing": "Every step is marked as done." if steps else NOTHING_SHORT,
        "first": [step for step in steps if not step["done"]][:STEPS_FIRST],
        "steps": steps,
        "dates": [_dates(summary, each) for each in milestones],
        "warnings": calendar_words.warnings_in_words(summary.timeline, wanted),
        "deadlines": [
            calendar_words.deadline_in_words(each, names[each.standard], summary.result.days_a_week)
            for each in summary.timeline.deadlines
            if each.standard in {one.standard for one in milestones}
        ],
        "ticks": scale.ticks(),
        "bars": _bars(steps, dated, chain, scale),
        "marks": [_marks(names, each, scale) for each in milestones],
        "says": _calendar_in_words(steps, chain, milestones, names),
    }


def _with_room(start: date, planned: Sequence[Planned], milestones: Sequence[Milestones]) -> date:
    """A day a little after the last one, so that what lies on the last day is drawn within the line."""
    last = max([each.end for each in planned] + [each.certificate for each in milestones], default=start)
    return last + min((last - start) / ROOM, date.max - last)


def _bars(steps: Sequence[Data], dated: Mapping[str, Planned], chain: set[str], scale: Timescale) -> list[Data]:
    """The steps on the scale, in the order in which they begin."""
    return [
        {
            **{name: step[name] for name in ("number", "title", "certain")},
            "from": scale.place(planned.start),
            "to": scale.place(planned.end),
            "holds": planned.key in chain,
            "done": bool(step["done"]),
        }
        for step in sorted(steps, key=lambda each: (dated[each["key"]].start, each["number"]))
        for planned in [dated[step["key"]]]
    ]


def _work(summary: GapSummary) -> str:
    steps = summary.steps
    days = words.days_in_words(sum(step.person_days for step in steps))
    assumed = " (assumed, since the profile does not say)" if summary.result.profile.days_a_week() is None else ""
    pace = calendar_words.a_week(summary.result.days_a_week)
    size = (
        ""
        if summary.result.size_known
        else " Effort is for a small organisation, because the profile does not say yet how many people you are."
    )
    return f"{words.plural(len(steps), 'step', 'steps')}, {days} of work, at {pace}{assumed}.{size}"


def _step(summary: GapSummary, number: int, step: Step, planned: Planned) -> Data:
    note = summary.notes.get(step.action.key, StepNote())
    library, action = summary.result.library, step.action
    return {
        "key": action.key,
        "number": number,
        "title": action.title,
        "why": action.why,
        "about": _about(step),
        "what": "; ".join(words.lower_first(each) if at else each for at, each in enumerate(action.steps)) + ".",
        "done-when": action.done_when,
        "role": action.role,
        "work": words.days_in_words(step.person_days),
        "effort": f"{words.days_in_words(step.person_days)} of work, at least {words.plural(action.weeks, 'week', 'weeks')}; "
        f"{words.day_in_words(planned.start)} to {words.day_in_words(planned.end)}. Led by: {action.role}",
        "produces": "; ".join(action.produces),
        "standards": words.join_and([library.standards[each].name for each in step.standards]),
        "certain": step.certain,
        **_twice("from", planned.start),
        **_twice("to", planned.end),
        "owner": said(in_one_line(note.owner)),
        "owner-short": said(shortened(note.owner, MOST_IN_COLUMN)),
        "long": len(note.owner) > MOST_IN_COLUMN,
        "state": _state(note, summary.on),
        **_twice("due", note.due),
        "overdue": _overdue(note, summary.on),
        **_twice("done", note.done_on),
        "clauses": "; ".join(
            f"{each.questionnaire.standard.name} {words.clauses_of(step, each.questionnaire)}"
            for each in summary.result.standards
            if each.questionnaire.standard.id in step.standards
        ),
        "leads-to": "; ".join(
            f"{library.standards[each.standard].name} {words.percent_range(each.score)}, "
            f"{words.lower_first(words.verdict_in_words(each))}"
            for each in step.forecasts
        ),
    }


def _about(step: Step) -> str:
    """Why to do a step, and what to know before."""
    parts = [
        "Recommended before everything else." if step.first_step else "",
        "" if step.certain else "Only if the open answers turn out short.",
        step.action.why,
        step.action.note,
    ]
    return " ".join(part for part in parts if part)


def _state(note: StepNote, on: date) -> str:
    """What people say about a step's dates, to go on after its owner."""
    due = f"Due: {words.day_in_words(note.due)}" if note.due else ""
    done = f"Done: {words.day_in_words(note.done_on)}" if note.done_on else ""
    return ". ".join(part for part in (f"{due}, overdue" if _overdue(note, on) else due, done) if part)


def _overdue(note: StepNote, on: date) -> bool:
    return note.due is not None and note.done_on is None and note.due < on


def _twice(name: str, day: date | None) -> Data:
    """A day in full and in short, for lines and for columns; empty texts where there is none."""
    return {name: words.day_in_words(day) if day else "", f"{name}-short": _short(day) if day else ""}


def _dates(summary: GapSummary, milestones: Milestones) -> Data:
    library, timeline = summary.result.library, summary.timeline
    open_enough = timeline.if_open_is_enough.milestones[milestones.standard]
    return {
        "name": library.standards[milestones.standard].name,
        "stage-1": words.day_in_words(milestones.stage_1),
        "stage-2": words.day_in_words(milestones.stage_2),
        "certificate": words.day_in_words(milestones.certificate),
        "if-open-is-enough": words.day_in_words(open_enough.certificate),
        "holds": calendar_words.chain_in_words(milestones),
        "forward": [f"{each[0].upper()}{each[1:]}." for each in calendar_words.forward_in_words(timeline, milestones.standard)],
        "how": explained.dates(milestones, library.rules),
    }


def _marks(names: Mapping[str, str], milestones: Milestones, scale: Timescale) -> Data:
    days = (milestones.stage_1, milestones.stage_2, milestones.certificate)
    return {"name": names[milestones.standard], "at": [scale.place(day) for day in days]}


def _short(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _calendar_in_words(
    steps: Sequence[Data], chain: set[str], milestones: Sequence[Milestones], names: Mapping[str, str]
) -> str:
    """What the calendar shows, for people who cannot see it."""
    ends = "; ".join(
        f"{names[each.standard]}: stage 1 {words.day_in_words(each.stage_1)}, stage 2 {words.day_in_words(each.stage_2)}, "
        f"certificate {words.day_in_words(each.certificate)} at the earliest"
        for each in milestones
    )
    held = words.plural(len(chain), "step holds", "steps hold")
    return f"{words.plural(len(steps), 'step', 'steps')} over time, {held} the dates. {ends}."
