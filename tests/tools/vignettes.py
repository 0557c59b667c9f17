"""`python -m tests.tools.vignettes`: sheets for readers, and how often they chose the rung that was meant.

A vignette tells in a few sentences how an invented firm works; its author had one rung in mind. A reader is given the vignette,
the question and its rungs, and chooses. ``sheet STANDARD SEED`` prints all vignettes of a standard in an order of their own,
without the rungs that were meant; ``rates`` prints how the readings that are kept agree with them.
"""

import random
import sys
import tomllib
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from assessment.content import load
from assessment.domain.rules import Rung
from assessment.domain.standard import Question
from assessment.paths import shipped

FOLDER = Path(__file__).parents[1] / "content" / "vignettes"
LETTERS = "ABCDE"


@dataclass(frozen=True, kw_only=True)
class Vignette:
    """Practice at an invented firm: the rung its author meant, and those that readers chose who did not know it.

    ``lines`` is the fingerprint of the question and rungs that were read.
    """

    question: str
    practice: str
    meant: Rung
    read: tuple[Rung, ...]
    lines: str

    @property
    def apart(self) -> int:
        """By how many rungs the reading that is furthest from it differs."""
        ladder = list(Rung)
        return max(abs(ladder.index(rung) - ladder.index(self.meant)) for rung in self.read)


def fingerprint(question: Question) -> str:
    """Return what changes when the question or one of its rungs is worded anew."""
    return sha256("\n".join([question.asks, question.hint, *question.looks_like.values()]).encode()).hexdigest()[:12]


def vignettes(standard: str) -> tuple[Vignette, ...]:
    """Return the vignettes of a standard, in its order."""
    rungs = {rung.id: rung for rung in Rung}
    with (FOLDER / f"{standard}.toml").open("rb") as file:
        tables = tomllib.load(file)["vignette"]
    return tuple(
        Vignette(
            question=table["question"],
            practice=table["practice"],
            meant=rungs[table["meant"]],
            read=tuple(rungs[rung] for rung in table["read"]),
            lines=table["lines"],
        )
        for table in tables
    )


def agreement(read: tuple[Vignette, ...]) -> float:
    """Return the share of readings that chose the rung that was meant, 0 to 1."""
    readings = [rung is vignette.meant for vignette in read for rung in vignette.read]
    return sum(readings) / len(readings)


def sheet(standard: str, seed: str) -> str:
    """Return what a reader is given."""
    library = load(shipped("questionnaires"))
    questions = {question.id: question for question in library.standards[standard].questions}
    titles = [rule.title for rule in library.rules.ladder]
    shuffled = list(vignettes(standard))
    random.Random(seed).shuffle(shuffled)  # noqa: S311  # an order, no secret
    blocks = []
    for vignette in shuffled:
        question = questions[vignette.question]
        rungs = zip(LETTERS, titles, question.looks_like.values(), strict=True)
        lines = [f"   {letter}. {title}: {line}" for letter, title, line in rungs]
        blocks.append("\n".join([f"## {question.id}", vignette.practice, question.asks, question.hint, *lines]))
    return "\n\n".join(blocks)


def main() -> None:
    """Print a sheet, or the rates."""
    match sys.argv[1:]:
        case ["sheet", standard, seed]:
            print(sheet(standard, seed))
        case ["rates"]:
            for path in sorted(FOLDER.glob("*.toml")):
                read = vignettes(path.stem)
                furthest = max(vignette.apart for vignette in read)
                print(f"{path.stem}: {len(read)} vignettes, {agreement(read):.0%} as meant, at most {furthest} apart")
        case _:
            sys.exit("sheet STANDARD SEED, or rates")


if __name__ == "__main__":
    main()
