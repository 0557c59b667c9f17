"""Who gave the answers that stand today, and how far things were four weeks before."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from assessment.domain.answers import Answer, AnswerSheet
from assessment.domain.authors import person_of
from assessment.domain.freshness import as_of
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.scoring import Score, score

# How far back a look at what changed goes: who decides is usually told once a month (our judgement).
LOOKS_BACK = timedelta(weeks=4)


@dataclass(frozen=True, kw_only=True)
class GivenAnswer:
    """An answer as somebody gave it: the ref of its question, who gave it, and on which day (UTC)."""

    ref: str
    answer: Answer
    who: str
    on: date


@dataclass(frozen=True, kw_only=True)
class Progress:
    """Where today's answers come from, and what changed.

    ``by`` holds people with how many of the answers that stand are theirs, from a workbook or not, most first. ``since`` is
    the day that is looked back to, ``None`` where nothing was answered by then; ``before`` the score of each standard on that
    day, and ``changed`` how many answers were given or changed after it.
    """

    by: tuple[tuple[str, int], ...]
    since: date | None
    before: Mapping[str, Score]
    changed: int


def looked_back_to(on: date) -> date:
    """Return the day that is looked back to from another."""
    return on - LOOKS_BACK


def progress(given: Iterable[GivenAnswer], questionnaires: Sequence[Questionnaire], on: date) -> Progress:
    """Work out progress from every answer ever given, the earliest first. Questions that are not asked count nowhere."""
    back = looked_back_to(on)
    now: dict[str, GivenAnswer] = {}
    then: dict[str, Answer] = {}
    for each in given:
        now[each.ref] = each
        if each.on <= back:
            then[each.ref] = each.answer
    sheet = AnswerSheet(answers={ref: each.answer for ref, each in now.items()})
    asked = {question.ref: question for questionnaire in questionnaires for question in questionnaire.questions}
    standing = [each for ref, each in now.items() if ref in asked and not sheet.is_open(asked[ref])]
    earlier = AnswerSheet(answers=then)
    known = any(not earlier.is_open(question) for question in asked.values())
    judged = as_of(earlier, questionnaires, back)
    return Progress(
        by=tuple(sorted(Counter(person_of(each.who) for each in standing).items(), key=lambda pair: (-pair[1], pair[0]))),
        since=back if known else None,
        before={each.standard.id: score(each, judged) for each in questionnaires} if known else {},
        changed=sum(each.on > back for ref, each in now.items() if ref in asked),
    )
