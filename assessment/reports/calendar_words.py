"""The words people read for dates, deadlines and what holds them."""

from fractions import Fraction

from assessment.domain.calendar import DeadlineCheck, Meets, Milestones, Planned, StartConstraint
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.timeline import Timeline
from assessment.reports.words import day_in_words, days_in_words, plural


def a_week(days: Fraction | None) -> str:
    """Person-days a week: ``half a day a week``, ``2 days a week``."""
    return "whatever it takes" if days is None else f"{days_in_words(float(days))} a week"


def deadline_in_words(check: DeadlineCheck, name: str, days_a_week: Fraction) -> str:
    """Whether a deadline can be met, and what it needs."""
    deadline = f"{name} by {day_in_words(check.deadline)}"
    if check.meets is Meets.YES:
        return f"{deadline}: the plan meets it."
    if check.meets is Meets.WITH_MORE_TIME and check.needed is not None:
        return f"{deadline}: needs {a_week(check.needed)} instead of {days_in_words(float(days_a_week))}."
    floor = day_in_words(check.floor)
    return f"{deadline}: cannot be met. Not before {floor}, however much is spent: some steps need their weeks."


def held_in_words(planned: Planned, titles: dict[str, str]) -> str:
    """Why a step begins when it does."""
    if planned.constraint is StartConstraint.AFTER:
        return f"after “{titles[planned.held_by]}”"
    if planned.constraint is StartConstraint.WORK:
        return f"when the work on “{titles[planned.held_by]}” is done"
    return "at once"


def chain_in_words(milestones: Milestones) -> str:
    """What holds the date: the waits on its chain, the longest first, and how much work lies between."""
    if not milestones.chain:
        return "Only the weeks around the audits hold this date; no step does."
    waits = sorted(milestones.chain, key=lambda each: -each.step.action.weeks)[:3]
    longest = "; ".join(f"“{each.step.action.title}”, {plural(each.step.action.weeks, 'week', 'weeks')}" for each in waits)
    work = sum(each.step.person_days for each in milestones.chain)
    steps = plural(len(milestones.chain), "step holds", "steps hold")
    return f"{steps} this date, with {days_in_words(work)} of work. The longest of them: {longest}."


def forward_in_words(timeline: Timeline, standard_id: str) -> list[str]:
    """What would bring a certificate forward: each larger number of days a week that does, and the floor."""
    now = timeline.calendar.milestones[standard_id].certificate
    better = [
        f"{a_week(days)}: {day_in_words(other.milestones[standard_id].certificate)}"
        for days, other in timeline.by_days.items()
        if other.milestones[standard_id].certificate < now
    ]
    floor = timeline.floor.milestones[standard_id].certificate
    return [*better, f"however much is spent, not before {day_in_words(floor)}"]


def warnings_in_words(timeline: Timeline, questionnaires: list[Questionnaire]) -> list[str]:
    """What to be warned of: a date that is too good, and an edition that ends before it."""
    found = []
    for each in questionnaires:
        name = each.standard.name
        if each.standard.id in timeline.hasty:
            found.append(
                f"{name}: this is under four months. Plans of three months often end at six to eight (one source); "
                "check that about three months of records can really be shown."
            )
        if each.standard.id in timeline.after_edition and each.edition.no_new_certificates_after:
            last = day_in_words(each.edition.no_new_certificates_after)
            found.append(
                f"{name}: new certificates to {each.edition.name} are given until {last} only (one source). "
                "Choose the newer edition."
            )
    return found
