"""The result of the sample organisation, as the first page shows it: worked out from its answers, never written down."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app

from assessment.domain.result import StandardResult, assess
from assessment.domain.sample import Sample
from assessment.web.organisation.chapters import Mark, chapter_spine
from assessment.web.shell.context import library, now


@dataclass(frozen=True, kw_only=True)
class ShownSample:
    """The sample organisation: its results, each with its spine, the work of its plan, and its first step."""

    organisation: str
    standards: tuple[tuple[StandardResult, tuple[Mark, ...]], ...]
    answered: int
    steps: int
    first_step: str


def sample_shown() -> ShownSample | None:
    """Return the sample as it stands today, worked out once a day; ``None`` where the content has none."""
    read: Callable[[], Sample] | None = current_app.extensions["demo"]
    if read is None:
        return None
    by_day: dict[str, ShownSample] = current_app.extensions.setdefault("shown-sample", {})
    today = now().date().isoformat()
    if today not in by_day:
        by_day.clear()
        by_day[today] = _work_out(read())
    return by_day[today]


def _work_out(sample: Sample) -> ShownSample:
    result = assess(library(), sample.questionnaires, sample.sheet, sample.profile, now().date())
    return ShownSample(
        organisation=sample.organisation,
        standards=tuple((standard, chapter_spine(None, standard.questionnaire, result.sheet)) for standard in result.standards),
        answered=result.answered,
        steps=len(result.steps),
        first_step=result.steps[0].action.title if result.steps else "",
    )
