"""Words of the workbook. What is read back from it stands in `workbook/columns.py`: those are names of its format."""

from collections.abc import Sequence
from datetime import date

from assessment.domain.planning import Step
from assessment.reports.wording.dates import day_in_words, days_in_words, in_figures
from assessment.reports.wording.limits import SELF_ASSESSMENT
from assessment.translation import gettext, lazy_gettext, ngettext

SUMMARY = lazy_gettext("Summary")
FINDINGS = lazy_gettext("Findings")
PLAN = lazy_gettext("Plan")
COMPARISON = lazy_gettext("Comparison")
RULES = lazy_gettext("How it is calculated")
FOOT = lazy_gettext("A self-assessment, not an audit")

# The summary.
WHERE = lazy_gettext("Where we stand")
STANDARD = lazy_gettext("Standard")
VERDICT = lazy_gettext("Verdict")
CERTAIN = lazy_gettext("Certain")
POSSIBLE = lazy_gettext("Possible")
ANSWERED = lazy_gettext("Answered")
ASKED = lazy_gettext("Asked")
NOT_APPLICABLE = lazy_gettext("Does not apply")
EARNED = lazy_gettext("Points earned")
IF_ENOUGH = lazy_gettext("If open is enough")
POSSIBLE_POINTS = lazy_gettext("Points possible")
FOUND = (
    lazy_gettext("Would stop stage 1"),
    lazy_gettext("Likely majors"),
    lazy_gettext("Likely minors"),
    lazy_gettext("Not shown yet"),
    lazy_gettext("Worth another look"),
)
BY_CHAPTER = lazy_gettext("By chapter")
CHAPTER = lazy_gettext("Chapter")
TITLE = lazy_gettext("Title")
STILL_OPEN = lazy_gettext("Still open")
BY_PRINCIPLE = lazy_gettext("By principle")
PRINCIPLE = lazy_gettext("Principle")

# Findings and plan.
FINDINGS_ABOUT = lazy_gettext("What an auditor would probably find")
NO_FINDINGS = lazy_gettext("Nothing that was answered is short of what is enough.")
PLAN_ABOUT = lazy_gettext("What to do, in a doable order")
AT_THE_EARLIEST = lazy_gettext("At the earliest")

# The comparison.
COMPARISON_ABOUT = lazy_gettext("What the standards share")
ONE_STANDARD = lazy_gettext("One standard was chosen for this download, so there is nothing to compare it with.")
SIDES_HEAD = (
    lazy_gettext("For"),
    lazy_gettext("From"),
    lazy_gettext("Confirmed answers only"),
    lazy_gettext("Suggested"),
    lazy_gettext("If every suggestion holds"),
    lazy_gettext("On shared topics"),
    lazy_gettext("Full readiness for the other would give"),
    lazy_gettext("Only the method serves again"),
)
TOPICS_HEAD = (lazy_gettext("Topic"), lazy_gettext("How far"), lazy_gettext("Why not in full"))
ONLY_HEAD = (lazy_gettext("Clause"), lazy_gettext("Answer"), lazy_gettext("Question"))


def about(on: date, editions: Sequence[str]) -> str:
    """Return what the workbook is about: the day, the editions, and what it is not."""
    return gettext(
        "%(day)s. %(editions)s. %(limits)s", day=day_in_words(on), editions=", ".join(editions), limits=SELF_ASSESSMENT
    )


def advice(on: date) -> str:
    """Return the heading over the advice."""
    return gettext("Advice and next steps, as of %(day)s", day=day_in_words(on))


def step(number: int, of: Step, standards: str) -> str:
    """Return a step in a line: what, for which standards, how much work, why."""
    return gettext(
        "%(number)s. %(title)s (%(standards)s; %(days)s). %(why)s",
        number=number,
        title=of.action.title,
        standards=standards,
        days=days_in_words(of.person_days),
        why=of.action.why,
    )


def certain_and_possible(standard: str) -> str:
    """Return what a series of the chart shows."""
    return gettext("%(standard)s: certain, with a line to what is possible", standard=standard)


def as_of(organisation: str, on: date, answers: str) -> str:
    """Return whose sheet it is, of which day, and how to have it worked out again with the sheet of answers."""
    return gettext(
        "%(organisation)s, as of %(day)s. Upload the sheet %(answers)s to have this worked out again.",
        organisation=organisation,
        day=day_in_words(on),
        answers=answers,
    )


def gives(left: str, right: str) -> str:
    """Return the heading over what two standards give each other."""
    return gettext("%(left)s and %(right)s: what the work for one gives the other", left=left, right=right)


def shared_topics(left: str, right: str) -> str:
    """Return the heading over what two standards share."""
    return gettext("%(left)s and %(right)s: shared topics", left=left, right=right)


def answer_and_asks(standard: str) -> tuple[str, str]:
    """Return the heads over the answers to a standard's questions, and over the questions."""
    return gettext("%(standard)s: answer", standard=standard), gettext("%(standard)s: asks", standard=standard)


def only_in(standard: str) -> str:
    """Return the heading over what only one standard asks."""
    return gettext("Only in %(standard)s", standard=standard)


def number_of_answers(number: int) -> str:
    """Return ``1 answer``, ``2 answers``."""
    return ngettext("%(num)s answer", "%(num)s answers", number)


def number_of_questions(number: int) -> str:
    """Return ``1 question``, ``2 questions``."""
    return ngettext("%(num)s question", "%(num)s questions", number)


def cut_here(most: int, units: int, answers: str) -> str:
    """Return that a text is longer than a cell, and on which sheet all of it stands."""
    return gettext(
        "(cut here: a cell holds %(most)s characters, the text has %(units)s; see the sheet %(answers)s)",
        most=in_figures(most),
        units=in_figures(units),
        answers=answers,
    )


def page_of(page: str, pages: str) -> str:
    """Return the number of a page; the program that shows it fills in both."""
    return gettext("Page %(page)s of %(pages)s", page=page, pages=pages)


def sheet_on(sheet: str, day: str) -> str:
    """Return the head of a printed page: which sheet, of which day."""
    return gettext("%(sheet)s, %(day)s", sheet=sheet, day=day)
