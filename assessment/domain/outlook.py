"""The verdict as a range, the fewest questions that settle it, and what stands between here and the next verdict."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment.domain.answers import AnswerSheet
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.standard import Question
from assessment.domain.standing import Standing, Verdict


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """The verdict as a range: the worst and the best that the open answers allow, and the questions that would settle it.

    ``settled_by`` is a smallest set of open questions: once these turn out to be enough, the best verdict is certain, whatever
    the other open answers are. Empty when nothing is in doubt.
    """

    worst: Verdict
    best: Verdict
    settled_by: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class NextVerdict:
    """The verdict above the certain one, and a smallest set of questions that, brought to enough, reach it."""

    verdict: Verdict
    questions: tuple[Question, ...]


def outlook(questionnaire: Questionnaire, sheet: AnswerSheet) -> Outlook:
    """The worst and the best verdict the open answers allow, and the fewest questions that would settle it."""
    standing = Standing(questionnaire, sheet)
    worst, best = standing.worst, standing.best
    settled_by: tuple[Question, ...] = ()
    if worst is not best:
        settled_by = _fewest(standing, sheet, best, [q for q in questionnaire.questions if sheet.is_open(q)])
    return Outlook(worst=worst, best=best, settled_by=settled_by)


def next_verdict(questionnaire: Questionnaire, sheet: AnswerSheet) -> NextVerdict | None:
    """What still stands between the certain verdict and the next one, open questions included; ``None`` at the highest."""
    standing = Standing(questionnaire, sheet)
    worst = standing.worst
    if worst is Verdict.READY_FOR_STAGE_2:
        return None
    wanted = Verdict(worst + 1)
    short = [question for question in questionnaire.questions if sheet.is_open(question) or sheet.is_gap(question)]
    return NextVerdict(verdict=wanted, questions=_fewest(standing, sheet, wanted, short))


def _fewest(standing: Standing, sheet: AnswerSheet, wanted: Verdict, movable: Sequence[Question]) -> tuple[Question, ...]:
    """The fewest of ``movable`` that, brought to enough, make the verdict at least ``wanted`` with all else at its worst.

    Uses up the standing: some questions are brought to enough in it.
    """
    if wanted is Verdict.READY_FOR_STAGE_1:
        return tuple(question for question in movable if question.essential and question.stage == 1)
    questionnaire = standing.questionnaire
    major_up_to = questionnaire.rules.major_up_to

    def is_major(question: Question) -> bool:
        rung = sheet.rung(question)
        return question.essential and (question.stage == 1 or (Rung.ABSENT if rung is None else rung) <= major_up_to)

    chosen = [question for question in movable if is_major(question)]
    rest = [question for question in movable if not is_major(question)]
    return _in_order(questionnaire, [*chosen, *_lapses_too_many(standing, chosen, rest)])


def _lapses_too_many(standing: Standing, chosen: Iterable[Question], rest: Sequence[Question]) -> list[Question]:
    """As many of ``rest`` as bring the lapses of each clause and their sum within the rules.

    Each question belongs to one clause x.y, so taking from overfull clauses first is the smallest choice.
    """
    rules, groups = standing.questionnaire.rules, standing.questionnaire.groups
    for question in chosen:
        standing.put(question, question.enough)
    under = Counter(standing.lapses)
    total = standing.minors
    taken, kept = [], []
    for question in rest:
        group = groups[question.ref]
        if under[group] >= rules.lapses_for_major:
            under[group] -= 1
            total -= 1
            taken.append(question)
        else:
            kept.append(question)
    return taken + kept[: max(0, total - rules.minors_allowed)]


def _in_order(questionnaire: Questionnaire, questions: Iterable[Question]) -> tuple[Question, ...]:
    picked = {question.ref for question in questions}
    return tuple(question for question in questionnaire.questions if question.ref in picked)


def worth_asking(outlooks: Iterable[tuple[Questionnaire, Outlook]], sheet: AnswerSheet) -> tuple[Question, ...]:
    """All open questions, the ones that narrow most first: those that settle a verdict, then by their weighted points."""
    asked: list[tuple[bool, bool, int, int, Question]] = []
    for questionnaire, found in outlooks:
        settling = {question.ref for question in found.settled_by}
        for question in questionnaire.questions:
            if sheet.is_open(question):
                points = question.weight * questionnaire.rules.points(question.enough)
                asked.append((question.ref not in settling, not question.essential, -points, len(asked), question))
    return tuple(entry[-1] for entry in sorted(asked, key=lambda entry: entry[:-1]))
