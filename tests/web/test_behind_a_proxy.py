"""Behind a proxy and on a local network: links lead where people are, forms come through, each visitor has own limits."""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, request

from assessment import create_app
from assessment.paths import shipped
from assessment.settings import Settings, SettingsError, read_settings
from assessment.storage.database import db
from assessment.web.shell.limits import MOST, count_attempts
from tests.support.apps import NOW, database_url, drop_database
from tests.support.opener import Browser, Page, starting

pytestmark = pytest.mark.usefixtures("database")

PUBLIC = "https://readiness.example.org"
# What a proxy that takes https sends on, beside what it leaves as it is.
FORWARDED = {"X-Forwarded-For": "203.0.113.7", "X-Forwarded-Proto": "https"}
# With the name people asked for, or with the address of the server behind.
HOSTS = {"Host forwarded": PUBLIC, "Host not forwarded": "http://127.0.0.1:8000"}


class Proxied(Browser):
    """A browser whose requests pass a proxy, which adds headers, and asks the server by an address of its own."""

    def __init__(self, app: Flask, headers: Mapping[str, str], host: str = "http://127.0.0.1:8000") -> None:
        super().__init__(app)
        passed: Callable[..., Any] = self.client.open

        def proxied(*parts: Any, **more: Any) -> Any:
            environ = {"HTTP_" + name.upper().replace("-", "_"): value for name, value in headers.items()}
            return passed(*parts, **{"base_url": host, "environ_overrides": environ, **more})

        self.client.open = proxied  # type: ignore[method-assign]


@contextmanager
def running(folder: Path, **changed: Any) -> Iterator[Flask]:
    """An app with some settings of its own."""
    url = database_url(folder)
    usual = Settings(database_url=url, secret_key="for-tests" * 9, data=folder, content=shipped("questionnaires"))
    app = create_app(replace(usual, **changed), clock=lambda: NOW)
    try:
        yield app
    finally:
        with app.app_context():
            db.engine.dispose()
        drop_database(url)


@pytest.fixture
def behind(tmp_path: Path) -> Iterator[Flask]:
    """An app behind one proxy that brings https."""
    with running(tmp_path, public_url=PUBLIC, trusted_proxies=1) as app:
        yield app


def shared_link(page: Page) -> str:
    (link,) = ("".join(each.itertext()).strip() for each in page.all("textarea") if each.get("id") == "link-address")
    return link


@pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS)
def test_forms_come_through_and_links_begin_with_the_address_people_use(behind: Flask, host: str) -> None:
    # The cookie is Secure: what the proxy says about https counts, whatever it speaks with us.
    browser = Proxied(behind, {**FORWARDED, "Origin": PUBLIC}, host.replace("http:", "https:"))
    hub = browser.start()
    assert shared_link(browser.send(browser.open(hub + "share"), {"label": "Kim"})).startswith(f"{PUBLIC}/open/")


def test_a_forged_name_of_the_server_leads_nobody_away(behind: Flask) -> None:
    forged = {**FORWARDED, "X-Forwarded-Host": "evil.example", "X-Forwarded-Prefix": "/evil"}
    browser = Proxied(behind, forged, PUBLIC)
    hub = browser.start()
    assert shared_link(browser.send(browser.open(hub + "share"), {"label": "Kim"})).startswith(f"{PUBLIC}/open/")
    assert browser.client.get(hub.rstrip("/")).headers["Location"] == hub


FORGED = [
    "evil.example",
    "readiness.example.org.evil.example",
    "evil.example:443",
    "",
    "readiness.example.org@evil.example",
    "a b",
]


@pytest.mark.parametrize("host", FORGED)
@pytest.mark.parametrize("proxies", [0, 1])
def test_a_request_for_another_host_is_answered_by_one_sentence(tmp_path: Path, host: str, proxies: int) -> None:
    with running(tmp_path, public_url=PUBLIC, trusted_proxies=proxies) as app:
        for address, method in (("/", "GET"), ("/nothing", "GET"), ("/start", "POST"), ("/static/style.css", "GET")):
            answer = app.test_client().open(address, method=method, headers={**FORWARDED, "Host": host})
            assert answer.status_code == 400
            assert f"Open {PUBLIC} instead." in answer.text
            assert host == "" or "evil" not in answer.text
            assert "csrf_token" not in answer.text
            assert "Set-Cookie" not in answer.headers
        for address in ("/healthz", "/readyz"):
            assert app.test_client().get(address, headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host", ["readiness", "READINESS:8000", "[::1]:8000", "localhost", "127.0.0.1:1", "readiness.example.org"]
)
def test_names_that_are_allowed_and_this_machine_are_answered(tmp_path: Path, host: str) -> None:
    with running(tmp_path, public_url=PUBLIC, allowed_hosts=("readiness:8000",)) as app:
        assert app.test_client().get("/", headers={"Host": host}).status_code == 200


BELOW = "https://example.org/iso"


@pytest.mark.parametrize("passed", ["/iso", ""], ids=["path left in the address", "path taken off by the proxy"])
def test_below_a_path_every_address_begins_with_it(tmp_path: Path, passed: str) -> None:
    with running(tmp_path, public_url=BELOW, trusted_proxies=1) as app:
        client = Through(app, passed)
        page = client.get("/iso/start")
        assert "Strict-Transport-Security" not in page.headers  # the host is not ours alone
        started = client.post("/iso/start", page, organisation="Muster", standards="iso-9001")
        assert started.headers["Location"].startswith("/iso/a/")
        (cookie,) = started.headers.getlist("Set-Cookie")
        assert cookie.startswith("__Secure-readiness=")
        assert {"Secure", "HttpOnly", "Path=/iso"} <= set(cookie.split("; "))
        hub = started.headers["Location"]
        assert client.get(hub.rstrip("/")).headers["Location"] == hub
        seen = 0
        for name in ("", "iso-9001/questions/9.2", "results", "plan", "share", "downloads", "profile/organisation", "nothing"):
            answer = client.get(hub + name)
            addresses = re.findall(r' (?:href|src|action)="(/[^"]*)"', answer.text)
            assert [address for address in addresses if not address.startswith("/iso/")] == [], name
            seen += len(addresses)
        assert seen > 50
        (style,) = re.findall(r'href="(/iso/static/style[^"]*)"', page.text)
        assert client.get(style).status_code == 200
        link = client.post(hub + "share", client.get(hub + "share"), label="Kim", role="editor")
        assert f">{BELOW}/open/" in link.text


class Through:
    """A client behind a proxy that hands on addresses below ``/iso`` as they are, or without it."""

    def __init__(self, app: Flask, passed: str) -> None:
        self._client = app.test_client(use_cookies=False)
        self._passed = passed
        self._cookies: dict[str, str] = {}  # the client would look for those of the path that the proxy hands on

    def get(self, address: str, **more: Any) -> Any:
        assert address.startswith("/iso/")
        environ = {"SCRIPT_NAME": ""}
        path = self._passed + address.removeprefix("/iso")
        headers = {**FORWARDED, "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        answer = self._client.open(
            path, base_url="https://example.org", headers=headers, environ_overrides=environ, buffered=True, **more
        )
        for cookie in answer.headers.getlist("Set-Cookie"):
            name, _, value = cookie.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer

    def post(self, address: str, page: Any, **fields: str) -> Any:
        (token,) = set(re.findall('name="csrf_token" value="([^"]+)"', page.text))
        (key,) = set(re.findall('name="save_key" value="([^"]+)"', page.text)) or {""}
        return self.get(address, method="POST", data={"csrf_token": token, "save_key": key, **fields})


def test_a_form_that_failed_below_a_path_is_sent_again_to_where_it_belongs(tmp_path: Path) -> None:
    with running(tmp_path, public_url=BELOW) as app:
        client = Through(app, "/iso")
        refused = client.get("/iso/a/nobody/share", method="POST", data={"label": "Kim"})
        assert refused.status_code == 404
        assert 'action="/iso/a/nobody/share"' in refused.text


def test_a_path_that_is_a_page_of_the_product_is_refused(tmp_path: Path) -> None:
    for path in ("/start", "/a/b", "/static"):
        refused = pytest.raises(SettingsError, match="is a page of the product")
        with refused, running(tmp_path, public_url=f"https://example.org{path}"):
            pass


def test_without_an_address_for_people_links_begin_with_the_one_they_asked(app: Flask) -> None:
    browser = Proxied(app, {}, "http://intranet:8000")
    made = browser.send(browser.open(browser.start() + "share"), {"label": "Kim"})
    assert shared_link(made).startswith("http://intranet:8000/open/")


def test_https_is_known_behind_plain_http(behind: Flask) -> None:
    seen: list[bool] = []
    behind.before_request(lambda: seen.append(request.is_secure))
    Proxied(behind, FORWARDED).client.get("/")
    Proxied(behind, {"X-Forwarded-For": "203.0.113.7"}).client.get("/")
    assert seen == [True, False]


def test_forms_of_a_plain_local_page_come_through(app: Flask) -> None:
    # What a browser says on http://intranet: no Sec-Fetch-Site, and no origin, as our own policy asks.
    browser = Proxied(app, {"Origin": "null"}, "http://intranet:8000")
    assert "Overview" in browser.open(browser.start()).text


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Sec-Fetch-Site": "cross-site", "Origin": PUBLIC},
        {"Origin": "http://readiness.example.org"},
    ],
    ids=["another origin", "no origin over https", "another site", "without https"],
)
def test_a_form_from_another_site_is_refused_and_what_was_typed_can_be_copied(behind: Flask, headers: dict[str, str]) -> None:
    browser = Proxied(behind, {**FORWARDED, **headers})
    page = browser.open("/start")
    refused = browser.send(page, starting("Muster & Söhne"), to="/start", status=403)
    assert "Muster & Söhne" in refused.text
    assert not [form for form in refused.all("form") if form.get("method") == "post"]
    assert "csrf_token" not in refused.html
    assert "Set-Cookie" not in refused.response.headers


def starts(app: Flask, headers: Mapping[str, str]) -> int:
    browser = Proxied(app, headers, "https://readiness.example.org")
    page = browser.open("/start")
    data = {**page.fields(), **starting("Muster & Söhne")}
    return int(browser.client.post("/start", data=data).status_code)


def test_two_visitors_behind_one_proxy_have_limits_of_their_own(behind: Flask) -> None:
    count_attempts(behind, {**MOST, "start": 1})
    one, other = ({**FORWARDED, "X-Forwarded-For": address} for address in ("203.0.113.7", "203.0.113.8"))
    assert [starts(behind, who) for who in (one, one, other, other)] == [303, 429, 303, 429]


def test_only_the_address_that_the_trusted_proxy_saw_counts(behind: Flask) -> None:
    count_attempts(behind, {**MOST, "start": 1})
    claims = [{**FORWARDED, "X-Forwarded-For": f"198.51.100.{number}, 203.0.113.7"} for number in range(3)]
    assert [starts(behind, who) for who in claims] == [303, 429, 429]


def test_without_a_trusted_proxy_a_forged_address_changes_nothing(tmp_path: Path) -> None:
    with running(tmp_path, public_url=PUBLIC) as app:
        count_attempts(app, {**MOST, "start": 1})
        claims = [{**FORWARDED, "X-Forwarded-For": f"198.51.100.{number}"} for number in range(3)]
        assert [starts(app, who) for who in claims] == [303, 429, 429]


def test_where_the_server_listens_and_whom_it_believes_are_settings(tmp_path: Path) -> None:
    data = {"ISO_READINESS_DATA": str(tmp_path)}
    usual = read_settings(data)
    assert (usual.host, usual.trusted_proxies) == ("127.0.0.1", 0)
    told = read_settings({**data, "ISO_READINESS_HOST": "0.0.0.0", "TRUSTED_PROXIES": "2"})  # noqa: S104
    assert (told.host, told.trusted_proxies) == ("0.0.0.0", 2)  # noqa: S104
    for wrong in ("-1", "yes", "1.5"):
        with pytest.raises(SettingsError, match="TRUSTED_PROXIES"):
            read_settings({**data, "TRUSTED_PROXIES": wrong})
    for wrong in (
        "https://example.org/iso?a",
        "https://example.org/../x",
        "https://user@example.org",
        "ftp://example.org",
        "https://",
    ):
        with pytest.raises(SettingsError, match="PUBLIC_URL"):
            read_settings({**data, "PUBLIC_URL": wrong})
