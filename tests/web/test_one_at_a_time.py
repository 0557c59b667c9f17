"""The same questions one at a time: same addresses, one more parameter, saving stays in the way people chose."""

from tests.support.opener import Browser, Page


def asked(page: Page) -> list[str]:
    """The ids of the questions on a page."""
    return [each.get("id") for each in page.all("fieldset") if each.get("class", "").startswith("question")]


def link(page: Page, text: str) -> str:
    """Where the link with these words leads."""
    return str(next(each.get("href") for each in page.all("a") if "".join(each.itertext()).strip() == text))


def test_one_press_switches_and_another_switches_back(browser: Browser) -> None:
    hub = browser.start()
    whole = browser.open(hub + "iso-9001/questions/9.2")
    single = browser.open(link(whole, "One at a time"))
    assert asked(single) == asked(whole)[:1]
    assert f"question 1 of {len(asked(whole))} on this page" in single.text
    again = browser.open(link(single, f"All {len(asked(whole))} questions of this page"))
    assert asked(again) == asked(whole)


def walked(browser: Browser, page: Page) -> tuple[Page, list[str]]:
    """Answer question by question until the check of the answers."""
    seen: list[str] = []
    while "/check" not in page.path:
        (question,) = asked(page)
        assert question not in seen
        seen.append(question)
        page = browser.send(page, {f"{question}-answer": "defined", "save": "continue"}, to=page.address)
    return page, seen


def test_save_and_continue_walks_a_path_question_by_question_and_ends_at_its_check(browser: Browser) -> None:
    hub = browser.start()
    page, seen = walked(browser, browser.open(link(browser.open(hub + "iso-9001/questions/quick-4.1"), "One at a time")))
    assert page.path.endswith("/iso-9001/check")
    # The quick path asks these first; the others wait.
    assert page.text.count("Defined") == len(seen) == 24


def test_in_the_full_check_it_ends_at_the_check_of_the_chapter(browser: Browser) -> None:
    hub = browser.start()
    browser.send(browser.open(hub + "choices"), {"iso-9001-path": "full"})
    page, seen = walked(browser, browser.open(link(browser.open(hub + "iso-9001/questions/4.1"), "One at a time")))
    assert page.path.endswith("/iso-9001/check/4")
    assert page.text.count("Defined") == len(seen) > 3


def test_saving_one_question_changes_no_other_and_stays_at_it(browser: Browser) -> None:
    hub = browser.start()
    whole = browser.open(hub + "iso-9001/questions/9.2")
    first, second = asked(whole)[:2]
    browser.send(whole, {f"{first}-answer": "in-use", f"{second}-answer": "informal", "save": "later"})
    address = f"{hub}iso-9001/questions/9.2?one={second}"
    page = browser.send(browser.open(address), {f"{second}-answer": "defined", "save": second}, to=address)
    assert asked(page) == [second]
    sent = browser.open(hub + "iso-9001/questions/9.2").fields()
    assert (sent[f"{first}-answer"], sent[f"{second}-answer"]) == (["in-use"], ["defined"])


def test_what_is_wrong_comes_back_with_the_one_question(browser: Browser) -> None:
    hub = browser.start()
    (question, *_) = asked(browser.open(hub + "iso-9001/questions/9.2"))
    address = f"{hub}iso-9001/questions/9.2?one={question}"
    page = browser.send(
        browser.open(address), {f"{question}-evidence-0-dated": "31.31.2026", "save": "continue"}, to=address, status=422
    )
    assert asked(page) == [question]
    assert "31.31.2026" in page.html


def test_two_people_at_one_question_still_see_both_answers(browser: Browser) -> None:
    hub = browser.start()
    (question, *_) = asked(browser.open(hub + "iso-9001/questions/9.2"))
    address = f"{hub}iso-9001/questions/9.2?one={question}"
    mine = browser.open(address)
    browser.send(browser.open(address), {f"{question}-answer": "in-use", "save": "later"}, to=address)
    page = browser.send(mine, {f"{question}-answer": "absent", "save": "continue"}, to=address, status=409)
    assert "This answer was changed in another tab or browser" in page.text
    assert address in page.html.replace("&amp;", "&")


def test_a_question_that_is_not_on_the_page_shows_the_whole_page(browser: Browser) -> None:
    hub = browser.start()
    assert len(asked(browser.open(hub + "iso-9001/questions/9.2?one=nothing"))) > 1


def test_each_question_shown_by_itself_names_its_page(browser: Browser) -> None:
    hub = browser.start()
    page = hub + "iso-9001/questions/9.1"
    alone = [browser.open(f"{page}?one={question}") for question in asked(browser.open(page))]
    titles = {"".join(each.all("title")[0].itertext()) for each in alone}
    assert len(titles) == len(alone) > 1
