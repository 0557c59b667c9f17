"""What was answered, in words: one wording of the state of an answer for every page and format."""

from assessment.domain.answers import Answer, Evidence, State
from assessment.domain.rules import Rules
from assessment.reports.wording.dates import day_in_words
from assessment.translation import gettext, lazy_gettext

# Labels of what belongs to an answer.
QUESTION = lazy_gettext("Question")
ANSWER = lazy_gettext("Answer")
NOTE = lazy_gettext("Note")
EVIDENCE = lazy_gettext("Evidence")
LAST_DONE = lazy_gettext("Last done")
NONE_NAMED = lazy_gettext("None named")


def answer_in_words(answer: Answer, rules: Rules) -> str:
    """Return what was answered, with the reason or the person that belongs to it."""
    if answer.state is State.NOT_APPLICABLE and answer.reason.strip():
        return gettext("Does not apply: %(reason)s", reason=answer.reason)
    if answer.state is State.UNKNOWN and answer.who.strip():
        return gettext("Not known yet; %(who)s could know", who=answer.who)
    return state_in_words(answer, rules)


def state_in_words(answer: Answer, rules: Rules) -> str:
    """Return what was answered, where reason and person have a place of their own."""
    if answer.rung is not None:
        return rules.title(answer.rung)
    if answer.state is State.NOT_APPLICABLE:
        return gettext("Does not apply") if answer.reason.strip() else gettext("Does not apply, without a reason yet")
    if answer.state is State.UNKNOWN:
        return gettext("Not known yet")
    return gettext("Not answered yet")


def evidence_in_words(answer: Answer) -> str:
    """Return all evidence of an answer in one text, dates in ISO form."""
    return "; ".join(map(_piece_in_words, answer.evidence))


def _piece_in_words(piece: Evidence) -> str:
    more = [part for part in (piece.where, piece.dated.isoformat() if piece.dated else "") if part]
    return f"{piece.title} ({', '.join(more)})" if more else piece.title


def none_named(would_open: tuple[str, ...]) -> str:
    """Return that no evidence is named, and what an auditor would ask to see."""
    return gettext("None recorded. An auditor would ask to see: %(records)s.", records="; ".join(would_open))


def last_done_on(answer: Answer) -> str:
    """Return when something was last done; empty where the answer does not say."""
    return gettext("Last done on %(day)s", day=day_in_words(answer.last_done)) if answer.last_done else ""
