"""Names of the paths through a questionnaire."""

from assessment.domain.question_path import QuestionPath
from assessment.translation import lazy_gettext

PATHS = {
    QuestionPath.QUICK: lazy_gettext("Quick check"),
    QuestionPath.FULL: lazy_gettext("Full check"),
    QuestionPath.NEW_IN_EDITION: lazy_gettext("New in this edition"),
    QuestionPath.AGAIN: lazy_gettext("Open, short or stale"),
}
