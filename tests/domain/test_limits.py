"""What can be kept, and what cannot."""

import pytest

from assessment.domain.limits import LONGEST_LINE, UNSTORABLE, UNTYPABLE, TextFault, text_fault


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", None),
        ("x" * LONGEST_LINE, None),
        ("x" * (LONGEST_LINE + 1), TextFault.TOO_LONG),
        ("\U0001f600" * LONGEST_LINE, None),  # characters are counted, not bytes
        ("tab\tand\nline", None),
        ("bell\x07", TextFault.UNTYPABLE),
        ("half \ud83d", TextFault.UNTYPABLE),
    ],
)
def test_a_text_is_refused_for_its_length_or_for_what_nobody_types(text: str, fault: TextFault | None) -> None:
    assert text_fault(text, LONGEST_LINE) is fault


def test_what_no_database_keeps_is_nothing_that_people_type() -> None:
    unstorable = [chr(code) for code in range(0x11000) if UNSTORABLE.search(chr(code))]
    assert len(unstorable) == 1 + 0x800
    assert all(UNTYPABLE.search(character) for character in unstorable)
