"""How many of several sites auditors visit: the square root rules of IAF MD 1 (rules of the domain notes, section 4)."""

from dataclasses import dataclass
from math import isqrt

from assessment.domain.profile import Profile

PERCENT = 100


@dataclass(frozen=True, kw_only=True)
class SamplingRules:
    """The figures of ``audit-time.toml`` on several sites, in percent.

    Surveillance and recertification are so much of the square root; where sites are too unlike to be sampled all are visited
    first and ``unlike_surveillance`` of them in surveillance. ``most_off`` is the most that is taken off the days of a site.
    """

    surveillance: int
    recertification: int
    unlike_surveillance: int
    most_off: int


@dataclass(frozen=True, kw_only=True)
class SiteVisits:
    """Sites visited besides the head office, which is visited every time.

    ``others`` is how many sites there are besides it. ``recertification`` is ``None`` where no rule is known to us.
    """

    others: int
    alike: bool
    first: int
    surveillance: int
    recertification: int | None


@dataclass(frozen=True, kw_only=True)
class SitesHere:
    """The sites of one organisation and what auditors visit of them.

    There is one way where it is told whether the sites are alike, else both. ``more_than_people`` is true where there are more
    sites than people, so that one of the two numbers is likely a slip.
    """

    sites: int
    visits: tuple[SiteVisits, ...]
    more_than_people: bool


def sites_here(profile: Profile, rules: SamplingRules) -> SitesHere | None:
    """Return what auditors visit of several sites; ``None`` where there is one, or the number is not told."""
    sites, alike = profile.sites(), profile.sites_alike()
    if sites is None or sites < 2:
        return None
    kinds = (True, False) if alike is None else (alike,)
    people = profile.people()
    return SitesHere(
        sites=sites,
        visits=tuple(_visits(sites - 1, rules, alike=kind) for kind in kinds),
        more_than_people=people is not None and sites > people,
    )


def _visits(others: int, rules: SamplingRules, *, alike: bool) -> SiteVisits:
    if alike:
        first, surveillance, recertification = (
            _part_of_root(others, percent) for percent in (PERCENT, rules.surveillance, rules.recertification)
        )
        return SiteVisits(others=others, alike=True, first=first, surveillance=surveillance, recertification=recertification)
    part = -(-others * rules.unlike_surveillance // PERCENT)
    return SiteVisits(others=others, alike=False, first=others, surveillance=part, recertification=None)


def _part_of_root(number: int, percent: int) -> int:
    """Return so many percent of the square root of a number, rounded up: in whole numbers, so that no rounding adds a site."""
    squared = percent * percent * number
    root = isqrt(squared - 1) + 1 if squared else 0  # the root, rounded up
    return -(-root // PERCENT)
