"""Everything that is decided about one assessment, in one value: pages and downloads show it and add nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from functools import cached_property

from assessment.domain.answers import AnswerSheet
from assessment.domain.audit_time import AuditTime, audit_time
from assessment.domain.audits_been import Been
from assessment.domain.calendar import Scheduler
from assessment.domain.certificates import Certificate
from assessment.domain.findings import findings
from assessment.domain.firm import Firm
from assessment.domain.fit import Advice, Fit, Recommendation, Situation, TurningPoint, fit
from assessment.domain.fit_range import Undecided, undecided
from assessment.domain.forecasts import Forecast
from assessment.domain.freshness import Freshness, as_of
from assessment.domain.going_stale import as_of_stage_2, stale_by_stage_2
from assessment.domain.library import Library
from assessment.domain.planning import Step, actions_by_ref, plan
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Size
from assessment.domain.standard import Action, Question
from assessment.domain.standard_result import StandardResult, standard_result
from assessment.domain.upkeep import Upkeep, audit_day, upkeep
from assessment.domain.verdict_range import worth_asking
from assessment.domain.way_planner import Legs, Planners, WayPlanner, planners_for
from assessment.domain.ways import Way, advised_legs, by_deadline, possible_legs, ways
from assessment.domain.work_leg import WorkLeg


@dataclass(frozen=True, kw_only=True)
class Result:
    """What is decided about one assessment on one day.

    ``sheet`` holds the answers as they were given, ``judged`` as they count on that day: stale deeds lowered.
    """

    on: date
    library: Library
    profile: Profile
    sheet: AnswerSheet
    judged: AnswerSheet
    standards: tuple[StandardResult, ...]
    size: Size
    size_known: bool
    situation: Situation
    planners: Planners

    @cached_property
    def questionnaires(self) -> tuple[Questionnaire, ...]:
        """The questionnaires of the chosen standards, in their order."""
        return tuple(standard.questionnaire for standard in self.standards)

    @property
    def firm(self) -> Firm:
        """The organisation as a plan sees it."""
        return self.planners.firm

    @cached_property
    def chosen(self) -> tuple[str, ...]:
        """Ids of the chosen standards, in their order."""
        return tuple(asked.standard.id for asked in self.questionnaires)

    @cached_property
    def asks(self) -> tuple[tuple[str, str, QuestionPath], ...]:
        """Which edition of each chosen standard is asked, and on which path, by their ids."""
        return tuple((asked.standard.id, asked.edition.id, asked.path) for asked in self.questionnaires)

    @cached_property
    def held(self) -> Mapping[str, Certificate]:
        """The certificates of chosen standards valid on the day, or that can be restored, by id: these need no first one."""
        standing = self.profile.certificates_on(self.on)
        return {standard: standing[standard] for standard in self.chosen if standard in standing}

    @cached_property
    def to_certify(self) -> tuple[str, ...]:
        """Ids of the chosen standards of which no certificate is held."""
        return tuple(standard for standard in self.chosen if standard not in self.held)

    @cached_property
    def been(self) -> Mapping[str, Been]:
        """The audits before a first certificate that took place, by id of the standard."""
        return {each.questionnaire.standard.id: each.been for each in self.standards if each.been}

    @cached_property
    def upkeep(self) -> tuple[Upkeep, ...]:
        """What each certificate that is held asks for."""
        return tuple(self._upkeep(self.of(standard), certificate) for standard, certificate in self.held.items())

    def _upkeep(self, of: StandardResult, certificate: Certificate) -> Upkeep:
        """Return what a certificate asks for, planned from the answers as they will count at its next audit."""
        asked, weeks = of.questionnaire, self.library.rules.calendar.decision_weeks
        audit = audit_day(certificate, self.on, weeks)
        at_audit = as_of(self.judged, [asked], audit)
        return upkeep(
            certificate,
            asked.standard,
            of.freshness,
            findings(asked, at_audit, audit),
            plan([asked], self.library.actions, at_audit, self.firm),
            self.on,
            days_a_week=self.days_a_week,
            decision_weeks=weeks,
        )

    @cached_property
    def fits(self) -> tuple[Fit, ...]:
        """How much speaks for each standard of the library, held or not."""
        return tuple(
            fit(standard, self.profile, self.library.profile_questions) for standard in self.library.standards.values()
        )

    @cached_property
    def recommendation(self) -> Recommendation:
        """The advice, which minds deadlines where the pace is told and everything it begins with was chosen."""
        advice = self.situation.recommendation()
        if self.profile.days_a_week() is None or not {each.id for each in advice.first} <= set(self.to_certify):
            return advice

        def certificates(way: Legs) -> Mapping[str, date]:
            planner = self._planner_at_stage_2(self.judged, way)
            return planner.scheduler(way, self.on).after(self.been).certificates(self.days_a_week)

        return by_deadline(advice, self.profile.deadlines(), self.situation.readiness, certificates)

    @cached_property
    def advised_way(self) -> Legs:
        """The way that the advice leads to; where it leads to none that was chosen, or is open, what was chosen."""
        open_advice = self.recommendation.advice is Advice.NONE_URGENT and self.undecided is not None
        return advised_legs(self.recommendation, self.chosen, self.held, open_advice=open_advice)

    @cached_property
    def is_way_advised(self) -> bool:
        """Whether the advice stands, and is what leads to the advised way."""
        named = {standard.id for standard in (*self.recommendation.first, *self.recommendation.later)}
        return self.undecided is None and all(standard in named for leg in self.advised_way for standard in leg)

    @cached_property
    def way(self) -> Legs:
        """The way that was chosen: everything that is planned follows it. It is the advised one until somebody chooses."""
        chosen = self.profile.way()
        if chosen is None:
            return self.advised_way
        kept = tuple(tuple(standard for standard in leg if standard in self.to_certify) for leg in chosen)
        return tuple(leg for leg in kept if leg) if any(kept) or not chosen else self.advised_way

    @cached_property
    def legs(self) -> tuple[WorkLeg, ...]:
        """The chosen way with its steps, worked out when first asked for."""
        return self.planner.legs(self.way)

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The plan along the chosen way."""
        return tuple(step for leg in self.legs for step in leg.steps)

    @cached_property
    def forecasts(self) -> Mapping[str, tuple[Forecast, ...]]:
        """Where the standards that are worked on stand after each step of the plan, by key of the step."""
        return {key: after for leg in self.legs for key, after in leg.forecasts.items()}

    @cached_property
    def on_the_way(self) -> tuple[str, ...]:
        """Ids of the standards on the chosen way, in its order."""
        return tuple(standard for leg in self.way for standard in leg)

    @cached_property
    def sheet_if_open_is_enough(self) -> AnswerSheet:
        """The answers as given, every open one as if it turned out to be enough."""
        opened = [q for asked in self.questionnaires for q in asked.questions if self.sheet.is_open(q)]
        return self.sheet.with_rungs({question.ref: question.enough for question in opened}) if opened else self.sheet

    @cached_property
    def planner_if_open_is_enough(self) -> WayPlanner:
        """What plans every way if every open answer turned out to be enough."""
        return self._planner_at_stage_2(as_of(self.sheet_if_open_is_enough, self.questionnaires, self.on), self.way)

    @property
    def days_a_week(self) -> Fraction:
        """Person-days a week the organisation can spend; what the rules assume where it has not told."""
        days = self.profile.days_a_week()
        return Fraction(self.library.rules.calendar.days_a_week) if days is None else Fraction(days)

    @cached_property
    def planner(self) -> WayPlanner:
        """What plans every way from the answers as they will count at stage 2."""
        return self._planner_at_stage_2(self.judged, self.way)

    @cached_property
    def stale_by_stage_2(self) -> tuple[Freshness, ...]:
        """What was done, counts today, and will be too old at stage 2 of its standard, so that it is in the plan again."""
        return stale_by_stage_2(self.judged, self.planner.sheet, self.questionnaires)

    def _planner_at_stage_2(self, judged: AnswerSheet, way: Legs) -> WayPlanner:
        def scheduler(sheet: AnswerSheet) -> Scheduler:
            return self._planner(sheet).scheduler(way, self.on).after(self.been)

        return self._planner(as_of_stage_2(judged, self.questionnaires, scheduler, self.days_a_week))

    def _planner(self, judged: AnswerSheet) -> WayPlanner:
        return self.planners.planner(judged, self.profile.certificates_on(self.on))

    @cached_property
    def ways(self) -> tuple[Way, ...]:
        """The ways over all chosen standards, from the day of the result on, at the pace the profile tells."""
        return ways(self.planner, self.to_certify, self.on, self.days_a_week, self.been)

    def ways_from(self, on: date, days_a_week: Fraction) -> tuple[Way, ...]:
        """Return the ways over all chosen standards, from a day on and at a pace."""
        if (on, days_a_week) == (self.on, self.days_a_week):
            return self.ways
        return ways(self.planner, self.to_certify, on, days_a_week, self.been)

    @cached_property
    def other_orders(self) -> Mapping[Legs, Mapping[str, date]]:
        """Every other way over the standards on the way, with when each has its certificate, at the pace the profile tells."""
        others = (
            legs
            for legs in possible_legs(tuple(standard for standard in self.to_certify if standard in self.on_the_way))
            if legs != self.way and {standard for leg in legs for standard in leg} == set(self.on_the_way)
        )
        return {legs: self.planner.scheduler(legs, self.on).after(self.been).certificates(self.days_a_week) for legs in others}

    @cached_property
    def audit_time(self) -> AuditTime:
        """Auditor days for the standards on the way and those held; for all that are chosen where there is none of either."""
        counted = {*self.on_the_way, *self.held} or set(self.chosen)
        standards = [asked.standard for asked in self.questionnaires if asked.standard.id in counted]
        return audit_time(standards, self.profile, self.library.audit_tables, tuple(self.profile.certificates_on(self.on)))

    @cached_property
    def worth_asking(self) -> tuple[Question, ...]:
        """All open questions, those first that narrow the verdicts and the ranges most."""
        return worth_asking([(standard.questionnaire, standard.verdict_range) for standard in self.standards], self.sheet)

    @cached_property
    def turning_points(self) -> tuple[TurningPoint, ...]:
        """Each single profile answer that would change the advice."""
        points = self.situation.turning_points()
        return tuple(point for point in points if point.becomes.identity != self.recommendation.identity)

    @cached_property
    def undecided(self) -> Undecided | None:
        """What is missing while open profile answers can change what to begin with; ``None`` once they cannot."""
        return undecided(self.situation)

    @property
    def asked(self) -> int:
        """Questions that apply, over all chosen standards."""
        return sum(standard.score.asked for standard in self.standards)

    @property
    def answered(self) -> int:
        """Questions answered, over all chosen standards."""
        return sum(standard.score.answered for standard in self.standards)

    def of(self, standard_id: str) -> StandardResult:
        """Return the result of one chosen standard; ``KeyError`` when it is not chosen."""
        for standard in self.standards:
            if standard.questionnaire.standard.id == standard_id:
                return standard
        raise KeyError(standard_id)

    def actions_for(self, question: Question) -> tuple[Action, ...]:
        """Return the actions that lift a question: of the plan in its order, or of what a certificate that is held asks for."""
        return self._actions_by_ref.get(question.ref, ())

    @cached_property
    def _actions_by_ref(self) -> Mapping[str, tuple[Action, ...]]:
        return actions_by_ref((*self.steps, *(step for one in self.upkeep for step in one.steps)))


def assess(
    library: Library,
    questionnaires: Sequence[Questionnaire],
    sheet: AnswerSheet,
    profile: Profile,
    on: date,
    earlier: Result | None = None,
) -> Result:
    """Decide everything about an assessment. Advice covers every standard of the library, chosen or not.

    Where the number of people is not told, effort is for as many as the rules assume and ``size_known`` is false.
    ``earlier`` is a result for the same library, questionnaires and profile, but for the way in it: a standard whose answers
    count as they did is not looked at again on the same day, and what was planned already is not planned again.
    """
    people, standing = profile.people(), profile.certificates_on(on)
    judged = as_of(sheet, questionnaires, on)
    changed = judged.counting_otherwise(earlier.judged) if earlier else frozenset()
    standards = tuple(
        replace(earlier.of(asked.standard.id), judged=judged)
        if earlier and earlier.on == on and changed.isdisjoint(asked.by_ref)
        else standard_result(library, asked, judged, profile, on)
        for asked in questionnaires
    )
    situation = Situation(
        standards=tuple(standard for standard in library.standards.values() if standard.id not in standing),
        profile=profile,
        questions=library.profile_questions,
        readiness={each.questionnaire.standard.id: each.score.low or 0 for each in standards},
        rules=library.rules.fit,
    )
    return Result(
        on=on,
        library=library,
        profile=profile,
        sheet=sheet,
        judged=judged,
        standards=standards,
        size=Size.SMALL if people is None else library.rules.size(people),
        size_known=people is not None,
        situation=situation,
        planners=earlier.planners if earlier else planners_for(library, questionnaires, profile),
    )
