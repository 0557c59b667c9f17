"""Which lines are significant: a score on the state without control, what counts whatever the score, and a verdict by hand."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from assessment.domain.significance_method import Addend, Factor, Join, Method, Override, OverrideKind
from assessment.domain.worksheet_condition import Value, number_said
from assessment.domain.worksheet_lines import Filled, Line

# A list of which less than this share, or more than the other, is significant does not separate. Percent, our judgement.
_HARDLY, _MOST = 5, 50


class Ground(StrEnum):
    """Why a line is significant or not."""

    OPEN = "open"  # a criterion has no number yet
    SCORE = "score"
    OVERRIDE = "override"
    BY_HAND = "by-hand"


@dataclass(frozen=True, kw_only=True)
class FactorStep:
    """One factor worked out: the number of each of its fields, and what they make together."""

    factor: Factor
    join: Join
    numbers: tuple[int, ...]
    makes: int


@dataclass(frozen=True, kw_only=True)
class AddendStep:
    """One addend worked out."""

    addend: Addend
    number: int


@dataclass(frozen=True, kw_only=True)
class Score:
    """A score with every step to it; ``total`` is ``None`` while a field it needs is open."""

    factors: tuple[FactorStep, ...]
    addends: tuple[AddendStep, ...]
    total: int | None
    open_fields: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Significance:
    """Whether a line is significant, why, and how that was worked out. ``is_significant`` is ``None`` while it is open.

    ``after`` is the score with today's control, where that is filled in. ``apart`` says that the line is listed apart.
    """

    line: Line
    method: Method
    score: Score
    after: Score | None
    threshold: int
    overrides: tuple[Override, ...]
    ground: Ground
    is_significant: bool | None
    apart: bool


def threshold_of(method: Method, filled: Filled) -> int:
    """Return from which score on a line counts: the firm's own number, or the content's."""
    own = filled.single(method.settings).text(method.threshold_field) if method.settings else ""
    number = number_said(own)
    return method.threshold if number is None else number


def score(method: Method, values: Mapping[str, Value], join: str = "") -> Score:
    """Return the score of a line. ``join`` is the firm's way to make one number of several, where it chose another.

    What an older release stored, or took in, may be no number or no way to join: that counts as not said.
    """
    numbers = {name: _number(values.get(name, "")) for name in method.fields}
    open_fields = tuple(name for name, number in numbers.items() if number is None)
    factors = []
    for factor in method.factors:
        found = tuple(number for name in factor.fields if (number := numbers[name]) is not None)
        way = Join(join) if join in tuple(Join) and factor.join is not Join.ONLY else factor.join
        factors.append(FactorStep(factor=factor, join=way, numbers=found, makes=_joined(way, found)))
    addends = tuple(AddendStep(addend=addend, number=numbers[addend.field] or 0) for addend in method.addends)
    total = math.prod(step.makes for step in factors) + sum(step.addend.times * step.number for step in addends)
    return Score(factors=tuple(factors), addends=addends, total=None if open_fields else total, open_fields=open_fields)


def _number(value: Value) -> int | None:
    return number_said(value) if isinstance(value, str) else None


def _joined(way: Join, numbers: tuple[int, ...]) -> int:
    if not numbers:
        return 0
    return max(numbers) if way is Join.LARGEST else math.ceil(sum(numbers) / len(numbers))


def significance(method: Method, filled: Filled, line: Line, today: date) -> Significance:
    """Judge one line: what counts whatever the score goes before a verdict by hand, and that before the score."""
    threshold = threshold_of(method, filled)
    join = filled.single(method.settings).text(method.join_field) if method.settings and method.join_field else ""
    scored = score(method, line.values, join)
    overrides = tuple(each for each in method.overrides if holds(each, filled, line, today))
    by_hand = line.text(method.verdict_field) if method.verdict_field else ""
    if overrides:
        ground, significant = Ground.OVERRIDE, True
    elif by_hand in ("yes", "no"):
        ground, significant = Ground.BY_HAND, by_hand == "yes"
    elif scored.total is None:
        ground, significant = Ground.OPEN, None
    else:
        ground, significant = Ground.SCORE, scored.total >= threshold
    return Significance(
        line=line,
        method=method,
        score=scored,
        after=_after(method, line, join),
        threshold=threshold,
        overrides=overrides,
        ground=ground,
        is_significant=significant,
        apart=bool(method.apart) and all(each.holds(line.values, today) for each in method.apart),
    )


def _after(method: Method, line: Line, join: str) -> Score | None:
    """Return the score with today's control; ``None`` where nobody said what is left."""
    left = {name: line.values[after] for name, after in method.after.items() if line.text(after)}
    return score(method, {**line.values, **left}, join) if left else None


def holds(override: Override, filled: Filled, line: Line, today: date) -> bool:
    """Tell whether an override makes a line significant."""
    if override.kind is OverrideKind.LINE:
        lines: tuple[Line, ...] = (line,)
    elif override.kind is OverrideKind.POINTED_AT:
        lines = tuple(filled.lines[each] for each in line.several(override.through) if each in filled.lines)
    else:
        lines = tuple(
            source
            for source, pointer in filled.pointing_at(line.id)
            if pointer.id == override.through
            and filled.worksheet.register_of(source.id) is filled.worksheet.registers[override.register]
        )
    return any(not each.removed and all(when.holds(each.values, today) for when in override.when) for each in lines)


def judged(filled: Filled, method: Method, today: date) -> tuple[Significance, ...]:
    """Judge every line of a method's register, in the order they were made."""
    return tuple(significance(method, filled, line, today) for line in filled.of(method.register))


class Separation(StrEnum):
    """Whether criteria separate lines from one another: a hint, never an error."""

    FINE = "fine"
    HARDLY_ANY = "hardly-any"
    MORE_THAN_HALF = "more-than-half"


def separation(method: Method, found: tuple[Significance, ...]) -> Separation:
    """Tell whether the criteria separate, from the number of lines on at which that can be seen."""
    counted = [each for each in found if each.is_significant is not None]
    if not method.hint_from or len(counted) < method.hint_from:
        return Separation.FINE
    percent = 100 * sum(bool(each.is_significant) for each in counted) / len(counted)
    if percent > _MOST:
        return Separation.MORE_THAN_HALF
    return Separation.HARDLY_ANY if percent < _HARDLY else Separation.FINE
