"""What every answer carries, also to what nobody should have asked, and how long anybody may keep it."""

import re
from pathlib import Path

import pytest
from flask import Flask

from assessment.paths import shipped
from assessment.settings import SettingsError, read_settings
from assessment.web.shell.headers import ALWAYS
from assessment.web.shell.static_files import static_url
from tests.support.opener import Browser

IMMUTABLE = "public, max-age=31536000, immutable"


@pytest.fixture
def style(app: Flask) -> str:
    """The address of the style sheet, as pages name it."""
    with app.test_request_context():
        return static_url("style.css")


def kept(app: Flask, address: str, **headers: str) -> str:
    answer = app.test_client().get(address, headers=headers, buffered=True)
    return str(answer.headers["Cache-Control"])


def test_only_a_static_file_that_is_what_its_address_says_is_kept_for_ever(app: Flask, style: str) -> None:
    assert kept(app, style) == IMMUTABLE
    tag = app.test_client().get(style, buffered=True).headers["ETag"]
    assert kept(app, style, **{"If-None-Match": tag}) == IMMUTABLE
    assert kept(app, "/static/style.css") == "no-cache"


@pytest.mark.parametrize(
    "address",
    [
        *("/static/style.css?v=1", "/static/style.css?v=", "/static/nope.css?v=1", "/static/nope.css", "/static/", "/static"),
        *(
            "/static/../pyproject.toml",
            "/static/..%2Fpyproject.toml",
            "/static/%2e%2e/x?v=1",
            "/static/fonts",
            "/static//style.css",
        ),
        *("/static/style.css%00", "/static/%FF", "/nowhere", "/a/nope/", "/start/"),
    ],
)
def test_a_wrong_or_missing_static_file_is_never_kept_and_carries_every_header(shared: Browser, address: str) -> None:
    answer = shared.client.application.test_client().get(address, buffered=True)
    assert answer.headers["Cache-Control"] == "no-store"
    for name, value in ALWAYS:
        assert answer.headers.getlist(name) == [value], name


def test_a_file_of_another_release_is_not_kept_under_the_address_of_this_one(app: Flask, style: str) -> None:
    fingerprint = style.rpartition("=")[2]
    assert kept(app, f"/static/app.js?v={fingerprint}") == "no-store"


def test_no_page_has_what_another_window_could_count_hear_or_come_back_by(app: Flask) -> None:
    """Hence none needs ``Cross-Origin-Opener-Policy``, for which browsers begin another process."""
    sources = {
        path.name: path.read_text()
        for folder in ("templates", "static")
        for path in shipped(folder).rglob("*.*")
        if path.suffix in (".html", ".js")
    }
    assert len(sources) > 50
    for name, source in sources.items():
        assert not re.search(
            r"<i?frame|window\.open|\bopener\b|postMessage|[\"']message[\"']", source.replace("noopener", "")
        ), name
        assert all("noopener" in link or "noreferrer" in link for link in re.findall(r"<a [^>]*target=[^>]*>", source)), name
    answer = app.test_client().get("/")
    assert "cross-origin-isolated=()" in answer.headers["Permissions-Policy"]
    assert "Cross-Origin-Opener-Policy" not in answer.headers


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "FOO"])
@pytest.mark.parametrize(("address", "allowed"), [("/start", "GET, HEAD, OPTIONS, POST"), ("/demo", "OPTIONS, POST")])
def test_a_method_that_is_not_allowed_is_told_which_are(shared: Browser, method: str, address: str, allowed: str) -> None:
    answer = shared.client.application.test_client().open(address, method=method)
    assert answer.status_code == 405
    assert ", ".join(sorted(answer.headers["Allow"].split(", "))) == allowed
    assert answer.headers["Content-Type"].startswith("text/html")


def test_robots_keep_out_of_what_belongs_to_somebody(app: Flask) -> None:
    answer = app.test_client().get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Disallow: /a/\n" in answer.get_data(as_text=True)
    assert "Disallow: /open/\n" in answer.get_data(as_text=True)


def test_the_icon_is_found_where_browsers_look_for_it(app: Flask) -> None:
    answer = app.test_client().get("/favicon.ico", follow_redirects=True, buffered=True)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")


def test_whom_to_tell_of_a_hole_is_said_where_it_is_set_and_nowhere_else(app: Flask) -> None:
    address = "/.well-known/security.txt"
    assert app.test_client().get(address).status_code == 404
    app.config.update(SECURITY_CONTACT="mailto:security@example.org", PUBLIC_URL="https://readiness.example.org")
    answer = app.test_client().get(address)
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.get_data(as_text=True).splitlines() == [
        "Contact: mailto:security@example.org",
        "Expires: 2027-02-22T00:00:00Z",
        "Preferred-Languages: en",
        "Canonical: https://readiness.example.org/.well-known/security.txt",
    ]


@pytest.mark.parametrize("contact", ["security@example.org", "mailto:nobody", "https://a b", "http://x", "mailto:a@b\nX: y"])
def test_a_contact_that_is_no_address_refuses_to_start(tmp_path: Path, contact: str) -> None:
    with pytest.raises(SettingsError, match="SECURITY_CONTACT"):
        read_settings({"ISO_READINESS_DATA": str(tmp_path), "SECURITY_CONTACT": contact})
