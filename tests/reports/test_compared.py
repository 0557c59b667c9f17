"""Two standards side by side: what is shown of topics that several questions ask about."""

from assessment.domain.answers import AnswerSheet, on_rung
from assessment.domain.question_path import QuestionPath
from assessment.domain.rules import Rung
from assessment.reports.comparison_view import by_answer
from tests.support.content import LIBRARY
from tests.support.opener import Browser

QUALITY = LIBRARY.questionnaire("iso-9001", "2026", QuestionPath.FULL)


def test_an_answer_to_several_questions_stands_once_with_all_their_clauses() -> None:
    asked = [each for each in QUALITY.questions if each.topic is not None and each.topic.topic.id == "design"]
    assert len(asked) > 4
    sheet = AnswerSheet(answers={asked[1].ref: on_rung(Rung.IN_USE)})
    (told,) = by_answer(QUALITY, asked, AnswerSheet(answers={}), lambda *_: "Does not apply")
    assert told == ("Does not apply", ", ".join(dict.fromkeys(number for each in asked for number in QUALITY.clauses(each))))
    first = by_answer(QUALITY, asked, sheet, lambda answer, _: "In use" if answer.rung else "Does not apply")
    assert [text for text, _ in first] == ["Does not apply", "In use"]
    assert first[1][1] == ", ".join(QUALITY.clauses(asked[1]))
    assert by_answer(QUALITY, [], sheet) == []
    assert [text for text, _ in by_answer(QUALITY, asked, sheet)] == ["Not answered yet", "In use"]


def test_the_page_says_a_reason_once_for_a_topic(browser: Browser) -> None:
    hub = browser.start_sample()
    reason = "Customers specify coating and parts; we develop nothing."
    page = browser.open(hub + "compare/iso-9001/iso-14001")
    assert page.text.count(f"Does not apply: {reason} (8.3.1, 8.3.2, 8.3.3, 8.3.4, 8.3.5, 8.3.6)") == 1
    assert page.text.count(reason) == 1
