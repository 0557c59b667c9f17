"""Everything that is decided about one standard of an assessment, in one value."""

from dataclasses import dataclass
from datetime import date

from assessment.domain.answers import AnswerSheet
from assessment.domain.audit_findings import OpenMajors
from assessment.domain.audits_been import Been
from assessment.domain.certificates import Certificate
from assessment.domain.early_deeds import EarlyDeed, early_deeds
from assessment.domain.exclusions import Doubt, Exclusion, doubtful_exclusions
from assessment.domain.findings import Finding, Grade, findings, not_shown_yet, nothing_to_show_yet
from assessment.domain.fit import Fit, fit
from assessment.domain.freshness import Freshness, as_of, freshness, worth_another_look
from assessment.domain.library import Library
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.reasons import Reason
from assessment.domain.scoring import Score, score_by_chapter, score_by_principle
from assessment.domain.standard import Chapter, Edition, Principle, Question
from assessment.domain.stops import Stop, stops
from assessment.domain.tally import Tally
from assessment.domain.upkeep import audit_day
from assessment.domain.verdict_range import NextVerdict, VerdictRange, next_verdict, verdict_range


@dataclass(frozen=True, kw_only=True)
class StandardResult:
    """What is decided about one standard.

    ``is_held`` says that a certificate of it is held: then no stage 1 is to come, so nothing stops one, and no verdict is next.
    ``has_ended`` says that it is not valid, and can be restored; ``ages_before_audit`` that something done counts today and not
    at its next audit.
    ``held_edition`` is the edition of that certificate where another is asked, ``not_asked`` how many of its questions are not.
    ``been`` are audits before a first certificate that took place; ``stage_2_stands`` says that stage 2 is among them and is
    not done again; ``open_majors`` are majors of real audits that nobody closed.
    ``judged`` holds the answers as they count. ``not_shown_yet`` and ``nothing_to_show_yet`` are lists of their own, never
    findings; so is ``worth_another_look``, a hint at old dates. ``doubtful_exclusions`` are what is left out and an auditor
    will ask about, ``early_deeds`` what was done before anything else is shown: warnings, no stops.
    """

    questionnaire: Questionnaire
    is_held: bool
    has_ended: bool
    ages_before_audit: bool
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
    early_deeds: tuple[EarlyDeed, ...]
    stops: tuple[Stop, ...]
    verdict_range: VerdictRange
    next: NextVerdict | None
    freshness: tuple[Freshness, ...]
    fit: Fit
    been: Been | None = None
    stage_2_stands: bool = False
    open_majors: OpenMajors | None = None

    @property
    def unreasoned(self) -> tuple[Question, ...]:
        """What is left out without a reason that would hold."""
        return tuple(exclusion.question for exclusion in self.exclusions if not exclusion.reasoned)

    @property
    def only_on_paper(self) -> tuple[Question, ...]:
        """Essentials that are agreed and not lived, where several are and nothing worse is likely; else nothing.

        Each is a likely minor, and the rules count as several what makes a major of lapses on one clause.
        """
        if self.graded(Grade.LIKELY_MAJOR) or self.stage_2_stands:
            return ()
        short = [shortfall for finding in self.findings for shortfall in finding.shortfalls]
        found = tuple(each.question for each in short if each.reason is Reason.ESSENTIAL_NOT_LIVED)
        return found if len(found) >= self.questionnaire.rules.findings.lapses_for_major else ()

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
        has_ended=certificate is not None and not certificate.stands(on),
        ages_before_audit=certificate is not None and _ages(questionnaire, sheet, certificate, on),
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
        early_deeds=() if is_held else early_deeds(questionnaire, sheet),
        stops=() if is_held else stops(tally),
        verdict_range=verdict_range(tally),
        next=None if is_held else next_verdict(tally),
        freshness=freshness(questionnaire, sheet),
        fit=fit(questionnaire.standard, profile, library.profile_questions),
    )


def _ages(questionnaire: Questionnaire, sheet: AnswerSheet, certificate: Certificate, on: date) -> bool:
    audit = audit_day(certificate, on, questionnaire.rules.calendar.decision_weeks)
    return as_of(sheet, [questionnaire], audit) is not sheet


def _not_asked(library: Library, asked: Questionnaire, held: Edition | None) -> int:
    """Return how many questions of the edition that is held are not asked where another edition is."""
    if held is None:
        return 0
    own = library.questionnaire(asked.standard.id, held.id, QuestionPath.FULL)
    return sum(question.ref not in asked.by_ref for question in own.questions)
