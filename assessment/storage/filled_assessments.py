"""An assessment that is started with answers: the demo of an invented organisation."""

from collections.abc import Sequence
from datetime import datetime

from assessment.domain.answers import Answer, AnswerSheet
from assessment.domain.profile import Profile
from assessment.storage.answers import ANSWERS
from assessment.storage.assessments import ChosenStandard, start
from assessment.storage.database import writing
from assessment.storage.history import Author
from assessment.storage.idempotency import IdempotencyKey
from assessment.storage.merge_save import Proposed, save
from assessment.storage.profiles import PROFILE_ANSWERS, Values


def create_filled(
    organisation: str,
    chosen: Sequence[ChosenStandard],
    sheet: AnswerSheet,
    profile: Profile,
    *,
    who: str,
    sid: str,
    at: datetime,
    idempotency_key: IdempotencyKey | None = None,
) -> str:
    """Start an assessment with everything it says, in one transaction, and return its id; ``who`` is named in its history.

    A repeat with the same idempotency key returns the same.
    """
    answers: list[Proposed[Answer]] = [Proposed(key=ref, value=answer, base_version=0) for ref, answer in sheet.answers.items()]
    values: list[Proposed[Values]] = [
        Proposed(key=question, value=values, base_version=0) for question, values in profile.values.items()
    ]
    with writing() as connection:
        assessment_id, is_new = start(connection, organisation, chosen, sid=sid, at=at, idempotency_key=idempotency_key)
        if is_new:
            author = Author(assessment_id=assessment_id, who=who, at=at)
            save(connection, author, ANSWERS, answers)
            save(connection, author, PROFILE_ANSWERS, values)
    return assessment_id
