"""What is judged question by question: findings, what is met, what does not apply, what is not known."""

import re
from collections.abc import Iterator

from assessment.domain.answers import Answer
from assessment.domain.findings import Grade
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rules
from assessment.domain.standard import Question
from assessment.domain.standard_result import StandardResult
from assessment.domain.stops import Stop
from assessment.domain.verdict import Verdict
from assessment.reports.outline.blocks import (
    Block,
    Cell,
    Facts,
    Finding,
    Heading,
    Listing,
    Look,
    Run,
    Section,
    Text,
    cell,
    facts,
    grade_id,
    heading,
    paragraph,
    plain,
    said,
    strong,
    table,
)
from assessment.reports.outline.director import counts
from assessment.reports.summary import AnswerLine, FindingLine, GapSummary, StandardSummary
from assessment.reports.wording import answers, doubts, report, verdicts
from assessment.reports.wording.answer_fields import further_remarks
from assessment.reports.wording.dates import day_in_words

_ADDRESS = re.compile(r"https?://[!-~]+")


def findings(summary: StandardSummary) -> Section:
    """Return what would stop stage 1, what an auditor would probably write by chapter, and what is not shown yet.

    While something would stop stage 1, likely minors stand behind the majors as smaller gaps.
    """
    result, questionnaire = summary.result, summary.result.questionnaire
    blocks: list[Block] = [paragraph(verdicts.rehearsal_in_words(result, summary.been), Look.LEAD)]
    if not result.score.nothing_answered:
        blocks.append(counts(summary))
    if untouched := verdicts.untouched(questionnaire, summary.whole.sheet):
        blocks.append(paragraph(untouched, Look.NOTE))
    blocks += [*_stops(result), *_exclusions(result)]
    if not summary.findings and not result.score.nothing_answered:
        blocks.append(paragraph(verdicts.no_findings()))
    early = result.verdict_range.worst is Verdict.TOO_EARLY and not result.is_held
    later = [line for line in summary.findings if early and line.grade is Grade.LIKELY_MINOR]
    for chapter, _ in result.by_chapter:
        lines = [line for line in summary.findings if line not in later and line.clause.split(".")[0] == chapter.number]
        if lines:
            blocks.append(Heading(level=2, text=plain(f"{chapter.number} {chapter.title}"), chapter=chapter.number))
            blocks += [_finding(line, questionnaire.rules) for line in lines]
    if later:
        blocks.append(heading(verdicts.smaller_gaps(len(later))))
        blocks += [_finding(line, questionnaire.rules) for line in later]
    blocks += _no_findings(result)
    return Section(
        key=f"findings-{questionnaire.standard.id}",
        title=verdicts.findings_title(questionnaire.edition.name),
        blocks=tuple(blocks),
        chapters=tuple(chapter.number for chapter, _ in result.by_chapter),
    )


def _stops(result: StandardResult) -> Iterator[Block]:
    """Yield what is known to stop stage 1, each with why."""
    if not result.stops:
        return
    yield heading(verdicts.STOPS_TITLE)
    yield Listing(items=tuple(_stop(stop, result.questionnaire) for stop in result.stops))


def _stop(stop: Stop, questionnaire: Questionnaire) -> Text:
    about = _named(stop.question, questionnaire) if stop.question else str(verdicts.WHOLE_SYSTEM)
    return (*strong(about), Run(text=f" {verdicts.STOPS[stop.reason]}"))


def _exclusions(result: StandardResult) -> Iterator[Block]:
    """Yield how much is left out, and what an auditor will ask about that."""
    if result.exclusions:
        yield paragraph(doubts.left_out(result), Look.NOTE)
    for warning in doubts.doubts(result):
        yield paragraph(warning, Look.NOTE)


def _no_findings(result: StandardResult) -> Iterator[Block]:
    """Yield what is no finding and still worth knowing before an audit."""
    for title, means, questions in (
        (verdicts.NOT_SHOWN_TITLE, verdicts.NOT_SHOWN_MEANS, result.not_shown_yet),
        (verdicts.NOTHING_YET_TITLE, verdicts.NOTHING_YET_MEANS, result.nothing_to_show_yet),
        (verdicts.LOOK_AGAIN_TITLE, verdicts.LOOK_AGAIN_MEANS, result.worth_another_look),
    ):
        if questions:
            yield heading(title)
            yield paragraph(means)
            yield Listing(items=tuple(plain(_named(question, result.questionnaire)) for question in questions))


def _named(question: Question, questionnaire: Questionnaire) -> str:
    return verdicts.question_of(", ".join(questionnaire.clauses(question)), question.asks)


def _finding(line: FindingLine, rules: Rules) -> Finding:
    asked = zip(line.questions, line.answers, strict=True)
    titles = [action.title for action in line.actions]
    return Finding(
        grade=Run(text=str(verdicts.GRADES[line.grade]), grade=grade_id(line.grade)),
        clause=line.clause,
        title=line.clause_title,
        reasons=verdicts.reasons_in_words(line.reason, line.reasons),
        questions=tuple(_asked(question, answer, rules) for question, answer in asked),
        helps=facts((verdicts.WHAT_HELPS, cell("; ".join(titles))) if titles else None),
    )


def _asked(question: Question, answer: Answer, rules: Rules) -> Facts:
    looks = plain(f": {question.looks_like[answer.rung]}") if answer.rung is not None else ()
    return facts(
        (answers.QUESTION, cell(question.asks)),
        (answers.ANSWER, cell((Run(text=answers.answer_in_words(answer, rules), strong=True), *looks))),
        (answers.NOTE, cell(said(answer.note))) if answer.note.strip() else None,
        (answers.EVIDENCE, cell(*_evidence(answer)) if answer.evidence else cell(answers.none_named(question.evidence))),
        (answers.LAST_DONE, cell(day_in_words(answer.last_done))) if answer.last_done else None,
        *((name, cell(said(text))) for name, text in further_remarks(answer)),
    )


def _evidence(answer: Answer) -> Iterator[Text]:
    """Yield each piece of evidence as a paragraph; a place that is a web address leads there."""
    for piece in answer.evidence:
        runs = [Run(text=piece.title, said=True)]
        if piece.where:
            href = piece.where if _ADDRESS.fullmatch(piece.where) else ""
            runs += [Run(text=", "), Run(text=piece.where, said=True, href=href)]
        if piece.dated:
            runs.append(Run(text=f", {day_in_words(piece.dated)}"))
        yield tuple(runs)


def met(summary: StandardSummary) -> Section:
    """Return what is met, with the evidence that shows it."""
    questionnaire = summary.result.questionnaire
    title = report.met(questionnaire.edition.name)
    rows = (_met(line, questionnaire.rules) for line in summary.met)
    block = table(title, report.MET_HEAD, rows, shares=(12, 48, 40)) if summary.met else paragraph(report.NOTHING_MET)
    return Section(key=f"met-{questionnaire.standard.id}", title=title, blocks=(block,))


def _met(line: AnswerLine, rules: Rules) -> tuple[Cell, ...]:
    answer = line.answer
    shown = [*_evidence(answer)] or [plain(answers.NONE_NAMED)]
    if last_done := answers.last_done_on(answer):
        shown.append(plain(last_done))
    if answer.note.strip():
        shown.append(said(answer.note))
    shown += [said(f"{name}: {text}") for name, text in further_remarks(answer)]
    return (cell(_clauses(line)), cell(line.question.asks, strong(answers.answer_in_words(answer, rules))), tuple(shown))


def excluded(summary: GapSummary) -> Section:
    """Return what does not apply, with reasons."""
    blocks: list[Block] = []
    for standard in summary.standards:
        edition = standard.result.questionnaire.edition.name
        blocks.append(heading(edition))
        rows = ((cell(_clauses(line)), cell(line.question.asks), cell(said(line.answer.reason))) for line in standard.excluded)
        blocks.append(
            table(report.excluded(edition), report.EXCLUDED_HEAD, rows, shares=(12, 48, 40))
            if standard.excluded
            else paragraph(report.EVERYTHING_APPLIES)
        )
    return Section(key="excluded", title=str(report.EXCLUDED), blocks=tuple(blocks))


def unknown(summary: GapSummary) -> Section:
    """Return what is open, and who could know."""
    rules = summary.result.library.rules
    blocks: list[Block] = []
    for standard in summary.standards:
        edition = standard.result.questionnaire.edition.name
        blocks.append(heading(edition))
        rows = (_unknown(line, rules) for line in standard.unknown)
        blocks.append(
            table(report.unknown(edition), report.UNKNOWN_HEAD, rows, shares=(12, 46, 16, 26))
            if standard.unknown
            else paragraph(report.EVERYTHING_ANSWERED)
        )
    return Section(key="unknown", title=str(report.UNKNOWN), blocks=tuple(blocks))


def _unknown(line: AnswerLine, rules: Rules) -> tuple[Cell, ...]:
    answer = line.answer
    more = [said(text) for text in (answer.who, answer.note) if text.strip()]
    more += _evidence(answer)
    return (cell(_clauses(line)), cell(line.question.asks), cell(answers.state_in_words(answer, rules)), cell(*more))


def _clauses(line: AnswerLine) -> str:
    return ", ".join(line.clauses)
