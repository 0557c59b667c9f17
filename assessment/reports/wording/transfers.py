"""Why an exported assessment is not taken in."""

from collections.abc import Mapping

from assessment.reports.wording.dates import in_figures
from assessment.translation import gettext, lazy_gettext

# What is wrong with a document or a part of it, by the name under which storage reports it.
FAULTS: Mapping[str, str] = {
    "is-no-json": lazy_gettext("This file is no JSON document, so it is no export of an assessment."),
    "is-no-export": lazy_gettext(
        "This file is no export of an assessment. Take the file that “Everything, to move or keep” gave."
    ),
    "has-another-version": lazy_gettext(
        "This export has version %(version)s; this installation reads versions 1 to %(newest)s."
    ),
    "is-damaged": lazy_gettext("This export is damaged: %(kind)s: %(detail)s."),
    "is-not-installed": lazy_gettext("%(standard)s, edition %(edition)s, is not installed here."),
    "has-other-parts": lazy_gettext("It has other parts than %(parts)s."),
    "is-not-a-text": lazy_gettext("It is not a text."),
    "is-too-long": lazy_gettext("It has %(number)s characters; at most %(most)s can be kept."),
    "is-empty": lazy_gettext("It is empty."),
    "has-other-fields": lazy_gettext("It has other fields than this product writes."),
    "has-an-entry-with-other-fields": lazy_gettext("It has an entry with other fields than this product writes."),
    "has-an-unknown-depth": lazy_gettext("It names a path through the questions that is not known here."),
    "has-an-empty-field": lazy_gettext("It has an empty field."),
    "names-a-standard-twice": lazy_gettext("It names a standard twice."),
    "has-a-time-in-another-form": lazy_gettext("It has a time in another form than this product writes."),
    "is-no-number": lazy_gettext("It is not a number that can be."),
    "does-not-follow": lazy_gettext("Its history is not whole from here on: a change is missing or was altered."),
    "does-not-follow-the-version-before-it": lazy_gettext("It does not follow the version before it."),
    "is-not-what-the-history-says": lazy_gettext("It is not what the history says."),
    "is-not-the-one-the-history-names": lazy_gettext("It is not the picture that the history names."),
    "is-no-picture-as-this-product-makes-them": lazy_gettext("It is no picture as this product makes them."),
    "is-no-such-change": lazy_gettext("It is no such change."),
    "is-no-answer": lazy_gettext("It is no answer."),
    "is-about-no-question": lazy_gettext("It is about no question."),
    "has-too-many-entries": lazy_gettext("It has %(number)s entries; at most %(most)s can be kept."),
    "has-too-much-evidence": lazy_gettext("It has %(number)s pieces of evidence; an answer has room for %(most)s."),
    "has-evidence-without-a-name": lazy_gettext("It has evidence without a name."),
    "is-no-profile-answer": lazy_gettext("It is no answer of the profile."),
    "cannot-be-answered-so": lazy_gettext("“%(question)s” cannot be answered like this."),
    "is-no-note-on-a-step": lazy_gettext("It is no note on a step."),
    "is-no-part-of-a-letterhead": lazy_gettext("It is no part of a letterhead."),
    "is-an-empty-part-of-a-letterhead": lazy_gettext("It is an empty part of a letterhead."),
    "is-no-note-on-an-import": lazy_gettext("It is no note on an import."),
    "is-nothing-about-a-link": lazy_gettext("It is nothing about a private link."),
    "is-no-refusal": lazy_gettext("It does not say which suggestion was turned down."),
    "is-no-choice-of-standards": lazy_gettext("It is no choice of standards."),
    "was-confirmed-on-no-day": lazy_gettext("%(line)s was confirmed on no day."),
    "cannot-say-this": lazy_gettext("“%(field)s” of %(line)s cannot say this."),
    "is-no-entry-of-a-worksheet": lazy_gettext("It is no entry of a worksheet."),
}


def why_not_taken_in(fault: str, where: str, values: Mapping[str, str | int]) -> str:
    """Return what is wrong with a document, and in which part of it where that is known."""
    shown = {name: in_figures(value) if isinstance(value, int) else value for name, value in values.items()}
    said = str(FAULTS[fault]) % shown if shown else str(FAULTS[fault])
    return gettext("In “%(part)s” of this file: %(fault)s", part=where, fault=said) if where else said
