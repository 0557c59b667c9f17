"""How a score came about, step by step, and what a line counts as."""

from assessment.domain.significance import Ground, Separation, Significance
from assessment.domain.significance_method import Join, Method
from assessment.domain.worksheet import Register
from assessment.translation import gettext, lazy_gettext

_JOINS = {
    Join.MEAN_UP: lazy_gettext("their mean, rounded up"),
    Join.LARGEST: lazy_gettext("the larger of them"),
}


def verdict_in_words(found: Significance) -> str:
    """Return what a line counts as, in one or two words with its score."""
    method = found.method
    if found.is_significant is None:
        return gettext("not scored yet")
    score = gettext("score %(score)s", score=found.score.total) if found.score.total is not None else gettext("no score yet")
    if not found.is_significant:
        return gettext("not %(verdict)s, %(score)s", verdict=method.counts_as, score=score)
    if found.ground is Ground.OVERRIDE:
        return gettext("%(verdict)s whatever the score, %(score)s", verdict=method.counts_as, score=score)
    if found.ground is Ground.BY_HAND:
        return gettext("%(verdict)s by hand, %(score)s", verdict=method.counts_as, score=score)
    return gettext("%(verdict)s, %(score)s", verdict=method.counts_as, score=score)


def scored_in_words(method: Method, scored: tuple[int | None, bool]) -> str:
    """Return what a line counted as in an accepted version, with its score."""
    total, counts = scored
    if total is None and not counts:
        return gettext("not scored yet")
    score = gettext("score %(score)s", score=total) if total is not None else gettext("no score yet")
    if counts:
        return gettext("%(verdict)s, %(score)s", verdict=method.counts_as, score=score)
    return gettext("not %(verdict)s, %(score)s", verdict=method.counts_as, score=score)


def steps_in_words(found: Significance, register: Register) -> list[str]:
    """Return how a line was judged, one step a line, so that anybody can do it again by hand."""
    lines = [found.method.explained, *_number_lines(found, register)]
    lines += [gettext("It counts whatever the score: %(because)s", because=override.text) for override in found.overrides]
    if found.ground is Ground.BY_HAND:
        reason = found.line.text(found.method.reason_field)
        lines.append(gettext("The verdict was given by hand: %(reason)s", reason=reason))
    if found.after is not None and found.after.total is not None:
        lines.append(gettext("With today's control the score is %(score)s.", score=found.after.total))
    return lines


def _joined(title: str, parts: str, joined: str, makes: int) -> str:
    return gettext("%(title)s: %(parts)s; %(joined)s: %(makes)s", title=title, parts=parts, joined=joined, makes=makes)


def _number_lines(found: Significance, register: Register) -> list[str]:
    score = found.score
    if score.total is None:
        names = ", ".join(register.by_id[name].label for name in score.open_fields)
        return [gettext("Still open: %(fields)s.", fields=names)]
    lines = []
    for step in score.factors:
        parts = ", ".join(
            gettext("%(field)s %(number)s", field=register.by_id[name].label, number=number)
            for name, number in zip(step.factor.fields, step.numbers, strict=True)
        )
        if step.join is Join.ONLY:
            lines.append(parts)
        else:
            joined, title = _JOINS[step.join], step.factor.title
            text = gettext(
                "%(title)s: %(parts)s; %(joined)s: %(makes)s", title=title, parts=parts, joined=joined, makes=step.makes
            )
            lines.append(text)
    lines += [
        gettext("%(field)s %(number)s", field=register.by_id[step.addend.field].label, number=step.number)
        for step in score.addends
    ]
    product = " × ".join(str(step.makes) for step in score.factors)
    sums = "".join(f" + {step.addend.times} × {step.number}" for step in score.addends)
    lines.append(
        gettext(
            "%(sum)s = %(score)s; from %(threshold)s on it counts.",
            sum=product + sums,
            score=score.total,
            threshold=found.threshold,
        )
    )
    return lines


def separation_in_words(method: Method, separation: Separation) -> str:
    """Return a hint where criteria do not separate lines; an empty text where they do."""
    if separation is Separation.MORE_THAN_HALF:
        return gettext("More than half of the lines are %(verdict)s: do the criteria separate?", verdict=method.counts_as)
    if separation is Separation.HARDLY_ANY:
        return gettext("Less than 5 percent of the lines are %(verdict)s: do the criteria separate?", verdict=method.counts_as)
    return ""
