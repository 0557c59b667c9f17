"""Debian's Chromium by Playwright, and the app served to it."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from axe_playwright_python.base import AXE_FILE_PATH
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from werkzeug.middleware.shared_data import SharedDataMiddleware
from werkzeug.serving import make_server

from tests.support.markup import HTML, read
from tests.support.opener import starting

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

# Where a page that is served here finds axe.
AXE = "/axe.min.js"
# Since RenderDocument, Chromium may say that it closed a page that was just arriving, and not close it: whoever waits for it
# waits for ever (microsoft/playwright#42068). The others are Playwright's own list, which the switch would else replace.
NOT_USED = [
    "RenderDocument",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--font-render-hinting=none",  # as windows show text: without, letters without windows are wider
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    f"--disable-features={','.join(NOT_USED)}",
]


def without_windows() -> str | None:
    """Where Chromium is that has no windows of its own to draw: it takes a third of the processor time. Else the usual one."""
    return shutil.which("chromium-headless-shell") or path()


def path() -> str | None:
    """Where Chromium is as people have it, or what there is of it."""
    names = ("chromium", "chromium-browser", "google-chrome", "chromium-headless-shell")
    return next((found for name in names if (found := shutil.which(name))), None)


@contextmanager
def launched() -> Iterator[Browser]:
    """A running Chromium. Pages of a context share a process and what it compiled, as long as one of them is open."""
    with sync_playwright() as playwright:
        flags = [*FLAGS, "--renderer-process-limit=1"]
        browser = playwright.chromium.launch(executable_path=without_windows(), args=flags)
        yield browser
        browser.close()


@contextmanager
def served(app: "WSGIApplication") -> Iterator[str]:
    """The address of the app, served by this process, with axe beside it."""
    beside = SharedDataMiddleware(app, {AXE: str(AXE_FILE_PATH)})
    server = make_server("127.0.0.1", 0, beside, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def session_cookie(app: Flask, sid: str) -> tuple[str, str]:
    """Name and value of the cookie of a browser that holds some assessments, as if it had started them."""
    signer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return app.config["SESSION_COOKIE_NAME"], signer.dumps({"browser": sid, "_permanent": True})


def hold(context: BrowserContext, app: Flask, address: str, sid: str) -> None:
    """Give a browser the session that holds some assessments."""
    name, value = session_cookie(app, sid)
    context.add_cookies([{"name": name, "value": value, "url": address}])


def started(context: BrowserContext, address: str, organisation: str) -> str:
    """Start an assessment of both standards, without a page to look at, and return where its overview is."""
    form, _ = read(context.request.get(address + "/start").text())
    hidden = {field.get("name", ""): field.get("value") for field in form.iter(HTML + "input") if field.get("type") == "hidden"}
    answer = context.request.post(
        address + "/start",
        data=urlencode({**hidden, **starting(organisation)}, doseq=True),
        headers={"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"},
    )
    assert "/a/" in answer.url, answer.text()
    return answer.url
