"""What is missing for a complete worksheet, as what is to be done."""

from collections.abc import Iterable

from assessment.domain.completeness import Missing
from assessment.domain.worksheet import RuleKind
from assessment.translation import gettext, ngettext


def missing_in_words(missing: Missing) -> str:
    """Return what is to be done where a field is empty or a rule misses something."""
    if missing.field is not None:
        return to_fill_in([missing.field.label])
    says = missing.rule.says if missing.rule else ""
    if missing.choice:
        return gettext("%(choice)s: %(text)s", choice=missing.choice, text=says)
    if missing.rule is not None and missing.rule.kind is RuleKind.DECIDED:
        count = missing.count
        return ngettext("%(text)s %(count)s is left.", "%(text)s %(count)s are left.", count, text=says, count=count)
    return says


def grouped(missing: Iterable[Missing]) -> list[tuple[Missing, str]]:
    """Return what is missing with its words, rules first; the empty fields of one line are one entry."""
    found, fields = [], dict[str, list[Missing]]()
    for each in missing:
        if each.line is not None and each.field is not None:
            fields.setdefault(each.line.id, []).append(each)
        else:
            found.append((each, missing_in_words(each)))
    for of_line in fields.values():
        labels = [each.field.label for each in of_line if each.field is not None]
        found.append((of_line[0], to_fill_in(labels)))
    return found


def to_fill_in(labels: list[str]) -> str:
    """Return which fields of a line are to be filled in."""
    return gettext("Fill in: %(labels)s.", labels="; ".join(labels))


def missing_of_line(line: str, text: str) -> str:
    """Return what is missing on a line."""
    return gettext("%(line)s: %(text)s", line=line, text=text)
