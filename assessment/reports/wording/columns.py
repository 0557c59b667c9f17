"""The heads of columns in the workbook and in CSV."""

from assessment.translation import gettext, lazy_gettext

STANDARD = lazy_gettext("Standard")
EDITION = lazy_gettext("Edition")
CLAUSE = lazy_gettext("Clause")
CLAUSE_TITLE = lazy_gettext("Clause title")
GRADE = lazy_gettext("Grade")
WHY = lazy_gettext("Why")
QUESTION = lazy_gettext("Question")
ANSWER = lazy_gettext("Answer")
NOTE = lazy_gettext("Note")
EVIDENCE = lazy_gettext("Evidence")
ACTIONS = lazy_gettext("Actions")
STEP = lazy_gettext("Step")
ACTION = lazy_gettext("Action")
STANDARDS = lazy_gettext("Standards")
FROM = lazy_gettext("From")
TO = lazy_gettext("To")
BEGINS = lazy_gettext("Begins")
PERSON_DAYS = lazy_gettext("Person-days")
LED_BY = lazy_gettext("Led by")
OWNER = lazy_gettext("Owner")
DUE = lazy_gettext("Due")
DONE_ON = lazy_gettext("Done on")
DONE_WHEN = lazy_gettext("Done when")


def leads_to(standard: str) -> str:
    """Return the head over what steps lead to for a standard."""
    return gettext("%(standard)s: leads to", standard=standard)


def perhaps(action: str) -> str:
    """Return an action that is planned for open answers only."""
    return gettext("%(action)s (only if unanswered questions turn out to be gaps)", action=action)
