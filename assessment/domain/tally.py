"""The running tally of a questionnaire: points and shortfalls, kept up to date while answers change.

One rule for scores, verdicts and forecasts: a plan changes a copy of the tally that a score is read from.
"""

from copy import copy

from assessment.domain.answers import AnswerSheet
from assessment.domain.exclusions import exclusions
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.scoring import Score, points_of
from assessment.domain.shortfalls import Shortfalls, absent_where_open
from assessment.domain.standard import Question
from assessment.domain.verdict import Verdict


class Tally:
    """Score and verdicts of one questionnaire on one sheet. ``put`` changes an answer and everything that follows from it.

    ``at_worst`` counts open answers as absent, ``at_best`` as enough.
    """

    def __init__(self, questionnaire: Questionnaire, sheet: AnswerSheet) -> None:
        self.questionnaire, self.sheet = questionnaire, sheet
        self.exclusions = exclusions(questionnaire, sheet)
        self.rungs = sheet.applying(questionnaire.questions)
        self.points = points_of(questionnaire.questions, self.rungs, questionnaire.rules)
        bad = sum(not exclusion.reasoned for exclusion in self.exclusions)
        worst = absent_where_open(self.rungs)
        self.at_worst = Shortfalls(questionnaire, worst, excluded=bool(self.exclusions), bad_exclusions=bad)
        self.counted_at_best: Shortfalls | None = None

    def copied(self) -> "Tally":
        """Return a tally that may be changed without changing this one."""
        other = copy(self)
        other.rungs, other.points = dict(self.rungs), copy(self.points)
        other.at_worst, other.counted_at_best = self.at_worst.copied(), None
        return other

    @property
    def at_best(self) -> Shortfalls:
        """What falls short with open answers as enough; counted when it is first asked for, as many who tally never ask."""
        if self.counted_at_best is None:
            by_ref = self.questionnaire.by_ref
            best = {ref: by_ref[ref].enough if rung is None else rung for ref, rung in self.rungs.items()}
            bad = self.at_worst.bad_exclusions
            self.counted_at_best = Shortfalls(self.questionnaire, best, excluded=bool(self.exclusions), bad_exclusions=bad)
        return self.counted_at_best

    def put(self, question: Question, rung: Rung) -> None:
        """Answer a question that applies with a rung."""
        self.points.count(question, self.rungs[question.ref], -1)
        self.rungs[question.ref] = rung
        self.points.count(question, rung)
        self.at_worst.put(question, rung)
        if self.counted_at_best is not None:
            self.counted_at_best.put(question, rung)

    @property
    def score(self) -> Score:
        """The score as it stands."""
        return self.points.score

    @property
    def worst(self) -> Verdict:
        """The verdict if nothing stands behind any open answer."""
        return self.at_worst.verdict

    @property
    def best(self) -> Verdict:
        """The verdict if every open answer turns out to be enough."""
        return self.at_best.verdict
