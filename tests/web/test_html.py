"""Every page is HTML without an error, read by a strict parser; so is every page that any other test opens."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib
import pytest

from tests.support.chromium import session_cookie
from tests.support.opener import Browser
from tests.support.organisations import Assembled
from tests.support.states import STATES, where


@pytest.mark.broad
def test_every_page_is_read_without_an_error_and_keeps_the_basics(assembled: Assembled) -> None:
    holder, nobody = Browser(assembled.app), Browser(assembled.app)
    holder.client.set_cookie(*session_cookie(assembled.app, assembled.cast.sid))
    looked_at = [state for state in STATES if state.act is None]
    assert len(looked_at) > 60
    for state in looked_at:
        page = (holder if state.of else nobody).open(where(assembled.cast, state), status=state.status)
        assert page.all("main"), state.name
        strict = html5lib.HTMLParser()
        tree = strict.parse(page.html)
        assert strict.errors == [], state.name
        assert list(told(page.tree)) == list(told(tree)), state.name


def told(tree: Element) -> Iterator[tuple[str, dict[str, str], str]]:
    """Every element with its attributes and the words in it."""
    for each in tree.iter():
        if isinstance(each.tag, str):  # or it is a comment
            yield each.tag, dict(each.attrib), " ".join("".join(each.itertext()).split())


WRONG = (
    "<p><div></div></p>",
    "<ul><li>one</b></ul>",
    "<p title=one title=two>",
    "<table><p>out</p></table>",
    "<table>out</table>",
    "</section>",
    "<div>",
    "<a><a>x</a></a>",
    "<form><form></form></form>",
    "&nosuch;",
)


@pytest.mark.parametrize("body", WRONG)
def test_an_error_is_seen(assembled: Assembled, body: str) -> None:
    browser = Browser(assembled.app)
    response = browser.client.get("/privacy")
    response.set_data(response.get_data(as_text=True).replace("</main>", body + "</main>"))
    with pytest.raises(AssertionError, match="have to forgive"):
        browser.checked(response, 200)
