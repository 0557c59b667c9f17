"""What it costs, from the rates and sums that people themselves tell. What is not told is not known, and never nothing.

The fields are kept beside the answers of the profile, each under a key of its own; amounts are whole, in one currency.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from assessment.domain.audit_time import in_half_days
from assessment.domain.limits import LONGEST_CURRENCY, MOST_AMOUNT
from assessment.domain.profile import Profile
from assessment.domain.result import Result
from assessment.domain.site_sampling import PERCENT

YEARS = 3  # how long a certificate is valid
# In these years there are so many surveillance audits besides the first audit, or the recertification.
SURVEILLANCE_AUDITS = YEARS - 1
# From so many days on work is told in whole days.
WHOLE_FROM = 2


class CostField(StrEnum):
    """What is asked for; the values are the keys under which it is kept."""

    CURRENCY = "cost-currency"
    AUDITOR_DAY = "cost-auditor-day"
    TRAVEL = "cost-travel"
    APPLICATION = "cost-application"
    YEARLY_FEE = "cost-yearly-fee"
    OWN_DAY = "cost-own-day"
    HELPER_DAY = "cost-helper-day"
    HELPER_DAYS = "cost-helper-days"
    CALIBRATION = "cost-calibration"
    TRAINING = "cost-training"
    TESTS = "cost-tests"
    REPAIRS = "cost-repairs"


AMOUNTS: tuple[CostField, ...] = tuple(field for field in CostField if field is not CostField.CURRENCY)
# Sums that are paid once, to others than the certification body.
BOUGHT_ONCE = (CostField.CALIBRATION, CostField.TRAINING, CostField.TESTS, CostField.REPAIRS)


class CostItem(StrEnum):
    """One line of the costs."""

    FIRST_AUDIT = "first-audit"
    RECERTIFICATION = "recertification"
    FIRST_TRAVEL = "first-travel"
    SITES = "sites"
    APPLICATION = "application"
    FIRST_FEE = "first-fee"
    SURVEILLANCE = "surveillance"
    LATER_TRAVEL = "later-travel"
    LATER_FEES = "later-fees"
    HELPER = "helper"
    CALIBRATION = "calibration"
    TRAINING = "training"
    TESTS = "tests"
    REPAIRS = "repairs"
    OWN_WORK = "own-work"


@dataclass(frozen=True, kw_only=True)
class Span:
    """From least to most; both alike where there is no doubt."""

    least: Fraction
    most: Fraction

    def times(self, number: int) -> "Span":
        """Return so many times this."""
        return Span(least=self.least * number, most=self.most * number)


def add(spans: Iterable[Span]) -> Span:
    """Return the sum of spans; nothing where there are none."""
    spans = tuple(spans)
    return Span(least=sum((span.least for span in spans), Fraction(0)), most=sum((span.most for span in spans), Fraction(0)))


@dataclass(frozen=True, kw_only=True)
class CostLine:
    """One line: its days where it has any, and its amount; ``None`` where that is not known.

    ``missing`` are the fields it waits for. ``days`` is ``None`` on a line with days where the estimate lacks answers.
    """

    item: CostItem
    days: Span | None
    amount: Span | None
    missing: tuple[CostField, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Total:
    """What is known of a sum, and the lines of which the amount is not known: with one of these it is at least so much."""

    known: Span
    unknown: tuple[CostItem, ...]
    of: int

    @property
    def nothing_known(self) -> bool:
        """Whether no line has an amount."""
        return len(self.unknown) == self.of


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Lines and sums.

    ``first`` is paid for the first audit, and for the recertification of what is held, ``later`` in the two years after it,
    ``help`` once to others; ``inside`` is own work up to the certificate. With several sites one line waits for the body: the
    days are those of all people at one.
    """

    currency: str
    first: tuple[CostLine, ...]
    later: tuple[CostLine, ...]
    help: tuple[CostLine, ...]
    inside: tuple[CostLine, ...]

    @property
    def first_audit(self) -> Total:
        """What the first audit costs, fees of its year among it."""
        return _total(self.first)

    @property
    def outside(self) -> Total:
        """What is paid to others over three years."""
        return _total((*self.first, *self.later, *self.help))

    @property
    def own(self) -> Total:
        """What own work is worth, up to the certificate."""
        return _total(self.inside)

    @property
    def three_years(self) -> Total:
        """Inside and outside together, over three years."""
        return _total((*self.first, *self.later, *self.help, *self.inside))

    @property
    def lines(self) -> tuple[CostLine, ...]:
        """All lines, in the order in which they are read."""
        return (*self.first, *self.later, *self.help, *self.inside)


def _total(lines: Sequence[CostLine]) -> Total:
    return Total(
        known=add(line.amount for line in lines if line.amount),
        unknown=tuple(line.item for line in lines if line.amount is None),
        of=len(lines),
    )


def entered(profile: Profile) -> Mapping[CostField, int]:
    """Return the amounts that are told; what cannot be one is left out."""
    told = {field: profile.number(field.value) for field in AMOUNTS}
    return {field: amount for field, amount in told.items() if amount is not None and amount <= MOST_AMOUNT}


def currency(profile: Profile) -> str:
    """Return the currency that is told, or an empty text."""
    return "".join(profile.get(CostField.CURRENCY.value) or ())[:LONGEST_CURRENCY]


def usual_help(result: Result) -> int:
    """Return so many whole days of the work as are usually bought at most; 0 where that is hardly any."""
    days = sum(step.person_days for step in result.steps)
    return round(days * result.library.rules.work.bought_percent / PERCENT)


def in_days(days: float | Fraction) -> Fraction:
    """Return work in whole days, where it is little in halves; work is never none."""
    return Fraction(round(days)) if days >= WHOLE_FROM else max(Fraction(1, 2), Fraction(round(days * 2), 2))


def spread(days: float, percent: int) -> Span:
    """Return between what work may lie that can be out by so many percent; none where there is none."""
    if not days:
        return Span(least=Fraction(0), most=Fraction(0))
    return Span(least=in_days(days * (PERCENT - percent) / PERCENT), most=in_days(days * (PERCENT + percent) / PERCENT))


def cost(result: Result) -> Cost:
    """Return what the chosen way costs, and keeping held certificates. Own work is told as the plan tells it."""
    told = entered(result.profile)
    audits = _audits(result)
    work = sum(step.person_days for step in result.steps) + sum(each.person_days for each in result.upkeep)
    own = spread(work, result.library.rules.work.spread_percent)
    first_visits, later_visits = _visits(result)
    helped = told.get(CostField.HELPER_DAYS)
    help_days = None if helped is None else Span(least=Fraction(helped), most=Fraction(helped))
    first = tuple(item for item in (CostItem.FIRST_AUDIT, CostItem.RECERTIFICATION) if item in audits)
    return Cost(
        currency=currency(result.profile),
        first=(
            *(_by_days(item, audits[item], CostField.AUDITOR_DAY, told) for item in first),
            _sum(CostItem.FIRST_TRAVEL, CostField.TRAVEL, told, first_visits),
            *((CostLine(item=CostItem.SITES, days=None, amount=None),) if result.audit_time.sites else ()),
            *((_sum(CostItem.APPLICATION, CostField.APPLICATION, told),) if CostItem.FIRST_AUDIT in first else ()),
            _sum(CostItem.FIRST_FEE, CostField.YEARLY_FEE, told),
        ),
        later=(
            _by_days(CostItem.SURVEILLANCE, audits[CostItem.SURVEILLANCE], CostField.AUDITOR_DAY, told),
            _sum(CostItem.LATER_TRAVEL, CostField.TRAVEL, told, later_visits),
            _sum(CostItem.LATER_FEES, CostField.YEARLY_FEE, told, _times(SURVEILLANCE_AUDITS)),
        ),
        help=(
            _by_days(CostItem.HELPER, help_days, CostField.HELPER_DAY, told, CostField.HELPER_DAYS),
            *(_sum(CostItem(field.value.removeprefix("cost-")), field, told) for field in BOUGHT_ONCE),
        ),
        inside=(_by_days(CostItem.OWN_WORK, own, CostField.OWN_DAY, told),),
    )


def _visits(result: Result) -> tuple[Span, Span]:
    """Return how often auditors travel: to the audits of the first year, and to the surveillance audits after it.

    Standards that are certified together are visited together. Others may be visited together or each by itself: what is held
    already in the first year, and all of them in surveillance.
    """
    apart = len(result.way) + len(result.held)
    first = Span(least=Fraction(len(result.way) + min(1, len(result.held))), most=Fraction(len(result.way) + len(result.held)))
    return first, Span(least=Fraction(min(1, apart)), most=Fraction(apart)).times(SURVEILLANCE_AUDITS)


def _times(number: int) -> Span:
    return Span(least=Fraction(number), most=Fraction(number))


ONCE = _times(1)


def _audits(result: Result) -> Mapping[CostItem, Span | None]:
    """Return the days of auditors by kind of audit, rounded as the estimate is; ``None`` where there is no estimate.

    From what remains after all that may be taken off to the whole table; the least of standards that are certified together is
    that of an integrated audit at best.
    """
    found, tables = result.audit_time, result.library.audit_tables

    def surveillance(days: Fraction) -> Fraction:
        return max(tables.least_days, days / tables.surveillance_part)

    def again(days: Fraction) -> Fraction:
        return max(tables.least_days, days - days / tables.recertification_part)

    def span(standards: Iterable[str], part: Callable[[Fraction], Fraction], times: int = 1) -> Span | None:
        wanted = tuple(standards)
        if not wanted or any(standard not in found.by_standard for standard in wanted):
            return None
        each = [found.by_standard[standard] for standard in wanted]
        together = found.integrated and len(result.way) == 1 and set(wanted) == set(found.by_standard)
        at_best = [found.integrated] if together and found.integrated else each
        return Span(
            least=sum((_halves(part(days.least)) for days in at_best), Fraction(0)),
            most=sum((_halves(part(days.initial)) for days in each), Fraction(0)),
        ).times(times)

    audits = {CostItem.SURVEILLANCE: span((*result.on_the_way, *result.held), surveillance, SURVEILLANCE_AUDITS)}
    if result.on_the_way:
        audits[CostItem.FIRST_AUDIT] = span(result.on_the_way, lambda days: days)
    if result.held:
        audits[CostItem.RECERTIFICATION] = span(result.held, again)
    return audits


def _halves(days: Fraction) -> Fraction:
    return Fraction(in_half_days(days))


def _by_days(item: CostItem, days: Span | None, rate: CostField, told: Mapping[CostField, int], *asked: CostField) -> CostLine:
    """Return a line of days at a rate; ``asked`` are fields that tell the days."""
    missing = tuple(field for field in (*asked, rate) if field not in told)
    amount = Span(least=days.least * told[rate], most=days.most * told[rate]) if days and rate in told else None
    return CostLine(item=item, days=days, amount=amount, missing=missing)


def _sum(item: CostItem, field: CostField, told: Mapping[CostField, int], times: Span = ONCE) -> CostLine:
    """Return a line that is a sum as told, so many times."""
    if field not in told:
        return CostLine(item=item, days=None, amount=None, missing=(field,))
    return CostLine(item=item, days=None, amount=times.times(told[field]))
