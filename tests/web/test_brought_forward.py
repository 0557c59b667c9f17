"""What would bring a certificate forward is said alike on the page of the plan and in every format, days a week among it."""

import io
import json
from datetime import UTC, datetime

import pytest
from python_calamine import CalamineWorkbook

from tests.reports import spoken
from tests.support.markup import HTML
from tests.support.opener import Browser

ANOTHER_PACE = "5 days a week: "


def said_on_the_plan(browser: Browser, hub: str) -> dict[str, list[str]]:
    """The sentences under each date of the plan, by the name of the standard."""
    found = {}
    for details in browser.open(hub + "plan").all("details"):
        summary = " ".join("".join(details.find(HTML + "summary").itertext()).split())
        if summary.startswith("What sets the date of "):
            items = details.find(HTML + "ul").iter(HTML + "li")
            name = summary.removeprefix("What sets the date of ").partition(",")[0]
            found[name] = [" ".join("".join(item.itertext()).split()) for item in items]
    return found


def test_the_strongest_lever_stands_first_and_paces_are_among_them(browser: Browser, demo: str) -> None:
    said = said_on_the_plan(browser, demo)
    assert said
    for sentences in said.values():
        days = [
            datetime.strptime(text.rstrip(".").rpartition(": ")[2], "%d %B %Y").replace(tzinfo=UTC) for text in sentences[:-1]
        ]
        assert len(days) > 1
        assert days == sorted(days)
        assert sentences[-1].startswith("Not before ")
    assert any(text.startswith(ANOTHER_PACE) for sentences in said.values() for text in sentences)


@pytest.mark.parametrize(
    ("ending", "read"),
    [("md", spoken.of_markdown), ("docx", spoken.of_docx), ("pdf", spoken.of_pdf)],
    ids=["md", "docx", "pdf"],
)
def test_a_document_says_what_the_plan_says(browser: Browser, demo: str, ending: str, read: object) -> None:
    assert callable(read)
    told = read(browser.client.get(f"{demo}summary.{ending}").data)
    for sentences in said_on_the_plan(browser, demo).values():
        assert spoken.squeezed("".join(sentences)) in told


def test_the_page_to_print_the_workbook_and_the_receipt_say_what_the_plan_says(browser: Browser, demo: str) -> None:
    said = said_on_the_plan(browser, demo)
    printed = browser.open(demo + "summary").text
    sheets = CalamineWorkbook.from_filelike(io.BytesIO(browser.client.get(demo + "summary.xlsx").data))
    cells = [str(row[1]) for row in sheets.get_sheet_by_name("Plan").to_python() if len(row) > 1]
    receipt = json.loads(browser.client.get(demo + "summary.json").data)
    names = {"iso-9001": "ISO 9001", "iso-14001": "ISO 14001"}
    told = {names[each]: dates["brought-forward-by"] for each, dates in receipt["calendar"]["standards"].items()}
    assert told == said
    for name, sentences in said.items():
        assert all(text in printed for text in sentences)
        at = cells.index(f"What sets the date of {name}, and how to bring it forward")
        assert cells[at + 1 : at + 1 + len(sentences)] == sentences


def test_a_receipt_from_before_is_not_called_wrong_for_what_it_does_not_say(browser: Browser, demo: str) -> None:
    receipt = json.loads(browser.client.get(demo + "summary.json").data)
    for dates in receipt["calendar"]["standards"].values():
        del dates["brought-forward-by"]
    page = browser.open("/verify")
    sent = {**page.fields(), "file": (io.BytesIO(json.dumps(receipt).encode()), "receipt.json")}
    checked = browser.client.post("/verify", data=sent, content_type="multipart/form-data").get_data(as_text=True)
    assert "Equal: every number is right" in checked
