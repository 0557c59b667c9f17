"""How each figure is calculated: its inputs, the rule and the numbers. Pages, documents and the JSON download say the same."""

from assessment.domain.audit_time import AuditTables, AuditTime, in_half_days
from assessment.domain.calendar import Milestones
from assessment.domain.findings import Grade
from assessment.domain.fit import Fit
from assessment.domain.library import Library
from assessment.domain.rules import Rules
from assessment.domain.scoring import Score
from assessment.domain.standard_result import StandardResult
from assessment.domain.ways import Way
from assessment.reports.wording.dates import day_in_words, days_in_words, join_and
from assessment.translation import gettext, lazy_gettext, ngettext

TITLE = lazy_gettext("How it was calculated")
AUDIT_DAYS = lazy_gettext("Auditor days")


def score(of: Score) -> list[str]:
    """Return the lines behind a range of percent."""
    return [
        gettext("Earned so far: %(earned)s of %(possible)s weighted points.", earned=of.earned_low, possible=of.possible),
        gettext(
            "If every open question turns out to be enough: %(earned)s of %(possible)s.",
            earned=of.earned_high,
            possible=of.possible,
        ),
        gettext(
            "%(answered)s of %(asked)s questions answered, %(excluded)s do not apply.",
            answered=of.answered,
            asked=of.asked,
            excluded=of.excluded,
        ),
        gettext("Percent is 100 × earned ÷ possible, rounded down."),
    ]


def verdict(of: StandardResult) -> list[str]:
    """Return the lines behind a verdict."""
    rules = of.questionnaire.rules
    gates, limits = rules.gates, rules.findings
    missing, absent = rules.title(limits.essential_major_up_to), rules.title(limits.required_major_up_to)
    kinds = [
        gettext(
            "A likely major: an essential up to “%(missing)s”, a required element that is “%(absent)s”, "
            "a deed not done completely or too long ago.",
            missing=missing,
            absent=absent,
        ),
        gettext(
            "And %(lapses)s lapses on one lowest clause, %(absent_lapses)s of them “%(absent)s”.",
            lapses=limits.lapses_for_major,
            absent_lapses=limits.absent_for_major,
            absent=absent,
        ),
    ]
    real = _real_audits(of)
    if of.stage_2_stands:
        return real
    if of.is_held:
        return [
            *real,
            gettext(
                "A certificate is held, so what counts is the next audit: a likely major puts it at risk (now %(majors)s), "
                "likely minors do not (now %(minors)s).",
                majors=len(of.graded(Grade.LIKELY_MAJOR)),
                minors=len(of.graded(Grade.LIKELY_MINOR)),
            ),
            *kinds,
            gettext("Open questions: %(open)s. They are no findings, and may turn out to be some.", open=of.score.open),
        ]
    return [
        gettext(
            "Stage 1 needs everything it looks at on “%(least)s” or higher (known to stop it now: %(stops)s).",
            least=rules.title(gates.stage_1_at_least),
            stops=len(of.stops),
        ),
        gettext(
            "It also needs %(defined)s %% of the questions defined or better, "
            "and %(in_use)s %% of those about no event in use.",
            defined=gates.defined_percent,
            in_use=gates.in_use_percent,
        ),
        gettext(
            "Stage 2 also needs no likely major (now %(majors)s), and %(in_use)s %% of the questions in use.",
            majors=len(of.graded(Grade.LIKELY_MAJOR)),
            in_use=gates.ready_in_use_percent,
        ),
        gettext(
            "Likely minors may lie in at most %(areas)s areas (now %(minors)s).",
            areas=gates.minor_areas_allowed,
            minors=len(of.graded(Grade.LIKELY_MINOR)),
        ),
        *kinds,
        gettext(
            "Open questions: %(open)s. The worse verdict takes them as not there, the better one as enough.", open=of.score.open
        ),
    ]


def _real_audits(of: StandardResult) -> list[str]:
    """Return what real audits have to do with a verdict."""
    said = [gettext("Stage 2 took place, so no answer moves this verdict.")] if of.stage_2_stands else []
    if of.open_majors is None:
        return said
    majors = ngettext(
        "%(num)s major of a real audit is open, and outweighs what answers let expect.",
        "%(num)s majors of real audits are open, and outweigh what answers let expect.",
        len(of.open_majors.findings),
    )
    return [*said, majors] if of.stage_2_stands or of.is_held else said


def fit(of: Fit) -> list[str]:
    """Return the lines behind a need."""
    return [
        gettext(
            "%(reached)s of %(possible)s points speak for it; %(within_reach)s if every open profile question did.",
            reached=of.reached,
            possible=of.possible,
            within_reach=of.within_reach,
        ),
        gettext(
            "%(answered)s of %(asked)s profile questions that speak for it are answered.", answered=of.answered, asked=of.asked
        ),
    ]


def dates(of: Milestones, rules: Rules) -> list[str]:
    """Return the lines behind the dates of one standard."""
    weeks = rules.calendar
    return [
        gettext("Ready for stage 1 on %(day)s, when the last step it needs is done.", day=day_in_words(of.ready_for_stage_1)),
        gettext(
            "Stage 1 not before %(weeks)s weeks after the start: notice to the certification body (our judgement).",
            weeks=weeks.notice_weeks,
        ),
        gettext(
            "Ready for stage 2 on %(day)s; stage 1 at most %(weeks)s weeks before that, so that the two stay near each other.",
            day=day_in_words(of.ready_for_stage_2),
            weeks=weeks.stage_1_before_ready_weeks,
        ),
        gettext(
            "Stage 2 at least %(weeks)s weeks after stage 1: practice is two to eight (one source).",
            weeks=weeks.stage_2_after_weeks,
        ),
        gettext("Certificate %(weeks)s weeks after stage 2 (our judgement).", weeks=weeks.decision_weeks),
        gettext("A step takes its person-days divided by those a week, and at least its weeks."),
        gettext(
            "Work goes on one step after another, on working days only; waiting runs beside it. Of several orders the one with "
            "the soonest certificates is taken: what the longest way to the end hangs on comes first."
        ),
    ]


def route(of: Way, library: Library) -> list[str]:
    """Return the lines behind one way to all standards."""
    work = "; ".join(
        gettext(
            "%(standards)s: %(days)s",
            standards=join_and([library.standards[key].name for key in leg.standards]),
            days=days_in_words(leg.person_days),
        )
        for leg in of.legs
    )
    return [
        gettext("The plan of each stretch, one after the other: %(work)s.", work=work),
        gettext("What is done for one standard counts for the next: an action lifts every question on its topics."),
        gettext("Saved: the plans of each standard alone, added up, less this way: %(days)s.", days=days_in_words(of.saved)),
    ]


def audit_days(of: AuditTime, tables: AuditTables) -> list[str]:
    """Return the lines behind auditor days."""
    lines = [
        gettext(
            "Source: %(source)s. The row is that of your number of people, the column that of the standard.",
            source=tables.source,
        ),
        gettext(
            "At least: what remains after %(percent)s percent off, the most a certification body may take off; "
            "no audit takes less than a day (one source).",
            percent=tables.most_off,
        ),
        gettext(
            "Of these stage 1: about one part in %(parts)s, as certification bodies do, at least half a day (our judgement).",
            parts=tables.stage_1_part,
        ),
        gettext("Surveillance: one part in %(parts)s each year.", parts=tables.surveillance_part),
        gettext(
            "Recertification: the first audit less one part in %(parts)s. All rounded up to halves.",
            parts=tables.recertification_part,
        ),
    ]
    if of.integrated:
        together = float(sum(days.initial for days in of.by_standard.values()))
        lines.append(
            gettext(
                "Together: the sum, %(sum)s, less %(percent)s percent at best: %(best)s after rounding.",
                sum=f"{together:g}",
                percent=tables.most_off_integrated,
                best=f"{in_half_days(of.integrated.initial):g}",
            )
        )
    return lines


def range_of(edition: str) -> str:
    """Return the heading over the lines behind a range."""
    return gettext("Range of %(edition)s", edition=edition)


def verdict_on(edition: str) -> str:
    """Return the heading over the lines behind a verdict."""
    return gettext("Verdict on %(edition)s", edition=edition)


def need_for(standard: str) -> str:
    """Return the heading over the lines behind a need."""
    return gettext("Need for %(standard)s", standard=standard)


def dates_of(standard: str) -> str:
    """Return the heading over the lines behind the dates of a standard."""
    return gettext("Dates of %(standard)s", standard=standard)


def way(number: int, standards: str) -> str:
    """Return the heading over the lines behind a way."""
    return gettext("Way %(number)s: %(standards)s", number=number, standards=standards)
