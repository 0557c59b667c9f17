"""A cache of what was read and worked out for one state of an assessment, so that the next page need not do it again.

A state is named by the hash of its last change, which covers every change before it. So nothing kept can be out of date:
whoever changes anything makes another state. Only what a browser was let into is ever looked up.
Without it a question page of a full assessment costs 4 times as much processor time, and a save the same:
`python -m tests.tools.processor_time state-cache`.

A state that is not known yet is made of an earlier one of the same assessment where that is: the history says, from the change
that named the earlier one on, which answers are to be read anew. Without it a save and the question page after it cost 1.25
times as much: `python -m tests.tools.processor_time carried`.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, TypeVar

from assessment.domain.answers import NO_ANSWER, AnswerSheet
from assessment.domain.profile import Profile
from assessment.storage.answers import load_sheet, load_some
from assessment.storage.history import PROFILE, RESERVED, WORKSHEET, changed_since, last_change
from assessment.storage.profiles import load_profile
from assessment.translation import language

STATES_REMEMBERED, PAGES_KEPT = 12, 20
# More than there are at work on one day; a state that nobody changes would else gather something each day it is opened.
MOST_WORKED_OUT = 400
T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class WorkedOut:
    """What was worked out, by what it depends on besides the state, and by the language of the request.

    ``changed`` holds the subjects of what was changed since what `before` knows was worked out.
    """

    changed: frozenset[str] = frozenset()
    _found: dict[Hashable, Any] = field(default_factory=dict)
    _before: Mapping[Hashable, Any] = field(default_factory=dict)

    def get_or_compute(self, key: Hashable, work: Callable[[], T]) -> T:
        """Return what ``work`` returns in the language of the request, which is done the first time only."""
        key = (language(), key)
        try:
            value: T = self._found[key]
        except KeyError:
            value = self._keep(key, work())
        return value

    def renew(self, key: Hashable, work: Callable[[T | None], T]) -> T:
        """Return what ``work`` makes of what it made last in the language of the request; of ``None`` the first time."""
        key = (language(), key)
        return self._keep(key, work(self._found.get(key)))

    def _keep(self, key: Hashable, value: T) -> T:
        self._found[key] = value
        for oldest in list(self._found)[:-MOST_WORKED_OUT]:
            self._found.pop(oldest, None)
        return value

    def before(self, key: Hashable) -> Any:
        """Return what was worked out in the language of the request before the last change; ``None`` where nothing was."""
        return self._before.get((language(), key))

    def begun_anew(self, changed: Iterable[str]) -> "WorkedOut":
        """Return where to work out what changes of these subjects made of it; it knows what this one holds, nothing older."""
        return WorkedOut(changed=frozenset(changed), _before=dict(self._found))


@dataclass(frozen=True, kw_only=True)
class CachedState(WorkedOut):
    """Answers and profile of one state, and what was worked out from them.

    ``changes`` and ``chain`` are number and hash of the last change that led to it. What was worked out from a part of it alone
    stands in ``of_worksheets``, ``of_profile``, or ``of_answers`` (and profile): states have it together between which nothing
    of that part changed.
    """

    sheet: AnswerSheet
    versions: dict[str, int]
    profile: Profile
    changes: int
    chain: str
    of_worksheets: WorkedOut = field(default_factory=WorkedOut)
    of_profile: WorkedOut = field(default_factory=WorkedOut)
    of_answers: WorkedOut = field(default_factory=WorkedOut)
    pages: dict[Hashable, Any] = field(default_factory=dict)
    pages_without_notes: dict[Hashable, Any] = field(default_factory=dict)

    def get_or_write(self, key: Hashable, write: Callable[[], T], *, shows_notes: bool = True) -> T:
        """As `get_or_compute`, for the pages written last: there are as many as questions, and each takes its kilobytes.

        One that shows nothing of the notes of answers is the same in all states between which nothing else changed.
        """
        key = (language(), key)
        pages = self.pages if shows_notes else self.pages_without_notes
        kept = pages.get(key)
        page: T = kept if kept is not None else write()
        pages[key] = page
        for oldest in list(pages)[:-PAGES_KEPT]:
            pages.pop(oldest, None)
        return page


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
            earlier = next((known for of, known in reversed(self._states.items()) if of[0] == assessment_id), None)
        state = (carried_on(assessment_id, earlier) if earlier is not None else None) or _read(assessment_id)
        if state.chain == chain:  # or this request has changed it since, and read what came of that
            with self._lock:
                self._states[key] = state
                while len(self._states) > STATES_REMEMBERED:
                    self._states.popitem(last=False)
        return state


def carried_on(assessment_id: str, earlier: CachedState) -> CachedState | None:
    """Return the present state, made of an earlier one and what changed since; ``None`` where the history does not tell.

    Every change of an answer or of the profile stands in the history, so what it does not name is as it was.
    """
    subjects = changed_since(assessment_id, earlier.changes, earlier.chain)
    if subjects is None:
        return None
    kinds = {subject: subject.partition("/")[0] for subject in subjects}
    sheet, versions = load_some(assessment_id, [subject for subject, kind in kinds.items() if kind not in RESERVED])
    of_worksheets = [subject for subject, kind in kinds.items() if kind == WORKSHEET]
    profile_changed, answers_changed = PROFILE in kinds.values(), not RESERVED.issuperset(kinds.values())
    profile = load_profile(assessment_id)[0] if profile_changed else earlier.profile
    only_notes = RESERVED.isdisjoint(kinds.values()) and all(
        answer.counts_like(earlier.sheet.answers.get(ref, NO_ANSWER)) for ref, answer in sheet.answers.items()
    )
    answers = AnswerSheet(answers={**earlier.sheet.answers, **sheet.answers})
    return replace(
        _state(assessment_id, answers, {**earlier.versions, **versions}, profile),
        of_worksheets=earlier.of_worksheets.begun_anew(of_worksheets) if of_worksheets else earlier.of_worksheets,
        of_profile=WorkedOut() if profile_changed else earlier.of_profile,
        of_answers=WorkedOut() if profile_changed or answers_changed else earlier.of_answers,
        pages_without_notes=earlier.pages_without_notes if only_notes else {},
    )


def _read(assessment_id: str) -> CachedState:
    sheet, versions = load_sheet(assessment_id)
    return _state(assessment_id, sheet, versions, load_profile(assessment_id)[0])


def _state(assessment_id: str, sheet: AnswerSheet, versions: dict[str, int], profile: Profile) -> CachedState:
    """Return what was read, named by the change that is the last one now that it was read."""
    changes, chain = last_change(assessment_id) or (0, "")
    return CachedState(sheet=sheet, versions=versions, profile=profile, changes=changes, chain=chain)
