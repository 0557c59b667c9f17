"""The gap summary: one model, made once from the domain's results; every format prints it and adds nothing."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import combinations

from assessment.domain.accepted_worksheet import AcceptedLines
from assessment.domain.after_audits import after_audits
from assessment.domain.answers import Answer
from assessment.domain.audit_findings import AuditFinding, OpenMajors, audits_of, findings_of, open_majors, without_audit
from assessment.domain.audits_been import Been
from assessment.domain.calendar import Milestones
from assessment.domain.completeness import Completeness, completeness
from assessment.domain.cost import Cost
from assessment.domain.director import DirectorAsks, EvidenceShare, director_asks, evidence_share
from assessment.domain.findings import Grade
from assessment.domain.fit import Fit
from assessment.domain.hindsight import Expectations, Hindsight, Together, expectations, hindsight, together
from assessment.domain.letterhead import Letterhead
from assessment.domain.planning import Step, StepNote
from assessment.domain.progress import Progress
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.reasons import Reason
from assessment.domain.result import Result
from assessment.domain.standard import Action, Question
from assessment.domain.standard_result import StandardResult
from assessment.domain.timeline import Timeline, timeline
from assessment.domain.upkeep import Upkeep, UpkeepStep, upkeep_steps
from assessment.domain.worksheet_actions import WorksheetAction, actions_of
from assessment.domain.worksheet_lines import Filled
from assessment.reports.comparison_view import Compared, compared
from assessment.reports.provenance import Provenance

# The grades in the order in which findings stand everywhere: gravest first.
GRADES = (Grade.LIKELY_MAJOR, Grade.LIKELY_MINOR)


@dataclass(frozen=True, kw_only=True)
class FindingLine:
    """One finding against one area, with everything a reader needs to follow it.

    ``questions``, ``reasons`` (why each falls short by itself) and ``answers`` go together, gravest first.
    """

    grade: Grade
    reason: Reason
    clause: str
    clause_title: str
    questions: tuple[Question, ...]
    reasons: tuple[Reason, ...]
    answers: tuple[Answer, ...]
    actions: tuple[Action, ...]

    @property
    def shows(self) -> Hashable:
        """All that tells it from other findings, for whoever keeps what was made of it."""
        asked = tuple(question.ref for question in self.questions), self.reasons, self.answers
        return self.grade, self.reason, self.clause, asked, tuple(action.key for action in self.actions)


@dataclass(frozen=True, kw_only=True)
class AnswerLine:
    """One question with its answer."""

    question: Question
    clauses: tuple[str, ...]
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class StandardSummary:
    """The gap summary of one standard. ``whole`` is what was decided about all together, ``been`` which audits took place."""

    result: StandardResult
    whole: Result
    been: Been | None = None

    def answer(self, question: Question) -> Answer:
        """Return the answer to one question."""
        return self.whole.sheet.answer(question)

    @cached_property
    def findings(self) -> tuple[FindingLine, ...]:
        """The findings in the order in which every format shows them: gravest first, then by clause."""
        return tuple(
            FindingLine(
                grade=finding.grade,
                reason=finding.reason,
                clause=finding.clause,
                clause_title=self.result.questionnaire.clause_title(finding.clause),
                questions=finding.questions,
                reasons=tuple(shortfall.reason for shortfall in finding.shortfalls),
                answers=tuple(self.answer(question) for question in finding.questions),
                actions=tuple({a.key: a for question in finding.questions for a in self.whole.actions_for(question)}.values()),
            )
            for finding in self.result.findings
        )

    @cached_property
    def met(self) -> tuple[AnswerLine, ...]:
        """What is answered by enough, as answers count."""
        judged = self.whole.judged
        rungs = ((each, judged.rung(each.question)) for each in self._lines)
        return tuple(each for each, rung in rungs if rung is not None and rung >= each.question.enough)

    @cached_property
    def excluded(self) -> tuple[AnswerLine, ...]:
        """What does not apply."""
        return tuple(each for each in self._lines if not self.whole.sheet.applies(each.question))

    @cached_property
    def unknown(self) -> tuple[AnswerLine, ...]:
        """What is open."""
        return tuple(each for each in self._lines if self.whole.sheet.is_open(each.question))

    @cached_property
    def _lines(self) -> tuple[AnswerLine, ...]:
        asked = self.result.questionnaire
        return tuple(
            AnswerLine(question=question, clauses=asked.clauses(question), answer=self.answer(question))
            for question in asked.questions
        )


@dataclass(frozen=True, kw_only=True)
class GapSummary:
    """The whole gap summary of one organisation on one day, for the standards asked for.

    ``notes`` are what people say about steps, by key of the action; ``refused`` the refs of questions whose suggestion was
    turned down. ``provenance`` is known for a stored assessment, ``progress`` where there is a history.
    ``worksheets`` are those that serve one of its standards and in which something is filled in; ``accepted`` has the version
    of each that was accepted last, by id. ``costs`` are there only where somebody asked for them. ``expected`` is what was said
    before each audit that its worksheets hold.
    """

    organisation: str
    on: date
    product_version: str
    result: Result
    fits: tuple[Fit, ...]
    standards: tuple[StandardSummary, ...]
    steps: tuple[Step, ...]
    timeline: Timeline
    notes: Mapping[str, StepNote] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    letterhead: Letterhead | None = None
    provenance: Provenance | None = None
    worksheets: tuple[Filled, ...] = ()
    accepted: Mapping[str, AcceptedLines] = field(default_factory=dict)
    costs: Cost | None = None
    progress: Progress | None = None
    expected: Expectations = field(default_factory=dict)

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The ids of its standards."""
        return tuple(asked.standard.id for asked in self.questionnaires)

    @cached_property
    def questionnaires(self) -> tuple[Questionnaire, ...]:
        """The questionnaires of its standards."""
        return tuple(each.result.questionnaire for each in self.standards)

    @cached_property
    def audits(self) -> tuple[Hindsight, ...]:
        """The real audits of its standards, each held against what was said before; those that name no standard, too."""
        asked, shown = self.questionnaires, set(self.shown)
        return tuple(
            hindsight(audit, self.expected.get(audit.key, {}), asked)
            for audit in audits_of(self.worksheets)
            if not audit.standards or not shown.isdisjoint(audit.standards)
        )

    @cached_property
    def audits_together(self) -> Together:
        """All these audits together."""
        return together(self.audits)

    @cached_property
    def findings_without_audit(self) -> tuple[AuditFinding, ...]:
        """What was really found and names no audit."""
        return without_audit(self.worksheets)

    @cached_property
    def audit_findings(self) -> tuple[AuditFinding, ...]:
        """Everything that was really found in audits of its standards, each once."""
        return findings_of(self.worksheets, self.shown)

    @cached_property
    def open_majors(self) -> tuple[OpenMajors, ...]:
        """The majors of real audits that are still open, by standard."""
        return open_majors(self.worksheets, self.shown)

    def open_majors_of(self, standard: str) -> tuple[OpenMajors, ...]:
        """Return the open majors of one standard; nothing where it has none."""
        return tuple(each for each in self.open_majors if each.standard == standard)

    @cached_property
    def comparisons(self) -> tuple[Compared, ...]:
        """Each pair of these standards, compared."""
        pairs = combinations([each.result for each in self.standards], 2)
        return tuple(compared(left, right, self.result.sheet, self.refused) for left, right in pairs)

    @cached_property
    def actions(self) -> tuple[WorksheetAction, ...]:
        """The actions of its worksheets: steps of the plan that people wrote down."""
        return actions_of(self.worksheets)

    @cached_property
    def worksheet_of(self) -> Mapping[str, Completeness]:
        """The worksheet that does a step, with what is missing in it, by key of the action."""
        return {filled.worksheet.step: completeness(filled, self.on) for filled in self.worksheets}

    @property
    def asks(self) -> DirectorAsks:
        """What is asked of a director for its standards."""
        return director_asks(self.timeline, self.notes, self.shown, self.upkeep)

    @cached_property
    def upkeep(self) -> tuple[Upkeep, ...]:
        """What the certificates that are held of its standards ask for."""
        return tuple(one for one in self.result.upkeep if one.certificate.standard in self.shown)

    @cached_property
    def before_audits(self) -> tuple[UpkeepStep, ...]:
        """The steps before the next audits of what is held, certificate by certificate, numbered on from those of the plan."""
        return upkeep_steps(self.upkeep, after=len(self.steps))

    @property
    def evidence(self) -> EvidenceShare:
        """How much of what is answered has evidence."""
        return evidence_share(self.questionnaires, self.result.sheet)

    @property
    def milestones(self) -> tuple[Milestones, ...]:
        """The dates of those of its standards that are on the chosen way, in the order of the way."""
        return tuple(dates for standard, dates in self.timeline.calendar.milestones.items() if standard in self.shown)


def summarise(
    result: Result,
    organisation: str,
    product_version: str,
    standards: Sequence[str],
    *,
    notes: Mapping[str, StepNote] | None = None,
    refused: Collection[str] = (),
    letterhead: Letterhead | None = None,
    provenance: Provenance | None = None,
    worksheets: Sequence[Filled] = (),
    accepted: Mapping[str, AcceptedLines] | None = None,
    expected: Expectations | None = None,
) -> GapSummary:
    """Make the gap summary for these standards; the advice is about all of them, whatever is asked for.

    Dates are from the day of the result on, at the pace the profile tells; steps that ``notes`` call done take no time. Without
    ``expected`` real audits are held against the answers of today.
    """
    notes, result = notes or {}, after_audits(result, worksheets)
    done = {key for key, note in notes.items() if note.done_on}
    wanted = [each for each in result.standards if each.questionnaire.standard.id in standards]
    if expected is None:
        expected = expectations(audits_of(worksheets), result.questionnaires, {}, result.judged, result.on)
    ahead = timeline(
        result,
        start=result.on,
        days_a_week=result.days_a_week,
        offered=result.library.paces,
        done=done,
    )
    return GapSummary(
        organisation=organisation,
        on=result.on,
        product_version=product_version,
        result=result,
        fits=result.fits,
        standards=tuple(
            StandardSummary(result=each, whole=result, been=ahead.been.get(each.questionnaire.standard.id)) for each in wanted
        ),
        timeline=ahead,
        steps=tuple(step for step in result.steps if set(step.standards) & set(standards)),
        notes=notes,
        refused=frozenset(refused),
        letterhead=letterhead,
        provenance=provenance,
        accepted=accepted or {},
        expected=expected,
        worksheets=tuple(
            filled for filled in worksheets if not filled.is_empty and not set(standards).isdisjoint(filled.worksheet.standards)
        ),
    )
