"""The main job, walked from the first page to a downloaded gap summary."""

import csv
import io
import json

import pytest

from tests.support.opener import Browser

OPEN_PAGES = [
    "/",
    "/start",
    "/standards",
    "/standards/differences",
    "/standards/iso-9001",
    "/standards/iso-14001",
    "/standards/iso-9001?edition=2015",
    "/standards/iso-14001?edition=2015",
    "/standards/iso-9001/editions",
    "/standards/iso-14001/editions",
    "/standards/glossary",
    "/calculation",
    "/privacy",
]
INSIDE = [
    "",
    "choices",
    "profile/organisation",
    "profile/demand",
    "profile/quality",
    "profile/environment",
    "results",
    "plan/set-scope",
    "what-if",
    "advice",
    "findings",
    "plan",
    "compare",
    "downloads",
    "workbook",
    "summary",
    "share",
    "iso-9001/questions/4.1",
    "iso-14001/questions/6.1",
    "iso-9001/check/8",
    "iso-14001/check/10",
]


@pytest.mark.parametrize("address", OPEN_PAGES)
def test_anybody_can_read_without_starting(shared: Browser, address: str) -> None:
    assert Browser(shared.client.application).open(address).text


@pytest.fixture(scope="module")
def new(shared: Browser) -> str:
    """An assessment in which nothing is answered, to look at."""
    return shared.start()


@pytest.mark.parametrize("page", INSIDE)
def test_every_page_of_a_new_assessment_opens(shared: Browser, new: str, page: str) -> None:
    assert "Muster & Söhne" in shared.open(new + page).text


def answer_all(browser: Browser, hub: str, standard: str, rung: str) -> None:
    """Answer every question of a standard with one rung, page by page, as the "Save and continue" button leads."""
    page = browser.open(f"{hub}{standard}/questions/4.1")
    while "/questions/" in page.path:
        names = {field.get("name") for field in page.all("input") if field.get("type") == "radio"}
        page = browser.send(page, dict.fromkeys(names, rung) | {"save": "continue"})
        onward = [link for link in page.links() if f"{standard}/questions/" in link and "#" not in link]
        if "/check/" in page.path and "Continue with" in page.text:
            page = browser.open(onward[-1])


def test_the_main_job_from_start_to_download(browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + "profile/organisation")
    page = browser.send(
        page, {"people": "120", "what-it-does": "We make gears.", "days-a-week": "1", "ways-of-working": "partly"}
    )
    page = browser.send(page, {"asked-in-writing": "iso-9001", "deadline-iso-9001": "2027-12-01", "new-market": "yes"})
    page = browser.send(page, {"complaints": "badly", "suppliers": "much"})
    page = browser.send(page, {"permits": "few", "incidents": "none"})
    assert "Begin with ISO 9001" in page.text
    assert "A customer, tender or contract asks you for it in writing." in page.text
    browser.send(browser.open(hub + "choices"), {"iso-9001-path": "full"})
    answer_all(browser, hub, "iso-9001", "in-use")
    results = browser.open(hub + "results")
    assert "You meet 100 % of what this questionnaire asks for ISO 9001." in results.text
    assert "Ready for stage 2" in results.text
    # The advice names one standard, so nothing of the other is next; whoever wants both says so.
    assert "Do an environmental review" not in results.text
    plan = browser.send(browser.open(hub + "way"), {"way": "iso-9001>iso-14001"})
    assert "The way you chose: ISO 9001, then ISO 14001. Advised: ISO 9001." in plan.text
    results = browser.open(hub + "results")
    assert "Do an environmental review" in results.text
    assert "Only EMAS makes an environmental review mandatory." in browser.open(hub + "plan").text
    data = json.loads(browser.open(hub + "summary.json").html)
    assert data["organisation"] == "Muster & Söhne"
    assert {each["standard"]: each["score"]["low"] for each in data["standards"]} == {"iso-9001": 100, "iso-14001": 0}
    response = browser.open(hub + "summary.csv?standard=iso-9001").response
    assert "muster-sohne-2026-11-24-iso-9001-gap-summary.csv" in response.headers["Content-Disposition"]


def test_every_gap_is_in_every_format_with_its_note_and_evidence(browser: Browser) -> None:
    hub = browser.start("=Formula Ltd")
    page = browser.open(hub + "iso-9001/questions/9.2")
    typed = {
        "internal-audit-answer": "informal",
        "internal-audit-note": "Only the <workshop>.",
        "internal-audit-evidence-0-title": "Walk report",
        "internal-audit-evidence-0-where": "Shared drive",
        "internal-audit-evidence-0-dated": "2026-10-01",
    }
    browser.send(page, {**typed, "save": "later"})
    rows = list(csv.reader(io.StringIO(browser.open(hub + "summary.csv").html.removeprefix("\ufeff"))))
    row = next(row for row in rows if "9.2" in row)
    head = next(row for row in rows if "Clause title" in row)
    cells = dict(zip(head, row, strict=True))
    assert cells["Grade"] == "Likely major"
    assert cells["Note"] == "Only the <workshop>."
    assert cells["Evidence"] == "Walk report (Shared drive, 2026-10-01)"
    assert "Do one full round of internal audits" in cells["Actions"]
    assert rows[0][1] == "'=Formula Ltd"
    finding = json.loads(browser.open(hub + "summary.json").html)["standards"][0]["findings"][0]
    assert finding["clause"] == "9.2"
    assert finding["questions"][0]["answer"]["note"] == "Only the <workshop>."
    for page_name in ("summary", "findings"):
        shown = browser.open(hub + page_name).text
        assert "Only the <workshop>." in shown
        assert "Walk report" in shown


def test_carried_answers_count_only_once_confirmed(browser: Browser) -> None:
    hub = browser.start()
    browser.send(browser.open(hub + "choices"), {"iso-9001-path": "full"})
    answer_all(browser, hub, "iso-9001", "in-use")
    compared = browser.open(hub + "compare")
    assert "If every suggestion holds" in compared.text
    before = json.loads(browser.open(hub + "summary.json").html)["standards"][1]["score"]["low"]
    assert before == 0
    browser.send(compared, {"confirm": "iso-14001/documents=in-use"})
    after = json.loads(browser.open(hub + "summary.json").html)["standards"][1]
    assert after["answers"]["documents"]["rung"] == "in-use"
    assert after["answers"]["documents"]["carried-from"] == "iso-9001/documents"
    compared = browser.send(browser.open(hub + "compare"), {"refuse": "iso-14001/roles"})
    # Not suggested any more, in no button and no field; only the ways to take that back name it.
    assert "iso-14001/roles=" not in compared.html
    assert "decide-iso-14001/roles" not in compared.html
    assert "1 suggestion is turned down" in compared.text
    browser.send(compared, {"confirm": "iso-14001/monitoring=informal"})
    answers = json.loads(browser.open(hub + "summary.json").html)["standards"][1]["answers"]
    assert answers["monitoring"]["rung"] == "informal"


def test_the_page_holds_what_the_other_formats_hold_in_the_same_order(browser: Browser) -> None:
    hub = browser.start()
    answer_all(browser, hub, "iso-9001", "informal")
    page = browser.open(hub + "summary")
    titles = ["".join(each.itertext()) for each in page.all("h2")]
    told = browser.client.get(hub + "summary.md").get_data(as_text=True)
    assert titles == ["Contents", *(line.removeprefix("## ") for line in told.splitlines() if line.startswith("## "))]
    links = [link for link in page.links() if link.startswith("#")]
    assert {link[1:] for link in links} >= {each.get("id") for each in page.all("h2") if each.get("id")}
    data = json.loads(browser.open(hub + "summary.json").html)
    for each in data["standards"][0]["findings"]:
        assert each["clause-title"] in page.text
    for step in data["plan"]:
        assert step["done-when"] in page.text
