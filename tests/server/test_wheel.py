"""The built wheel carries everything with it: installed elsewhere, started in another folder, one journey walked."""

import os
import re
import subprocess
import sys
import time
import urllib.parse
import urllib.request
import venv
import zipfile
from collections.abc import Callable
from http.cookiejar import CookieJar
from pathlib import Path

from tests.support.servers import free_port

ROOT = Path(__file__).parent.parent.parent
# What is installed to run; the largest are typst with 82 and babel with 32.
MOST_MEGABYTES = 200
PATIENCE = 60  # seconds until a started server must answer, on a slow machine


def test_an_installed_wheel_works_from_any_folder(tmp_path: Path, tell: Callable[[str], None]) -> None:
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(tmp_path), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (wheel,) = tmp_path.glob("*.whl")
    venv.create(tmp_path / "clean", with_pip=False)
    python = tmp_path / "clean" / "bin" / "python"
    with zipfile.ZipFile(wheel) as opened:
        assert "assessment/py.typed" in opened.namelist()
    uv = Path(sys.executable).parent / "uv"
    lock = ["--constraint", str(ROOT / "requirements.txt")]
    subprocess.run([uv, "pip", "install", "--quiet", "--python", python, str(wheel), *lock], check=True, capture_output=True)
    size = (
        sum(file.stat().st_size for file in (tmp_path / "clean").rglob("*") if file.is_file() and file.suffix != ".pyc") / 1e6
    )
    tell(f"installed from the wheel: {size:.0f} MB without compiled code")
    assert size < MOST_MEGABYTES
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    port = free_port()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "ISO_", "VIRTUAL"))}
    environment["XDG_DATA_HOME"] = str(tmp_path / "home")
    command = [str(python.parent / "iso-readiness"), "run", "--port", str(port)]
    server = subprocess.Popen(
        command, cwd=elsewhere, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    try:
        walk(f"http://127.0.0.1:{port}")
    finally:
        server.terminate()
        said, _ = server.communicate(timeout=PATIENCE)
    assert f"Open http://127.0.0.1:{port}" in said
    assert (tmp_path / "home" / "iso-readiness" / "assessments.sqlite3").exists()


def walk(address: str) -> None:
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            page = opener.open(address + "/start").read().decode()
            break
        except OSError:
            assert time.monotonic() < deadline, "the server did not answer"
            time.sleep(0.2)
    token = re.search(r'name="csrf_token" value="([^"]+)"', page)
    assert token
    fields = {"csrf_token": token[1], "organisation": "Wheel works", "standards": "iso-9001"}
    with opener.open(address + "/start", urllib.parse.urlencode(fields).encode()) as overview:
        hub = overview.url
        assert "Overview of" in overview.read().decode()
    style = re.search(r'href="(/static/style[^"]+)"', page)
    assert style
    assert b"@layer" in opener.open(address + style[1]).read()
    assert "Wheel works" in opener.open(hub + "summary.json").read().decode()
    assert opener.open(hub + "summary.pdf").read().startswith(b"%PDF")
