"""The one place where all parts meet."""

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from assessment import web
from assessment.content import load
from assessment.domain.sample import Sample
from assessment.languages import Contents, read_languages
from assessment.paths import shipped
from assessment.settings import Settings, read_settings
from assessment.storage.database import init
from assessment.translation import translate_templates

MOST_BYTES_A_REQUEST = 2 * 1024 * 1024
MOST_FORM_PARTS = 2_000
SESSION_DAYS = 180


def build(settings: Settings | None, clock: Callable[[], datetime]) -> Flask:
    """Build the application.

    Settings come from the environment unless given. Raises ``SettingsError``, ``CatalogueError`` or
    ``ContentError`` before anything is served.
    """
    settings = settings or read_settings(os.environ)
    app = Flask("assessment", template_folder=str(shipped("templates")), static_folder=str(shipped("static")))
    app.config.update(
        SECRET_KEY=settings.secret_key,
        PUBLIC_URL=settings.public_url,
        SECURITY_CONTACT=settings.security_contact,
        DATABASE_URL=settings.database_url,
        MAX_CONTENT_LENGTH=MOST_BYTES_A_REQUEST,
        MAX_FORM_MEMORY_SIZE=MOST_BYTES_A_REQUEST,
        MAX_FORM_PARTS=MOST_FORM_PARTS,
        PERMANENT_SESSION_LIFETIME=timedelta(days=SESSION_DAYS),
        SESSION_COOKIE_NAME="__Host-readiness" if settings.https else "readiness",
        SESSION_COOKIE_SECURE=settings.https,
        SESSION_COOKIE_HTTPONLY=True,
        # Starting and the overview renew the cookie; signing it anew for every answer would only cost time.
        SESSION_REFRESH_EACH_REQUEST=False,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,
    )
    languages = read_languages(settings.locale)
    library = load(settings.content)
    contents = Contents(settings.content, library, languages)
    app.extensions["languages"] = languages
    app.extensions["library"] = library
    app.extensions["content"] = contents.library
    app.extensions["clock"] = clock
    app.extensions["demo"] = _demo(app, contents, settings.content / "demo.toml")
    app.extensions["product-version"] = version("iso-readiness")
    translate_templates(app.jinja_env)
    if settings.trusted_proxies:
        # Who asks, and whether by https. Never a host or a path: links begin with PUBLIC_URL.
        known = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=known, x_proto=known)  # type: ignore[method-assign]
    init(app)
    web.show_pages(app, https=settings.https)
    if settings.design:
        web.show_components(app)
    return app


def _demo(app: Flask, contents: Contents, path: Path) -> Callable[[], Sample] | None:
    """Return what reads the sample organisation as of today; ``None`` where the content has none. Faults show at start."""
    if not path.exists():
        return None

    def read() -> Sample:
        return contents.sample(path, app.extensions["clock"]().date())

    read()
    return read
