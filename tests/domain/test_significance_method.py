"""What a method of scoring is made of."""

from assessment.domain.significance_method import Join, OverrideKind
from tests.support.worksheets import REVIEW


def test_a_method_names_every_field_that_a_score_is_made_of() -> None:
    aspects, emergencies = REVIEW.methods
    assert aspects.fields == ("severity", "extent", "often", "reach", "parties")
    assert emergencies.fields == ("severity", "likelihood")


def test_significance_is_as_the_audit_of_the_review_proposes_it() -> None:
    aspects, _ = REVIEW.methods
    assert (aspects.threshold, aspects.factors[1].join, [addend.times for addend in aspects.addends]) == (
        12,
        Join.MEAN_UP,
        [2, 2],
    )
    assert {override.id: override.kind for override in aspects.overrides} == {
        "limit": OverrideKind.LINE,
        "complaint": OverrideKind.LINE,
        "incident": OverrideKind.POINTING,
        "duty": OverrideKind.POINTED_AT,
        "leader": OverrideKind.LINE,
    }
