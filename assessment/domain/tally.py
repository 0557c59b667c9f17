"""The running tally of a questionnaire: points and shortfalls, kept up to date while answers change.

One rule for scores, verdicts and forecasts: a plan changes the same tally that a score is read from.
"""

from assessment.domain.answers import AnswerSheet
from assessment.domain.exclusions import exclusions
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.scoring import Points, Score
from assessment.domain.shortfalls import Shortfalls
from assessment.domain.standard import Question
from assessment.domain.verdict import Verdict


class Tally:
    """Score and verdicts of one questionnaire on one sheet. ``put`` changes an answer and everything that follows from it.

    ``at_worst`` counts open answers as absent, ``at_best`` as enough. With ``trusting_exclusions`` every reason for leaving
    something out counts as good enough: that is put right at a desk and takes no plan.
    """

    def __init__(self, questionnaire: Questionnaire, sheet: AnswerSheet, *, trusting_exclusions: bool = False) -> None:
        self.questionnaire = questionnaire
        excluded = exclusions(questionnaire, sheet)
        bad = 0 if trusting_exclusions else sum(not exclusion.reasoned for exclusion in excluded)
        self._points = Points(questionnaire.rules)
        self.at_worst = Shortfalls(questionnaire, excluded=bool(excluded), bad_exclusions=bad)
        self.at_best = Shortfalls(questionnaire, excluded=bool(excluded), bad_exclusions=bad)
        self.rungs: dict[str, Rung | None] = {}
        for question in questionnaire.questions:
            if sheet.applies(question):
                self.rungs[question.ref] = rung = sheet.rung(question)
                self._points.count(question, rung)
                self._judge(question, rung)
            else:
                self._points.exclude()

    def put(self, question: Question, rung: Rung) -> None:
        """Answer a question that applies with a rung."""
        self._points.count(question, self.rungs[question.ref], -1)
        self.rungs[question.ref] = rung
        self._points.count(question, rung)
        self._judge(question, rung)

    def _judge(self, question: Question, rung: Rung | None) -> None:
        self.at_worst.put(question, Rung.ABSENT if rung is None else rung)
        self.at_best.put(question, question.enough if rung is None else rung)

    @property
    def score(self) -> Score:
        """The score as it stands."""
        return self._points.score

    @property
    def worst(self) -> Verdict:
        """The verdict if nothing stands behind any open answer."""
        return self.at_worst.verdict

    @property
    def best(self) -> Verdict:
        """The verdict if every open answer turns out to be enough."""
        return self.at_best.verdict
