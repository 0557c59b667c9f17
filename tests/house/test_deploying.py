"""What hosts are given: the image takes only what is there, runs without rights and asks for its health; examples are whole."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from assessment.settings import SETTINGS

ROOT = Path(__file__).parent.parent.parent
GUIDE = (ROOT / ".github" / "DEPLOYING.md").read_text(encoding="utf-8")


def instructions() -> list[tuple[str, str]]:
    """Every instruction of the Dockerfile with what it says, lines that go on joined."""
    text = re.sub(r"\\\n\s*", "", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
    return [(word, rest) for line in text.splitlines() if line and line[0] != "#" for word, _, rest in [line.partition(" ")]]


def said(word: str) -> list[str]:
    """What all instructions of a kind say, of which there is one at least."""
    found = [rest for name, rest in instructions() if name == word]
    assert found, f"no {word}"
    return found


def test_the_image_is_made_of_files_that_are_there_and_let_in() -> None:
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copied = {name for rest in said("COPY") if "--from" not in rest for name in rest.split()[:-1]}
    assert len(copied) > 5
    assert copied == let_in
    assert [name for name in copied if not (ROOT / name).exists()] == []


def test_the_image_follows_the_rules_of_a_linter() -> None:
    known = {*["FROM", "WORKDIR", "COPY", "RUN", "ENV", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT", "CMD"]}
    assert {word for word, _ in instructions()} <= known
    assert all(re.search(r":\d+\.\d+-[a-z]+-[a-z]+( AS [a-z]+)?$", image) for image in said("FROM")), "a version of the base"
    assert all(path.startswith("/") for path in said("WORKDIR"))
    for command in said("RUN"):
        assert not re.search(r"\b(sudo|curl|wget|ssh|apt-get|cd)\b", command)
        assert "pip install" not in command or "--no-cache-dir" in command
    assert any("--require-hashes" in command for command in said("RUN"))
    for word in ("ENTRYPOINT", "CMD", "VOLUME"):
        assert all(rest.startswith("[") for rest in said(word)), f"{word} as a list, so that signals arrive"
    assert not any(re.search("(?i)secret|password|token", rest) for rest in said("ENV"))


def test_the_image_runs_without_rights_and_is_asked_for_its_health() -> None:
    words = [word for word, _ in instructions()]
    assert words.index("USER") < words.index("ENTRYPOINT")
    assert re.fullmatch(r"[1-9]\d{3,}", said("USER")[-1])
    assert "/readyz" in said("HEALTHCHECK")[-1]
    names = set(re.findall(r"(ISO_READINESS_\w+)=", " ".join(said("ENV"))))
    assert names <= {setting.name for setting in SETTINGS}
    assert "ISO_READINESS_HOST" in names


@pytest.mark.process
@pytest.mark.parametrize("status", [200, 503])
def test_the_health_check_asks_the_server_itself_whatever_proxy_the_host_gives_its_containers(status: int) -> None:
    class Health(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status if self.path == "/readyz" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Health) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        _, _, command = said("HEALTHCHECK")[-1].partition("CMD ")
        assert "8000" in command
        _, *rest = json.loads(command.replace("8000", str(server.server_port)))
        proxies = dict.fromkeys(("http_proxy", "HTTP_PROXY", "all_proxy"), "http://127.0.0.1:9")
        asked = subprocess.run([sys.executable, *rest], env={**os.environ, **proxies}, capture_output=True, check=False)
        server.shutdown()
        thread.join()
    assert (asked.returncode == 0) == (status == 200), asked.stderr


def test_the_composition_keeps_the_server_from_what_it_does_not_need() -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    server = text.split("  readiness:\n")[1].split("\n  database:\n")[0]
    for line in ("read_only: true", 'cap_drop: ["ALL"]', "no-new-privileges:true", '"127.0.0.1:8000:8000"', 'tmpfs: ["/tmp"]'):
        assert line in server
    asked = set(re.findall(r"^ {6}([A-Z_]+):", server, re.MULTILINE))
    assert asked <= {setting.name for setting in SETTINGS}
    assert ":latest" not in text
    assert "\t" not in text


def test_every_setting_that_the_guide_uses_is_one() -> None:
    used = set(re.findall(r"\b((?:ISO_READINESS|PUBLIC|TRUSTED|ALLOWED|DATABASE|SECRET)_[A-Z_]+)\b", GUIDE))
    assert len(used) >= 4
    assert used <= {setting.name for setting in SETTINGS}


@pytest.mark.process
def test_the_unit_of_the_guide_is_one_that_systemd_takes(tmp_path: Path) -> None:
    unit = GUIDE.split("```ini\n")[1].split("```")[0]
    sections = re.findall(r"^\[(\w+)\]$", unit, re.MULTILINE)
    assert sections == ["Unit", "Service", "Install"]
    assert all(re.fullmatch(r"[A-Z]\w+=\S.*|\[\w+\]|", line) for line in unit.splitlines())
    program = shutil.which("systemd-analyze")
    if program is None:
        return  # what can be read of it was
    file = tmp_path / "readiness.service"
    file.write_text(unit.replace("/opt/readiness/bin/iso-readiness", "/bin/true").replace("User=readiness", "User=root"))
    checked = subprocess.run([program, "verify", "--man=no", file], capture_output=True, text=True, check=False)
    assert "readiness.service:" not in checked.stderr, checked.stderr
