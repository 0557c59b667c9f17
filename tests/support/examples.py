"""How many examples a property is held to."""

from hypothesis import settings

_STEADY = 60


def examples(number: int) -> int:
    """Return so many, or as few as the profile `quick` takes of everything."""
    asked_for = settings.default.max_examples if settings.default else _STEADY
    return min(number, asked_for) if asked_for < _STEADY else number
