"""What was typed comes back, in plain words, and nothing wrong is saved."""

import pytest

from assessment.web.questions.answer_form import named_in
from tests.support.opener import Browser

PAGE = "iso-9001/questions/9.2"


@pytest.fixture(scope="module")
def new(shared: Browser) -> str:
    """An assessment in which nothing is answered, and nothing will be."""
    return shared.start()


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"internal-audit-answer": "superb"}, "Choose one of the answers shown here."),
        ({"internal-audit-answer": "not-applicable"}, "Choose one of the answers shown here."),
        ({"stranger-answer": "in-use"}, "This page does not ask “stranger-answer”."),
        ({"iso-14001/aspects-answer": "in-use"}, "This page does not ask"),
        ({"internal-audit-note": "x" * 10_001}, "has 10,001 characters; at most 10,000 can be saved"),
        ({"internal-audit-note": "a\x00b"}, "holds a hidden control character"),
        ({"internal-audit-last_done": "2027-01-01"}, "is still to come"),
        ({"internal-audit-last_done": "yesterday"}, "write the date as year-month-day"),
        ({"internal-audit-evidence-0-where": "in the cellar"}, "Say what the evidence is"),
        ({"internal-audit-evidence-0-title": "x" * 301}, "at most 300 can be saved"),
    ],
)
def test_a_wrong_answer_is_explained_and_everything_typed_comes_back(
    shared: Browser, new: str, changes: dict[str, str], says: str
) -> None:
    page = shared.open(new + PAGE)
    again = shared.send(page, {"audit-programme-answer": "defined", "audit-programme-note": "keep me", **changes}, status=422)
    assert says in again.text
    assert "".join(again.all("title")[0].itertext()).startswith("Error: ")
    assert again.fields()["audit-programme-note"][0].strip() == "keep me"
    assert again.fields()["audit-programme-answer"] == ["defined"]
    assert "0 of 15 answered" in shared.open(new + "iso-9001/check/9").text


def test_does_not_apply_needs_a_reason_but_can_be_put_aside(browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + "iso-9001/questions/8.3.1")
    again = browser.send(page, {"design-answer": "not-applicable"}, status=422)
    asks = "".join(again.all("legend")[0].itertext())
    assert f"Say why this does not apply to you: “{asks}” Without a reason it stays open." in again.text
    assert again.fields()["design-answer"] == ["not-applicable"]
    assert "Nothing has been saved yet." in again.text
    overview = browser.send(page, {"design-answer": "not-applicable", "save": "later"})
    assert "Needs review" in overview.text
    page = browser.open(hub + "iso-9001/questions/8.3.1")
    # What is stored like this already is not said to be lost.
    again = browser.send(page, {"save": "continue"}, status=422)
    assert "Saved; without a reason it stays open." in again.text
    assert "Nothing has been saved yet." not in again.text
    typed = browser.send(page, {"design-note": "Ask Kim.", "save": "continue"}, status=422)
    assert "Nothing has been saved yet." in typed.text
    browser.send(page, {"design-answer": "not-applicable", "design-reason": "Customers specify everything."})
    assert "Does not apply: Customers specify everything." in browser.open(hub + "iso-9001/check/8").text


def test_a_missing_reason_elsewhere_does_not_stand_in_the_way_of_clearing_an_answer(browser: Browser) -> None:
    hub = browser.start()
    page = browser.send(browser.open(hub + "iso-9001/questions/8.3.1"), {"design-answer": "not-applicable", "save": "later"})
    page = browser.open(hub + "iso-9001/questions/8.3.1")
    assert page.fields()["design-answer"] == ["not-applicable"]
    page = browser.send(page, {"clear": "design"})
    assert "design-answer" not in page.fields()


def test_a_wrong_token_saves_nothing_and_keeps_what_was_typed(browser: Browser) -> None:
    hub = browser.start()
    page = browser.open(hub + PAGE)
    again = browser.send(page, {"csrf_token": "wrong", "internal-audit-note": "long thought"}, status=400)
    assert again.fields()["internal-audit-note"][0].strip() == "long thought"
    assert "Nothing was saved" in again.text


def test_a_stale_form_shows_both_texts_and_loses_neither(browser: Browser) -> None:
    hub = browser.start()
    first, second = browser.open(hub + PAGE), browser.open(hub + PAGE)
    browser.send(first, {"internal-audit-answer": "defined", "internal-audit-note": "theirs"})
    conflict = browser.send(
        second,
        {"internal-audit-answer": "in-use", "internal-audit-note": "mine", "audit-programme-answer": "informal"},
        status=409,
    )
    assert "theirs" in conflict.text
    assert conflict.fields()["internal-audit-note"][0].strip() == "mine"
    shown = browser.open(hub + "iso-9001/check/9").text
    assert "theirs" in shown
    assert "mine" not in shown
    assert "Informal" in shown
    browser.send(conflict, {"internal-audit-note": "joined", "save": "continue"}, to=hub + PAGE)
    assert "joined" in browser.open(hub + "iso-9001/check/9").text


def test_an_untouched_old_answer_overwrites_nothing(browser: Browser) -> None:
    hub = browser.start()
    first, second = browser.open(hub + PAGE), browser.open(hub + PAGE)
    browser.send(first, {"internal-audit-answer": "in-use"})
    browser.send(second, {"audit-programme-answer": "defined"})
    shown = browser.open(hub + PAGE).fields()
    assert shown["internal-audit-answer"] == ["in-use"]
    assert shown["audit-programme-answer"] == ["defined"]


def test_an_answer_can_be_cleared_and_its_note_stays(browser: Browser) -> None:
    hub = browser.start()
    browser.send(browser.open(hub + PAGE), {"internal-audit-answer": "in-use", "internal-audit-note": "stays"})
    page = browser.send(browser.open(hub + PAGE), {"clear": "internal-audit"})
    assert "internal-audit-answer" not in page.fields()
    assert page.fields()["internal-audit-note"][0].strip() == "stays"


@pytest.mark.parametrize("name", ["", "   ", "x" * 201, "a\x07b"])
def test_a_name_that_cannot_be_is_explained(browser: Browser, name: str) -> None:
    page = browser.send(browser.open("/start"), {"organisation": name}, status=422)
    assert "There is a problem" in page.text


@pytest.mark.parametrize(
    ("group", "changes", "says"),
    [
        ("organisation", {"people": "many"}, "Write a whole number from 1 to"),
        ("organisation", {"people": "0"}, "Write a whole number from 1 to"),
        ("demand", {"deadline-iso-9001": "soon"}, "write the date as"),
        ("demand", {"asked-in-writing": ["none", "iso-9001"]}, "alone, or untick it"),
    ],
)
def test_a_profile_answer_that_cannot_be_is_explained(browser: Browser, group: str, changes: dict[str, str], says: str) -> None:
    hub = browser.start()
    assert says in browser.send(browser.open(f"{hub}profile/{group}"), changes, status=422).text


@pytest.mark.parametrize(("part", "typed"), [("until", "2028-06-30"), ("next", "2027-06-01"), ("kind", "surveillance")])
def test_what_is_told_of_a_certificate_that_is_not_chosen_comes_back_and_is_not_stored(
    browser: Browser, part: str, typed: str
) -> None:
    hub = browser.start()
    address, field = hub + "profile/demand", f"certificates-iso-9001-{part}"
    refused = browser.send(browser.open(address), {field: typed}, status=422)
    assert "Choose the edition of your ISO 9001 certificate" in refused.text
    assert "#certificates-iso-9001-edition" in refused.links()
    assert refused.fields()[field] == [typed]
    assert browser.open(address).fields()[field] != [typed]
    browser.send(refused, {field: ""})
    assert "ISO 9001, no end told" not in browser.open(hub + "history").text
    chosen = browser.send(browser.open(address), {field: typed, "certificates-iso-9001-edition": "not-known"})
    assert "/profile/demand" not in chosen.path
    assert browser.open(address).fields()[field] == [typed]


def test_two_people_on_one_profile_answer_see_both(browser: Browser) -> None:
    hub = browser.start()
    first, second = browser.open(hub + "profile/organisation"), browser.open(hub + "profile/organisation")
    browser.send(first, {"people": "10"})
    again = browser.send(second, {"people": "20"}, status=409)
    assert "How many people work for you? You (in another tab or browser) changed this to “10” meanwhile" in again.text
    browser.send(again, {})
    assert browser.open(hub + "profile/organisation").fields()["people"] == ["20"]


@pytest.mark.parametrize(
    "address",
    [
        "/a/nothing-here/",
        "/nowhere",
        "/standards/iso-0",
        "/standards/iso-0/editions",
        "/standards/iso-9001?edition=1066",
        "/open/wrong-token",
    ],
)
def test_what_is_not_there_says_so(browser: Browser, address: str) -> None:
    assert "There is no such page here" in browser.open(address, status=404).text


@pytest.mark.parametrize(
    "rest", ["", "results", "summary.csv", "summary.xml", "iso-0/questions/4.1", "iso-9001/questions/99", "profile/x"]
)
def test_somebody_elses_assessment_is_not_there(browser: Browser, rest: str) -> None:
    hub = browser.start()
    stranger = Browser(browser.client.application)
    stranger.open(hub + rest, status=404)


def test_a_private_link_opens_the_assessment_elsewhere_until_revoked(browser: Browser) -> None:
    hub = browser.start()
    shared = browser.send(browser.open(hub + "share"), {"label": "Kim"})
    link = shared.fields().get("link") or [
        "".join(each.itertext()).strip() for each in shared.all("textarea") if each.get("id") == "link-address"
    ]
    address = link[0].partition("localhost")[2]
    other = Browser(browser.client.application)
    other.open(hub, status=404)
    assert "Overview of" in other.send(other.open(address)).text
    other.send(other.open(hub + PAGE), {"internal-audit-answer": "absent"})
    revoke = [form.get("action") for form in browser.open(hub + "share").all("form") if form.get("action")]
    browser.send(browser.open(hub + "share"), to=revoke[0])
    other.open(hub, status=404)
    other.open(address, status=404)


def test_two_links_that_work_never_have_one_name(browser: Browser) -> None:
    hub = browser.start()
    browser.send(browser.open(hub + "share"), {"label": "Kim"})
    refused = browser.send(browser.open(hub + "share"), {"label": "Kim "}, status=400)
    assert "There is a link with this name already." in refused.text
    assert refused.fields()["label"] == ["Kim"]
    (revoke,) = (form.get("action") for form in refused.all("form") if form.get("action"))
    browser.send(browser.open(hub + "share"), to=revoke)
    assert "The link for Kim is ready" in browser.send(browser.open(hub + "share"), {"label": "Kim"}).text


def test_nobody_gets_a_link_in_a_name_of_the_history_itself(browser: Browser) -> None:
    page = browser.open(browser.start() + "share")
    for name in ("Administrator", "IMPORT", "the  demo", "Kim, from a workbook"):
        assert "The history uses this name for something else." in browser.send(page, {"label": name}, status=422).text


def test_a_form_from_another_site_is_turned_away(browser: Browser) -> None:
    page = browser.open("/start")
    answer = browser.client.post("/start", data=page.fields(), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("field", "question"),
    [
        ("internal-audit-note", "internal-audit"),
        ("internal-audit-last_done", "internal-audit"),
        ("internal-audit-evidence-0-title", "internal-audit"),
        ("audit-evidence-evidence-0-title", "audit-evidence"),
        ("kept-evidence-control-evidence-3-where", "kept-evidence-control"),
        ("audit-evidence-version", "audit-evidence"),
        ("csrf_token", ""),
        ("note", ""),
    ],
)
def test_a_field_is_about_the_question_whose_id_it_begins_with(field: str, question: str) -> None:
    assert named_in([field]) == {question}
