"""The plan in time, its steps, what-if and a newer edition, as people use them."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from flask import Flask
from icalendar import Calendar, Component

from tests.support.opener import HTML, Browser, Page


@pytest.fixture(scope="module")
def kept(shared: Browser) -> str:
    """The sample organisation, which stays as it is."""
    return shared.start_sample()


def cells(page: Page, caption: str) -> list[list[str]]:
    """The rows of the table in the region of this name."""
    (region,) = (each for each in page.all("div") if each.get("aria-label") == caption)
    rows = [each for each in region.iter() if each.tag.endswith("}tr")]
    return [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in rows]


def test_the_plan_says_the_earliest_honest_dates_and_what_holds_them(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "plan")
    head, environment, quality = cells(page, "Dates by standard")
    assert head == ["Standard", "Stage 1", "Stage 2", "Certificate", "If every open answer is enough"]
    assert quality[0] == "ISO 9001:2026"
    assert f"ISO 14001: a certificate {environment[3]} at the earliest" in page.text
    assert "at 2 days a week, from 24 November 2026" in page.text
    assert "Run the system and measure for three months”, 12 weeks" in page.text
    assert "What would bring it forward" in page.text
    assert "5 days a week:" in page.text


def test_a_step_of_the_plan_says_each_of_its_marks_once(browser: Browser, demo: str) -> None:
    rows = [row for row in browser.open(demo + "plan").all("tr") if row.get("id")]
    marks = [["".join(each.itertext()) for each in row.iter(HTML + "span") if "mark" in str(each.get("class"))] for row in rows]
    assert len(marks) > 20
    assert all(said and len(said) == len(set(said)) for said in marks)


def test_a_deadline_says_how_many_days_a_week_it_needs(browser: Browser, demo: str) -> None:
    assert "ISO 14001 by 31 October 2027: the plan meets it." in browser.open(demo + "plan").text
    assert "ISO 14001 by 31 October 2027: needs 2 days a week instead of 1 day." in browser.open(demo + "plan?days=1").text
    profile = browser.open(demo + "profile/demand")
    (field,) = (name for name, values in profile.fields().items() if values == ["2027-10-31"])
    browser.send(profile, {field: "2027-03-14"})
    assert (
        "ISO 14001 by 14 March 2027: cannot be met. Not before 17 May 2027 with everything at once (our judgement)"
        in browser.open(demo + "plan").text
    )


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("start=2020-01-01", "The start is past. The plan below begins today."),
        ("start=soon", "Write the start as year-month-day"),
        ("days=0", "a plan needs some time"),
        ("days=-3", "a plan needs some time"),
        ("days=1e9", "a plan needs some time"),
        ("start=9999-12-31&days=x", "a plan needs some time"),
    ],
)
def test_a_start_or_pace_that_cannot_be_is_explained(shared: Browser, kept: str, asked: str, says: str) -> None:
    page = shared.open(kept + f"plan?{asked}", status=422)
    assert says in page.text
    assert "The earliest honest dates" in page.text


def test_a_start_at_the_end_of_time_still_has_dates(shared: Browser, kept: str) -> None:
    assert "31 December 2100" in shared.open(kept + "plan?start=2100-12-31").text
    for year in ("0026", "1899", "2101", "9999"):
        assert "write the year with four digits" in shared.open(kept + f"plan?start={year}-12-31", status=422).text


def test_a_start_of_today_is_taken_wherever_one_is(browser: Browser, app: Flask, demo: str) -> None:
    app.extensions["clock"] = lambda: datetime(2026, 11, 24, 11, tzinfo=UTC)
    browser.open(demo + "plan?start=2026-11-23")
    app.extensions["clock"] = lambda: datetime(2026, 11, 24, 12, tzinfo=UTC)
    assert "The start is past" in browser.open(demo + "plan?start=2026-11-23", status=422).text


@pytest.mark.parametrize("answer", ["", "unknown", "not-applicable", "absent"])
def test_whatever_is_answered_there_is_a_plan_and_no_page_is_empty(browser: Browser, answer: str) -> None:
    hub = browser.start()
    for address in ("iso-9001/questions/4.1", "iso-9001/questions/8.2"):
        page = browser.open(hub + address)
        names = {
            field.get("name"): answer
            for field in page.all("input")
            if field.get("type") == "radio" and field.get("value") == answer
        }
        names |= {name.replace("-answer", "-reason"): "We do none." for name in names if answer == "not-applicable"}
        browser.send(page, names)
    for address in ("plan", "results", "findings", "advice", "what-if", "compare"):
        assert browser.open(hub + address).text


def test_a_step_keeps_owner_due_date_and_done_and_proposes_without_changing(browser: Browser, demo: str) -> None:
    step = "plan/iso-14001/prepare-emergencies"
    page = browser.open(demo + step)
    assert "What the finished step proposes" not in page.text
    page = browser.send(page, {"owner": "Kim Lee", "due": "2027-01-31", "done_on": ""})
    assert "Kim Lee" in browser.open(demo + "plan").text
    assert "31 January 2027" in browser.open(demo + "plan").text
    before = browser.open(demo + "iso-14001/check/8").text
    page = browser.send(page, {"done_on": "2026-11-20"})
    assert "What the finished step proposes" in page.text
    assert browser.open(demo + "iso-14001/check/8").text == before
    assert "Its answers still wait for you" in browser.open(demo + "plan").text
    page = browser.send(page, {"question": "iso-14001/emergency"}, to=demo + "take-over/iso-14001/prepare-emergencies")
    assert browser.open(demo + "iso-14001/check/8").text != before
    page = browser.send(page, {"question": "all"}, to=demo + "take-over/iso-14001/prepare-emergencies")
    assert "This step lifts nothing any more" in page.text


def test_a_stale_audit_is_short_wherever_it_is_shown_until_a_finished_step_says_it_was_done_again(
    browser: Browser, demo: str
) -> None:
    audits = browser.open(demo + "iso-9001/questions/9.2")
    asks = "Has an internal audit looked at every process in scope in one full round?"
    spine = "9 Performance evaluation: 15 met, 0 short, 0 open"
    assert spine in browser.open(demo).text
    browser.send(audits, {"internal-audit-last_done": "2024-09-20", "save": "later"})
    assert spine not in browser.open(demo).text
    for shown in ("results", "iso-9001/check/9", "iso-9001/questions/9.1"):
        assert "9 Performance evaluation: 14 met, 1 short, 0 open" in browser.open(demo + shown).text
    assert asks in browser.open(demo + "what-if").text
    step = demo + "plan/audit-internally"
    page = browser.send(browser.open(step), {"done_on": "2026-11-20"})
    assert asks in page.text.partition("What the finished step proposes")[2]
    browser.send(page, {"question": "iso-9001/internal-audit"}, to=demo + "take-over/audit-internally")
    assert spine in browser.open(demo).text
    assert browser.open(demo + "iso-9001/questions/9.2").fields()["internal-audit-last_done"] == ["2026-11-20"]


def test_findings_results_and_plan_follow_every_answer(browser: Browser, demo: str) -> None:
    shown = ("findings", "results", "plan")
    before = [browser.open(demo + each).text for each in shown]
    assert [browser.open(demo + each).text for each in shown] == before
    asked = browser.open(demo + "iso-9001/questions/9.2")
    browser.send(asked, {"internal-audit-answer": "absent", "internal-audit-note": "Nobody ever audited us."})
    after = [browser.open(demo + each).text for each in shown]
    assert all(new != old for new, old in zip(after, before, strict=True))
    assert "Nobody ever audited us." in after[0]


def test_taking_over_from_a_step_that_is_not_done_changes_nothing(shared: Browser, kept: str) -> None:
    page = shared.open(kept + "plan/iso-14001/prepare-emergencies")
    before = shared.open(kept + "iso-14001/check/8").text
    address = kept + "take-over/iso-14001/prepare-emergencies"
    assert "Note first when the step was done" in shared.send(page, {"question": "all"}, to=address, status=422).text
    shared.send(page, {"question": "all", "csrf_token": "wrong"}, to=address, status=400)
    assert shared.open(kept + "iso-14001/check/8").text == before


def test_two_people_on_one_step_see_both(browser: Browser, demo: str) -> None:
    mine = browser.open(demo + "plan/set-scope")
    theirs = browser.open(demo + "plan/set-scope")
    browser.send(theirs, {"owner": "Ada"})
    page = browser.send(mine, {"owner": "Grace"}, status=409)
    assert "This step was changed since you opened it" in page.text
    assert "Saved now by: You (in another tab or browser)." in page.text
    assert "Ada" in page.text
    assert page.fields()["owner"] == ["Grace"]
    assert browser.open(demo + "plan/set-scope").fields()["owner"] == ["Ada"]
    browser.send(page)
    assert browser.open(demo + "plan/set-scope").fields()["owner"] == ["Grace"]
    # An old form that nobody touched overwrites nothing.
    browser.send(theirs, {"owner": "", "save_key": None})
    assert browser.open(demo + "plan/set-scope").fields()["owner"] == ["Grace"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"due": "soon"}, "write the date as year-month-day"),
        ({"done_on": "2026-11-25"}, "this day is still to come"),
        ({"version": "x"}, "Not a valid integer value"),
        ({"owner": "x" * 301}, "at most 300 can be saved"),
        ({"owner": "a\x00b"}, "hidden control character"),
    ],
)
def test_a_step_note_that_cannot_be_is_explained_and_comes_back(
    shared: Browser, kept: str, changes: dict[str, str], says: str
) -> None:
    page = shared.send(shared.open(kept + "plan/set-scope"), {"owner": "Kim", **changes}, status=422)
    assert says in page.text
    assert shared.open(kept + "plan/set-scope").fields()["owner"] == [""]


@pytest.mark.parametrize("key", ["nothing", "iso-14001/nothing", "iso-9001/../set-scope", "steer-design"])
def test_a_step_that_does_not_exist_is_not_there(shared: Browser, kept: str, key: str) -> None:
    shared.open(kept + f"plan/{key}", status=404)


def test_what_if_moves_score_verdict_and_date_and_saves_nothing(shared: Browser, kept: str) -> None:
    now = cells(shared.open(kept + "what-if"), "Now, and if the ticked gaps were closed")
    assert [row[1] for row in now[1:]] == [row[2] for row in now[1:]]
    assert len(now) == 3  # the heads, and a row for each standard
    page = shared.open(kept + "what-if")
    every = [field.get("value") for field in page.all("input") if field.get("type") == "checkbox"]
    asked = "&".join(f"closed={ref}" for ref in every)
    then = cells(shared.open(kept + f"what-if?{asked}"), "Now, and if the ticked gaps were closed")
    assert [row[1] for row in then] == [row[1] for row in now]
    assert all(row[2].startswith("100 %Ready for stage 2") for row in then[1:])
    assert cells(shared.open(kept + "what-if"), "Now, and if the ticked gaps were closed") == now
    strange = cells(shared.open(kept + "what-if?closed=iso-0/x&closed="), "Now, and if the ticked gaps were closed")
    assert strange == now


NOW_AND_THEN = "Now, and if the ticked gaps were closed"


def test_what_if_a_step_were_done_moves_the_date_by_what_it_says(shared: Browser, kept: str) -> None:
    page = shared.open(kept + "what-if")
    said = re.search(r"Of the steps that take longest, “(.+?)” moves the last certificate most: by (\d+) days", page.text)
    assert said
    label = next(each for each in page.all("label") if "".join(each.itertext()).startswith(said[1]))
    key = next(each.get("value") for each in page.all("input") if each.get("id") == label.get("for"))
    rows = cells(shared.open(f"{kept}what-if?step={key}"), NOW_AND_THEN)[1:]
    now, then = (max(_certificate(row[column]) for row in rows) for column in (1, 2))
    assert (now - then).days == int(said[2]) > 0
    assert cells(shared.open(kept + "what-if"), NOW_AND_THEN) == cells(page, NOW_AND_THEN)


def _certificate(cell: str) -> date:
    (day,) = re.findall(r"Certificate (\d+ \w+ \d{4}) at the earliest", cell)
    return datetime.strptime(day, "%d %B %Y").date()  # noqa: DTZ007  # a day has no zone


def test_what_if_all_steps_were_done_everything_is_ready(shared: Browser, kept: str) -> None:
    page = shared.open(kept + "what-if")
    steps = [each.get("value") for each in page.all("input") if each.get("name") == "step"]
    rows = cells(shared.open(kept + "what-if?" + "&".join(f"step={key}" for key in steps)), NOW_AND_THEN)[1:]
    assert len(steps) > 30
    assert ["Ready for stage 2" in row[2] for row in rows] == [True, True]
    strange = shared.open(kept + "what-if?step=nothing&step=")
    assert cells(strange, NOW_AND_THEN) == cells(page, NOW_AND_THEN)


def test_the_shortest_list_is_ticked_with_one_press_and_reaches_the_next_verdict(shared: Browser, kept: str) -> None:
    page = shared.open(kept + "what-if")
    (link,) = [each for each in page.all("a") if "Tick the shortest list" in "".join(each.itertext())]
    text = " ".join("".join(link.itertext()).split())
    wanted = re.search(r"the (\d+) questions that make (.+) “(.+)”", text)
    assert wanted
    there = shared.open(link.get("href"))
    assert f"{wanted[1]} ticks are set" in there.text
    (row,) = [row for row in cells(there, NOW_AND_THEN)[1:] if row[0].startswith(wanted[2])]
    assert wanted[3] in row[2].lower()


def test_the_plan_as_csv_and_calendar_file(browser: Browser, demo: str) -> None:
    browser.send(browser.open(demo + "plan/start-project"), {"owner": "=1+1"})
    table = browser.client.get(demo + "plan.csv?days=5").get_data().decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(table)))
    assert rows[0][:2] == ["Step", "Action"]
    assert rows[1][1] == "Get top management’s backing and start the project"
    assert any(row and "'=1+1" in row for row in rows)
    dates = next(at for at, row in enumerate(rows) if row[:2] == ["Standard", "Stage 1"])
    assert [row[0] for row in rows[dates + 1 : dates + 3]] == ["ISO 14001", "ISO 9001"]
    after = " ".join(text for row in rows[dates + 3 :] for text in row)
    assert "only from a certification body that is accredited for it" in after
    calendar = Calendar.from_ical(browser.client.get(demo + "plan.ics?days=5").get_data())
    events = {str(event["summary"]): event for event in calendar.walk("VEVENT")}
    certificate = events["ISO 14001: certificate, at the earliest (Brook Galvanising (invented))"]
    assert certificate.decoded("dtstart") == date.fromisoformat(rows[dates + 1][3])
    assert len({str(event["uid"]) for event in events.values()}) == len(events)
    browser.open(demo + "plan.xml", status=404)


def stale_days(browser: Browser, hub: str) -> dict[str, Component]:
    calendar = Calendar.from_ical(browser.client.get(hub + "plan.ics").get_data())
    return {str(event["uid"]): event for event in calendar.walk("VEVENT") if "goes stale" in str(event["summary"])}


def test_the_calendar_file_reminds_of_each_date_before_it_goes_stale(browser: Browser) -> None:
    hub = browser.start("Ada & Co")
    assert stale_days(browser, hub) == {}
    questions = browser.open(hub + "iso-9001/questions/9.2")
    browser.send(questions, {"internal-audit-answer": "in-use", "internal-audit-last_done": "2026-09-20"})
    ((uid, event),) = stale_days(browser, hub).items()
    assert uid == f"iso-9001-internal-audit-stale@{hub.split('/')[2]}.iso-readiness"
    assert event.decoded("dtstart") == date(2027, 9, 20)
    assert event.decoded("dtend") == date(2027, 9, 21)
    assert str(event["summary"]).startswith("ISO 9001: last day before this goes stale: Has an internal audit")
    assert "Last done 20 September 2026." in str(event["description"])
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(weeks=-6)
    # Done again, the same event moves; done too long ago, there is no day left to be reminded of.
    questions = browser.open(hub + "iso-9001/questions/9.2")
    browser.send(questions, {"internal-audit-last_done": "2026-11-01"})
    ((again, moved),) = stale_days(browser, hub).items()
    assert (again, moved.decoded("dtstart")) == (uid, date(2027, 11, 1))
    questions = browser.open(hub + "iso-9001/questions/9.2")
    browser.send(questions, {"internal-audit-last_done": "2024-11-01"})
    assert stale_days(browser, hub) == {}


def test_an_organisation_on_an_older_edition_sees_what_the_newer_adds(browser: Browser, demo: str) -> None:
    browser.open(demo + "iso-14001/newer-edition", status=404)
    browser.send(browser.open(demo + "choices"), {"iso-14001-edition": "2015"})
    assert "What ISO 14001:2026 adds for you" in browser.open(demo).text
    page = browser.open(demo + "iso-14001/newer-edition")
    assert "8 questions are new for you: 0 met already, 7 short, 1 not answered yet." in page.text
    plan = browser.open(demo + "plan?days=0.5")
    assert (
        "new certificates to ISO 14001:2015 with Amendment 1:2024 are given only until 31 October 2027 (one source)."
        in plan.text
    )
    assert "only from a certification body that is accredited for it" in plan.text


def test_advice_compares_the_ways_and_estimates_audit_days(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "advice")
    ways = cells(page, "The ways side by side")
    assert [row[0] for row in ways[1:]] == [
        "ISO 9001 and ISO 14001, together",
        "ISO 9001, then ISO 14001",
        "ISO 14001, then ISO 9001 Followed Advised",
        "Only ISO 9001",
        "Only ISO 14001",
    ]
    days = cells(page, "Auditor days, an estimate, table")
    # 64 people, medium: 5 + 6; together at best 8.8, rounded up to 9.
    assert [row[:2] for row in days[1:]] == [["ISO 9001", "5"], ["ISO 14001", "6"], ["Together, integrated at best", "9"]]
    assert "IAF MD 5:2023" in page.text
    fresh = browser.open(browser.start() + "advice")
    assert "To estimate this we need your answer to: “How many people work for you?”" in fresh.text


def test_the_dress_rehearsal_is_said_in_the_auditors_words_and_old_evidence_goes_stale(browser: Browser, demo: str) -> None:
    page = browser.open(demo + "findings")
    said = page.text.replace(" (glossary, new tab)", "")  # that is for ears alone
    assert "If the auditor came today: 0 likely majors, 4 likely minors; stage 2 could be scheduled" in said
    assert "stage 1 would end with 12 areas of concern, and stage 2 would not be scheduled" in said
    assert "9 likely majors, 16 more areas with smaller gaps" in said
    assert "What would stop stage 1: 12" in said
    assert "To put right before “ready for stage 1”: 41 questions" in said
    assert "16 more areas have smaller gaps" in said
    assert "Stale already" not in said
    questions = browser.open(demo + "iso-9001/questions/9.2")
    browser.send(questions, {"internal-audit-last_done": "2025-09-20"})
    said = browser.open(demo + "findings").text.replace(" (glossary, new tab)", "")
    assert "Stale already: an auditor would not take it as fresh." in said
    assert "It was last done too long ago for its rhythm." in said
    assert "1 likely major, 4 likely minors; stage 1 would go through" in said


def test_a_drill_of_last_year_is_worth_another_look_on_page_and_in_files_and_no_finding(browser: Browser) -> None:
    hub = browser.start("Ada & Co")
    questions = browser.open(hub + "iso-14001/questions/8.2")
    browser.send(questions, {"emergency-drill-answer": "in-use", "emergency-drill-last_done": "2025-10-01"})
    said = browser.open(hub + "findings").text
    assert "Worth another look 1" in said
    assert "Longer ago than is usual: worth another look, and no finding." in said
    assert "Likely minor" not in said
    receipt = json.loads(browser.client.get(hub + "summary.json").data)
    (standard,) = (each for each in receipt["standards"] if each["standard"] == "iso-14001")
    assert (standard["findings"], standard["worth-another-look"]) == ([], ["emergency-drill"])
    browser.send(browser.open(hub + "iso-14001/questions/8.2"), {"emergency-drill-last_done": "2026-10-01"})
    ((_, event),) = stale_days(browser, hub).items()
    assert "older than this it is worth another look, and no finding" in str(event["description"])


def test_old_evidence_speaks_for_an_audit_without_a_day_and_is_counted_wherever_people_look(
    browser: Browser, demo: str
) -> None:
    assert "Worth another look" not in browser.open(demo + "findings").text
    audits = browser.open(demo + "iso-9001/questions/9.2")
    at = next(
        name
        for name, value in audits.fields().items()
        if name.startswith("internal-audit-evidence") and "dated" in name and value != [""]
    )
    browser.send(audits, {"internal-audit-last_done": "", at: "2019-05-01", "save": "later"})
    scope = browser.open(demo + "iso-9001/questions/4.3")
    dated = [
        name
        for name, value in scope.fields().items()
        if name.startswith("scope-evidence") and "dated" in name and value != [""]
    ]
    browser.send(scope, {**dict.fromkeys(dated, "2019-05-01"), "save": "later"})
    said = browser.open(demo + "findings").text
    assert "Good until 1 May 2020, last done 1 May 2019." in said
    assert "It was last done too long ago for its rhythm." in said
    assert "Worth another look 1" in said
    assert "Worth another look: 1" in browser.open(demo + "findings?kind=look-again").text
    assert "For 2 answers what was done or is named is old" in browser.open(demo + "director").text


def test_after_a_dozen_answers_the_next_questions_are_named_and_lead_to_their_place(browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + "results")
    assert "Answer these four first" in page.text
    links = [link for link in page.links() if "/questions/" in link and "#" in link]
    assert len(links) == 4
    for link in links:
        opened = browser.open(link)
        assert link.partition("#")[2] in {each.get("id") for each in opened.tree.iter()}


def test_what_if_and_plan_agree_on_dates_when_steps_are_done(browser: Browser, demo: str) -> None:
    before = cells(browser.open(demo + "plan"), "Dates by standard")
    browser.send(browser.open(demo + "plan/iso-14001/environmental-review"), {"done_on": "2026-11-20"})
    plan = cells(browser.open(demo + "plan"), "Dates by standard")
    assert plan != before
    what_if = cells(browser.open(demo + "what-if"), "Now, and if the ticked gaps were closed")
    shown = {row[0]: row[1] for row in what_if[1:]}
    assert len(shown) == 2
    for row in plan[1:]:
        assert f"Certificate {row[3]} at the earliest" in shown[row[0]]


def test_a_file_of_a_pace_that_cannot_be_is_not_handed_out(shared: Browser, kept: str) -> None:
    answer = shared.client.get(kept + "plan.csv?days=0&start=2027-01-04")
    assert answer.status_code == 303
    assert "a plan needs some time" in shared.open(answer.headers["Location"], status=422).text
    name = shared.client.get(kept + "plan.ics").headers["Content-Disposition"]
    assert "brook-galvanising-invented-2026-11-24-plan.ics" in name


TOO_EARLY = "Too early to say: 2 of 24 answered; these two decide most."


def test_the_page_on_calculation_says_when_advice_is_too_early(shared: Browser) -> None:
    assert "would give another standard to begin with, it is too early to say." in shared.open("/calculation").text


def test_advice_is_too_early_while_open_profile_answers_can_change_it(browser: Browser) -> None:
    hub = browser.start("Few answers")
    browser.send(browser.open(hub + "profile/quality"), {"complaints": "badly", "suppliers": "much"})
    for address in ("advice", "results", "summary"):
        page = browser.open(hub + address)
        assert TOO_EARLY in page.text, address
        assert "Still open: “Which certificate does a customer, tender or contract ask you for in writing?” and" in page.text
        assert "What is answered so far says “Begin with ISO 9001”, and may still turn." in page.text
    for ending in ("csv", "md", "json"):
        assert TOO_EARLY[:-1] in browser.open(f"{hub}summary.{ending}").html, ending
    browser.send(browser.open(hub + "profile/demand"), {"asked-in-writing": "iso-9001"})
    for address in ("advice", "results", "summary"):
        text = browser.open(hub + address).text
        assert "Too early to say" not in text, address
        assert "egin with ISO 9001" in text, address


def test_the_way_is_chosen_once_and_everybody_and_every_format_follow_it(app: Flask, browser: Browser, demo: str) -> None:
    advised = "The way, as advised: ISO 14001, then ISO 9001."
    for address in ("plan", "advice", "way"):
        assert advised in browser.open(demo + address).text
    chosen = browser.send(browser.open(demo + "way"), {"way": "iso-9001"})
    assert chosen.path == demo + "plan"
    says = "The way you chose: ISO 9001. Advised: ISO 14001, then ISO 9001."
    assert says in chosen.text
    assert [row[0] for row in cells(chosen, "Dates by standard")[1:]] == ["ISO 9001:2026"]
    assert "ISO 14001 by 31 October 2027: it is not on the way that is followed, so nothing is planned for it." in chosen.text
    for ending in ("md", "json", "html"):
        assert says in browser.client.get(f"{demo}summary.{ending}" if ending != "html" else demo + "summary").get_data(
            as_text=True
        )
    assert "Do an environmental review" not in browser.open(demo + "results").text
    assert "Which way do you want to go?" in browser.open(demo + "history").text
    none = browser.send(browser.open(demo + "way"), {"way": "none"})
    assert "Chosen: no standard for now." in none.text
    assert "The earliest honest dates" not in none.text
    back = browser.send(browser.open(demo + "way"), {"way": "as-advised"})
    assert advised in back.text


def test_two_people_who_choose_different_ways_see_both(browser: Browser, demo: str) -> None:
    mine, theirs = browser.open(demo + "way"), browser.open(demo + "way")
    browser.send(theirs, {"way": "iso-9001+iso-14001"})
    page = browser.send(mine, {"way": "iso-14001"}, status=409)
    assert "You (in another tab or browser) chose another way meanwhile: ISO 9001 and ISO 14001, together." in page.text
    assert "The way you chose: ISO 14001." in browser.send(page, {"way": "iso-14001"}).text


@pytest.mark.parametrize("way", ["", "iso-50001", "iso-9001>iso-9001"])
def test_a_way_that_is_not_offered_is_refused(shared: Browser, kept: str, way: str) -> None:
    shared.send(shared.open(kept + "way"), {"way": way}, status=422)
    assert "The way, as advised" in shared.open(kept + "plan").text


def test_the_start_page_ticks_no_standard_by_habit(shared: Browser) -> None:
    page = shared.open("/start")
    assert "standards" not in page.fields()
    refused = shared.send(page, {"organisation": "Muster & Söhne"}, status=422)
    assert "Tick at least one standard." in refused.text


def test_certificates_held_are_told_in_the_profile_and_kept_instead_of_built(browser: Browser, demo: str) -> None:
    profile = browser.open(demo + "profile/demand")
    told = {
        "certificates-iso-9001-edition": "2026",
        "certificates-iso-9001-until": "2028-06-30",
        "certificates-iso-9001-next": "2027-06-01",
        "certificates-iso-9001-kind": "surveillance",
    }
    browser.send(profile, told)
    again = browser.open(demo + "profile/demand").fields()
    assert {name: again[name] for name in told} == {name: [value] for name, value in told.items()}
    plan = browser.open(demo + "plan")
    says = "Next audit on 1 June 2027: surveillance."
    assert says in plan.text
    assert [row[0] for row in cells(plan, "Dates by standard")[1:]] == ["ISO 14001:2026"]
    assert "ISO 9001: next audit" in browser.client.get(demo + "plan.ics").get_data(as_text=True)
    for ending in ("md", "json"):
        assert says in browser.client.get(f"{demo}summary.{ending}").get_data(as_text=True)
    assert "held already" in browser.client.get(f"{demo}summary.csv").get_data(as_text=True)
    assert "ISO 9001:2026, valid until 30 June 2028" in browser.open(demo + "history").text
    refused = browser.send(browser.open(demo + "profile/demand"), {"certificates-iso-9001-until": "soon"}, status=422)
    assert "write the date as year-month-day" in refused.text
