"""A backup every day: seven days and four weeks are kept, nothing else is touched, and saving always has room."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from assessment.storage import daily_backups
from assessment.storage.backups import BackupError, check_backup
from assessment.storage.daily_backups import DAYS, WEEKS, back_up_today, to_keep
from assessment.storage.health import LEAST_BYTES_FREE
from assessment.storage.schema import HEAD
from tests.support.apps import NOW


@given(st.lists(st.dates(date(2020, 1, 1), date(2020, 6, 30)), max_size=90))
def test_the_newest_days_and_weeks_are_kept(days: list[date]) -> None:
    kept = to_keep(days)
    ordered = sorted(set(days), reverse=True)
    assert set(ordered[:DAYS]) <= kept <= set(days)
    assert len(kept) <= DAYS + WEEKS
    weeks = list(dict.fromkeys(day.isocalendar()[:2] for day in ordered))
    assert {day.isocalendar()[:2] for day in kept} >= set(weeks[:WEEKS])


def test_a_year_of_days_leaves_seven_days_and_four_weeks(app: Flask, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    others = {"before-0007-20261127.sqlite3", "daily-99999999.sqlite3", "my own.sqlite3"}
    for name in others:
        (folder / name).touch()
    day = NOW - timedelta(days=365)
    while day < NOW:
        (folder / f"daily-{day:%Y%m%d}.sqlite3").touch()
        day += timedelta(days=1)
    with app.app_context():
        made = back_up_today(folder, at=NOW)
        assert made == folder / "daily-20261124.sqlite3"
        assert check_backup(made) == HEAD
        assert back_up_today(folder, at=NOW + timedelta(hours=1)) is None
    names = {path.name for path in folder.iterdir()}
    assert others <= names
    kept = sorted(names - others)
    assert len(kept) == DAYS + WEEKS - 2  # this week and the one before are among the seven days
    assert kept[-DAYS:] == [f"daily-{NOW - timedelta(days=ago):%Y%m%d}.sqlite3" for ago in reversed(range(DAYS))]


def test_a_day_is_the_day_in_utc(app: Flask, tmp_path: Path) -> None:
    with app.app_context():
        made = back_up_today(tmp_path, at=datetime.fromisoformat("2026-11-25T01:00:00+09:00"))
        assert made is not None
        assert made.name == "daily-20261124.sqlite3"
        assert back_up_today(tmp_path, at=datetime(2026, 11, 24, 23, 59, tzinfo=UTC)) is None


def test_no_backup_takes_the_room_that_saving_needs(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daily_backups, "bytes_free", lambda: LEAST_BYTES_FREE)
    with app.app_context():
        if app.config["DATABASE_URL"].startswith("sqlite"):
            with pytest.raises(BackupError, match="no room"):
                back_up_today(tmp_path / "backups", at=NOW)
            assert not (tmp_path / "backups").exists()
        monkeypatch.setattr(daily_backups, "bytes_free", lambda: None)  # a server on another machine
        assert back_up_today(tmp_path / "backups", at=NOW) is not None
