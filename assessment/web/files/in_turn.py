"""A file that is made while somebody waits for it: handed out, or a page that says why it is not."""

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass

from flask import current_app, render_template, request
from flask.typing import ResponseReturnValue

from assessment.reports import child_process
from assessment.web.files.attachment import attachment
from assessment.web.shell.context import AssessmentContext
from assessment.web.shell.limits import limit
from assessment.web.wording import files as wording

_PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, kw_only=True)
class AskedFile:
    """A file that somebody asks for.

    ``make`` returns it with what follows the organisation in its name; one that is ``heavy`` takes a place meanwhile. ``back``
    is the address of the page it was asked for on, and ``others`` are address, name and purpose of what can be had instead.
    """

    name: str
    media_type: str
    heavy: bool
    make: Callable[[], tuple[bytes, str]]
    back: str
    others: Sequence[tuple[str, str, str]] = ()


def in_its_turn(opened: AssessmentContext, asked: AskedFile) -> ResponseReturnValue:
    """Make a file and hand it out, or say that its turn has not come yet."""

    def made() -> ResponseReturnValue:
        content, rest = asked.make()
        return attachment(content, asked.media_type, opened.record.organisation, rest)

    try:
        return when_free(opened, asked.name, asked.back, made, heavy=asked.heavy)
    except child_process.DocumentError:
        current_app.logger.exception("A download could not be made: %s", request.path.rpartition("/")[2])
        return could_not_be_made(opened, asked.name, asked.back, asked.others)


def when_free(
    opened: AssessmentContext, name: str, back: str, make: Callable[[], ResponseReturnValue], *, heavy: bool = True
) -> ResponseReturnValue:
    """Answer with what takes long once a place is free, or say that its turn has not come yet.

    Nothing waits here: that would hold a thread that pages need. ``name`` is what people ask for and ``back`` the address of
    the page they ask on; what is not ``heavy`` takes no place.
    """
    limit("download")  # also for what finds no place: asking again and again is not free
    try:
        with child_process.place(wait=0) if heavy else nullcontext():
            return make()
    except child_process.TooBusyError:
        return _waiting(opened, name, back)


def _waiting(opened: AssessmentContext, name: str, back: str) -> ResponseReturnValue:
    """Show a page that asks again by itself until it is its turn; a program gets a 503 with the seconds to wait."""
    at_once, seconds = child_process.AT_ONCE, child_process.SECONDS_UNTIL_FREE
    if not _is_read_by_a_person():
        text = wording.documents_in_the_making(at_once, seconds)
        return f"{text}\n", 503, {"Retry-After": str(seconds), "Content-Type": _PLAIN}
    page = render_template("downloads/waiting.html", opened=opened, name=name, back=back, at_once=at_once, seconds=seconds)
    return page, 202, {"Refresh": str(seconds)}


def could_not_be_made(
    opened: AssessmentContext, name: str, back: str, others: Sequence[tuple[str, str, str]] = ()
) -> ResponseReturnValue:
    """Say that a file could not be made, with what can be had instead; the arguments are those of an `AskedFile`."""
    if not _is_read_by_a_person():
        return f"{wording.document_failed(name)}\n", 500, {"Content-Type": _PLAIN}
    return render_template("downloads/failed.html", opened=opened, name=name, back=back, others=others), 500


def _is_read_by_a_person() -> bool:
    """Tell whether the one who asks says that it shows pages, as browsers do and programs do not."""
    return "text/html" in request.headers.get("Accept", "")
