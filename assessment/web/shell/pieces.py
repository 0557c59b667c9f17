"""Pieces of pages that many states have alike, rendered once for what they show.

A template writes ``{% call piece("name", what, it, shows) %}...{% endcall %}``. All that the piece shows is named, but for the
content, the language of the request and the root of all addresses: what is not named would be shown to others as it was first.
Without it findings after another answer cost 1.7 times as much processor time, the plan 1.3 times:
`python -m tests.tools.processor_time pieces`.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

from flask import Flask, current_app, request
from markupsafe import Markup

from assessment.translation import language

# Each takes a kilobyte or two; a full assessment of two standards has some five hundred.
PIECES_KEPT = 1_500
T = TypeVar("T")


class Pieces:
    """The pieces rendered last."""

    def __init__(self) -> None:
        self._kept: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get_or_render(self, key: Hashable, render: Callable[[], T]) -> T:
        """Return the piece of a key, rendered where it is not kept."""
        with self._lock:
            kept: T | None = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                return kept
        made = render()
        with self._lock:
            self._kept[key] = made
            while len(self._kept) > PIECES_KEPT:
                self._kept.popitem(last=False)
        return made


def keep_pieces(app: Flask) -> None:
    """Have the app keep the pieces it rendered last, and let templates call them."""
    app.extensions["pieces"] = Pieces()
    app.jinja_env.globals["piece"] = piece


def piece(*shows: Hashable, caller: Callable[[], Markup]) -> Markup:
    """Return a piece of a template that shows these things and nothing else that may change."""
    return kept_piece(shows, caller)


def kept_piece(shows: Hashable, render: Callable[[], T]) -> T:
    """Return what is rendered of these things, the first time only in the language of the request."""
    pieces: Pieces = current_app.extensions["pieces"]
    return pieces.get_or_render((shows, request.script_root, language()), render)
