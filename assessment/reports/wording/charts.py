"""What charts show, in words, for people who cannot see them."""

from collections.abc import Sequence

from assessment.domain.calendar import Milestones
from assessment.reports.wording.dates import day_in_words, join_and
from assessment.translation import gettext, lazy_gettext, ngettext

HOW_MUCH = lazy_gettext("How much is met, chapter by chapter")
MARKS = lazy_gettext("Mark: certain today. Bar: how far unanswered questions could raise it.")
CALENDAR = lazy_gettext("The plan as a calendar")
STAGE_1, STAGE_2, CERTIFICATE = lazy_gettext("Stage 1"), lazy_gettext("Stage 2"), lazy_gettext("Certificate")
# What the calendar draws: a step that sets a date, another, one that may fall away, one that is done; the audits.
CALENDAR_NAMES = (
    lazy_gettext("Sets the date"),
    lazy_gettext("Other step"),
    lazy_gettext("If unanswered questions turn out to be gaps"),
    lazy_gettext("Done"),
    *(STAGE_1, STAGE_2, CERTIFICATE),
)
KINDS = {
    "met": lazy_gettext("Met"),
    "short": lazy_gettext("Short"),
    "unknown": lazy_gettext("Not known yet"),
    "unanswered": lazy_gettext("Not answered"),
    "excluded": lazy_gettext("Does not apply"),
}


def by_chapter(standards: Sequence[str]) -> str:
    """Return the title of the chart of these standards."""
    return gettext("%(standards)s, chapter by chapter", standards=join_and(standards))


def by_principle(standard: str) -> str:
    """Return the title of the chart of principles."""
    return gettext("%(standard)s by principle", standard=standard)


def chapters(standard: str, scores: Sequence[tuple[int, str]], still_open: int) -> str:
    """Return what a chart of chapters shows; ``scores`` are percents with the numbers of the chapters they are of."""
    if not scores or len({percent for percent, _ in scores}) == 1:
        return _level(standard, scores, still_open)
    (low, weakest), (high, strongest) = _ends(scores)
    return ngettext(
        "%(standard)s: strongest in chapter %(strongest)s (%(high)s %% certain), weakest in chapter %(weakest)s "
        "(%(low)s %% certain), %(num)s answer open.",
        "%(standard)s: strongest in chapter %(strongest)s (%(high)s %% certain), weakest in chapter %(weakest)s "
        "(%(low)s %% certain), %(num)s answers open.",
        still_open,
        standard=standard,
        strongest=strongest,
        high=high,
        weakest=weakest,
        low=low,
    )


def principles(standard: str, scores: Sequence[tuple[int, str]], still_open: int) -> str:
    """Return what a chart of principles shows; ``scores`` are percents with the titles of the principles they are of."""
    if not scores or len({percent for percent, _ in scores}) == 1:
        return _level(standard, scores, still_open)
    (low, weakest), (high, strongest) = _ends(scores)
    return ngettext(
        "%(standard)s: strongest in “%(strongest)s” (%(high)s %% certain), weakest in “%(weakest)s” "
        "(%(low)s %% certain), %(num)s answer open.",
        "%(standard)s: strongest in “%(strongest)s” (%(high)s %% certain), weakest in “%(weakest)s” "
        "(%(low)s %% certain), %(num)s answers open.",
        still_open,
        standard=standard,
        strongest=strongest,
        high=high,
        weakest=weakest,
        low=low,
    )


def _ends(scores: Sequence[tuple[int, str]]) -> tuple[tuple[int, str], tuple[int, str]]:
    return min(scores, key=lambda score: score[0]), max(scores, key=lambda score: score[0])


def _level(standard: str, scores: Sequence[tuple[int, str]], still_open: int) -> str:
    if not scores:
        return gettext("%(standard)s: nothing applies.", standard=standard)
    return ngettext(
        "%(standard)s: %(percent)s %% certain everywhere, %(num)s answer open.",
        "%(standard)s: %(percent)s %% certain everywhere, %(num)s answers open.",
        still_open,
        standard=standard,
        percent=scores[0][0],
    )


def calendar(steps: int, holding: int, audits: Sequence[tuple[str, Milestones]]) -> str:
    """Return what a calendar shows: how many steps, how many of them set a date, and the dates by the name of the standard."""
    held = (
        ngettext(
            "%(num)s step sets the dates, however many people work",
            "%(num)s steps set the dates, however many people work",
            holding,
        )
        if holding
        else gettext("only the weeks around the audits set the dates, however many people work")
    )
    shown = ngettext("%(num)s step over time; %(held)s.", "%(num)s steps over time; %(held)s.", steps, held=held)
    return " ".join([shown, *(dates(name, each) for name, each in audits)])


def dates(standard: str, milestones: Milestones) -> str:
    """Return the dates of one standard in a sentence."""
    return gettext(
        "%(standard)s: stage 1 on %(stage_1)s, stage 2 on %(stage_2)s, certificate on %(certificate)s at the earliest.",
        standard=standard,
        stage_1=day_in_words(milestones.stage_1),
        stage_2=day_in_words(milestones.stage_2),
        certificate=day_in_words(milestones.certificate),
    )


def coverage_title(standard: str) -> str:
    """Return the title of the bars of answers."""
    return gettext("Answers for %(standard)s, chapter by chapter", standard=standard)


def coverage(standard: str, total: dict[str, int]) -> str:
    """Return how many answers there are of each kind."""
    parts = [
        part
        for kind, part in (
            ("met", gettext("%(num)s met", num=total["met"])),
            ("short", gettext("%(num)s short", num=total["short"])),
            ("unknown", gettext("%(num)s not known yet", num=total["unknown"])),
            ("unanswered", gettext("%(num)s not answered", num=total["unanswered"])),
            ("excluded", ngettext("%(num)s does not apply", "%(num)s do not apply", total["excluded"])),
        )
        if total[kind]
    ]
    return ngettext(
        "%(standard)s: of %(num)s question %(parts)s.",
        "%(standard)s: of %(num)s questions %(parts)s.",
        sum(total.values()),
        standard=standard,
        parts=", ".join(parts),
    )


def ticks(met: int, short: int, still_open: int, excluded: int) -> str:
    """Return what the ticks of a chapter count."""
    if excluded:
        return gettext(
            "%(met)s met, %(short)s short, %(open)s open, %(excluded)s not applicable",
            met=met,
            short=short,
            open=still_open,
            excluded=excluded,
        )
    return gettext("%(met)s met, %(short)s short, %(open)s open", met=met, short=short, open=still_open)
