"""The words of a standard: what it asks, in which editions, and what can be done about it.

Everything here is content turned into values: frozen, complete, and checked by ``assessment.content`` before anyone sees it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property

from assessment.domain.clauses import Clause
from assessment.domain.facts import Confidence, Fact
from assessment.domain.rules import Overlap, Rung


class Gravity(StrEnum):
    """What a shortfall on a question means to an auditor, gravest first; where each begins stands in ``rules.toml``."""

    ESSENTIAL = "essential"
    REQUIRED = "required"
    ORDINARY = "ordinary"


@dataclass(frozen=True, kw_only=True)
class Topic:
    """What several standards have in common: the hub through which they compare."""

    id: str
    title: str
    about: str


@dataclass(frozen=True, kw_only=True)
class TopicLink:
    """A question's tie to a topic; ``because`` says why the overlap is not full, and is empty where it is."""

    topic: Topic
    overlap: Overlap
    because: str = ""


@dataclass(frozen=True, kw_only=True)
class Principle:
    """A principle or guiding idea of a standard."""

    id: str
    title: str
    about: str


@dataclass(frozen=True, kw_only=True)
class LastDone:
    """Ask when it was last done; older than ``fresh_for_months`` (if given) it no longer shows anything."""

    fresh_for_months: int | None


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter of a standard, 4 to 10."""

    number: str
    title: str
    intro: str


@dataclass(frozen=True, kw_only=True)
class Question:
    """One auditable thing, in our own words. ``clauses`` has a key for every edition in which it exists.

    A ``deed`` is done at a rhythm and grows stale; an ``event`` may not have happened yet, and then "defined" conforms.
    ``stage`` is 1 where stage 1 looks at it whatever else is answered. Refs of other questions: it is looked at in stage 1 only
    until ``stage_1_until`` stands, and is no finding while ``covered_by`` is enough; both are empty where that is not so.
    ``checks_exclusions``: it asks whether what was left out may be left out, and stage 1 looks at it once something is.
    """

    standard: str
    id: str
    chapter: str
    clauses: Mapping[str, tuple[str, ...]]
    asks: str
    hint: str
    why: str
    principles: tuple[str, ...]
    topic: TopicLink | None
    weight: int
    gravity: Gravity
    deed: bool
    event: bool
    stage: int
    stage_1_until: str
    covered_by: str
    checks_exclusions: bool
    quick: bool
    enough: Rung
    may_not_apply: str
    last_done: LastDone | None
    evidence: tuple[str, ...]
    looks_like: Mapping[Rung, str]

    @cached_property
    def ref(self) -> str:
        """The name of the question among all standards: ``standard/id``."""
        return f"{self.standard}/{self.id}"

    @property
    def essential(self) -> bool:
        """Whether a shortfall puts the whole system in doubt."""
        return self.gravity is Gravity.ESSENTIAL


@dataclass(frozen=True, kw_only=True)
class Condition:
    """An answer of the profile: one of these choices to one question."""

    profile: str
    choices: tuple[str, ...]


class CertificateHeld(StrEnum):
    """A certificate that a reason is about: none, one of the same standard, or one of another."""

    NONE = ""
    THIS = "this"
    ANOTHER = "another"


@dataclass(frozen=True, kw_only=True)
class AuditReason:
    """What speaks for more auditor days than the tables have, or for fewer where ``more`` is false.

    It holds where one of ``when`` does, where the answer to a question of the profile is a number ``more_than`` the one beside
    it, or where a certificate is ``held``.
    """

    fact: Fact
    more: bool
    when: tuple[Condition, ...] = ()
    more_than: Mapping[str, int] = field(default_factory=dict)
    held: CertificateHeld = CertificateHeld.NONE


@dataclass(frozen=True, kw_only=True)
class WorkFactors:
    """How much work a standard is in one kind of organisation against another.

    ``by`` is the profile question whose answer names a factor, ``otherwise`` the factor where it does not. ``shared_part`` is
    how much of a shared action's effort this standard needs.
    """

    by: str = ""
    factors: Mapping[str, float] = field(default_factory=dict)
    otherwise: float = 1.0
    shared_part: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Action:
    """Something to do. ``lifts`` maps question refs to the rung they reach; ``standard`` is empty for a shared action.

    ``effort`` is in person-days and ``weeks`` the least time it takes, whoever helps, both for the organisation that the rules
    name; ``lasting`` weeks are the same in every organisation. It begins once all in ``after`` are done, and so many weeks
    after each of ``alongside`` began. It is for organisations where one of ``when`` holds (or none is named) and none of
    ``unless``, and must not wait where one of ``urgent_when`` holds; where one of ``early_when`` does it is begun as soon as it
    can be, before what has a longer way to the end. Top management signs what a ``signed`` one
    produces. One that is done ``anew`` takes no less where another standard is in place.
    """

    standard: str
    id: str
    title: str
    why: str
    steps: tuple[str, ...]
    note: str
    done_when: str
    role: str
    effort: float
    weeks: int
    after: tuple[str, ...]
    produces: tuple[str, ...]
    lifts: Mapping[str, Rung]
    lasting: bool = False
    signed: bool = False
    anew: bool = False
    alongside: Mapping[str, int] = field(default_factory=dict)
    when: tuple[Condition, ...] = ()
    unless: tuple[Condition, ...] = ()
    urgent_when: tuple[Condition, ...] = ()
    early_when: tuple[Condition, ...] = ()

    @cached_property
    def key(self) -> str:
        """The name of the action in the library: ``standard/id``, or ``id`` for a shared one."""
        return f"{self.standard}/{self.id}" if self.standard else self.id


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A published version of a standard. Dates are ``None`` where none is set.

    ``no_new_known`` and ``ends_known`` say how sure the last days for new certificates and for certificates are.
    """

    id: str
    name: str
    published: date
    supersedes: str
    no_new_certificates_after: date | None
    ends: date | None
    facts: tuple[Fact, ...]
    clauses: Mapping[str, Clause]
    no_new_known: Confidence = Confidence.JUDGEMENT
    ends_known: Confidence = Confidence.JUDGEMENT


@dataclass(frozen=True, kw_only=True)
class Driver:
    """A profile choice that speaks for a standard. ``decides`` marks a written demand."""

    profile: str
    choice: str
    points: int
    decides: bool
    because: str


@dataclass(frozen=True, kw_only=True)
class DoubtfulExclusion:
    """What is doubtful to leave out where one of ``when`` holds, or where the ``profile`` questions hold one of the ``words``.

    That is all of a ``clause``, or any of the ``questions``, by id; the other one is empty. Words are lower case and match the
    beginning of a word, unless one of the ``denials`` stands before it in the same sentence; a denial with an apostrophe is
    the end of a word.
    """

    clause: str = ""
    questions: tuple[str, ...] = ()
    profile: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    denials: tuple[str, ...] = ()
    when: tuple[Condition, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Standard:
    """A standard: one folder under ``questionnaires/``.

    Audit days are read from ``audit_column`` of the audit time tables, or from the column that the answer to the profile
    question ``audit_by`` names.
    """

    id: str
    name: str
    title: str
    revision: str
    about: str
    principles: tuple[Principle, ...]
    chapters: tuple[Chapter, ...]
    editions: tuple[Edition, ...]
    differs: Mapping[str, Fact]
    first_step: str
    audit_column: str
    audit_by: str
    drivers: tuple[Driver, ...]
    doubtful_exclusions: tuple[DoubtfulExclusion, ...]
    questions: tuple[Question, ...]
    work: WorkFactors = field(default_factory=WorkFactors)
    audit_reasons: tuple[AuditReason, ...] = ()

    def edition(self, edition_id: str) -> Edition:
        """Return an edition; ``KeyError`` when the standard has none of that id."""
        for edition in self.editions:
            if edition.id == edition_id:
                return edition
        raise KeyError(edition_id)

    @property
    def current(self) -> Edition:
        """The edition published last: what a newcomer is steered to."""
        return max(self.editions, key=lambda edition: edition.published)
