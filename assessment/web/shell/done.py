"""After a form did something its page leads on to another, which says what was done: the address carries a word of ours.

The word is one of a few, so nobody can have a page say anything else by a link.
"""

from urllib.parse import urlencode, urlsplit

from flask import redirect, request
from werkzeug.wrappers import Response

from assessment.web.wording.done import SAYS, Done

# The word in the address, and which line of a worksheet it is about; where the notice stands on the page.
_DONE, _LINE, _NOTICE = "done", "line", "was-done"


def lead_on(address: str, what: Done, *, line: str = "") -> Response:
    """Lead to a page of ours that says what was done: where the address points within the page, else at the notice."""
    target = urlsplit(address)
    said = {_DONE: what.value} | ({_LINE: line} if line else {})
    query = "&".join(part for part in (target.query, urlencode(said)) if part)
    return redirect(target._replace(query=query, fragment=target.fragment or _NOTICE).geturl(), 303)


def what_was_done() -> Done | None:
    """Return what the address says was done just now. A form that is sent from there does something else."""
    word = request.args.get(_DONE, "") if request.method == "GET" else ""
    return Done(word) if word in SAYS else None


def line_of_it() -> str:
    """Return the id of the line that it was done to, as the address says; empty where it names none."""
    return request.args.get(_LINE, "")


def said_of_it() -> str:
    """Return in words what was done just now; empty where the address says nothing of it."""
    what = what_was_done()
    return str(SAYS[what]) if what else ""
