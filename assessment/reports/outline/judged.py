"""What is judged question by question: findings, what is met, what does not apply, what is not known."""

import re
from collections.abc import Iterator

from assessment.domain.answers import Answer, State
from assessment.domain.rules import Rules
from assessment.domain.standard import Question
from assessment.reports import words
from assessment.reports.outline.blocks import (
    Block,
    Cell,
    Facts,
    Heading,
    Look,
    Run,
    Section,
    Table,
    Text,
    cell,
    facts,
    heading,
    paragraph,
    plain,
    said,
    strong,
)
from assessment.reports.summary import AnswerLine, FindingLine, GapSummary, StandardSummary

_ADDRESS = re.compile(r"https?://[!-~]+")


def findings(summary: StandardSummary) -> Section:
    """What an auditor would probably write, clause by clause, with everything that was said about it."""
    result, questionnaire = summary.result, summary.result.questionnaire
    blocks: list[Block] = [paragraph(words.rehearsal_in_words(result), Look.LEAD)]
    if questionnaire.untouched_clauses(summary.sheet):
        blocks.append(paragraph(_left_out(summary), Look.NOTE))
    if not summary.findings:
        blocks.append(paragraph("No finding in what is answered so far."))
    for chapter, _ in result.by_chapter:
        lines = [line for line in summary.findings if line.clause.split(".")[0] == chapter.number]
        if lines:
            blocks.append(heading(f"{chapter.number} {chapter.title}"))
            blocks += [block for line in lines for block in _finding(line, questionnaire.rules)]
    return Section(
        key=f"findings-{questionnaire.standard.id}", title=f"Findings: {questionnaire.edition.name}", blocks=tuple(blocks)
    )


def _left_out(summary: StandardSummary) -> str:
    untouched = summary.result.questionnaire.untouched_clauses(summary.sheet)
    clauses = words.plural(len(untouched), "clause is", "clauses are")
    return f"{clauses} not answered at all yet; the range of the verdict covers them."


def _finding(line: FindingLine, rules: Rules) -> Iterator[Block]:
    title = (Run(text=f"{words.GRADES[line.grade]}: ", strong=True), Run(text=f"{line.clause} {line.clause_title}"))
    yield Heading(level=3, text=title, grade=line.grade.name.lower().replace("_", "-"))
    yield paragraph(words.REASONS[line.reason], Look.QUIET)
    for question, answer in zip(line.questions, line.answers, strict=True):
        yield _asked(question, answer, rules)
    if line.actions:
        yield facts(("What helps", cell(*(action.title for action in line.actions))))


def _asked(question: Question, answer: Answer, rules: Rules) -> Facts:
    told = words.answer_in_words(answer, rules)
    looks = f": {question.looks_like[answer.rung]}" if answer.rung is not None else ""
    missing = f"None named. An auditor would open: {'; '.join(question.evidence)}."
    return facts(
        ("Question", cell(question.asks)),
        ("Answer", cell((Run(text=told, strong=True), *plain(looks)))),
        ("Note", cell(said(answer.note))) if answer.note.strip() else None,
        ("Evidence", cell(*_evidence(answer)) if answer.evidence else cell(missing)),
        ("Last done", cell(words.day_in_words(answer.last_done))) if answer.last_done else None,
    )


def _evidence(answer: Answer) -> Iterator[Text]:
    """Each piece of evidence as a paragraph; a place that is a web address leads there."""
    for each in answer.evidence:
        runs = [Run(text=each.title, said=True)]
        if each.where:
            href = each.where if _ADDRESS.fullmatch(each.where) else ""
            runs += [Run(text=", "), Run(text=each.where, said=True, href=href)]
        if each.dated:
            runs.append(Run(text=f", {words.day_in_words(each.dated)}"))
        yield tuple(runs)


def met(summary: StandardSummary) -> Section:
    """What is met, with the evidence that shows it."""
    questionnaire = summary.result.questionnaire
    blocks: tuple[Block, ...] = (paragraph("Nothing yet."),)
    if summary.met:
        blocks = (
            Table(
                caption=f"Met: {questionnaire.edition.name}",
                head=("Clause", "Question and answer", "Evidence and note"),
                rows=tuple(_met(line, questionnaire.rules) for line in summary.met),
                shares=(12, 48, 40),
            ),
        )
    return Section(key=f"met-{questionnaire.standard.id}", title=f"Met: {questionnaire.edition.name}", blocks=blocks)


def _met(line: AnswerLine, rules: Rules) -> tuple[Cell, ...]:
    answer = line.answer
    shown = [*_evidence(answer)] or [plain("None named")]
    if answer.last_done:
        shown.append(plain(f"Last done on {words.day_in_words(answer.last_done)}"))
    if answer.note.strip():
        shown.append(said(answer.note))
    return (cell(_clauses(line)), cell(line.question.asks, strong(words.answer_in_words(answer, rules))), tuple(shown))


def excluded(summary: GapSummary) -> Section:
    """What does not apply, with reasons."""
    blocks: list[Block] = []
    for each in summary.standards:
        edition = each.result.questionnaire.edition.name
        blocks.append(heading(edition))
        if each.excluded:
            rows = tuple(
                (cell(_clauses(line)), cell(line.question.asks), cell(said(line.answer.reason))) for line in each.excluded
            )
            head = ("Clause", "Question", "Reason")
            blocks.append(Table(caption=f"Does not apply: {edition}", head=head, rows=rows, shares=(12, 48, 40)))
        else:
            blocks.append(paragraph("Everything applies."))
    return Section(key="excluded", title="What does not apply", blocks=tuple(blocks))


def unknown(summary: GapSummary) -> Section:
    """What is open, and who could know."""
    blocks: list[Block] = []
    for each in summary.standards:
        edition = each.result.questionnaire.edition.name
        blocks.append(heading(edition))
        if each.unknown:
            head = ("Clause", "Question", "State", "Who could know, and note")
            rows = tuple(_unknown(line) for line in each.unknown)
            blocks.append(Table(caption=f"Not known: {edition}", head=head, rows=rows, shares=(12, 46, 16, 26)))
        else:
            blocks.append(paragraph("Everything is answered."))
    return Section(key="unknown", title="What is not known", blocks=tuple(blocks))


def _unknown(line: AnswerLine) -> tuple[Cell, ...]:
    answer = line.answer
    state = {
        State.UNKNOWN: "Not known yet",
        State.NOT_APPLICABLE: "Does not apply, without a reason yet",
    }.get(answer.state, "Not answered yet")
    told = [said(each) for each in (answer.who, answer.note) if each.strip()]
    return (cell(_clauses(line)), cell(line.question.asks), cell(state), cell(*told))


def _clauses(line: AnswerLine) -> str:
    return ", ".join(line.clauses)
