"""`make bench`: what the rules cost for one full assessment of both standards, against a plain loop over the same answers.

Times on a shared machine say little; the ratio to a floor measured in the same run, and how it grows, say more. The best of
many runs is taken, since everything else only adds to it.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from assessment.content import load, read_sample
from assessment.domain.answers import AnswerSheet
from assessment.domain.comparison import compare, suggestions
from assessment.domain.firm import Firm
from assessment.domain.forecasts import forecasts
from assessment.domain.planning import plan
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import assess
from assessment.paths import shipped

ON = date(2026, 11, 24)
TARGET_MS = 5
RUNS = 60


def best(work: Callable[[], object], runs: int = RUNS) -> float:
    """Milliseconds of the fastest of some runs."""
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return min(times) * 1000


def floor(questionnaires: Sequence[Questionnaire], sheet: AnswerSheet) -> int:
    """A plain loop: look every answer up and add weight times points."""
    total = 0
    for questionnaire in questionnaires:
        for question in questionnaire.questions:
            rung = sheet.answers[question.ref].rung
            if rung is not None:
                total += question.weight * questionnaire.rules.ladder[rung].points
    return total


def multiplied(questionnaire: Questionnaire, sheet: AnswerSheet, times: int) -> tuple[Questionnaire, AnswerSheet]:
    """The same questionnaire with every question several times over, and its answers."""
    copies = [
        (replace(question, id=f"{question.id}-{copy}"), sheet.answers[question.ref])
        for copy in range(times)
        for question in questionnaire.questions
    ]
    questions = tuple(question for question, _ in copies)
    longer = replace(questionnaire, questions=questions, standard=replace(questionnaire.standard, questions=questions))
    return longer, AnswerSheet(answers={question.ref: answer for question, answer in copies})


def main() -> None:
    """Print the figures."""
    content = shipped("questionnaires")
    library = load(content)
    demo = read_sample(content / "demo.toml", library, ON)
    both, sheet = demo.questionnaires, demo.sheet
    firm = Firm(profile=demo.profile, rules=library.rules.work)
    refs = [question.ref for each in both for question in each.questions]
    absent = AnswerSheet().with_rungs(dict.fromkeys(refs, library.rules.ladder[0].rung))
    least = best(lambda: floor(both, sheet))
    print(f"floor: a plain loop over {len(refs)} answers: {least:.3f} ms")
    whole = 0.0
    for name, work in (
        ("scores, findings, verdicts, fit", lambda: assess(library, both, sheet, demo.profile, ON)),
        ("comparison and carried answers", lambda: (compare(*both), suggestions(both[1], [both[0]], sheet))),
        ("plan with forecasts", lambda: forecasts(both, sheet, plan(both, library.actions, sheet, firm))),
    ):
        taken = best(work)
        whole += taken
        print(f"{name}: {taken:.2f} ms, {taken / least:.0f} times the floor")
    print(f"all together: {whole:.2f} ms, {whole / least:.0f} times the floor (target: under {TARGET_MS} ms)")
    print(f"plan when nothing is there: {best(lambda: plan(both, library.actions, absent, firm)):.2f} ms")
    for times in (1, 2, 4, 8):
        longer, answers = multiplied(both[0], sheet, times)
        taken = best(partial(assess, library, [longer], answers, demo.profile, ON), RUNS // times)
        print(f"{len(longer.questions)} questions: {1000 * taken / len(longer.questions):.1f} microseconds a question")


if __name__ == "__main__":
    main()
