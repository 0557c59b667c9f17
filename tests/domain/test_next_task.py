"""The one thing to do next, from the first visit to the last answer."""

from collections.abc import Iterable

from assessment.domain.answers import Answer, AnswerSheet, State, on_rung
from assessment.domain.next_task import NextTask, OnPath, Task, next_task
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.rules import Rung
from tests.support.content import LIBRARY

NINE, FOURTEEN = (LIBRARY.questionnaire(each.id, each.current.id, QuestionPath.QUICK) for each in LIBRARY.standards.values())
PATHS = tuple(
    OnPath(questionnaire=each, first=frozenset(question.ref for question in each.questions if question.quick))
    for each in (NINE, FOURTEEN)
)
TOLD = Profile(values={group.questions[0].id: ("1",) for group in LIBRARY.profile})
IN_USE = on_rung(Rung.IN_USE)


def task(answered: Iterable[str] = (), *, profile: Profile = TOLD, last: str = "", how: Answer = IN_USE) -> NextTask:
    sheet = AnswerSheet(answers=dict.fromkeys(answered, how))
    advised = [FOURTEEN.standard.id, NINE.standard.id]
    return next_task(PATHS, sheet, profile, LIBRARY.profile, last=last, advised=lambda: advised)


def test_at_first_the_profile_is_next_page_by_page() -> None:
    first = task(profile=Profile())
    assert (first.task, first.group) == (Task.PROFILE, LIBRARY.profile[0])
    begun = Profile(values={LIBRARY.profile[0].questions[0].id: ("5",)})
    assert task(profile=begun).group == LIBRARY.profile[1]


def test_then_the_standard_that_is_advised_is_begun_on_its_path() -> None:
    begun = task()
    assert (begun.task, begun.questionnaire, begun.page) == (Task.START, FOURTEEN, FOURTEEN.path_pages[0])
    assert begun.left == begun.count == len(PATHS[1].first)


def test_a_path_that_is_begun_goes_on_behind_what_was_changed_last_whatever_is_advised() -> None:
    in_chapter_8 = next(question for question in NINE.questions if question.quick and question.chapter == "8")
    going = task([in_chapter_8.ref], last=in_chapter_8.ref)
    assert (going.task, going.questionnaire) == (Task.CONTINUE, NINE)
    assert going.page
    assert going.page.chapter.number in ("8", "9")
    assert going.left == going.count - 1
    assert task([in_chapter_8.ref], last=in_chapter_8.ref, profile=Profile()).task is Task.CONTINUE


def test_at_the_end_of_a_path_the_other_standard_is_next_then_the_profile_then_the_rest_then_the_plan() -> None:
    last = max(PATHS[0].first)
    other = task(PATHS[0].first, last=last)
    assert (other.task, other.questionnaire) == (Task.START, FOURTEEN)
    both = PATHS[0].first | PATHS[1].first
    assert task(both, last=last, profile=Profile()).group == LIBRARY.profile[0]
    further = task(both, last=last)
    assert (further.task, further.questionnaire) == (Task.FURTHER, NINE)
    assert further.left == further.count == len(NINE.questions) - len(PATHS[0].first)
    assert further.page
    assert any(not question.quick for question in further.page.questions)
    everything = [question.ref for asked in (NINE, FOURTEEN) for question in asked.questions]
    assert task(everything, last=last).task is Task.PLAN


def test_what_nobody_knows_yet_has_been_looked_at_and_a_missing_reason_has_not() -> None:
    unknown = Answer(state=State.UNKNOWN, who="The foreman")
    assert task(PATHS[0].first | PATHS[1].first, last=max(PATHS[0].first), how=unknown).task is Task.FURTHER
    excludable = next(question for question in NINE.questions if question.quick and question.may_not_apply)
    without = AnswerSheet(
        answers={**dict.fromkeys(PATHS[0].first | PATHS[1].first, IN_USE), excludable.ref: Answer(state=State.NOT_APPLICABLE)}
    )
    left = next_task(PATHS, without, TOLD, LIBRARY.profile, last=excludable.ref, advised=list)
    assert left.page
    assert excludable in left.page.questions
