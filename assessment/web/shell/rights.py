"""Who may do what: every route into an assessment declares the right it takes, and is opened to nobody without it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, g, request
from werkzeug.exceptions import Forbidden

from assessment.domain.rights import Right
from assessment.web.shell.context import AssessmentContext, open_assessment


class NotAllowedError(Forbidden):
    """Whoever asks may open this assessment, and has not the right that this takes."""

    def __init__(self, right: Right) -> None:
        super().__init__()
        self.right = right


def require(right: Right) -> None:
    """Let only those go on who have a right in the assessment that is opened: the one place where that is looked at."""
    if not may(right):
        raise NotAllowedError(right)


def may(right: str) -> bool:
    """Tell whether this browser has a right in the assessment that is opened; never without one."""
    opened: AssessmentContext | None = g.get("opened")
    return opened is not None and opened.may(Right(right))


class UndeclaredRightError(RuntimeError):
    """A route into an assessment does not say which right it takes, or lets people change something who may only read."""


_CHANGES = frozenset({"POST", "PUT", "PATCH", "DELETE"})


def with_assessment(*, may: Right, post: Right | None = None) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Hand a view the opened assessment instead of its id, once it is known that this browser has the right.

    ``may`` is the right that the route takes, ``post`` the one that sending its form takes where that is another.
    """
    rights = {"GET": may, "HEAD": may, "POST": post or may}

    def declared(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def opening(assessment_id: str, **parts: Any) -> Any:
            opened = open_assessment(assessment_id)
            require(rights[request.method])
            return view(opened, **parts)

        opening.rights = rights  # type: ignore[attr-defined]  # what `rights_of` reads
        return opening

    return declared


def rights_of(app: Flask, endpoint: str) -> dict[str, Right]:
    """Return the rights that a route takes, by method; empty where it declares none."""
    return getattr(app.view_functions[endpoint], "rights", {})


def refuse_undeclared_routes(app: Flask) -> None:
    """Raise ``UndeclaredRightError`` unless every route into an assessment declares its rights, and none changes by reading."""
    for rule in app.url_map.iter_rules():
        rights = rights_of(app, rule.endpoint)
        methods = (rule.methods or set()) - {"OPTIONS"}
        inside = "assessment_id" in rule.arguments or rule.rule.startswith("/a/")
        if inside and (methods - rights.keys() or any(rights[method] is Right.READ for method in methods & _CHANGES)):
            raise UndeclaredRightError(f"{rule.rule} ({rule.endpoint})")
