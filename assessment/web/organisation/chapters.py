"""How far each chapter is: its status in words, where its row leads, and its stretch of the spine."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from flask import current_app, url_for
from markupsafe import Markup

from assessment.domain.answers import AnswerSheet, State
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Page, Questionnaire
from assessment.domain.standard import Chapter, Question
from assessment.reports.charts import Ticks, ticks
from assessment.web.shell.context import AssessmentContext
from assessment.web.wording import questions as wording


@dataclass(frozen=True, kw_only=True)
class Status:
    """How far a chapter is, as an id for styles and words for people."""

    id: str
    text: str
    counts: str


@dataclass(frozen=True, kw_only=True)
class Mark:
    """One chapter on the spine; ``href`` is empty where it leads nowhere."""

    number: str
    title: str
    href: str
    text: str
    current: bool
    ticks: Ticks


def chapter_status(questionnaire: Questionnaire, chapter: Chapter, sheet: AnswerSheet) -> Status:
    """Tell how far a chapter is: its state, and counts in words such as "7 of 9 answered, 1 not known yet"."""
    questions = questionnaire.in_chapter(chapter)
    states = [sheet.answer(question).state for question in questions]
    done = sum(not sheet.is_open(question) for question in questions)
    unknown = states.count(State.UNKNOWN)
    unreasoned = any(
        state is State.NOT_APPLICABLE and sheet.is_open(question) for state, question in zip(states, questions, strict=True)
    )
    if unreasoned:
        status = "needs-review"
    elif done == len(questions):
        status = "completed"
    else:
        status = "in-progress" if done or unknown else "not-started"
    return Status(id=status, text=wording.STATUSES[status], counts=wording.counts(done, len(questions), unknown))


def counts_of(questions: Sequence[Question], sheet: AnswerSheet) -> str:
    """Return how many of some questions are answered, in words."""
    done = sum(not sheet.is_open(question) for question in questions)
    unknown = sum(sheet.answer(question).state is State.UNKNOWN for question in questions)
    return wording.counts(done, len(questions), unknown)


def chapter_address(opened: AssessmentContext, questionnaire: Questionnaire, chapter: Chapter, sheet: AnswerSheet) -> str:
    """Return where a chapter's row leads: its first page with something open, or the check of its answers when nothing is.

    A page with something open that the path asks first goes before; where answers are gone through again, any such page does.
    """
    first = opened.asked_first(questionnaire)
    pages = questionnaire.pages if questionnaire.path is QuestionPath.AGAIN else ()
    again = (page for page in pages if page.chapter == chapter and any(each.ref in first for each in page.questions))
    leads_to = (
        next(_still_open(questionnaire, chapter, sheet, first), None)
        or next(_still_open(questionnaire, chapter, sheet), None)
        or next(again, None)
    )
    if leads_to is not None:
        slug = leads_to.slug
        return url_for("questions.page", assessment_id=opened.id, standard_id=questionnaire.standard.id, slug=slug)
    return url_for("questions.check", assessment_id=opened.id, standard_id=questionnaire.standard.id, chapter=chapter.number)


def _still_open(
    questionnaire: Questionnaire, chapter: Chapter, sheet: AnswerSheet, among: Collection[str] | None = None
) -> Iterator[Page]:
    """Yield the pages of a chapter with something open, for each question once; ``among`` are the refs that count."""
    for page in (*questionnaire.path_pages, *questionnaire.pages):
        if page.chapter.number == chapter.number:
            for question in page.questions:
                if (among is None or question.ref in among) and sheet.is_open(question):
                    yield page


def chapter_spine(
    opened: AssessmentContext | None, questionnaire: Questionnaire, sheet: AnswerSheet, current: str | None = None
) -> tuple[Mark, ...]:
    """Return the chapters of a questionnaire as marks on the spine; without an opened assessment they lead nowhere."""
    marks = []
    for chapter in questionnaire.chapters():
        drawn = ticks(questionnaire.in_chapter(chapter), sheet)
        marks.append(
            Mark(
                number=chapter.number,
                title=chapter.title,
                href=chapter_address(opened, questionnaire, chapter, sheet) if opened else "",
                text=wording.on_the_spine(chapter.title, drawn.counts),
                current=chapter.number == current,
                ticks=drawn,
            )
        )
    return tuple(marks)


def spine_html(opened: AssessmentContext, questionnaire: Questionnaire, sheet: AnswerSheet, current: str) -> Markup:
    """Render the spine as it stands on a page of one chapter."""
    macro = current_app.jinja_env.get_template("parts/spine.html").module.spine  # type: ignore[attr-defined]
    rendered: Markup = macro(
        chapter_spine(opened, questionnaire, sheet, current), wording.by_chapter(questionnaire.standard.name)
    )
    return rendered
