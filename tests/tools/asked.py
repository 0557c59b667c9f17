"""A part of `make test`: where the product asked SQLite and never PostgreSQL, by the notes of `tests/support/asked.py`.

`python -m tests.tools.asked FOLDER`. A line here is a failure: a test of storage, or the mark `database` at one that leads
there, is missing.
"""

import sys
from pathlib import Path


def asked(folder: Path, database: str) -> set[str]:
    """Return where the processes that left notes in a folder asked a kind of database."""
    return {place for notes in (folder / database).glob("*") for place in notes.read_text().splitlines()}


def only_sqlite(folder: Path) -> set[str]:
    """Return where SQLite was asked and PostgreSQL was not."""
    return asked(folder, "sqlite") - asked(folder, "postgresql")


def main(folder: Path) -> None:
    """Print both numbers and what is missing; end with 1 where anything is, or where nobody took notes."""
    of_sqlite, of_postgresql, missing = asked(folder, "sqlite"), asked(folder, "postgresql"), only_sqlite(folder)
    print(f"Storage asked SQLite at {len(of_sqlite)} places, PostgreSQL at {len(of_postgresql)}.")
    for place in sorted(missing):
        print(f"Only SQLite: assessment/storage/{place}")
    if missing or not of_sqlite:
        sys.exit(1)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
