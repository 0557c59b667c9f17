"""Which standard, and why, in words."""

from collections.abc import Sequence

from assessment.domain.fit import Advice, Fit, Recommendation, TurningPoint, Why
from assessment.domain.fit_range import Undecided
from assessment.domain.library import Library
from assessment.domain.profile import ProfileKind
from assessment.domain.result import Result
from assessment.domain.way_planner import Legs
from assessment.domain.ways import Way
from assessment.reports.wording.dates import day_in_words, join_and, join_or
from assessment.translation import gettext, lazy_gettext

TITLE = lazy_gettext("Which standard, and why")
NEED_AND_DISTANCE = lazy_gettext(
    "Need is how much speaks for a standard; distance is how far you are from it. "
    "They are two numbers and are never multiplied."
)
NOTHING_SPEAKS = lazy_gettext("Nothing you told us speaks for it yet.")
DECIDES = lazy_gettext("This decides.")
WHAT_CHANGES = lazy_gettext("What would change this advice")
NOT_KNOWN = lazy_gettext("The profile is not answered yet. Each of its answers may change the advice.")
NOTHING_CHANGES = lazy_gettext("No single answer would change this.")
ANSWERS_CHANGE = lazy_gettext("Changing any one of these answers would change the advice:")
WAYS = lazy_gettext("Together, or one after the other")
WAYS_ABOUT = lazy_gettext(
    "A second standard takes less work, and its own records, audits and review. “Saved” is against each alone (our judgement)."
)
WAYS_HEAD = (
    lazy_gettext("Way"),
    lazy_gettext("Work"),
    lazy_gettext("Saved"),
    lazy_gettext("Certificates, at the earliest"),
)
_WHY = {
    Why.NOTHING_ANSWERED: lazy_gettext("Nothing in the profile speaks for or against a standard yet."),
    Why.DEMANDED: lazy_gettext("It is asked for in writing, and that outweighs everything else."),
    Why.STRONG: lazy_gettext("The need for it is strong, and clearly stronger than for any other."),
    Why.STRONG_AND_CLOSE: lazy_gettext("The needs are strong and close, so building the shared part once saves effort."),
    Why.NEARER_DEADLINE: lazy_gettext(
        "More than one is needed. At your pace, together they would miss a deadline that is met where the one with the nearer "
        "deadline comes first."
    ),
    Why.LEANING: lazy_gettext("The need is moderate, but it points one way."),
    Why.LEVEL: lazy_gettext(
        "The needs are moderate and close; the order follows the need, then your deadline, then how far you are."
    ),
    Why.ALL_HELD: lazy_gettext("You hold every certificate there is here; what counts is the next audit of each."),
    Why.ALL_WEAK: lazy_gettext(
        "Nothing you told us speaks strongly for any of them. A certificate would be a choice, not a necessity."
    ),
}


NO_OTHER_STRONG = lazy_gettext(
    "Beside what you hold, nothing you told us speaks strongly for another. A further certificate would be a choice, not a "
    "necessity."
)


def advice_in_words(recommendation: Recommendation) -> str:
    """Return which standard to begin with, as a headline."""
    names = join_and([standard.name for standard in recommendation.first])
    match recommendation.advice:
        case Advice.NOT_KNOWN:
            return gettext("Answer the profile to see which standard fits")
        case Advice.NONE_URGENT:
            return gettext("No standard is urgent for you")
        case Advice.TOGETHER:
            return gettext("Take %(standards)s together, as one system", standards=names)
        case Advice.ONE:
            return gettext("Begin with %(standards)s", standards=names)


def _ended(result: Result) -> list[str]:
    """Return the names of what was held, has ended, and can be restored."""
    return [one.standard.name for one in result.upkeep if one.restore_by]


def _are_some_held(result: Result) -> bool:
    return len(result.situation.standards) < len(result.library.standards)


def _advice_beside_held(result: Result) -> str:
    """Return the advice, which is about what is not held."""
    advice = result.recommendation
    if advice.advice is Advice.NONE_URGENT and (ended := _ended(result)):
        return gettext("Restore %(standards)s first", standards=join_and(ended))
    if advice.advice is Advice.NONE_URGENT and advice.why is not Why.ALL_HELD and _are_some_held(result):
        return gettext("No other standard is urgent for you")
    return advice_in_words(advice)


def headline_in_words(result: Result) -> str:
    """Return which standard to begin with, or how much is missing to say so."""
    if result.undecided is None:
        return _advice_beside_held(result)
    counts = {"answered": result.undecided.answered, "asked": result.undecided.asked}
    if len(result.undecided.deciding) == 1:
        return gettext("Too early to say: %(answered)s of %(asked)s answered; this one decides", **counts)
    return gettext("Too early to say: %(answered)s of %(asked)s answered; these two decide most", **counts)


def headline(result: Result) -> str:
    """Return the same as a sentence."""
    return gettext("%(advice)s.", advice=headline_in_words(result))


def reason_in_words(result: Result) -> str:
    """Return the rule that led to the advice; where it is too early, what decides and where the answers lean so far."""
    why = why_in_words(result.recommendation)
    if result.recommendation.why is Why.ALL_WEAK and _are_some_held(result):
        why = str(NO_OTHER_STRONG)
    if result.recommendation.why is Why.ALL_HELD and _ended(result):
        why = gettext("Nothing is certified for the first time: what counts is the next audit of each certificate.")
    if result.undecided is None:
        return why
    lean = _advice_beside_held(result)
    so_far = gettext("What is answered so far says “%(advice)s”, and may still turn. %(why)s", advice=lean, why=why)
    return f"{_deciding(result.undecided)} {so_far}"


def _deciding(undecided: Undecided) -> str:
    first, *others = [question.asks for question in undecided.deciding]
    if not others:
        return gettext("Still open: “%(question)s”", question=first)
    return gettext("Still open: “%(first)s” and “%(second)s”", first=first, second=others[0])


def change_in_words(recommendation: Recommendation) -> str:
    """Return what advice becomes, with what comes later, so that every difference can be seen."""
    advice = advice_in_words(recommendation)
    if not recommendation.later:
        return gettext("%(advice)s, and nothing else for now", advice=advice)
    later = join_and([standard.name for standard in recommendation.later])
    return gettext("%(advice)s, %(standards)s later", advice=advice, standards=later)


def why_in_words(recommendation: Recommendation) -> str:
    """Return the rule that led to the advice, in one sentence or two."""
    why = str(_WHY[recommendation.why])
    if not recommendation.later:
        return why
    later = gettext("Then think about %(standards)s.", standards=join_and([each.name for each in recommendation.later]))
    return f"{why} {later}"


def fit_in_words(fit: Fit) -> str:
    """Return how much speaks for a standard, as ``40 %`` or ``40 to 55 %`` of what could."""
    if fit.low == fit.high:
        return gettext("the case is %(percent)s %% strong", percent=fit.low)
    return gettext("the case is %(low)s to %(high)s %% strong", low=fit.low, high=fit.high)


def need(fit: Fit) -> str:
    """Return how much speaks for a standard, with its name."""
    return gettext("%(standard)s: %(need)s", standard=fit.standard.name, need=fit_in_words(fit))


def turning_points(result: Result) -> list[tuple[str, list[str]]]:
    """Return what the advice would become, each with the profile questions and those answers to them that lead there."""
    leading: dict[str, dict[str, list[str]]] = {}
    for point in result.turning_points:
        answers = leading.setdefault(change_in_words(point.becomes), {}).setdefault(point.question.asks, [])
        answers.append(gettext("“%(answer)s”", answer=_other_answer(point, result.library)))
    return [
        (gettext("%(becomes)s, with:", becomes=becomes), [f"{asks} {join_or(answers)}" for asks, answers in asked.items()])
        for becomes, asked in leading.items()
    ]


def _other_answer(point: TurningPoint, library: Library) -> str:
    texts = {choice.id: choice.text for choice in point.question.choices}
    if point.question.kind is ProfileKind.STANDARDS:
        texts = {standard.id: standard.name for standard in library.standards.values()}
    return ", ".join(texts.get(value, value) for value in point.values) or gettext("none of these")


def way_in_words(way: Way, library: Library) -> str:
    """Return which standards, in which order, beside other ways: ``only a`` says that the others are left out."""
    names = legs_in_words(way.standards, library)
    return gettext("Only %(standard)s", standard=names) if sum(map(len, way.standards)) == 1 else names


def way_taken(result: Result) -> str:
    """Return the way that everything planned follows, and whether the advice or somebody chose it."""
    if result.way and not result.is_way_advised:
        return _without_advice(result)
    if not result.way:
        if not result.to_certify:
            if any(one.restore_by for one in result.upkeep):
                return gettext("Nothing is certified for the first time: what counts is the next audit of each certificate.")
            return gettext("You hold every certificate that is looked at: what counts is the next audit of each.")
        if result.way == result.advised_way:
            return gettext("As advised: no standard for now. Choose a way to see its plan.")
        return gettext("Chosen: no standard for now.")
    names = legs_in_words(result.way, result.library)
    if result.profile.way() is None:
        return gettext("The way, as advised: %(way)s.", way=names)
    if result.way == result.advised_way:
        return gettext("The way you chose, which is the advised one: %(way)s.", way=names)
    advised = legs_in_words(result.advised_way, result.library)
    return gettext("The way you chose: %(way)s. Advised: %(advised)s.", way=names, advised=advised)


def _without_advice(result: Result) -> str:
    """Return the way that is followed where the advice is open, or speaks for no standard that is looked at."""
    names = legs_in_words(result.way, result.library)
    if result.profile.way() is None:
        way = gettext("The plan is for what you look at: %(way)s.", way=names)
    else:
        way = gettext("The way you chose: %(way)s.", way=names)
    if result.recommendation.advice is Advice.NOT_KNOWN or result.undecided is not None:
        return gettext("%(way)s It is too early to advise one.", way=way)
    advised = tuple((standard.id,) for standard in result.recommendation.first)
    return gettext("%(way)s Advised: %(advised)s.", way=way, advised=legs_in_words(advised, result.library))


def legs_in_words(legs: Legs, library: Library) -> str:
    """Return which standards, in which order: ``a, then b``, ``a and b, together``, ``only a``."""
    known = library.standards
    names = [join_and([known[standard].name if standard in known else standard for standard in leg]) for leg in legs]
    if not names:
        return gettext("no standard for now")
    if len(names) > 1:
        return one_after_the_other(names)
    return gettext("%(standards)s, together", standards=names[0]) if len(legs[0]) > 1 else names[0]


def days_of(way: Way) -> str:
    """Return the days on which the certificates of a way come."""
    return one_after_the_other([day_in_words(leg.certificate) for leg in way.legs])


def one_after_the_other(parts: Sequence[str]) -> str:
    """Return parts in their order: ``a, then b``."""
    first, *others = parts
    for other in others:
        first = gettext("%(first)s, then %(second)s", first=first, second=other)
    return first
