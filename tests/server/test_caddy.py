"""A real browser works through a real Caddy, set up as the page on deploying says, with a host of its own or below a path."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from flask import Flask

from tests.server.test_nginx import two_browsers
from tests.support.servers import free_port, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser as Chromium

PAGE = Path(__file__).parents[2] / ".github" / "DEPLOYING.md"
# What a test needs besides: no administration, no certificate of the outside, nothing written into the machine's trust.
OF_THE_TEST = "{\n    admin off\n    auto_https disable_redirects\n    skip_install_trust\n}\n"


def documented() -> tuple[str, str]:
    """The two configurations of the page: the site with a host of its own, and the line for a path of another one."""
    section = PAGE.read_text(encoding="utf-8").partition("## A proxy")[2].partition("\n## ")[0]
    (site,) = re.findall(r"^```\n(readiness\.example\.org \{.*?)^```", section, re.DOTALL | re.MULTILINE)
    (line,) = re.findall(r"`(handle /iso\* \{.*?\})`", section)
    in_lines = line.replace("{ ", "{\n        ").replace(" }", "\n    }")
    return site, f"example.org {{\n    {in_lines}\n}}\n"


@contextmanager
def caddy(folder: Path, site: str, *, port: int, tls: int) -> Iterator[None]:
    """A running Caddy before the server on a port, with a certificate of its own authority."""
    _, _, rest = site.partition(" {\n")
    assert "127.0.0.1:8000" in rest
    here = f"https://localhost:{tls} {{\n    tls internal\n{rest.replace('127.0.0.1:8000', f'127.0.0.1:{port}')}"
    (folder / "Caddyfile").write_text(OF_THE_TEST + here, encoding="utf-8")
    homes = {each: str(folder / "home") for each in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME")}
    with (folder / "log").open("wb") as log:
        command = [shutil.which("caddy") or "caddy", "run", "--config", str(folder / "Caddyfile"), "--adapter", "caddyfile"]
        running = subprocess.Popen(command, env={**os.environ, **homes}, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 60
        while "serving initial configuration" not in (folder / "log").read_text(encoding="utf-8"):
            assert running.poll() is None, (folder / "log").read_text(encoding="utf-8")
            assert time.monotonic() < until
            time.sleep(0.05)
        yield
    finally:
        running.terminate()
        running.wait(60)


@pytest.mark.parametrize("path", ["/", "/iso/"], ids=["a host of its own", "below a path"])
def test_a_browser_works_through_caddy_as_documented(app: Flask, chromium: "Chromium", tmp_path: Path, path: str) -> None:
    port, tls = free_port(), free_port()
    public = f"https://localhost:{tls}{path}"
    site = documented()[0 if path == "/" else 1]
    settings = {"PUBLIC_URL": public, "TRUSTED_PROXIES": "1"}
    with served(app, tmp_path, port, 1, settings), caddy(tmp_path, site, port=port, tls=tls):
        assert two_browsers(chromium, public).get("secure")
        context = chromium.new_context(ignore_https_errors=True)
        assert context.request.get(f"{public}readyz").status == 200
        context.close()
