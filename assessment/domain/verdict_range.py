"""The verdict as a range, the fewest questions that settle it, and what stands between here and the next verdict."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assessment.domain.answers import AnswerSheet
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.standard import Question
from assessment.domain.tally import Tally
from assessment.domain.verdict import Verdict


@dataclass(frozen=True, kw_only=True)
class VerdictRange:
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


def verdict_range(questionnaire: Questionnaire, sheet: AnswerSheet) -> VerdictRange:
    """Return the worst and the best verdict the open answers allow, and the fewest questions that would settle it."""
    tally = Tally(questionnaire, sheet)
    worst, best = tally.worst, tally.best
    settled_by: tuple[Question, ...] = ()
    if worst is not best:
        settled_by = _fewest(tally, sheet, best, [q for q in questionnaire.questions if sheet.is_open(q)])
    return VerdictRange(worst=worst, best=best, settled_by=settled_by)


def next_verdict(questionnaire: Questionnaire, sheet: AnswerSheet) -> NextVerdict | None:
    """Return what stands between the certain verdict and the next one, open questions included; ``None`` at the highest."""
    tally = Tally(questionnaire, sheet)
    worst = tally.worst
    if worst is Verdict.READY_FOR_STAGE_2:
        return None
    wanted = Verdict(worst + 1)
    short = [question for question in questionnaire.questions if sheet.is_open(question) or sheet.is_gap(question)]
    return NextVerdict(verdict=wanted, questions=_fewest(tally, sheet, wanted, short))


def _fewest(tally: Tally, sheet: AnswerSheet, wanted: Verdict, movable: Sequence[Question]) -> tuple[Question, ...]:
    """Find the fewest of ``movable`` that, at enough, make the verdict at least ``wanted`` with all else at its worst.

    Uses up the tally: some questions are brought to enough in it.
    """
    if wanted is Verdict.READY_FOR_STAGE_1:
        return tuple(question for question in movable if question.essential and question.stage == 1)
    questionnaire = tally.questionnaire
    major_up_to = questionnaire.rules.major_up_to

    def is_major(question: Question) -> bool:
        rung = sheet.rung(question)
        return question.essential and (question.stage == 1 or (Rung.ABSENT if rung is None else rung) <= major_up_to)

    chosen = [question for question in movable if is_major(question)]
    rest = [question for question in movable if not is_major(question)]
    return _in_order(questionnaire, [*chosen, *_lapses_too_many(tally, chosen, rest)])


def _lapses_too_many(tally: Tally, chosen: Iterable[Question], rest: Sequence[Question]) -> list[Question]:
    """Return as many of ``rest`` as bring the lapses of each clause and their sum within the rules.

    Each question belongs to one clause x.y, so taking from overfull clauses first is the smallest choice.
    """
    rules, groups = tally.questionnaire.rules, tally.questionnaire.groups
    for question in chosen:
        tally.put(question, question.enough)
    under = Counter(tally.lapses)
    total = tally.minors
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


def worth_asking(verdict_ranges: Iterable[tuple[Questionnaire, VerdictRange]], sheet: AnswerSheet) -> tuple[Question, ...]:
    """Return all open questions, those that narrow most first: what settles a verdict, then by weighted points."""
    asked: list[tuple[bool, bool, int, int, Question]] = []
    for questionnaire, verdict_range in verdict_ranges:
        settling = {question.ref for question in verdict_range.settled_by}
        for question in questionnaire.questions:
            if sheet.is_open(question):
                points = question.weight * questionnaire.rules.points(question.enough)
                asked.append((question.ref not in settling, not question.essential, -points, len(asked), question))
    return tuple(entry[-1] for entry in sorted(asked, key=lambda entry: entry[:-1]))
