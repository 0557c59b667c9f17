"""The running tally of a questionnaire: points and shortfalls, kept up to date while answers change.

One rule for scores, verdicts and forecasts: a plan changes the same tally that a score is read from.
"""

from collections.abc import Mapping

from assessment.domain.answers import AnswerSheet
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rules, Rung
from assessment.domain.scoring import Points, Score
from assessment.domain.standard import Question
from assessment.domain.verdict import Verdict


class Shortfalls:
    """What falls short while every question has a rung: stage 1 essentials, likely majors, likely minors."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.stage_1 = 0
        self.essentials = 0
        self.minors = 0
        self.by_group: dict[str, int] = {}
        self._full_groups = 0

    def count(self, question: Question, group: str, rung: Rung, times: int) -> None:
        """Count a question on a rung (``times`` is 1), or take it out again (-1). ``group`` is its clause x.y."""
        if rung >= question.enough:
            return
        self.stage_1 += times * (question.essential and question.stage == 1)
        if question.essential and rung <= self._rules.major_up_to:
            self.essentials += times
        else:
            self.minors += times
        before = self.by_group.get(group, 0)
        self.by_group[group] = before + times
        limit = self._rules.lapses_for_major
        self._full_groups += (before + times >= limit) - (before >= limit)

    @property
    def majors(self) -> int:
        """Likely majors: essentials that are missing, and clauses with several shortfalls."""
        return self.essentials + self._full_groups

    @property
    def verdict(self) -> Verdict:
        """The verdict these shortfalls allow."""
        if self.stage_1:
            return Verdict.TOO_EARLY
        ready = self.majors == 0 and self.minors <= self._rules.minors_allowed
        return Verdict.READY_FOR_STAGE_2 if ready else Verdict.READY_FOR_STAGE_1


class Tally:
    """Score and verdicts of one questionnaire on one sheet. ``put`` changes an answer and everything that follows from it."""

    def __init__(self, questionnaire: Questionnaire, sheet: AnswerSheet) -> None:
        self.questionnaire = questionnaire
        self._points = Points(questionnaire.rules)
        self._at_worst, self._at_best = Shortfalls(questionnaire.rules), Shortfalls(questionnaire.rules)
        self.rungs: dict[str, Rung | None] = {}
        for question in questionnaire.questions:
            if sheet.applies(question):
                self.rungs[question.ref] = rung = sheet.rung(question)
                self._count(question, rung, 1)
            else:
                self._points.exclude()

    def put(self, question: Question, rung: Rung) -> None:
        """Answer a question that applies with a rung."""
        self._count(question, self.rungs[question.ref], -1)
        self.rungs[question.ref] = rung
        self._count(question, rung, 1)

    def _count(self, question: Question, rung: Rung | None, times: int) -> None:
        group = self.questionnaire.groups[question.ref]
        self._points.count(question, rung, times)
        self._at_worst.count(question, group, Rung.ABSENT if rung is None else rung, times)
        self._at_best.count(question, group, question.enough if rung is None else rung, times)

    @property
    def score(self) -> Score:
        """The score as it stands."""
        return self._points.score

    @property
    def worst(self) -> Verdict:
        """The verdict if nothing stands behind any open answer."""
        return self._at_worst.verdict

    @property
    def best(self) -> Verdict:
        """The verdict if every open answer turns out to be enough."""
        return self._at_best.verdict

    @property
    def lapses(self) -> Mapping[str, int]:
        """Shortfalls by clause x.y if nothing stands behind any open answer."""
        return self._at_worst.by_group

    @property
    def minors(self) -> int:
        """Likely minors if nothing stands behind any open answer."""
        return self._at_worst.minors
