"""`make lighthouse`: what Lighthouse says of the main pages, from the real server. Fails under 100."""

import json
import logging
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.support.apps import built
from tests.support.chromium import FLAGS, path, session_cookie
from tests.support.organisations import assembled_in
from tests.support.real import Real, real_server
from tests.support.states import STATES

PAGES = ("start", "hub, in progress", "question page, answered", "results, provisional", "findings", "plan")
CATEGORIES = ("performance", "accessibility", "best-practices")
# Other work on the machine only ever lowers the score of performance: a page below 100 is looked at again, and the best counts.
MOST_TRIES = 3


def main() -> int:
    """Look at each page and print its scores; the status is 1 if one is under 100."""
    command = Path(sys.argv[1], "node_modules", "lighthouse", "cli", "index.js")
    logging.getLogger("assessment").setLevel(logging.CRITICAL)
    short = 0
    with (
        tempfile.TemporaryDirectory() as folder,
        built(Path(folder)) as app,
        real_server(assembled_in(app), Path(folder)) as real,
    ):
        for name in PAGES:
            best: dict[str, int] = {}
            for _ in range(MOST_TRIES):
                scores, why = look(command, real, name, Path(folder, "report.json"))
                best = {each: max(score, best.get(each, 0)) for each, score in scores.items()}
                if min(best.values()) == 100:
                    break
            print(f"{name}: {', '.join(f'{each} {score}' for each, score in best.items())}")
            if min(best.values()) < 100:
                short += 1
                print("\n".join(f"  {each}" for each in why))
    return 1 if short else 0


def look(command: Path, real: Real, name: str, report: Path) -> tuple[dict[str, int], list[str]]:
    """The scores of a page, 0 to 100 by category, and the audits that were not passed."""
    (state,) = (each for each in STATES if each.name == name)
    cookie = "=".join(session_cookie(real.app, real.cast.sid))
    arguments = [
        *("node", str(command), real.where(state), "--quiet", "--output=json", f"--output-path={report}"),
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags=--headless=new {' '.join(FLAGS)}",
        *([f"--extra-headers={json.dumps({'Cookie': cookie})}"] if state.of else []),
    ]
    subprocess.run(arguments, check=True, env={**os.environ, "CHROME_PATH": path() or ""}, stderr=subprocess.DEVNULL)
    found = json.loads(report.read_text(encoding="utf-8"))
    if found["finalDisplayedUrl"] != real.where(state):
        raise SystemExit(f"{name}: Lighthouse was led to {found['finalDisplayedUrl']}")
    scores = {each: round(100 * found["categories"][each]["score"]) for each in CATEGORIES}
    counted = {ref["id"] for each in CATEGORIES for ref in found["categories"][each]["auditRefs"] if ref["weight"]}
    failed = [each for key, each in found["audits"].items() if key in counted and _is_short(each)]
    return scores, [f"{each['id']}: {each['title']} {each.get('displayValue', '')}" for each in failed]


def _is_short(audit: dict[str, Any]) -> bool:
    return audit["scoreDisplayMode"] not in ("notApplicable", "informative", "manual", "error") and audit["score"] < 0.9


if __name__ == "__main__":
    raise SystemExit(main())
