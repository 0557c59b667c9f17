"""What changes from one edition to the next."""

from assessment.domain.answers import AnswerSheet
from assessment.domain.editions import edition_changes, edition_step
from assessment.domain.question_path import QuestionPath
from assessment.domain.rules import Rung
from tests.domain.shipped import FIRM
from tests.support.content import LIBRARY


def test_changes_between_editions_are_counted() -> None:
    standard = LIBRARY.standards["iso-14001"]
    found = edition_changes(standard, standard.current)
    assert found is not None
    assert (found.old.id, found.new.id) == ("2015", "2026")
    assert len(found.added) == 8
    assert [question.id for question in found.dropped] == ["emergency-situations", "effects-of-purchases"]
    assert {"risks", "opportunities", "planned-actions", "continual-improvement"} <= {each.id for each in found.moved}
    assert found.unchanged == len(standard.questions) - 10 - len(found.moved)
    assert edition_changes(standard, found.old) is None


def test_a_firm_that_meets_2015_sees_what_2026_adds() -> None:
    old = LIBRARY.questionnaire("iso-14001", "2015", QuestionPath.FULL)
    new = LIBRARY.questionnaire("iso-14001", "2026", QuestionPath.FULL)
    sheet = AnswerSheet().with_rungs({question.ref: question.enough for question in old.questions})
    sheet = sheet.with_rungs({"iso-14001/planned-change": Rung.IN_USE, "iso-14001/audit-objectives": Rung.ABSENT})
    found = edition_step(old, new, LIBRARY.actions, sheet, FIRM)
    assert found is not None
    assert [question.id for question in found.met] == ["planned-change"]
    assert [question.id for question in found.short] == ["audit-objectives"]
    assert len(found.unknown) == 6
    # Every step serves something new, and the sum of work is small beside building the system.
    new_refs = {question.ref for question in found.changes.added}
    assert all({lift.question.ref for lift in step.lifts} <= new_refs for step in found.steps)
    assert 0 < found.person_days < 12
    assert edition_step(new, old, LIBRARY.actions, sheet, FIRM) is None
