"""The verdict as a range, the fewest questions that settle it, and what stands between here and the next verdict."""

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
    """The verdict above the certain one, and a smallest set of questions that, brought to enough, reach it.

    ``unreasoned`` are exclusions that need a better reason besides.
    """

    verdict: Verdict
    questions: tuple[Question, ...]
    unreasoned: tuple[Question, ...]


def verdict_range(tally: Tally) -> VerdictRange:
    """Return the worst and the best verdict the open answers allow, and the fewest questions that would settle it."""
    worst, best = tally.worst, tally.best
    settled_by: tuple[Question, ...] = ()
    if worst is not best:
        settled_by = _fewest(tally.copied(), best, [q for q in tally.questionnaire.questions if tally.sheet.is_open(q)])
    return VerdictRange(worst=worst, best=best, settled_by=settled_by)


def next_verdict(tally: Tally) -> NextVerdict | None:
    """Return what stands between the certain verdict and the next one, open questions included; ``None`` at the highest."""
    worst, rungs = tally.worst, tally.rungs
    if worst is Verdict.READY_FOR_STAGE_2:
        return None
    wanted = Verdict(worst + 1)
    applying = [question for question in tally.questionnaire.questions if question.ref in rungs]
    short = [question for question in applying if (rungs[question.ref] or Rung.ABSENT) < question.enough]
    unreasoned = tuple(exclusion.question for exclusion in tally.exclusions if not exclusion.reasoned)
    tally = tally.copied()
    tally.at_worst.bad_exclusions = 0  # those are named apart, and no question mends them
    fewest = _fewest(tally, wanted, short)
    return NextVerdict(verdict=wanted, questions=fewest, unreasoned=unreasoned)


def _fewest(tally: Tally, wanted: Verdict, movable: Sequence[Question]) -> tuple[Question, ...]:
    """Find the fewest of ``movable`` that, at enough, make the verdict at least ``wanted`` with all else at its worst.

    What must go goes first, then what is cheapest to clear, then whatever is missing in number; at last everything that turns
    out not to be needed is put back. Uses up the tally.
    """
    search = _Search(tally, wanted, movable)
    search.take_stops()
    if wanted is Verdict.READY_FOR_STAGE_2:
        search.take_majors()
        search.take_lapses()
        search.clear_areas()
    search.fill_up()
    search.put_back()
    return _in_order(tally.questionnaire, search.taken.values())


class _Search:
    """The search for a smallest set: ``taken`` holds by ref what is brought to enough in the tally so far."""

    def __init__(self, tally: Tally, wanted: Verdict, movable: Sequence[Question]) -> None:
        self.tally, self.wanted = tally, wanted
        self.short = tally.at_worst
        self.movable = {question.ref: question for question in movable}
        self.before = dict(self.short.rungs)
        self.taken: dict[str, Question] = {}

    def take(self, question: Question) -> None:
        self.taken[question.ref] = question
        self.short.put(question, question.enough)

    def left(self) -> list[Question]:
        return [question for ref, question in self.movable.items() if ref not in self.taken]

    def take_stops(self) -> None:
        """Take what stops stage 1; instead of a question that another one would spare, that other one where it can move."""
        for question in self.left():
            if question.stage == 1 and self.short.is_stop(question):
                self.take(question)
        for question in self.tally.questionnaire.questions:
            if question.ref in self.short.rungs and self.short.is_stop(question):
                instead = self.movable.get(question.stage_1_until)
                if instead or question.ref in self.movable:
                    self.take(instead or question)

    def take_majors(self) -> None:
        for covering in (True, False):  # one that covers others first: those may then be no major any more
            for question in self.left():
                if self._covers(question) is covering and self.short.is_major(question):
                    self.take(question)

    def take_lapses(self) -> None:
        """Take as few as bring the lapses of each lowest clause within the rules, absent ones first."""
        clauses = self.tally.questionnaire.clauses
        absent_first = sorted(self.left(), key=lambda question: self.short.rungs[question.ref])
        for question in absent_first:
            if self.short.is_short(question) and self.short.is_lapsed(clauses(question)[0]):
                self.take(question)

    def clear_areas(self) -> None:
        """Clear whole areas, those with the fewest short questions first, until few enough have likely minors."""
        questionnaire = self.tally.questionnaire
        clearable: dict[str, list[Question]] = {}
        for question in self.left():
            if self.short.is_short(question):
                clearable.setdefault(questionnaire.areas[question.ref], []).append(question)
        for area, questions in sorted(clearable.items(), key=lambda entry: len(entry[1])):
            if len(self.short.minors) <= questionnaire.rules.gates.minor_areas_allowed:
                return
            if self.short.short[area] == len(questions):
                for question in questions:
                    self.take(question)

    def fill_up(self) -> None:
        """Take more of what falls short, whatever raises most counts first, until the verdict is reached."""
        if self.short.verdict >= self.wanted:
            return
        for question in sorted(self.left(), key=self._raises, reverse=True):
            self.take(question)
            if self.short.verdict >= self.wanted:
                return

    def put_back(self) -> None:
        """Put back everything the verdict does not need."""
        for question in tuple(self.taken.values()):
            self.short.put(question, self.before[question.ref])
            if self.short.verdict < self.wanted:
                self.short.put(question, question.enough)
            else:
                del self.taken[question.ref]

    def _covers(self, question: Question) -> bool:
        return any(other.covered_by == question.ref for other in self.tally.questionnaire.dependents.get(question.ref, ()))

    def _raises(self, question: Question) -> tuple[int, int, int]:
        """Return by how much the counts of shares rise: what is defined, what is lived, and what is in use."""
        before = self.short.rungs[question.ref]
        if question.ref not in self.tally.questionnaire.dependents:
            spared = not self.short.is_short(question)
            used = not (spared or before >= Rung.IN_USE)
            return not (spared or before >= Rung.DEFINED), used and not question.event, used
        defined, lived, in_use = self.short.defined, self.short.lived, self.short.in_use
        self.short.put(question, question.enough)
        gain = (self.short.defined - defined, self.short.lived - lived, self.short.in_use - in_use)
        self.short.put(question, before)
        return gain


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
