"""`make html`: what the W3C's checker of HTML says of every page. Pages after a form was sent are left to the strict parser."""

import logging
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.apps import build_app
from tests.support.chromium import session_cookie
from tests.support.organisations import assemble
from tests.support.states import STATES, where


def main() -> int:
    """Write every page to a file and have all of them checked; the status is the checker's."""
    jar = Path(sys.argv[1], "node_modules", "vnu-jar", "build", "dist", "vnu.jar")
    logging.getLogger("assessment").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        app = build_app(Path(folder))
        cast = assemble(app)
        holder, nobody = app.test_client(), app.test_client()
        holder.set_cookie(*session_cookie(app, cast.sid))
        pages = Path(folder, "pages")
        pages.mkdir()
        for state in STATES:
            answer = (holder if state.of else nobody).get(where(cast, state), follow_redirects=True)
            Path(pages, state.name.replace(" ", "-").replace("/", "-") + ".html").write_bytes(answer.data)
        command = ["java", "-jar", str(jar), "--errors-only", "--also-check-svg", "--skip-non-html", str(pages)]
        checked = subprocess.run(command, check=False, capture_output=True, text=True)
        print(checked.stderr.replace(str(pages), "").strip()[:20_000])
        print(f"{len(list(pages.iterdir()))} pages checked: {'no errors' if checked.returncode == 0 else 'errors as above'}.")
        return checked.returncode


if __name__ == "__main__":
    raise SystemExit(main())
