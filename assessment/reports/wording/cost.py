"""Costs in words: fields, lines and sums. What is not told is “not known”, and never nothing."""

from assessment.domain.cost import CostField, CostItem, CostLine, Span, Total
from assessment.reports.wording.dates import days_in_words, in_figures, join_and
from assessment.translation import gettext, lazy_gettext

TITLE = lazy_gettext("What it costs")
ABOUT = lazy_gettext(
    "From your own rates and sums, without taxes; we know no prices. An empty field is not known, and never nothing: "
    "where one is missing a sum is at least what is known."
)
DAYS_FROM = lazy_gettext(
    "Days of auditors run from what a certification body may take off at most to the whole table; "
    "your own work is an estimate with its spread (our judgement), from which days of a helper are not taken off."
)
NOT_COUNTED = lazy_gettext(
    "Not counted: what keeping the system alive takes inside after the certificate. We know no figure for that."
)
FIELDS = {
    CostField.CURRENCY: lazy_gettext("Currency"),
    CostField.AUDITOR_DAY: lazy_gettext("A day of an auditor"),
    CostField.TRAVEL: lazy_gettext("Travel and expenses of auditors for one audit"),
    CostField.APPLICATION: lazy_gettext("Application fee, once"),
    CostField.YEARLY_FEE: lazy_gettext("Fee of the certification body for a year"),
    CostField.OWN_DAY: lazy_gettext("A day of your own people"),
    CostField.HELPER_DAY: lazy_gettext("A day of a consultant"),
    CostField.HELPER_DAYS: lazy_gettext("Days of a consultant"),
    CostField.CALIBRATION: lazy_gettext("Calibration and measurements that you buy"),
    CostField.TRAINING: lazy_gettext("Training that you buy"),
    CostField.TESTS: lazy_gettext("Tests and analyses that you buy"),
    CostField.REPAIRS: lazy_gettext("Repairs and building work, once"),
}
HINTS = {
    CostField.CURRENCY: lazy_gettext(
        "What you want to read behind amounts, such as euros. All of them are in it, in whole numbers."
    ),
    CostField.AUDITOR_DAY: lazy_gettext("From an offer of a certification body."),
    CostField.OWN_DAY: lazy_gettext("What a day of work costs you, wages and all that goes with them."),
}
ITEMS = {
    CostItem.FIRST_AUDIT: lazy_gettext("First audit, stage 1 and 2"),
    CostItem.RECERTIFICATION: lazy_gettext("Recertification of what you hold"),
    CostItem.FIRST_TRAVEL: lazy_gettext("Travel and expenses of auditors"),
    CostItem.SITES: lazy_gettext("Days of auditors at further sites"),
    CostItem.APPLICATION: lazy_gettext("Application fee"),
    CostItem.FIRST_FEE: lazy_gettext("Fee of the certification body, first year"),
    CostItem.SURVEILLANCE: lazy_gettext("Two surveillance audits"),
    CostItem.LATER_TRAVEL: lazy_gettext("Travel and expenses for both"),
    CostItem.LATER_FEES: lazy_gettext("Fee of the certification body, two years"),
    CostItem.HELPER: lazy_gettext("Consultant"),
    CostItem.CALIBRATION: lazy_gettext("Calibration and measurements"),
    CostItem.TRAINING: lazy_gettext("Training"),
    CostItem.TESTS: lazy_gettext("Tests and analyses"),
    CostItem.REPAIRS: lazy_gettext("Repairs and building work"),
    CostItem.OWN_WORK: lazy_gettext("Work of your own people"),
}
SUMS = lazy_gettext("In sum")
SUMS_HEAD = (lazy_gettext("For what"), lazy_gettext("Amount"))
LINES = lazy_gettext("Line by line")
LINES_HEAD = (lazy_gettext("What"), lazy_gettext("Days"), lazy_gettext("Amount"))
FIRST_AUDIT = lazy_gettext("The audit and its year")
OUTSIDE = lazy_gettext("Paid to others in three years")
INSIDE = lazy_gettext("Own work up to the certificate")
ALL_OF_IT = lazy_gettext("All of it in three years")
NOT_KNOWN = lazy_gettext("not known")
ESTIMATE = lazy_gettext("the estimate of auditor days")
OTHERS_WROTE = lazy_gettext("What others wrote")


def amount(span: Span, currency: str) -> str:
    """Return money in whole numbers, as a range where there is doubt."""
    least, most = (in_figures(round(value)) for value in (span.least, span.most))
    if not currency:
        return least if least == most else gettext("%(least)s to %(most)s", least=least, most=most)
    if least == most:
        return gettext("%(amount)s %(currency)s", amount=least, currency=currency)
    return gettext("%(least)s to %(most)s %(currency)s", least=least, most=most, currency=currency)


def total(of: Total, currency: str) -> str:
    """Return a sum, with what of it is not known."""
    if of.nothing_known:
        return str(NOT_KNOWN)
    known = amount(of.known, currency)
    if not of.unknown:
        return known
    unknown = join_and([str(ITEMS[item]) for item in of.unknown])
    return gettext("at least %(known)s. Not known: %(unknown)s.", known=known, unknown=unknown)


def line_amount(line: CostLine, currency: str) -> str:
    """Return the amount of a line, or what it waits for."""
    if line.amount is not None:
        return amount(line.amount, currency)
    waits = [gettext("“%(field)s”", field=str(FIELDS[field])) for field in line.missing] or [str(ESTIMATE)]
    return gettext("not known: %(fields)s", fields=join_and(waits))


def line_days(line: CostLine) -> str:
    """Return the days of a line, empty where it has none."""
    if line.days is None:
        return ""
    least, most = days_in_words(float(line.days.least)), days_in_words(float(line.days.most))
    return most if least == most else gettext("%(least)s to %(most)s", least=least, most=most)


def usual_help(days: int) -> str:
    """Return how many days are usually bought; empty where hardly any are."""
    if not days:
        return ""
    return gettext(
        "Up to a quarter of the work is usually bought; of your plan that is %(days)s (our judgement).",
        days=days_in_words(days),
    )


def price(land: str, year: str, text: str) -> str:
    """Return what somebody wrote about money, with its country and year, as one source that was not checked."""
    if year:
        return gettext("%(land)s, %(year)s: %(text)s (one source, not checked)", land=land, year=year, text=text)
    return gettext("%(land)s, year not told: %(text)s (one source, not checked)", land=land, text=text)
