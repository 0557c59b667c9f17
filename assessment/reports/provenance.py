"""Where a summary was made from: what a workbook must remember to be taken back in without overwriting anybody."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class Provenance:
    """The id of the assessment, and the version each answer had, by question ref; 0 where there was none.

    ``lines`` are the versions of the lines of each worksheet, by the worksheet's id.
    """

    assessment_id: str
    versions: Mapping[str, int] = field(default_factory=dict)
    lines: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
