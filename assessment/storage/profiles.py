"""The profile: stored and saved by the same rules as answers."""

from collections.abc import Sequence
from datetime import datetime

from assessment.domain.profile import Profile
from assessment.storage import merge_save
from assessment.storage.database import reading
from assessment.storage.history import PROFILE, Author, Content
from assessment.storage.idempotency import IdempotencyKey
from assessment.storage.merge_save import Proposed, SaveResult
from assessment.storage.repository import Codec, Repository
from assessment.storage.serialization import storable
from assessment.storage.tables import profile_answer

# The values of one profile answer; ``None`` for not answered.
Values = tuple[str, ...] | None


def profile_values(content: Content) -> Values:
    """Return the values that a content holds."""
    return tuple(str(value) for value in content) if isinstance(content, list) else None


def _content(values: Values) -> Content:
    return None if values is None else [storable(value) for value in values]


# Keys are ids of profile questions.
PROFILE_ANSWERS: Repository[Values] = Repository(
    profile_answer, ("question",), Codec(to_content=_content, from_content=profile_values), PROFILE
)


def load_profile(assessment_id: str) -> tuple[Profile, dict[str, int]]:
    """Return the profile, and the version of each of its answers by question id."""
    with reading() as connection:
        stored = PROFILE_ANSWERS.load(connection, assessment_id)
    values = {question: each.value for question, each in stored.items() if each.value is not None}
    return Profile(values=values), {question: each.version for question, each in stored.items()}


def save_profile(
    assessment_id: str,
    proposals: Sequence[Proposed[Values]],
    *,
    who: str,
    at: datetime,
    idempotency_key: IdempotencyKey | None = None,
) -> SaveResult[Values]:
    """Save profile answers, by question id, in one transaction, by the rules of `merge_save.save`."""
    author = Author(assessment_id=assessment_id, who=storable(who), at=at)
    return merge_save.save_alone(author, PROFILE_ANSWERS, proposals, idempotency_key=idempotency_key)
