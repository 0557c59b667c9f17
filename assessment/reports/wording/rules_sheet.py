"""Words of the sheet on how the workbook calculates."""

from assessment.domain.question_path import QuestionPath
from assessment.reports.wording.paths import PATHS
from assessment.translation import gettext, lazy_gettext

LADDER = lazy_gettext("The ladder")
LADDER_HEAD = (lazy_gettext("Answer"), lazy_gettext("Points"), lazy_gettext("Place"), lazy_gettext("How to tell"), "", "")
CHOICES = lazy_gettext("Answers that the lists offer")
LIMITS = lazy_gettext("The limits")
MAJOR_UP_TO = lazy_gettext("An essential up to this place of the ladder is a likely major")
MINORS = lazy_gettext("Ready for stage 2 with likely minors in at most so many areas")
VERDICTS = lazy_gettext("From the answers to the verdict")
VERDICTS_HEAD = (
    "",
    lazy_gettext("Stops of stage 1"),
    lazy_gettext("Likely majors"),
    lazy_gettext("Likely minors"),
    lazy_gettext("Verdict"),
    "",
)
IN_WORDS = lazy_gettext("In words")
NOT_MEASURED = lazy_gettext("What this score does not measure")
MADE_WITH = lazy_gettext("Made with")
PRODUCT = lazy_gettext("Product version")
RULES = lazy_gettext("Rules")
CONTENT = lazy_gettext("Content (SHA-256)")


def about(summary: str, answers: str) -> str:
    """Return what follows a changed answer at once, and what only an upload; both sheets by their names."""
    return gettext(
        "The scores on the sheet %(summary)s are formulas over the sheet %(answers)s; change an answer there and they follow. "
        "Verdict, findings, plan, advice and comparison are as of its day; upload the file to have them worked out again.",
        summary=summary,
        answers=answers,
    )


def verdict_if(standard: str, *, at_worst: bool) -> str:
    """Return what a verdict assumes about open answers."""
    if at_worst:
        return gettext("%(standard)s, if nothing stands behind open answers", standard=standard)
    return gettext("%(standard)s, if open answers turn out to be enough", standard=standard)


def in_words(enough: str) -> list[str]:
    """Return the rules in words; ``enough`` is the answer that is enough unless a question names another."""
    return [
        gettext(
            "A question earns its weight (1, 2 or 3) times the points of its answer, and at most its weight times the points "
            "of what is enough: “%(enough)s”, unless the question names another.",
            enough=enough,
        ),
        gettext(
            "The score is 100 × earned ÷ possible, rounded down, so 100 % means truly complete. It is a range: the low end "
            "counts open answers (not answered, or not known) as nothing, the high end as enough."
        ),
        gettext(
            "What does not apply, with a reason and where the standard allows it, counts nowhere. A question counts under "
            "every principle it carries."
        ),
        gettext(
            "Enough without evidence, or a deed without its date, is on the list “not shown yet”: that is no finding and "
            "changes no score. A deed done too long ago counts as “defined” at most; "
            "where it is not told when, its newest evidence counts."
        ),
        gettext("A row shows as much of a long text as a page has room for; its cell holds all of it."),
    ]


def asked(path: QuestionPath, revision: str) -> str:
    """Return which path was taken through which questions of a standard."""
    return gettext("%(path)s, questions of %(revision)s", path=PATHS[path], revision=revision)
