"""What a document has to say, read from the receipt of the same summary without the words of the product."""

from collections.abc import Mapping
from datetime import date
from typing import Any

GRADES = {"likely-major": "Likely major", "likely-minor": "Likely minor"}
Rows = list[list[str]]


def percent(score: Mapping[str, Any]) -> str:
    low, high = score["low"], score["high"]
    return "nothing applies" if low is None else f"{low} %" if low == high else f"{low} to {high} %"


def day(text: str) -> str:
    return f"{date.fromisoformat(text).day} {date.fromisoformat(text):%B %Y}"


def chapters(data: Mapping[str, Any]) -> Rows:
    """The cells of each chapter, a column for each standard."""
    numbers = dict.fromkeys(number for each in data["standards"] for number in each["by-chapter"])
    scores = [[each["by-chapter"].get(number) for each in data["standards"]] for number in numbers]
    return [
        [cell for s in row for cell in ((percent(s), f"{s['answered']} of {s['asked']}") if s else ("–", "–"))]
        for row in scores
    ]


def principles(standard: Mapping[str, Any]) -> Rows:
    return [[percent(each), f"{each['answered']} of {each['asked']}"] for each in standard["by-principle"].values()]


def findings(standard: Mapping[str, Any]) -> list[str]:
    """The headings of the findings of a standard."""
    return [f"{GRADES[each['grade']]} {each['clause']} {each['clause-title']}" for each in standard["findings"]]


def steps(data: Mapping[str, Any]) -> list[str]:
    return [each["title"] for each in data["plan"]]


def dates(data: Mapping[str, Any]) -> Rows:
    """The dates of the standards shown that are on the way, in its order."""
    names = {each["standard"]: each["name"] for each in data["standards"]}
    on_the_way = [standard for leg in data["way"]["chosen"] for standard in leg if standard in names]
    assert set(on_the_way) == names.keys() & data["calendar"]["standards"].keys()
    return [
        [
            names[standard],
            *(day(data["calendar"]["standards"][standard][name]) for name in ("stage-1", "stage-2", "certificate")),
        ]
        for standard in on_the_way
    ]


def compare(data: Mapping[str, Any], headings: list[str], tables: list[Rows]) -> None:
    """Hold a document, as its headings and the rows of its tables in order, to the receipt."""
    by_head = {tuple(rows[0]): rows[1:] for rows in reversed(tables)}
    names = [each["name"] for each in data["standards"]]
    assert [row[1:] for row in by_head["Chapter", *(head for name in names for head in (name, "Answered"))]] == chapters(data)
    by_principle = [rows[1:] for rows in tables if rows[0] == ["Principle", "Met", "Answered"]]
    assert [[row[1:] for row in rows] for rows in by_principle] == [principles(each) for each in data["standards"]]
    found = [each for each in headings if each.startswith(tuple(f"{grade} " for grade in GRADES.values()))]
    assert sorted(found) == sorted(line for each in data["standards"] for line in findings(each))
    planned = by_head.get(("No.", "Step", "When", "Work", "Owner, or role", "Due", "Done"), [])
    assert [row[1] for row in planned] == steps(data)
    assert [
        row[:4] for row in by_head["Standard", "Stage 1", "Stage 2", "Certificate", "If every open answer is enough"]
    ] == dates(data)
    met = sum(len(rows) - 1 for rows in tables if rows[0] == ["Clause", "Question and answer", "Evidence and note"])
    assert met == sum(len(each["met"]) for each in data["standards"])
    excluded = sum(len(rows) - 1 for rows in tables if rows[0] == ["Clause", "Question", "Reason"])
    assert excluded == sum(len(each["does-not-apply"]) for each in data["standards"])
    unknown = sum(len(rows) - 1 for rows in tables if rows[0] == ["Clause", "Question", "State", "Who could know, and note"])
    assert unknown == sum(len(each["not-known"]) for each in data["standards"])
