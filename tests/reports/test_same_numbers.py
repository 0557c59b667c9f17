"""Every format is read back, and all of them show the same numbers: those that were decided."""

import csv
import io
import json
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from typing import Any
from unittest.mock import patch

import docx
import pytest
from docx.oxml.ns import qn
from python_calamine import CalamineWorkbook

from assessment.domain.findings import Grade
from assessment.reports import bundle, csv_file, plan_files
from assessment.reports.bundle import to_bundle
from assessment.reports.formats import FORMATS
from assessment.reports.summary import GapSummary
from assessment.reports.wording import scores, verdicts
from assessment.reports.wording.advice import headline_in_words
from assessment.reports.worksheet_files import WORKSHEET_FORMATS
from assessment.reports.worksheet_summary import WorksheetSummary
from tests.reports.situations import SITUATIONS, situation
from tests.support.sheets import words_of

# What is compared: the advice, and for each standard, by the name of its edition, each figure as text.
Numbers = tuple[str, dict[str, dict[str, str]]]
LABELS = (
    "Score",
    "Verdict",
    "Would stop stage 1",
    "Likely majors",
    "Likely minors",
    "Not shown yet",
    "Worth another look",
    "Met",
    "Not known yet",
    "Does not apply",
    "Certificate, at the earliest",
)

OFF_THE_WAY, HELD = "not on the chosen way", "held already"


def decided(summary: GapSummary) -> Numbers:
    """What the domain decided, counted without the summary."""
    result = summary.result
    shown = {each.result.questionnaire.standard.id for each in summary.standards}
    found = {}
    for each in result.standards:
        questionnaire = each.questionnaire
        if questionnaire.standard.id not in shown:
            continue
        dates = summary.timeline.calendar.milestones.get(questionnaire.standard.id)
        applying = [question for question in questionnaire.questions if result.sheet.applies(question)]
        still_open = [question for question in applying if result.sheet.is_open(question)]
        short = [question for question in applying if result.judged.is_gap(question)]
        grades = Counter(finding.grade for finding in each.findings)
        found[questionnaire.edition.name] = {
            "Score": scores.percent_range(each.score),
            "Verdict": verdicts.verdict_of(each),
            "Would stop stage 1": str(len(each.stops)),
            "Likely majors": str(grades[Grade.LIKELY_MAJOR]),
            "Likely minors": str(grades[Grade.LIKELY_MINOR]),
            "Not shown yet": str(len(each.not_shown_yet)),
            "Worth another look": str(len(each.worth_another_look)),
            "Met": str(len(applying) - len(still_open) - len(short)),
            "Not known yet": str(len(still_open)),
            "Does not apply": str(len(questionnaire.questions) - len(applying)),
            "Certificate, at the earliest": dates.certificate.isoformat() if dates else OFF_THE_WAY,
        }
    return headline_in_words(result), found


def iso(day: str) -> str:
    """A day as ISO writes it, from either way of writing it; what stands for none is the same for both reasons."""
    if day in (OFF_THE_WAY, HELD):
        return OFF_THE_WAY
    try:
        return date.fromisoformat(day).isoformat()
    except ValueError:
        return datetime.strptime(day, "%d %B %Y").date().isoformat()  # noqa: DTZ007  # a day has no zone


def from_table(rows: list[list[str]]) -> dict[str, dict[str, str]]:
    """The key figures from a table: a head with the editions, and a row for each label."""
    head = next(row for row in rows if row[:1] in (["Edition"], ["Figure"]))
    found: dict[str, dict[str, str]] = {name: {} for name in head[1:] if name}
    for row in rows:
        if row and row[0] in LABELS:
            for name, value in zip(found, row[1:], strict=False):
                found[name].setdefault(row[0], iso(value) if row[0].startswith("Certificate") else value)
    return found


def read_csv(content: bytes, _summary: GapSummary, between: str = ",") -> Numbers:
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=between))
    (advice,) = (row[1] for row in rows if row[:1] == ["Advice"])
    head = rows.index(next(row for row in rows if row[:3] == ["Standard", "Edition", "Clause"]))
    found = from_table(rows[:head])
    listed = Counter((row[1], row[4]) for row in rows[head + 1 :])
    for name, figures in found.items():
        for grade, label in (
            ("Likely major", "Likely majors"),
            ("Likely minor", "Likely minors"),
            ("Would stop stage 1", "Would stop stage 1"),
            ("Not shown yet", "Not shown yet"),
            ("Worth another look", "Worth another look"),
        ):
            assert listed[name, grade] == int(figures[label]), (name, grade)
    return advice, found


def read_csv_with_semicolons(content: bytes, summary: GapSummary) -> Numbers:
    return read_csv(content, summary, ";")


def read_json(content: bytes, _summary: GapSummary) -> Numbers:
    said = json.loads(content)
    titles = {verdict.id: str(text) for verdict, text in verdicts.VERDICTS.items()}
    found = {}
    for each in said["standards"]:
        score, worst, best = each["score"], titles[each["verdict"]["worst"]], titles[each["verdict"]["best"]]
        low, high = score["low"], score["high"]
        grades = Counter(finding["grade"] for finding in each["findings"])
        percent = f"{low} %" if low == high else f"{low} to {high} %"
        held = each["standard"] in {one["standard"] for one in said["held"]}
        unsaid = score["asked"] > 0 and score["answered"] == 0
        verdict = worst if worst == best else f"{worst}, at best {best[0].lower()}{best[1:]}"
        dates = said["calendar"]["standards"].get(each["standard"], {})
        # What is held, what had its stage 2, and where nothing is answered, has a verdict that no answer gives.
        without = held or unsaid or dates.get("stage-2", said["date"]) < said["date"]
        assert without is (each["verdict"]["in-words"] != verdict)
        found[each["edition-name"]] = {
            "Score": percent if low is not None else "nothing applies",
            "Verdict": each["verdict"]["in-words"] if without else verdict,
            "Would stop stage 1": str(len(each["stops"])),
            "Likely majors": str(grades["likely-major"]),
            "Likely minors": str(grades["likely-minor"]),
            "Not shown yet": str(len(each["not-shown-yet"])),
            "Worth another look": str(len(each["worth-another-look"])),
            "Met": str(len(each["met"])),
            "Not known yet": str(len(each["not-known"])),
            "Does not apply": str(len(each["does-not-apply"])),
            "Certificate, at the earliest": said["calendar"]["standards"]
            .get(each["standard"], {})
            .get("certificate", OFF_THE_WAY),
        }
    return said["advice"]["headline"], found


# How the PDF heads its lists, and how a row of them begins: with its clauses.
PARTS = ("The plan", "What does not apply", "What is not known", "How it was calculated")
ROW = re.compile(r"^\d+(\.\d+)+(, \d+(\.\d+)+)* ", re.MULTILINE)
# How lists of questions begin an entry, after a bullet: with its clauses; and what such lists are headed.
ENTRY = re.compile(r"^\W*(?:\d+(\.\d+)+(, \d+(\.\d+)+)*: |The system as a whole)")
LISTS = ("What would stop stage 1", "Not shown yet", "Nothing to show yet", "Worth another look")


def read_pdf(content: bytes, summary: GapSummary) -> Numbers:
    # Typst joins some figures with a character that is not seen.
    pages = [words.replace("\u2060", "") for words in words_of(content)]
    first = " ".join(pages[1].split())
    names = [each.result.questionnaire.edition.name for each in summary.standards]
    rows: dict[tuple[str, str], int] = Counter()
    part = about = listing = ""
    for line in "\n".join(pages[3:]).splitlines():
        title = line.removeprefix(_running_head(pages))
        if title.startswith("Findings: "):
            about = title.removeprefix("Findings: ")
        listing = title if title in LISTS else listing
        if ENTRY.match(line):
            rows[listing, about] += 1
        if title == part:  # it stands again at the head of each page, in the midst of a list
            continue
        if title in PARTS or title in [f"Met: {name}" for name in names] or re.fullmatch(r"What .* share", title):
            part, _, about = title.partition(": ")
        elif line in names:
            about = line
        elif ROW.match(line):
            rows[part, about] += 1
    found = {}
    for name, each in zip(names, summary.standards, strict=True):
        standard = each.result.questionnaire.standard.name
        panel = re.search(rf"{re.escape(name)} (.+?) (\d+ %|\d+ to \d+ %|nothing applies) ", first)
        assert panel
        own = re.split("|".join(map(re.escape, names)), first[panel.end() :])[0]
        grades = re.search(r"Likely major (\d+) Likely minor (\d+)", own)
        certificate = re.search(rf"The earliest dates .*?{standard} \d+ \w+ \d+ \d+ \w+ \d+ (\d+ \w+ \d+)", first)
        assert bool(grades) != each.result.score.nothing_answered
        assert bool(certificate) == (each.result.questionnaire.standard.id in summary.result.on_the_way)
        found[name] = {
            "Score": panel[2],
            "Verdict": panel[1],
            "Would stop stage 1": str(rows["What would stop stage 1", name]),
            "Likely majors": grades[1] if grades else "0",
            "Likely minors": grades[2] if grades else "0",
            "Not shown yet": str(rows["Not shown yet", name]),
            "Worth another look": str(rows["Worth another look", name]),
            "Met": str(rows["Met", name]),
            "Not known yet": str(rows["What is not known", name]),
            "Does not apply": str(rows["What does not apply", name]),
            "Certificate, at the earliest": iso(certificate[1]) if certificate else OFF_THE_WAY,
        }
    advice = first.split("Which standard, and why? ", 1)[1]
    wanted = headline_in_words(summary.result)
    return advice[: len(wanted)], found


def _running_head(pages: list[str]) -> str:
    """What stands before the title of a part at the head of each page: the short name of the organisation."""
    return pages[1].split("On one page", 1)[0]


def read_markdown(content: bytes, summary: GapSummary) -> Numbers:
    lines = [
        Line(
            level=len(line) - len(line.lstrip("#")),
            text=line.lstrip("# ").replace("**", "").replace("\\", ""),
            cells=_cells(line),
        )
        for line in content.decode().splitlines()
    ]
    return from_outline(lines, summary)


def _cells(line: str) -> list[str]:
    return [cell.strip(" *") for cell in line.strip("|").split(" | ")] if line.startswith("|") else []


def read_docx(content: bytes, summary: GapSummary) -> Numbers:
    lines = []
    document = docx.Document(io.BytesIO(content))
    levels = {style.style_id: _level(style.name or "") for style in document.styles}
    for each in document.element.body:
        if each.tag == qn("w:tbl"):
            # The library finds the cells of a row by looking at the whole table again; none of ours spans several.
            assert not list(each.iter(qn("w:gridSpan"), qn("w:vMerge")))
            cells = [[list(cell.iter(qn("w:p"))) for cell in row.iter(qn("w:tc"))] for row in each.iter(qn("w:tr"))]
            rows = [["\n".join(map(_typed, paragraphs)) for paragraphs in row] for row in cells]
            lines += [Line(level=0, text=" ".join(row), cells=row) for row in rows]
        elif each.tag == qn("w:p"):
            lines.append(Line(level=levels.get(each.style, 0), text=_typed(each), cells=[]))
    return from_outline(lines, summary)


_BLANKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n"}


def _typed(paragraph: Any) -> str:
    """The text of a paragraph; the library asks for each run by itself, which takes ten times as long."""
    return "".join(_BLANKS.get(part.tag) or part.text or "" for part in paragraph.iter(qn("w:t"), *_BLANKS))


def _level(style: str) -> int:
    found = re.fullmatch(r"Heading (\d)", style)
    return int(found[1]) + 1 if found else 0


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line of a document: a heading of a level from 2 on, a row of a table, or text (level 0)."""

    level: int
    text: str
    cells: list[str]


def from_outline(lines: list[Line], summary: GapSummary) -> Numbers:
    """The numbers of a document with headings and tables. Findings and rows are counted under their headings."""
    names = [each.result.questionnaire.edition.name for each in summary.standards]
    counted: Counter[tuple[str, str]] = Counter()
    entries: Counter[tuple[str, str]] = Counter()
    part = about = listing = ""
    found: dict[str, dict[str, str]] = {}
    for place, line in enumerate(lines):
        listing = line.text if line.level else listing
        if ENTRY.match(line.text):
            entries[listing, about] += 1
        if line.level == 2:
            part, _, about = line.text.partition(": ")
        elif line.level and line.text in names and part != "On one page":
            about = line.text
        elif line.level and part == "Findings":
            counted[" ".join(re.split(r" (?=\d)", line.text)[:1]), about] += 1
        elif line.cells and ROW.match(f"{line.cells[0]} "):
            counted[part, about] += 1
        elif part == "On one page" and line.level and line.text in names:
            verdict, score = [each.text for each in lines[place + 1 :] if each.text][:2]
            found[line.text] = {"Verdict": verdict, "Score": score}
    for name, each in zip(names, summary.standards, strict=True):
        standard = each.result.questionnaire.standard.name
        days = [line.cells[3] for line in lines if line.cells[:1] == [standard] and len(line.cells) == 4]
        assert bool(days) == (each.result.questionnaire.standard.id in summary.result.on_the_way)
        found[name] |= {
            "Would stop stage 1": str(entries["What would stop stage 1", name]),
            "Likely majors": str(counted["Likely major", name]),
            "Likely minors": str(counted["Likely minor", name]),
            "Not shown yet": str(entries["Not shown yet", name]),
            "Worth another look": str(entries["Worth another look", name]),
            "Met": str(counted["Met", name]),
            "Not known yet": str(counted["What is not known", name]),
            "Does not apply": str(counted["What does not apply", name]),
            "Certificate, at the earliest": iso(days[0]) if days else OFF_THE_WAY,
        }
    asked = [place for place, line in enumerate(lines) if line.level == 3 and line.text == "Which standard, and why?"]
    advice = next(line.text for line in lines[asked[0] + 1 :] if line.text)
    return advice.removesuffix("."), found


def read_short_pdf(content: bytes, summary: GapSummary) -> Numbers:
    """The figures stand on the last page, under the name of each edition; the advice on the first after the cover."""
    pages = [words.replace("\u2060", "") for words in words_of(content)]
    first = " ".join(pages[1].split())
    wanted = headline_in_words(summary.result)
    advice = first.split("Which standard, and why? ", 1)[1][: len(wanted)]
    at = next(place for place, page in enumerate(pages) if "The figures, and their limits" in page and place > 1)
    return advice, _figures(" ".join(" ".join(pages[at:]).split()), summary)


def read_short_docx(content: bytes, summary: GapSummary) -> Numbers:
    lines = [paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs]
    advice = lines[lines.index("Which standard, and why?") + 1].removesuffix(".")
    text = " ".join(spoken_words(content).split())
    return advice, _figures(text.rpartition("The figures, and their limits")[2], summary)


def spoken_words(content: bytes) -> str:
    """Every paragraph of a Word document in order, those in tables too."""
    body = docx.Document(io.BytesIO(content)).element.body
    return "\n".join("".join(part.text or "" for part in each.iter(qn("w:t"))) for each in body.iter(qn("w:p")))


def _figures(text: str, summary: GapSummary) -> dict[str, dict[str, str]]:
    """The figures of each edition from a text that names the edition and then each label with its value."""
    labels = "|".join(map(re.escape, (*LABELS, "Answered")))
    editions = "|".join(re.escape(each.result.questionnaire.edition.name) for each in summary.standards)
    found = {}
    for each in summary.standards:
        name = each.result.questionnaire.edition.name
        part = text.partition(f"{name} Score")[2]
        told: dict[str, str] = {}
        for label, value in re.findall(
            rf"({labels}):? (.*?)(?= (?:{labels}):? | (?:{editions}) Score| The limits)", f"Score{part}"
        ):
            told.setdefault(label, iso(value) if label == LABELS[-1] else value)
        told.pop("Answered")
        found[name] = told
    return found


def read_xlsx(content: bytes, _summary: GapSummary) -> Numbers:
    """Counted from the lists of the workbook, not only read from its summary."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    sheets: dict[str, list[list[Any]]] = {
        name: book.get_sheet_by_name(name).to_python() for name in ("Summary", "Findings", "Answers")
    }
    lines = [str(row[0]) for row in sheets["Summary"]]
    head = lines.index("Standard")
    findings, answers = (_records(sheets[name]) for name in ("Findings", "Answers"))
    editions = {name.partition(":")[0]: name for name in _editions(lines[1])}
    found = {}
    for row in sheets["Summary"][head + 1 : lines.index("", head)]:
        of = dict(zip(map(str, sheets["Summary"][head]), row, strict=True))
        name = str(of["Standard"])
        low, high = (f"{of[end]:g}" if of[end] != "" else "" for end in ("Certain", "Possible"))
        grades = Counter(each["Grade"] for each in findings if each["Standard"] == name)
        applying = [each for each in answers if each["Standard"] == name and each["Applies"]]
        day = re.search(rf"^{name}: .* certificate on (.*) at the earliest", "\n".join(lines), re.MULTILINE)
        alike = ("Would stop stage 1", "Not shown yet", "Worth another look")
        listed = [grades[grade] for grade in (*alike, "Likely major", "Likely minor")]
        assert listed == [of[head] for head in (*alike, "Likely majors", "Likely minors")]
        found[editions[name]] = {
            "Score": (f"{low} %" if low == high else f"{low} to {high} %") if low else "nothing applies",
            "Verdict": str(of["Verdict"]),
            "Would stop stage 1": str(grades["Would stop stage 1"]),
            "Likely majors": str(grades["Likely major"]),
            "Likely minors": str(grades["Likely minor"]),
            "Not shown yet": str(grades["Not shown yet"]),
            "Worth another look": str(grades["Worth another look"]),
            "Met": str(sum(bool(each["Answered"]) and not each["Short of enough"] for each in applying)),
            "Not known yet": f"{of['Asked'] - of['Answered']:g}",
            "Does not apply": f"{of['Does not apply']:g}",
            "Certificate, at the earliest": iso(day[1]) if day else OFF_THE_WAY,
        }
    advice = lines[next(place for place, line in enumerate(lines) if line.startswith("Advice and next steps")) + 1]
    return advice.partition(". ")[0], found


def _records(rows: list[list[Any]]) -> list[dict[str, Any]]:
    head = next(place for place, row in enumerate(rows) if row[0] == "Standard")
    return [dict(zip(map(str, rows[head]), row, strict=True)) for row in rows[head + 1 :] if row[0]]


def _editions(line: str) -> list[str]:
    """The editions that the second line of the workbook names: after the day, before the limits."""
    return line.split(". ")[1].split(", ")


def read_zip(content: bytes, summary: GapSummary) -> Numbers:
    """Each file in it is the one that is handed out by itself; the note and the plan are read here."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name.rpartition("/")[2]: archive.read(name) for name in archive.namelist()}
    note = files.pop("README.txt").decode()
    plan = files.pop("plan.csv").decode("utf-8-sig")
    assert files.pop("plan.ics") == plan_files.to_ics(summary)
    assert files.pop("plan.semicolons.csv") == plan_files.to_csv(summary, csv_file.SEMICOLONS)
    for filled in summary.worksheets:
        told = WorksheetSummary(organisation=summary.organisation, on=summary.on, filled=filled, letterhead=summary.letterhead)
        for ending, made in WORKSHEET_FORMATS.items():
            assert files.pop(f"{filled.worksheet.id}.{ending}") == made.write(told, "")
            assert f"{filled.worksheet.id}.{ending}" in note
    assert {name.partition(".")[2]: content for name, content in files.items()} == {
        ending: written(summary, ending) for ending in FORMATS if ending != "zip"
    }
    advice, found = read_csv(files["findings.csv"], summary)
    for name, figures in found.items():
        part = note.split(f"\n{name}\r", 1)[1]
        for label in LABELS[:-1]:
            assert re.search(rf"^  {label}: (.*)\r$", part, re.MULTILINE)[1] == figures[label]  # type: ignore[index]
        assert figures["Certificate, at the earliest"] == OFF_THE_WAY or figures["Certificate, at the earliest"] in plan
    return advice, found


Writing = Callable[[GapSummary], bytes]
_written: dict[tuple[int, Writing], bytes] = {}


def written(summary: GapSummary, ending: str) -> bytes:
    """A summary in a format, written once; the situations stay as they are."""
    with patch("assessment.reports.bundle.to_bundle", _of_what_was_written):
        return _once(FORMATS[ending].write, summary)


def _once(write: Writing, summary: GapSummary) -> bytes:
    key = (id(summary), write)
    if key not in _written:
        _written[key] = write(summary)
    return _written[key]


def _of_what_was_written(summary: GapSummary, parts: Sequence[bundle.Part]) -> bytes:
    """The bundle, whose parts are asked of their own writers and written once, too."""
    return to_bundle(summary, [replace(part, write=partial(_once, part.write)) for part in parts])


# A format without a reader here fails the first test.
READERS: Mapping[str, Callable[[bytes, GapSummary], Numbers]] = {
    "short.pdf": read_short_pdf,
    "short.docx": read_short_docx,
    "pdf": read_pdf,
    "xlsx": read_xlsx,
    "docx": read_docx,
    "md": read_markdown,
    "csv": read_csv,
    "semicolons.csv": read_csv_with_semicolons,
    "json": read_json,
    "zip": read_zip,
}


def test_every_format_is_read_back() -> None:
    assert set(READERS) == set(FORMATS)


# A situation stays with one process, so that each of its files is written once, for itself and for the ZIP.
KEPT_TOGETHER = [pytest.param(name, marks=pytest.mark.xdist_group(f"numbers of {name}")) for name in SITUATIONS]


@pytest.mark.parametrize("ending", READERS)
@pytest.mark.parametrize("name", KEPT_TOGETHER)
def test_a_format_shows_the_numbers_that_were_decided(name: str, ending: str) -> None:
    summary = situation(name)
    assert READERS[ending](written(summary, ending), summary) == decided(summary)


@pytest.mark.parametrize("name", KEPT_TOGETHER)
def test_nothing_is_met_and_found_short_at_once(name: str) -> None:
    for standard in situation(name).standards:
        short = {question.ref for line in standard.findings for question in line.questions}
        assert short.isdisjoint(line.question.ref for line in standard.met)


@pytest.mark.xdist_group("numbers of demo")
@pytest.mark.usefixtures("made_anew")
@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_summary_gives_the_same_file(ending: str) -> None:
    summary = situation("demo")
    assert FORMATS[ending].write(summary) == written(summary, ending)


@pytest.mark.xdist_group("numbers of hostile")
def test_texts_that_break_things_give_the_same_files_again() -> None:
    summary = situation("hostile")
    for ending in FORMATS:
        assert FORMATS[ending].write(summary) == written(summary, ending), ending


@pytest.mark.xdist_group("numbers of demo")
@pytest.mark.parametrize("ending", FORMATS)
def test_a_file_is_about_as_large_as_the_page_of_downloads_says(ending: str) -> None:
    assert 0.7 < len(written(situation("demo"), ending)) / 1000 / FORMATS[ending].kilobytes < 1.4
