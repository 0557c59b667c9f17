"""The steps to do next: what a page and the documents show first."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from assessment.domain.planning import Step, StepNote
from assessment.reports.summary import GapSummary
from assessment.reports.wording import before_audits, plan

STEPS_FIRST = 3


@dataclass(frozen=True, kw_only=True)
class FirstStep:
    """A step to do next: its number, what people say about it, when and how much work it is, and the same with who leads it."""

    number: int
    step: Step
    note: StepNote
    when: str
    when_and_who: str


def first_steps(summary: GapSummary, most: int = STEPS_FIRST) -> list[FirstStep]:
    """Return the first steps that are not done yet, none twice.

    What mends a likely major before the audit of a certificate that is held comes first, then the plan, then what else is to be
    mended before such an audit.
    """
    found: dict[str, FirstStep] = {}
    for each in chain(_before_audits(summary, majors=True), _planned(summary), _before_audits(summary, majors=False)):
        if len(found) == most:
            break
        if not each.note.done_on:
            found.setdefault(each.step.key, each)
    return list(found.values())


def _planned(summary: GapSummary) -> Iterator[FirstStep]:
    dated = {each.key: each for each in summary.timeline.calendar.planned}
    for number, step in enumerate(summary.steps, start=1):
        yield FirstStep(
            number=number,
            step=step,
            note=summary.notes.get(step.key, StepNote()),
            when=plan.when(step, dated[step.key]),
            when_and_who=plan.when_and_who(step, dated[step.key]),
        )


def _before_audits(summary: GapSummary, *, majors: bool) -> Iterator[FirstStep]:
    for each in summary.before_audits:
        if each.mends_major is majors:
            yield FirstStep(
                number=each.number,
                step=each.step,
                note=summary.notes.get(each.step.key, StepNote()),
                when=before_audits.when(each, summary.result),
                when_and_who=before_audits.when_and_who(each, summary.result),
            )
