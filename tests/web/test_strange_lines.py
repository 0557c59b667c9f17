"""Lines of worksheets that say what no form takes: an import refuses them, and what an older release took breaks no page."""

import io
import json
from collections.abc import Iterator, Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessment.domain.worksheet import Worksheet
from assessment.domain.worksheet_condition import Value
from assessment.storage.export_format import to_json
from assessment.storage.export_import import to_document
from assessment.storage.merge_save import Proposed
from assessment.storage.worksheets import WorksheetEntry, save_entries
from assessment.web.shell.limits import count_attempts
from tests.support.apps import NOW
from tests.support.content import LIBRARY
from tests.support.examples import examples
from tests.support.opener import Browser

pytestmark = pytest.mark.broad

STRANGE: tuple[Value, ...] = (
    *("", "x", "zzz/x", "9" * 400, "9" * 2_000, "-1", "0", "5", "1e999", "²", "٣", "yes", "no", "F1", "other"),
    *("0001-01-01", "9999-12-31", "2026-02-30", "\u202ex", "<script>alert(1)</script>"),
    *((), ("x",), ("F1", "F1"), ("x", "y"), ("9" * 400, "t"), ("1",), ("zzz",), ("A1", "F1", "D1"), ("x",) * 60),
)
OVERALL = (
    *("", "results", "advice", "director", "findings", "after-the-audit", "plan", "plan.csv", "plan.ics", "what-if", "costs"),
    *("downloads", "summary", "summary.csv", "summary.json", "summary.md", "history", "export.json", "workbook"),
)


def pages(hub: str) -> Iterator[str]:
    """The address of every page and report of an assessment that shows something of worksheets."""
    yield from (hub + rest for rest in OVERALL)
    for worksheet in LIBRARY.worksheets.values():
        within = f"{hub}worksheets/{worksheet.id}/"
        yield from (within + rest for rest in ("", "missing", "proposals", "workbook"))
        if worksheet.conclusion_in:
            yield f"{within}accepted"
        yield from (within + part.id for part in worksheet.parts)
        yield from (f"{within}lines/{register.prefix}1" for register in worksheet.registers.values())


def stored(browser: Browser, values: Mapping[str, Mapping[str, Value]], *, confirmed_on: str = "") -> str:
    """Start an assessment whose worksheets say so, past every check, as if an older release had taken it; return its path."""
    hub = browser.start()
    app = browser.client.application
    with app.app_context():
        for worksheet in LIBRARY.worksheets.values():
            proposals = [
                Proposed(
                    key=f"line/{register.prefix}1",
                    value=WorksheetEntry(values=values[register.id], confirmed_on=confirmed_on),
                    base_version=0,
                )
                for register in worksheet.registers.values()
            ]
            proposals.append(Proposed(key="accepted/1", value=WorksheetEntry(values={"on": "x"}), base_version=0))
            save_entries(hub.split("/")[2], worksheet.id, proposals, who="x", at=NOW, check=lambda *_: None)
    return hub


def imported(browser: Browser, raw: bytes) -> int:
    """Send an export as its preview does, and return the status of the answer."""
    page = browser.open("/import")
    fields = {**page.fields(), "document": raw.decode()}
    with browser.client.post("/import", data=fields) as answer:
        return answer.status_code


def hold(browser: Browser, values: Mapping[str, Mapping[str, Value]], confirmed_on: str = "") -> None:
    count_attempts(browser.client.application, dict.fromkeys(browser.client.application.extensions["most-attempts"], 10**6))
    hub = stored(browser, values, confirmed_on=confirmed_on)
    opened = 0
    for address in pages(hub):
        with browser.client.get(address) as answer:
            assert answer.status_code == 200, address
        opened += 1
    assert opened > 70
    with browser.client.application.app_context():
        raw = to_json(to_document(hub.split("/")[2]))
    assert imported(browser, raw) == 422  # at least its accepted version is none


def registers() -> Iterator[tuple[Worksheet, str, tuple[str, ...]]]:
    for worksheet in LIBRARY.worksheets.values():
        for register in worksheet.registers.values():
            yield worksheet, register.id, tuple(field.id for field in register.fields)


@pytest.mark.parametrize("value", STRANGE, ids=lambda value: json.dumps(value)[:20])
def test_lines_that_say_one_strange_thing_everywhere_break_no_page(shared: Browser, value: Value) -> None:
    hold(shared, {name: dict.fromkeys(fields, value) for _, name, fields in registers()})


@given(st.data())
@settings(max_examples=examples(6))
def test_lines_that_say_strange_things_break_no_page(shared: Browser, data: st.DataObject) -> None:
    strange = st.sampled_from(STRANGE)
    values = {name: {field: data.draw(strange) for field in fields} for _, name, fields in registers()}
    hold(shared, values, data.draw(st.sampled_from(("", "x", "2026-11-01", "9" * 9))))


@pytest.mark.parametrize(
    ("worksheet", "line", "values", "says"),
    [
        ("environmental-review", "FX1", {"join": "x"}, "cannot say this"),
        ("real-findings", "F1", {"grade": "superb"}, "cannot say this"),
        ("process-map", "P1", {"name": "x" * 201}, "cannot say this"),
    ],
)
def test_an_import_with_such_a_line_is_refused_and_names_it(
    shared: Browser, worksheet: str, line: str, values: Mapping[str, Value], says: str
) -> None:
    register = LIBRARY.worksheets[worksheet].register_of(line)
    assert register is None or set(values) <= set(register.by_id)
    hub = shared.start()
    with shared.client.application.app_context():
        change = Proposed(key=f"line/{line}", value=WorksheetEntry(values=values), base_version=0)
        save_entries(hub.split("/")[2], worksheet, [change], who="x", at=NOW, check=lambda *_: None)
        raw = to_json(to_document(hub.split("/")[2]))
    page = shared.open("/import")
    fields = {**page.fields(), "file": (io.BytesIO(raw), "export.json")}
    with shared.client.post("/import", data=fields, content_type="multipart/form-data") as answer:
        assert answer.status_code == 422
        assert says in answer.get_data(as_text=True)
        assert line in answer.get_data(as_text=True)
