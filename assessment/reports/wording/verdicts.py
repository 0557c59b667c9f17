"""Verdicts and findings in words, in the vocabulary of ISO/IEC 17021-1."""

from assessment.domain.findings import Grade, Reason
from assessment.domain.planning import Forecast
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import StandardResult
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
VERDICTS_MEAN = {
    Verdict.TOO_EARLY: lazy_gettext(
        "Something an auditor looks at first is missing or not lived yet, so an audit would be stopped early."
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
    Grade.OPPORTUNITY: lazy_gettext("Opportunity"),
}
GRADES_MEAN = {
    Grade.LIKELY_MAJOR: lazy_gettext("An auditor would probably stop the certificate until this is put right."),
    Grade.LIKELY_MINOR: lazy_gettext("An auditor would probably want a plan for putting this right."),
    Grade.OPPORTUNITY: lazy_gettext("Claimed and perhaps true, but nothing named here would show it today."),
}
REASONS = {
    Reason.ESSENTIAL_MISSING: lazy_gettext("An essential that is missing or informal puts the whole system in doubt."),
    Reason.ESSENTIAL_NOT_LIVED: lazy_gettext("An essential that is defined but not yet lived."),
    Reason.BELOW_ENOUGH: lazy_gettext("Short of what is enough for this question."),
    Reason.SEVERAL_LAPSES: lazy_gettext("Several lapses under one clause together point to a system that does not work there."),
    Reason.NOT_SHOWN: lazy_gettext("Claimed, not shown yet: no evidence or no date is named."),
    Reason.OUT_OF_DATE: lazy_gettext("Last done too long ago to show that it still works."),
}
WHAT_HELPS = lazy_gettext("What helps")


def verdict_in_words(verdict_range: VerdictRange | Forecast) -> str:
    """Return the verdict; where open answers leave it in doubt, from the worst to the best."""
    if verdict_range.worst is verdict_range.best:
        return str(VERDICTS[verdict_range.worst])
    return str(RANGES[verdict_range.worst, verdict_range.best])


def rehearsal_in_words(standard: StandardResult) -> str:
    """Return what would happen if the auditor came today."""
    majors, minors = (len(standard.graded(grade)) for grade in (Grade.LIKELY_MAJOR, Grade.LIKELY_MINOR))
    values = {
        "majors": ngettext("%(num)s likely major", "%(num)s likely majors", majors),
        "minors": ngettext("%(num)s likely minor", "%(num)s likely minors", minors),
    }
    settled = standard.verdict_range.worst is standard.verdict_range.best
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
                "If the auditor came today: %(majors)s, %(minors)s; "
                "stage 1 would end with areas of concern, and stage 2 would not be scheduled."
            )
        return gettext(
            "If the auditor came today: %(majors)s, %(minors)s; "
            "at worst stage 1 would end with areas of concern, and stage 2 would not be scheduled."
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


def findings_title(edition: str) -> str:
    """Return the title of the findings of an edition."""
    return gettext("Findings: %(edition)s", edition=edition)


def no_findings() -> str:
    """Return that nothing was found."""
    return gettext("No finding in what is answered so far.")


def left_out(questionnaire: Questionnaire) -> str:
    """Return what a quick check leaves out; empty where everything is asked."""
    if not questionnaire.left_out:
        return ""
    return gettext(
        "This is the quick check: %(questions)s, and %(clauses)s. The verdict is about what was asked.",
        questions=ngettext(
            "%(num)s question of the full check is not asked",
            "%(num)s questions of the full check are not asked",
            len(questionnaire.left_out),
        ),
        clauses=ngettext(
            "%(num)s clause is not looked at", "%(num)s clauses are not looked at", len(questionnaire.unseen_clauses)
        ),
    )
