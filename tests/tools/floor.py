"""The floor that pages are measured against: bare Flask and Jinja, one primary-key read; one upsert and a durable commit.

Plain sqlite3 with the product's own PRAGMAs, no session, no form, no check: less than this no application with a database does.
The page's template is compiled at each request, as it was when the limits in `tests/tools/speed.py` were set: change both
together.
"""

import os
import sqlite3
from contextlib import closing
from typing import Any

from flask import Flask, render_template_string, request

from assessment.storage.database import PRAGMAS

PAGE = "<!doctype html><title>{{ note }}</title><h1>{{ note }}</h1>"


def prepare() -> None:
    """Make its database, before there are workers: of two that do so at once, one is turned away."""
    with closing(_connect()) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS answer (id TEXT PRIMARY KEY, note TEXT NOT NULL) WITHOUT ROWID")
        connection.execute("INSERT OR IGNORE INTO answer VALUES ('one', 'nothing yet')")


def _connect() -> sqlite3.Connection:
    connection = sqlite3.connect(os.environ["FLOOR_DATABASE"], isolation_level=None, check_same_thread=False)
    for name, value in PRAGMAS.items():
        connection.execute(f"PRAGMA {name} = {value}")
    return connection


def create_app() -> Flask:
    """The floor as an application."""
    app, connection = Flask(__name__), _connect()

    @app.get("/page/<key>")
    def page(key: str) -> str:
        (note,) = connection.execute("SELECT note FROM answer WHERE id = ?", (key,)).fetchone()
        return render_template_string(PAGE, note=note)

    @app.post("/page/<key>")
    def save(key: str) -> dict[str, Any]:
        connection.execute("BEGIN IMMEDIATE")
        statement = "INSERT INTO answer VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET note = excluded.note"
        connection.execute(statement, (key, request.form["note"]))
        connection.execute("COMMIT")
        return {"saved": key}

    @app.get("/readyz")
    def ready() -> dict[str, str]:
        return {"status": "ready"}

    return app
