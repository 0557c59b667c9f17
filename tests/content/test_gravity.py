"""What a shortfall on each question means, as two lead auditors set it, and contradictions that the loader refuses."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from assessment.content import ContentError, load
from assessment.domain.rules import Rung
from assessment.domain.standard import Gravity, Question
from assessment.paths import shipped
from tests.support.content import LIBRARY

ESSENTIAL = {
    "iso-9001": """scope policy objectives processes customer-requirements production-control release internal-audit
        management-review corrective-action""",
    "iso-14001": """scope policy aspects significance obligations objectives operational-control emergency
        compliance-evaluation internal-audit management-review corrective-action""",
}
REQUIRED = {
    "iso-9001": """leadership roles risks measuring-equipment calibration competence documents records design design-tests
        suppliers special-processes nonconforming-output fault-records monitoring customer-satisfaction audit-programme
        nonconformity-records""",
    "iso-14001": """leadership roles risks emergency-situations emergencies-apart planned-actions competence
        external-communication reports-to-authorities documents records hazardous-substances emergency-drill monitoring
        known-breaches compliance-gaps audit-programme nonconformity-records""",
}
STAGE_1 = {
    "iso-9001": "scope policy objectives processes risks product-law",
    "iso-14001": """scope scope-complete policy policy-promises objectives aspects aspects-abnormal significance obligations
        obligations-meaning""",
}
DEEDS = {
    "iso-9001": "internal-audit management-review",
    "iso-14001": "internal-audit management-review compliance-evaluation",
}
EVENTS = {
    "iso-9001": """context-review planned-change effect-of-actions order-changes changes-in-production design-changes
        property-of-others rework-checked faults-decided faults-after-delivery release-exceptions wrong-gauge post-delivery
        training-effect audit-follow-up risk-actions-work ethical-behaviour authority reaction system-kept-whole change-told
        change-effect differing-requirements planned-changes-in-production""",
    "iso-14001": """planned-change effect-of-actions training-effect audit-follow-up emergency-lessons changed-operation
        changes-in-law compliance-gaps actions-work authority reaction system-change""",
}


@pytest.mark.parametrize("standard", LIBRARY.standards)
def test_gravity_stage_deeds_and_events_are_those_the_auditors_set(standard: str) -> None:
    def ids(holds: Callable[[Question], bool]) -> set[str]:
        return {question.id for question in LIBRARY.standards[standard].questions if holds(question)}

    assert ids(lambda question: question.gravity is Gravity.ESSENTIAL) == set(ESSENTIAL[standard].split())
    assert ids(lambda question: question.gravity is Gravity.REQUIRED) == set(REQUIRED[standard].split())
    assert ids(lambda question: question.stage == 1) == set(STAGE_1[standard].split())
    assert ids(lambda question: question.deed) == set(DEEDS[standard].split())
    assert ids(lambda question: question.event) == set(EVENTS[standard].split())
    assert ids(lambda question: bool(question.stage_1_until)) == {"audit-programme", "review-dates"}
    assert ids(lambda question: bool(question.covered_by)) == {"review-dates"}


@pytest.mark.parametrize("standard", LIBRARY.standards)
def test_an_event_says_that_nothing_of_the_kind_happened_and_people_know_the_way(standard: str) -> None:
    nothing = re.compile(r"\b(no|nobody|nothing|none|not)\b")
    events = [question for question in LIBRARY.standards[standard].questions if question.event]
    assert events
    for question in events:
        assert question.enough is Rung.DEFINED
        assert nothing.search(question.looks_like[Rung.DEFINED]), question.ref


def test_every_number_of_the_rules_is_marked_as_a_judgement_or_with_its_source() -> None:
    section, marked = "", False
    for line in (shipped("questionnaires") / "rules.toml").read_text().splitlines():
        head = re.match(r"\[\[?([a-z]+)\]?\]", line)
        if head:
            section, marked = head.group(1), "our judgement" in line
        elif re.match(r"[a-z0-9-]+ = ", line) and section not in ("", "rung"):
            assert marked or "our judgement" in line or "source" in line, (section, line)
    assert "our judgement" in (shipped("questionnaires") / "rules.toml").read_text().split("[[rung]]", maxsplit=1)[0]


SCOPE = 'gravity = "essential"'
REFUSED = [
    (
        "review-dates",
        'covered-by = "management-review"',
        'covered-by = "party"',
        "'party' is not another question of this standard",
    ),
    ("audit-programme", "stage-1-until", "stage = 1\nstage-1-until", "is 1 only where stage 1 always looks"),
    ("internal-audit", "deed = true", "deed = true\nevent = true", "a deed has a rhythm of its own"),
    ("internal-audit", SCOPE, 'gravity = "required"', "a deed that is too old is a likely major, so it is essential"),
    ("internal-audit", ", fresh-for-months = 12", "", "a deed needs its rhythm"),
    ("internal-audit", 'overlap = "part"', 'overlap = "most"', "the overlap of a deed is 'part'"),
    ("scope", SCOPE, SCOPE + "\nevent = true", "never waits for something to happen"),
    ("scope", SCOPE, 'gravity = "grave"', "expected one of essential, required, ordinary"),
    (
        "scope",
        'gravity = "essential"',
        'gravity = "essential"\nmay-not-apply = "when so."',
        "an essential question always applies",
    ),
    ("scope", SCOPE, SCOPE + '\ncovered-by = "policy"', "nothing makes up for an essential"),
    ("scope", SCOPE, SCOPE + '\nenough = "informal"', "is at least 'defined'"),
    ("order-changes", "event = true", 'event = true\nenough = "in-use"', "for an event it is always 'defined'"),
    (
        "scope-exclusions",
        "checks-exclusions = true",
        'checks-exclusions = true\nmay-not-apply = "when so."',
        "such a question always",
    ),
]


@pytest.mark.parametrize(("question", "old", "new", "says"), REFUSED)
def test_a_contradiction_is_refused_and_says_where(tmp_path: Path, question: str, old: str, new: str, says: str) -> None:
    content = tmp_path / "content"
    shutil.copytree(shipped("questionnaires"), content)
    (path,) = (each for each in (content / "iso-9001").glob("0*.toml") if f'id = "{question}"\n' in each.read_text())
    before, block, after = re.split(
        rf'(\[\[question\]\]\nid = "{question}"\n.*?\n\n)', path.read_text() + "\n\n", maxsplit=1, flags=re.DOTALL
    )
    assert old in block
    path.write_text(before + block.replace(old, new, 1) + after)
    with pytest.raises(ContentError) as caught:
        load(content)
    assert says in str(caught.value)
    assert question in str(caught.value)


def test_an_essential_question_that_no_action_lifts_or_that_has_no_evidence_is_refused(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(shipped("questionnaires"), content)
    path = content / "iso-9001" / "04-context.toml"
    text = path.read_text()
    start = text.index("evidence = [", text.index('id = "scope"\n'))
    path.write_text(text[:start] + "evidence = []" + text[text.index("\n", start) :])
    actions = content / "actions.toml"
    actions.write_text(actions.read_text().replace('"scope"', '"policy"', 1))
    with pytest.raises(ContentError) as caught:
        load(content)
    assert "an essential question needs evidence" in str(caught.value)


def test_a_clause_x_y_heads_findings_without_being_marked(tmp_path: Path) -> None:
    content = tmp_path / "content"
    shutil.copytree(shipped("questionnaires"), content)
    path = content / "iso-9001" / "clauses.toml"
    path.write_text(
        re.sub(r'^"5\.3" = "(.*)"$', r'"5.3" = { title = "\1", heads-finding = true }', path.read_text(), flags=re.MULTILINE)
    )
    with pytest.raises(ContentError, match=r"5\.3: a clause at the level x\.y heads findings anyway"):
        load(content)
