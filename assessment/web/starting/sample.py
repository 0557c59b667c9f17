"""The result of the sample organisation, as the first page shows it: worked out from its answers, never written down."""

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app

from assessment.domain.result import assess
from assessment.domain.sample import Sample
from assessment.domain.standard_result import StandardResult
from assessment.translation import language
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
    """Return the sample as it stands today, worked out once a day in each language; ``None`` where the content has none."""
    read: Callable[[], Sample] | None = current_app.extensions["demo"]
    if read is None:
        return None
    worked_out: dict[tuple[str, str], ShownSample] = current_app.extensions.setdefault("shown-sample", {})
    today = now().date().isoformat()
    key = (today, language())
    if key not in worked_out:
        for earlier in [day for day in worked_out if day[0] != today]:
            del worked_out[earlier]
        worked_out[key] = _work_out(read())
    return worked_out[key]


def _work_out(sample: Sample) -> ShownSample:
    result = assess(library(), sample.questionnaires, sample.sheet, sample.profile, now().date())
    return ShownSample(
        organisation=sample.organisation,
        standards=tuple(
            (standard, chapter_spine(None, standard.questionnaire, result.judged)) for standard in result.standards
        ),
        answered=result.answered,
        steps=len(result.steps),
        first_step=result.steps[0].action.title if result.steps else "",
    )
