"""Figures of the installation for Prometheus, at ``/metrics``, where a setting asks for it. None of them is about anybody."""

import time
from dataclasses import asdict

from flask import Blueprint, Response, current_app

from assessment.storage.database import UNAVAILABLE
from assessment.storage.health import bytes_free, find_fault
from assessment.storage.inventory import statistics
from assessment.web.shell.context import now

blueprint = Blueprint("metrics", __name__)

# Counting reads every row of some tables.
SECONDS_KEPT = 60.0
# Of the text format, version 0.0.4.
_FORMAT = "text/plain; version=0.0.4; charset=utf-8"
_KEPT = "metrics-kept"


@blueprint.get("/metrics")
def show() -> Response:
    """Tell the figures, each at most a minute old; without those of the database where it does not answer."""
    kept_at, text = current_app.extensions.get(_KEPT, (-SECONDS_KEPT, ""))
    if time.monotonic() - kept_at >= SECONDS_KEPT:
        text = _written()
        current_app.extensions[_KEPT] = (time.monotonic(), text)
    return Response(text, content_type=_FORMAT)


def _written() -> str:
    fault = find_fault(now())
    version = current_app.extensions["product-version"]
    lines = _gauge("ready", "Whether saves would succeed.", int(fault is None))
    lines += [
        "# HELP iso_readiness_build_info The version that answers.",
        "# TYPE iso_readiness_build_info gauge",
        f'iso_readiness_build_info{{version="{version}"}} 1',
    ]
    try:
        free = bytes_free()
        figures = asdict(statistics(now()))
    except (*UNAVAILABLE, OSError):
        return "\n".join([*lines, ""])
    if free is not None:
        lines += _gauge("disk_free_bytes", "Room on the disk of an SQLite database.", free)
    figures["database_bytes"] = figures.pop("bytes")
    for name, figure in figures.items():
        lines += _gauge(name, f"{name.replace('_', ' ').capitalize()}, over all assessments.", figure)
    return "\n".join([*lines, ""])


def _gauge(name: str, about: str, value: float) -> list[str]:
    name = f"iso_readiness_{name}"
    return [f"# HELP {name} {about}", f"# TYPE {name} gauge", f"{name} {value}"]
