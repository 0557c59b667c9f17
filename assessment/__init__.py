"""ISO Readiness: readiness questionnaires for management system standards."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Flask

    from assessment.settings import Settings


def now_utc() -> datetime:
    """Return the time of the clock on the wall."""
    return datetime.now(UTC)


def create_app(settings: Settings | None = None, clock: Callable[[], datetime] = now_utc) -> Flask:
    """Build the application: see `assessment.factory.build`, which is loaded only now, so that commands start quickly."""
    from assessment.factory import build

    return build(settings, clock)
