"""What an auditor will ask about although no verdict moves: what is left out, done too early, or only on paper."""

from assessment.domain.early_deeds import EarlyDeed
from assessment.domain.exclusions import Doubt
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.standard_result import StandardResult
from assessment.reports.wording.dates import day_in_words, join_and
from assessment.reports.wording.verdicts import question_of
from assessment.translation import gettext, lazy_gettext, ngettext

WILL_ASK = lazy_gettext("An auditor will ask")
MANY = 3  # so many warnings of one kind are said in one


def left_out(standard: StandardResult) -> str:
    """Return what an organisation says does not apply, by clause, and what an auditor does with that; empty without any."""
    if not standard.exclusions:
        return ""
    clauses = dict.fromkeys(standard.questionnaire.clauses(exclusion.question)[0] for exclusion in standard.exclusions)
    return ngettext(
        "Left out: %(num)s question, on %(clauses)s. An auditor looks at its reason first.",
        "Left out: %(num)s questions, on %(clauses)s. An auditor looks at their reasons first.",
        len(standard.exclusions),
        clauses=join_and(list(clauses)),
    )


def left_out_without_reason(standard: StandardResult) -> list[str]:
    """Return that something is left out without a reason that would hold, which a next audit would find."""
    if not standard.unreasoned:
        return []
    return [
        ngettext(
            "%(num)s question is left out without a reason that would hold: a likely finding there (our judgement).",
            "%(num)s questions are left out without a reason that would hold: likely findings there (our judgement).",
            len(standard.unreasoned),
        )
    ]


def doubts(standard: StandardResult) -> tuple[str, ...]:
    """Return what an auditor will ask about, as warnings that move no verdict."""
    early = (early_in_words(deed, standard.questionnaire) for deed in standard.early_deeds)
    paper = (paper_in_words(standard),) if standard.only_on_paper else ()
    return (*_doubts_of_exclusions(standard), *early, *paper)


def early_in_words(deed: EarlyDeed, questionnaire: Questionnaire) -> str:
    """Return that a deed was done before anything is shown that it could have looked at."""
    area = questionnaire.areas[deed.question.ref]
    return gettext(
        "An auditor will ask about %(clause)s %(title)s: it is dated %(day)s, before the first day that is named for anything "
        "stage 1 looks at, %(first)s. What was done before the system was there does not count (our judgement).",
        clause=area,
        title=questionnaire.clause_title(area),
        day=day_in_words(deed.done_on),
        first=day_in_words(deed.first_shown),
    )


def paper_in_words(standard: StandardResult) -> str:
    """Return that several essentials are agreed and not lived, and what an auditor may make of that."""
    areas = dict.fromkeys(standard.questionnaire.areas[question.ref] for question in standard.only_on_paper)
    return gettext(
        "%(num)s essentials are agreed and not yet in use (%(areas)s). Each is a likely minor; together they look like a "
        "system on paper, and an auditor may write a major (our judgement).",
        num=len(standard.only_on_paper),
        areas=join_and(list(areas)),
    )


def _doubts_of_exclusions(standard: StandardResult) -> tuple[str, ...]:
    """Return the warnings that something is left out although the organisation seems to do what it is about."""
    asked = [doubt for doubt in standard.doubtful_exclusions if doubt.question]
    whole = tuple(doubtful(doubt, standard.questionnaire) for doubt in standard.doubtful_exclusions if not doubt.question)
    if len(asked) < MANY:
        return (*whole, *(doubtful(doubt, standard.questionnaire) for doubt in asked))
    named = [question_of(doubt.clause, doubt.question.asks) for doubt in asked if doubt.question]
    together = gettext(
        "An auditor will ask about each of these: you leave them out, and what you say about yourselves speaks for them. "
        "%(questions)s",
        questions=" ".join(named),
    )
    return (*whole, together)


def doubtful(doubt: Doubt, questionnaire: Questionnaire) -> str:
    """Return the warning that a clause as a whole, or a question, is left out although the organisation seems to do it."""
    if doubt.question:
        return gettext(
            "An auditor will ask about %(clause)s: you leave out “%(question)s”, "
            "and what you say about yourselves speaks for it.",
            clause=doubt.clause,
            question=doubt.question.asks,
        )
    return gettext(
        "An auditor will ask about %(clause)s %(title)s: you leave it out as a whole, "
        "and what you say about yourselves sounds as if you do it.",
        clause=doubt.clause,
        title=questionnaire.clause_title(doubt.clause),
    )
