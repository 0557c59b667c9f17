"""A real browser works through a real nginx with TLS, below a path or not, and on a plain name of the local network."""

import shutil
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from flask import Flask

from tests.support.servers import free_port, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium
    from playwright.sync_api import BrowserContext


class Way(NamedTuple):
    """How nginx is set up: the path it hands on, what stands after the address of the server, and whether Host is passed on."""

    path: str
    after: str
    with_host: bool


WAYS = {
    "a host of its own": Way("/", "", with_host=True),
    "below a path, left in the address": Way("/iso/", "", with_host=True),
    "below a path, taken off, host not passed on": Way("/iso/", "/", with_host=False),
}
ANSWER = "input[name=internal-audit-answer][value=in-use]"
CONFIGURATION = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{tls} ssl;
        ssl_certificate {folder}/certificate.pem;
        ssl_certificate_key {folder}/key.pem;
        location {path} {{
            proxy_pass http://127.0.0.1:{port}{after};
            {host}
            proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            proxy_set_header X-Forwarded-Proto $scheme;
        }}
    }}
    server {{
        listen 127.0.0.1:{plain};
        location / {{
            proxy_pass http://127.0.0.1:{port};
            proxy_set_header Host $http_host;
        }}
    }}
}}
"""


@contextmanager
def nginx(folder: Path, way: Way, *, port: int, tls: int, plain: int) -> Iterator[None]:
    """A running nginx before the server on a port, with a certificate that it signed itself."""
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem"), "-days", "2"]
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", *subject, *files], check=True, capture_output=True
    )
    host = "proxy_set_header Host $http_host;" if way.with_host else ""
    text = CONFIGURATION.format(folder=folder, path=way.path, after=way.after, port=port, tls=tls, plain=plain, host=host)
    (folder / "nginx.conf").write_text(text)
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    with (folder / "log").open("wb") as log:
        running = subprocess.Popen([program, "-p", folder, "-c", folder / "nginx.conf"], stderr=log)
    try:
        until = time.monotonic() + 60
        while not (folder / "nginx.pid").exists():
            assert running.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until
            time.sleep(0.05)
        yield
    finally:
        running.terminate()
        running.wait(60)


def asked(folder: Path, address: str, **headers: str) -> tuple[int, str]:
    """Status and text of an answer to a program that trusts the certificate."""
    trusting = ssl.create_default_context(cafile=str(folder / "certificate.pem"))
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), context=trusting, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def walk(context: "BrowserContext", address: str) -> str:
    """Start an assessment, answer a question, and return the private link that is made."""
    page = context.new_page()
    page.goto(f"{address}start")
    page.fill("#organisation", "Muster & Söhne")
    page.check("input[value='iso-9001']", force=True)
    page.click("main button:has-text('Start')")
    page.wait_for_url(f"{address}a/*/")
    hub = page.url
    page.goto(f"{hub}iso-9001/questions/9.2")
    page.check(ANSWER, force=True)
    page.locator("[data-state=saved]").first.wait_for()
    page.goto(f"{hub}share")
    page.fill("#label", "Kim")
    page.click("main form button >> nth=0")
    return page.locator("#link-address").input_value()


def two_browsers(chromium: "Chromium", public: str) -> Mapping[str, object]:
    """Hand an assessment from one browser to another by its private link, behind a proxy; the cookie of the first."""
    context = chromium.new_context(ignore_https_errors=True)
    link = walk(context, public)
    assert link.startswith(f"{public}open/")
    (cookie,) = [found for found in context.cookies() if "readiness" in str(found.get("name"))]
    context.close()
    other = chromium.new_context(ignore_https_errors=True)
    page = other.new_page()
    page.goto(link)
    page.click("main form button")
    page.wait_for_url(f"{public}a/*/")
    page.goto(page.url + "iso-9001/questions/9.2")
    assert page.is_checked(ANSWER)
    other.close()
    return cookie


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_a_browser_works_through_nginx_with_tls(app: Flask, chromium: "Chromium", tmp_path: Path, way: Way) -> None:
    port, tls, plain = free_port(), free_port(), free_port()
    public = f"https://localhost:{tls}{way.path}"
    settings = {"PUBLIC_URL": public, "TRUSTED_PROXIES": "1"}
    with served(app, tmp_path, port, 1, settings), nginx(tmp_path, way, port=port, tls=tls, plain=plain):
        cookie = two_browsers(chromium, public)
        assert cookie.get("secure")
        assert (cookie.get("name"), cookie.get("path")) == (
            ("__Host-readiness", "/") if way.path == "/" else ("__Secure-readiness", "/iso")
        )
        status, text = asked(tmp_path, public, Host="evil.example")
        if way.with_host:  # else nginx asks by the address it knows us by, whatever it was asked for
            assert status == 400
            assert "evil" not in text
        assert asked(tmp_path, f"{public}readyz")[0] == 200


def test_a_browser_works_on_a_plain_name_of_the_local_network(app: Flask, chromium: "Chromium", tmp_path: Path) -> None:
    port, tls, plain = free_port(), free_port(), free_port()
    with served(app, tmp_path, port, 1), nginx(tmp_path, WAYS["a host of its own"], port=port, tls=tls, plain=plain):
        # nginx takes the place of name resolution: the browser asks it for whatever name stands in the address.
        context = chromium.new_context(proxy={"server": f"http://127.0.0.1:{plain}"})
        assert walk(context, "http://intranet.test/").startswith("http://intranet.test/open/")
        context.close()
