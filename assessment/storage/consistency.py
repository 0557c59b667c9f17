"""Whether everything stored is what was written: every history whole, and every present state what its history led to."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import select

from assessment.domain.answer_fields import to_plain
from assessment.storage.answers import answer_of
from assessment.storage.database import reading
from assessment.storage.export_check import TransferError, check_state
from assessment.storage.export_import import to_document
from assessment.storage.history import LINK, RESERVED, AssessmentGoneError, Break, broken_chains
from assessment.storage.tables import access_link, assessment, change

# What a row that was altered by hand can lead to, where its content is not even of the right kind.
_NO_CONTENT = (KeyError, TypeError, ValueError, AttributeError, OverflowError)


def find_breaks() -> Iterator[Break]:
    """Yield where an assessment is not what was written: in its history, or in a state that differs from a whole history."""
    broken = set()
    for found in broken_chains():
        broken.add(found.assessment_id)
        yield found
    with reading() as connection:
        ids = connection.execute(select(assessment.c.id).order_by(assessment.c.id)).scalars().all()
    for assessment_id in ids:
        text = "" if assessment_id in broken else _fault_of_state(assessment_id)
        if text:
            yield Break(assessment_id=assessment_id, number=0, text=text)


def _fault_of_state(assessment_id: str) -> str:
    try:
        check_state(_in_present_shape(to_document(assessment_id)))
    except TransferError as error:
        return str(error)
    except AssessmentGoneError:
        return ""
    except _NO_CONTENT as error:
        return f"a row cannot be read: {type(error).__name__}"
    return _fault_of_links(assessment_id)


def _in_present_shape(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document with all answers in the present shape: after a downgrade and an upgrade the state has another."""

    def brought(subject: str, row: Mapping[str, Any]) -> Mapping[str, Any]:
        return row if subject.partition("/")[0] in RESERVED else {**row, "content": to_plain(answer_of(row["content"]))}

    return {
        **document,
        "answers": {ref: brought(ref, row) for ref, row in document["answers"].items()},
        "history": [brought(entry["subject"], entry) for entry in document["history"]],
    }


def _fault_of_links(assessment_id: str) -> str:
    """Return what is wrong with a link that the history says was ended, and that works all the same."""
    ended = select(change.c.subject, change.c.content).where(
        change.c.assessment_id == assessment_id, change.c.subject.startswith(f"{LINK}/"), change.c.version == 2
    )
    working = select(access_link.c.id).where(access_link.c.assessment_id == assessment_id, access_link.c.revoked_at.is_(None))
    with reading() as connection:
        links = set(connection.execute(working).scalars())
        for subject, content in connection.execute(ended):
            if json.loads(content).get("ended") and subject.removeprefix(f"{LINK}/") in links:
                return "a private link works that the history says was ended"
    return ""
