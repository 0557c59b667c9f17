"""Names of those who change something: which are the product's own, and whose work came from a workbook."""

import pytest

from assessment.domain.authors import OWN_AUTHORS, STARTER, as_read, by_workbook, is_reserved, person_of


@pytest.mark.parametrize("name", OWN_AUTHORS)
def test_what_reads_as_one_of_our_own_authors_is_reserved(name: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in name)
    for said in (name, name.upper(), name.lower(), f" {name}  ", name.replace(" ", "\N{NO-BREAK SPACE}"), wide):
        assert is_reserved(said), said
    assert is_reserved(by_workbook(name))


UNSEEN = ("\u200b", "\u200d", "\u2060", "\ufeff", "\u202e", "\u00ad", "\u034f", "\ufe0f", "\u3164", "\u2800", "\U000e0041")


@pytest.mark.parametrize("unseen", UNSEEN, ids=ascii)
def test_what_nobody_sees_makes_no_other_name(unseen: str) -> None:
    assert is_reserved(STARTER.replace("person", f"per{unseen}son"))
    assert is_reserved(f"{unseen}{STARTER}{unseen}")
    assert as_read(f"K{unseen}im") == as_read("kim")
    assert is_reserved(unseen)


@pytest.mark.parametrize(("one", "other"), [("Jose", "José"), ("किम", "कम"), ("שָׁלוֹם", "שלום"), ("Kim", "Kym")])
def test_names_that_look_different_are_different(one: str, other: str) -> None:
    assert as_read(one) != as_read(other)


@pytest.mark.parametrize("name", ["Kim", "Administration", "Imports", "The demonstration", "from a workbook"])
def test_other_names_are_not(name: str) -> None:
    assert not is_reserved(name)


def test_nobody_is_called_as_what_somebody_took_over_from_a_workbook() -> None:
    assert is_reserved(by_workbook("Kim"))
    assert is_reserved(by_workbook("Kim").upper())


@pytest.mark.parametrize("name", ["Kim", STARTER, ""])
def test_a_workbook_is_its_persons(name: str) -> None:
    assert person_of(by_workbook(name)) == person_of(name) == name
