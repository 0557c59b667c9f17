"""How lines of a register are scored: what is multiplied, what is added, from where on it counts, and what counts anyway."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from assessment.domain.worksheet_condition import Condition


class Join(StrEnum):
    """How several fields become one number."""

    ONLY = "only"  # there is one
    MEAN_UP = "mean-up"  # their mean, rounded up
    LARGEST = "largest"  # the largest of them


@dataclass(frozen=True, kw_only=True)
class Factor:
    """A number that is multiplied with the others, made of one field or several."""

    title: str
    fields: tuple[str, ...]
    join: Join


@dataclass(frozen=True, kw_only=True)
class Addend:
    """A field that is added, so many times."""

    field: str
    times: int


class OverrideKind(StrEnum):
    """What makes a line significant whatever its score."""

    LINE = "line"  # what the line itself says
    POINTED_AT = "pointed-at"  # what a line says that it points at
    POINTING = "pointing"  # what a line says that points at it


@dataclass(frozen=True, kw_only=True)
class Override:
    """Makes a line significant whatever its score: ``when`` holds in the line, or in one of ``register`` through a field."""

    id: str
    kind: OverrideKind
    text: str
    when: tuple[Condition, ...]
    register: str = ""
    through: str = ""


@dataclass(frozen=True, kw_only=True)
class Method:
    """How the lines of one register are scored.

    ``threshold`` and the way factors join are what the content proposes; ``threshold_field`` and ``join_field`` of the single
    register ``settings`` are the firm's own, with who changed them when. ``after`` names, for each field, the one that says
    what is left after control. ``verdict_field`` takes a verdict by hand, whose reason is ``reason_field``. ``apart`` are lines
    that are listed apart, such as helpful ones. ``hint_from`` is from how many lines on it is asked whether they separate.
    """

    id: str
    register: str
    title: str
    explained: str
    counts_as: str
    factors: tuple[Factor, ...]
    addends: tuple[Addend, ...]
    threshold: int
    overrides: tuple[Override, ...]
    settings: str = ""
    threshold_field: str = ""
    join_field: str = ""
    after: Mapping[str, str] = field(default_factory=dict)
    verdict_field: str = ""
    reason_field: str = ""
    apart: tuple[Condition, ...] = ()
    hint_from: int = 0

    @property
    def fields(self) -> tuple[str, ...]:
        """The fields that a score is made of."""
        return (*(name for factor in self.factors for name in factor.fields), *(addend.field for addend in self.addends))
