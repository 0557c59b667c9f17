"""What pages say about worksheets: what is missing, and how far one is."""

from datetime import date

from assessment.reports.wording.dates import day_in_words
from assessment.translation import gettext, lazy_gettext, ngettext
from assessment.web.wording import forms

NOT_HERE_BECAUSE = lazy_gettext("Not here, because")


def progress(begun: int, complete: int, parts: int, missing: int) -> str:
    """Return how far a worksheet is."""
    if begun == 0:
        return gettext("not begun")
    if missing == 0:
        return gettext("complete")
    parts_text = gettext(
        "%(begun)s of %(parts)s parts begun, %(complete)s complete", begun=begun, parts=parts, complete=complete
    )
    missing_text = ngettext("%(count)s thing missing", "%(count)s things missing", missing, count=missing)
    return gettext("%(parts)s, %(missing)s", parts=parts_text, missing=missing_text)


def part_progress(lines: int, missing: int) -> str:
    """Return how far one part is."""
    lines_text = ngettext("%(count)s line", "%(count)s lines", lines, count=lines)
    if missing == 0:
        return lines_text
    missing_text = ngettext("%(count)s thing missing", "%(count)s things missing", missing, count=missing)
    return gettext("%(lines)s, %(missing)s", lines=lines_text, missing=missing_text)


def nothing_there(title: str) -> str:
    """Return what is said of a line without a name."""
    return gettext("no name yet, in: %(register)s", register=title)


def changed_meanwhile(line: str, by: str) -> str:
    """Return that somebody else changed a line while its form was open."""
    return gettext("%(name)s changed %(line)s while your page was open.", name=by, line=line)


def lines_changed_while_looking() -> str:
    """Return why some lines of a workbook are shown again."""
    return gettext("These lines changed while you were looking. All others were saved.")


def line_changed_again(line: str) -> str:
    """Return what to do about a line that changed after it was looked at."""
    return gettext("This line was changed again meanwhile; look at it and choose: %(line)s", line=line)


def needed_by(lines: list[str]) -> str:
    """Return why a line cannot be deleted, with the lines that need it."""
    return gettext("It is not deleted: these lines need it. Change them first: %(lines)s.", lines=", ".join(lines))


def no_room(most: int) -> str:
    """Return that a worksheet has as many lines as it can hold."""
    return gettext("This worksheet has %(most)s lines, and there is room for no more.", most=f"{most:,}")


def of_line(line_id: str, fault: str) -> str:
    """Return what is wrong with a line, which is named."""
    return gettext("Line %(line)s. %(fault)s", line=line_id, fault=fault)


def reason_for_not_here() -> str:
    """Return that turning a candidate down takes a reason."""
    return gettext("Say why it does not happen here, in a few words.")


def candidate_gone() -> str:
    """Return that a starter list was replaced while its page was open."""
    return gettext(
        "This starter list was replaced while your page was open; the candidate is not on it any more. Nothing was saved."
    )


def press_one() -> str:
    """Return that a button must be pressed."""
    return gettext("Press one of the buttons at a candidate.")


def as_of(day: date, months: int, *, old: bool) -> str:
    """Return when a candidate was looked up, and how old that is where it is old."""
    if old:
        return gettext("As of %(day)s: this is %(months)s months old. Check locally.", day=day_in_words(day), months=months)
    return gettext("As of %(day)s. Check locally.", day=day_in_words(day))


def reason_too_long(length: int, longest_text: int) -> str:
    """Return that a reason has too many characters."""
    return forms.too_long(gettext("Not here, because"), length, longest_text)


def points_at() -> str:
    """Return what introduces the names of what a candidate would point at."""
    return gettext("Duties to look at")


def shown_by(lines: list[str]) -> str:
    """Return which lines of a worksheet show that an answer is true."""
    return gettext("Lines %(lines)s", lines=", ".join(lines))


def about_entry(title: str, entry: str) -> str:
    """Return what a change in the history was about: a worksheet, and a line or a candidate of it."""
    return gettext("%(worksheet)s: %(entry)s", worksheet=title, entry=entry)


def accepted_version(number: str) -> str:
    """Return what an accepted version is called."""
    return gettext("version %(number)s", number=number)


def accepted() -> str:
    """Return that a version was accepted."""
    return gettext("accepted")


def later() -> str:
    """Return that a candidate was put off."""
    return gettext("put off until later")


def not_here(because: str) -> str:
    """Return why a candidate was turned down."""
    return gettext("not here, because: %(because)s", because=because)


def deleted() -> str:
    """Return that a line was deleted."""
    return gettext("deleted")


def brought_back() -> str:
    """Return that a line was brought back."""
    return gettext("brought back")


def still_so() -> str:
    """Return that somebody said that a line is still so."""
    return gettext("said to be still so")


def empty() -> str:
    """Return what stands for a line without anything in it."""
    return gettext("empty")


def accepted_meanwhile() -> str:
    """Return that somebody else accepted a version at the same time."""
    return gettext("A version was accepted meanwhile; it is shown below.")


def stands_in_the_way(says: str, lines: list[str]) -> str:
    """Return what is to be done before a worksheet is accepted, with the lines it is about."""
    return gettext("%(lines)s: %(text)s", lines=", ".join(lines), text=says) if lines else says


def fill_in_first(title: str) -> str:
    """Return which register is to be filled in before a worksheet is accepted."""
    return gettext("Fill in “%(title)s” first.", title=title)
