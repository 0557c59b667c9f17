"""Who may do what: every route into an assessment, tried by everybody, against the table of the domain."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask

from assessment.domain.rights import Right, Role, allows
from assessment.storage.access import links
from assessment.web.shell.rights import UndeclaredRightError, refuse_undeclared_routes, rights_of, with_assessment
from tests.support.apps import NOW
from tests.support.assessments import id_of, joined, link_for
from tests.support.opener import Browser, Page
from tests.web.test_trust import PARTS

HELD = (Role.EDITOR, Role.RESPONDENT, Role.READER)
ANSWERS = "iso-9001/questions/9.2"


def filled(browser: Browser) -> str:
    hub = browser.start()
    browser.send(browser.open(hub + ANSWERS), {"internal-audit-answer": "defined", "internal-audit-note": "The first round"})
    browser.send(browser.open(hub + "plan/set-scope"), {"owner": "Ada", "done_on": "2026-11-20"})
    return hub


def routes(app: Flask, hub: str) -> list[tuple[str, str, Right]]:
    """Every address within an assessment that the app has: its method, itself, and the right it takes."""
    # A line that is there: a new one is no page for whoever may not save it.
    values = {**PARTS, "line_id": "KC1", "assessment_id": id_of(hub)}
    adapter = app.url_map.bind("localhost")
    return [
        (method, adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments}, method=method), right)
        for rule in app.url_map.iter_rules()
        if "assessment_id" in rule.arguments
        for method, right in rights_of(app, rule.endpoint).items()
        if method in (rule.methods or ()) and method != "HEAD"
    ]


def statuses(app: Flask, browser: Browser, hub: str) -> Iterator[tuple[str, str, Right, int]]:
    """What a browser gets for every address; forms are sent without their token, so that nobody changes anything."""
    for method, address, right in routes(app, hub):
        answer = browser.client.open(
            address, method=method, data={"organisation": "Muster & Söhne"} if method == "POST" else None
        )
        yield method, address, right, answer.status_code
        answer.close()


def owner_of(_app: Flask, browser: Browser, _hub: str) -> Browser:
    return browser


PEOPLE: dict[Role, Callable[[Flask, Browser, str], Browser]] = {
    Role.OWNER: owner_of,
    **{role: lambda app, _, hub, role=role: joined(app, hub, role) for role in HELD},  # type: ignore[misc]
}


@pytest.mark.parametrize("role", Role)
def test_every_route_opens_to_whom_the_table_lets_in_and_to_nobody_else(app: Flask, browser: Browser, role: Role) -> None:
    hub = filled(browser)
    person = PEOPLE[role](app, browser, hub)
    tried = list(statuses(app, person, hub))
    assert len(tried) > 30
    assert {right for _, _, right, _ in tried} == set(Right)
    for method, address, right, status in tried:
        where = f"{method} {address} for {role}: {status}"
        if not allows(role, right):
            assert status == 403, where
        elif method == "POST":
            assert status == 400, where  # let through, and refused for want of a token
        else:
            assert status in (200, 303, 404), where


def other_organisation(app: Flask) -> Browser:
    browser = Browser(app)
    browser.start("Other & Co")
    return browser


@pytest.mark.parametrize("stranger", [Browser, other_organisation], ids=["nobody's browser", "another organisation's"])
def test_an_assessment_that_one_does_not_hold_is_not_there(
    app: Flask, browser: Browser, stranger: Callable[[Flask], Browser]
) -> None:
    tried = list(statuses(app, stranger(app), filled(browser)))
    assert len(tried) > 30
    assert {status for _, _, _, status in tried} == {404}


def made_up(app: Flask, rule: str, view: Callable[..., str]) -> Flask:
    app.add_url_rule(rule, "made-up", view, methods=["GET", "POST"])
    return app


@pytest.mark.parametrize(
    "view",
    [
        lambda assessment_id: assessment_id,
        with_assessment(may=Right.READ)(lambda opened: opened.id),
    ],
    ids=["without a right", "changing with the right to read"],
)
def test_a_route_that_does_not_say_what_it_takes_stops_the_start(app: Flask, view: Callable[..., str]) -> None:
    refuse_undeclared_routes(app)
    with pytest.raises(UndeclaredRightError, match="made-up"):
        refuse_undeclared_routes(made_up(app, "/a/<assessment_id>/made-up", view))


def test_a_route_beside_the_assessments_needs_none(app: Flask) -> None:
    refuse_undeclared_routes(made_up(app, "/made-up", lambda: "It is there."))
    assert app.test_client().get("/made-up").text == "It is there."


def test_what_one_may_not_do_is_explained_and_what_was_typed_stays(app: Flask, browser: Browser) -> None:
    hub = filled(browser)
    page = browser.open(hub + ANSWERS)
    reader = joined(app, hub, Role.READER)
    token = reader.open("/start").fields()["csrf_token"][0]
    typed = {**page.fields(), "csrf_token": token, "internal-audit-note": "A long thought"}
    refused = reader.checked(reader.client.post(hub + ANSWERS, data=typed), 403)
    assert "Whoever has a link to answer and plan can" in refused.text
    assert refused.fields()["internal-audit-note"][0].strip() == "A long thought"
    told = reader.client.post(hub + ANSWERS, data=typed, headers={"Accept": "application/json"})
    assert told.status_code == 403
    assert "Nothing was saved" in told.get_json()["errors"][0]
    # The same form is taken once there is a link for it.
    editors_link = reader.open(link_for(app, hub, Role.EDITOR))
    reader.send(editors_link)
    reader.send(refused, to=hub + ANSWERS)
    assert "A long thought" in browser.open(hub + ANSWERS).html


@pytest.mark.parametrize("role", HELD)
def test_pages_offer_only_what_one_may_do(app: Flask, browser: Browser, role: Role) -> None:
    hub = filled(browser)
    person = joined(app, hub, role)
    may_be_sent = {address for method, address, right in routes(app, hub) if method == "POST" and allows(role, right)}
    may_be_opened = {address for method, address, right in routes(app, hub) if method == "GET" and allows(role, right)}
    refused = {address for _, address, _ in routes(app, hub)} - may_be_sent - may_be_opened
    seen = 0
    for address in sorted(may_be_opened):
        answer = person.client.get(address, follow_redirects=True)
        if answer.mimetype == "text/html" and answer.status_code == 200:
            page = Page(answer)
            seen += 1
            assert not refused & set(page.links()), address
            for form in (form for form in page.all("form") if form.get("method") == "post"):
                assert (form.get("action") or page.path) not in refused, address
                assert may_be_sent & {form.get("action") or page.path} or "share/" in form.get("action"), address
        answer.close()
    assert seen > 10


def test_a_reader_reads_answers_profile_and_notes_in_words(app: Flask, browser: Browser) -> None:
    hub = filled(browser)
    browser.send(browser.open(hub + "profile/organisation"), {"people": "64"})
    reader = joined(app, hub, Role.READER)
    page = reader.open(hub + ANSWERS)
    assert "The first round" in page.text
    assert not page.all("form")
    assert "64" in reader.open(hub + "profile/organisation").text
    assert "Ada" in reader.open(hub + "plan/set-scope").text


def test_only_the_owner_renames_the_organisation(app: Flask, browser: Browser) -> None:
    hub = filled(browser)
    editor = joined(app, hub, Role.EDITOR)
    page = editor.open(hub + "choices")
    assert "organisation" not in page.fields()
    editor.send(page, {"iso-9001-path": "full"})
    assert "Full check" in editor.open(hub).text
    assert "Only the person who started" in editor.send(page, {"organisation": "Mine now"}, status=403).text
    assert "Muster & Söhne" in editor.open(hub).text
    browser.send(browser.open(hub + "choices"), {"organisation": "Renamed"})
    assert "Renamed" in editor.open(hub).text


def test_an_editor_ends_the_links_of_its_own_making_only_and_the_owner_ends_all(app: Flask, browser: Browser) -> None:
    hub = filled(browser)
    kim, lee = joined(app, hub, Role.EDITOR, "Kim"), joined(app, hub, Role.EDITOR, "Lee")
    kim.send(kim.open(hub + "share"), {"label": "A colleague", "role": "reader"})
    with app.app_context():
        ids = {link.label: link.id for link in links(id_of(hub), at=NOW)}
    token = {"csrf_token": lee.open(hub + "share").fields()["csrf_token"][0]}
    for label in ("Kim", "A colleague", "Lee"):
        lee.checked(lee.client.post(f"{hub}share/{ids[label]}/revoke", data=token), 403)
    assert not [form for form in lee.open(hub + "share").all("form") if "revoke" in (form.get("action") or "")]
    offered = [form.get("action") or "" for form in kim.open(hub + "share").all("form")]
    of_her_own = f"{hub}share/{ids['A colleague']}/revoke"
    assert [action for action in offered if action.endswith("/revoke")] == [of_her_own]
    kim.send(kim.open(hub + "share"), to=of_her_own)
    browser.send(browser.open(hub + "share"), to=f"{hub}share/{ids['Lee']}/revoke")
    lee.open(hub, status=404)
    kim.open(hub)


def test_ending_a_link_is_an_end(app: Flask, browser: Browser) -> None:
    hub = filled(browser)
    kim = joined(app, hub, Role.EDITOR, "Kim")
    shared = kim.send(kim.open(hub + "share"), {"label": "A way back"})
    (back,) = ("".join(each.itertext()).strip() for each in shared.all("textarea") if each.get("id") == "link-address")
    with app.app_context():
        ids = {link.label: link.id for link in links(id_of(hub), at=NOW)}
    browser.send(browser.open(hub + "share"), to=f"{hub}share/{ids['Kim']}/revoke")
    kim.open(back.removeprefix("http://localhost"), status=404)
    kim.open(hub, status=404)


def test_a_link_made_here_opens_in_its_role_until_its_last_day(app: Flask, browser: Browser) -> None:
    hub = filled(browser)
    today = NOW.date()
    page = browser.open(hub + "share")
    # At nine in UTC it is still yesterday where the day ends last, so yesterday may be somebody's today.
    browser.send(page, {"label": "Kim", "last_day": str(today - timedelta(days=2))}, status=422)
    made = browser.send(browser.open(hub + "share"), {"label": "Kim", "role": "reader", "last_day": str(today)})
    assert "Works until 24 November 2026" in made.text
    (link,) = ("".join(each.itertext()).strip() for each in made.all("textarea") if each.get("id") == "link-address")
    reader = Browser(app)
    reader.send(reader.open(link.removeprefix("http://localhost")))
    assert not reader.open(hub + ANSWERS).all("form")
    app.extensions["clock"] = lambda: NOW + timedelta(days=1, hours=2)
    reader.open(hub)
    app.extensions["clock"] = lambda: NOW + timedelta(days=1, hours=3)
    reader.open(hub, status=404)
    assert "Ended 24 November 2026" in browser.open(hub + "share").text


def test_a_link_lasts_no_longer_than_the_link_of_its_maker(app: Flask, browser: Browser) -> None:
    hub = filled(browser)
    last = NOW.date() + timedelta(days=7)
    made = browser.send(browser.open(hub + "share"), {"label": "Kim", "last_day": str(last)})
    (link,) = ("".join(each.itertext()).strip() for each in made.all("textarea") if each.get("id") == "link-address")
    kim = Browser(app)
    kim.send(kim.open(link.removeprefix("http://localhost")))
    later = {"label": "Lee", "last_day": str(last + timedelta(days=1))}
    assert "your own link ends before" in kim.send(kim.open(hub + "share"), later, status=422).text
    kim.send(kim.open(hub + "share"), {"label": "Lee", "last_day": str(last)})
    kim.send(kim.open(hub + "share"), {"label": "Pat"})
    with app.app_context():
        assert len({link.ends_at for link in links(id_of(hub), at=NOW)}) == 1


def test_nobody_makes_a_link_for_more_than_is_offered(app: Flask, browser: Browser) -> None:
    hub = filled(browser)
    kim = joined(app, hub, Role.EDITOR, "Kim")
    for role in ("owner", "respondent", "admin", ""):
        kim.send(kim.open(hub + "share"), {"label": "Lee", "role": role}, status=422)
    with app.app_context():
        assert [link.label for link in links(id_of(hub), at=NOW)] == ["Kim"]


@pytest.mark.parametrize("page", ["share", "choices", "workbook", "delete", "keep", "worksheets/environmental-review/lines/D"])
def test_whoever_may_only_read_finds_no_page_for_what_they_cannot_do_and_the_way_back(
    app: Flask, browser: Browser, page: str
) -> None:
    hub = browser.start()
    refused = joined(app, hub, Role.READER).open(hub + page, status=403)
    assert hub in refused.links()
    assert "Nothing was saved" not in refused.text  # the page was only opened
