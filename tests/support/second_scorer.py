"""A second scorer, written from the published rules alone: the page on how all is calculated, and the TOML files.

It shares no code with the product: it reads the TOML files and a JSON download, and recomputes scores, verdicts and findings.
"""

import re
import tomllib
import unicodedata
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

LEVELS = {name: level for level, name in enumerate(["absent", "informal", "defined", "in-use", "improved"])}
Table = dict[str, Any]


def read(folder: Path, standard: str) -> tuple[Table, list[Table], Table]:
    """The rules, the questions of a standard with the chapter of their file, and its clauses."""
    questions: list[Table] = []
    for path in sorted((folder / standard).glob("[0-9]*.toml")):
        found = tomllib.loads(path.read_text())["question"]
        questions += [{**question, "chapter": str(int(path.name[:2]))} for question in found]
    clauses = tomllib.loads((folder / standard / "clauses.toml").read_text())
    return tomllib.loads((folder / "rules.toml").read_text()), questions, clauses


def level(name: str) -> int:
    return LEVELS[name]


def recompute(folder: Path, said: Table, today: date) -> Table:
    """Everything about one standard of a download, from its answers."""
    rules, bank, clauses = read(folder, said["standard"])
    asked = [question for question in bank if said["edition"] in question["clauses"]]
    answers = {q["id"]: aged(q, said["answers"][q["id"]], rules, today) for q in asked}
    sheet = Sheet(asked, answers, rules, said["edition"], clauses[said["edition"]])
    grades = Counter(sheet.grades(sheet.known).values())
    return {
        "score": sheet.points(asked),
        "by-chapter": {c: sheet.points([q for q in asked if q["chapter"] == c]) for c in {q["chapter"] for q in asked}},
        "by-principle": {
            p: sheet.points([q for q in asked if p in q["principles"]]) for p in {p for q in asked for p in q["principles"]}
        },
        "worst": sheet.verdict(open_is_enough=False),
        "best": sheet.verdict(open_is_enough=True),
        "grades": {grade: grades[grade] for grade in ("likely-major", "likely-minor")},
        "areas": sheet.grades(sheet.known),
    }


def aged(question: Table, answer: Table, rules: Table, today: date) -> Table:
    """The answer as it counts today: a deed done too long ago is no higher than the rules say."""
    most = rules["findings"]["stale-counts-as"]
    done = answer["last-done"] or max((piece["dated"] for piece in answer["evidence"] if piece["dated"]), default=None)
    if not question.get("deed") or answer["state"] != "rung" or not done:
        return answer
    old = stale(date.fromisoformat(done), question["last-done"]["fresh-for-months"], today)
    return {**answer, "rung": most} if old and level(answer["rung"]) > level(most) else answer


class Sheet:
    """The questions of an edition with their answers as they count."""

    def __init__(self, asked: list[Table], answers: Table, rules: Table, edition: str, clauses: Table) -> None:
        self.asked, self.answers, self.rules, self.edition, self.clauses = asked, answers, rules, edition, clauses
        self.by_id = {question["id"]: question for question in asked}
        self.known = {q["id"]: answers[q["id"]]["rung"] for q in asked if answers[q["id"]]["state"] == "rung"}

        out = [q for q in asked if answers[q["id"]]["state"] == "not-applicable" and q.get("may-not-apply")]
        self.excluded = {q["id"] for q in out if answers[q["id"]]["reason"].strip()}

    def applies(self, question: Table) -> bool:
        return question["id"] not in self.excluded

    def enough(self, question: Table) -> str:
        return "defined" if question.get("event") else str(question.get("enough", self.rules["score"]["enough"]))

    def points(self, questions: list[Table]) -> Table:
        worth = {rung["id"]: rung["points"] for rung in self.rules["rung"]}
        applying = [question for question in questions if self.applies(question)]
        full = {q["id"]: q["weight"] * worth[self.enough(q)] for q in applying}
        known = [q for q in applying if q["id"] in self.known]
        possible, earned = sum(full.values()), sum(min(full[q["id"]], q["weight"] * worth[self.known[q["id"]]]) for q in known)
        at_most = earned + possible - sum(full[q["id"]] for q in known)
        return {
            "low": 100 * earned // possible if possible else None,
            "high": 100 * at_most // possible if possible else None,
            "met-so-far": 100 * earned // looked_at if (looked_at := sum(full[q["id"]] for q in known)) else None,
            "earned-low": earned,
            "earned-high": at_most,
            "possible": possible,
            "asked": len(applying),
            "answered": len(known),
            "does-not-apply": len(questions) - len(applying),
        }

    def clause(self, question: Table) -> str:
        return str(question["clauses"][self.edition][0])

    def area(self, clause: str) -> str:
        """The nearest clause, from this one up, that heads findings; otherwise the clause x.y."""
        parts = clause.split(".")
        for length in range(len(parts), 2, -1):
            told = self.clauses.get(".".join(parts[:length]))
            if isinstance(told, dict) and told.get("heads-finding"):
                return ".".join(parts[:length])
        return ".".join(parts[:2])

    def short(self, question: Table, rungs: dict[str, str]) -> bool:
        cover = question.get("covered-by", "")
        covered = cover in rungs and level(rungs[cover]) >= level(self.enough(self.by_id[cover]))
        return level(rungs[question["id"]]) < level(self.enough(question)) and not covered

    def grades(self, rungs: dict[str, str]) -> dict[str, str]:
        """Likely major or minor by area."""
        told, low, absent = self.rules["findings"], Counter[str](), Counter[str]()
        found: dict[str, str] = {}
        for question in self.asked:
            if question["id"] not in rungs or not self.short(question, rungs):
                continue
            clause, rung, gravity = self.clause(question), rungs[question["id"]], question.get("gravity", "ordinary")
            low[clause] += level(rung) <= level(told["essential-major-up-to"])
            absent[clause] += rung == "absent"
            essential = level(rung) <= level(told["essential-major-up-to"]) or question.get("deed")
            required = level(rung) <= level(told["required-major-up-to"])
            if (gravity == "essential" and essential) or (gravity == "required" and required):
                found[self.area(clause)] = "likely-major"
            found.setdefault(self.area(clause), "likely-minor")
        for clause, times in low.items():
            if times >= told["lapses-for-major"] and absent[clause] >= told["absent-for-major"]:
                found[self.area(clause)] = "likely-major"
        return found

    def verdict(self, *, open_is_enough: bool) -> str:
        rungs = {
            q["id"]: self.known.get(q["id"], self.enough(q) if open_is_enough else "absent")
            for q in self.asked
            if self.applies(q)
        }
        gates, applying = self.rules["verdict"], [question for question in self.asked if self.applies(question)]
        short = {q["id"] for q in applying if self.short(q, rungs)}

        to_live = [question for question in applying if not question.get("event")]

        def share(least: str, of: list[Table]) -> int:
            return 100 * sum(q["id"] not in short or level(rungs[q["id"]]) >= level(least) for q in of)

        reasons = [self.answers[question_id]["reason"] for question_id in self.excluded]
        if (
            any(level(rungs[q["id"]]) < level(gates["stage-1-at-least"]) and self.looked_at(q, rungs) for q in applying)
            or any(words(reason, gates["empty-words"]) < gates["reason-words"] for reason in reasons)
            or share("defined", applying) < gates["defined-percent"] * len(applying)
            or share("in-use", to_live) < gates["in-use-percent"] * len(to_live)
        ):
            return "too-early"
        counted = Counter(self.grades(rungs).values())
        few = not counted["likely-major"] and counted["likely-minor"] <= gates["minor-areas-allowed"]
        lived = share("in-use", applying) >= gates["ready-in-use-percent"] * len(applying)
        return "ready-for-stage-2" if few and lived else "ready-for-stage-1"

    def looked_at(self, question: Table, rungs: dict[str, str]) -> bool:
        """Whether stage 1 looks at a question: always, once something is excluded, or until another one stands."""
        if question.get("checks-exclusions"):
            return bool(self.excluded)
        until = question.get("stage-1-until")
        least = level(self.rules["verdict"]["stage-1-at-least"])
        return question.get("stage") == 1 or bool(until and level(rungs.get(until, "absent")) < least)


def words(reason: str, empty: list[str]) -> int:
    """Words of a reason, each once and of two letters at least; two letters of a script without capitals are one."""
    bare = "".join(sign for sign in reason.casefold() if unicodedata.category(sign)[0] != "M")
    told = [set(filter(str.isalpha, run)) for run in set(re.findall(r"\w+", bare)) - set(empty)]
    return sum(max(len(letters) > 1, sum(unicodedata.category(each) == "Lo" for each in letters) // 2) for letters in told)


def stale(done: date, months: int, today: date) -> bool:
    """Whether more months have passed; a day that a month does not have counts as its last."""
    last = (done.year * 12 + done.month - 1 + months, done.day)
    now = (today.year * 12 + today.month - 1, today.day)
    if now[0] != last[0]:
        return now[0] > last[0]
    ends = [31, 29 if today.year % 4 == 0 and (today.year % 100 or today.year % 400 == 0) else 28, 31, 30, 31, 30]
    ends += [31, 31, 30, 31, 30, 31]
    return now[1] > min(last[1], ends[today.month - 1])
