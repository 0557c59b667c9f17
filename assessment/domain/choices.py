"""What is chosen for an assessment, field by field, so that what two people choose comes together."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from assessment.domain.merge import merge_fields

# Names of fields: the organisation's, and of each standard whether it is chosen (a text, or an empty one), and how.
ORGANISATION, CHOSEN, EDITION, PATH = "organisation", "chosen", "edition", "path"
Choices = Mapping[str, str]


def field_of(standard: str, part: str) -> str:
    """Return the name of the field for a part of a standard's choice: ``CHOSEN``, ``EDITION`` or ``PATH``."""
    return f"{standard}/{part}"


def standards_in(choices: Choices) -> list[str]:
    """Return the ids of the standards that are chosen."""
    return [name.rpartition("/")[0] for name, said in choices.items() if name.endswith(f"/{CHOSEN}") and said]


@dataclass(frozen=True, kw_only=True)
class MergedChoices:
    """What comes of two people's choices; ``clashes`` names the fields that people must settle first."""

    choices: Choices
    clashes: frozenset[str]


def merge_choices(*, base: Choices, mine: Choices, theirs: Choices) -> MergedChoices:
    """Take each field from whoever changed it since ``base``.

    Besides fields that both changed, it is a clash where one takes out the standard whose edition or path the other changed,
    and where nothing would be left because each took out what the other kept.
    """
    merged, clashes = merge_fields(base=base, mine=mine, theirs=theirs)
    names = {name for name in merged if name.endswith(f"/{CHOSEN}")}
    clashes |= {name for name in names if _is_cut_short(name, base, mine, theirs)}
    if not any(merged[name] for name in names):
        clashes |= {name for name in names if mine.get(name) != base.get(name)}
    return MergedChoices(choices=merged, clashes=frozenset(clashes))


def _is_cut_short(name: str, base: Choices, mine: Choices, theirs: Choices) -> bool:
    """Tell whether one person takes out a standard that another works on: ``name`` is of the field that says so."""
    if name not in mine or bool(mine[name]) == bool(theirs.get(name)):
        return False
    takes_out, keeps = (theirs, mine) if mine[name] else (mine, theirs)
    standard = name.rpartition("/")[0]
    how: Collection[str] = (field_of(standard, EDITION), field_of(standard, PATH))
    return takes_out.get(name) != base.get(name) and any(keeps.get(part) != base.get(part) for part in how)
