"""Everything that is decided about one standard of an assessment, in one value."""

from dataclasses import dataclass
from datetime import date

from assessment.domain.answers import AnswerSheet
from assessment.domain.exclusions import Doubt, Exclusion, doubtful_exclusions
from assessment.domain.findings import Finding, Grade, findings, not_shown_yet, nothing_to_show_yet
from assessment.domain.fit import Fit, fit
from assessment.domain.freshness import Freshness, freshness, worth_another_look
from assessment.domain.library import Library
from assessment.domain.profile import Profile
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.scoring import Score, score_by_chapter, score_by_principle
from assessment.domain.standard import Chapter, Principle, Question
from assessment.domain.stops import Stop, stops
from assessment.domain.tally import Tally
from assessment.domain.verdict_range import NextVerdict, VerdictRange, next_verdict, verdict_range


@dataclass(frozen=True, kw_only=True)
class StandardResult:
    """What is decided about one standard.

    ``judged`` holds the answers as they count. ``not_shown_yet`` and ``nothing_to_show_yet`` are lists of their own, never
    findings; so is ``worth_another_look``, a hint at old dates. ``doubtful_exclusions`` are what is left out and an auditor
    will ask about: a warning, no stop.
    """

    questionnaire: Questionnaire
    judged: AnswerSheet
    score: Score
    by_chapter: tuple[tuple[Chapter, Score], ...]
    by_principle: tuple[tuple[Principle, Score], ...]
    findings: tuple[Finding, ...]
    not_shown_yet: tuple[Question, ...]
    nothing_to_show_yet: tuple[Question, ...]
    worth_another_look: tuple[Question, ...]
    exclusions: tuple[Exclusion, ...]
    doubtful_exclusions: tuple[Doubt, ...]
    stops: tuple[Stop, ...]
    verdict_range: VerdictRange
    next: NextVerdict | None
    freshness: tuple[Freshness, ...]
    fit: Fit

    def graded(self, grade: Grade) -> tuple[Finding, ...]:
        """Return the findings of one grade."""
        return tuple(finding for finding in self.findings if finding.grade is grade)


def standard_result(
    library: Library, questionnaire: Questionnaire, sheet: AnswerSheet, profile: Profile, on: date
) -> StandardResult:
    """Decide everything about one standard, from the answers as they count on that day."""
    tally = Tally(questionnaire, sheet)
    return StandardResult(
        questionnaire=questionnaire,
        judged=sheet,
        score=tally.score,
        by_chapter=score_by_chapter(questionnaire, tally.rungs),
        by_principle=score_by_principle(questionnaire, tally.rungs),
        findings=findings(questionnaire, sheet, on),
        not_shown_yet=not_shown_yet(questionnaire, sheet),
        nothing_to_show_yet=nothing_to_show_yet(questionnaire, sheet),
        worth_another_look=worth_another_look(questionnaire, sheet, on),
        exclusions=tally.exclusions,
        doubtful_exclusions=doubtful_exclusions(questionnaire, sheet, profile),
        stops=stops(tally),
        verdict_range=verdict_range(tally),
        next=next_verdict(tally),
        freshness=freshness(questionnaire, sheet),
        fit=fit(questionnaire.standard, profile, library.profile_questions),
    )
