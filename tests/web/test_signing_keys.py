"""What signs sessions lies with the data: a restored backup lets everybody in, and a new key shuts nobody out."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import text

from assessment import create_app
from assessment.paths import shipped
from assessment.settings import Settings, SettingsError, former_key
from assessment.storage.backups import back_up, restore
from assessment.storage.database import SchemaError, db
from assessment.storage.signing_keys import BELIEVED_FOR, rotate, signing_keys
from assessment.storage.upgrades import upgrade
from assessment.web.shell import signing_keys as believed_keys
from assessment.web.shell.signing_keys import use_keys_of_data
from tests.support.apps import NOW, database_url, drop_database
from tests.support.opener import Browser

pytestmark = pytest.mark.usefixtures("database")

FORMER = "former-key-of-a-folder-8Zk3Qw9Lm2Xc7Vb1"


def application(url: str, folder: Path, at: datetime) -> Flask:
    """An application whose settings name no key."""
    settings = Settings(database_url=url, secret_key="", data=folder, content=shipped("questionnaires"))
    return create_app(settings, clock=lambda: at)


@contextmanager
def installation(folder: Path) -> Iterator[str]:
    """The address of a database that knows no key yet."""
    url = database_url(folder)
    app = application(url, folder, NOW)
    with app.app_context():  # databases of tests are copies of one, which has a key
        with db.engine.begin() as connection:
            connection.execute(text("DELETE FROM signing_key"))
        db.engine.dispose()
    yield url
    drop_database(url)


@contextmanager
def server(url: str, folder: Path, at: datetime = NOW, first_key: str = "") -> Iterator[Flask]:
    """A server on a database, without a key of its own."""
    app = application(url, folder, at)
    app.testing = True
    upgrade(app, at=at, first_key=first_key)
    use_keys_of_data(app)
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()


@pytest.fixture
def url(tmp_path: Path) -> Iterator[str]:
    with installation(tmp_path) as found:
        yield found


def moved(browser: Browser, app: Flask) -> Browser:
    """The same person's browser, before another server."""
    other = Browser(app)
    for name in ("readiness", "readiness-2"):
        if cookie := browser.client.get_cookie(name):
            other.client.set_cookie(name, cookie.value)
    return other


def test_a_backup_that_is_restored_elsewhere_lets_everybody_in_again(url: str, tmp_path: Path) -> None:
    with server(url, tmp_path) as app:
        browser = Browser(app)
        hub = browser.start("Still mine")
        with app.app_context():
            back_up(tmp_path / "one.sqlite3")
    with installation(tmp_path / "elsewhere") as other, server(other, tmp_path, NOW + timedelta(days=1)) as app:
        stranger = Browser(app)
        theirs = stranger.start("Held here before")
        with app.app_context():
            restore(tmp_path / "one.sqlite3")
        use_keys_of_data_again(app)
        assert "Still mine" in moved(browser, app).open(hub).text
        stranger.open(theirs, status=404)  # the backup does not have it
        stranger.send(stranger.open("/start"), {"organisation": "Again", "standards": "iso-9001"})


def use_keys_of_data_again(app: Flask) -> None:
    """As the workers do that take the place of those before."""
    app.config["SECRET_KEY"] = None
    use_keys_of_data(app)


def test_servers_on_one_database_share_the_key(url: str, tmp_path: Path) -> None:
    with ExitStack() as stack:
        one, other = (stack.enter_context(server(url, tmp_path / name)) for name in ("one", "other"))
        browser = Browser(one)
        hub = browser.start("Shared")
        assert "Shared" in moved(browser, other).open(hub).text
        assert one.secret_key == other.secret_key


def test_a_new_key_shuts_nobody_out_and_forms_go_through(url: str, tmp_path: Path) -> None:
    with server(url, tmp_path) as app:
        browser = Browser(app)
        hub = browser.start("Mine")
        form = browser.open(hub + "choices")
        with app.app_context():
            rotate(at=NOW + timedelta(seconds=1))
    with server(url, tmp_path) as app:
        assert len(set(app.config["SECRET_KEY_FALLBACKS"])) == 1
        later = moved(browser, app)
        assert "Renamed" in later.send(form, {"organisation": "Renamed"}, to=hub + "choices").text
        other = Browser(app)
        other.start()
        new, old = app.secret_key, app.config["SECRET_KEY_FALLBACKS"]
        app.config.update(SECRET_KEY=old[0], SECRET_KEY_FALLBACKS=[])
        other.open("/")
        assert "Open the sample" in moved(other, app).open("/").text  # the old key does not read what the new one signed
        app.config.update(SECRET_KEY=new, SECRET_KEY_FALLBACKS=old)


def test_an_old_key_is_believed_as_long_as_a_session_lasts_and_then_forgotten(url: str, tmp_path: Path) -> None:
    with server(url, tmp_path) as app, app.app_context():
        (first,) = signing_keys(NOW)
        rotated = NOW + timedelta(days=10)
        rotate(at=rotated)
        second, also = signing_keys(rotated)
        assert (also, second != first) == (first, True)
        assert signing_keys(rotated + BELIEVED_FOR - timedelta(seconds=1)) == [second, first]
        assert signing_keys(rotated + BELIEVED_FOR) == [second]
        rotate(at=rotated + BELIEVED_FOR)
        assert len(signing_keys(rotated + BELIEVED_FOR)) == 2
        with db.engine.connect() as connection:
            assert first not in connection.execute(text("SELECT key FROM signing_key")).scalars().all()
        newest = signing_keys(NOW)[0]
        rotate(at=NOW)  # a clock that went back
        assert signing_keys(rotated + BELIEVED_FOR)[1] == newest


def test_a_key_made_by_another_process_is_found_when_a_cookie_needs_it(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ExitStack() as stack:
        one = stack.enter_context(server(url, tmp_path / "one"))
        with one.app_context():
            rotate(at=NOW + timedelta(seconds=1))
        other = stack.enter_context(server(url, tmp_path / "other"))
        browser = Browser(other)
        hub = browser.start("Signed anew")
        moved(browser, one).open(hub, status=404)  # looked for a moment ago
        monkeypatch.setattr("assessment.web.shell.session_cookie.SECONDS_BEFORE_REFUSING", 0)
        assert "Signed anew" in moved(browser, one).open(hub).text
        assert one.secret_key == other.secret_key


def test_a_database_that_does_not_answer_leaves_the_keys_as_they_were(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with server(url, tmp_path) as app, app.app_context():
        before = believed_keys.believed()
        with db.engine.begin() as connection:
            connection.execute(text("ALTER TABLE signing_key RENAME TO gone"))
        assert believed_keys.refresh(0) is False
        assert believed_keys.believed() == before
        with db.engine.begin() as connection:
            connection.execute(text("ALTER TABLE gone RENAME TO signing_key"))
            connection.execute(text("DELETE FROM signing_key"))
        assert believed_keys.refresh(0) is False
        app.config["SECRET_KEY"] = None
        with pytest.raises(SchemaError, match="iso-readiness upgrade"):
            use_keys_of_data(app)


def test_the_key_that_earlier_versions_kept_in_a_file_is_taken_over(url: str, tmp_path: Path) -> None:
    settings = Settings(database_url=url, secret_key="", data=tmp_path, content=tmp_path)
    assert former_key(settings) == ""
    (tmp_path / "secret-key").write_text(f"{FORMER}\n")
    with server(url, tmp_path, first_key=former_key(settings)) as app:
        assert app.secret_key == FORMER
    with server(url, tmp_path, first_key="another") as app:
        assert app.secret_key == FORMER
    (tmp_path / "secret-key").write_text("short")
    with pytest.raises(SettingsError, match="secret-key has 5 characters"):
        former_key(settings)
