"""What a form says about suggestions, and what of it stands."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from assessment.domain.comparison import Suggestion
from assessment.storage.answers import answers_at
from assessment.storage.idempotency import saved_with

FIELD, TRUE, UNTRUE = "decide-", "true", "untrue"


@dataclass(frozen=True, kw_only=True)
class Decided:
    """Suggestions that are confirmed and refused, and how many no longer stand as the page showed them."""

    confirmed: tuple[Suggestion, ...]
    refused: tuple[Suggestion, ...]
    changed: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was decided."""
        return not (self.confirmed or self.refused or self.changed)


def name_of(suggestion: Suggestion) -> str:
    """Return what a button calls a suggestion: with its rung, so that nobody confirms another sentence than the one shown."""
    return f"{suggestion.question.ref}={suggestion.rung.id}"


def field_of(suggestion: Suggestion) -> str:
    """Return the name of the field in which it is said whether a suggestion is true."""
    return f"{FIELD}{suggestion.question.ref}"


def place_of(suggestion: Suggestion) -> str:
    """Return the id of a suggestion on the page."""
    return f"suggested-{suggestion.question.standard}-{suggestion.question.id}"


def pressed_alone(said: Mapping[str, str]) -> str:
    """Return the question of the suggestion whose own button was pressed; empty where it was another button."""
    names = said.get("confirm", "").split()
    return said.get("refuse", "") or (names[0].partition("=")[0] if len(names) == 1 else "")


def decided_in(said: Mapping[str, str], standing: Sequence[Suggestion], refused_before: Collection[str]) -> Decided:
    """Read a form: the button that was pressed, and what is chosen beside those that take no press of their own.

    What it names counts as changed where it does not stand like that, unless it turns down what is turned down already.
    """
    names = said.get("confirm", "").split()
    pressed = _pressed(standing, names)
    chosen = {each.question.ref: said.get(field_of(each), "") for each in standing if not each.alone}
    true = [each for each in standing if chosen.get(each.question.ref) == f"{TRUE}={each.rung.id}"]
    refused = [each for each in standing if chosen.get(each.question.ref) == UNTRUE or said.get("refuse") == each.question.ref]
    together = {each.question.ref: each for each in (*pressed, *true)}
    trues = sum(name.startswith(FIELD) and value.startswith(f"{TRUE}=") for name, value in said.items())
    untrue = {name.removeprefix(FIELD) for name, value in said.items() if name.startswith(FIELD) and value == UNTRUE}
    untrue |= {said["refuse"]} if said.get("refuse") else set()
    gone = untrue - set(refused_before) - {each.question.ref for each in refused}
    changed = len(names) - len(pressed) + trues - len(true) + len(gone)
    return Decided(confirmed=tuple(together.values()), refused=tuple(refused), changed=changed)


def _pressed(standing: Sequence[Suggestion], names: Sequence[str]) -> list[Suggestion]:
    """Return the suggestions a button names: one, or several of those that need not be confirmed one by one."""
    named = [suggestion for suggestion in standing if name_of(suggestion) in names]
    return named if len(names) == 1 else [suggestion for suggestion in named if not suggestion.one_by_one]


def confirmed_with(assessment_id: str, key: str) -> dict[str, int]:
    """Return the version of each answer that a save under this key took over from another standard."""
    versions = saved_with(assessment_id, key)
    return {ref: versions[ref] for ref, answer in answers_at(assessment_id, versions).items() if answer.carried_from}
