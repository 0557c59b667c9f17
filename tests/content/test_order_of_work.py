"""The dependency order of the work, from nothing to a certificate (DOMAIN.md section 7.2)."""

from functools import cache

import pytest

from assessment.domain.answers import AnswerSheet
from assessment.domain.planning import plan
from assessment.domain.question_path import QuestionPath
from assessment.domain.rules import Rung
from tests.domain.shipped import FIRM
from tests.support.content import LIBRARY

# Each step of section 7.2 with the steps it needs, in our actions.
NEEDS = {
    "understand-context": {"start-project"},
    "set-scope": {"understand-context"},
    "iso-9001/process-map": {"set-scope"},
    "iso-14001/aspects-register": {"iso-14001/environmental-review", "set-scope"},
    "iso-14001/compliance-register": {"iso-14001/environmental-review"},
    "write-policy": {"understand-context", "iso-14001/aspects-register", "iso-14001/compliance-register"},
    "assign-roles": {"understand-context"},
    "assess-risks": {"understand-context", "iso-9001/process-map", "iso-14001/compliance-register"},
    "set-objectives": {"write-policy", "assess-risks"},
    "provide-resources": {"assign-roles", "assess-risks"},
    "build-competence": {"assign-roles", "assess-risks"},
    "organise-communication": {"assign-roles", "assess-risks"},
    "control-documents": {"set-scope"},
    "iso-9001/check-orders": {"iso-9001/process-map"},
    "iso-9001/steer-design": {"iso-9001/process-map"},
    "iso-9001/manage-suppliers": {"iso-9001/process-map"},
    "iso-9001/control-production": {"iso-9001/process-map"},
    "iso-9001/release-and-separate": {"iso-9001/process-map", "iso-9001/control-production"},
    "iso-14001/control-operations": {"iso-14001/aspects-register", "iso-14001/compliance-register"},
    "iso-14001/prepare-emergencies": {"iso-14001/environmental-review"},
    "run-and-measure": {"set-objectives", "iso-9001/control-production", "iso-14001/control-operations"},
    "iso-9001/ask-customers": {"iso-9001/check-orders"},
    "iso-14001/evaluate-compliance": {"iso-14001/compliance-register"},
    "audit-internally": {
        "control-documents",
        "iso-14001/hold-drill",
        "run-and-measure",
        "iso-9001/ask-customers",
        "iso-14001/evaluate-compliance",
        "build-competence",
    },
    "review-by-management": {"run-and-measure", "audit-internally", "handle-nonconformities"},
}


@cache
def earlier(key: str) -> frozenset[str]:
    """Every action that must be done, or under way, before this one begins, directly or not."""
    action = LIBRARY.actions[key]
    direct = (*action.after, *action.alongside)
    return frozenset(direct).union(*(earlier(each) for each in direct))


@pytest.mark.parametrize("key", NEEDS)
def test_a_step_comes_after_all_that_it_needs(key: str) -> None:
    assert NEEDS[key] <= earlier(key)


def test_three_months_of_records_are_waited_for_before_audit_and_review() -> None:
    assert LIBRARY.actions["run-and-measure"].weeks == 12
    assert "run-and-measure" in earlier("audit-internally") & earlier("review-by-management")


def test_cheap_early_steps_do_not_wait_for_the_long_ones() -> None:
    for early in ("control-documents", "handle-nonconformities", "plan-audits-and-review"):
        assert "assess-risks" not in earlier(early)
        cheap = {"start-project", "understand-context", "set-scope", "assign-roles"}
        assert {key for key in earlier(early) if "/" not in key} <= cheap


def test_compliance_is_evaluated_without_waiting_for_controls() -> None:
    assert "iso-14001/control-operations" not in earlier("iso-14001/evaluate-compliance")


def test_the_environmental_review_looks_at_what_a_review_must() -> None:
    review = LIBRARY.actions["iso-14001/environmental-review"]
    steps = " ".join(review.steps)
    for matter in ("normal", "start and stop", "emergencies", "laws, permits", "done already", "past incidents"):
        assert matter in steps
    assert not review.after
    assert review.alongside == {"start-project": 1}
    assert "Only EMAS" in review.note


def test_a_plan_from_nothing_keeps_the_order_for_every_choice_of_standards() -> None:
    both = [LIBRARY.questionnaire(each.id, each.current.id, QuestionPath.FULL) for each in LIBRARY.standards.values()]
    for chosen in (both[:1], both[1:], both):
        refs = [question.ref for questionnaire in chosen for question in questionnaire.questions]
        sheet = AnswerSheet().with_rungs(dict.fromkeys(refs, Rung.ABSENT))
        order = [step.action.key for step in plan(chosen, LIBRARY.actions, sheet, FIRM)]
        after_the_audit = order[order.index("audit-internally") + 1 :]
        assert set(after_the_audit) <= {
            "review-by-management",
            "iso-14001/close-compliance-gaps",
            "improve-continually",
            "iso-9001/measure-processes",
        }
        for position, key in enumerate(order):
            assert not earlier(key) & set(order[position + 1 :]), key
