"""What is asked of a director, what could go wrong first, and what the picture rests on, in words."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from assessment.domain.audit_time import in_half_days
from assessment.domain.director import DirectorAsks, EvidenceShare, UnownedRole
from assessment.domain.progress import Progress
from assessment.domain.result import Result
from assessment.reports.wording import before_audits
from assessment.reports.wording.authors import author_in_words
from assessment.reports.wording.dates import day_in_short, day_in_words, days_in_words, join_and
from assessment.reports.wording.timeline import a_week
from assessment.translation import gettext, lazy_gettext, ngettext

ASKED = lazy_gettext("What is asked of you")
DECIDE, NAME = lazy_gettext("Decide"), lazy_gettext("Name")
GIVE, SIGN = lazy_gettext("Give"), lazy_gettext("Sign")
DECISION = lazy_gettext("For the decision")
RISKS = lazy_gettext("What could go wrong first")
NO_RISKS = lazy_gettext("Nothing that is answered would stop an audit or lead to a likely major.")
COST = lazy_gettext("What it costs")
FEES = lazy_gettext("The fee of a certification body is not known here; ask several.")
KEY = lazy_gettext("What the verdicts mean")
RESTS_ON = lazy_gettext("What this rests on")
PROGRESS = lazy_gettext("What changed")
STANDARD, NOW = lazy_gettext("Standard"), lazy_gettext("Now")

FIRST_FINDINGS = lazy_gettext("What an auditor would write first")
WHAT_STOPS = (lazy_gettext("Clause"), lazy_gettext("What"), lazy_gettext("Why it stops stage 1"))
MAJORS_HEAD = (lazy_gettext("Clause"), lazy_gettext("Area"), lazy_gettext("As it is"), lazy_gettext("What to do"))
STEPS_HEAD = (
    lazy_gettext("No."),
    lazy_gettext("Step"),
    lazy_gettext("When"),
    lazy_gettext("Work"),
    lazy_gettext("Owner, or role"),
)
FIGURES = lazy_gettext("The figures, and their limits")
IN_FULL = lazy_gettext(
    "The full summary says the same figures with every finding, answer, step and calculation; it stands beside this one in the "
    "downloads."
)


def decide(asks: DirectorAsks, standard: str, result: Result, *, on_start: bool) -> str:
    """Return until when to decide, first for audits of what is held. ``on_start``: the work has to begin on its first day."""
    held = [text for text in (before_audits.decide(one, result) for one in asks.held) if text]
    if not result.way and asks.held:
        return " ".join(held) or gettext("Nothing: no step is left before the next audit.")
    return " ".join((*held, _after_stage_2(result) or _decide(asks, standard, on_start=on_start)))


def _after_stage_2(result: Result) -> str:
    """Return that nothing is to be decided once every stage 2 took place; empty before."""
    on_the_way = [result.of(standard) for standard in result.on_the_way]
    if not on_the_way or not all(each.stage_2_stands for each in on_the_way):
        return ""
    if any(each.open_majors for each in on_the_way):
        return gettext("To have every open major closed: the certificate waits for that.")
    return gettext("Nothing: the decision is the certification body’s.")


def _decide(asks: DirectorAsks, standard: str, *, on_start: bool) -> str:
    check = asks.deadline
    if check is None or check.start_by is None or check.needed is None:
        return gettext("Soon: no deadline that can be met is known, and every week of waiting moves all dates by a week.")
    values = {
        "day": day_in_words(check.start_by),
        "standard": standard,
        "deadline": day_in_words(check.deadline),
        "pace": a_week(check.needed),
    }
    if on_start:
        return gettext("Now. %(standard)s by %(deadline)s needs %(pace)s from the first day on.", **values)
    return gettext(
        "By %(day)s. Whoever begins later cannot have %(standard)s by %(deadline)s at %(pace)s.",
        **values,
    )


def name(asks: DirectorAsks, most: int) -> str:
    """Return for how many steps an owner has to be named, and in which roles most of their work lies."""
    without = sum(role.steps for role in asks.unowned)
    if not without:
        return gettext("Nobody: every step that is left has an owner.")
    roles = join_and([_role(role) for role in asks.unowned[:most]])
    return ngettext(
        "An owner for %(num)s of %(steps)s step. Most work falls to: %(roles)s.",
        "Owners for %(num)s of %(steps)s steps. Most work falls to: %(roles)s.",
        without,
        steps=asks.steps,
        roles=roles,
    )


def _role(role: UnownedRole) -> str:
    return ngettext(
        "%(role)s (%(num)s step, %(days)s)",
        "%(role)s (%(num)s steps, %(days)s)",
        role.steps,
        role=role.role,
        days=days_in_words(role.person_days),
    )


def give(asks: DirectorAsks, *, assumed: bool) -> str:
    """Return how many days a week are asked for. ``assumed``: nobody has told how many there are."""
    values = {"pace": a_week(asks.days_a_week), "given": days_in_words(float(asks.given))}
    if asks.days_a_week > asks.given:
        return gettext(
            "%(pace)s, all people together, instead of %(given)s: that meets every deadline that can be met.", **values
        )
    if assumed:
        return gettext("%(pace)s, all people together. This is assumed; the profile does not say yet.", **values)
    return gettext("%(pace)s, all people together, as the profile says.", **values)


def sign(asks: DirectorAsks) -> str:
    """Return what top management has to sign or put in force, each with the end of its step."""
    if not asks.to_sign:
        return gettext("Nothing that is still to be made.")
    papers = [
        gettext("%(paper)s (%(day)s)", paper=to_do.step.action.produces[0], day=day_in_short(to_do.end))
        if to_do.end
        else to_do.step.action.produces[0]
        for to_do in asks.to_sign
    ]
    return "; ".join(papers) + "."


def risk(standard: str, clause: str, title: str, reason: str) -> str:
    """Return one thing that could go wrong: of which standard, where, and why."""
    return gettext(
        "%(standard)s, %(clause)s %(title)s: %(reason)s", standard=standard, clause=clause, title=title, reason=reason
    )


def open_major(standard: str, said: str) -> str:
    """Return what a standard risks by majors of real audits that are open."""
    return gettext("%(standard)s: %(said)s", standard=standard, said=said)


def not_shown(count: int) -> str:
    """Return that answers rest on nobody's evidence yet, as something that could go wrong."""
    return ngettext(
        "%(num)s answer is said to be enough and nothing shows it yet. An auditor believes what can be seen.",
        "%(num)s answers are said to be enough and nothing shows them yet. An auditor believes what can be seen.",
        count,
    )


def still_open(count: int) -> str:
    """Return that open questions may hide findings, as something that could go wrong."""
    return ngettext(
        "%(num)s question is open, and may turn out to be a gap.",
        "%(num)s questions are open, and each may turn out to be a gap.",
        count,
    )


def auditors(result: Result) -> str:
    """Return how many days auditors still need up to first certificates, over all standards; empty where none can be told."""
    found = result.audit_time
    to_come = [standard for standard in result.on_the_way if not result.of(standard).stage_2_stands]
    first = [
        days.initial - days.stage_1 if standard in result.been else days.initial
        for standard, days in found.by_standard.items()
        if standard in to_come
    ]
    if not first:
        return ""
    alone = sum(in_half_days(days) for days in first)
    without = [result.library.standards[standard].name for standard in to_come if standard not in found.by_standard]
    if without:
        return gettext(
            "Auditors need at least %(days)s up to the certificates (an estimate); how many %(standards)s takes is not known.",
            days=_auditor_days(alone),
            standards=join_and(without),
        )
    if found.sites:
        return gettext(
            "Auditors need at least %(days)s up to the certificates (an estimate): it counts all people at one site, and each "
            "further site that is visited has days of its own.",
            days=_auditor_days(alone),
        )
    whole_way = len(result.way) == 1 and len(first) == len(found.by_standard)
    together = found.integrated is not None and whole_way and not result.been
    if found.integrated is None or not together:
        return gettext("Auditors need about %(days)s up to the certificate (an estimate).", days=_auditor_days(alone))
    return gettext(
        "Auditors need about %(days)s up to the certificates, or %(together)s where both are audited together at best "
        "(an estimate).",
        days=_auditor_days(alone),
        together=_auditor_days(in_half_days(found.integrated.initial)),
    )


def _auditor_days(days: float | Fraction) -> str:
    return days_in_words(float(days))


def evidence(share: EvidenceShare) -> str:
    """Return for how many answers evidence is named."""
    if not share.answered:
        return gettext("Nothing is answered yet.")
    return ngettext(
        "A self-assessment. Evidence is named for %(named)s of %(num)s answer.",
        "A self-assessment. Evidence is named for %(named)s of %(num)s answers.",
        share.answered,
        named=share.named,
    )


def answered_by(people: Sequence[tuple[str, int]], most: int) -> tuple[str, list[str], str]:
    """Return who gave the answers: what stands before the names, a name and count for each, and what stands for the others."""
    shown = [f"{author_in_words(who)} ({count})" for who, count in people[:most]]
    others = sum(count for _, count in people[most:])
    rest = ngettext("%(num)s answer by others.", "%(num)s answers by others.", others) if others else ""
    return gettext("Answered by:"), shown, rest


def since(progress: Progress) -> str:
    """Return how many answers changed in the last weeks, or that there is nothing to compare with."""
    if progress.since is None:
        return gettext("Four weeks ago nothing was answered, so there is nothing to compare with yet.")
    return ngettext(
        "%(num)s answer was given or changed since %(day)s.",
        "%(num)s answers were given or changed since %(day)s.",
        progress.changed,
        day=day_in_words(progress.since),
    )


def stops_table(edition: str) -> str:
    """Return what the table of stops of an edition is about."""
    return gettext("What would stop stage 1: %(edition)s", edition=edition)


def majors_table(edition: str) -> str:
    """Return what the table of likely majors of an edition is about."""
    return gettext("Likely majors: %(edition)s", edition=edition)


def done_on(day: date) -> str:
    """Return that a step is done, in short."""
    return gettext("done %(day)s", day=day_in_short(day))


def due_on(day: date, *, overdue: bool) -> str:
    """Return until when somebody wants a step done, in short, and whether that is over."""
    if overdue:
        return gettext("overdue since %(day)s", day=day_in_short(day))
    return gettext("due %(day)s", day=day_in_short(day))


def and_more(count: int) -> str:
    """Return how many more there are in the full summary."""
    return ngettext("%(num)s more stands in the full summary.", "%(num)s more stand in the full summary.", count)
