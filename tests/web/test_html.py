"""Every page is HTML without an error, read by a strict parser; so is every page that any other test opens."""

import pytest

from tests.support.chromium import session_cookie
from tests.support.opener import Browser
from tests.support.organisations import Assembled
from tests.support.states import STATES, where


def test_every_page_is_read_without_an_error_and_keeps_the_basics(assembled: Assembled) -> None:
    holder, nobody = Browser(assembled.app), Browser(assembled.app)
    holder.client.set_cookie(*session_cookie(assembled.app, assembled.cast.sid))
    looked_at = [state for state in STATES if state.act is None]
    assert len(looked_at) > 60
    for state in looked_at:
        page = (holder if state.of else nobody).open(where(assembled.cast, state), status=state.status)
        assert page.all("main"), state.name


@pytest.mark.parametrize(
    "body", ["<p><div></div></p>", "<ul><li>one</b></ul>", "<p title=one title=two>", "<table><p>out</p></table>", "</section>"]
)
def test_an_error_is_seen(assembled: Assembled, body: str) -> None:
    browser = Browser(assembled.app)
    response = browser.client.get("/privacy")
    response.set_data(response.get_data(as_text=True).replace("</main>", body + "</main>"))
    with pytest.raises(AssertionError, match="have to forgive"):
        browser.checked(response, 200)
