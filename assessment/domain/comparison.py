"""Two standards side by side through their topics, and the answers that carry over from one to another."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import CarryRules, Overlap, Rung
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


def served_too(target: Questionnaire, source: Questionnaire) -> frozenset[str]:
    """Return the refs of questions of ``target`` that are answered by what is done for ``source``.

    Their topic is shared fully, so that one piece of evidence does for both, and nothing on it is a deed.
    """
    return frozenset(
        question.ref
        for shared in compare(source, target).by_overlap(Overlap.FULL)
        if not any(each.deed for each in (*shared.left, *shared.right))
        for question in shared.right
    )


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """An answer suggested for an open question by an answer of another standard. It counts only once confirmed."""

    question: Question
    source: Question
    source_rung: Rung
    rung: Rung
    overlap: Overlap
    because: str

    @property
    def sentence(self) -> str:
        """What would be recorded, in the question's own words for that rung: whoever confirms says that it is true."""
        return self.question.looks_like[self.rung]

    @property
    def alone(self) -> bool:
        """Whether it takes a press of its own: an essential question is never decided along with others."""
        return self.question.essential

    @property
    def one_by_one(self) -> bool:
        """Whether it is confirmed by itself only: always, unless the overlap is full and the question not essential."""
        return self.question.essential or self.overlap is not Overlap.FULL


@dataclass(frozen=True, kw_only=True)
class SharedMethod:
    """An open question for which no answer carries over, but a way of working that another standard's answer shows.

    ``because`` says what does not carry; it is empty where the content gives no reason.
    """

    question: Question
    source: Question
    because: str


def suggestions(
    target: Questionnaire, sources: Iterable[Questionnaire], sheet: AnswerSheet, refused: Collection[str] = ()
) -> tuple[Suggestion, ...]:
    """Return every answer that would carry over to an open question of ``target``, in its order.

    Where several answers of other standards are on the topic, the lowest speaks, and one that carries nothing silences the
    others. Full to full suggests the same rung; a weaker overlap suggests at most the rung the rules name for it, or none.
    Nothing comes from a deed or goes to one: what was done for one system was not done for another. ``refused`` holds refs of
    questions whose suggestion was turned down.
    """
    return tuple(
        suggestion
        for question, answered in _answered_elsewhere(target, sources, sheet)
        if question.ref not in refused and (suggestion := _suggestion(question, answered, target.rules.carried)) is not None
    )


def shared_methods(target: Questionnaire, sources: Iterable[Questionnaire], sheet: AnswerSheet) -> tuple[SharedMethod, ...]:
    """Return the open questions of ``target`` that get no suggestion while a method is there to use again, in its order.

    That is so where no rung carries and the lowest answer on the topic is at least the rung the rules name for it.
    """
    rules = target.rules.carried
    return tuple(
        SharedMethod(question=question, source=answered[0].question, because=_because(question, answered))
        for question, answered in _answered_elsewhere(target, sources, sheet)
        if answered[0].rung >= rules.method_from and _suggestion(question, answered, rules) is None
    )


@dataclass(frozen=True, kw_only=True)
class _Answered:
    question: Question
    rung: Rung


def _answered_elsewhere(
    target: Questionnaire, sources: Iterable[Questionnaire], sheet: AnswerSheet
) -> Iterator[tuple[Question, Sequence[_Answered]]]:
    """Yield each open question on a topic that another standard has answers on, with those answers, lowest first."""
    on_topic: dict[str, list[_Answered]] = {}
    for source in sources:
        for topic_id, questions in _by_topic(source).items():
            answered = [_Answered(question=q, rung=rung) for q in questions if (rung := sheet.rung(q)) is not None]
            on_topic.setdefault(topic_id, []).extend(answered)
    for question in target.questions:
        if question.topic is not None and sheet.is_open(question):
            others = [one for one in on_topic.get(question.topic.topic.id, ()) if one.question.standard != question.standard]
            if others:
                yield question, sorted(others, key=lambda one: one.rung)


def _suggestion(question: Question, answered: Sequence[_Answered], rules: CarryRules) -> Suggestion | None:
    if question.deed or any(one.question.deed for one in answered):
        return None  # not left to the content: no auditor takes one system's audit for another's
    links = [link for link in (question.topic, *(one.question.topic for one in answered)) if link is not None]
    overlap = Overlap.least(link.overlap for link in links)
    at_most = rules.at_most[overlap]
    if at_most is None:
        return None
    lowest = answered[0]
    return Suggestion(
        question=question,
        source=lowest.question,
        source_rung=lowest.rung,
        rung=min(lowest.rung, at_most),
        overlap=overlap,
        because=_because(question, answered),
    )


def _because(question: Question, answered: Sequence[_Answered]) -> str:
    links = (question.topic, *(one.question.topic for one in answered))
    return next((link.because for link in links if link is not None and link.because), "")


def accept_suggestion(suggestion: Suggestion, sheet: AnswerSheet) -> Answer:
    """Return the answer that confirming a suggestion gives.

    Its own note is kept; evidence and date come along only where the overlap is full: an auditor then takes the same piece
    for both. What was done never gets here, `suggestions` holds none of it.
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

    source: Questionnaire
    suggested: tuple[Suggestion, ...]
    sheet: AnswerSheet


def full_carry_over(target: Questionnaire, source: Questionnaire) -> FullCarryOver:
    """Take every question of ``source`` as answered with what is enough, and nothing of ``target`` as answered."""
    full = AnswerSheet().with_rungs({question.ref: question.enough for question in source.questions})
    suggested = suggestions(target, [source], full)
    return FullCarryOver(source=source, suggested=suggested, sheet=if_confirmed(suggested, full))


@dataclass(frozen=True, kw_only=True)
class CarryOver:
    """What another standard's answers give one standard, the target.

    ``before`` counts what is confirmed only, ``after`` is the score if every suggestion held. ``methods`` are the open
    questions that get no suggestion but can be worked on in the same way. ``full`` is what full readiness for the other
    standard would give, ``full_score`` the score that leads to, and ``shared`` how many of the target's questions are on a
    topic of both.
    """

    questionnaire: Questionnaire
    suggested: tuple[Suggestion, ...]
    methods: tuple[SharedMethod, ...]
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
        methods=shared_methods(target, [source], sheet),
        before=score(target, sheet),
        after=score(target, if_confirmed(suggested, sheet)),
        full=full,
        full_score=score(target, full.sheet),
        shared=sum(1 for question in target.questions if question.topic and question.topic.topic.id in topics),
    )
