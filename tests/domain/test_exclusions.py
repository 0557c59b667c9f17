"""What is said not to apply, and what an auditor would ask about that."""

import pytest

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.exclusions import Doubt, doubtful_exclusions, exclusions, left_out, sections, taken_back, words
from assessment.domain.profile import Profile
from assessment.domain.rules import Rung
from tests.domain.shipped import ENOUGH, ISO_9001, ISO_14001

DESIGN = [question for question in ISO_9001.questions if ISO_9001.clauses(question)[0].startswith("8.3")]


EMERGENCIES = ("emergency-drill", "emergency-equipment", "emergency-information")
ALL_OF_DESIGN = (Doubt(clause="8.3"),)


def without_design(reason: str = "we make only what customers draw", leave: int = 0) -> AnswerSheet:
    said = Answer(state=State.NOT_APPLICABLE, reason=reason)
    return AnswerSheet(answers={**ENOUGH.answers, **{question.ref: said for question in DESIGN[leave:]}})


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("n/a", 0),
        ("n/a n/a", 0),
        ("N.A. (n.a.)", 0),
        ("x x x x", 0),
        ("xxxx", 0),
        ("- - 4 4 4 4", 0),
        ("none none None NONE", 1),
        ("not applicable, does not apply", 1),
        ("does not apply here", 2),
        ("does not apply to us: customers specify everything", 6),
        ("...", 0),
        ("we do none", 3),
        ("customers specify everything we make", 5),
        ("Wir fertigen nach Kundenzeichnung", 4),
        ("不适用", 1),
        ("我们只按客户图纸生产", 5),
        ("不适用不适用不适用", 1),
        ("当社は図面どおりに加工します", 7),
        ("เราผลิตตามแบบของลูกค้าเท่านั้น", 8),
        ("ننتج حسب رسومات العميل فقط", 8),
    ],
)
def test_words_are_counted_in_any_script(text: str, count: int) -> None:
    assert words(text, ISO_9001.rules.gates.empty_words) == count


def test_a_reason_in_a_script_without_spaces_can_be_one_and_a_placeholder_cannot() -> None:
    for reason in ("我们只按客户图纸生产", "当社は図面どおりに加工します", "เราผลิตตามแบบของลูกค้าเท่านั้น"):
        assert {exclusion.reasoned for exclusion in exclusions(ISO_9001, without_design(reason))} == {True}, reason
    for reason in ("n/a n/a", "N.A. (n.a.)", "不适用", "does not apply to us", "x x x x", "tbd tbd tbd tbd"):
        assert {exclusion.reasoned for exclusion in exclusions(ISO_9001, without_design(reason))} == {False}, reason


def test_every_exclusion_is_listed_with_its_reason() -> None:
    listed = exclusions(ISO_9001, without_design())
    assert [exclusion.question for exclusion in listed] == DESIGN
    assert all(exclusion.reasoned for exclusion in listed)
    assert {exclusion.reasoned for exclusion in exclusions(ISO_9001, without_design("we design nothing"))} == {False}
    assert exclusions(ISO_9001, ENOUGH) == ()


@pytest.mark.parametrize(
    ("does", "doubts"),
    [
        ("We design and build trailers.", ALL_OF_DESIGN),
        ("Software for clinics", ALL_OF_DESIGN),
        ("Own recipes since 1950", ALL_OF_DESIGN),
        ("Turning to drawings of customers", ()),
        ("", ()),
        # A denied word is no claim, up to the end of its sentence.
        ("We bend sheet metal to customers’ designs; we do not design anything", ALL_OF_DESIGN),
        ("We bend sheet metal to drawings; we do not design anything", ()),
        ("We don’t design. We never develop; no construction. Nor software.", ()),
        ("Bending without own design", ()),
        ("We do not trade. We design trailers.", ALL_OF_DESIGN),
        ("Notable designs", ALL_OF_DESIGN),
    ],
)
def test_leaving_out_design_is_doubtful_where_the_firm_says_it_designs(does: str, doubts: tuple[Doubt, ...]) -> None:
    assert doubtful_exclusions(ISO_9001, without_design(), Profile(values={"what-it-does": (does,)})) == doubts


def test_leaving_out_design_is_doubtful_where_the_profile_says_that_it_is_done() -> None:
    for said, doubts in (("yes", ALL_OF_DESIGN), ("no", ())):
        assert doubtful_exclusions(ISO_9001, without_design(), Profile(values={"design": (said,)})) == doubts


@pytest.mark.parametrize(
    ("says", "doubted"),
    [
        ({"emergency-potential": ("serious",)}, {"hazardous-substances", "protective-equipment", *EMERGENCIES}),
        ({"emergency-potential": ("some",)}, {"hazardous-substances", *EMERGENCIES}),
        ({"emergency-potential": ("no",)}, set()),
        ({"permits": ("permit",)}, {"reports-to-authorities", "waste", "protective-equipment", "monitoring-equipment"}),
        ({"releases": ("air", "water")}, {"emissions-through-air", "waste-water"}),
        ({"design": ("yes",), "suppliers": ("much",)}, {"design-for-environment", "suppliers"}),
        ({"environmental-complexity": ("limited",), "permits": ("no",)}, set()),
        ({}, set()),
    ],
)
def test_an_auditor_asks_about_each_question_left_out_that_the_profile_speaks_for(
    says: dict[str, tuple[str, ...]], doubted: set[str]
) -> None:
    said = Answer(state=State.NOT_APPLICABLE, reason="nothing of that kind happens here")
    everything = AnswerSheet(answers={question.ref: said for question in ISO_14001.questions if question.may_not_apply})
    doubts = doubtful_exclusions(ISO_14001, everything, Profile(values=says))
    assert sorted(doubt.question.id for doubt in doubts if doubt.question) == sorted(doubted)
    assert len(doubts) == len(doubted)
    assert all(doubt.question and doubt.clause == ISO_14001.clauses(doubt.question)[0] for doubt in doubts)
    assert doubtful_exclusions(ISO_14001, AnswerSheet(), Profile(values=says)) == ()


def test_leaving_out_a_part_of_design_is_not_doubtful() -> None:
    profile = Profile(values={"what-it-does": ("We design trailers",)})
    assert doubtful_exclusions(ISO_9001, without_design(leave=1), profile) == ()
    assert doubtful_exclusions(ISO_9001, without_design(), Profile()) == ()


def test_a_section_can_be_left_out_where_every_one_of_several_questions_may_not_apply() -> None:
    assert [(section.clause, len(section.questions)) for section in sections(ISO_9001)] == [("7.1.5", 4), ("8.3", 8)]
    assert sections(ISO_14001) == ()
    for section in sections(ISO_9001):
        assert all(question.may_not_apply for question in section.questions)
        left = [q for q in ISO_9001.questions if ISO_9001.clauses(q)[0].startswith(f"{section.clause}.")]
        assert set(map(id, left)) <= set(map(id, section.questions))


def test_left_out_and_taken_back_an_answer_keeps_its_note_and_is_open() -> None:
    before = Answer(state=State.RUNG, rung=Rung.IN_USE, note="Drawn by Ada.", carried_from="iso-14001/policy")
    gone = left_out(before, "We have none.")
    assert gone == Answer(state=State.NOT_APPLICABLE, reason="We have none.", note="Drawn by Ada.")
    assert taken_back(gone) == Answer(note="Drawn by Ada.")
    assert taken_back(before) == before
