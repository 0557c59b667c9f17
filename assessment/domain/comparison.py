"""Two standards side by side through their topics, and the answers that carry over from one to another."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Overlap, Rung
from assessment.domain.scoring import Score, score
from assessment.domain.standard import Question, Topic


@dataclass(frozen=True, kw_only=True)
class SharedTopic:
    """A topic that both standards ask about.

    ``reasons`` say why it is shared no further, as the left standard sees it where that is what limits it; none when it is
    shared fully.
    """

    topic: Topic
    overlap: Overlap
    reasons: tuple[str, ...]
    left: tuple[Question, ...]
    right: tuple[Question, ...]


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """What two questionnaires have in common, and what only one of them asks."""

    left: Questionnaire
    right: Questionnaire
    shared: tuple[SharedTopic, ...]
    only_left: tuple[Question, ...]
    only_right: tuple[Question, ...]

    def by_overlap(self, overlap: Overlap) -> tuple[SharedTopic, ...]:
        """Return the topics that are shared this far."""
        return tuple(shared for shared in self.shared if shared.overlap is overlap)


def compare(left: Questionnaire, right: Questionnaire) -> Comparison:
    """Compare two questionnaires topic by topic, in the order of the left one."""
    on_left, on_right = _by_topic(left), _by_topic(right)
    shared = tuple(
        _shared(questions[0].topic.topic, questions, on_right[topic_id])
        for topic_id, questions in on_left.items()
        if topic_id in on_right and questions[0].topic is not None
    )
    return Comparison(
        left=left,
        right=right,
        shared=shared,
        only_left=_without(left, on_right),
        only_right=_without(right, on_left),
    )


def _by_topic(questionnaire: Questionnaire) -> Mapping[str, list[Question]]:
    topics: dict[str, list[Question]] = {}
    for question in questionnaire.questions:
        if question.topic is not None:
            topics.setdefault(question.topic.topic.id, []).append(question)
    return topics


def _shared(topic: Topic, left: Sequence[Question], right: Sequence[Question]) -> SharedTopic:
    overlap = Overlap.least(question.topic.overlap for question in (*left, *right) if question.topic is not None)
    reasons = _reasons(left, overlap) or _reasons(right, overlap)  # both sides say one thing, each from where it stands
    return SharedTopic(topic=topic, overlap=overlap, reasons=reasons, left=tuple(left), right=tuple(right))


def _reasons(questions: Sequence[Question], overlap: Overlap) -> tuple[str, ...]:
    links = (question.topic for question in questions if question.topic is not None and question.topic.overlap is overlap)
    return tuple(dict.fromkeys(link.because for link in links if link.because))


def _without(questionnaire: Questionnaire, topics: Collection[str]) -> tuple[Question, ...]:
    return tuple(q for q in questionnaire.questions if q.topic is None or q.topic.topic.id not in topics)


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An answer suggested for an open question by an answer of another standard. It counts only once confirmed."""

    question: Question
    source: Question
    source_rung: Rung
    rung: Rung
    overlap: Overlap
    because: str


def suggestions(
    target: Questionnaire, sources: Iterable[Questionnaire], sheet: AnswerSheet, refused: Collection[str] = ()
) -> tuple[Suggestion, ...]:
    """Return every answer that would carry over to an open question of ``target``, in its order.

    Where several answers of other standards are on the topic, the lowest speaks. Full to full suggests the same rung; a
    weaker overlap suggests at most the rung the rules name for it. ``refused`` holds refs of questions whose suggestion
    was turned down.
    """
    on_topic: dict[str, list[Question]] = {}
    for source in sources:
        for topic_id, questions in _by_topic(source).items():
            on_topic.setdefault(topic_id, []).extend(questions)
    suggested = (
        _suggestion(question, on_topic.get(question.topic.topic.id, []), sheet, target)
        for question in target.questions
        if question.topic is not None and sheet.is_open(question) and question.ref not in refused
    )
    return tuple(suggestion for suggestion in suggested if suggestion is not None)


def _suggestion(
    question: Question, sources: Sequence[Question], sheet: AnswerSheet, target: Questionnaire
) -> Suggestion | None:
    answered = [
        (rung, source)
        for source in sources
        if source.standard != question.standard and (rung := sheet.rung(source)) is not None
    ]
    if not answered or question.topic is None:
        return None
    source_rung, source = min(answered, key=lambda pair: pair[0])
    links = [link for link in (question.topic, source.topic) if link is not None]
    overlap = Overlap.least(link.overlap for link in links)
    return Suggestion(
        question=question,
        source=source,
        source_rung=source_rung,
        rung=min(source_rung, target.rules.carried_at_most[overlap]),
        overlap=overlap,
        because=next((link.because for link in links if link.because), ""),
    )


def accept_suggestion(suggestion: Suggestion, sheet: AnswerSheet) -> Answer:
    """Return the answer that confirming a suggestion gives.

    Its own note is kept; evidence comes along only where the overlap is full.
    """
    source = sheet.answer(suggestion.source)
    present = sheet.answer(suggestion.question)
    full = suggestion.overlap is Overlap.FULL
    return replace(
        present,
        state=State.RUNG,
        rung=suggestion.rung,
        evidence=present.evidence or (source.evidence if full else ()),
        last_done=present.last_done or (source.last_done if full else None),
        carried_from=suggestion.source.ref,
    )


def if_confirmed(suggested: Iterable[Suggestion], sheet: AnswerSheet) -> AnswerSheet:
    """Return the sheet as it would be if every suggestion held."""
    answers = {suggestion.question.ref: accept_suggestion(suggestion, sheet) for suggestion in suggested}
    return AnswerSheet(answers={**sheet.answers, **answers})


@dataclass(frozen=True, kw_only=True)
class FullCarryOver:
    """What full readiness for one standard would give another: suggestions, and the score if every one held."""

    target: Questionnaire
    source: Questionnaire
    suggested: tuple[Suggestion, ...]
    sheet: AnswerSheet


def full_carry_over(target: Questionnaire, source: Questionnaire) -> FullCarryOver:
    """Take every question of ``source`` as answered with what is enough, and nothing of ``target`` as answered."""
    full = AnswerSheet().with_rungs({question.ref: question.enough for question in source.questions})
    suggested = suggestions(target, [source], full)
    return FullCarryOver(target=target, source=source, suggested=suggested, sheet=if_confirmed(suggested, full))


@dataclass(frozen=True, kw_only=True)
class CarryOver:
    """What another standard's answers give one standard, the target.

    ``before`` counts what is confirmed only, ``after`` is the score if every suggestion held. ``full`` is what full readiness
    for the other standard would give, ``full_score`` the score that leads to, and ``shared`` how many of the target's
    questions are on a topic of both.
    """

    questionnaire: Questionnaire
    suggested: tuple[Suggestion, ...]
    before: Score
    after: Score
    full: FullCarryOver
    full_score: Score
    shared: int


def carry_over(target: Questionnaire, source: Questionnaire, sheet: AnswerSheet, refused: Collection[str] = ()) -> CarryOver:
    """Return what ``source`` gives ``target``; ``refused`` as for `suggestions`."""
    suggested = suggestions(target, [source], sheet, refused)
    full = full_carry_over(target, source)
    topics = _by_topic(source)
    return CarryOver(
        questionnaire=target,
        suggested=suggested,
        before=score(target, sheet),
        after=score(target, if_confirmed(suggested, sheet)),
        full=full,
        full_score=score(target, full.sheet),
        shared=sum(1 for question in target.questions if question.topic and question.topic.topic.id in topics),
    )
