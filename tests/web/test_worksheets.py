"""Worksheets on pages: lines in any order, candidates, what is missing, two people at once, and what cannot be saved."""

import io
import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from unittest.mock import patch

import pypdf
import pytest
from flask import Flask

from assessment.domain.library import Library
from assessment.domain.rights import Role
from assessment.domain.worksheet import FieldKind, Worksheet
from assessment.storage.consistency import find_breaks
from assessment.storage.history import history
from assessment.storage.merge_save import Proposed
from assessment.storage.worksheets import WorksheetEntry, load_entries, save_entries
from tests.support.apps import NOW
from tests.support.assessments import id_of, joined
from tests.support.opener import Browser, Page
from tests.support.worksheets import FUMES, PROCESS_MAP, REVIEW

WORKSHEET = "worksheets/environmental-review/"
LINES = WORKSHEET + "lines/"


def add(
    browser: Browser, hub: str, prefix: str, values: Mapping[str, object], *, status: int = 200, button: str = "here"
) -> Page:
    """Add a line, as a person would with the form of a new line."""
    page = browser.open(hub + LINES + prefix)
    sent = {f"f-{name}": list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return browser.send(page, {**sent, "save": button}, to=hub + LINES + prefix, status=status)


def change(browser: Browser, page: Page, values: Mapping[str, object], *, status: int = 200, button: str = "here") -> Page:
    sent = {f"f-{name}": list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return browser.send(page, {**sent, "save": button}, status=status)


def stored(app: Flask, hub: str) -> dict[str, Mapping[str, object]]:
    with app.app_context():
        entries = load_entries(id_of(hub), REVIEW.id)
    return {line: dict(each.value.values) for line, each in entries["line"].items() if not each.value.removed}


def test_the_overview_leads_to_the_worksheets_of_the_standards_that_are_chosen(browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub)
    assert hub + WORKSHEET in page.links()
    assert hub + "worksheets/process-map/" in page.links()
    assert "Environmental review Not started" in page.text
    only = browser.send(browser.open(hub + "choices"), {"iso-14001-chosen": None})
    assert hub + WORKSHEET not in only.links()
    assert browser.client.get(hub + WORKSHEET).status_code == 404


def test_the_step_of_the_plan_leads_to_the_worksheet_and_says_how_far_it_is(browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "A", {"name": "Works"})
    page = browser.open(hub + f"plan/{REVIEW.step}")
    assert hub + WORKSHEET in page.links()
    assert "1 of 11 parts begun" in page.text
    assert hub + WORKSHEET not in browser.open(hub + "plan/set-scope").links()


@pytest.mark.parametrize("worksheet", [REVIEW, PROCESS_MAP], ids=lambda each: each.id)
def test_every_part_opens_and_every_register_takes_a_line_with_one_field_in_it(browser: Browser, worksheet: Worksheet) -> None:
    hub = browser.start()
    base = f"{hub}worksheets/{worksheet.id}/"
    for part in worksheet.parts:
        assert browser.open(base + part.id).text.count(part.title) >= 1
    for register in worksheet.registers.values():
        page = browser.open(f"{base}lines/{register.prefix}")
        field = next(each for each in register.fields if each.kind in (FieldKind.LINE, FieldKind.TEXT))
        saved = browser.send(page, {f"f-{field.id}": "Something", "save": "here"})
        assert f"{register.prefix}1" in saved.text, register.id
    assert "complete" in browser.open(base).text or "missing" in browser.open(base).text


def test_a_line_is_saved_as_it_was_typed_and_can_be_changed(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "E", {"name": "Pickling"})
    page = add(
        browser,
        hub,
        "F",
        {"aspect": "Fumes & <b>", "impact": "Acid", "steps": ("E1",), "amount": ("1 200", "kg"), "why": "a\r\nb"},
    )
    assert "F1 Fumes & <b>" in page.text
    assert stored(app, hub)["F1"] == {
        "aspect": "Fumes & <b>",
        "impact": "Acid",
        "steps": ("E1",),
        "amount": ("1200", "kg"),
        "why": "a\nb",
    }
    again = browser.open(hub + LINES + "F1")
    assert '<option value="kg" selected>' in again.html
    change(browser, again, {"steps": None, "amount": ["1200", "kg"], "owner": "Kim"})
    assert "steps" not in stored(app, hub)["F1"]
    assert stored(app, hub)["F1"]["owner"] == "Kim"
    with app.app_context():
        assert len(history(id_of(hub), f"worksheet/{REVIEW.id}/line/F1")) == 2


def test_one_line_after_the_other_with_save_and_add_another(browser: Browser) -> None:
    hub = browser.start()
    page = add(browser, hub, "F", {"aspect": "Fumes"}, button="another")
    assert page.path == hub + LINES + "F"
    assert "New line" in page.text


@pytest.fixture(scope="module")
def new(shared: Browser) -> str:
    """An assessment in which nothing is filled in, and nothing will be."""
    return shared.start()


@pytest.mark.parametrize(
    ("prefix", "values", "says"),
    [
        ("F", {"aspect": "x" * 5_000}, "at most 200"),
        ("F", {"why": "x" * 5_000}, "at most 2,000"),
        ("F", {"why": "a\x0bb\x01"}, "hidden control character"),
        ("F", {"amount": ["12", ""]}, "an amount needs its unit"),
        ("F", {"amount": ["1,200", "kg"]}, "can be read in two ways"),
        ("F", {"severity": "9"}, "choose one of what is offered"),
        ("F", {"steps": "E7"}, "there is no line E7"),
        ("F", {"steps": "D1"}, "there is no line D1"),
        ("F", {"aspect": "Fumes", "impact": "fumes"}, "say another thing than"),
        ("F", {**FUMES, "verdict": "no", "verdict-reason": "Small"}, "cannot stand. A limit is used"),
        ("F", {"verdict": "yes"}, "needs its reason"),
        ("A", {"name": "Works", "area": "-5"}, "cannot be less than 0"),
        ("D", {"checked": "2030-01-01"}, "still to come"),
        ("D", {"checked": "tomorrow"}, "write the date as"),
        ("EF", {"year": "12"}, "from 1990 to 2100"),
        ("E", {"after": "E1"}, "point in a circle: E1 → E1"),
    ],
)
def test_what_cannot_be_saved_comes_back_as_it_was_typed_with_what_to_do(
    shared: Browser, new: str, prefix: str, values: Mapping[str, object], says: str
) -> None:
    page = add(
        shared,
        new,
        prefix,
        {key: value if not isinstance(value, tuple) else list(value) for key, value in values.items()},
        status=422,
    )
    assert says in page.text
    assert page.text.count("There is a problem") == 1
    for value in values.values():
        assert str(value if isinstance(value, str) else value[0])[:40].split("\x0b")[0] in page.html  # type: ignore[index]
    assert stored(shared.client.application, new) == {}


@pytest.mark.parametrize(("days", "status"), [(0, 200), (1, 422)])
def test_a_date_of_today_is_taken_and_one_of_tomorrow_is_not(browser: Browser, days: int, status: int) -> None:
    hub = browser.start()  # at this hour it is nowhere tomorrow yet
    day = (NOW + timedelta(days=days)).date().isoformat()
    page = add(browser, hub, "D", {"checked": day}, status=status)
    assert ("still to come" in page.text) is (status == 422)


def test_the_id_of_a_line_of_another_assessment_is_no_line_here(app: Flask, browser: Browser) -> None:
    theirs, mine = browser.start("Theirs"), browser.start("Mine")
    add(browser, theirs, "D", {"title": "Their duty"})
    page = add(browser, mine, "F", {"aspect": "Fumes", "duties": "D1"}, status=422)
    assert "there is no line D1" in page.text
    assert browser.client.get(mine + LINES + "D1").status_code == 404
    assert stored(app, mine) == {}


def test_a_deleted_duty_cannot_be_pointed_at_any_more(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "D", {"title": "Waste"})
    page = browser.open(hub + LINES + "F")
    browser.send(browser.open(hub + LINES + "D1"), {"save": "delete"})
    refused = browser.send(page, {"f-aspect": "Fumes", "f-duties": ["D1"], "save": "here"}, status=422)
    assert "there is no line D1" in refused.text
    assert "Fumes" in refused.html
    assert stored(app, hub) == {}


def test_lines_that_would_point_in_a_circle_are_refused_with_the_way(browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "E", {"name": "One"})
    add(browser, hub, "E", {"name": "Two", "after": ("E1",)})
    page = change(browser, browser.open(hub + LINES + "E1"), {"after": "E2"}, status=422)
    assert "point in a circle: E1 → E2 → E1" in page.text


@pytest.mark.parametrize("line", ["F7", "ZZ1", "F0", "nothing", "AF2", "a%2Fb"])
def test_a_line_that_is_not_there_is_a_404(browser: Browser, line: str) -> None:
    hub = browser.start()
    assert browser.client.get(hub + LINES + line).status_code == 404
    token = browser.open(hub + LINES + "F").fields()["csrf_token"]
    assert browser.client.post(hub + LINES + line, data={"csrf_token": token, "f-aspect": "x"}).status_code == 404


def test_a_line_that_others_need_is_not_deleted_and_they_are_named(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "D", {"title": "Waste"})
    add(browser, hub, "F", {"aspect": "Fumes", "duties": ("D1",)})
    page = browser.send(browser.open(hub + LINES + "D1"), {"save": "delete"}, status=422)
    assert "these lines need it. Change them first: F1 Fumes" in page.text
    assert hub + LINES + "F1" in page.links()
    browser.send(browser.open(hub + LINES + "F1"), {"save": "delete"})
    assert list(stored(app, hub)) == ["D1"]
    browser.send(browser.open(hub + LINES + "D1"), {"save": "delete"})
    assert stored(app, hub) == {}


def test_a_deleted_line_can_be_brought_back(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "F", {"aspect": "Fumes"})
    browser.send(browser.open(hub + LINES + "F1"), {"save": "delete"})
    page = browser.open(hub + LINES + "F1")
    assert "It is kept, and can be brought back" in page.text
    browser.send(page, {"save": "restore"})
    assert stored(app, hub) == {"F1": {"aspect": "Fumes"}}


def test_two_people_who_score_one_line_differently_both_see_both(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "F", {"aspect": "Fumes"})
    mine = browser.open(hub + LINES + "F1")
    colleague = joined(app, hub, Role.EDITOR, "Kim")
    change(colleague, colleague.open(hub + LINES + "F1"), {"severity": "4"})
    page = change(browser, mine, {"severity": "5"}, status=409)
    assert "This line was changed since you opened it" in page.text
    assert "Saved now by: Kim" in page.text
    assert "4: toxic, corrosive or years" in page.text
    assert '<option value="5" selected>' in page.html
    change(browser, page, {"severity": "5"})
    assert stored(app, hub)["F1"]["severity"] == "5"


def test_two_people_on_different_fields_of_one_line_need_not_settle_anything(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "F", {"aspect": "Fumes"})
    mine = browser.open(hub + LINES + "F1")
    colleague = joined(app, hub, Role.EDITOR, "Kim")
    change(colleague, colleague.open(hub + LINES + "F1"), {"owner": "Kim"})
    change(browser, mine, {"severity": "5"})
    assert stored(app, hub)["F1"] == {"aspect": "Fumes", "owner": "Kim", "severity": "5"}


def test_somebody_deletes_what_another_is_just_attaching(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "D", {"title": "Waste"})
    mine = browser.open(hub + LINES + "F")
    browser.send(browser.open(hub + LINES + "D1"), {"save": "delete"})
    page = browser.send(mine, {"f-aspect": "Fumes", "f-duties": "D1", "save": "here"}, status=422)
    assert "there is no line D1" in page.text
    assert "F1" not in stored(app, hub)


def test_an_empty_line_is_no_line_however_often_it_is_sent(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + LINES + "F")
    for _ in range(2):
        browser.send(page, {"save": "here"})
    assert stored(app, hub) == {}


def test_a_form_that_is_sent_twice_makes_one_line(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + LINES + "F")
    for _ in range(2):
        browser.send(page, {"f-aspect": "Fumes", "save": "here"})
    assert list(stored(app, hub)) == ["F1"]


def test_a_form_without_its_token_changes_nothing_and_keeps_what_was_typed(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.send(browser.open(hub + LINES + "F"), {"csrf_token": "wrong", "f-aspect": "Fumes"}, status=400)
    assert 'value="Fumes"' in page.html
    assert stored(app, hub) == {}


def test_a_line_says_how_it_was_judged_step_by_step(browser: Browser) -> None:
    hub = browser.start()
    values = {name: value for name, value in FUMES.items() if name not in ("limit", "complaint")}
    add(browser, hub, "F", values)
    page = browser.open(hub + LINES + "F1")
    assert "significant, score 28" in page.text
    assert "Extent: Amount 4, How often 5; their mean, rounded up: 5" in page.text
    assert "4 × 5 + 2 × 2 + 2 × 2 = 28; from 12 on it counts." in page.text
    assert "With today's control the score is 24." in page.text
    assert "significant, score 28" in browser.open(hub + WORKSHEET + "aspects").text


def test_open_breaches_and_unknowns_stand_first(browser: Browser) -> None:
    hub = browser.start()
    for kept in ("yes", "not-known", "no"):
        add(browser, hub, "D", {"title": f"Duty {kept}", "kept": kept})
    page = browser.open(hub + WORKSHEET)
    first = page.text.partition("Open, and first")[2].partition("Parts, in any order")[0]
    assert re.findall(r"Duty (\S+)", first) == ["not-known", "no"]


def test_a_firm_with_a_permit_sees_obligations_and_emergencies_first(browser: Browser) -> None:
    def order(page: Page) -> list[str]:
        return [href.rpartition("/")[2] for href in page.links() if href.startswith(hub + WORKSHEET) and "/lines/" not in href]

    hub = browser.start()
    assert order(browser.open(hub + WORKSHEET))[0] == "boundary"
    add(browser, hub, "AF1", {"permit": "yes"})
    assert order(browser.open(hub + WORKSHEET))[:3] == ["obligations", "emergencies", "boundary"]


def test_what_is_missing_has_a_list_of_its_own_with_links(browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "D", {"title": "Waste", "kept": "no"})
    page = browser.open(hub + WORKSHEET + "missing")
    assert "D1 Waste: It is not kept: write an action with a name and a day in part K." in page.text
    assert "Name at least one site." in page.text
    assert hub + LINES + "D1" in page.links()
    assert hub + WORKSHEET + "candidates/obligations" in page.links()
    for href in set(page.links()):
        if href.startswith(hub + WORKSHEET):
            browser.open(href)


def decide(browser: Browser, page: Page, candidate: str, button: str, because: str = "", *, status: int = 200) -> Page:
    changes = {"candidate": candidate, "decide": button, "because": because, "version": "0"}
    return browser.send(page, changes, status=status)


PROMPT = next(each for each in REVIEW.starter.candidates if each.list_id == "surface" and each.points.get("duties"))
CANDIDATES = WORKSHEET + f"candidates/{PROMPT.register}"


def test_candidates_are_copied_turned_down_with_a_reason_or_left_for_later(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "AF1", {"lists": ("surface",)})
    page = browser.open(hub + CANDIDATES)
    name = str(PROMPT.values["aspect"])
    assert name in page.text
    assert "As of 27 November 2026. Check locally." in page.text
    waiting = int(re.findall(r"To decide: (\d+)", page.text)[0])
    taken = decide(browser, page, PROMPT.id, "here")
    assert f"To decide: {waiting - 1}" in taken.text
    assert stored(app, hub)["F1"]["aspect"] == name
    others = [each for each in REVIEW.starter.candidates if each.list_id == "surface" and each.register == "aspects"][1:3]
    refused = decide(browser, taken, others[0].id, "not-here", status=422)
    assert "Say why it does not happen here" in refused.text
    turned_down = decide(browser, refused, others[0].id, "not-here", "We have no bath.")
    assert f"To decide: {waiting - 2}" in turned_down.text
    assert "Not here, because: We have no bath." in turned_down.text
    later = decide(browser, turned_down, others[1].id, "later")
    assert f"To decide: {waiting - 2}" in later.text
    assert "Put off until later." in later.text


def test_a_duty_taken_after_its_aspect_is_attached_to_it(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "AF1", {"lists": ("surface",)})
    decide(browser, browser.open(hub + CANDIDATES), PROMPT.id, "here")
    decide(browser, browser.open(hub + WORKSHEET + "candidates/obligations"), PROMPT.points["duties"][0], "here")
    assert stored(app, hub)["F1"]["duties"] == ("D1",)


def test_a_full_worksheet_takes_no_candidate_and_says_so(app: Flask, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    hub = browser.start()
    add(browser, hub, "AF1", {"lists": ("surface",)})
    monkeypatch.setattr("assessment.storage.worksheets.MOST_LINES", 1)
    answer = decide(browser, browser.open(hub + CANDIDATES), PROMPT.id, "here", status=422)
    assert "there is room for no more" in answer.text
    assert list(stored(app, hub)) == ["AF1"]


def test_a_candidate_that_a_line_with_a_fault_wants_is_not_taken_and_the_line_is_named(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "AF1", {"lists": ("surface",)})
    decide(browser, browser.open(hub + CANDIDATES), PROMPT.id, "here")
    with app.app_context():  # as an export of an older release may have brought it in
        wrong = WorksheetEntry(values={**PROMPT.values, "duties": ("D9",)}, candidate=PROMPT.id)
        proposed = Proposed(key="line/F1", value=wrong, base_version=1)
        save_entries(id_of(hub), REVIEW.id, [proposed], who="somebody", at=NOW, check=lambda *_: None)
    before = stored(app, hub)
    page = browser.open(hub + WORKSHEET + "candidates/obligations")
    answer = decide(browser, page, PROMPT.points["duties"][0], "here", status=422)
    assert "Line F1. " in answer.text
    assert "D9" in answer.text
    assert stored(app, hub) == before


def test_a_starter_list_that_was_replaced_while_the_page_was_open_is_told(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + CANDIDATES)
    content: Library = app.extensions["library"]
    left = tuple(each for each in REVIEW.starter.candidates if each.id != PROMPT.id)
    worksheet = replace(REVIEW, starter=replace(REVIEW.starter, candidates=left))
    changed = replace(content, worksheets={**content.worksheets, REVIEW.id: worksheet})
    with patch.dict(app.extensions, {"content": lambda: changed}):
        answer = decide(browser, page, PROMPT.id, "here", status=409)
    assert "This starter list was replaced while your page was open" in answer.text
    assert stored(app, hub) == {}


def test_a_list_that_is_older_than_twelve_months_says_so(app: Flask, browser: Browser) -> None:
    from datetime import date

    hub = browser.start()
    content: Library = app.extensions["library"]
    old = tuple(replace(each, as_of=date(2025, 9, 1)) for each in REVIEW.starter.candidates)
    worksheet = replace(REVIEW, starter=replace(REVIEW.starter, candidates=old))
    changed = replace(content, worksheets={**content.worksheets, REVIEW.id: worksheet})
    with patch.dict(app.extensions, {"content": lambda: changed}):
        page = browser.open(hub + CANDIDATES)
    assert "As of 1 September 2025: this is 14 months old. Check locally." in page.text


def test_what_the_lines_carry_is_proposed_and_only_a_press_changes_an_answer(browser: Browser) -> None:
    hub = browser.start()
    duty = {
        "title": "Waste",
        "level": "national",
        "means": "Notes",
        "who": "Kim",
        "kept": "yes",
        "proof": "Folder",
        "checked": "2026-11-01",
    }
    add(browser, hub, "D", duty)
    page = browser.open(hub + WORKSHEET + "proposals")
    assert "Not answered yet now, proposed: In use" in page.text
    assert "D1 Waste" in page.text
    before = browser.open(hub + "history").text
    assert "obligations" not in before.lower() or "Environmental review" in before
    browser.send(page, {"question": "iso-14001/obligations-meaning"})
    answer = browser.open(hub + "history/iso-14001/obligations-meaning")
    assert "In use" in answer.text
    assert "Environmental review, Lines D1" in answer.text
    again = browser.open(hub + WORKSHEET + "proposals")
    assert "iso-14001/obligations-meaning" not in again.html
    browser.send(again, {"question": "all"})
    assert "Nothing is proposed" in browser.open(hub + WORKSHEET + "proposals").text


def test_an_evaluation_that_is_taken_over_has_the_day_it_was_done_and_goes_stale(browser: Browser) -> None:
    hub = browser.start()
    duty = {"level": "national", "means": "Notes", "who": "Kim", "kept": "yes", "proof": "Folder"}
    add(browser, hub, "D", {**duty, "title": "Waste", "checked": "2026-02-03"})
    add(browser, hub, "D", {**duty, "title": "Noise", "checked": "2026-11-01"})
    page = browser.open(hub + WORKSHEET + "proposals")
    assert "Last done on 3 February 2026, the earliest day among the lines." in page.text
    browser.send(page, {"question": "iso-14001/compliance-evaluation"})
    fields = browser.open(hub + "iso-14001/questions/9.1.2").fields()
    assert fields["compliance-evaluation-last_done"] == ["2026-02-03"]
    assert "Good until 3 February 2027, last done 3 February 2026." in browser.open(hub + "findings").text


def test_an_answer_that_somebody_changed_meanwhile_is_not_overwritten_by_a_proposal(browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "DL1", {"source": "Chamber", "reader": "Kim"})
    page = browser.open(hub + WORKSHEET + "proposals")
    assert "iso-14001/changes-in-law" in page.html
    browser.send(browser.open(hub + "iso-14001/questions/6.1.3"), {"changes-in-law-answer": "absent"})
    refused = browser.send(page, {"question": "iso-14001/changes-in-law"}, status=409)
    assert "changed" in refused.text


def test_a_reader_sees_lines_and_changes_none(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "F", {"aspect": "Fumes", "severity": "4"})
    reader = joined(app, hub, Role.READER)
    page = reader.open(hub + LINES + "F1")
    assert "4: toxic, corrosive or years" in page.text
    assert not [form for form in page.all("form") if form.get("method") == "post"]
    assert "Add a line" not in reader.open(hub + WORKSHEET + "aspects").text
    assert not [form for form in reader.open(hub + CANDIDATES).all("form") if form.get("method") == "post"]


def test_the_history_names_lines_by_their_worksheet(browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "F", {"aspect": "Fumes"})
    change(browser, browser.open(hub + LINES + "F1"), {"aspect": "Acid fumes"})
    page = browser.open(hub + "history")
    assert (
        "Environmental review: F1 Before: Aspect: what causes it: Fumes Then: Aspect: what causes it: Acid fumes" in page.text
    )


def test_many_lines_to_point_at_are_typed_and_not_ticked(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    for number in range(31):
        add(browser, hub, "E", {"name": f"Step {number}"})
    page = browser.open(hub + LINES + "F")
    assert "The ids of lines, such as F1, F2." in page.text
    browser.send(page, {"f-aspect": "Fumes", "f-steps": "E1, E31", "save": "here"})
    assert stored(app, hub)["F1"]["steps"] == ("E1", "E31")


@pytest.mark.parametrize(("ending", "begins"), [("pdf", b"%PDF"), ("docx", b"PK"), ("ics", b"BEGIN:VCALENDAR")])
def test_the_report_comes_as_a_file_named_after_the_organisation(browser: Browser, ending: str, begins: bytes) -> None:
    hub = browser.start()
    add(browser, hub, "F", {"aspect": "Fumes"})
    add(browser, hub, "D", {"title": "Water law", "next": "2027-03-01"})
    assert hub + WORKSHEET + f"report.{ending}" in browser.open(hub + WORKSHEET).links()
    answer = browser.client.get(hub + WORKSHEET + f"report.{ending}")
    assert answer.status_code == 200
    assert answer.data.startswith(begins)
    assert f"environmental-review.{ending}" in answer.headers["Content-Disposition"]
    assert browser.client.get(hub + WORKSHEET + "report.exe").status_code == 404


CONCLUSION = {"reviewer": "Kim", "leader": "Ada Novak", "aims": "Less acid", "next": "2027-11-01"}


def test_nothing_is_accepted_while_a_breach_has_no_action(browser: Browser) -> None:
    hub = browser.start()
    assert "Fill in “Conclusion and next review” first." in browser.open(hub + WORKSHEET + "accepted").text
    add(browser, hub, "KC1", CONCLUSION)
    open_page = browser.open(hub + WORKSHEET + "accepted")
    add(browser, hub, "D", {"title": "Waste", "kept": "no"})
    refused = browser.send(open_page, status=422)
    assert "D1: It is not kept: write an action with a name and a day in part K." in refused.text
    assert "Versions None so far." in refused.text


def test_an_accepted_version_is_printed_again_as_it_was_and_the_next_one_begins_from_it(app: Flask, browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "KC1", CONCLUSION)
    add(browser, hub, "F", {"aspect": "Fumes"})
    add(browser, hub, "F", {"aspect": "Noise"})
    accepted = browser.send(browser.open(hub + WORKSHEET + "accepted"))
    assert "Version 1 of 24 November 2026, accepted by Ada Novak" in accepted.text
    assert "Still so?: 3" in accepted.text
    change(browser, browser.open(hub + LINES + "F1"), {"aspect": "Acid fumes"})
    add(browser, hub, "F", {"aspect": "Light"})
    page = browser.open(hub + WORKSHEET + "accepted")
    assert "Since version 1 of 24 November 2026" in page.text
    assert "Changed since then: 1 F1 Acid fumes" in page.text
    assert "was Fumes, is Acid fumes" in page.text
    assert "New since then: 1 F3 Light" in page.text
    back = browser.send(page, {"save": "still", "version": "1", "from": "reviewing"}, to=hub + LINES + "F2")
    assert back.path == hub + WORKSHEET + "accepted"
    assert "Said to be still so: 1 F2 Noise" in back.text
    asked = "Since version 1 of 24 November 2026 nobody said whether this is still so."
    assert asked in browser.open(hub + LINES + "KC1").text
    for line in ("F1", "F2", "F3"):
        assert asked not in browser.open(hub + LINES + line).text
    now = browser.client.get(hub + WORKSHEET + "report.pdf").data
    report = " ".join("".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(now)).pages).split())
    assert "Since version 1 of 24 November 2026" in report
    assert "1 line was said to be still so, of 1 line that did not change nobody did yet." in report
    assert "was “Fumes”, is “Acid fumes”" in report
    (pdf,) = (link for link in page.links() if "report.pdf?version=1" in link)
    text = "".join(each.extract_text() for each in pypdf.PdfReader(io.BytesIO(browser.client.get(pdf).data)).pages)
    assert "Fumes" in text
    assert "Acid fumes" not in text
    assert browser.client.get(hub + WORKSHEET + "report.pdf?version=2").status_code == 404
    with app.app_context():
        assert list(find_breaks()) == []


def test_a_form_that_accepts_sent_twice_accepts_once(browser: Browser) -> None:
    hub = browser.start()
    add(browser, hub, "KC1", CONCLUSION)
    page = browser.open(hub + WORKSHEET + "accepted")
    for _ in range(2):
        accepted = browser.send(page)
    assert "Version 1 of" in accepted.text
    assert "Version 2" not in accepted.text
    add(browser, hub, "F", {"aspect": "Fumes"})
    other = browser.send(page, {"save_key": "another-key-of-this-form"}, status=409)
    assert "A version was accepted meanwhile" in other.text


def test_a_calendar_is_offered_where_a_day_is_ahead(browser: Browser) -> None:
    hub = browser.start()
    calendar = hub + WORKSHEET + "report.ics"
    add(browser, hub, "D", {"title": "Water law"})
    assert calendar not in browser.open(hub + WORKSHEET).links()
    change(browser, browser.open(hub + LINES + "D1"), {"next": "2027-03-01"})
    assert calendar in browser.open(hub + WORKSHEET).links()
