"""Everything about one standard together, on the demo."""

from assessment.domain.exclusions import exclusions
from assessment.domain.findings import Grade, findings, not_shown_yet, nothing_to_show_yet
from assessment.domain.fit import fit
from assessment.domain.freshness import freshness
from assessment.domain.scoring import score, score_by_chapter, score_by_principle
from assessment.domain.standard_result import standard_result
from assessment.domain.stops import stops
from assessment.domain.tally import Tally
from assessment.domain.verdict_range import next_verdict, verdict_range
from tests.domain.shipped import DEMO, ON
from tests.support.content import LIBRARY


def test_a_result_of_a_standard_holds_what_each_rule_says() -> None:
    assert len(DEMO.questionnaires) == 2
    for questionnaire in DEMO.questionnaires:
        each = standard_result(LIBRARY, questionnaire, DEMO.sheet, DEMO.profile, ON)
        assert each.score == score(questionnaire, DEMO.sheet)
        rungs = DEMO.sheet.applying(questionnaire.questions)
        assert each.by_chapter == score_by_chapter(questionnaire, rungs)
        assert each.by_principle == score_by_principle(questionnaire, rungs)
        assert each.findings == findings(questionnaire, DEMO.sheet, ON)
        assert each.not_shown_yet == not_shown_yet(questionnaire, DEMO.sheet)
        assert each.nothing_to_show_yet == nothing_to_show_yet(questionnaire, DEMO.sheet)
        assert each.exclusions == exclusions(questionnaire, DEMO.sheet)
        assert each.stops == stops(Tally(questionnaire, DEMO.sheet))
        assert each.verdict_range == verdict_range(Tally(questionnaire, DEMO.sheet))
        assert each.next == next_verdict(Tally(questionnaire, DEMO.sheet))
        assert each.freshness == freshness(questionnaire, DEMO.sheet)
        assert each.fit == fit(questionnaire.standard, DEMO.profile, LIBRARY.profile_questions)
        assert each.graded(Grade.LIKELY_MAJOR) == tuple(f for f in each.findings if f.grade is Grade.LIKELY_MAJOR)
