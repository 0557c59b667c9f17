"""What question pages and the rows of chapters say."""

from collections.abc import Mapping

from assessment.translation import gettext, lazy_gettext, pgettext

STATUSES: Mapping[str, str] = {
    "not-started": lazy_gettext("Not started"),
    "in-progress": lazy_gettext("In progress"),
    "completed": lazy_gettext("Completed"),
    "needs-review": lazy_gettext("Needs review"),
}


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
