"""Answers that are proposed elsewhere, by a finished step or a worksheet, and taken over by a press, never by themselves."""

from collections.abc import Mapping

from flask import request

from assessment.domain.answers import Answer
from assessment.storage.answers import save_answers
from assessment.storage.merge_save import Proposed
from assessment.web.shell.context import AssessmentContext, library, now
from assessment.web.shell.forms import FormError, PageForm, version_sent
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.wording import planning as wording

# Beginnings of names of fields that say which version of an answer was shown beside a proposal.
SEEN = "seen-"


class TakeOverForm(PageForm):
    """Take over what is proposed: the pressed button says which."""


def take_over(opened: AssessmentContext, proposed: Mapping[str, Answer], *, href: str) -> list[FormError]:
    """Save what the pressed button names, one or all, of the proposed answers by the refs of their questions.

    Nothing is saved where one of them was changed since it was shown; that is told, about the part of the page at ``href``.
    """
    pressed = request.form.get("question", "")
    taken = [
        Proposed(key=ref, value=answer, base_version=version_sent(SEEN + ref))
        for ref, answer in proposed.items()
        if pressed in (ref, "all")
    ]
    saved = save_answers(opened.id, taken, who=opened.record.who, at=now(), idempotency_key=idempotency_key())
    asks = (library().questions[conflict.key].asks for conflict in saved.conflicts)
    return [FormError(href=href, text=wording.answer_changed(question)) for question in asks]
