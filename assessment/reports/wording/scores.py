"""Scores in words."""

from collections.abc import Sequence

from assessment.domain.scoring import Score
from assessment.domain.standard import Principle, Standard
from assessment.translation import gettext, ngettext


def percent_range(score: Score) -> str:
    """Return a score as ``64 %``, ``58 to 71 %``, or a word where nothing applies."""
    if score.low is None:
        return nothing_applies()
    if score.low == score.high:
        return gettext("%(percent)s %%", percent=score.low)
    return gettext("%(low)s to %(high)s %%", low=score.low, high=score.high)


def percent_range_low(score: Score) -> str:
    """Return what is certain of a score, in percent."""
    return gettext("nothing") if score.low is None else gettext("%(percent)s %%", percent=score.low)


def nothing_applies() -> str:
    """Return what stands in the place of a score of nothing."""
    return gettext("nothing applies")


def answered(score: Score) -> str:
    """Return how many of how many questions are answered: ``14 of 20``."""
    return gettext("%(answered)s of %(asked)s", answered=score.answered, asked=score.asked)


def answered_in_words(score: Score) -> str:
    """Return how many of how many questions are answered, as words that stand by themselves."""
    return ngettext(
        "%(answered)s of %(num)s question answered",
        "%(answered)s of %(num)s questions answered",
        score.asked,
        answered=score.answered,
    )


def score_sentence(standard: Standard, score: Score) -> str:
    """Return where an organisation stands, how sure that is, and why."""
    if score.low is None:
        return gettext("Nothing this questionnaire asks for %(standard)s applies.", standard=standard.name)
    sentence = gettext(
        "You meet %(range)s of what this questionnaire asks for %(standard)s.",
        range=percent_range(score),
        standard=standard.name,
    )
    if score.settled:
        return sentence
    because = ngettext(
        "It is a range because %(num)s answer is open.", "It is a range because %(num)s answers are open.", score.open
    )
    return f"{sentence} {because}"


def standing(standard: Standard, score: Score, deciding: int) -> str:
    """Return how much is met and how sure that is, or that nothing can be said yet; ``deciding`` as in `sure`."""
    if score.nothing_answered:
        return ngettext(
            "So there is no verdict: the %(num)s question is open.",
            "So there is no verdict: all %(num)s questions are open.",
            score.asked,
        )
    return f"{score_sentence(standard, score)} {sure(score, deciding)}"


def sure(score: Score, deciding: int) -> str:
    """Return how sure a verdict is; ``deciding`` open questions would settle it, none where it does not hang on them."""
    if score.settled:
        return ngettext("The one question is answered.", "All %(num)s questions are answered.", score.asked)
    if score.met_so_far is None:
        provisional = gettext("Provisional, %(answered)s of %(asked)s answered.", answered=score.answered, asked=score.asked)
    else:
        provisional = gettext(
            "Provisional: of the %(answered)s of %(asked)s questions answered so far you meet %(percent)s %%.",
            answered=score.answered,
            asked=score.asked,
            percent=score.met_so_far,
        )
    if not deciding:
        return provisional
    decides = ngettext(
        "%(num)s open question decides whether the better verdict holds.",
        "%(num)s open questions decide whether the better verdict holds.",
        deciding,
    )
    return f"{provisional} {decides}"


def state(answered: int, asked: int) -> str:
    """Return how far the questions of all standards together are answered."""
    if answered == asked:
        return ngettext("The one question is answered.", "All %(num)s questions are answered.", asked)
    return ngettext(
        "Provisional: %(answered)s of %(num)s question is answered.",
        "Provisional: %(answered)s of %(num)s questions are answered.",
        asked,
        answered=answered,
    )


def titled(scores: Sequence[tuple[Principle, Score]]) -> list[tuple[str, Score]]:
    """Return scores by the titles of their principles."""
    return [(principle.title, score) for principle, score in scores]
