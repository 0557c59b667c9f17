"""The shipped content, and the demo on one day, for tests that work out numbers by hand."""

from datetime import date

from assessment.content import read_sample
from assessment.domain.answers import AnswerSheet
from assessment.domain.firm import Firm
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.result import assess
from assessment.domain.rules import Rung
from tests.support.content import CONTENT, LIBRARY

ON = date(2026, 11, 24)
ISO_9001 = LIBRARY.questionnaire("iso-9001", "2026", QuestionPath.FULL)
ISO_14001 = LIBRARY.questionnaire("iso-14001", "2026", QuestionPath.FULL)
BOTH = [ISO_9001, ISO_14001]
DEMO = read_sample(CONTENT / "demo.toml", LIBRARY, ON)
ENOUGH = AnswerSheet().with_rungs({question.ref: question.enough for question in ISO_9001.questions})
FIRM = Firm(profile=Profile(values={"people": (str(LIBRARY.rules.work.people),)}), rules=LIBRARY.rules.work)
RESULT = assess(LIBRARY, DEMO.questionnaires, DEMO.sheet, DEMO.profile, ON)


def answered(**rungs: Rung) -> AnswerSheet:
    """Return a sheet of ISO 9001 with these questions answered and all others open; ``_`` stands for ``-`` in an id."""
    return AnswerSheet().with_rungs({f"iso-9001/{name.replace('_', '-')}": rung for name, rung in rungs.items()})


def enough_but(**rungs: Rung) -> AnswerSheet:
    """Return a sheet of ISO 9001 on which everything is enough but these."""
    return AnswerSheet(answers={**ENOUGH.answers, **answered(**rungs).answers})


def firm(people: int = LIBRARY.rules.work.people, **answers: str) -> Firm:
    """Return an organisation of so many people, with these answers of its profile; ``_`` stands for ``-`` in an id."""
    values = {name.replace("_", "-"): (value,) for name, value in answers.items()}
    return Firm(profile=Profile(values={"people": (str(people),), **values}), rules=LIBRARY.rules.work)
