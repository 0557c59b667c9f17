"""The contents of long pages: each leads to the parts of its page, in their order, and the way back."""

import pytest

from tests.support.opener import HTML, Browser, Page

OPEN = ["/calculation", "/standards/glossary", "/standards/facts", "/standards/iso-9001", "/protection"]
HELD = ["results", "findings", "plan", "advice", "director", "compare/iso-9001/iso-14001", "summary"]


def contents(page: Page) -> list[tuple[str, str]]:
    """Where each entry leads, and what it says."""
    (nav,) = [each for each in page.all("nav") if each.get("aria-label") == "On this page"]
    return [(link.get("href"), " ".join("".join(link.itertext()).split())) for link in nav.iter(HTML + "a")]


def parts(page: Page) -> list[tuple[str, str]]:
    """What somebody can be led to in the page itself."""
    main = page.all("main")[0]
    names = {HTML + "h2", HTML + "h3", HTML + "dt"}
    found: list[tuple[str, str]] = []
    above = ""
    for each in main.iter():
        if each.tag in names and each.get("id"):
            title = " ".join("".join(each.itertext()).split())
            below = each.tag == HTML + "h3"
            above = above if below else title
            # Two parts may have one title, such as the likely minors of two standards.
            found.append((f"#{each.get('id')}", f"{title} ({above})" if below else title))
    return found


@pytest.mark.parametrize("address", OPEN)
def test_an_open_page_lists_its_parts(browser: Browser, address: str) -> None:
    page = browser.open(address)
    assert len(parts(page)) > 2
    assert contents(page) == [*parts(page), ("#main", "Back to the top")]


@pytest.fixture(scope="module")
def sample(shared: Browser) -> str:
    return shared.start_sample()


@pytest.mark.parametrize("at", HELD)
def test_a_page_of_an_assessment_lists_its_parts(shared: Browser, sample: str, at: str) -> None:
    page = shared.open(sample + at)
    assert len(parts(page)) > 2
    assert contents(page) == [*parts(page), ("#main", "Back to the top")]


@pytest.mark.parametrize("at", ["", "downloads", "iso-9001/questions/9.2"])
def test_a_page_that_one_fills_in_or_leaves_at_once_lists_nothing(browser: Browser, at: str) -> None:
    page = browser.open(browser.start() + at)
    assert "On this page" not in page.text


def test_what_people_typed_makes_no_part_of_the_contents(browser: Browser) -> None:
    page = browser.open(browser.start('<h2 id="mine">Mine</h2>') + "results")
    assert "#mine" not in page.links()
