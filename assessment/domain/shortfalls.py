"""What falls short while every question that applies has a rung, counted by area, and the verdict that allows.

One rule for findings, verdicts and forecasts. Every count moves one way when an answer gets better, so no better answer can
worsen a verdict.
"""

from collections import defaultdict
from collections.abc import Mapping
from copy import copy

from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.standard import Question
from assessment.domain.verdict import Verdict

PERCENT = 100


def absent_where_open(rungs: Mapping[str, Rung | None]) -> dict[str, Rung]:
    """Return rungs, as `AnswerSheet.applying` gives them, as if nothing stood behind any open answer."""
    return {ref: Rung.ABSENT if rung is None else rung for ref, rung in rungs.items()}


class Standings:
    """Questions that apply, by ref each on a rung, and what each amounts to by itself: nothing is counted.

    ``excluded`` says whether anything is excluded.
    """

    def __init__(self, questionnaire: Questionnaire, rungs: Mapping[str, Rung], *, excluded: bool) -> None:
        self._gates, self._thresholds = questionnaire.rules.gates, questionnaire.thresholds
        self._excluded = excluded
        self.rungs = dict(rungs)

    def put(self, question: Question, rung: Rung) -> None:
        """Put one of the questions on another rung."""
        self.rungs[question.ref] = rung

    def is_short(self, question: Question) -> bool:
        """Tell whether a question that applies falls short, and no other one that is enough makes up for it."""
        if self.rungs[question.ref] >= question.enough:
            return False
        cover = self._thresholds[question.ref].cover
        return cover is None or self.rungs.get(cover.ref, Rung.ABSENT) < cover.enough

    def is_major(self, question: Question) -> bool:
        """Tell whether a question that applies is a likely major by itself."""
        return self.rungs[question.ref] < self._thresholds[question.ref].major_below and self.is_short(question)

    def is_stop(self, question: Question) -> bool:
        """Tell whether a question that applies would stop stage 1 by itself."""
        least = self._gates.stage_1_at_least
        if self.rungs[question.ref] >= least:
            return False
        if question.stage == 1 or (question.checks_exclusions and self._excluded):
            return True
        return bool(question.stage_1_until) and self.rungs.get(question.stage_1_until, Rung.ABSENT) < least


class Shortfalls(Standings):
    """What falls short among questions that apply, by ref each on a rung, kept up to date while rungs change.

    ``bad_exclusions`` is how many exclusions stop stage 1 whatever the rungs are, ``excluded`` whether anything is excluded.
    """

    def __init__(self, questionnaire: Questionnaire, rungs: Mapping[str, Rung], *, excluded: bool, bad_exclusions: int) -> None:
        super().__init__(questionnaire, rungs, excluded=excluded)
        self._questionnaire, self._rules = questionnaire, questionnaire.rules.findings
        self.bad_exclusions = bad_exclusions
        self.asked = self.defined = self.in_use = self.stops = 0
        # The same of what is no event: an event that has not happened is enough, and nothing that is lived.
        self.asked_to_live = self.lived = 0
        # By area: questions that fall short, and those of them that are a likely major by themselves.
        self.short: defaultdict[str, int] = defaultdict(int)
        self.major: defaultdict[str, int] = defaultdict(int)
        # By lowest clause: questions low enough to count as a lapse, and those of them that are absent.
        self.low: defaultdict[str, int] = defaultdict(int)
        self.absent: defaultdict[str, int] = defaultdict(int)
        for ref in rungs:
            self._count(questionnaire.by_ref[ref], 1)

    def copied(self) -> "Shortfalls":
        """Return what may be changed without changing this."""
        other = copy(self)
        other.rungs = dict(self.rungs)
        other.short, other.major = self.short.copy(), self.major.copy()
        other.low, other.absent = self.low.copy(), self.absent.copy()
        return other

    def put(self, question: Question, rung: Rung) -> None:
        """Put one of the questions on another rung."""
        leaning = [other for other in self._questionnaire.dependents.get(question.ref, ()) if other.ref in self.rungs]
        for other in leaning:
            self._count(other, -1)
        self._count(question, -1)
        self.rungs[question.ref] = rung
        self._count(question, 1)
        for other in leaning:
            self._count(other, 1)

    def _count(self, question: Question, times: int) -> None:
        rung, thresholds = self.rungs[question.ref], self._thresholds[question.ref]
        self.asked += times
        self.asked_to_live += 0 if question.event else times
        if rung < self._gates.stage_1_at_least and self.is_stop(question):
            self.stops += times
        if rung >= question.enough or not self.is_short(question):
            self.defined += times
            self.in_use += times
            self.lived += 0 if question.event else times
            return
        if rung >= Rung.DEFINED:
            self.defined += times
        if rung >= Rung.IN_USE:
            self.in_use += times
            self.lived += 0 if question.event else times
        self.short[thresholds.area] += times
        if rung < thresholds.major_below:
            self.major[thresholds.area] += times
        if rung <= self._rules.essential_major_up_to:
            self.low[thresholds.clause] += times
        if rung is Rung.ABSENT:
            self.absent[thresholds.clause] += times

    def is_lapsed(self, clause: str) -> bool:
        """Tell whether several lapses lie on one lowest clause."""
        rules = self._rules
        return self.low[clause] >= rules.lapses_for_major and self.absent.get(clause, 0) >= rules.absent_for_major

    @property
    def majors(self) -> frozenset[str]:
        """The areas an auditor would probably write a major against."""
        lapsed = {self._questionnaire.area(clause) for clause in self.low if self.is_lapsed(clause)}
        return frozenset(lapsed | {area for area, count in self.major.items() if count})

    @property
    def minors(self) -> frozenset[str]:
        """The areas an auditor would probably write no more than a minor against."""
        return frozenset(area for area, count in self.short.items() if count) - self.majors

    @property
    def reaches_floor(self) -> bool:
        """Whether enough is defined, and enough of what is no event is lived, for an audit to make sense."""
        return (
            PERCENT * self.defined >= self._gates.defined_percent * self.asked
            and PERCENT * self.lived >= self._gates.in_use_percent * self.asked_to_live
        )

    @property
    def verdict(self) -> Verdict:
        """The verdict these shortfalls allow."""
        if self.stops or self.bad_exclusions or not self.reaches_floor:
            return Verdict.TOO_EARLY
        lived = PERCENT * self.in_use >= self._gates.ready_in_use_percent * self.asked
        if not lived or self.majors or len(self.minors) > self._gates.minor_areas_allowed:
            return Verdict.READY_FOR_STAGE_1
        return Verdict.READY_FOR_STAGE_2
