"""What a director is asked for: until when to decide, whom to name, how many days to give, what to put in force."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from assessment.domain.answers import AnswerSheet, State
from assessment.domain.deadline import DeadlineCheck
from assessment.domain.planning import Step, StepNote
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.timeline import Timeline
from assessment.domain.upkeep import Upkeep


@dataclass(frozen=True, kw_only=True)
class UnownedRole:
    """A role whose steps nobody owns yet: how many there are, and their work in person-days."""

    role: str
    steps: int
    person_days: float


@dataclass(frozen=True, kw_only=True)
class ToDo:
    """A step that is not done, and the day by which it should be: its end, or the next audit of what is held, where known."""

    step: Step
    end: date | None

    @property
    def key(self) -> str:
        """The key of the step."""
        return self.step.key


@dataclass(frozen=True, kw_only=True)
class DirectorAsks:
    """What is asked of a director.

    ``deadline`` is the one for which work has to begin first, ``None`` where no deadline can be met by beginning in time.
    ``days_a_week`` meets every deadline that more days a week can meet, and is the pace of the plan otherwise. ``unowned`` are
    roles whose steps have no owner, most work first; ``to_sign`` steps, not done, whose outcome top management signs. ``steps``
    counts those that are not done. ``held`` is what certificates that are held ask for, the next audit first.
    """

    deadline: DeadlineCheck | None
    days_a_week: Fraction
    given: Fraction
    unowned: tuple[UnownedRole, ...]
    steps: int
    to_sign: tuple[ToDo, ...]
    held: tuple[Upkeep, ...]


def director_asks(
    timeline: Timeline, notes: Mapping[str, StepNote], standards: Collection[str], upkeep: Sequence[Upkeep] = ()
) -> DirectorAsks:
    """Return what a plan asks of a director, for steps and deadlines of these standards; ``notes`` by key of the step.

    ``upkeep`` is what certificates of them that are held ask for; a step that several ask for is one.
    """
    held = tuple(sorted(upkeep, key=lambda one: one.certificate.next_audit or date.max))
    deadlines = [check for check in timeline.deadlines if check.standard in standards and check.start_by is not None]
    given = timeline.calendar.days_a_week or Fraction(1)
    steps = [ToDo(step=step, end=one.certificate.next_audit) for one in held for step in one.steps]
    steps += [
        ToDo(step=planned.step, end=planned.end)
        for planned in timeline.calendar.planned
        if set(planned.step.standards) & set(standards)
    ]
    by_key = {one.key: one for one in reversed(steps)}
    to_do = [one for one in steps if one is by_key[one.key] and not notes.get(one.key, StepNote()).done_on]
    return DirectorAsks(
        deadline=min(deadlines, key=lambda check: (check.start_by, check.deadline), default=None),
        days_a_week=max([given, *(check.needed for check in deadlines if check.needed is not None)]),
        given=given,
        unowned=_unowned([one for one in to_do if not notes.get(one.key, StepNote()).owner]),
        steps=len(to_do),
        to_sign=tuple(sorted((one for one in to_do if one.step.action.signed), key=lambda one: (one.end or date.max, one.key))),
        held=held,
    )


def _unowned(to_do: Sequence[ToDo]) -> tuple[UnownedRole, ...]:
    roles = dict.fromkeys(one.step.action.role for one in to_do)
    counted = [
        UnownedRole(
            role=role,
            steps=sum(one.step.action.role == role for one in to_do),
            person_days=sum(one.step.person_days for one in to_do if one.step.action.role == role),
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
