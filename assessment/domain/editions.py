"""What changes from one edition of a standard to the next, read from the questions."""

from dataclasses import dataclass

from assessment.domain.standard import Edition, Question, Standard, clause_order


@dataclass(frozen=True, kw_only=True)
class EditionChanges:
    """The difference of two editions: questions only one of them has, and questions whose clause got another number."""

    old: Edition
    new: Edition
    added: tuple[Question, ...]
    dropped: tuple[Question, ...]
    moved: tuple[Question, ...]
    unchanged: int


def edition_changes(standard: Standard, new: Edition) -> EditionChanges | None:
    """Compare an edition with the one it supersedes; ``None`` for one that supersedes nothing. In clause order."""
    if not new.supersedes:
        return None
    old = standard.edition(new.supersedes)
    ordered = sorted(standard.questions, key=lambda question: clause_order(tuple(question.clauses.values())[-1][0]))
    both = [question for question in ordered if {old.id, new.id} <= set(question.clauses)]
    moved = tuple(question for question in both if question.clauses[old.id] != question.clauses[new.id])
    return EditionChanges(
        old=old,
        new=new,
        added=tuple(question for question in ordered if new.id in question.clauses and old.id not in question.clauses),
        dropped=tuple(question for question in ordered if old.id in question.clauses and new.id not in question.clauses),
        moved=moved,
        unchanged=len(both) - len(moved),
    )
