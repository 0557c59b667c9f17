"""What standards have in common and give each other, in words."""

from assessment.domain.comparison import CarryOver
from assessment.domain.rules import Overlap, Rules
from assessment.reports.wording.scores import percent_range, percent_range_low
from assessment.translation import gettext, lazy_gettext, ngettext

OVERLAPS = {
    Overlap.FULL: (lazy_gettext("Shared fully"), lazy_gettext("One piece of evidence serves both.")),
    Overlap.MOST: (
        lazy_gettext("Shared for the most part"),
        lazy_gettext("The same way of working serves both; content has to be added."),
    ),
    Overlap.PART: (lazy_gettext("Shared in part"), lazy_gettext("The method carries over, the content does not.")),
}
TOPIC = lazy_gettext("Topic")
WHY_NOT_FULLY = lazy_gettext("Why not fully")
CLAUSE = lazy_gettext("Clause")


def title(left: str, right: str) -> str:
    """Return the title of the section about two standards."""
    return gettext("What %(left)s and %(right)s share", left=left, right=right)


def gives(side: CarryOver) -> str:
    """Return the heading over what one standard gives another."""
    return gettext(
        "What %(source)s gives %(target)s", source=side.full.source.standard.name, target=side.questionnaire.standard.name
    )


def full_readiness(side: CarryOver) -> str:
    """Return what full readiness for the one would give of the other."""
    return gettext(
        "If you met %(source)s in full, that would give you %(percent)s of %(target)s: %(suggested)s of %(asked)s questions "
        "would get a suggestion; %(shared)s share a topic.",
        source=side.full.source.standard.name,
        percent=percent_range_low(side.full_score),
        target=side.questionnaire.standard.name,
        suggested=len(side.full.suggested),
        asked=len(side.questionnaire.questions),
        shared=side.shared,
    )


def carried(side: CarryOver) -> str:
    """Return how many answers would carry over today, and the score before and after."""
    return ngettext(
        "%(num)s answer would carry over today. Confirmed only: %(before)s. If every suggestion holds: %(after)s.",
        "%(num)s answers would carry over today. Confirmed only: %(before)s. If every suggestion holds: %(after)s.",
        len(side.suggested),
        before=percent_range(side.before),
        after=percent_range(side.after),
    )


def carries(overlap: Overlap, rules: Rules) -> str:
    """Return what an answer on a topic that is shared so far can suggest."""
    at_most = rules.carried.at_most[overlap]
    if overlap is Overlap.FULL:
        return gettext("The same answer is suggested.")
    if at_most is None:
        return gettext("No answer is suggested.")
    return gettext("At most “%(rung)s” is suggested.", rung=rules.title(at_most))


def same_method(side: CarryOver) -> str:
    """Return for how many questions nothing but the method is there; empty where there is none."""
    if not side.methods:
        return ""
    return ngettext(
        "For %(num)s more question only the method can be used again: no answer carries over.",
        "For %(num)s more questions only the method can be used again: no answers carry over.",
        len(side.methods),
    )


def topics(overlap: Overlap, number: int) -> str:
    """Return the heading over topics that are shared so far."""
    count = ngettext("%(num)s topic", "%(num)s topics", number)
    return gettext("%(overlap)s: %(topics)s", overlap=OVERLAPS[overlap][0], topics=count)


def topics_caption(overlap: Overlap, left: str, right: str) -> str:
    """Return what the table of these topics is about."""
    return gettext("%(overlap)s: %(left)s and %(right)s", overlap=OVERLAPS[overlap][0], left=left, right=right)


def answered_under(answer: str, clauses: str) -> str:
    """Return an answer with the clauses it was given under."""
    return gettext("%(answer)s (%(clauses)s)", answer=answer, clauses=clauses)


def only_in(standard: str, number: int) -> str:
    """Return the heading over what only one standard asks."""
    return ngettext(
        "Only in %(standard)s: %(num)s question", "Only in %(standard)s: %(num)s questions", number, standard=standard
    )


def only_in_caption(standard: str, other: str) -> str:
    """Return what the table of these questions is about."""
    return gettext("Only in %(standard)s, not in %(other)s", standard=standard, other=other)
