"""The one thing to do next in an assessment, and how much of it is left."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from assessment.domain.answers import AnswerSheet, State
from assessment.domain.profile import Profile, ProfileGroup
from assessment.domain.questionnaire import Page, Questionnaire
from assessment.domain.standard import Question


class Task(StrEnum):
    """What kind of thing is next."""

    PROFILE = "profile"
    START = "start"
    CONTINUE = "continue"
    FURTHER = "further"
    PLAN = "plan"


@dataclass(frozen=True, kw_only=True)
class NextTask:
    """The next thing: a page of the profile, or a page of questions with ``left`` of ``count`` questions to go through.

    While a path is followed, both count what it asks first; once it is done, what else the questionnaire asks.
    """

    task: Task
    group: ProfileGroup | None = None
    questionnaire: Questionnaire | None = None
    page: Page | None = None
    left: int = 0
    count: int = 0


@dataclass(frozen=True, kw_only=True)
class OnPath:
    """A questionnaire, and the refs of the questions its path asks first.

    ``again`` are those among them that are gone through although they were looked at before.
    """

    questionnaire: Questionnaire
    first: frozenset[str]
    again: frozenset[str] = frozenset()

    def waiting(self, sheet: AnswerSheet) -> list[Question]:
        """Return what the path asks first and nobody has looked at, or not again."""
        asked = (question for question in self.questionnaire.questions if question.ref in self.first)
        return [question for question in asked if question.ref in self.again or _waits(question, sheet)]


def next_task(
    paths: Sequence[OnPath],
    sheet: AnswerSheet,
    profile: Profile,
    groups: Iterable[ProfileGroup],
    *,
    last: str,
    advised: Callable[[], Sequence[str]],
) -> NextTask:
    """Return what to do next. ``last`` is the ref of the question changed last, empty where none was.

    Pages of the profile on which nothing is said come first while no question is answered. Then the path of the standard
    worked on last is brought to its end, then those of the others in the order of ``advised``, which is asked for only where it
    matters. Then what is left of the profile, what the paths did not ask first, and at last the plan. Who said "we don't know
    yet" has looked at a question.
    """
    open_group = next((group for group in groups if all(profile.get(each.id) is None for each in group.questions)), None)
    if open_group and not last:
        return NextTask(task=Task.PROFILE, group=open_group)
    working = next((path for path in paths if last in path.questionnaire.by_ref), None)
    if working and (waiting := working.waiting(sheet)):
        return _questions(working, waiting, sheet, last, among=working.first)
    unfinished = [path for path in paths if path.waiting(sheet)]
    if len(unfinished) > 1:
        order = advised()
        unfinished.sort(key=lambda path: order.index(path.questionnaire.standard.id))
    if unfinished:
        return _questions(unfinished[0], unfinished[0].waiting(sheet), sheet, last, among=unfinished[0].first)
    if open_group:
        return NextTask(task=Task.PROFILE, group=open_group)
    for path in paths:
        if further := [question for question in path.questionnaire.questions if _waits(question, sheet)]:
            return _questions(path, further, sheet, last, among=())
    return NextTask(task=Task.PLAN)


def _questions(path: OnPath, waiting: Sequence[Question], sheet: AnswerSheet, last: str, *, among: Collection[str]) -> NextTask:
    """Return the page to go on with: from the question changed last on, the first on which something waits."""
    pages = path.questionnaire.pages if not among else path.questionnaire.path_pages or path.questionnaire.pages
    at = next((number for number, page in enumerate(pages) if any(each.ref == last for each in page.questions)), 0)
    refs = {question.ref for question in waiting}
    page = next(page for page in pages[at:] + pages[:at] if any(each.ref in refs for each in page.questions))
    if not among:
        task, count = Task.FURTHER, len(waiting)
    else:
        count = len(among)
        untouched = all(sheet.answer(each).state is State.UNANSWERED for each in path.questionnaire.questions)
        task = Task.START if untouched or path.again else Task.CONTINUE
    return NextTask(task=task, questionnaire=path.questionnaire, page=page, left=len(waiting), count=count)


def _waits(question: Question, sheet: AnswerSheet) -> bool:
    return sheet.is_open(question) and sheet.answer(question).state is not State.UNKNOWN
