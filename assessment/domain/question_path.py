"""The path through a questionnaire: which questions are asked first. It changes no number."""

from enum import StrEnum


class QuestionPath(StrEnum):
    """Which questions of an edition are asked first; `asked_first.asked_first` picks them."""

    QUICK = "quick"
    FULL = "full"
    NEW_IN_EDITION = "new-in-edition"
    AGAIN = "again"
