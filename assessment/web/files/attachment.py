"""A file to keep, and which standards it is about."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, nullcontext
from dataclasses import replace
from tempfile import SpooledTemporaryFile
from typing import IO
from urllib.parse import quote

from flask import Response, abort, request

from assessment.domain.cost import cost
from assessment.reports.file_names import own_name, plain_name
from assessment.reports.summary import GapSummary
from assessment.web.shell.compression import compressing, takes_gzip
from assessment.web.shell.context import AssessmentContext

# Of a file whose size nobody knows before; the rest lies on disk.
MOST_BYTES_IN_MEMORY = 1024 * 1024
BYTES_AT_ONCE = 64 * 1024


def attachment(content: bytes, kind: str, organisation: str, rest: str) -> Response:
    """Hand out a file to keep, of a kind (its media type), named after an organisation and the rest of the name.

    Old programs get a name in letters that every system takes, all others the organisation's own (RFC 6266, section 4.3).
    """
    return _named(Response(content, content_type=kind), organisation, rest)


def attachment_in_parts(parts: Iterable[bytes], kind: str, organisation: str, rest: str) -> Response:
    """Hand out a file as `attachment` does that may be of any size: it is written to disk piece by piece, and never held whole.

    Compressed on the way where the browser takes that. Raises ``OSError`` where the disk has no room for it.
    """
    compressed = takes_gzip()
    with ExitStack() as unless_all_is_well:
        file = unless_all_is_well.enter_context(SpooledTemporaryFile(MOST_BYTES_IN_MEMORY))
        with compressing(file) if compressed else nullcontext(file) as out:
            for part in parts:
                out.write(part)
        size = file.tell()
        file.seek(0)
        unless_all_is_well.pop_all()  # whoever sends the answer closes it
    response = Response(_read(file), content_type=kind)
    response.call_on_close(file.close)
    response.content_length = size
    if compressed:
        response.headers["Content-Encoding"] = "gzip"
    return _named(response, organisation, rest)


def _read(file: IO[bytes]) -> Iterator[bytes]:
    """Return what is in a file, piece by piece, and close it."""
    with file:
        while part := file.read(BYTES_AT_ONCE):
            yield part


def _named(response: Response, organisation: str, rest: str) -> Response:
    named = f"attachment; filename={plain_name(organisation)}-{rest}"
    if not organisation.isascii():
        named += f"; filename*=UTF-8''{quote(own_name(organisation), safe='')}-{rest}"
    response.headers["Content-Disposition"] = named
    return response


def with_costs_if_wanted(summary: GapSummary) -> GapSummary:
    """Return the summary with the costs where the address asks for them; they stand in no document otherwise."""
    return replace(summary, costs=cost(summary.result)) if are_costs_wanted() else summary


def are_costs_wanted() -> bool:
    """Tell whether the address asks for the costs."""
    return request.args.get("costs") == "1"


def wanted_standards(opened: AssessmentContext) -> list[str]:
    """Return the ids of the standards asked for in the address, or of all chosen ones; a 404 for one that is not chosen."""
    chosen = [questionnaire.standard.id for questionnaire in opened.questionnaires]
    wanted = request.args.getlist("standard") or chosen
    if not set(wanted) <= set(chosen):
        abort(404)
    return wanted
