"""The profile: stored and saved by the same rules as answers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from assessment.domain.profile import Profile
from assessment.storage import merge_save
from assessment.storage.database import reading, writing
from assessment.storage.history import PROFILE, Author, Content
from assessment.storage.idempotency import Once
from assessment.storage.serialization import storable
from assessment.storage.tables import profile_answer
from assessment.storage.versioned_values import Noted

Values = tuple[str, ...] | None


@dataclass(frozen=True, kw_only=True)
class ProfileSubmission:
    """A profile answer somebody wants saved; ``None`` for not answered. ``base_version`` as in a submission of an answer."""

    question: str
    values: Values
    base_version: int


@dataclass(frozen=True, kw_only=True)
class ProfileConflict:
    """Two people changed one profile answer: mine was not written."""

    question: str
    mine: Values
    theirs: Values
    version: int
    changed_by: str


@dataclass(frozen=True, kw_only=True)
class ProfileResult:
    """What became of a save, by question id, as in the result of saving answers."""

    saved: tuple[str, ...]
    unchanged: tuple[str, ...]
    conflicts: tuple[ProfileConflict, ...]


_SHELF = Noted(profile_answer, "question", PROFILE)


def load_profile(assessment_id: str) -> tuple[Profile, dict[str, int]]:
    """The profile, and the version of each of its answers by question id."""
    with reading() as connection:
        kept = _SHELF.load(connection, assessment_id)
    told = {question: profile_values(each.content) for question, each in kept.items()}
    values = {question: values for question, values in told.items() if values is not None}
    return Profile(values=values), {question: each.version for question, each in kept.items()}


def profile_values(content: Content) -> Values:
    """The values that an entry of the history holds; ``None`` for not answered."""
    return tuple(str(each) for each in content) if isinstance(content, list) else None


def save_profile(
    assessment_id: str, submissions: Sequence[ProfileSubmission], *, who: str, at: datetime, once: Once | None = None
) -> ProfileResult:
    """Save profile answers in one transaction, by the rules of `save_answers`."""
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    wanted = [
        merge_save.Wanted(
            subject=f"{PROFILE}/{each.question}",
            content=None if each.values is None else [storable(value) for value in each.values],
            base_version=each.base_version,
        )
        for each in submissions
    ]
    with writing() as connection:
        outcome = merge_save.save(connection, author, _SHELF, wanted, once=once)
    return ProfileResult(
        saved=tuple(map(_question, outcome.saved)),
        unchanged=tuple(map(_question, outcome.unchanged)),
        conflicts=tuple(_conflict(each) for each in outcome.clashes),
    )


def _question(subject: str) -> str:
    return subject.partition("/")[2]


def _conflict(clash: merge_save.Clash) -> ProfileConflict:
    return ProfileConflict(
        question=_question(clash.wanted.subject),
        mine=profile_values(clash.wanted.content),
        theirs=profile_values(clash.kept.content),
        version=clash.kept.version,
        changed_by=clash.kept.changed_by,
    )
