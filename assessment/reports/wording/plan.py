"""The plan in words: how much work it is, its steps, and the days auditors need."""

from collections.abc import Collection, Iterable
from datetime import date

from assessment.domain import cost
from assessment.domain.calendar import Planned
from assessment.domain.clauses import clause_order
from assessment.domain.forecasts import Forecast
from assessment.domain.planning import Step, StepNote
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import Result
from assessment.domain.site_sampling import PERCENT
from assessment.domain.verdict import Verdict
from assessment.reports.wording.advice import way_taken
from assessment.reports.wording.audits_been import KEEP_FRESH
from assessment.reports.wording.dates import day_in_words, days_in_words, span_in_words, weeks_in_words
from assessment.reports.wording.scores import percent_range
from assessment.reports.wording.timeline import a_week
from assessment.reports.wording.verdicts import verdict_in_words
from assessment.translation import gettext, lazy_gettext, ngettext

TITLE = lazy_gettext("The plan")
NOTHING_SHORT = lazy_gettext("Nothing is short of what is enough. Keep the evidence fresh and book the audit.")
NO_STEP_LEFT = lazy_gettext(
    "No step is left to plan, and yet it is not ready: look at the reasons for what is left out; no work in between is needed."
)
ALL_DONE = lazy_gettext("Every step is marked as done.")
DATES = lazy_gettext("The earliest honest dates")
STANDARD = lazy_gettext("Standard")
STAGE_1, STAGE_2, CERTIFICATE = lazy_gettext("Stage 1"), lazy_gettext("Stage 2"), lazy_gettext("Certificate")
IF_ENOUGH = lazy_gettext("If every open answer is enough")
CALENDAR = lazy_gettext("Calendar")
WHO_DOES_WHAT = lazy_gettext("Who does what")
STEPS = lazy_gettext("The steps in order")
STEPS_HEAD = (
    lazy_gettext("No."),
    lazy_gettext("Step"),
    lazy_gettext("When"),
    lazy_gettext("Work"),
    lazy_gettext("Owner, or role"),
    lazy_gettext("Due"),
    lazy_gettext("Done"),
)
OVERDUE = lazy_gettext("Overdue")
ONE_BY_ONE = lazy_gettext("The steps, one by one")
ONE_BY_ONE_ABOUT = lazy_gettext(
    "Open questions are planned for as if nothing were there. Answer them, and steps may fall away. "
    "Days and weeks are our judgement."
)
MUST_NOT_WAIT = lazy_gettext("Must not wait here, by what your profile says.")
FIRST_OF_ALL = lazy_gettext("Recommended before everything else.")
PERHAPS = lazy_gettext("Only if unanswered questions turn out to be gaps.")
# Labels of what is said of a step.
TO_DO = lazy_gettext("What to do")
DONE_WHEN = lazy_gettext("Done when")
EFFORT = lazy_gettext("Effort")
LED_BY = lazy_gettext("Led by")
OWNER = lazy_gettext("Owner")
DUE = lazy_gettext("Due")
DONE = lazy_gettext("Done")
PRODUCES = lazy_gettext("Produces")
CLAUSES = lazy_gettext("Clauses")
LEADS_TO = lazy_gettext("Leads to")


def work(result: Result, steps: tuple[Step, ...], shown: Iterable[str], been: Collection[str] = ()) -> str:
    """Return how much work the steps for standards that are shown are, at which pace; ``been`` as for `nothing_to_do`."""
    if not steps:
        return nothing_to_do(result, shown, been)
    values = {"days": days_in_words(sum(step.person_days for step in steps)), "pace": a_week(result.days_a_week)}
    if result.profile.days_a_week() is None:
        text = ngettext(
            "%(num)s step, %(days)s of work, at %(pace)s (assumed, since the profile does not say).",
            "%(num)s steps, %(days)s of work, at %(pace)s (assumed, since the profile does not say).",
            len(steps),
            **values,
        )
    else:
        text = ngettext(
            "%(num)s step, %(days)s of work, at %(pace)s.",
            "%(num)s steps, %(days)s of work, at %(pace)s.",
            len(steps),
            **values,
        )
    return text if result.size_known else f"{text} {assumed_people(result)}"


def nothing_to_do(result: Result, shown: Iterable[str], been: Collection[str] = ()) -> str:
    """Return why a plan has no step for standards that are shown, by their ids: none is on the way, or nothing is short.

    ``been`` are standards of which audits took place already: none of these is booked. What is left out for a reason that is
    not good enough is put right without a step.
    """
    if not result.way:
        return way_taken(result)
    on_the_way = [standard for standard in shown if standard in result.on_the_way]
    if not on_the_way:
        return gettext("Nothing is planned for what is not on the way. %(way)s", way=way_taken(result))
    if any(result.of(standard).verdict_range.worst is not Verdict.READY_FOR_STAGE_2 for standard in on_the_way):
        return str(NO_STEP_LEFT)
    return str(KEEP_FRESH if set(on_the_way) <= set(been) else NOTHING_SHORT)


def spread(result: Result, steps: tuple[Step, ...]) -> str:
    """Return between what the work may lie, and how much of it is usually bought at most, where any is."""
    days, rules = sum(step.person_days for step in steps), result.library.rules.work
    around = cost.spread(days, rules.spread_percent)
    least, most = days_in_words(float(around.least)), days_in_words(float(around.most))
    bought = round(days * rules.bought_percent / PERCENT)
    if not bought:
        if around.least == around.most:
            return gettext("About %(days)s (our judgement).", days=most)
        return gettext("Between %(least)s and %(most)s (our judgement).", least=least, most=most)
    return gettext(
        "Between %(least)s and %(most)s (our judgement); of these up to %(bought)s are usually bought: "
        "help with the review, documents, gauges and audits, never decisions.",
        least=least,
        most=most,
        bought=days_in_words(bought),
    )


def roles_in_one_hand(result: Result, steps: tuple[Step, ...]) -> list[str]:
    """Return, for a very small organisation, that several roles are one person's, and which must not be."""
    roles = tuple(dict.fromkeys(step.action.role for step in steps))
    if len(roles) < 2 or not result.firm.has_roles_in_one_hand:
        return []
    return [
        ngettext(
            "The plan names %(roles)s roles; with %(num)s person they are one person’s. "
            "Nobody audits own work: let somebody from outside do the internal audit (our judgement).",
            "The plan names %(roles)s roles; with %(num)s people one person has several of them, which is in order. "
            "Nobody audits own work: let a colleague with another task or somebody from outside do the internal audit "
            "(our judgement).",
            result.firm.people,
            roles=len(roles),
        )
    ]


def assumed_people(result: Result) -> str:
    """Return for how many people effort is given where nobody told."""
    return ngettext(
        "Effort is for %(num)s person, because the profile does not say yet how many people you are.",
        "Effort is for %(num)s people, because the profile does not say yet how many people you are.",
        result.firm.people,
    )


def what_holds(standard: str) -> str:
    """Return the heading over what holds a date."""
    return gettext("What sets the date of %(standard)s, and how to bring it forward", standard=standard)


def when_and_who(step: Step, planned: Planned) -> str:
    """Return when a step is done, how much work it is and who leads it, in short."""
    return gettext(
        "%(span)s, %(days)s of work. Led by: %(role)s",
        span=span_in_words(planned.start, planned.end),
        days=days_in_words(step.person_days),
        role=step.action.role,
    )


def when(step: Step, planned: Planned) -> str:
    """Return when a step is done and how much work it is, in short."""
    return gettext(
        "%(span)s, %(days)s of work.",
        span=span_in_words(planned.start, planned.end),
        days=days_in_words(step.person_days),
    )


def effort(step: Step, planned: Planned, held: str) -> str:
    """Return the work and the weeks of a step, its days, and why it begins when it does."""
    return gettext(
        "%(days)s of work, at least %(weeks)s; %(span)s. Begins %(held)s.",
        days=days_in_words(step.person_days),
        weeks=weeks_in_words(step.weeks),
        span=span_in_words(planned.start, planned.end),
        held=held,
    )


def due(note: StepNote, on: date) -> str:
    """Return when a step is due, and whether that is over; empty where nobody says."""
    if note.due is None:
        return ""
    if is_overdue(note, on):
        return gettext("%(day)s, overdue", day=day_in_words(note.due))
    return day_in_words(note.due)


def is_overdue(note: StepNote, on: date) -> bool:
    """Return whether a step should have been done by a day."""
    return note.due is not None and note.done_on is None and note.due < on


def done(note: StepNote) -> str:
    """Return when a step was done; empty where it is not."""
    if note.done_on is None:
        return ""
    return gettext("%(day)s. Its answers change only when they are taken over.", day=day_in_words(note.done_on))


def for_standards(standards: str) -> str:
    """Return which standards a step is for, to stand before what it is about."""
    return gettext("%(standards)s.", standards=standards)


def clauses_of(step: Step, questionnaire: Questionnaire) -> str:
    """Return the clauses of a standard that a step works on, each once, in order."""
    numbers = {
        number
        for lift in step.lifts
        if lift.question.ref in questionnaire.by_ref
        for number in questionnaire.clauses(lift.question)
    }
    return ", ".join(sorted(numbers, key=clause_order))


def forecast(standard: str, of: Forecast) -> str:
    """Return the score and the verdict that a step leads to."""
    return gettext(
        "%(standard)s: %(range)s. %(verdict)s.", standard=standard, range=percent_range(of.score), verdict=verdict_in_words(of)
    )


def forecast_in_short(of: Forecast) -> str:
    """Return the same under the name of the standard."""
    return gettext("%(range)s. %(verdict)s.", range=percent_range(of.score), verdict=verdict_in_words(of))
