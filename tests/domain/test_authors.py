"""Names of those who change something: which are the product's own, and whose work came from a workbook."""

import pytest

from assessment.domain.authors import OWN_AUTHORS, STARTER, by_workbook, is_reserved, person_of


@pytest.mark.parametrize("name", OWN_AUTHORS)
def test_what_reads_as_one_of_our_own_authors_is_reserved(name: str) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in name)
    for said in (name, name.upper(), name.lower(), f" {name}  ", name.replace(" ", "\N{NO-BREAK SPACE}"), wide):
        assert is_reserved(said), said
    assert is_reserved(by_workbook(name))


@pytest.mark.parametrize("name", ["Kim", "Administration", "Imports", "The demonstration", "from a workbook"])
def test_other_names_are_not(name: str) -> None:
    assert not is_reserved(name)


def test_nobody_is_called_as_what_somebody_took_over_from_a_workbook() -> None:
    assert is_reserved(by_workbook("Kim"))
    assert is_reserved(by_workbook("Kim").upper())


@pytest.mark.parametrize("name", ["Kim", STARTER, ""])
def test_a_workbook_is_its_persons(name: str) -> None:
    assert person_of(by_workbook(name)) == person_of(name) == name
