"""What the comparison of two standards says from code."""

from assessment.translation import gettext


def nothing_decided() -> str:
    """Return why nothing was saved: nothing was chosen."""
    return gettext("Say of at least one sentence whether it is true.")
