"""What changes from one edition of a standard to the next, read from the questions."""

from collections.abc import Mapping
from dataclasses import dataclass

from assessment.domain.answers import AnswerSheet
from assessment.domain.clauses import clause_order
from assessment.domain.firm import Firm
from assessment.domain.planning import Step, plan
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.standard import Action, Edition, Question, Standard


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


@dataclass(frozen=True, kw_only=True)
class EditionStep:
    """What going over to a newer edition takes: what is met already, what is not, and the work that is added."""

    changes: EditionChanges
    met: tuple[Question, ...]
    short: tuple[Question, ...]
    unknown: tuple[Question, ...]
    steps: tuple[Step, ...]

    @property
    def person_days(self) -> float:
        """The work that the newer edition adds."""
        return sum(step.person_days for step in self.steps)


def edition_step(
    old: Questionnaire, new: Questionnaire, actions: Mapping[str, Action], sheet: AnswerSheet, firm: Firm
) -> EditionStep | None:
    """Hold the answers against what the newer edition adds; ``None`` where it does not supersede the older one."""
    changes = edition_changes(new.standard, new.edition)
    if changes is None or changes.old is not old.edition:
        return None
    added = [question for question in changes.added if question.ref in new.by_ref]
    ready = sheet.with_rungs({question.ref: question.enough for question in old.questions if sheet.applies(question)})
    return EditionStep(
        changes=changes,
        met=tuple(q for q in added if not sheet.is_open(q) and not sheet.is_gap(q)),
        short=tuple(q for q in added if sheet.is_gap(q)),
        unknown=tuple(q for q in added if sheet.is_open(q)),
        steps=plan([new], actions, ready, firm),
    )
