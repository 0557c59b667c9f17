"""Why a question that falls short is a likely finding by itself."""

import pytest

from assessment.domain.reasons import MAJOR_REASONS, Reason, reason_of
from assessment.domain.rules import Rung
from tests.support.content import LIBRARY


@pytest.mark.parametrize(
    ("name", "reasons"),
    [
        ("scope", [Reason.ESSENTIAL_MISSING, Reason.ESSENTIAL_MISSING, Reason.ESSENTIAL_NOT_LIVED, None, None]),
        ("internal-audit", [Reason.ESSENTIAL_MISSING, Reason.ESSENTIAL_MISSING, Reason.DEED_NOT_DONE, None, None]),
        ("suppliers", [Reason.REQUIRED_MISSING, Reason.BELOW_ENOUGH, Reason.BELOW_ENOUGH, None, None]),
        ("resources", [Reason.BELOW_ENOUGH, Reason.BELOW_ENOUGH, Reason.BELOW_ENOUGH, None, None]),
        ("order-changes", [Reason.BELOW_ENOUGH, Reason.BELOW_ENOUGH, None, None, None]),
    ],
)
def test_each_rung_falls_short_for_one_reason(name: str, reasons: list[Reason | None]) -> None:
    question = LIBRARY.questions[f"iso-9001/{name}"]
    assert [reason_of(question, rung, LIBRARY.rules.findings) for rung in Rung] == reasons


def test_reasons_for_a_major_come_before_those_for_a_minor() -> None:
    assert [reason in MAJOR_REASONS for reason in Reason] == [True] * 5 + [False] * 2
