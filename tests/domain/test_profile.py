"""What the organisation says about itself."""

from dataclasses import replace
from datetime import date

import pytest

from assessment.domain.certificates import Certificate, NextAudit
from assessment.domain.profile import Profile, ProfileKind
from tests.support.content import LIBRARY


def test_a_profile_reads_numbers_and_dates() -> None:
    profile = Profile(values={"people": ("12",), "deadline": ("a=2027-01-02", "b=2028-03-04")})
    assert profile.people() == 12
    assert profile.deadlines() == {"a": date(2027, 1, 2), "b": date(2028, 3, 4)}
    nothing = Profile()
    assert (nothing.people(), nothing.days_a_week(), nothing.get("x"), dict(nothing.deadlines())) == (None, None, None, {})


@pytest.mark.parametrize(
    ("question", "values", "accepted"),
    [
        ("people", ("1",), True),
        ("people", ("1000000",), True),
        ("people", ("1000001",), False),
        ("people", ("0",), False),
        ("people", ("٣",), False),
        ("people", ("1", "2"), False),
        ("deadline", ("iso-9001=2027-01-31",), True),
        ("deadline", ("iso-9001=20270131",), False),
        ("deadline", ("iso-9001=2027-02-30",), False),
        ("deadline", ("iso-0=2027-01-31",), False),
        ("deadline", ("iso-9001=2027=01-31",), False),
        ("deadline", ("iso-9001=2027-01-31", "iso-14001=soon"), False),
    ],
)
def test_a_profile_question_takes_what_it_asks_for_and_nothing_else(
    question: str, values: tuple[str, ...], accepted: bool
) -> None:
    assert LIBRARY.takes(question, values) is accepted


def test_a_text_is_one_text_and_standards_are_some_that_are_known() -> None:
    asked = next(iter(LIBRARY.profile_questions.values()))
    text, standards = (replace(asked, kind=kind) for kind in (ProfileKind.TEXT, ProfileKind.STANDARDS))
    assert [text.accepts(values, LIBRARY.standards) for values in ((), ("Trailers",), ("a", "b"))] == [False, True, False]
    assert standards.accepts((), LIBRARY.standards)
    assert standards.accepts(tuple(LIBRARY.standards), LIBRARY.standards)
    assert not standards.accepts(("iso-9001", "iso-0"), LIBRARY.standards)


def test_certificates_are_of_standards_that_are_known_and_each_can_be_read() -> None:
    held = replace(next(iter(LIBRARY.profile_questions.values())), kind=ProfileKind.CERTIFICATES)
    certificate = Certificate(
        standard="iso-9001", edition="2015", valid_until=date(2028, 1, 31), next_audit=None, kind=NextAudit.NOT_KNOWN
    )
    mine, strange = certificate.kept, replace(certificate, standard="iso-0").kept
    assert held.accepts((), LIBRARY.standards)
    assert held.accepts((mine,), LIBRARY.standards)
    assert not held.accepts((mine, strange), LIBRARY.standards)
    assert not held.accepts((mine, "nonsense"), LIBRARY.standards)


def test_a_choice_takes_one_of_its_choices_and_many_takes_any_of_them() -> None:
    choice = next(question for question in LIBRARY.profile_questions.values() if question.kind is ProfileKind.CHOICE)
    many = replace(choice, kind=ProfileKind.MANY)
    first, second = (offered.id for offered in choice.choices[:2])
    assert choice.accepts((first,), LIBRARY.standards)
    assert not choice.accepts((first, second), LIBRARY.standards)
    assert not choice.accepts(("stranger",), LIBRARY.standards)
    assert many.accepts((), LIBRARY.standards)
    assert many.accepts(tuple(offered.id for offered in many.choices), LIBRARY.standards)
    assert not many.accepts(("stranger",), LIBRARY.standards)
