"""What a screen reader says on the main pages. That every control of every page has a name of its own, see test_pages."""

import re

import pytest

from tests.support.names import Control, controls, faults
from tests.support.states import STATES, Stage

KEY_PAGES = {
    "start": [
        "link: Skip to the content",
        "link: Start an assessment",
        "link: Read the questions first",
        "button: Open the sample organisation",
        "link: Import an assessment",
        "link: Privacy",
    ],
    "new assessment": ["textbox: Name of your organisation", "checkbox: ISO 9001: quality management systems", "button: Start"],
    "hub, in progress": ["link: Overview", "link: Results", "link: Advice", "link: Compare", "link: Downloads", "link: Share"],
    "check answers": ["link: Change the answer to: Do you measure how well your processes and products do?"],
    "results, provisional": ["link: The reasons, and what would change this advice", "link: Likely major 3 (ISO 9001)"],
    "downloads": ["link: CSV for ISO 9001", "link: JSON for all together", "link: Delete everything"],
    "share": ["textbox: Who is this link for?", "button: Make a link", "button: Revoke the link for Works council"],
}
# One question, in reading order.
QUESTION = [
    ("DisclosureTriangle", "Why this matters, and what the words mean"),
    ("radio", "Not there Nobody has audited anything"),
    ("radio", "Informal"),
    ("radio", "Defined"),
    ("radio", "In use"),
    ("radio", "Improved"),
    ("radio", "We don’t know yet"),
    ("DisclosureTriangle", "Note and evidence"),
    ("textbox", "Note"),
    ("textbox", "Evidence"),
    ("textbox", "Where to find it"),
    ("Date", "Its date"),
    ("textbox", "Evidence"),
    ("textbox", "Where to find it"),
    ("Date", "Its date"),
    ("Date", "When was it last done?"),
    ("link", "Earlier versions of the answer to: Has an internal audit"),
    ("button", "Save this answer: Has an internal audit"),
    ("button", "Clear answer: Has an internal audit"),
]


@pytest.mark.parametrize("name", KEY_PAGES)
def test_the_main_controls_are_called_what_they_do(stage: Stage, name: str) -> None:
    (state,) = (each for each in STATES if each.name == name)
    with stage.shown(state) as page:
        heard = [f"{each.role}: {each.name}" for each in controls(page)]
    assert [each for each in KEY_PAGES[name] if each not in heard] == [], heard


def test_a_question_reads_in_the_order_of_its_page(stage: Stage) -> None:
    (state,) = (each for each in STATES if each.name == "question page, answered")
    with stage.shown(state) as page:
        found = controls(page)
    asked = next(place for each in found for place in each.places if place.startswith("Has an internal audit"))
    heard = [(each.role, each.name) for each in found if asked in each.places]
    assert [role for role, _ in heard] == [role for role, _ in QUESTION], heard
    for (_, name), (_, begins) in zip(heard, QUESTION, strict=True):
        assert name.startswith(begins)
    rows = [each.places[-1] for each in found if asked in each.places and each.name == "Where to find it"]
    assert [re.sub(r"\D", "", each) for each in rows] == ["1", "2"]


def test_faults_are_seen() -> None:
    one = Control(role="link", name="Change", places=("main",), leads="/a")
    assert faults([one, one]) == []
    assert len(faults([one, Control(role="link", name="Change", places=("main",), leads="/b")])) == 1
    assert len(faults([Control(role="button", name="", places=()), Control(role="link", name="Here.", places=())])) == 2
