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
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.scoring import Score, score_by_chapter, score_by_principle
from assessment.domain.standard import Chapter, Edition, Principle, Question
from assessment.domain.stops import Stop, stops
from assessment.domain.tally import Tally
from assessment.domain.verdict_range import NextVerdict, VerdictRange, next_verdict, verdict_range


@dataclass(frozen=True, kw_only=True)
class StandardResult:
    """What is decided about one standard.

    ``is_held`` says that a certificate of it is held: then no stage 1 is to come, so nothing stops one, and no verdict is next.
    ``held_edition`` is the edition of that certificate where another is asked, ``not_asked`` how many of its questions are not.
    ``judged`` holds the answers as they count. ``not_shown_yet`` and ``nothing_to_show_yet`` are lists of their own, never
    findings; so is ``worth_another_look``, a hint at old dates. ``doubtful_exclusions`` are what is left out and an auditor
    will ask about: a warning, no stop.
    """

    questionnaire: Questionnaire
    is_held: bool
    held_edition: Edition | None
    not_asked: int
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
    standard = questionnaire.standard
    certificate = profile.certificates_on(on).get(standard.id)
    is_held = certificate is not None
    others = (edition for edition in standard.editions if edition.id != questionnaire.edition.id)
    held_edition = next((edition for edition in others if certificate and edition.id == certificate.edition), None)
    return StandardResult(
        questionnaire=questionnaire,
        is_held=is_held,
        held_edition=held_edition,
        not_asked=_not_asked(library, questionnaire, held_edition),
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
        stops=() if is_held else stops(tally),
        verdict_range=verdict_range(tally),
        next=None if is_held else next_verdict(tally),
        freshness=freshness(questionnaire, sheet),
        fit=fit(questionnaire.standard, profile, library.profile_questions),
    )


def _not_asked(library: Library, asked: Questionnaire, held: Edition | None) -> int:
    """Return how many questions of the edition that is held are not asked where another edition is."""
    if held is None:
        return 0
    own = library.questionnaire(asked.standard.id, held.id, QuestionPath.FULL)
    return sum(question.ref not in asked.by_ref for question in own.questions)
