"""How good the starter lists are: how much they offer of what is significant in six firms, and how much they offer in vain."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from assessment.domain.starter_list import Candidate
from tests.support.worksheets import REVIEW

FIRMS: list[dict[str, Any]] = tomllib.loads((Path(__file__).parent.parent / "support" / "firms.toml").read_text())["firm"]
LEAST_OFFERED, MOST_IN_VAIN = 80, 30  # percent


def offered(firm: dict[str, Any]) -> list[Candidate]:
    """The aspects and emergencies that a firm is offered; duties follow from them."""
    return [each for each in REVIEW.starter.offered(firm["lists"]) if each.register != "obligations"]


def says(candidate: Candidate) -> str:
    return " ".join(str(value) for value in candidate.values.values()).lower()


def found(firm: dict[str, Any]) -> dict[str, list[str]]:
    """The candidates for each thing a reviewer calls significant."""
    return {
        expected["what"]: [each.id for each in offered(firm) if any(words in says(each) for words in expected["words"])]
        for expected in firm["significant"]
    }


@pytest.mark.parametrize("firm", FIRMS, ids=[firm["name"] for firm in FIRMS])
def test_a_firm_is_offered_four_fifths_of_what_is_significant_and_little_in_vain(
    firm: dict[str, Any], tell: Callable[[str], None]
) -> None:
    matched = found(firm)
    there = sum(bool(candidates) for candidates in matched.values())
    in_vain = [each.id for each in offered(firm) if each.id in firm["irrelevant"]]
    assert set(in_vain) == set(firm["irrelevant"])
    share, vain = 100 * there / len(matched), 100 * len(in_vain) / len(offered(firm))
    tell(
        f"{firm['name']}: {there} of {len(matched)} significant offered, {len(in_vain)} of {len(offered(firm))} offers in vain"
    )
    assert share >= LEAST_OFFERED, [what for what, candidates in matched.items() if not candidates]
    assert vain <= MOST_IN_VAIN


def test_over_all_firms_the_lists_offer_four_fifths(tell: Callable[[str], None]) -> None:
    assert len({tuple(firm["lists"]) for firm in FIRMS}) == len(FIRMS) >= 6
    matched = [candidates for firm in FIRMS for candidates in found(firm).values()]
    there = sum(bool(candidates) for candidates in matched)
    tell(f"all firms: {there} of {len(matched)} significant lines offered")
    assert 100 * there / len(matched) >= LEAST_OFFERED
    assert all(len(candidates) <= 3 for candidates in matched), "words that match many candidates measure nothing"


def test_each_firm_is_described_on_half_a_page() -> None:
    for firm in FIRMS:
        assert 50 <= len(firm["about"].split()) <= 200, firm["name"]
        assert 7 <= len(firm["significant"]) <= 15, firm["name"]
