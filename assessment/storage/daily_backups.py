"""A backup every day, of which seven days and four weeks are kept."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from assessment.storage.backups import BackupError, back_up
from assessment.storage.database import database_file
from assessment.storage.health import LEAST_BYTES_FREE, bytes_free

DAYS, WEEKS = 7, 4
_NAME = re.compile(r"daily-(\d{8})\.sqlite3")


def back_up_today(folder: Path, *, at: datetime) -> Path | None:
    """Make the backup of a day, by UTC, unless it is there; delete those that are kept no longer; return the new one.

    Raises ``BackupError``, also where it would leave no room to save on the disk of an SQLite database.
    """
    path = folder / f"daily-{at.astimezone(UTC):%Y%m%d}.sqlite3"
    if path.exists():
        return None
    _refuse_without_room()
    back_up(path)
    days = daily_backups(folder)
    for day in days.keys() - to_keep(days):
        days[day].unlink()
    return path


def daily_backups(folder: Path) -> dict[date, Path]:
    """Return the daily backups in a folder by their day. Others, such as those made before an upgrade, are not among them."""
    found = {}
    for path in folder.glob("daily-*.sqlite3"):
        if name := _NAME.fullmatch(path.name):
            try:
                found[date.fromisoformat(name[1])] = path
            except ValueError:
                continue
    return found


def to_keep(days: Iterable[date]) -> set[date]:
    """Return which days to keep: the newest seven, and the newest of each of the newest four weeks."""
    ordered = sorted(set(days))
    by_week = {day.isocalendar()[:2]: day for day in ordered}
    return {*ordered[-DAYS:], *sorted(by_week.values())[-WEEKS:]}


def _refuse_without_room() -> None:
    file, free = database_file(), bytes_free()
    if file is None or free is None:
        return
    needed = file.stat().st_size + LEAST_BYTES_FREE
    if free < needed:
        raise BackupError(f"There is no room for today's backup: {free:,} bytes are free, {needed:,} would be needed.")
