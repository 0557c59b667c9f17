"""Words of the files of data: key figures, CSV, the calendar, and the note in the file with everything."""

from collections.abc import Sequence
from datetime import date

from assessment.domain.standard import Action
from assessment.reports.wording.dates import day_in_words
from assessment.reports.wording.limits import NOT_AFFILIATED
from assessment.reports.wording.report import title
from assessment.translation import gettext, lazy_gettext, ngettext

SUMMARY_OF = lazy_gettext("Gap summary of")
DATE = lazy_gettext("Date")
ADVICE = lazy_gettext("Advice")
LIMITS = lazy_gettext("Limits")
EDITION = lazy_gettext("Edition")
# The key figures.
SCORE = lazy_gettext("Score")
VERDICT = lazy_gettext("Verdict")
ANSWERED = lazy_gettext("Answered")
STOPS = lazy_gettext("Would stop stage 1")
MAJORS = lazy_gettext("Likely majors")
MINORS = lazy_gettext("Likely minors")
NOT_SHOWN = lazy_gettext("Not shown yet")
LOOK_AGAIN = lazy_gettext("Worth another look")
MET = lazy_gettext("Met")
NOT_KNOWN = lazy_gettext("Not known yet")
NOT_APPLICABLE = lazy_gettext("Does not apply")
CERTIFICATE = lazy_gettext("Certificate, at the earliest")
HELD = lazy_gettext("held already")
ENDED = lazy_gettext("ended, can be restored")
NOT_ON_THE_WAY = lazy_gettext("not on the chosen way")


def of_worksheet(title: str, holds: str) -> str:
    """Return what a file of a worksheet holds, in the note on all files."""
    return gettext("%(worksheet)s: %(holds)s", worksheet=title, holds=holds)


def event_about(action: Action, who: str) -> list[str]:
    """Return what a step in a calendar is about."""
    return [
        action.why,
        gettext("Done when: %(done_when)s", done_when=action.done_when),
        gettext("Owner: %(who)s", who=who),
    ]


def close_majors_title(standard: str) -> str:
    """Return the name of the event for the day until which majors of a real audit have to be closed."""
    return gettext("%(standard)s: last day to close majors of stage 2", standard=standard)


def next_audit_title(standard: str) -> str:
    """Return the name of the event for the next audit of a certificate that is held."""
    return gettext("%(standard)s: next audit", standard=standard)


def event_titles(standard: str) -> tuple[str, str, str]:
    """Return the titles of the audits of a standard in a calendar: stage 1, stage 2, certificate."""
    return (
        gettext("%(standard)s: stage 1, at the earliest", standard=standard),
        gettext("%(standard)s: stage 2, at the earliest", standard=standard),
        gettext("%(standard)s: certificate, at the earliest", standard=standard),
    )


def stale_title(standard: str, asks: str) -> str:
    """Return the title of the last day on which something that was done still counts, in a calendar."""
    return gettext("%(standard)s: last day before this goes stale: %(question)s", standard=standard, question=asks)


def stale_about(clauses: Sequence[str], last_done: date, *, rhythm: bool) -> list[str]:
    """Return what such a day is about: where the standard asks for it, since when it counts, and what to do.

    ``rhythm`` says whether the standard wants it at intervals.
    """
    again = (
        gettext("Do it again by this day and enter the new date; an auditor would not take an older one as fresh.")
        if rhythm
        else gettext("Look again by this day and enter the new date; older than this it is worth another look, and no finding.")
    )
    return [
        ngettext("Clause %(clauses)s", "Clauses %(clauses)s", len(clauses), clauses=", ".join(clauses)),
        gettext("Last done %(day)s.", day=day_in_words(last_done)),
        again,
    ]


def event_of(event: str, organisation: str) -> str:
    """Return the title of an event with whose it is."""
    return gettext("%(event)s (%(organisation)s)", event=event, organisation=organisation)


def figure(label: str, value: str) -> str:
    """Return a key figure with its label."""
    return gettext("%(label)s: %(value)s", label=label, value=value)


def note_head(organisation: str, on: str) -> list[str]:
    """Return how the note begins."""
    return [title(" ".join(organisation.split())), on]


def note_contents() -> str:
    """Return what stands over the list of files."""
    return gettext("What is in here. All files show the same numbers:")


def note_end(signs: Sequence[str], version: str, rules: str) -> list[str]:
    """Return how to check the receipt, how formulas are kept from being such, and what the files were made with."""
    return [
        gettext(
            "receipt.json can be checked by anybody: choose it on the page “Check a receipt” of any installation, or run "
            "'iso-readiness verify receipt.json'. Both recompute every number and say what differs and why."
        ),
        gettext(
            "In the CSV files a text that begins like a formula (%(signs)s) has one apostrophe before it, so that no "
            "spreadsheet calculates it. Take that apostrophe off to get the text itself.",
            signs=" ".join(signs),
        ),
        gettext("Made with ISO Readiness %(version)s, rules %(rules)s.", version=version, rules=rules) + f" {NOT_AFFILIATED}",
    ]
