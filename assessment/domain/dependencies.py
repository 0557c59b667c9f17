"""Which actions wait for which, directly or not, and how long the way from each to the end is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assessment.domain.standard import Action


@dataclass(frozen=True, kw_only=True)
class Dependencies:
    """What an action waits for: ``done`` maps keys of actions to the weeks after their end, ``begun`` to those after their
    beginning. Both hold the indirect ones as well, so that an action that falls out of a plan still ties those around it.
    """

    done: Mapping[str, float]
    begun: Mapping[str, float]

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of everything it waits for."""
        return frozenset(self.done) | frozenset(self.begun)


def dependencies(actions: Mapping[str, Action], weeks_after: Callable[[Action, int], float]) -> dict[str, Dependencies]:
    """Return for each of these actions which of the others it waits for, in their order.

    ``weeks_after`` says for an action how many weeks after its beginning are meant by those that are written down.
    """
    known: dict[str, Dependencies] = {}

    def walk(key: str) -> Dependencies:
        if key not in known:
            done: dict[str, float] = {}
            begun: dict[str, float] = {}
            for earlier in actions[key].after:
                if earlier in actions:
                    _raise(done, walk(earlier).done, 0)
                    _raise(begun, walk(earlier).begun, 0)
                    done.setdefault(earlier, 0)
            for earlier, written in actions[key].alongside.items():
                if earlier in actions:
                    weeks = weeks_after(actions[earlier], written)
                    _raise(done, walk(earlier).done, weeks)
                    _raise(begun, walk(earlier).begun, weeks)
                    begun[earlier] = max(weeks, begun.get(earlier, 0))
            known[key] = Dependencies(done=done, begun=begun)
        return known[key]

    return {key: walk(key) for key in actions}


def _raise(present: dict[str, float], other: Mapping[str, float], more: float) -> None:
    """Take over what is new, so many weeks later, and of two figures the larger."""
    for key, weeks in other.items():
        if weeks + more >= present.get(key, 0):
            present[key] = weeks + more


def longest_ways(needs: Mapping[str, Dependencies], weeks: Mapping[str, float]) -> dict[str, float]:
    """Return for each key the least weeks from its beginning to the end of all that waits for it, itself included."""
    longest = {key: weeks[key] for key in needs}
    # Whatever waits for something waits for more than that does, so what waits for most has nothing left behind it.
    for later in sorted(needs, key=lambda key: len(needs[key].keys), reverse=True):
        for key, lag in needs[later].done.items():
            if key in longest:
                longest[key] = max(longest[key], weeks[key] + lag + longest[later])
        for key, lag in needs[later].begun.items():
            if key in longest:
                longest[key] = max(longest[key], lag + longest[later])
    return longest
