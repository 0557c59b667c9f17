"""What results do not say, and how sure a source is."""

from datetime import date

from assessment.domain.facts import Confidence
from assessment.reports.wording.dates import day_in_words
from assessment.translation import gettext, lazy_gettext

SELF_ASSESSMENT = lazy_gettext("A self-assessment, not an audit. Only an accredited certification body can certify.")
NOT_AFFILIATED = lazy_gettext("Not affiliated with or endorsed by ISO. Buy the standard from your national body.")
NOT_MEASURED_ABOUT = lazy_gettext("What this score does not measure:")
NOT_MEASURED = (
    lazy_gettext("Whether the answers are true: nobody has looked at your evidence."),
    lazy_gettext("How good your products, services or environmental results are; only how they are managed."),
    lazy_gettext("Requirements of your customers, your sector or the law that go beyond the standard."),
    lazy_gettext("What one particular auditor would choose to look at."),
)
CONFIDENCES = {
    Confidence.SEVERAL_SOURCES: "",
    Confidence.ONE_SOURCE: lazy_gettext("one source"),
    Confidence.GENERAL_KNOWLEDGE: lazy_gettext("general knowledge: check with your certification body"),
    Confidence.JUDGEMENT: lazy_gettext("our judgement"),
}
# The same as sentences, where each fact says how it is known.
CONFIDENCES_IN_FULL = {
    Confidence.SEVERAL_SOURCES: lazy_gettext("Several sources that do not depend on each other agree."),
    Confidence.ONE_SOURCE: lazy_gettext("Seen in one source only."),
    Confidence.GENERAL_KNOWLEDGE: lazy_gettext("General knowledge of the field; we looked nothing up."),
    Confidence.JUDGEMENT: lazy_gettext("Our judgement."),
}
TITLE = lazy_gettext("The limits")
RECOMPUTE = lazy_gettext("Recompute it")


def marked(day: date, known: Confidence) -> str:
    """Return a day with how sure it is, where several sources do not agree on it."""
    mark = CONFIDENCES[known]
    return gettext("%(day)s (%(mark)s)", day=day_in_words(day), mark=str(mark)) if mark else day_in_words(day)


def made_with(version: str, rules: str) -> str:
    """Return what a report was made with; the hash of the content follows it."""
    return gettext(
        "Made with ISO Readiness %(version)s, rules %(rules)s. The JSON download of the same day holds every answer and every "
        "result, and “verify” recomputes it from content with this mark:",
        version=version,
        rules=rules,
    )
