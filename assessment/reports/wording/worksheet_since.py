"""What changed in a worksheet since it was accepted last."""

from collections.abc import Iterator, Mapping

from assessment.domain.accepted_worksheet import AcceptedWorksheet, Since, SinceLine
from assessment.domain.worksheet_lines import Filled
from assessment.reports.wording.dates import day_in_words
from assessment.reports.wording.significance import scored_in_words
from assessment.reports.wording.worksheet_lines import field_in_words
from assessment.translation import gettext, lazy_gettext, ngettext

HOW: Mapping[Since, str] = {
    Since.TO_CONFIRM: lazy_gettext("Still so?"),
    Since.NEW: lazy_gettext("New since then"),
    Since.CHANGED: lazy_gettext("Changed since then"),
    Since.DELETED: lazy_gettext("Deleted since then"),
    Since.CONFIRMED: lazy_gettext("Said to be still so"),
}
WHAT = lazy_gettext("What changed")
NOTHING = lazy_gettext("No line is new, changed or deleted.")


def title(version: AcceptedWorksheet) -> str:
    """Return the heading over what changed since a version was accepted."""
    return gettext("Since version %(number)s of %(day)s", number=version.number, day=day_in_words(version.on))


def nobody_said(version: AcceptedWorksheet) -> str:
    """Return that nobody said of a line whether it is still so."""
    return gettext(
        "Since version %(number)s of %(day)s nobody said whether this is still so.",
        number=version.number,
        day=day_in_words(version.on),
    )


def looked_at(confirmed: int, to_confirm: int) -> str:
    """Return of how many unchanged lines somebody said that they are still so, and of how many nobody did yet."""
    return gettext(
        "%(confirmed)s, %(to_confirm)s.",
        confirmed=ngettext("%(num)s line was said to be still so", "%(num)s lines were said to be still so", confirmed),
        to_confirm=ngettext(
            "of %(num)s line that did not change nobody did yet",
            "of %(num)s lines that did not change nobody did yet",
            to_confirm,
        ),
    )


def changes(found: SinceLine, now: Filled, then: Filled) -> Iterator[tuple[str, str, str]]:
    """Yield what changed in a line: the label, what it said then, and what it says now; empty where nothing stood there."""
    register = now.worksheet.register_of(found.line.id)
    for name in found.fields if register else ():
        field = register.by_id.get(name) if register else None
        if field is not None and found.before is not None:
            yield field.label, field_in_words(then, found.before, field), field_in_words(now, found.line, field)
    method = now.worksheet.method_of(register.id) if register else None
    if method and found.is_scored_otherwise and found.scored_before and found.scored:
        yield method.title, scored_in_words(method, found.scored_before), scored_in_words(method, found.scored)


def change_in_words(label: str, then: str, now: str) -> str:
    """Return one change of a line as a sentence."""
    nothing = gettext("nothing")
    return gettext("%(label)s: was “%(then)s”, is “%(now)s”", label=label, then=then or nothing, now=now or nothing)
