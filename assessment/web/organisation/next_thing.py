"""The one thing to do next, as a link with its words: on the overview, after the advice, at the end of answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import g, url_for

from assessment.domain.next_task import NextTask, OnPath, Task, next_task
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rights import Right
from assessment.storage.answers import last_changed
from assessment.storage.choices import changed_since_chosen
from assessment.web.shell.context import AssessmentContext, library
from assessment.web.wording import next_thing as wording

# Minutes for one question, by our own judgement: reading it and agreeing on a rung; in the full check also naming the evidence.
MINUTES_A_QUESTION = {
    QuestionPath.QUICK: 2,
    QuestionPath.FULL: 3,
    QuestionPath.NEW_IN_EDITION: 3,
    QuestionPath.AGAIN: 2,
}


@dataclass(frozen=True, kw_only=True)
class NextThing:
    """Where the next thing is, what it is called, and how much of it is left."""

    href: str
    title: str
    note: str


def next_thing(*, after_profile: bool = False, after_path: str = "") -> NextThing | None:
    """Return the next thing of the assessment that is opened, for whoever may answer; ``None`` for others.

    ``after_profile``: somebody just went through the profile, so whatever they left out there is not asked again at once.
    ``after_path``: somebody just went through the path of this standard, so what they left as it was is not asked again.
    """
    opened: AssessmentContext = g.opened
    if not opened.may(Right.ANSWER):
        return None
    task = next_task(
        [_on_path(opened, asked, again=asked.standard.id != after_path) for asked in opened.questionnaires],
        opened.judged(),
        opened.profile(),
        () if after_profile else library().profile,
        last=last_changed(opened.id) or "",
        advised=lambda: _advised(opened),
    )
    return NextThing(href=_address(opened, task), title=_title(task), note=_note(task))


def _on_path(opened: AssessmentContext, asked: Questionnaire, *, again: bool) -> OnPath:
    """Return a questionnaire with its path; one that goes through answers again does so until each was changed or left."""
    first = opened.asked_first(asked)
    if again and asked.path is QuestionPath.AGAIN:
        return OnPath(questionnaire=asked, first=first, again=first - changed_since_chosen(opened.id, asked.standard.id))
    return OnPath(questionnaire=asked, first=first)


def _advised(opened: AssessmentContext) -> Sequence[str]:
    """Return the chosen standards in the order of the way that is followed, then as chosen."""
    return list(dict.fromkeys((*opened.result().on_the_way, *(asked.standard.id for asked in opened.questionnaires))))


def _address(opened: AssessmentContext, task: NextTask) -> str:
    if task.group:
        return url_for("profile.group", assessment_id=opened.id, group_id=task.group.id)
    if task.questionnaire and task.page:
        standard = task.questionnaire.standard.id
        return url_for("questions.page", assessment_id=opened.id, standard_id=standard, slug=task.page.slug)
    return url_for("planning.plan", assessment_id=opened.id)


def _title(task: NextTask) -> str:
    if task.group:
        return wording.profile(task.group.title)
    if not task.questionnaire or not task.page:
        return wording.plan()
    name, chapter = task.questionnaire.standard.name, task.page.chapter
    if task.task is Task.START:
        return wording.start(task.questionnaire.path, name)
    if task.task is Task.FURTHER:
        return wording.further(task.questionnaire.path, name)
    return wording.go_on(name, chapter.number, chapter.title)


def _note(task: NextTask) -> str:
    if task.group:
        return wording.about_the_profile()
    if not task.questionnaire:
        return wording.all_looked_at()
    path = QuestionPath.FULL if task.task is Task.FURTHER else task.questionnaire.path
    minutes = MINUTES_A_QUESTION[path] * task.left
    if task.task is Task.CONTINUE:
        return wording.left(task.count - task.left, task.count, minutes)
    return wording.ahead(task.left, minutes)
