"""Who may do what in an assessment: one table of roles and rights. What it does not name is not allowed."""

from collections.abc import Mapping
from enum import StrEnum


class Right(StrEnum):
    """Something that people may be allowed to do in an assessment.

    ``READ``: see everything in it, and take documents along. ``ANSWER``: answer questions and the profile, also from a
    workbook, and bring an earlier answer back. ``PLAN``: steps, which standards are looked at, what it costs, the letterhead.
    ``CONFIRM``: take over answers that are proposed. ``SHARE``: make private links and end one's own, and export everything.
    ``OWN``: rename, delete, and end any link.
    """

    READ = "read"
    ANSWER = "answer"
    PLAN = "plan"
    CONFIRM = "confirm"
    SHARE = "share"
    OWN = "own"


class Role(StrEnum):
    """What somebody is in an assessment; the values are stored with links and with the browsers that hold it."""

    OWNER = "owner"
    EDITOR = "editor"
    RESPONDENT = "respondent"
    READER = "reader"


RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.OWNER: frozenset(Right),
    Role.EDITOR: frozenset({Right.READ, Right.ANSWER, Right.PLAN, Right.CONFIRM, Right.SHARE}),
    Role.RESPONDENT: frozenset({Right.READ, Right.ANSWER}),
    Role.READER: frozenset({Right.READ}),
}


def allows(role: str, right: Right) -> bool:
    """Tell whether a role has a right. A role that the table does not know, such as one of a newer version, has none."""
    return any(right in rights for known, rights in RIGHTS.items() if known == role)
