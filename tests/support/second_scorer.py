"""A second scorer, written from the published rules alone: the page on how all is calculated, and the TOML files.

It shares no code with the product: it reads the TOML files and a JSON download, and recomputes scores, verdicts and findings.
"""

import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

LADDER = ["absent", "informal", "defined", "in-use", "improved"]


def read(folder: Path, standard: str) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """The rules, and the questions of a standard with the chapter of their file."""
    rules = tomllib.loads((folder / "rules.toml").read_text())
    questions: list[dict[str, Any]] = []
    for path in sorted((folder / standard).glob("[0-9]*.toml")):
        found = tomllib.loads(path.read_text())["question"]
        questions += [{**question, "chapter": str(int(path.name[:2]))} for question in found]
    return rules, questions


def level(name: str) -> int:
    return LADDER.index(name)


def recompute(folder: Path, said: dict[str, Any], today: date) -> dict[str, Any]:
    """Everything about one standard of a download, from its answers."""
    rules, bank = read(folder, said["standard"])
    asked = [
        question
        for question in bank
        if said["edition"] in question["clauses"] and (said["depth"] == "full" or question.get("quick"))
    ]
    answers = said["answers"]
    return {
        "score": points(asked, answers, rules),
        "by-chapter": {
            chapter: points([q for q in asked if q["chapter"] == chapter], answers, rules)
            for chapter in {q["chapter"] for q in asked}
        },
        "by-principle": {
            principle: points([q for q in asked if principle in q["principles"]], answers, rules)
            for principle in {p for q in asked for p in q["principles"]}
        },
        "worst": verdict(asked, answers, rules, said["edition"], open_is_enough=False),
        "best": verdict(asked, answers, rules, said["edition"], open_is_enough=True),
        "grades": grades(asked, answers, rules, said["edition"], today),
    }


def enough_of(question: dict[str, Any], rules: dict[str, Any]) -> str:
    return str(question.get("enough", rules["score"]["enough"]))


def applies(question: dict[str, Any], answer: dict[str, Any]) -> bool:
    return not (answer["state"] == "not-applicable" and question.get("may-not-apply") and answer["reason"].strip())


def points(asked: list[dict[str, Any]], answers: dict[str, Any], rules: dict[str, Any]) -> dict[str, Any]:
    worth = {rung["id"]: rung["points"] for rung in rules["rung"]}
    earned = possible = still_open = known = counted = 0
    for question in asked:
        answer = answers[question["id"]]
        if not applies(question, answer):
            continue
        full = question["weight"] * worth[enough_of(question, rules)]
        counted += 1
        possible += full
        if answer["state"] == "rung":
            known += 1
            earned += min(full, question["weight"] * worth[answer["rung"]])
        else:
            still_open += full
    return {
        "low": 100 * earned // possible if possible else None,
        "high": 100 * (earned + still_open) // possible if possible else None,
        "earned-low": earned,
        "earned-high": earned + still_open,
        "possible": possible,
        "asked": counted,
        "answered": known,
        "does-not-apply": len(asked) - counted,
    }


def group(question: dict[str, Any], edition: str) -> str:
    return ".".join(question["clauses"][edition][0].split(".")[:2])


def short(asked: list[dict[str, Any]], rungs: dict[str, str], rules: dict[str, Any], edition: str) -> tuple[bool, int, int]:
    """Whether a stage 1 essential is short, likely majors, likely minors."""
    stage_1, majors, minors, lapses = False, 0, 0, Counter[str]()
    for question in asked:
        rung = rungs.get(question["id"])
        if rung is None or level(rung) >= level(enough_of(question, rules)):
            continue
        stage_1 |= bool(question.get("essential")) and question.get("stage", 2) == 1
        if question.get("essential") and level(rung) <= level(rules["findings"]["major-up-to"]):
            majors += 1
        else:
            minors += 1
        lapses[group(question, edition)] += 1
    majors += sum(times >= rules["findings"]["lapses-for-major"] for times in lapses.values())
    return stage_1, majors, minors


def verdict(
    asked: list[dict[str, Any]], answers: dict[str, Any], rules: dict[str, Any], edition: str, *, open_is_enough: bool
) -> str:
    rungs = {}
    for question in asked:
        answer = answers[question["id"]]
        if applies(question, answer):
            assumed = enough_of(question, rules) if open_is_enough else "absent"
            rungs[question["id"]] = answer["rung"] if answer["state"] == "rung" else assumed
    stage_1, majors, minors = short(asked, rungs, rules, edition)
    if stage_1:
        return "too-early"
    ready = majors == 0 and minors <= rules["verdict"]["minors-allowed"]
    return "ready-for-stage-2" if ready else "ready-for-stage-1"


def grades(
    asked: list[dict[str, Any]], answers: dict[str, Any], rules: dict[str, Any], edition: str, today: date
) -> dict[str, int]:
    rungs = {q["id"]: answers[q["id"]]["rung"] for q in asked if answers[q["id"]]["state"] == "rung"}
    _, majors, minors = short(asked, rungs, rules, edition)
    opportunities = 0
    for question in asked:
        rung = rungs.get(question["id"])
        if rung is None or level(rung) < level(enough_of(question, rules)):
            continue
        done, fresh = answers[question["id"]]["last-done"], question.get("last-done", {}).get("fresh-for-months")
        shown = bool(answers[question["id"]]["evidence"]) and ("last-done" not in question or bool(done))
        opportunities += not shown or (bool(fresh) and stale(date.fromisoformat(done), fresh, today))
    return {"likely-major": majors, "likely-minor": minors, "opportunity": opportunities}


def stale(done: date, months: int, today: date) -> bool:
    """Whether more months have passed; a day that a month does not have counts as its last."""
    last = (done.year * 12 + done.month - 1 + months, done.day)
    now = (today.year * 12 + today.month - 1, today.day)
    if now[0] != last[0]:
        return now[0] > last[0]
    ends = [31, 29 if today.year % 4 == 0 and (today.year % 100 or today.year % 400 == 0) else 28, 31, 30, 31, 30]
    ends += [31, 31, 30, 31, 30, 31]
    return now[1] > min(last[1], ends[today.month - 1])
