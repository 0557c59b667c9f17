"""What error pages say: what happened, what became of what was typed, and what to do next."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from assessment.domain.rights import Right
from assessment.translation import gettext, lazy_gettext, ngettext


@dataclass(frozen=True, kw_only=True)
class ErrorText:
    """What an error page says."""

    title: str
    text: str


BY_STATUS: Mapping[int, ErrorText] = {
    400: ErrorText(
        title=lazy_gettext("We could not read this request"),
        text=lazy_gettext("Nothing was saved. Go back, check what you typed, and send it again."),
    ),
    403: ErrorText(
        title=lazy_gettext("This form came from another site"),
        text=lazy_gettext(
            "Nothing was saved. Open the page here and send the form from it. If you did send it from here, tell whoever runs "
            "this installation: its public address may not be set."
        ),
    ),
    404: ErrorText(
        title=lazy_gettext("There is no such page here"),
        text=lazy_gettext(
            "Either the address is wrong, or it belongs to an assessment that this browser does not hold. "
            "Open it through its private link, or ask the person who started it for one."
        ),
    ),
    405: ErrorText(
        title=lazy_gettext("This address cannot be used that way"),
        text=lazy_gettext("Go back to the page you came from and try again."),
    ),
    410: ErrorText(
        title=lazy_gettext("This assessment is being deleted"),
        text=lazy_gettext(
            "Nothing was saved. Whoever started the assessment can undo the deletion for seven days; then send this again."
        ),
    ),
    413: ErrorText(
        title=lazy_gettext("That was too much at once"),
        text=lazy_gettext("Nothing was saved. Shorten the text and send it again. One page takes up to 2 MB."),
    ),
    422: ErrorText(
        title=lazy_gettext("This form was sent before with something else in it"),
        text=lazy_gettext(
            "Nothing was saved this time, so that nothing is saved twice. Look at what you typed and send it again."
        ),
    ),
    429: ErrorText(
        title=lazy_gettext("Too many requests"),
        text=lazy_gettext("Nothing was saved. Wait a few minutes and send it again."),
    ),
    500: ErrorText(
        title=lazy_gettext("Something went wrong on our side"),
        text=lazy_gettext("Nothing was saved. Send it again; if this happens every time, tell whoever runs this installation."),
    ),
    503: ErrorText(
        title=lazy_gettext("The database does not answer right now"),
        text=lazy_gettext("Nothing was saved. Wait a moment and send it again; no restart is needed."),
    ),
}
# Of a page within an assessment that this browser holds.
PAGE_IS_GONE = ErrorText(
    title=lazy_gettext("This page is not part of the assessment now"),
    text=lazy_gettext(
        "You can open the assessment; this page of it is not there. The standards or the edition may have been changed since "
        "you opened it, or the address is wrong. Go to the overview for what is asked now."
    ),
)
NOT_HELD = lazy_gettext("This browser does not hold the assessment any longer")
TYPED_FOR_IT = lazy_gettext(
    "The assessment is open here, but the standards or the edition were changed while this page was open, so nothing was "
    "saved. What you typed is below: copy it, or send it again once the standard or edition is chosen again."
)
ANOTHER_TAB = lazy_gettext(
    "So nothing was saved. What you typed is below. Open your private link in another tab, then come back here and send it "
    "again."
)
# The same for a page that saves by itself and goes on showing what was typed.
STAYS_HERE = lazy_gettext(
    "So nothing can be saved. What you typed stays on this page: leave it open, open your private link in another tab, then "
    "press “Save and continue” here."
)
STAYS_HERE_TOO = lazy_gettext(
    "The standards or the edition were changed while this page was open, so nothing can be saved from it. What you typed stays "
    "on this page, to be copied."
)
STILL_IN_THE_BROWSER = lazy_gettext(
    "Nothing was saved. It is too much to be shown here; go back in your browser, where it still is, and send less at once. "
    "One page takes up to 2 MB."
)
UNREADABLE = ErrorText(
    title=lazy_gettext("Some characters could not be read"),
    text=lazy_gettext(
        "Nothing was saved. What you sent is below as far as it can be read; “\N{REPLACEMENT CHARACTER}” stands for what "
        "cannot. Type that again and send it."
    ),
)
_ASK = lazy_gettext("Your link does not allow this")
NOT_ALLOWED: Mapping[Right, ErrorText] = {
    Right.READ: ErrorText(
        title=_ASK, text=lazy_gettext("Nothing is shown. Ask the person who started the assessment for another link.")
    ),
    Right.ANSWER: ErrorText(
        title=_ASK,
        text=lazy_gettext(
            "Your link lets you read this assessment, not answer its questions. Whoever has a link to "
            "answer and plan can, and so can the person who started it. Ask them for such a link."
        ),
    ),
    Right.PLAN: ErrorText(
        title=_ASK,
        text=lazy_gettext(
            "The plan, the letterhead and which standards are looked at can be changed by whoever has a "
            "link to answer and plan, and by the person who started the assessment. Ask them for such a link."
        ),
    ),
    Right.CONFIRM: ErrorText(
        title=_ASK,
        text=lazy_gettext(
            "Proposed answers can be confirmed by whoever has a link to answer and plan, and by the person "
            "who started the assessment. Ask them for such a link."
        ),
    ),
    Right.SHARE: ErrorText(
        title=_ASK,
        text=lazy_gettext(
            "Private links can be made, and everything exported, by whoever has a link to answer and plan, and by the person "
            "who started the assessment. Ask them."
        ),
    ),
    Right.OWN: ErrorText(
        title=lazy_gettext("Only the person who started this assessment can do that"),
        text=lazy_gettext(
            "The person who started the assessment can rename it, delete it, keep it after all, and end "
            "links that others made. Ask them."
        ),
    ),
}


def not_saved(refused: ErrorText) -> ErrorText:
    """Return a refusal for whoever did not only open a page but sent something."""
    return replace(refused, text=gettext("Nothing was saved. %(reason)s", reason=refused.text))


def too_many_assessments(most: int) -> ErrorText:
    """Return what is said where one address has started as many assessments as it may in a day."""
    return ErrorText(
        title=gettext("Too many assessments for one day"),
        text=ngettext(
            "Nothing was saved: from one address %(num)s assessment can be started or imported a day. Send it again tomorrow.",
            "Nothing was saved: from one address %(num)s assessments can be started or imported a day. Send it again tomorrow.",
            most,
        ),
    )


def grown_too_much(megabytes: int) -> ErrorText:
    """Return what is said where an assessment has grown by as much as it may in a day."""
    return ErrorText(
        title=gettext("This assessment has grown too much for one day"),
        text=gettext(
            "Nothing was saved: its history takes up to %(size)s MB a day, which people do not write. Send it again tomorrow; "
            "everything saved before is kept.",
            size=megabytes,
        ),
    )


def addressed_elsewhere(public_url: str) -> ErrorText:
    """Say that the address names another server than this one, and which address it has, where that is known."""
    if not public_url:
        text = gettext("Nothing was saved. Open the address that whoever runs this installation gave you.")
    else:
        text = gettext("Nothing was saved. Open %(address)s instead.", address=public_url)
    return ErrorText(title=gettext("This installation is not known by that name"), text=text)
