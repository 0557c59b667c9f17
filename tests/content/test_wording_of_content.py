"""What auditors found by hand in the wording of the questionnaires, and a program can find: over every shipped standard.

Which clauses want something written is told by the lists of documented information in DOMAIN.md section 6. An exception
stands here with its reason; one that nothing needs any more is a fault.
"""

import re
from collections.abc import Iterable

import pytest

from assessment.domain.rules import Rung
from assessment.domain.standard import Question, Standard
from tests.support.content import LIBRARY

each_standard = pytest.mark.parametrize("standard", LIBRARY.standards.values(), ids=list(LIBRARY.standards))

# A paper, or a mark on one. "Report" and "form" are left out: people report a fault, and a form is a shape as well.
PAPER = re.compile(
    r"\b(lists?|listed|documents?|documented|written|on paper|records?|recorded|minutes|register|map|labels?|labelled|noted)\b",
    re.IGNORECASE,
)
SIGNED = re.compile(r"\b(signed|signatures?)\b", re.IGNORECASE)
WANTS_PAPER = {
    "iso-9001": """4.3 4.4.2 5.2.1 5.2.2 6.2.1 7.1.5.1 7.1.5.2 7.2 7.5.1 7.5.2 7.5.3 8.1 8.2.3 8.2.4 8.3.2 8.3.3 8.3.4 8.3.5
        8.3.6 8.4.1 8.5.1 8.5.2 8.5.3 8.5.6 8.6 8.7.2 9.1.1 9.2.2 9.3.3 10.2.2""",
    "iso-14001": """4.3 5.2 6.1.1 6.1.2 6.1.3 6.1.4 6.2.1 7.2 7.4.1 7.4.2 7.4.3 7.5.1 7.5.2 7.5.3 8.1 8.2 9.1.1 9.1.2 9.2.2
        9.3 9.3.3 10.2""",
}
PAPER_ALL_THE_SAME = {
    "iso-14001/named-conditions": "a map of protected areas is the paper of others",
    "iso-9001/rework-checked": "the record of what was done with a faulty item is wanted by the clause below it, 8.7.2",
}

# Something that may not have happened: an occasion and not a daily matter.
OCCASION = re.compile(
    r"\b(?:recent|last|doubtful|finished) (?:cases?|changes?|exceptions?|differences?|faults?|incidents?|actions?|rework)\b"
    r"|\b(?:faults?|complaints|damage|exceptions|incidents|changes|cases|concerns) of the last\b"
    r"|\b(?:cases closed|a case)\b|\b(?:damage|mistakes) (?:was|were) reported\b",
    re.IGNORECASE,
)
NONE = re.compile(
    r"\b(?:or|and) (?:there (?:was|were|is) (?:none|no )|none\b|no such\b|nothing\b|no case\b)|\bif any\b", re.IGNORECASE
)
NOT_YET = re.compile(r"\b(?:no|none|nobody|nothing|not)\b.*\b(?:yet|now|since|ha(?:s|ve) been)\b", re.IGNORECASE)
OCCASION_ALL_THE_SAME = {
    "iso-9001/complaints": "every firm with customers hears some, and none at all is what the question looks for",
    "iso-9001/corrective-action": "internal audits alone bring cases; without one nobody believes the way",
    "iso-9001/similar-faults": "as for the removal of causes",
    "iso-9001/fault-records": "a firm without any fault has not looked",
}

# Claims on how often or how much; they name the year of their source, and that there is only one, where there is.
CLAIM = re.compile(
    r"\bmost (?:common|frequent|expensive|often|mistakes|lapses|reports|disputes|findings|firms|accidents|unhappy)\b"
    r"|\b(?:ten|two|three) times\b|\ba (?:tenth|third|quarter) of\b|\bpercent of\b"
    r"|\bevery (?:third|fourth|fifth|sixth|tenth)\b",
    re.IGNORECASE,
)
SOURCED = re.compile(r"\((?:[^()]*, )?(?:19|20)\d\d\)")

# Words that auditors use for one thing: where else they would mean another, by the clauses that may use them.
ONE_MEANING = {
    "validation": ("8.3", "8.5.1"),
    "verification": ("8.3", "7.1.5", "9.1.1"),
    "concession": ("8.6", "8.7"),
}
# The first look at the environment has this name; the yearly look by top management has another.
ENVIRONMENTAL_REVIEW = re.compile(r"\benvironmental reviews?\b", re.IGNORECASE)

# Matters of a clause in the order of its items, as keywords of ours: a hint that names four or more of them shuffles them.
ITEMS = {
    "6.2.2": ("what is done", "means", "who", "when", "judged|worked"),
    "8.4.3": ("specification", "approv", "able to|competen", "together", "check|watch", "their site"),
    "8.5.4": ("handling", "packing", "storage", "transport"),
    "8.7.2": ("wrong", "became|was done", "concession", "who decided"),
    "9.1.1": ("what", "how|way", "when|often", "looks? at"),
    "9.1.3": ("product", "satisfaction", "system", "plans", "risks", "suppliers", "ideas"),
    "9.3.2": (
        "decisions",
        "changes",
        "customers|parties",
        "objectives",
        "processes",
        "faults",
        "figures|monitoring",
        "audits",
        "suppliers",
        "means",
        "risks",
        "ideas|improvement",
    ),
}


def plain(text: str) -> str:
    """Return a text as it is compared: lower case, words only."""
    return " ".join(re.findall(r"[a-z]+", text.lower()))


def clauses_of(question: Question) -> set[str]:
    return {number for numbers in question.clauses.values() for number in numbers}


def in_parts(question: Question, clauses: Iterable[str]) -> bool:
    return any(number == part or number.startswith(part + ".") for number in clauses_of(question) for part in clauses)


def shown(question: Question) -> tuple[str, ...]:
    """Return the rungs from an agreed way on: what is told below them is a shortfall, and may name anything."""
    return tuple(question.looks_like[rung] for rung in (Rung.DEFINED, Rung.IN_USE, Rung.IMPROVED))


def not_excused(faults: list[tuple[str, str]], excused: dict[str, str], standard: Standard) -> list[tuple[str, str]]:
    """Return the faults that have no exception; an exception that no fault needs any more is a fault itself."""
    faulty = {ref for ref, _ in faults}
    own = {ref for ref in excused if ref.startswith(standard.id + "/")}
    return [(ref, text) for ref, text in faults if ref not in excused] + [(ref, excused[ref]) for ref in sorted(own - faulty)]


def said_of(question: Question) -> tuple[str, ...]:
    return (question.asks, question.hint, question.why, *question.evidence, *question.looks_like.values())


def topic_of(question: Question) -> str:
    return question.topic.topic.id if question.topic else question.ref


@each_standard
def test_no_rung_and_no_reason_stands_at_two_questions_of_a_standard(standard: Standard) -> None:
    seen: dict[str, str] = {}
    twice = []
    for question in standard.questions:
        for text in (question.why, *question.looks_like.values()):
            first = seen.setdefault(plain(text), question.id)
            if first != question.id:
                twice.append((first, question.id, text))
    assert len(seen) > 5 * len(standard.questions)
    assert twice == []


@each_standard
def test_two_standards_say_the_same_only_on_what_they_share(standard: Standard) -> None:
    others: dict[str, set[str]] = {}
    for question in LIBRARY.questions.values():
        if question.standard != standard.id:
            for text in (question.why, *question.looks_like.values()):
                others.setdefault(plain(text), set()).add(topic_of(question))
    assert others
    assert [
        (question.ref, text)
        for question in standard.questions
        for text in (question.why, *question.looks_like.values())
        if others.get(plain(text), {topic_of(question)}) != {topic_of(question)}
    ] == []


@each_standard
def test_no_rung_asks_for_a_paper_or_a_signature_that_the_standard_does_not_want(standard: Standard) -> None:
    papers, signatures = [], []
    for question in standard.questions:
        wanted = in_parts(question, WANTS_PAPER[standard.id].split())
        papers += [(question.ref, text) for text in shown(question) if PAPER.search(text) and not wanted]
        signatures += [(question.ref, text) for text in shown(question) if SIGNED.search(text)]
    assert not_excused(papers, PAPER_ALL_THE_SAME, standard) == []
    assert signatures == []


@each_standard
def test_what_may_not_have_happened_can_be_answered_with_that_there_was_none(standard: Standard) -> None:
    events = [question for question in standard.questions if question.event]
    assert events
    assert [question.ref for question in events if not NOT_YET.search(question.looks_like[Rung.DEFINED])] == []
    others = [(question.ref, question.looks_like[Rung.IN_USE]) for question in standard.questions if not question.event]
    told = [(ref, text) for ref, text in others if OCCASION.search(text)]
    assert told
    assert not_excused([(ref, text) for ref, text in told if not NONE.search(text)], OCCASION_ALL_THE_SAME, standard) == []


@each_standard
def test_a_claim_names_its_source(standard: Standard) -> None:
    texts = [(question.ref, text) for question in standard.questions for text in (question.hint, question.why)]
    assert [(ref, text) for ref, text in texts if CLAIM.search(text) and not SOURCED.search(text)] == []


@each_standard
def test_words_of_auditors_are_used_in_one_meaning(standard: Standard) -> None:
    strange = []
    for question in standard.questions:
        for text in said_of(question):
            words = [word for word, parts in ONE_MEANING.items() if word in text.lower() and not in_parts(question, parts)]
            if words or (ENVIRONMENTAL_REVIEW.search(text) and in_parts(question, ("9.3",))):
                strange.append((question.ref, text))
    assert strange == []


@each_standard
def test_hints_do_not_follow_the_order_of_a_clauses_items(standard: Standard) -> None:
    followed, looked_at = [], 0
    for question in standard.questions:
        for number in clauses_of(question) & set(ITEMS):
            looked_at += 1
            found = [re.search(items, question.hint, re.IGNORECASE) for items in ITEMS[number]]
            places = [match.start() for match in found if match]
            if len(places) >= 4 and places == sorted(places):
                followed.append((question.ref, question.hint))
    assert looked_at >= 3
    assert followed == []


def test_no_action_is_done_only_when_something_is_signed() -> None:
    assert [
        action.key for action in LIBRARY.actions.values() if SIGNED.search(" ".join((action.done_when, *action.produces)))
    ] == []


@pytest.mark.parametrize(
    ("pattern", "faulted"),
    [
        (SIGNED, "It is signed, fits what we do, and objectives are taken from it."),
        (PAPER, "A list covers what the standard asks for and what the work needs, and each item exists."),
        (PAPER, "The map shows inputs, results and order of the processes, and a real case follows it."),
        (PAPER, "Maintenance of the last three months was done as planned and recorded."),
        (PAPER, "For the training of the last twelve months somebody judged the effect and noted it."),
        (OCCASION, "Customer figures are on the table regularly, and we can show a case in which the customer came first."),
        (OCCASION, "The last change went that way, and it can be shown."),
        (OCCASION, "For recent changes the papers were corrected and those concerned can be shown to have known."),
        (CLAIM, "A bad part built in costs ten times a bad part sent back."),
        (CLAIM, "A fault found early costs a tenth of the fault found late."),
        (CLAIM, "A forgotten topic is the most common finding on this clause."),
        (ENVIRONMENTAL_REVIEW, "Does the environmental review end in decisions that are carried out?"),
    ],
)
def test_what_auditors_faulted_is_seen(pattern: re.Pattern[str], faulted: str) -> None:
    assert pattern.search(faulted)
