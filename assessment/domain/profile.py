"""What the organisation is asked about itself, and what it says."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from assessment.domain.certificates import Certificate, certificate_of, certificates
from assessment.domain.entries import is_day
from assessment.domain.limits import MOST_NUMBER

# What is kept beside the answers of the profile: the way that was chosen, and what stands there while the advice is followed.
WAY, AS_ADVISED = "way", "as-advised"
# Stands between standards that are worked on together.
TOGETHER = "+"


def way_values(legs: Iterable[Iterable[str]] | None) -> tuple[str, ...]:
    """Return a way as it is kept; ``None`` for as advised."""
    return (AS_ADVISED,) if legs is None else tuple(TOGETHER.join(leg) for leg in legs)


def way_of(values: Iterable[str] | None) -> tuple[tuple[str, ...], ...] | None:
    """Return the way that is kept as these values; ``None`` for as advised."""
    kept = None if values is None else tuple(values)
    if kept is None or kept == (AS_ADVISED,):
        return None
    return tuple(tuple(filter(None, leg.split(TOGETHER))) for leg in kept)


class ProfileKind(StrEnum):
    """What an answer to a profile question looks like."""

    CHOICE = "choice"
    MANY = "many"
    STANDARDS = "standards"
    DATES = "dates"
    CERTIFICATES = "certificates"
    NUMBER = "number"
    TEXT = "text"


@dataclass(frozen=True, kw_only=True)
class ProfileChoice:
    """One answer a profile question offers."""

    id: str
    text: str


@dataclass(frozen=True, kw_only=True)
class ProfileQuestion:
    """A question about the organisation. ``choices`` is empty for numbers, texts, and what depends on the standards."""

    id: str
    group: str
    kind: ProfileKind
    asks: str
    hint: str
    choices: tuple[ProfileChoice, ...]

    def accepts(self, values: tuple[str, ...], standards: Collection[str]) -> bool:
        """Tell whether these are values that an answer to this question can have, as the profile describes them."""
        match self.kind:
            case ProfileKind.TEXT:
                return len(values) == 1
            case ProfileKind.NUMBER:
                return len(values) == 1 and values[0].isascii() and values[0].isdigit() and 1 <= int(values[0]) <= MOST_NUMBER
            case ProfileKind.CHOICE:
                return len(values) == 1 and values[0] in {choice.id for choice in self.choices}
            case ProfileKind.MANY:
                return set(values) <= {choice.id for choice in self.choices}
            case ProfileKind.STANDARDS:
                return set(values) <= set(standards)
            case ProfileKind.DATES:
                pairs = [value.partition("=") for value in values]
                return all(standard in standards and is_day(day) for standard, _, day in pairs)
            case ProfileKind.CERTIFICATES:
                read = [certificate_of(value) for value in values]
                return all(one is not None and one.standard in standards for one in read)


@dataclass(frozen=True, kw_only=True)
class ProfileGroup:
    """Profile questions shown on one page."""

    id: str
    title: str
    intro: str
    questions: tuple[ProfileQuestion, ...]


@dataclass(frozen=True, kw_only=True)
class Profile:
    """What the organisation says about itself: profile question id to its values, which are texts.

    A choice holds one choice id; "many" and "standards" hold several, or an explicit empty tuple for "none of them"; a number
    holds its digits; dates hold ``standard=YYYY-MM-DD``. A question that is not a key has not been answered.
    """

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def get(self, question_id: str) -> tuple[str, ...] | None:
        """Return the values of an answered profile question, or ``None``."""
        return self.values.get(question_id)

    def number(self, question_id: str) -> int | None:
        """Return the whole number that answers a profile question, if told."""
        values = self.values.get(question_id, ())
        return int(values[0]) if values and values[0].isascii() and values[0].isdigit() else None

    def people(self) -> int | None:
        """Return how many people work for the organisation, if told."""
        return self.number("people")

    def sites(self) -> int | None:
        """Return at how many sites people work, the head office among them, if told."""
        return self.number("sites")

    def sites_alike(self) -> bool | None:
        """Tell whether the same work is done at all sites, if told."""
        values = self.values.get("sites-alike", ())
        return values[0] == "alike" if values else None

    def days_a_week(self) -> float | None:
        """Return the person-days a week the organisation can spend, if told."""
        values = self.values.get("days-a-week", ())
        return float(values[0]) if values else None

    def certificates(self) -> Mapping[str, Certificate]:
        """Return the certificates the organisation holds, by standard id."""
        return certificates(self.values.get("certificates", ()))

    def certificates_on(self, day: date) -> Mapping[str, Certificate]:
        """Return the certificates that are valid on a day or can still be restored then, by standard id."""
        return {standard: held for standard, held in self.certificates().items() if held.needs_no_first(day)}

    def way(self) -> tuple[tuple[str, ...], ...] | None:
        """Return the way somebody chose, as ids of standards stretch by stretch; ``None`` where the advice is followed."""
        return way_of(self.values.get(WAY))

    def deadlines(self) -> Mapping[str, date]:
        """Return the date by which a certificate is needed, by standard id."""
        pairs = (value.partition("=") for value in self.values.get("deadline", ()))
        return {standard: date.fromisoformat(day) for standard, _, day in pairs}
