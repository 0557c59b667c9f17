"""A sample organisation: a whole assessment that nobody had to type."""

from dataclasses import dataclass

from assessment.domain.answers import AnswerSheet
from assessment.domain.profile import Profile
from assessment.domain.questionnaire import Questionnaire


@dataclass(frozen=True, kw_only=True)
class Sample:
    """An organisation with everything it answered."""

    organisation: str
    about: str
    questionnaires: tuple[Questionnaire, ...]
    profile: Profile
    sheet: AnswerSheet
