"""What is stored, for whoever runs the installation: every assessment with its figures, and figures over all."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Table, func, select, text

from assessment.storage.access import works
from assessment.storage.database import database_file, reading
from assessment.storage.serialization import in_utc
from assessment.storage.tables import access_link, answer, assessment, browser_session, change, chosen_standard, session_grant

# A browser that was used within this time counts as in use.
IN_USE = timedelta(days=30)


@dataclass(frozen=True, kw_only=True)
class InventoryEntry:
    """One assessment: its id, name, standards, how many answers, changes, working links and browsers it has, and its times."""

    id: str
    organisation: str
    standards: tuple[str, ...]
    answers: int
    changes: int
    links: int
    browsers: int
    created_at: datetime
    updated_at: datetime
    delete_after: datetime | None


@dataclass(frozen=True, kw_only=True)
class Statistics:
    """Figures over all: ``to_delete`` assessments wait to be deleted; ``browsers_in_use`` within 30 days; ``bytes`` on disk."""

    assessments: int
    to_delete: int
    answers: int
    changes: int
    links: int
    browsers: int
    browsers_in_use: int
    bytes: int


def inventory(at: datetime) -> list[InventoryEntry]:
    """Return every assessment, the one changed last first."""
    with reading() as connection:
        answers = _by_assessment(connection, answer)
        links = _by_assessment(connection, access_link, works(access_link, at))
        browsers = _by_assessment(connection, session_grant)
        standards: defaultdict[str, list[str]] = defaultdict(list)
        for key, standard in connection.execute(select(chosen_standard.c.assessment_id, chosen_standard.c.standard)):
            standards[key].append(standard)
        rows = connection.execute(select(assessment).order_by(assessment.c.updated_at.desc(), assessment.c.id)).mappings()
        return [
            InventoryEntry(
                id=row["id"],
                organisation=row["organisation"],
                standards=tuple(sorted(standards[row["id"]])),
                answers=answers.get(row["id"], 0),
                changes=row["changes"],
                links=links.get(row["id"], 0),
                browsers=browsers.get(row["id"], 0),
                created_at=in_utc(row["created_at"]),
                updated_at=in_utc(row["updated_at"]),
                delete_after=in_utc(row["delete_after"]) if row["delete_after"] else None,
            )
            for row in rows
        ]


def statistics(at: datetime) -> Statistics:
    """Return the figures over all assessments."""
    with reading() as connection:
        return Statistics(
            assessments=_count(connection, assessment),
            to_delete=_count(connection, assessment, assessment.c.delete_after.is_not(None)),
            answers=_count(connection, answer),
            changes=_count(connection, change),
            links=_count(connection, access_link, works(access_link, at)),
            browsers=_count(connection, browser_session),
            browsers_in_use=_count(connection, browser_session, browser_session.c.last_used_at > at - IN_USE),
            bytes=_bytes(connection),
        )


def last_change_at() -> datetime | None:
    """Return when anything was changed last, by the clock of the server that did so; ``None`` where nothing ever was."""
    with reading() as connection:
        found = connection.execute(select(func.max(assessment.c.updated_at))).scalar()
    return in_utc(found) if found is not None else None


def _by_assessment(connection: Connection, table: Table, *where: ColumnElement[bool]) -> dict[str, int]:
    key = table.c.assessment_id
    found = connection.execute(select(key, func.count()).where(*where).group_by(key)).all()
    return {row[0]: row[1] for row in found}


def _count(connection: Connection, table: Table, *where: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one()


def _bytes(connection: Connection) -> int:
    """Return what the database takes: of SQLite the file with those beside it."""
    file = database_file()
    if file is None:
        return int(connection.execute(text("SELECT pg_database_size(current_database())")).scalar_one())
    sides = [path for path in (file, *(file.with_name(file.name + end) for end in ("-wal", "-shm"))) if path.exists()]
    return sum(path.stat().st_size for path in sides)
