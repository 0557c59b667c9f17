"""Storage: tables, and the few functions over them. The only place that knows SQL; it holds ids and gives them no meaning.

Every function that writes does so in one short transaction and returns only after the commit. Times come in as arguments.
"""

from assessment.storage.access import (
    LinkRecord,
    create_link,
    find_link,
    links,
    new_session_id,
    redeem_link,
    revoke_link,
)
from assessment.storage.answers import (
    Conflict,
    SaveResult,
    Submission,
    last_changed,
    load_sheet,
    refuse_suggestion,
    refused_suggestions,
    save_answers,
)
from assessment.storage.assessments import (
    AssessmentRecord,
    ChosenStandard,
    assessments_of,
    choose,
    create_assessment,
    find_assessment,
)
from assessment.storage.database import SchemaError, check_health, init, upgrade
from assessment.storage.history import HistoryEntry, history
from assessment.storage.plan_steps import StoredNote, save_step_note, step_notes
from assessment.storage.profiles import ProfileConflict, ProfileResult, ProfileSubmission, load_profile, save_profile

__all__ = [
    "AssessmentRecord",
    "ChosenStandard",
    "Conflict",
    "HistoryEntry",
    "LinkRecord",
    "ProfileConflict",
    "ProfileResult",
    "ProfileSubmission",
    "SaveResult",
    "SchemaError",
    "StoredNote",
    "Submission",
    "assessments_of",
    "check_health",
    "choose",
    "create_assessment",
    "create_link",
    "find_assessment",
    "find_link",
    "history",
    "init",
    "last_changed",
    "links",
    "load_profile",
    "load_sheet",
    "new_session_id",
    "redeem_link",
    "refuse_suggestion",
    "refused_suggestions",
    "revoke_link",
    "save_answers",
    "save_profile",
    "save_step_note",
    "step_notes",
    "upgrade",
]
