"""Costs from people's own rates: what is not told is not known, and never nothing."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.domain.answers import AnswerSheet
from assessment.domain.cost import (
    AMOUNTS,
    Cost,
    CostField,
    CostItem,
    CostLine,
    Span,
    add,
    cost,
    currency,
    entered,
    in_days,
    usual_help,
)
from assessment.domain.limits import MOST_AMOUNT
from assessment.domain.profile import WAY, Profile
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.reports.wording.cost import total as in_words
from assessment.reports.wording.cost import usual_help as help_in_words
from assessment.reports.wording.director import auditors
from assessment.reports.wording.plan import spread as in_plan
from tests.domain.shipped import BOTH, ISO_9001, ON
from tests.support.content import LIBRARY

EVERYTHING = dict.fromkeys(AMOUNTS, "100")
FIRM = {"people": ("20",), "environmental-complexity": ("medium",)}


def result(
    told: dict[CostField, str] | None = None, way: tuple[str, ...] = ("iso-9001",), complexity: str = "medium"
) -> Result:
    sums = {field.value: (amount,) for field, amount in (told or {}).items()}
    values = {**FIRM, WAY: way, **sums, "environmental-complexity": (complexity,)}
    return assess(LIBRARY, BOTH, AnswerSheet(), Profile(values=values), ON)


def line(of: Cost, item: CostItem) -> CostLine:
    (found,) = [each for each in of.lines if each.item is item]
    return found


def span(least: float, most: float) -> Span:
    return Span(least=Fraction(least), most=Fraction(most))


def test_with_nothing_told_everything_is_not_known_and_nothing_is_nought() -> None:
    found = cost(result())
    assert all(each.amount is None for each in found.lines)
    totals = (found.first_audit, found.outside, found.own, found.three_years)
    assert all(total.nothing_known for total in totals)
    assert all(total.unknown for total in totals)


def test_nought_that_is_told_is_known() -> None:
    found = cost(result({CostField.TRAVEL: "0"}))
    assert line(found, CostItem.FIRST_TRAVEL).amount == span(0, 0)
    assert CostItem.FIRST_TRAVEL not in found.first_audit.unknown
    assert not found.first_audit.nothing_known


def test_the_first_audit_runs_from_what_may_be_taken_off_to_the_table() -> None:
    # 20 people: 3 days for quality; at least 2.1, in halves 2.5. Surveillance is a day at least, twice; 1,000 a day.
    found = cost(result({CostField.AUDITOR_DAY: "1000"}))
    assert line(found, CostItem.FIRST_AUDIT).days == span(2.5, 3)
    assert line(found, CostItem.FIRST_AUDIT).amount == span(2500, 3000)
    assert line(found, CostItem.SURVEILLANCE).days == span(2, 2)
    assert line(found, CostItem.SURVEILLANCE).amount == span(2000, 2000)


def test_together_the_least_is_that_of_an_integrated_audit_and_the_most_is_the_sum() -> None:
    # 3 and 4.5 days are 7.5; together at best 6, less 30 percent 4.2, in halves 4.5.
    found = cost(result(way=("iso-9001+iso-14001",)))
    assert line(found, CostItem.FIRST_AUDIT).days == span(4.5, 7.5)
    apart = cost(result(way=("iso-9001", "iso-14001")))
    assert line(apart, CostItem.FIRST_AUDIT).days == span(2.5 + 3.5, 7.5)


def test_three_years_are_the_audit_two_surveillances_three_fees_and_what_is_bought_once() -> None:
    told = dict.fromkeys(AMOUNTS, "0") | {CostField.YEARLY_FEE: "100", CostField.TRAVEL: "10", CostField.APPLICATION: "7"}
    found = cost(result(told))
    assert found.outside.known == span(3 * 100 + 3 * 10 + 7, 3 * 100 + 3 * 10 + 7)
    assert found.first_audit.known == span(117, 117)
    assert found.outside.unknown == ()
    bought = {CostField.CALIBRATION: "1", CostField.TRAINING: "2", CostField.TESTS: "4", CostField.REPAIRS: "8"}
    assert cost(result(told | bought)).outside.known.least == 337 + 15


def test_own_work_has_its_spread_and_days_of_a_helper_are_not_taken_off() -> None:
    plain = result({CostField.OWN_DAY: "10"})
    days = sum(step.person_days for step in plain.steps)
    found = line(cost(plain), CostItem.OWN_WORK)
    assert found.days == span(round(days * 0.7), round(days * 1.3))
    assert found.amount == span(round(days * 0.7) * 10, round(days * 1.3) * 10)
    helped = cost(result({CostField.OWN_DAY: "10", CostField.HELPER_DAYS: "5", CostField.HELPER_DAY: "100"}))
    assert line(helped, CostItem.OWN_WORK) == found
    assert line(helped, CostItem.HELPER).amount == span(500, 500)
    assert usual_help(plain) == round(days / 4)


def test_a_helper_needs_days_and_a_rate() -> None:
    assert line(cost(result()), CostItem.HELPER).missing == (CostField.HELPER_DAYS, CostField.HELPER_DAY)
    assert line(cost(result({CostField.HELPER_DAYS: "5"})), CostItem.HELPER).missing == (CostField.HELPER_DAY,)


def test_without_an_estimate_of_auditor_days_the_audit_is_not_known_whatever_the_rate() -> None:
    found = cost(result({CostField.AUDITOR_DAY: "1000"}, way=("iso-14001",), complexity="special"))
    audit = line(found, CostItem.FIRST_AUDIT)
    assert (audit.days, audit.amount, audit.missing) == (None, None, ())
    assert CostItem.FIRST_AUDIT in found.first_audit.unknown


def test_a_certificate_that_is_held_costs_its_recertification_and_no_application() -> None:
    held = (f"iso-9001=2026|{date(2028, 6, 30)}|{date(2027, 6, 1)}|surveillance",)
    values = {**FIRM, "certificates": held, **{field.value: ("100",) for field in AMOUNTS}}
    found = cost(assess(LIBRARY, [ISO_9001], AnswerSheet(), Profile(values=values), ON))
    items = [each.item for each in found.lines]
    assert CostItem.RECERTIFICATION in items
    assert CostItem.FIRST_AUDIT not in items
    assert CostItem.APPLICATION not in items
    assert line(found, CostItem.RECERTIFICATION).days == span(1.5, 2)


@pytest.mark.parametrize("odd", ["", "-1", "1.5", "many", "٣", str(MOST_AMOUNT + 1)])
def test_what_is_no_amount_is_not_known(odd: str) -> None:
    assert entered(Profile(values={"cost-travel": (odd,)})) == {}


def test_a_currency_is_shown_as_it_is_told_and_no_longer_than_a_currency_is() -> None:
    assert currency(Profile(values={"cost-currency": ("EUR",)})) == "EUR"
    assert currency(Profile(values={"cost-currency": ("E" * 500,)})) == "E" * 12
    assert currency(Profile()) == ""


@given(told=st.sets(st.sampled_from(AMOUNTS)), more=st.sampled_from(AMOUNTS))
def test_one_more_amount_never_lowers_a_sum_and_never_adds_to_what_is_not_known(told: set[CostField], more: CostField) -> None:
    before = cost(result({field: EVERYTHING[field] for field in told}))
    after = cost(result({field: EVERYTHING[field] for field in {*told, more}}))
    for old, new in ((before.three_years, after.three_years), (before.outside, after.outside), (before.own, after.own)):
        assert new.known.least >= old.known.least
        assert new.known.most >= old.known.most
        assert set(new.unknown) <= set(old.unknown)
        assert new.known.least <= new.known.most


def test_sums_are_the_sum_of_their_lines() -> None:
    found = cost(result(EVERYTHING))
    amounts = [each.amount for each in found.lines if each.amount]
    assert len(amounts) == len(found.lines)
    assert found.three_years.known == add(amounts)


TOLD = dict.fromkeys(AMOUNTS, "100")


def test_two_first_audits_one_after_the_other_are_travelled_to_twice() -> None:
    together = cost(result(TOLD, way=("iso-9001+iso-14001",)))
    assert line(together, CostItem.FIRST_TRAVEL).amount == span(100, 100)
    assert line(together, CostItem.LATER_TRAVEL).amount == span(200, 200)
    apart = cost(result(TOLD, way=("iso-9001", "iso-14001")))
    assert line(apart, CostItem.FIRST_TRAVEL).amount == span(200, 200)
    # Surveillance of both may be one visit a year, or one each.
    assert line(apart, CostItem.LATER_TRAVEL).amount == span(200, 400)


def test_with_several_sites_every_sum_with_auditor_days_is_at_least_so_much() -> None:
    one = result(TOLD)
    several = assess(LIBRARY, BOTH, AnswerSheet(), Profile(values={**one.profile.values, "sites": ("26",)}), ON)
    assert CostItem.SITES not in [each.item for each in cost(one).lines]
    found = cost(several)
    assert (line(found, CostItem.SITES).amount, line(found, CostItem.SITES).missing) == (None, ())
    for total in (found.first_audit, found.outside, found.three_years):
        assert CostItem.SITES in total.unknown
        assert in_words(total, "").startswith("at least ")
    assert found.first_audit.known == cost(one).first_audit.known


def test_auditor_days_are_at_least_so_many_where_one_part_is_not_known() -> None:
    both = ("iso-9001+iso-14001",)
    special = auditors(result(way=both, complexity="special"))
    assert special == (
        "Auditors need at least 3 days up to the certificates (an estimate); how many ISO 14001 takes is not known."
    )
    assert auditors(result(way=both)).startswith("Auditors need about 7.5 days up to the certificates, or 6 days")
    assert auditors(result(way=("iso-9001", "iso-14001"))) == (
        "Auditors need about 7.5 days up to the certificate (an estimate)."
    )
    plain = result()
    several = assess(LIBRARY, BOTH, AnswerSheet(), Profile(values={**plain.profile.values, "sites": ("26",)}), ON)
    assert auditors(several).startswith("Auditors need at least 3 days")


def test_little_work_is_told_in_halves_and_never_as_none() -> None:
    assert [float(in_days(days)) for days in (0.1, 0.5, 0.7, 1.3, 1.9, 2.4)] == [0.5, 0.5, 0.5, 1.5, 2, 2]
    short = AnswerSheet().with_rungs({question.ref: question.enough for question in ISO_9001.questions})
    short = short.with_rungs({"iso-9001/knowledge": Rung.DEFINED})
    found = assess(LIBRARY, [ISO_9001], short, Profile(values=FIRM), ON)
    assert 0 < sum(step.person_days for step in found.steps) < 1
    said = in_plan(found, found.steps)
    assert "0 days" not in said
    assert "bought" not in said
    assert usual_help(found) == 0
    assert help_in_words(0) == ""
    assert line(cost(found), CostItem.OWN_WORK).days == span(0.5, 0.5)
