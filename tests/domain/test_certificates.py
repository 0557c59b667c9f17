"""Certificates that are held, as the profile keeps them."""

from datetime import date

import pytest

from assessment.domain.certificates import Certificate, NextAudit, certificate_of, certificates

HELD = Certificate(
    standard="iso-9001",
    edition="2015",
    valid_until=date(2028, 3, 1),
    next_audit=date(2027, 3, 10),
    kind=NextAudit.SURVEILLANCE,
)


def test_a_certificate_is_read_as_it_is_kept() -> None:
    assert HELD.kept == "iso-9001=2015|2028-03-01|2027-03-10|surveillance"
    assert certificate_of(HELD.kept) == HELD
    bare = Certificate(standard="iso-9001", edition="not-known", valid_until=None, next_audit=None, kind=NextAudit.NOT_KNOWN)
    assert certificate_of(bare.kept) == bare
    assert certificates([HELD.kept, "nonsense"]) == {"iso-9001": HELD}


@pytest.mark.parametrize(
    "kept", ["", "iso-9001", "iso-9001=2015", "iso-9001=2015|soon||", "iso-9001=2015|||visit", "a=b|c|d|e|f"]
)
def test_what_cannot_be_read_is_no_certificate(kept: str) -> None:
    assert certificate_of(kept) is None


def test_a_certificate_stands_until_its_last_day_and_for_ever_without_one() -> None:
    assert HELD.stands(date(2028, 3, 1))
    assert not HELD.stands(date(2028, 3, 2))
    assert certificate_of("iso-9001=2015|||").stands(date.max)  # type: ignore[union-attr]
    assert HELD.is_due(date(2027, 3, 11))
    assert not HELD.is_due(date(2027, 3, 10))
