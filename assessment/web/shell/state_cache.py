"""A cache of what was read and worked out for one state of an assessment, so that the next page need not do it again.

A state is named by the hash of its last change, which covers every change before it. So nothing kept can be out of date:
whoever changes anything makes another state. Only what a browser was let into is ever looked up.
Without it a question page of a full assessment costs 2.3 times as much processor time, and a save the same:
`python -m tests.tools.processor_time state-cache`.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any, TypeVar

from assessment.domain.answers import AnswerSheet
from assessment.domain.profile import Profile
from assessment.storage.answers import load_sheet
from assessment.storage.history import last_hash
from assessment.storage.profiles import load_profile
from assessment.translation import language

STATES_REMEMBERED = 12
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class CachedState:
    """Answers and profile of one state, and what was worked out from them, by what it depends on besides."""

    sheet: AnswerSheet
    versions: dict[str, int]
    profile: Profile
    worked_out: dict[Hashable, Any] = field(default_factory=dict)

    def get_or_compute(self, key: Hashable, work: Callable[[], T]) -> T:
        """Return what ``work`` returns in the language of the request, which is done the first time only."""
        key = (language(), key)
        if key not in self.worked_out:
            self.worked_out[key] = work()
        value: T = self.worked_out[key]
        return value


class StateCache:
    """The states used last, by assessment and hash."""

    def __init__(self) -> None:
        self._states: OrderedDict[tuple[str, str], CachedState] = OrderedDict()
        self._lock = Lock()

    def state_of(self, assessment_id: str, chain: str) -> CachedState:
        """Return the state of an assessment whose last change has this hash; read where it is not known yet."""
        key = (assessment_id, chain)
        with self._lock:
            state = self._states.get(key) if chain else None
            if state is not None:
                self._states.move_to_end(key)
                return state
        sheet, versions = load_sheet(assessment_id)
        state = CachedState(sheet=sheet, versions=versions, profile=load_profile(assessment_id)[0])
        if last_hash(assessment_id) == chain:  # or this request has changed it since, and read what came of that
            with self._lock:
                self._states[key] = state
                while len(self._states) > STATES_REMEMBERED:
                    self._states.popitem(last=False)
        return state
