"""What question pages and the rows of chapters say."""

from collections.abc import Mapping

from assessment.domain.questionnaire import PageTitle, Questionnaire
from assessment.domain.standard import Question
from assessment.translation import gettext, lazy_gettext, ngettext, pgettext

YOUR_ANSWER = lazy_gettext("Your answer")
EVIDENCE_TITLE = lazy_gettext("What it is")
EVIDENCE_WHERE = lazy_gettext("Where to find it")
EVIDENCE_DATED = lazy_gettext("Its date")
STATUSES: Mapping[str, str] = {
    "not-started": lazy_gettext("Not started"),
    "in-progress": lazy_gettext("In progress"),
    "completed": lazy_gettext("Completed"),
    "needs-review": lazy_gettext("Needs review"),
}


def page_title(title: PageTitle) -> str:
    """Return what a question page is about as one text."""
    if title.last:
        return gettext("%(title)s, %(first)s to %(last)s", title=title.title, first=title.clause, last=title.last)
    text = title.title
    if title.clause:
        text = gettext(
            "%(title)s, %(clause)s %(clause_title)s", title=title.title, clause=title.clause, clause_title=title.clause_title
        )
    return gettext("%(title)s, continued", title=text) if title.continues else text


def clause_text(questionnaire: Questionnaire, question: Question) -> str:
    """Return the clauses a question touches, such as ``Clause 9.2.1`` or ``Clauses 9.2.1, 9.2.2``."""
    numbers = questionnaire.clauses(question)
    return ngettext("Clause %(clauses)s", "Clauses %(clauses)s", len(numbers), clauses=", ".join(numbers))


def evidence_not_named() -> str:
    """Return what to do about evidence that has a place or a date and no name."""
    return gettext("Say what the evidence is, or empty its other fields.")


def too_much_evidence(most: int, named: int) -> str:
    """Return what to do about more evidence than an answer has room for."""
    return gettext(
        "An answer has room for %(most)s pieces of evidence; here are %(named)s. Empty those you can do without.",
        most=most,
        named=named,
    )


def last_done_still_to_come() -> str:
    """Return what to do about a deed that is said to be done in the future."""
    return gettext("The day it was last done is still to come. Give a day in the past.")


def counts(answered: int, asked: int, unknown: int = 0) -> str:
    """Return how many of how many questions are answered, and how many of the others are not known yet."""
    if unknown:
        return gettext(
            "%(answered)s of %(asked)s answered, %(unknown)s not known yet", answered=answered, asked=asked, unknown=unknown
        )
    return gettext("%(answered)s of %(asked)s answered", answered=answered, asked=asked)


def by_chapter(standard: str) -> str:
    """Return what the spine of a standard shows."""
    return gettext("%(standard)s by chapter", standard=standard)


def on_the_spine(title: str, drawn: str) -> str:
    """Return the name of a chapter's mark on the spine, with what is drawn in it."""
    return gettext("%(chapter)s: %(counts)s", chapter=title, counts=drawn)


def not_asked_here(name: str) -> str:
    """Return why a field that this page does not have is refused."""
    return gettext(
        "This page does not ask “%(field)s”. No question of this standard is called so. Nothing was saved yet. What was typed "
        "for it is shown apart, to be copied; send the rest again.",
        field=name,
    )


def essential() -> str:
    """Return the mark of a question whose shortfall is a likely major finding."""
    return pgettext("mark of a question", "Essential")


def looked_at_in_stage_1() -> str:
    """Return the mark of a question that an auditor looks at in stage 1."""
    return pgettext("mark of a question", "Looked at in stage 1")


def taken_over_from(standard: str, asks: str) -> str:
    """Return where an answer was carried from."""
    return gettext("Taken over from %(standard)s: %(question)s", standard=standard, question=asks)


def reason_missing(asks: str) -> str:
    """Return that "does not apply" needs a reason, with the question it is missing at: a page can have several."""
    return gettext("Say why this does not apply to you: “%(question)s” Without a reason it stays open.", question=asks)


SECTION_REASON = lazy_gettext("Why does none of it apply?")


def section_reason_missing(clause: str) -> str:
    """Return that leaving out a whole section needs a reason."""
    return gettext("Say why nothing of %(clause)s applies to you. Without a reason it stays as it is.", clause=clause)


def no_such_section() -> str:
    """Return that what was sent is about no section of the page that can be left out."""
    return gettext("This page has no such section to leave out. Nothing was saved. Open it again.")
