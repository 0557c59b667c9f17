"""What the pages of results say."""

from assessment.reports.wording.verdicts import LOOK_AGAIN_MEANS, NOT_SHOWN_MEANS, NOTHING_YET_MEANS
from assessment.reports.worklist import Kind
from assessment.translation import lazy_gettext

# Kinds of rows of the findings, as filters and as remarks on a question.
KINDS = {
    Kind.STOP: lazy_gettext("Stops stage 1"),
    Kind.NEXT: lazy_gettext("Shortest list"),
    Kind.MAJOR: lazy_gettext("Likely major"),
    Kind.MINOR: lazy_gettext("Likely minor"),
    Kind.UNKNOWN: lazy_gettext("Not known yet"),
    Kind.MET: lazy_gettext("Met"),
    Kind.NOT_SHOWN: lazy_gettext("Not shown yet"),
    Kind.NOTHING_YET: lazy_gettext("Nothing to show yet"),
    Kind.LOOK_AGAIN: lazy_gettext("Worth another look"),
    Kind.EXCLUDED: lazy_gettext("Does not apply"),
    Kind.AGEING: lazy_gettext("Grows old"),
}
REMARKS_MEAN = {
    Kind.NOT_SHOWN: NOT_SHOWN_MEANS,
    Kind.NOTHING_YET: NOTHING_YET_MEANS,
    Kind.LOOK_AGAIN: LOOK_AGAIN_MEANS,
}
