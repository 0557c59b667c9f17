"""The one place where all parts meet."""

import os
from collections.abc import Callable
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from assessment import web
from assessment.content import load
from assessment.domain.sample import Sample
from assessment.languages import Contents, read_languages
from assessment.paths import shipped
from assessment.settings import Settings, SettingsError, read_settings
from assessment.storage.database import init
from assessment.storage.signing_keys import BELIEVED_FOR
from assessment.translation import translate_templates
from assessment.web.shell.paths import BelowPath
from assessment.web.shell.security_log import Product

MOST_BYTES_A_REQUEST = 2 * 1024 * 1024
MOST_FORM_PARTS = 2_000


def build(settings: Settings | None, clock: Callable[[], datetime]) -> Flask:
    """Build the application.

    Settings come from the environment unless given. Raises ``SettingsError``, ``CatalogueError`` or
    ``ContentError`` before anything is served.
    """
    settings = settings or read_settings(os.environ)
    app = Product("assessment", template_folder=str(shipped("templates")), static_folder=str(shipped("static")))
    app.config.update(_configuration(settings))
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
    if settings.prefix:
        app.wsgi_app = BelowPath(app.wsgi_app, settings.prefix)  # type: ignore[method-assign]
    init(app)
    # Below a path the host is somebody else's, who says for all of it whether browsers ask by https only.
    web.show_pages(app, https=settings.https and not settings.prefix)
    web.watch(app, settings.log, metrics=settings.metrics)
    _refuse_a_path_of_ours(app, settings.prefix)
    if settings.design:
        web.show_components(app)
    return app


def _configuration(settings: Settings) -> dict[str, Any]:
    """Return what Flask, its extensions and our own views are told by name."""
    return {
        # Where the settings name none: see `signing_keys`.
        "SECRET_KEY": settings.secret_key or None,
        "PUBLIC_URL": settings.public_url,
        "ANSWERS_TO": settings.answers_to,
        "RETENTION_MONTHS": settings.retention_months,
        "SECURITY_CONTACT": settings.security_contact,
        "DATABASE_URL": settings.database_url,
        "MAX_CONTENT_LENGTH": MOST_BYTES_A_REQUEST,
        "MAX_FORM_MEMORY_SIZE": MOST_BYTES_A_REQUEST,
        "MAX_FORM_PARTS": MOST_FORM_PARTS,
        "PERMANENT_SESSION_LIFETIME": BELIEVED_FOR,
        "SESSION_COOKIE_NAME": _cookie_name(settings),
        # Other products on the same host never see it.
        "APPLICATION_ROOT": settings.prefix or "/",
        "SESSION_COOKIE_SECURE": settings.https,
        "SESSION_COOKIE_HTTPONLY": True,
        # A cookie is renewed once a day; signing it anew for every answer would only cost time.
        "SESSION_REFRESH_EACH_REQUEST": False,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,
    }


def _refuse_a_path_of_ours(app: Flask, prefix: str) -> None:
    """Raise ``SettingsError`` where the path we lie below could be taken for one of our own."""
    first = prefix.split("/")[1] if prefix else ""
    if first and any(rule.rule.split("/")[1] == first for rule in app.url_map.iter_rules()):
        raise SettingsError(f"PUBLIC_URL has the path /{first}, which is a page of the product; let it lie below another path")


def _cookie_name(settings: Settings) -> str:
    """Return the name of the session's cookie, with what browsers hold a name to that begins so."""
    if not settings.https:
        return "readiness"
    # ``__Host-`` is for cookies of a whole host only; below a path there may be other products.
    return "__Secure-readiness" if settings.prefix else "__Host-readiness"


def _demo(app: Flask, contents: Contents, path: Path) -> Callable[[], Sample] | None:
    """Return what reads the sample organisation as of today; ``None`` where the content has none. Faults show at start."""
    if not path.exists():
        return None

    def read() -> Sample:
        return contents.sample(path, app.extensions["clock"]().date())

    read()
    return read
