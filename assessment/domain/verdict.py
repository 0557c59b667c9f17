"""The words for how near an organisation is to an audit."""

from enum import IntEnum


class Verdict(IntEnum):
    """How near the organisation is to an audit."""

    TOO_EARLY = 0
    READY_FOR_STAGE_1 = 1
    READY_FOR_STAGE_2 = 2

    @property
    def id(self) -> str:
        """The word used in downloads, such as ``ready-for-stage-1``."""
        return self.name.lower().replace("_", "-")
