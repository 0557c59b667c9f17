"""What every answer carries, also to what nobody should have asked, and how long anybody may keep it."""

import re
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.test import create_environ, run_wsgi_app

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


# What no host can be called: an empty part, a part that is longer than 63 letters or says falsely that it is encoded.
NO_HOSTS = ("a..b", "..", "xn--" + "a" * 70, "xn--a", "a" * 64 + ".example")


@pytest.mark.parametrize("host", NO_HOSTS)
@pytest.mark.parametrize("address", ["/", "/healthz", "/readyz", "/a/x/", "/nowhere", "/static/style.css", "/open/x"])
def test_a_name_that_no_host_can_have_gets_a_page_that_says_so(shared: Browser, host: str, address: str) -> None:
    # Werkzeug's own client fails at such names itself.
    environ = {**create_environ(address), "HTTP_HOST": host}
    parts, status, headers = run_wsgi_app(shared.client.application.wsgi_app, environ, buffered=True)
    page = b"".join(parts).decode()
    assert status.startswith("400")
    assert "<h1>" in page
    assert "href" not in page
    for name, value in ALWAYS:
        assert headers.getlist(name) == [value], name


@pytest.mark.parametrize("asked", [{}, {"Accept": "application/json"}])
@pytest.mark.parametrize("answers_to", [frozenset(), frozenset({"readiness.example.org"})])
def test_a_name_that_no_host_can_have_is_a_400(app: Flask, answers_to: frozenset[str], asked: dict[str, str]) -> None:
    app.config["ANSWERS_TO"] = answers_to
    for method in ("GET", "POST", "HEAD"):
        answer = app.test_client().open("/start", method=method, headers=asked, environ_overrides={"HTTP_HOST": "a..b"})
        assert answer.status_code == 400


@pytest.mark.parametrize("origin", ["http://[", "http://a]b[", "http://\u2100x", "[", "http://", "://", "localhost", "null/"])
def test_what_is_no_origin_is_another_site(shared: Browser, origin: str) -> None:
    page = shared.open("/start")
    answer = shared.client.post("/start", data=page.fields(), environ_overrides={"HTTP_ORIGIN": origin})
    assert answer.status_code == 403


ODD_HEADERS = (
    *({"Range": told} for told in ("bytes=0-1,2-3", "bytes=-" + "9" * 30, "bytes=9-1", "bytes=a-b", "lines=1-2")),
    *({"If-Modified-Since": told} for told in ("Fri, 99 Foo 99999 99:99:99 GMT", "Mon, 01 Jan 0001 00:00:00 +2359")),
    *({"If-None-Match": told} for told in ('"', "W/", '"\\', "*", ",,,")),
    {"If-Modified-Since": "Mon, 31 Dec 9999 23:59:59 -2359"},
    {"If-Range": "Mon, 31 Dec 9999 23:59:59 -2359", "Range": "bytes=0-1"},
    *(
        {name: told}
        for name in ("Accept", "Accept-Language", "Accept-Encoding")
        for told in ("x;q=nan", "x;q=1e999", ";q=", "[")
    ),
    *({"Referer": told} for told in ("http://[", "\udcff")),
    *({"Cookie": told} for told in ('readiness="\\777\\000', "readiness=..; =;;", "language=[")),
    {"Forwarded": 'for="[;host=['},
    {"X-Forwarded-For": "[,a", "X-Forwarded-Proto": "javascript", "X-Forwarded-Host": "[", "X-Forwarded-Port": "x"},
    *({"Content-Type": told} for told in ("multipart/form-data; boundary=", "text/html; charset=nowhere", "[;;=")),
)


@pytest.mark.parametrize("told", ODD_HEADERS, ids=str)
def test_no_header_makes_a_page_fail(shared: Browser, told: dict[str, str]) -> None:
    environ = {name.upper().replace("-", "_"): value for name, value in told.items()}
    environ = {name if name == "CONTENT_TYPE" else f"HTTP_{name}": value for name, value in environ.items()}
    client = shared.client.application.test_client()
    for method, address in (("GET", "/"), ("GET", "/static/style.css"), ("POST", "/start"), ("GET", "/language?back=/")):
        assert client.open(address, method=method, environ_overrides=environ, buffered=True).status_code < 500, address


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
