"""Pages with forms, written once a state for all who may the same: hidden fields are put in when somebody opens one.

Where nothing changed the plan takes 3 times as long as a bare page instead of 26, and a comparison 1.3 times instead of 11:
`python -m tests.tools.waits kept`. A question page costs 1.8 times the processor time without it:
`python -m tests.tools.processor_time kept-page`.
"""

import secrets
from collections.abc import Callable

from markupsafe import Markup

from assessment.web.shell.context import AssessmentContext
from assessment.web.shell.forms import PageForm


class FormToCome:
    """Stands for a form while its page is written: where the hidden fields belong it leaves a mark.

    The mark is random and never sent, so that nobody can write it into an answer and have a token put there.
    """

    def __init__(self) -> None:
        self.mark = Markup(secrets.token_hex(16))  # noqa: S704  # hexadecimal digits

    def hidden_fields(self) -> Markup:
        """Return the mark."""
        return self.mark


def cached_form_page(
    opened: AssessmentContext, name: str, form: PageForm, write: Callable[[FormToCome], str], *, shows_notes: bool = True
) -> str:
    """Return a page as `AssessmentContext.cached_page` keeps it, with the hidden fields of this browser's form in it."""

    def between() -> list[str]:
        to_come = FormToCome()
        return write(to_come).split(to_come.mark)

    first, *others = opened.cached_page(name, between, shows_notes=shows_notes)
    return "".join((first, *(part for other in others for part in (form.hidden_fields(), other))))
