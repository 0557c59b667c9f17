"""Which schema a database has, and bringing it to another. Alembic is loaded only where there is something to do."""

from pathlib import Path

from sqlalchemy import Connection, inspect, text

from assessment.storage.database import database_file, reading

MIGRATIONS = Path(__file__).parent / "migrations"
# Every schema that was ever released, oldest first.
REVISIONS = tuple(sorted(path.name[:4] for path in (MIGRATIONS / "versions").glob("[0-9]*.py")))
HEAD = REVISIONS[-1]


def revision() -> str | None:
    """Return which schema the database has; ``None`` for an empty one."""
    with reading() as connection:
        return revision_of(connection)


def revision_of(connection: Connection) -> str | None:
    """Return which schema the database of a connection has; ``None`` for an empty one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return found


def migrate(connection: Connection, target: str) -> None:
    """Bring the tables up or down to a schema, within the connection's transaction."""
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    present = revision_of(connection)
    if present is not None and target < present:
        command.downgrade(config, target)
    else:
        command.upgrade(config, target)


def make_file_where_missing() -> None:
    """Make an empty database where SQLite is used for the first time. Only the commands do so, never a page."""
    file = database_file()
    if file is not None:
        file.touch(mode=0o600)
