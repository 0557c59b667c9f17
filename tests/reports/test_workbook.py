"""The workbook: its formulas give the product's numbers, also after answers change in it, and texts stay texts."""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from unittest.mock import patch

import pytest
from xlsxwriter.utility import xl_rowcol_to_cell

from assessment.content import read_sample
from assessment.domain.answers import Answer, AnswerSheet, Evidence, State
from assessment.domain.findings import Grade
from assessment.domain.profile import Profile
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import Result, assess
from assessment.domain.rules import Rung
from assessment.domain.scoring import Score
from assessment.domain.standard_result import StandardResult
from assessment.reports.provenance import Provenance
from assessment.reports.summary import GapSummary, summarise
from assessment.reports.wording import verdicts
from assessment.reports.workbook import columns
from assessment.reports.workbook.answers import ALWAYS_SEEN, FIRST_ROW
from assessment.reports.workbook.plain_formulas import GrowingRows
from assessment.reports.xlsx_file import to_xlsx
from tests.reports.situations import shown_long_ago, stale
from tests.support.content import CONTENT, LIBRARY
from tests.support.office import Rows, filled_in, part_of, parts, recalculated, rows

SAMPLES = Path(__file__).parent.parent / "samples"
TODAY = date(2026, 11, 24)
PATHS = {"demo": CONTENT / "demo.toml", **{name: SAMPLES / f"{name}.toml" for name in ("hotel", "school", "builder")}}
SEEDS = range(4)
LONG_NAMES = ("x" * 200, "&" * 200, "👩🏽‍🏭" * 40, "3M\x07 &P", "审核" * 100)


def summary_of(result: Result, organisation: str = "Muster & Söhne") -> GapSummary:
    asked_for = [each.questionnaire.standard.id for each in result.standards]
    return summarise(result, organisation, "9.9", asked_for)


@cache
def sample(path: Path) -> Result:
    told = read_sample(path, LIBRARY, TODAY)
    return assess(LIBRARY, told.questionnaires, told.sheet, told.profile, TODAY)


def test_formulas_are_written_as_the_library_itself_would_write_them() -> None:
    summary = summary_of(sample(PATHS["demo"]))
    made = to_xlsx(summary)
    with patch("assessment.reports.workbook.look.PlainFormulas", GrowingRows):
        assert to_xlsx(summary) == made


def test_rows_are_high_enough_and_grow_with_what_people_type() -> None:
    sheets = {
        name: part for name, part in parts(to_xlsx(summary_of(sample(PATHS["demo"])))).items() if "/worksheets/sheet" in name
    }
    assert len(sheets) >= 7
    assert all(b' ht="' in part and b"customHeight" not in part for part in sheets.values())


def test_every_name_in_the_workbook_is_used_by_a_formula() -> None:
    told = parts(to_xlsx(summary_of(sample(PATHS["demo"]))))
    names = re.findall(r'<definedName name="(?!_xlnm)([^"]+)"', told["xl/workbook.xml"].decode())
    sheets = b"".join(part for name, part in told.items() if "/worksheets/sheet" in name).decode()
    formulas = " ".join(re.findall(r"<(?:f|formula1)>([^<]*)<", sheets))
    assert len(names) > 10
    assert set(names) <= set(re.findall("[a-z_]+", formulas))


def any_answer(chance: random.Random) -> Answer:
    state = chance.choice([State.RUNG] * 6 + [State.UNKNOWN, State.UNANSWERED, State.NOT_APPLICABLE])
    return Answer(
        state=state,
        rung=chance.choice(list(Rung)) if state is State.RUNG else None,
        reason=chance.choice(["", " ", "\n", "We do none."]),
    )


def any_result(chance: random.Random) -> Result:
    chosen = [
        LIBRARY.questionnaire(standard.id, chance.choice(standard.editions).id, chance.choice(list(QuestionPath)))
        for standard in LIBRARY.standards.values()
    ]
    good = chance.random() < 0.5  # half of them are near readiness, so that every verdict occurs
    answers = {
        question.ref: Answer(state=State.RUNG, rung=Rung.IN_USE) if good and chance.random() < 0.97 else any_answer(chance)
        for each in chosen
        for question in each.questions
    }
    return assess(LIBRARY, chosen, AnswerSheet(answers=answers), Profile(), TODAY)


def changed(data: bytes, result: Result, chance: random.Random) -> tuple[bytes, Result]:
    """The workbook of a result with a third of its answers changed by hand, and the product's own result for that sheet."""
    heads = rows(data, columns.ANSWERS)
    at = next(number for number, row in enumerate(heads) if columns.REF in row)
    place = {head: heads[at].index(head) for head in (columns.REF, columns.ANSWER, columns.REASON)}
    cells: dict[str, str | float] = {}
    answers = dict(result.sheet.answers)
    for number, row in enumerate(heads[at + 1 :], start=at + 1):
        if chance.random() < 0.3:
            ref, answer = row[place[columns.REF]], any_answer(chance)
            word = columns.answer_word(answer, LIBRARY.rules)
            cells[xl_rowcol_to_cell(number, place[columns.ANSWER])] = word
            cells[xl_rowcol_to_cell(number, place[columns.REASON])] = answer.reason
            answers[ref] = answer
    asked = [each.questionnaire for each in result.standards]
    assert len(cells) > 20
    again = assess(LIBRARY, asked, AnswerSheet(answers=answers), result.profile, TODAY)
    return filled_in(data, columns.ANSWERS, cells), again


@dataclass(frozen=True)
class Case:
    """A workbook, the product's result for its answers, and the one of its day, from before somebody changed answers."""

    data: bytes
    result: Result
    of_its_day: Result


@pytest.fixture(scope="module")
def cases() -> Mapping[str, Case]:
    results = {name: sample(path) for name, path in PATHS.items()}
    results |= {f"random-{seed}": any_result(random.Random(seed)) for seed in SEEDS}  # noqa: S311  # nothing secret
    results["empty"] = assess(LIBRARY, asked_in(results["demo"]), AnswerSheet(), Profile(), TODAY)
    found = {name: Case(to_xlsx(summary_of(result)), result, result) for name, result in results.items()}
    for name in ("demo", "hotel", *(f"random-{seed}" for seed in SEEDS)):
        data, again = changed(found[name].data, results[name], random.Random(name))  # noqa: S311  # nothing secret
        found[f"{name}, changed"] = Case(data, again, results[name])
    return found


def asked_in(result: Result) -> list[Questionnaire]:
    return [each.questionnaire for each in result.standards]


@pytest.fixture(scope="module")
def named() -> Mapping[str, bytes]:
    """The workbooks of organisations whose names have more letters, or others, than a header takes."""
    return {f"named-{number}": to_xlsx(told_with(name)) for number, name in enumerate(LONG_NAMES)}


@pytest.fixture(scope="module")
def calculated(
    cases: Mapping[str, Case], named: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, bytes]:
    """Every workbook of this module, recalculated in one start of LibreOffice."""
    others = {name: to_xlsx(summary_of(aged(name))) for name in AGED} | {"one standard": to_xlsx(of_one_standard()), **named}
    return recalculated({**{name: case.data for name, case in cases.items()}, **others}, tmp_path_factory.mktemp("office"))


AGED: Mapping[str, Callable[[Result], Result]] = {"done long ago": stale, "shown long ago": shown_long_ago}


@cache
def aged(name: str) -> Result:
    return AGED[name](sample(PATHS["demo"]))


def of_one_standard() -> GapSummary:
    result = sample(PATHS["school"])
    return summarise(result, "One", "9.9", [result.standards[0].questionnaire.standard.id])


def figures(score: Score) -> list[object]:
    low, high = (NOTHING if value is None else value for value in (score.low, score.high))
    counts = (score.answered, score.asked, score.excluded, score.earned_low, score.earned_high, score.possible)
    return [low, high, *counts]


NOTHING = "nothing applies"


def agree(sheet: Rows, result: StandardResult, of_its_day: StandardResult) -> None:
    """Every figure of a standard on the first sheet is the product's; verdict and findings are those of the day it was made."""
    name = result.questionnaire.standard.name
    told = [row for row in sheet if row[0] == name]
    expected = [
        ["", verdicts.verdict_of(of_its_day), *figures(result.score)],
        *([chapter.number, chapter.title, *figures(score)] for chapter, score in result.by_chapter),
        *(["", principle.title, *figures(score)] for principle, score in result.by_principle),
    ]
    assert [row[1:11] for row in told] == expected
    graded = [len(of_its_day.graded(grade)) for grade in (Grade.LIKELY_MAJOR, Grade.LIKELY_MINOR)]
    assert told[0][12:14] == graded


def names() -> list[str]:
    plain = [*PATHS, *(f"random-{seed}" for seed in SEEDS)]
    return [*plain, "empty", *(f"{name}, changed" for name in ("demo", "hotel", *(f"random-{seed}" for seed in SEEDS)))]


@pytest.mark.office
@pytest.mark.parametrize("name", names())
def test_recalculated_from_formulas_alone_the_sheet_gives_the_products_numbers(
    name: str, cases: Mapping[str, Case], calculated: Mapping[str, bytes]
) -> None:
    sheet = rows(calculated[name], "Summary")
    assert len(cases[name].result.standards) == 2
    for standard, of_its_day in zip(cases[name].result.standards, cases[name].of_its_day.standards, strict=True):
        agree(sheet, standard, of_its_day)


@pytest.mark.broad
@pytest.mark.parametrize("name", [*PATHS, "random-0", "empty"])
def test_viewers_that_do_not_calculate_show_the_same_numbers(name: str, cases: Mapping[str, Case]) -> None:
    for standard in cases[name].result.standards:
        agree(rows(cases[name].data, "Summary"), standard, standard)


@pytest.mark.office
@pytest.mark.parametrize("name", [*PATHS, *(f"random-{seed}" for seed in SEEDS)])
def test_every_kept_value_is_what_its_formula_gives(
    name: str, cases: Mapping[str, Case], calculated: Mapping[str, bytes]
) -> None:
    for sheet in (columns.ANSWERS, "How it is calculated"):
        kept, again = rows(cases[name].data, sheet), rows(calculated[name], sheet)
        assert kept == [row[: len(kept[0])] for row in again[: len(kept)]]


@pytest.mark.office
@pytest.mark.parametrize("name", AGED)
def test_a_deed_too_long_ago_counts_in_the_sheet_as_the_rules_let_it(name: str, calculated: Mapping[str, bytes]) -> None:
    result = aged(name)
    assert result.judged != result.sheet
    for standard in result.standards:
        agree(rows(calculated[name], "Summary"), standard, standard)


@pytest.mark.office
def test_an_old_answer_in_a_changed_sheet_would_not_pass(cases: Mapping[str, Case], calculated: Mapping[str, bytes]) -> None:
    with pytest.raises(AssertionError):
        agree(
            rows(calculated["demo"], "Summary"), cases["demo, changed"].result.standards[0], cases["demo"].result.standards[0]
        )


@pytest.mark.broad
def test_every_verdict_occurs_among_the_cases(cases: Mapping[str, Case]) -> None:
    told = {standard.verdict_range.worst for case in cases.values() for standard in case.result.standards}
    assert len(told) == 3


STRANGE = {
    "a formula": "=1+1",
    "a function": "@SUM(A1:A2)",
    "a plus": "+441234",
    "a minus": "-1",
    "a link": "https://example.org/?a=1&b=2",
    "a file link": "file:///etc/passwd",
    "a command": '=cmd|"/c calc"!A0',
    "markup": "<b>&amp;</b> #set \\ ]]> {=1+1}",
    "a control character": "a\x07b\x1fc",
    "what looks like an escape": "_x0041_ and _x005F_",
    "emoji": "👩🏽‍🏭 ✅",
    "Arabic": "مراجعة داخلية",
    "Chinese": "内部审核每年一次",
    "a long note": "x" * 4_990 + " the end.",
    "several lines": "first\n\n  second",
    "a number": "007",
    "a date": "2026-11-24",
    "a truth": "TRUE",
}


@cache
def harmless() -> bytes:
    """The workbook of a summary whose texts nobody could take for anything else."""
    return to_xlsx(told_with("harmless"))


def told_with(text: str) -> GapSummary:
    """A summary with a text wherever people can write one."""
    result = sample(PATHS["demo"])
    ref = next(iter(result.standards[0].questionnaire.by_ref))
    evidence = (Evidence(title=text, where=text, dated=TODAY), Evidence(title=text, dated=date(1850, 3, 1)))
    answer = Answer(state=State.RUNG, rung=Rung.ABSENT, reason=text, who=text, note=text, evidence=evidence)
    sheet = AnswerSheet(answers={**result.sheet.answers, ref: answer})
    again = assess(LIBRARY, asked_in(result), sheet, result.profile, TODAY)
    return replace(summary_of(again, text), provenance=Provenance(assessment_id="a-1", versions={ref: 7}))


@pytest.mark.parametrize("text", STRANGE.values(), ids=STRANGE)
def test_a_text_is_kept_letter_by_letter_and_is_never_a_formula_or_a_link(text: str) -> None:
    data, plain = to_xlsx(told_with(text)), harmless()
    table = rows(data, columns.ANSWERS)
    heads = next(row for row in table if columns.REF in row)
    row = dict(zip(heads, table[table.index(heads) + 1], strict=True))
    first, second = columns.evidence_columns(1), columns.evidence_columns(2)
    for head in (columns.REASON, columns.WHO, columns.NOTE, first.title, first.where, second.title):
        assert row[head] == text, head
    assert (row[first.dated], row[second.dated]) == (TODAY, "1850-03-01")
    assert row[columns.VERSION] == 7
    formulas = [sum(content.count(b"<f>") for content in parts(each).values()) for each in (data, plain)]
    assert formulas[0] == formulas[1]
    assert not [name for name, content in parts(data).items() if b"hyperlink" in content]


@pytest.mark.office
def test_any_name_fits_into_headers_and_title(named: Mapping[str, bytes], calculated: Mapping[str, bytes]) -> None:
    for name, (book, data_here) in zip(LONG_NAMES, named.items(), strict=True):
        for data in (data_here, calculated[book]):
            assert rows(data, "Summary")[0][0] == f"Gap summary of {name}"
            assert b"oddHeader" in parts(data)["xl/worksheets/sheet1.xml"]


def test_a_text_no_cell_can_hold_says_how_much_is_missing() -> None:
    result = sample(PATHS["demo"])
    many = tuple(Evidence(title="Wide " * 60, where="Shelf " * 49, dated=TODAY) for _ in range(60))
    answers = {ref: replace(answer, evidence=many) for ref, answer in result.sheet.answers.items()}
    again = assess(LIBRARY, asked_in(result), AnswerSheet(answers=answers), result.profile, TODAY)
    longest = max((str(cell) for row in rows(to_xlsx(summary_of(again)), "Findings") for cell in row), key=len)
    assert len(longest) == 32_767
    assert longest.endswith("see the sheet Answers)")


def test_the_same_summary_gives_the_same_bytes() -> None:
    summary = summary_of(sample(PATHS["hotel"]))
    assert to_xlsx(summary) == to_xlsx(summary)


@pytest.mark.office
def test_one_standard_alone_makes_a_whole_workbook(calculated: Mapping[str, bytes]) -> None:
    first = sample(PATHS["school"]).standards[0]
    agree(rows(calculated["one standard"], "Summary"), first, first)


def test_evidence_that_is_folded_away_has_its_look_by_column_and_no_cells() -> None:
    made = to_xlsx(told_with("Muster"))
    answers = parts(made)[part_of(made, columns.ANSWERS)].decode()
    head = rows(made, columns.ANSWERS)[FIRST_ROW - 1]
    seen, folded = (columns.evidence_columns(number) for number in (ALWAYS_SEEN, ALWAYS_SEEN + 1))
    for name, same in ((folded.title, seen.title), (folded.where, seen.where), (folded.dated, seen.dated)):
        at, beside = head.index(name), head.index(same)
        column = re.search(rf'<col min="{at + 1}" max="{at + 1}" width="[^"]*" style="(\d+)" hidden="1"', answers)
        cell = re.search(rf'<c r="{xl_rowcol_to_cell(FIRST_ROW, beside)}" s="(\d+)"', answers)
        assert column
        assert cell
        assert column[1] == cell[1]
        assert f'<c r="{xl_rowcol_to_cell(FIRST_ROW - 1, at)}"' in answers
        assert f'<c r="{xl_rowcol_to_cell(FIRST_ROW, at)}"' not in answers


def test_the_sheet_offers_the_words_of_the_ladder_and_says_what_it_is() -> None:
    files = parts(to_xlsx(told_with("Muster")))
    answers = files["xl/worksheets/sheet5.xml"].decode()
    assert "<formula1>words_all</formula1>" in answers
    assert "<formula1>words_asked</formula1>" in answers
    assert 'state="frozen"' in answers
    assert "<autoFilter " in answers
    assert "Gap summary of Muster" in files["docProps/core.xml"].decode()
    assert "2026-11-24T00:00:00Z" in files["docProps/core.xml"].decode()
    assert not [name for name in files if "vba" in name.lower()]
