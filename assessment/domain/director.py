"""What a director is asked for: until when to decide, whom to name, how many days to give, what to put in force."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessment.domain.answers import AnswerSheet, State
from assessment.domain.calendar import Planned
from assessment.domain.deadline import DeadlineCheck
from assessment.domain.planning import StepNote
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.timeline import Timeline


@dataclass(frozen=True, kw_only=True)
class UnownedRole:
    """A role whose steps nobody owns yet: how many there are, and their work in person-days."""

    role: str
    steps: int
    person_days: float


@dataclass(frozen=True, kw_only=True)
class DirectorAsks:
    """What is asked of a director.

    ``deadline`` is the one for which work has to begin first, ``None`` where no deadline can be met by beginning in time.
    ``days_a_week`` meets every deadline that more days a week can meet, and is the pace of the plan otherwise. ``unowned`` are
    roles whose steps have no owner, most work first; ``to_sign`` steps, not done, whose outcome top management signs.
    """

    deadline: DeadlineCheck | None
    days_a_week: Fraction
    given: Fraction
    unowned: tuple[UnownedRole, ...]
    to_sign: tuple[Planned, ...]


def director_asks(timeline: Timeline, notes: Mapping[str, StepNote], standards: Collection[str]) -> DirectorAsks:
    """Return what a plan asks of a director, for steps and deadlines of these standards; ``notes`` by key of the step."""
    deadlines = [check for check in timeline.deadlines if check.standard in standards and check.start_by is not None]
    given = timeline.calendar.days_a_week or Fraction(1)
    to_do = [
        planned
        for planned in timeline.calendar.planned
        if set(planned.step.standards) & set(standards) and not notes.get(planned.key, StepNote()).done_on
    ]
    return DirectorAsks(
        deadline=min(deadlines, key=lambda check: (check.start_by, check.deadline), default=None),
        days_a_week=max([given, *(check.needed for check in deadlines if check.needed is not None)]),
        given=given,
        unowned=_unowned([planned for planned in to_do if not notes.get(planned.key, StepNote()).owner]),
        to_sign=tuple(sorted((one for one in to_do if one.step.action.signed), key=lambda one: (one.end, one.key))),
    )


def _unowned(planned: Sequence[Planned]) -> tuple[UnownedRole, ...]:
    roles = dict.fromkeys(one.step.action.role for one in planned)
    counted = [
        UnownedRole(
            role=role,
            steps=sum(one.step.action.role == role for one in planned),
            person_days=sum(one.step.person_days for one in planned if one.step.action.role == role),
        )
        for role in roles
    ]
    return tuple(sorted(counted, key=lambda role: -role.person_days))


@dataclass(frozen=True, kw_only=True)
class EvidenceShare:
    """How many questions are answered by a rung, and for how many of these evidence is named."""

    named: int
    answered: int


def evidence_share(questionnaires: Sequence[Questionnaire], sheet: AnswerSheet) -> EvidenceShare:
    """Return how much of what is answered has evidence, over all questionnaires; exclusions and open answers count nowhere."""
    answers = [sheet.answer(question) for asked in questionnaires for question in asked.questions if sheet.applies(question)]
    on_a_rung = [answer for answer in answers if answer.state is State.RUNG]
    return EvidenceShare(named=sum(bool(answer.evidence) for answer in on_a_rung), answered=len(on_a_rung))
