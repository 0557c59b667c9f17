"""The plan in time: its steps, its calendar with places on a scale, and its dates, as plain values."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from assessment.domain.calendar import Milestones, Planned
from assessment.domain.planning import Step, StepNote
from assessment.reports import calendar_words, explained, words
from assessment.reports.charts.timescale import Timescale
from assessment.reports.summary import GapSummary

Data = dict[str, Any]
STEPS_FIRST = 3


def plan(summary: GapSummary) -> Data:
    """Steps in the order of the plan, numbered from 1, and the dates of the standards the summary is about."""
    calendar, shown = summary.prospect.calendar, {step.action.key for step in summary.steps}
    dated = {each.key: each for each in calendar.planned if each.key in shown}
    wanted = [each.result.questionnaire for each in summary.standards]
    milestones = [calendar.milestones[each.standard.id] for each in wanted]
    chain = {each.key for standard in milestones for each in standard.chain}
    steps = [_step(summary, number, step, dated[step.action.key]) for number, step in enumerate(summary.steps, start=1)]
    scale = Timescale(calendar.start, [each.end for each in dated.values()] + [each.certificate for each in milestones])
    names = {each.id: each.name for each in summary.result.library.standards.values()}
    return {
        "start": words.day_in_words(calendar.start),
        "pace": calendar_words.a_week(calendar.days_a_week),
        "work": _work(summary),
        "first": [step for step in steps if not step["done"]][:STEPS_FIRST],
        "steps": steps,
        "dates": [_dates(summary, each) for each in milestones],
        "warnings": calendar_words.warnings_in_words(summary.prospect, wanted),
        "deadlines": [
            calendar_words.deadline_in_words(each, names[each.standard], summary.result.days_a_week)
            for each in summary.prospect.deadlines
            if each.standard in {one.standard for one in milestones}
        ],
        "ticks": scale.ticks(),
        "bars": [
            {
                "number": step["number"],
                "title": step["title"],
                "from": scale.place(dated[key].start),
                "to": scale.place(dated[key].end),
                "holds": key in chain,
                "certain": step["certain"],
                "done": bool(step["done"]),
            }
            for key, step in zip((each.action.key for each in summary.steps), steps, strict=True)
        ],
        "marks": [_marks(names, each, scale) for each in milestones],
        "says": _calendar_in_words(steps, chain, milestones, names),
    }


def _work(summary: GapSummary) -> str:
    steps = summary.steps
    if not steps:
        return "Nothing is short of what is enough. Keep the evidence fresh and book the audit."
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
        "number": number,
        "title": action.title,
        "why": action.why,
        "note": action.note,
        "what": list(action.steps),
        "done-when": action.done_when,
        "role": action.role,
        "work": words.days_in_words(step.person_days),
        "weeks": words.plural(action.weeks, "week", "weeks"),
        "produces": "; ".join(action.produces),
        "standards": [library.standards[each].name for each in step.standards],
        "first": step.first_step,
        "certain": step.certain,
        "from": words.day_in_words(planned.start),
        "to": words.day_in_words(planned.end),
        "owner": note.owner,
        "due": words.day_in_words(note.due) if note.due else "",
        "overdue": bool(note.due and not note.done_on and note.due < summary.on),
        "done": words.day_in_words(note.done_on) if note.done_on else "",
        "clauses": [
            {"name": each.questionnaire.standard.name, "clauses": words.clauses_of(step, each.questionnaire)}
            for each in summary.result.standards
            if each.questionnaire.standard.id in step.standards
        ],
        "leads-to": [
            {
                "name": library.standards[each.standard].name,
                "score": words.percent_range(each.score),
                "verdict": words.lower_first(words.verdict_in_words(each)),
            }
            for each in step.forecasts
        ],
    }


def _dates(summary: GapSummary, milestones: Milestones) -> Data:
    library, prospect = summary.result.library, summary.prospect
    titles = {each.key: each.step.action.title for each in prospect.calendar.planned}
    open_enough = prospect.if_open_is_enough.milestones[milestones.standard]
    return {
        "name": library.standards[milestones.standard].name,
        "stage-1": words.day_in_words(milestones.stage_1),
        "stage-2": words.day_in_words(milestones.stage_2),
        "certificate": words.day_in_words(milestones.certificate),
        "if-open-is-enough": words.day_in_words(open_enough.certificate),
        "holds": calendar_words.chain_in_words(milestones),
        "chain": [
            f"{each.step.action.title}: {words.day_in_words(each.start)} to {words.day_in_words(each.end)}, "
            f"begins {calendar_words.held_in_words(each, titles)}."
            for each in milestones.chain
        ],
        "forward": calendar_words.forward_in_words(prospect, milestones.standard),
        "how": explained.dates(milestones, library.rules),
    }


def _marks(names: Mapping[str, str], milestones: Milestones, scale: Timescale) -> Data:
    days = (milestones.stage_1, milestones.stage_2, milestones.certificate)
    return {"name": names[milestones.standard], "at": [scale.place(day) for day in days], "days": [_short(day) for day in days]}


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
