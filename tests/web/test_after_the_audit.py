"""After the audit: real findings typed in, what they move, and how often we were right."""

import json
from collections.abc import Mapping
from datetime import timedelta
from unittest.mock import patch

import pytest
from flask import Flask

from assessment.domain.rights import Role
from assessment.domain.worksheet_condition import Value
from assessment.storage.merge_save import Proposed
from assessment.storage.worksheet_entries import WorksheetEntry
from assessment.storage.worksheets import load_entries, save_entries
from tests.support.apps import NOW
from tests.support.assessments import id_of, joined
from tests.support.opener import Browser, Page
from tests.support.worksheets import AUDITED, REAL
from tests.web.test_leaving import exported, shown

SHEET = "worksheets/real-findings/"
LINES = SHEET + "lines/"
PAGE = "after-the-audit"
# The server of these tests lives on 24 November 2026, and every answer is given on that day.
MAJOR = AUDITED["F1"]
INTERNAL_AUDIT = "iso-9001/questions/9.2"
NOT_DECIDED = "A certificate is not decided while a major is open, so every date here holds only once it is closed."


def sent(values: Mapping[str, object]) -> dict[str, object]:
    return {f"f-{name}": list(value) if isinstance(value, tuple) else value for name, value in values.items()}


def add(browser: Browser, hub: str, prefix: str, values: Mapping[str, object], *, status: int = 200) -> Page:
    page = browser.open(hub + LINES + prefix)
    return browser.send(page, {**sent(values), "save": "here"}, to=hub + LINES + prefix, status=status)


def change(browser: Browser, hub: str, line: str, values: Mapping[str, object], *, status: int = 200) -> Page:
    return browser.send(browser.open(hub + LINES + line), {**sent(values), "save": "here"}, status=status)


def stored(app: Flask, hub: str) -> dict[str, Mapping[str, object]]:
    with app.app_context():
        entries = load_entries(id_of(hub), REAL.id)
    return {line: dict(each.value.values) for line, each in entries["line"].items() if not each.value.removed}


def audited(browser: Browser) -> str:
    """An assessment in which two audits and their findings were typed in."""
    hub = browser.start()
    for line, values in AUDITED.items():
        add(browser, hub, line[0], values)
    return hub


def test_before_an_audit_the_page_says_that_nothing_is_written_down_and_where_to_begin(browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + PAGE)
    assert "No audit is written down yet." in page.text
    assert {hub + LINES + "A", hub + LINES + "F", hub + SHEET} <= set(page.links())
    assert hub + PAGE in browser.open(hub + "results").links()
    assert hub + PAGE in browser.open(hub + "plan").links()
    assert hub + SHEET in browser.open(hub).links()


def test_findings_move_the_plan_and_every_verdict_and_date_says_that_a_major_is_open(browser: Browser) -> None:
    hub = audited(browser)
    plan = browser.open(hub + "plan")
    assert f"ISO 9001: 1 major of a real audit is open (F1). {NOT_DECIDED}" in plan.text
    assert "It has to be closed by 5 February 2027, 6 months after stage 2" in plan.text
    assert "F1 Block orders until purchasing has evaluated ISO 9001" in plan.text
    assert "For: Three suppliers without any evaluation; A2 Stage 2, 3 August 2026" in plan.text
    assert "before a certificate is decided" in plan.text
    assert "Done, but nobody has looked yet whether it helped" in plan.text
    for place in ("results", "plan", PAGE):
        page = browser.open(hub + place)
        assert NOT_DECIDED in page.text, place
        assert "Before every other step: 1 action of a real audit is still to be done (F1)." in page.text, place
        assert "1 corrective action of a real audit is done, and nobody has looked yet whether it helped: F2." in page.text
    director = browser.open(hub + "director").text
    assert "1 major of a real audit is open: no certificate is decided before it is closed." in director
    assert "Before every other step: 1 action of a real audit is still to be done (F1)." in director


def test_once_a_major_is_written_down_and_once_it_is_closed_the_verdict_of_the_next_page_says_so(browser: Browser) -> None:
    hub = browser.start()
    browser.send(browser.open(hub + INTERNAL_AUDIT), {"internal-audit-answer": "in-use"})
    before = browser.open(hub + "results").text
    assert "Stage 2 took place" not in before
    for line in ("A2", "F1"):
        values = {**AUDITED[line], **({"audit": ("A1",)} if line == "F1" else {})}
        add(browser, hub, line[0], values)
    for place in ("results", "director", "what-if"):
        assert "Stage 2 took place; a major is open" in browser.open(hub + place).text, place
    change(browser, hub, "F1", {"closed": "2026-11-20"})
    for place in ("results", "director", "what-if"):
        assert "Stage 2 took place; the decision is next" in browser.open(hub + place).text, place


def test_a_step_that_is_done_in_the_plan_is_done_in_the_finding_and_the_major_stays_open_until_it_is_closed(
    browser: Browser, app: Flask
) -> None:
    hub = audited(browser)
    before = browser.open(hub + "plan")
    assert "Saved" in browser.send(before, {"step": "real-findings/F1 1"}, to=hub + "done").text
    assert stored(app, hub)["F1"]["done"] == NOW.date().isoformat()
    assert NOT_DECIDED in browser.open(hub + "plan").text
    change(browser, hub, "F1", {"closed": "2026-11-20"})
    assert "is not decided while a major" not in browser.open(hub + "plan").text
    assert "Closed by the certification body on 20 November 2026" in browser.open(hub + PAGE).text


def test_a_major_at_surveillance_of_a_certificate_that_is_held_says_what_the_body_looks_at(browser: Browser) -> None:
    hub = audited(browser)
    group = hub + "profile/demand"
    held = {"certificates-iso-9001-edition": "2015", "certificates-iso-9001-until": "2028-05-01"}
    browser.send(browser.open(group), {**held, "save": "later"})
    told = browser.open(hub + "plan").text
    assert "Your certification body looks at the correction and the corrective action before it closes it" in told
    assert "is not decided while a major" not in told
    assert hub + PAGE in browser.open(group).links()


def test_what_was_found_is_held_against_the_answers_of_the_day_before_the_audit(browser: Browser, app: Flask) -> None:
    hub = browser.start()
    page = browser.open(hub + INTERNAL_AUDIT)
    radios = {field.get("name") for field in page.all("input") if field.get("type") == "radio"}
    answers = [name for name in radios if name and name.endswith("-answer")]
    assert answers
    browser.send(page, {**dict.fromkeys(answers, "absent"), "save": "later"})
    # The audit is two days later, and on its day somebody answers otherwise.
    later = NOW + timedelta(days=2)
    with patch.dict(app.extensions, clock=lambda: later):
        browser.send(browser.open(hub + INTERNAL_AUDIT), {**dict.fromkeys(answers, "in-use"), "save": "later"})
        day = later.date().isoformat()
        add(browser, hub, "A", {"kind": "surveillance", "standards": ("iso-9001",), "began": day, "complete": "yes"})
        add(browser, hub, "F", {"what": "No round yet", "audit": ("A1",), "grade": "minor", "area": "iso-9001/9.2"})
        add(browser, hub, "F", {"what": "No policy", "audit": ("A1",), "grade": "minor", "area": "iso-9001/5.2"})
        told = browser.open(hub + PAGE).text
    assert "by the answers as they were on 25 November 2026, the day before" in told
    assert "A1 Surveillance, 26 November 2026 1 1 0" in told
    assert "ISO 9001 9.2 Likely major F1 Minor nonconformity" in told
    assert "ISO 9001 5.2 Not known: questions were open F2 Minor nonconformity" in told
    assert "Something was found in 2 areas, and in 1 of them it was expected." in told
    assert "With fewer than 10 areas that says nothing yet about how often we are right (our judgement)." in told
    assert "%" not in told[told.index("How often were we right") :]


def test_where_nothing_was_answered_before_the_audit_today_stands_in_and_the_page_says_so(browser: Browser) -> None:
    hub = audited(browser)
    told = browser.open(hub + PAGE).text
    assert "nothing was answered before the audit, so today’s answers stand in, and this shows less." in told
    assert "Not counted: not all findings are written down." in told
    assert "held against what would have stopped stage 1" in told


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"area": "iso-14001/6.1.2"}, "Area: this one is of another standard than “In which audit” names."),
        ({"area": "iso-9001/99"}, "Area: choose one of what is offered here."),
        ({"cause": "x" * 10_000}, "10,000"),
        ({"audit": ("A1", "A2")}, "In which audit: name one line."),
        ({"done": "2026-11-25"}, "Done on: this day is still to come"),
        ({"done": "2026-11-02", "checked": "2026-11-01"}, "Effectiveness looked at on: this day is before that of “Done on”."),
    ],
)
def test_what_cannot_be_comes_back_as_it_was_typed_and_nothing_is_saved(
    browser: Browser, app: Flask, values: Mapping[str, object], says: str
) -> None:
    hub = browser.start()
    for line in ("A1", "A2"):
        add(browser, hub, line[0], AUDITED[line])
    page = add(browser, hub, "F", {**MAJOR, **values}, status=422)
    assert says in page.text
    assert str(MAJOR["what"]) in page.html
    assert str(MAJOR["action"]) in page.html
    assert "F1" not in stored(app, hub)


def test_an_audit_of_tomorrow_is_refused_and_one_of_today_taken(browser: Browser, app: Flask) -> None:
    hub = browser.start()
    tomorrow, today = NOW.date() + timedelta(days=2), NOW.date()
    page = add(browser, hub, "A", {"kind": "stage-2", "began": tomorrow.isoformat()}, status=422)
    assert "First day: this day is still to come" in page.text
    assert stored(app, hub) == {}
    add(browser, hub, "A", {"kind": "stage-2", "began": today.isoformat()})
    assert stored(app, hub)["A1"]["began"] == today.isoformat()


def test_the_same_finding_twice_is_refused_with_the_line_that_says_it_and_a_repeated_press_is_one(
    browser: Browser, app: Flask
) -> None:
    hub = audited(browser)
    page = add(browser, hub, "F", {**MAJOR, "owner": "Somebody else"}, status=422)
    assert "What was found: line F1 says the same already." in page.text
    assert "Somebody else" in page.html
    blank = browser.open(hub + LINES + "F")
    for _ in range(2):
        browser.send(blank, {**sent({"what": "Once"}), "save": "here"}, to=hub + LINES + "F")
    assert [line for line, values in stored(app, hub).items() if values.get("what") == "Once"] == ["F5"]


def test_a_finding_without_an_area_is_kept_is_a_step_and_is_called_not_counted(browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "A", AUDITED["A2"])
    add(browser, hub, "F", {**MAJOR, "area": "", "audit": ("A1",)})
    assert "Area" in browser.open(hub + SHEET + "missing").text
    assert "Block orders until purchasing has evaluated" in browser.open(hub + "plan").text
    told = browser.open(hub + PAGE).text
    assert "1 finding is in no area that is asked here, and is not counted: F1." in told
    assert "No area yet" in told


def test_a_form_that_is_older_than_a_colleagues_change_loses_nothing(browser: Browser, app: Flask) -> None:
    hub = audited(browser)
    mine, again = browser.open(hub + LINES + "F2"), browser.open(hub + LINES + "F2")
    change(browser, hub, "F2", {"effect": "yes", "checked": "2026-11-10"})
    browser.send(mine, {**sent({"cause": "Nobody looks at end dates"}), "f-effect": "", "f-checked": "", "save": "here"})
    assert stored(app, hub)["F2"]["effect"] == "yes"
    assert stored(app, hub)["F2"]["cause"] == "Nobody looks at end dates"
    page = browser.send(again, {**sent({"effect": "no"}), "save": "here"}, status=409)
    assert "This line was changed since you opened it" in page.text


def test_who_may_read_sees_the_page_and_changes_nothing_and_a_stranger_sees_nothing(browser: Browser, app: Flask) -> None:
    hub = audited(browser)
    reader = joined(app, hub, Role.READER)
    page = reader.open(hub + PAGE)
    assert "How often were we right" in page.text
    assert not [link for link in page.links() if link.endswith(("lines/A", "lines/F"))]
    add_page = reader.client.post(hub + LINES + "F", data={"f-what": "Mine", "save": "here"})
    assert add_page.status_code in (400, 403)
    Browser(app).open(hub + PAGE, status=404)


def test_areas_of_standards_that_are_not_chosen_are_not_offered_and_what_is_said_stays(browser: Browser) -> None:
    hub = audited(browser)
    offered = {option.get("value") for option in browser.open(hub + LINES + "F1").all("option")}
    assert {"iso-9001/8.4", "iso-14001/6.1.2", "none"} <= offered
    browser.send(browser.open(hub + "choices"), {"iso-9001-chosen": None})
    offered = {option.get("value") for option in browser.open(hub + LINES + "F1").all("option")}
    assert {"iso-9001/8.4", "iso-14001/6.1.2", "none"} <= offered
    assert "iso-9001/7.2" not in offered
    assert (
        "none of its standards is looked at here" in browser.open(hub + PAGE).text
        or "No audit" in browser.open(hub + PAGE).text
    )


def test_the_worksheet_has_no_versions_to_accept_and_proposes_nothing(browser: Browser) -> None:
    hub = audited(browser)
    page = browser.open(hub + SHEET)
    assert "What it proposes to questions" not in page.text
    assert "Accepted versions" not in page.text
    assert hub + PAGE in page.links()
    assert browser.client.get(hub + SHEET + "accepted").status_code == 404


def test_an_export_brings_audits_findings_and_how_often_we_were_right_along(browser: Browser) -> None:
    hub = audited(browser)
    told = browser.open(hub + PAGE).text
    document = json.dumps(exported(browser, hub)).encode()
    other = browser.send(shown(browser, document)).path
    assert other != hub
    end = "Back to the top"  # what follows is about the browser
    assert browser.open(other + PAGE).text.partition(end)[0] == told.partition(end)[0]


# What an import can bring, or a release whose content asked for something else: nothing of it can be typed in.
UNFIT: Mapping[str, Mapping[str, Mapping[str, Value]]] = {
    "First day: soon": {"A1": {**AUDITED["A1"], "began": "soon", "ended": "?"}, "F1": {**MAJOR, "due": "never", "closed": "y"}},
    "Which audit: zz": {
        "A1": {"kind": "zz", "standards": ("iso-1",)},
        "F1": {"audit": ("A9",), "grade": "huge", "area": "a/4"},
    },
    "First day: June": {"A1": {"standards": "iso-9001", "began": ("June",)}, "F1": {"audit": "A1", "grade": ("major",)}},
}
PAGES = ("", "plan", "results", "findings", "advice", "director", PAGE, SHEET, SHEET + "missing", LINES + "A1", LINES + "F1")


@pytest.mark.parametrize("said", UNFIT)
def test_what_no_field_can_hold_breaks_no_page_and_stays_in_the_history(app: Flask, browser: Browser, said: str) -> None:
    hub = browser.start()
    entries = {line: WorksheetEntry(values=values) for line, values in UNFIT[said].items()}
    proposals = [Proposed(key=f"line/{line}", value=entry, base_version=0) for line, entry in entries.items()]
    with app.app_context():
        save_entries(id_of(hub), REAL.id, proposals, who="Kim", at=NOW, check=lambda *_: None)
    for page in PAGES:
        browser.open(hub + page)
    assert said in browser.open(hub + "history").text
