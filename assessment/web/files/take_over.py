"""How a workbook that was filled in is taken over: ask for it, show what would change, and save what was shown.

The page that shows the changes carries the file itself, and the file is read and decided again when it is taken over. So
nothing waits on the server that could be lost, there is no second form of the same thing to trust, and what changed meanwhile
is seen. What a workbook holds, answers or lines, is told by who inherits from ``TakeOver``.
"""

import base64
import binascii
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for
from flask.typing import ResponseReturnValue
from wtforms import FileField, HiddenField

from assessment.reports.child_process import SECONDS_UNTIL_FREE, TooBusyError
from assessment.reports.workbook.decision import Decision
from assessment.reports.workbook.reader import WorkbookError
from assessment.storage.idempotency import settled_with
from assessment.storage.merge_save import Proposed
from assessment.web.shell.forms import FormError, PageForm, status_of
from assessment.web.shell.idempotency import idempotency_key
from assessment.web.shell.limits import limit
from assessment.web.wording import files as wording

MOST_BYTES = 4 * 1024 * 1024
# The file comes back as base64, with the other fields of the page.
MOST_BYTES_CARRIED = 6 * 1024 * 1024
# Names of fields that say what to do about a conflict, and which version of what is stored was seen.
SETTLE, SEEN = "settle-", "seen-"
HERE, FILE, JOIN = WAYS = ("here", "file", "join")


class UploadForm(PageForm):
    """Choose the workbook that was filled in."""

    file = FileField(wording.WORKBOOK, description=wording.WORKBOOK_HINT)


class TakeOverForm(PageForm):
    """Take over what was shown."""

    workbook = HiddenField(wording.WORKBOOK_SHOWN)


class RefusedError(Exception):
    """A file cannot be taken over: what to tell, and the status to tell it with."""

    def __init__(self, text: str, status: int = 422) -> None:
        super().__init__(text)
        self.status = status


@dataclass(frozen=True, kw_only=True)
class ChangeView:
    """One thing that the file changes, ready to be shown.

    ``key`` names the fields that settle it, ``anchor`` its place in the page, ``called`` what people call it. ``version`` is
    the one that is stored now; ``can_join`` says whether both sides may be offered together.
    """

    change: Any
    key: str
    anchor: str
    called: str
    version: int
    can_join: bool

    @property
    def settled(self) -> str:
        """What the form says about it: one of ``WAYS``, or something that was never offered."""
        return request.form.get(SETTLE + self.key, "")


D = TypeVar("D", bound=Decision[Any, Any])
V = TypeVar("V", bound=ChangeView)


class TakeOver(ABC, Generic[D, V]):
    """One request about a workbook: ``answered`` goes the way, the other methods say what its kind of workbook asks for."""

    @property
    @abstractmethod
    def assessment_id(self) -> str:
        """The assessment that takes the file over."""

    @abstractmethod
    def decide(self, raw: bytes) -> D:
        """Hold a file against what is stored now. May raise ``WorkbookError``, ``TooBusyError``."""

    @abstractmethod
    def ask(self, form: PageForm, errors: list[FormError], taken: int | None) -> str:
        """Return the page that asks for a file; ``taken`` is how much of the last one was saved, if one was just now."""

    @abstractmethod
    def page(self, decision: D, **shared: Any) -> str:
        """Return the page of what a file would change, from what every such page has."""

    @abstractmethod
    def view(self, change: Any) -> V:
        """Return a change or conflict as the page shows it."""

    @abstractmethod
    def not_settled(self, view: V, *, seen: bool) -> str:
        """Return what is wrong with how a conflict was settled, or nothing; ``seen`` where it is as it was looked at."""

    @abstractmethod
    def proposed(self, change: Any, value: Any, version: int) -> Proposed[Any]:
        """Return what is to be saved of a change: the value, made from a version."""

    @abstractmethod
    def save(self, raw: bytes, decision: D) -> ResponseReturnValue:
        """Save what the workbook changes, in one transaction; conflicts only as people settled them."""

    @abstractmethod
    def taken(self, count: int) -> ResponseReturnValue:
        """Lead to where it is said how much was taken over."""

    def answered(self) -> ResponseReturnValue:
        """Answer the request: ask for a file, show what it would change, or take over what was shown."""
        if request.method == "GET":
            return self.ask(UploadForm(), [], request.args.get("taken", type=int))
        request.max_content_length = request.max_form_memory_size = MOST_BYTES_CARRIED
        limit("workbook")  # before the file is read: what is refused costs its sender an attempt as well
        carried = "workbook" in request.form
        form = TakeOverForm() if carried else UploadForm()
        right = form.validate()
        if not right and not carried:
            return self.ask(form, form.errors_to_show(), None), status_of(form)
        # Sent again, what it changed is there already, and what it settled no longer stands as it was seen.
        before = settled_with(self.assessment_id, idempotency_key()) if carried and right else None
        if before is not None:
            return self.taken(before)
        try:
            raw = _carried(request.form["workbook"]) if carried else _uploaded()
            decision = self._decided(raw)
        except RefusedError as refused:
            errors = [*form.errors_to_show(), FormError(href="#file", text=str(refused))]
            waits = {"Retry-After": str(SECONDS_UNTIL_FREE)} if refused.status == 503 else {}
            return self.ask(UploadForm(formdata=None), errors, None), refused.status if right else status_of(form), waits
        if not carried:
            return self.preview(raw, decision), 422 if decision.faults else 200
        errors = [*form.errors_to_show(), *self._unsettled(decision)]
        if errors or decision.faults:
            return self.preview(raw, decision, errors), 422 if right else status_of(form)
        return self.save(raw, decision)

    def proposals(self, decision: D) -> list[Proposed[Any]]:
        """Return what is to be saved. One that was settled for the file is made from the version that people saw."""
        wanted = [self.proposed(change, change.mine, change.base_version) for change in decision.changes]
        for view in map(self.view, decision.conflicts):
            if view.settled in (FILE, JOIN):
                value = view.change.together if view.settled == JOIN else view.change.outcome
                wanted.append(self.proposed(view.change, value, view.version))
        return wanted

    def preview(self, raw: bytes, decision: D, errors: Iterable[FormError] = ()) -> str:
        """Return the page of what a file would change, which carries the file."""
        return self.page(
            decision,
            form=TakeOverForm(formdata=None),
            errors=list(errors),
            here=url_for(request.endpoint or "", **request.view_args or {}),
            changes=[self.view(change) for change in decision.changes],
            conflicts=[self.view(change) for change in decision.conflicts],
            raw=base64.b64encode(raw).decode(),
            unread=wording.not_read(decision.unread),
            settle=SETTLE,
            seen=SEEN,
        )

    def changed_meanwhile(self, raw: bytes, text: str) -> ResponseReturnValue:
        """Return the page of changes, decided again, as somebody saved while it was looked at."""
        return self.preview(raw, self._decided(raw), [FormError(href="#conflicts", text=text)]), 409

    def _unsettled(self, decision: D) -> Iterator[FormError]:
        for view in map(self.view, decision.conflicts):
            seen = request.form.get(SEEN + view.key) == str(view.version)
            if text := self.not_settled(view, seen=seen):
                yield FormError(href=f"#conflict-{view.anchor}", text=text)

    def _decided(self, raw: bytes) -> D:
        """Hold a file against what is stored now. Raises ``RefusedError``."""
        if len(raw) > MOST_BYTES:
            raise RefusedError(wording.workbook_too_large(MOST_BYTES // 2**20), 413)
        try:
            return self.decide(raw)
        except WorkbookError as error:
            raise RefusedError(wording.nothing_saved(str(error))) from error
        except TooBusyError:
            raise RefusedError(wording.workbook_has_to_wait(), 503) from None


def _uploaded() -> bytes:
    file = request.files.get("file")
    return file.read() if file else b""


def _carried(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        raise RefusedError(wording.file_missing()) from None
