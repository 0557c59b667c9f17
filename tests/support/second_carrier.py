"""Which answers carry over, worked out a second time from the published rules alone: the page on calculation and the TOML.

It shares no code with the product, as `second_scorer`, whose reading of the files it uses.
"""

from pathlib import Path

from tests.support.second_scorer import LEVELS, Table, level, read

STRENGTHS = ["part", "most", "full"]


def carried(folder: Path, target: Table, source: Table) -> tuple[dict[str, str], list[str]]:
    """What one standard of a download gives another: the rung suggested for each question, and where only the method serves."""
    rules, bank, _ = read(folder, target["standard"])
    giving = [question for question in read(folder, source["standard"])[1] if source["edition"] in question["clauses"]]
    suggested: dict[str, str] = {}
    methods: list[str] = []
    for question in bank:
        if target["edition"] not in question["clauses"] or "topic" not in question:
            continue
        answer, topic = target["answers"][question["id"]], question["topic"]["id"]
        excluded = answer["state"] == "not-applicable" and question.get("may-not-apply") and answer["reason"].strip()
        there = [
            (source["answers"][other["id"]]["rung"], other)
            for other in giving
            if other.get("topic", {}).get("id") == topic and source["answers"][other["id"]]["state"] == "rung"
        ]
        if answer["state"] == "rung" or excluded or not there:
            continue
        lowest = min((rung for rung, _ in there), key=level)
        limits = [limit(question, other, rules["carried"]) for _, other in there]
        if "none" not in limits:
            suggested[question["id"]] = min(lowest, *limits, key=level)
        elif level(lowest) >= level(rules["carried"]["method-from"]):
            methods.append(question["id"])
    return suggested, methods


def limit(question: Table, other: Table, rules: Table) -> str:
    """The highest rung an answer can suggest; the weaker overlap counts, and a deed gives and takes nothing."""
    if question.get("deed") or other.get("deed"):
        return "none"
    weaker = min((each["topic"]["overlap"] for each in (question, other)), key=STRENGTHS.index)
    return max(LEVELS, key=level) if weaker == "full" else str(rules[f"{weaker}-at-most"])
