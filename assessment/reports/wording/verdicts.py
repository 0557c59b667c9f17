"""Verdicts and findings in words, in the vocabulary of ISO/IEC 17021-1."""

from collections.abc import Iterable

from assessment.domain.answers import AnswerSheet
from assessment.domain.audits_been import Been
from assessment.domain.findings import Grade
from assessment.domain.forecasts import Forecast
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.reasons import Reason
from assessment.domain.standard_result import StandardResult
from assessment.domain.stops import StopReason
from assessment.domain.verdict import Verdict
from assessment.domain.verdict_range import VerdictRange
from assessment.translation import gettext, lazy_gettext, ngettext

VERDICTS = {
    Verdict.TOO_EARLY: lazy_gettext("Too early for an audit"),
    Verdict.READY_FOR_STAGE_1: lazy_gettext("Ready for stage 1"),
    Verdict.READY_FOR_STAGE_2: lazy_gettext("Ready for stage 2"),
}
RANGES = {
    (Verdict.TOO_EARLY, Verdict.READY_FOR_STAGE_1): lazy_gettext("Too early for an audit, at best ready for stage 1"),
    (Verdict.TOO_EARLY, Verdict.READY_FOR_STAGE_2): lazy_gettext("Too early for an audit, at best ready for stage 2"),
    (Verdict.READY_FOR_STAGE_1, Verdict.READY_FOR_STAGE_2): lazy_gettext("Ready for stage 1, at best ready for stage 2"),
}
STAGES = lazy_gettext("Stage 1 is a short look at your papers and your readiness; stage 2 is the main audit.")
VERDICTS_MEAN = {
    Verdict.TOO_EARLY: lazy_gettext(
        "Something auditors check first is missing or not yet in use, so an audit would fail early."
    ),
    Verdict.READY_FOR_STAGE_1: lazy_gettext(
        "The basics an auditor reads first are in place; open points would still stop the main audit."
    ),
    Verdict.READY_FOR_STAGE_2: lazy_gettext(
        "No likely major nonconformity is left, and the minor ones are few enough to handle."
    ),
}
GRADES = {
    Grade.LIKELY_MAJOR: lazy_gettext("Likely major"),
    Grade.LIKELY_MINOR: lazy_gettext("Likely minor"),
}
GRADES_MEAN = {
    Grade.LIKELY_MAJOR: lazy_gettext("An auditor would probably stop the certificate until this is put right."),
    Grade.LIKELY_MINOR: lazy_gettext("An auditor would probably want a plan for putting this right."),
}
REASONS = {
    Reason.ESSENTIAL_MISSING: lazy_gettext("This is essential. Without it an auditor would doubt the whole system."),
    Reason.REQUIRED_MISSING: lazy_gettext("Something the standard requires is not there at all."),
    Reason.DEED_NOT_DONE: lazy_gettext("It is planned, and has not been done completely."),
    Reason.DEED_STALE: lazy_gettext("It was last done too long ago for its rhythm."),
    Reason.ESSENTIAL_NOT_LIVED: lazy_gettext("This is essential, and it is defined but not yet in use."),
    Reason.BELOW_ENOUGH: lazy_gettext("Not yet enough for this question."),
    Reason.SEVERAL_LAPSES: lazy_gettext("Several weaknesses in one clause suggest that this part of the system does not work."),
}
# What would end stage 1 with an area of concern.
STOPS_TITLE = lazy_gettext("What would stop stage 1")
STOPS = {
    StopReason.NOT_DEFINED: lazy_gettext("Stage 1 looks at this, and it is not defined yet."),
    StopReason.EXCLUSIONS_NOT_CHECKED: lazy_gettext("Something is left out, and it is not named with reasons that would hold."),
    StopReason.NO_REASON_FOR_EXCLUSION: lazy_gettext("It is left out without a reason that says why it does not apply."),
    StopReason.TOO_LITTLE_IN_PLACE: lazy_gettext("Too little is defined or in use for an audit to make sense."),
}
WHOLE_SYSTEM = lazy_gettext("The system as a whole")
WOULD_STOP = lazy_gettext("Would stop stage 1")
NOT_SHOWN_TITLE = lazy_gettext("Not shown yet")
NOT_SHOWN_MEANS = lazy_gettext(
    "Said to be enough, and nothing named here would show it: no evidence, or no date where a rhythm is asked for. "
    "No findings; name what an auditor can look at."
)
NOTHING_YET_TITLE = lazy_gettext("Nothing to show yet")
NOTHING_YET_MEANS = lazy_gettext("Nothing of the kind has happened yet, and people know what they would do. That conforms.")
LOOK_AGAIN_TITLE = lazy_gettext("Worth another look")
LOOK_AGAIN_MEANS = lazy_gettext(
    "Said to be enough, and last done, or shown by nothing newer than, longer ago than is usual. No findings."
)
WHAT_HELPS = lazy_gettext("What to do")


def verdict_in_words(verdict_range: VerdictRange | Forecast) -> str:
    """Return the verdict; where open answers leave it in doubt, from the worst to the best."""
    if verdict_range.worst is verdict_range.best:
        return str(VERDICTS[verdict_range.worst])
    return str(RANGES[verdict_range.worst, verdict_range.best])


MAJORS_AT_RISK = lazy_gettext(
    "A likely major puts the certificate at risk: what is found must be closed within the term of your certification body, "
    "90 days at many (several sources)."
)
MAJORS_STOP_RESTORING = lazy_gettext("A certificate that has ended is restored only once every major is closed.")
MAJOR_CLOSED_BY_BODY = lazy_gettext(
    "Only your certification body closes a major, once it has looked at the correction and the corrective action; "
    "no answer here does."
)
STAGE_2_BEEN = lazy_gettext("Stage 2 took place; the decision is next")
MAJOR_OPEN = lazy_gettext("Stage 2 took place; a major is open")
DECIDED_BY_OTHERS = lazy_gettext("Somebody other than the auditors decides on the certificate.")
MINORS_CHECKED = lazy_gettext(
    "Minors are answered with a plan and checked at the audit after; one that persists is raised to a major (several sources)."
)


def is_first_audit_to_come(standard: StandardResult) -> bool:
    """Tell whether the verdict is how near a standard is to a first audit: none is held, and its stage 2 is still to come."""
    return not standard.is_held and not standard.stage_2_stands


def verdict_of(standard: StandardResult) -> str:
    """Return the verdict on a standard: how near it is to a first audit, what stage 2 left, or what is next for a held one.

    What a real audit found outweighs what answers let expect; without one there is none before the first answer.
    """
    if standard.score.nothing_answered and not standard.stage_2_stands and not (standard.is_held and standard.open_majors):
        return gettext("Nothing answered yet")
    if is_first_audit_to_come(standard):
        return verdict_in_words(standard.verdict_range)
    if not standard.is_held:
        return str(MAJOR_OPEN if standard.open_majors else STAGE_2_BEEN)
    at_risk, found = _of_ended(standard) if standard.has_ended else _of_held(standard)
    if not at_risk and standard.ages_before_audit:
        found = gettext("%(verdict)s, once what goes stale before it is done again", verdict=found)
    settled = standard.score.settled and standard.held_edition is None
    return found if at_risk or settled else gettext("%(verdict)s, as far as is asked and answered", verdict=found)


def _of_held(standard: StandardResult) -> tuple[bool, str]:
    """Return the verdict on a valid certificate, and whether it is at risk."""
    if standard.open_majors:
        return True, gettext("Certificate at risk: a major of a real audit is open")
    if standard.graded(Grade.LIKELY_MAJOR):
        return True, gettext("Certificate at risk at the next audit")
    if standard.graded(Grade.LIKELY_MINOR):
        return False, gettext("Likely minors at the next audit, and no major")
    if standard.unreasoned:
        return False, gettext("Left out without a reason that would hold: a likely finding at the next audit")
    return False, gettext("No likely finding at the next audit")


def _of_ended(standard: StandardResult) -> tuple[bool, str]:
    """Return the verdict on a certificate that has ended and can be restored, and whether that is at risk."""
    if standard.open_majors:
        return True, gettext("Certificate ended: a major of a real audit stands in the way of restoring it")
    if standard.graded(Grade.LIKELY_MAJOR):
        return True, gettext("Certificate ended: likely majors stand in the way of restoring it")
    if standard.graded(Grade.LIKELY_MINOR) or standard.unreasoned:
        return False, gettext("Certificate ended: likely findings at the audit that restores it, and no major")
    return False, gettext("Certificate ended: no likely finding at the audit that restores it")


def verdict_means(standard: StandardResult) -> str:
    """Return what the verdict on a standard means; empty where it says all."""
    if is_first_audit_to_come(standard):
        return str(VERDICTS_MEAN[standard.verdict_range.worst])
    if not standard.is_held or standard.open_majors:
        return str(MAJOR_CLOSED_BY_BODY if standard.open_majors else DECIDED_BY_OTHERS)
    if standard.graded(Grade.LIKELY_MAJOR):
        return str(MAJORS_STOP_RESTORING if standard.has_ended else MAJORS_AT_RISK)
    return str(MINORS_CHECKED) if standard.graded(Grade.LIKELY_MINOR) else ""


def _rehearsal_of_held(majors: str, minors: str, standard: StandardResult) -> str:
    said = gettext("If the auditor came today: %(majors)s, %(minors)s.", majors=majors, minors=minors)
    return " ".join(filter(None, (said, verdict_means(standard))))


def rehearsal_in_words(standard: StandardResult, been: Been | None = None) -> str:
    """Return what would happen if the auditor came today: before stage 1 first what would stop it.

    Nothing is said of stages of what is held, nor of those that took place, which ``been`` tells; nothing at all before the
    first answer.
    """
    if standard.score.nothing_answered:
        return gettext("Nothing is answered yet, so nobody can say what an auditor would find.")
    majors, minors = (len(standard.graded(grade)) for grade in (Grade.LIKELY_MAJOR, Grade.LIKELY_MINOR))
    early = standard.verdict_range.worst is Verdict.TOO_EARLY and not standard.is_held
    values = {
        "concerns": ngettext("%(num)s area of concern", "%(num)s areas of concern", len(standard.stops)),
        "majors": ngettext("%(num)s likely major", "%(num)s likely majors", majors),
        "minors": ngettext("%(num)s more area with smaller gaps", "%(num)s more areas with smaller gaps", minors)
        if early
        else ngettext("%(num)s likely minor", "%(num)s likely minors", minors),
    }
    settled = standard.verdict_range.worst is standard.verdict_range.best
    if been and (been.stage_2 or early):
        sentence = gettext("By what is answered today: %(majors)s, %(minors)s.", **values)
    elif standard.is_held:
        sentence = _rehearsal_of_held(values["majors"], values["minors"], standard)
    else:
        sentence = _rehearsal(standard.verdict_range.worst, settled=settled, minors=bool(minors)) % values
    if standard.score.settled:
        return sentence
    still_open = ngettext("%(num)s question is still open.", "%(num)s questions are still open.", standard.score.open)
    return f"{sentence} {still_open}"


def _rehearsal(worst: Verdict, *, settled: bool, minors: bool) -> str:
    """Return the sentence to fill in; only a verdict that open answers may better can be a worst one."""
    if worst is Verdict.TOO_EARLY:
        if settled:
            return gettext(
                "If the auditor came today: stage 1 would end with %(concerns)s, and stage 2 would not be scheduled. "
                "Found besides: %(majors)s, %(minors)s."
            )
        return gettext(
            "If the auditor came today: at worst stage 1 would end with areas of concern, and stage 2 would not be scheduled. "
            "Known so far: %(concerns)s, %(majors)s, %(minors)s."
        )
    if worst is Verdict.READY_FOR_STAGE_1:
        if settled:
            return gettext(
                "If the auditor came today: %(majors)s, %(minors)s; "
                "stage 1 would go through; stage 2 would not end with a certificate yet."
            )
        return gettext(
            "If the auditor came today: %(majors)s, %(minors)s; "
            "at worst stage 1 would go through; stage 2 would not end with a certificate yet."
        )
    if minors:
        return gettext(
            "If the auditor came today: %(majors)s, %(minors)s; "
            "stage 2 could be scheduled, and the minors answered with a plan."
        )
    return gettext("If the auditor came today: %(majors)s, %(minors)s; stage 2 could be scheduled.")


def reasons_in_words(reason: Reason, of_questions: Iterable[Reason]) -> tuple[str, ...]:
    """Return why something is a finding: the reason of the area, then those of its questions by themselves, none twice."""
    return tuple(str(REASONS[each]) for each in dict.fromkeys((reason, *of_questions)))


def smaller_gaps(areas: int) -> str:
    """Return the heading over likely minors while something would stop stage 1: they matter later."""
    return ngettext("%(num)s more area has smaller gaps", "%(num)s more areas have smaller gaps", areas)


def shown_long_ago(answers: int) -> str:
    """Return how many answers are shown by nothing but what is old."""
    return ngettext(
        "For %(num)s answer what was done or is named is old: look again before an auditor does.",
        "For %(num)s answers what was done or is named is old: look again before an auditor does.",
        answers,
    )


def question_of(clause: str, asks: str) -> str:
    """Return a question after its clause, as an entry of a list."""
    return gettext("%(clause)s: %(question)s", clause=clause, question=asks)


def findings_title(edition: str) -> str:
    """Return the title of the findings of an edition."""
    return gettext("Findings: %(edition)s", edition=edition)


def no_findings() -> str:
    """Return that nothing was found."""
    return gettext("No finding in what is answered so far.")


def untouched(questionnaire: Questionnaire, sheet: AnswerSheet) -> str:
    """Return how many clauses no answer says anything about; empty where every one is touched."""
    clauses = len(questionnaire.untouched_clauses(sheet))
    if not clauses:
        return ""
    return ngettext(
        "%(num)s clause is not answered at all yet; the range of the verdict covers it.",
        "%(num)s clauses are not answered at all yet; the range of the verdict covers them.",
        clauses,
    )
