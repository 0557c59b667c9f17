"""The words for how near an organisation is to an audit."""

from assessment.domain.verdict import Verdict


def test_verdicts_are_ordered_from_far_to_near() -> None:
    assert Verdict.TOO_EARLY < Verdict.READY_FOR_STAGE_1 < Verdict.READY_FOR_STAGE_2


def test_downloads_name_a_verdict_by_a_word_that_does_not_change() -> None:
    assert [verdict.id for verdict in Verdict] == ["too-early", "ready-for-stage-1", "ready-for-stage-2"]
