"""An audit and a review from before anything was there: an auditor asks, and no verdict moves."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from assessment.domain.answers import AnswerSheet, Evidence
from assessment.domain.early_deeds import early_deeds
from assessment.domain.profile import Profile
from assessment.domain.result import assess
from assessment.domain.rules import Rung
from assessment.reports.columns import finding_rows
from assessment.reports.json_file import to_data
from assessment.reports.outline.report import outline
from assessment.reports.summary import GapSummary, summarise
from assessment.reports.wording.doubts import doubts
from assessment.reports.wording.verdicts import verdict_of
from tests.domain.shipped import ISO_9001, ON, enough_but
from tests.reports.spoken import of_outline, squeezed
from tests.support.content import LIBRARY

AUDIT, REVIEW, SCOPE, POLICY = (f"iso-9001/{name}" for name in ("internal-audit", "management-review", "scope", "policy"))
SEPTEMBER = date(2026, 9, 1)
HELD = "iso-9001=2026|2028-05-31|2027-05-01|surveillance"


def dated(days: dict[str, date], sheet: AnswerSheet | None = None) -> AnswerSheet:
    sheet = sheet or enough_but()
    answers = {ref: replace(sheet.answers[ref], last_done=day) for ref, day in days.items()}
    return AnswerSheet(answers={**sheet.answers, **answers})


def with_paper(sheet: AnswerSheet, ref: str, *days: date) -> AnswerSheet:
    evidence = tuple(Evidence(title="Paper", where="", dated=day) for day in days)
    return AnswerSheet(answers={**sheet.answers, ref: replace(sheet.answers[ref], evidence=evidence)})


def summary(sheet: AnswerSheet, *certificates: str) -> GapSummary:
    told = {"people": ("45",)} | ({"certificates": certificates} if certificates else {})
    return summarise(assess(LIBRARY, [ISO_9001], sheet, Profile(values=told), ON), "Firm", "", ["iso-9001"])


def early(sheet: AnswerSheet) -> list[str]:
    return [deed.question.ref for deed in early_deeds(ISO_9001, sheet)]


def test_a_deed_before_the_first_day_of_what_stage_1_looks_at_is_asked_about() -> None:
    deeds = dated({AUDIT: date(2026, 1, 10), REVIEW: SEPTEMBER})
    assert early(deeds) == [], "nothing else has a day"
    assert early(with_paper(deeds, SCOPE, SEPTEMBER)) == [AUDIT], "a day that is the same is none before"
    assert early(with_paper(deeds, SCOPE, SEPTEMBER + timedelta(days=1))) == [AUDIT, REVIEW]


def test_one_older_paper_or_an_older_version_of_one_shows_that_the_system_was_there() -> None:
    deeds = with_paper(dated({AUDIT: date(2026, 1, 10)}), SCOPE, SEPTEMBER)
    assert early(deeds) == [AUDIT]
    assert early(with_paper(deeds, POLICY, date(2025, 11, 1))) == []
    assert early(with_paper(deeds, SCOPE, SEPTEMBER, date(2025, 11, 1))) == []


def test_a_deed_that_does_not_count_anyway_is_not_asked_about() -> None:
    planned = dated({AUDIT: date(2026, 1, 10)}, enough_but(internal_audit=Rung.DEFINED))
    assert early(with_paper(planned, SCOPE, SEPTEMBER)) == []


def test_page_and_documents_ask_and_the_verdict_stays() -> None:
    found = summary(with_paper(dated({AUDIT: date(2026, 1, 10)}), SCOPE, SEPTEMBER))
    standard = found.standards[0].result
    assert verdict_of(standard) == "Ready for stage 2"
    (said,) = doubts(standard)
    assert said == (
        "An auditor will ask about 9.2 Internal audit: it is dated 10 January 2026, before the first day that is named for "
        "anything stage 1 looks at, 1 September 2026. What was done before the system was there does not count (our judgement)."
    )
    assert squeezed(said) in squeezed(" ".join(of_outline(outline(found))))
    assert to_data(found)["standards"][0]["will-ask"] == [said]
    assert [row.reasons for row in finding_rows(found) if row.grade == "An auditor will ask"] == [(said,)]


def test_who_holds_a_certificate_has_newer_papers_every_year_and_is_not_asked() -> None:
    found = summary(with_paper(dated({AUDIT: date(2026, 1, 10)}), SCOPE, SEPTEMBER), HELD)
    assert doubts(found.standards[0].result) == ()


ESSENTIALS = ("scope", "processes", "policy", "objectives", "customer_requirements", "production_control", "release")


@pytest.mark.parametrize(("number", "is_said"), [(2, False), (3, True), (7, True)])
def test_several_essentials_only_on_paper_are_ready_by_the_rules_and_warned_of(number: int, *, is_said: bool) -> None:
    found = summary(enough_but(**dict.fromkeys(ESSENTIALS[:number], Rung.DEFINED)))
    standard = found.standards[0].result
    assert verdict_of(standard) == "Ready for stage 2"
    assert any("look like a system on paper" in text for text in doubts(standard)) is is_said
    rows = [row for row in finding_rows(found) if row.grade == "An auditor will ask"]
    assert [len(row.questions) for row in rows] == ([number] if is_said else [])


def test_beside_a_likely_major_nothing_is_said_of_paper() -> None:
    found = summary(enough_but(**dict.fromkeys(ESSENTIALS, Rung.DEFINED), internal_audit=Rung.ABSENT))
    assert found.standards[0].result.only_on_paper == ()
