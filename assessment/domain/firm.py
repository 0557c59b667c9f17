"""What the work takes for one organisation: by its people, its kind of work and what it says about itself.

Efforts and weeks of actions are written down for an organisation of a certain number of people with everything to do. They
grow more slowly than the number of people does. All of it is our judgement; the numbers stand in ``rules.toml``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from math import floor

from assessment.domain.profile import Profile
from assessment.domain.rules import WorkRules
from assessment.domain.standard import Action, Condition, Standard

# Days are told in quarters below one day, in halves below four, and in whole days from there on.
_STEPS_OF_DAYS = ((1.0, 0.25), (4.0, 0.5), (float("inf"), 1.0))


@dataclass(frozen=True, kw_only=True)
class Firm:
    """One organisation as a plan sees it: its profile, and the rules that turn people into work."""

    profile: Profile
    rules: WorkRules

    @cached_property
    def people(self) -> int:
        """How many people work for it; what the rules assume where it has not told."""
        return self.profile.people() or self.rules.assumed_people

    @property
    def has_roles_in_one_hand(self) -> bool:
        """Whether it is told to be so small that several roles are one person's."""
        people = self.profile.people()
        return people is not None and people <= self.rules.one_hand_up_to

    def holds(self, conditions: Iterable[Condition]) -> bool:
        """Tell whether an answer of the profile meets one of the conditions; an open question meets none."""
        return any(set(condition.choices) & set(self.profile.get(condition.profile) or ()) for condition in conditions)

    def needs(self, action: Action) -> bool:
        """Tell whether an action is one for this organisation."""
        return (not action.when or self.holds(action.when)) and not self.holds(action.unless)

    def is_urgent(self, action: Action) -> bool:
        """Tell whether an action must not wait here: what an answer of the profile says cannot be left for later."""
        return self.holds(action.urgent_when)

    def weight(self, standard: Standard, *, shared: bool) -> float:
        """Return how much work a standard is here, against the kind of organisation that efforts are written down for."""
        values = self.profile.get(standard.work.by) or ()
        factor = next(
            (standard.work.factors[value] for value in values if value in standard.work.factors), standard.work.otherwise
        )
        return factor * (standard.work.shared_part if shared else 1.0)

    def person_days(self, action: Action, standards: Iterable[Standard], *, part: float = 1.0) -> float:
        """Return the work of an action for these standards: a step for several takes as much as for the one that asks most.

        ``part`` is what is left of it with another standard in place (`later_part`); it is the whole of what is done anew.
        """
        weight = max((self.weight(standard, shared=not action.standard) for standard in standards), default=1.0)
        weight *= 1.0 if action.anew else part
        days = action.effort * weight * float((self.people / self.rules.people) ** self.rules.effort_power)
        step = next(step for limit, step in _STEPS_OF_DAYS if days < limit)
        return max(self.rules.least_days, floor(days / step + 0.5) * step)

    def later_part(self, own: float, before: float) -> float:
        """Return what part of its work standards take where others are in place, from what both take with everything to do.

        Of two standards the one with less work saves the most that can be saved, whichever comes first: nobody can use again
        more than was done.
        """
        return 1 - (1 - self.rules.later_part) * min(1.0, before / own) if own else 1.0

    def weeks(self, weeks: int, *, lasting: bool = False) -> float:
        """Return the least weeks of something here, in halves. What is ``lasting`` takes as long in every organisation."""
        if lasting or not weeks:
            return weeks
        longer = float((self.people / self.rules.people) ** self.rules.weeks_power)
        return max(0.5, floor(2 * weeks * min(max(longer, self.rules.weeks_shortest), self.rules.weeks_longest) + 0.5) / 2)
