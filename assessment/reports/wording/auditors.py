"""Days of auditors in words: how many, what speaks for more or fewer, and what they visit of several sites."""

from collections.abc import Sequence

from assessment.domain.audit_reasons import ReasonHere
from assessment.domain.audit_time import AuditTime
from assessment.domain.library import Library
from assessment.domain.site_sampling import SamplingRules, SitesHere, SiteVisits
from assessment.reports.wording.dates import join_and
from assessment.reports.wording.limits import CONFIDENCES
from assessment.translation import gettext, lazy_gettext, ngettext

TITLE = lazy_gettext("How many days auditors need")
ABOUT = lazy_gettext(
    "An estimate in days of eight hours, rounded up to halves, not a quote. Travel comes on top, often the report too."
)
TABLE = lazy_gettext("Auditor days, an estimate")
HEAD = (
    lazy_gettext("Audit"),
    lazy_gettext("Stage 1 and 2"),
    lazy_gettext("Of these stage 1, about"),
    lazy_gettext("At least"),
    lazy_gettext("Surveillance each year"),
    lazy_gettext("Recertification"),
)
TOGETHER_AT_BEST = lazy_gettext("Together, integrated at best")
NOT_AGAIN = lazy_gettext("held")
BEYOND_TABLES = lazy_gettext("The tables end below your number of people; ask a certification body.")
MORE = lazy_gettext("What speaks for more days")
FEWER = lazy_gettext("What speaks for fewer days")
BY_HOW_MUCH = lazy_gettext(
    "By how much no rule says, so no figure moved. A certification body fixes the days and gives its reasons: ask for them."
)
SITES = lazy_gettext("Several sites")


def missing(asks: Sequence[str]) -> str:
    """Return which questions of the profile an estimate needs."""
    questions = " ".join(gettext("“%(question)s”", question=question) for question in asks)
    return gettext("To estimate this we need your answer to: %(questions)s", questions=questions)


def half_days(days: float) -> str:
    """Return days of auditors, in halves."""
    return f"{days:g}"


def case_by_case(of: AuditTime, library: Library) -> list[str]:
    """Return, for each standard without days in the tables, whom to ask."""
    return [
        gettext(
            "%(standard)s: work like yours has no days in the tables, each case is looked at by itself. "
            "Ask your certification body.",
            standard=library.standards[standard].name,
        )
        for standard in of.case_by_case
    ]


def reason(of: ReasonHere, library: Library) -> str:
    """Return a reason for more or fewer days, with the standards it is about and how well it is known."""
    values = {
        "standards": join_and([library.standards[standard].name for standard in of.standards]),
        "reason": of.reason.fact.text,
    }
    mark = CONFIDENCES[of.reason.fact.confidence]
    if mark:
        return gettext("%(standards)s: %(reason)s (%(mark)s)", **values, mark=str(mark))
    return gettext("%(standards)s: %(reason)s", **values)


def sites(of: SitesHere, rules: SamplingRules) -> list[str]:
    """Return what auditors visit of several sites, with the arithmetic."""
    others = of.sites - 1
    lines = [
        ngettext(
            "%(num)s site besides the head office. The head office is visited every time (IAF MD 1).",
            "%(num)s sites besides the head office. The head office is visited every time (IAF MD 1).",
            others,
        )
    ]
    for visits in of.visits:
        lines += _sampled(visits, rules) if visits.alike else _all_visited(visits, rules)
    lines.append(
        gettext(
            "Each site that is visited has days of its own by its people; at most %(percent)s percent may be taken off them. "
            "The days above count all your people at one site. Ask your certification body for the sum.",
            percent=rules.most_off,
        )
    )
    if of.more_than_people:
        lines.append(gettext("There are more sites than people in your profile: look at both numbers again."))
    return lines


def _sampled(visits: SiteVisits, rules: SamplingRules) -> list[str]:
    root = f"{visits.others**0.5:.2f}".rstrip("0").rstrip(".")
    return [
        gettext(
            "Where the same work is done at all of them a sample is visited, a quarter of it at random. The square root of "
            "%(sites)s is %(root)s.",
            sites=visits.others,
            root=root,
        ),
        ngettext(
            "First audit: the root, rounded up, so %(num)s site and the head office.",
            "First audit: the root, rounded up, so %(num)s sites and the head office.",
            visits.first,
        ),
        ngettext(
            "Surveillance each year: %(part)s of the root, rounded up, so %(num)s site and the head office.",
            "Surveillance each year: %(part)s of the root, rounded up, so %(num)s sites and the head office.",
            visits.surveillance,
            part=f"{rules.surveillance / 100:g}",
        ),
        ngettext(
            "Recertification: %(part)s of the root, rounded up, so %(num)s site and the head office.",
            "Recertification: %(part)s of the root, rounded up, so %(num)s sites and the head office.",
            visits.recertification or 0,
            part=f"{rules.recertification / 100:g}",
        ),
    ]


def _all_visited(visits: SiteVisits, rules: SamplingRules) -> list[str]:
    return [
        ngettext(
            "Where the sites are too unlike for a sample: first audit of all, so %(num)s site and the head office.",
            "Where the sites are too unlike for a sample: first audit of all, so %(num)s sites and the head office.",
            visits.first,
        ),
        ngettext(
            "Surveillance each year then: %(percent)s percent of them, rounded up, so %(num)s site and the head office. "
            "For recertification we know no rule.",
            "Surveillance each year then: %(percent)s percent of them, rounded up, so %(num)s sites and the head office. "
            "For recertification we know no rule.",
            visits.surveillance,
            percent=rules.unlike_surveillance,
        ),
    ]
