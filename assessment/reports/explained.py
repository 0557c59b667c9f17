"""How each figure is calculated: its inputs, the rule and the numbers, in words. Pages and the JSON download say the same."""

from assessment.domain.audit_time import AuditTables, AuditTime, in_half_days
from assessment.domain.calendar import Milestones
from assessment.domain.findings import Grade
from assessment.domain.fit import Fit
from assessment.domain.library import Library
from assessment.domain.result import StandardResult
from assessment.domain.rules import Rules
from assessment.domain.scoring import Score
from assessment.domain.ways import Way
from assessment.reports.words import day_in_words, days_in_words, join_and


def score(of: Score) -> list[str]:
    """The lines behind a range of percent."""
    return [
        f"Earned so far: {of.earned_low} of {of.possible} weighted points.",
        f"If every open question turns out to be enough: {of.earned_high} of {of.possible}.",
        f"{of.answered} of {of.asked} questions answered, {of.excluded} do not apply.",
        "Percent is 100 × earned ÷ possible, rounded down.",
    ]


def verdict(of: StandardResult) -> list[str]:
    """The lines behind a verdict."""
    rules = of.questionnaire.rules
    gates, limits = rules.gates, rules.findings
    majors, minors = len(of.graded(Grade.LIKELY_MAJOR)), len(of.graded(Grade.LIKELY_MINOR))
    missing, absent = rules.title(limits.essential_major_up_to), rules.title(limits.required_major_up_to)
    least, lapses = rules.title(gates.stage_1_at_least), limits.lapses_for_major
    return [
        f"Stage 1 needs everything it looks at on “{least}” or higher (known to stop it now: {len(of.stops)}).",
        f"It also needs {gates.defined_percent} % of the questions defined or better, and {gates.in_use_percent} % in use.",
        f"Stage 2 also needs no likely major (now {majors}) and {gates.ready_in_use_percent} % in use.",
        f"Likely minors may lie in at most {gates.minor_areas_allowed} areas (now {minors}).",
        f"A likely major: an essential up to “{missing}”, a required element that is “{absent}”, a deed not done or too old.",
        f"And {lapses} lapses on one lowest clause, {limits.absent_for_major} of them “{absent}”.",
        f"Open questions: {of.score.open}. The worse verdict takes them as not there, the better one as enough.",
    ]


def fit(of: Fit) -> list[str]:
    """The lines behind a need."""
    return [
        f"{of.reached} of {of.possible} points speak for it; {of.within_reach} if every open profile question did.",
        f"{of.answered} of {of.asked} profile questions that speak for it are answered.",
    ]


def dates(of: Milestones, rules: Rules) -> list[str]:
    """The lines behind the dates of one standard."""
    weeks = rules.calendar
    first, second = day_in_words(of.ready_for_stage_1), day_in_words(of.ready_for_stage_2)
    return [
        f"Ready for stage 1 on {first}, when the last step it needs is done.",
        f"Stage 1 not before {weeks.notice_weeks} weeks after the start: notice to the certification body (our judgement).",
        f"Ready for stage 2 on {second}.",
        f"Stage 2 at least {weeks.stage_2_after_weeks} weeks after stage 1: practice is two to eight (one source).",
        f"Certificate {weeks.decision_weeks} weeks after stage 2 (our judgement).",
        "A step takes its person-days divided by those a week, and at least its weeks.",
        "Work goes on one step after another in the order of the plan; one that waits is overtaken by the next that can begin.",
    ]


def route(of: Way, library: Library) -> list[str]:
    """The lines behind one way to all standards."""
    work = [
        f"{join_and([library.standards[each].name for each in leg.standards])}: {days_in_words(leg.person_days)}"
        for leg in of.legs
    ]
    return [
        f"The plan of each stretch, one after the other: {'; '.join(work)}.",
        "What is done for one standard counts for the next: an action lifts every question on its topics.",
        f"Saved: the plans of each standard alone, added up, less this way: {days_in_words(of.saved)}.",
    ]


def audit_days(of: AuditTime, tables: AuditTables) -> list[str]:
    """The lines behind auditor days."""
    recertified, off = tables.recertification_part, tables.most_off_integrated
    lines = [
        f"Source: {tables.source}. The row is that of your number of people, the column that of the standard.",
        f"At least: what remains after {tables.most_off} percent off, the most a certification body may take off.",
        f"Surveillance: one part in {tables.surveillance_part} each year.",
        f"Recertification: the first audit less one part in {recertified}. All rounded up to halves.",
    ]
    if of.integrated:
        together = float(sum(days.initial for days in of.by_standard.values()))
        best = in_half_days(of.integrated.initial)
        lines.append(f"Together: the sum, {together:g}, less {off} percent at best: {best:g} after rounding.")
    return lines
