"""What a decision rests on: what next, what could go wrong first, what it costs, and who says so."""

from collections.abc import Iterator, Mapping
from datetime import date

from assessment.domain.findings import Grade
from assessment.domain.reasons import Reason
from assessment.domain.scoring import Score
from assessment.domain.verdict import Verdict
from assessment.reports.outline.blocks import (
    Beside,
    Block,
    Facts,
    Paragraph,
    Run,
    Section,
    Step,
    Table,
    bullets,
    cell,
    facts,
    heading,
    paragraph,
    plain,
    said,
    table,
)
from assessment.reports.outline.first_steps import first_steps
from assessment.reports.summary import FindingLine, GapSummary, StandardSummary
from assessment.reports.wording import audits, before_audits, cost, plan, report, scores, verdicts, worksheet_actions
from assessment.reports.wording import audits_been as timeline
from assessment.reports.wording import director as words
from assessment.reports.wording.dates import day_in_words

RISKS, PEOPLE = 3, 5
# Of two likely majors the one that puts more in doubt stands first.
_GRAVEST = (Reason.ESSENTIAL_MISSING, Reason.REQUIRED_MISSING, Reason.DEED_NOT_DONE, Reason.SEVERAL_LAPSES)


def decision(summary: GapSummary) -> Section:
    """Return what next, the first risks, the cost, what the verdicts mean, and what all of it rests on."""
    risks = list(_risks(summary))
    blocks: list[Block] = [
        Beside(
            parts=(
                (heading(report.WHAT_NEXT), *_first_steps(summary)),
                (heading(words.RISKS), bullets(risks, numbered=len(risks) > 1) if risks else paragraph(words.NO_RISKS)),
            )
        ),
        *_cost(summary),
        *_key(summary),
        heading(words.RESTS_ON),
        paragraph(words.evidence(summary.evidence)),
        *([paragraph(verdicts.shown_long_ago(old))] if (old := _shown_long_ago(summary)) else []),
        *_progress(summary),
    ]
    return Section(key="decision", title=str(words.DECISION), blocks=tuple(blocks))


def _shown_long_ago(summary: GapSummary) -> int:
    """Return how many answers are shown by nothing but what is old: findings, and hints."""
    hints = sum(len(standard.result.worth_another_look) for standard in summary.standards)
    stale = (reason for standard in summary.standards for line in standard.findings for reason in line.reasons)
    return hints + sum(reason is Reason.DEED_STALE for reason in stale)


def _first_steps(summary: GapSummary) -> Iterator[Block]:
    first = first_steps(summary)
    for text in timeline.said_of_been(summary.timeline, summary.questionnaires):
        yield paragraph(text)
    for found in summary.open_majors:
        yield paragraph(audits.said_of_majors(found, summary.result))
    for text in (*audits.said_of_actions(summary.audit_findings), *audits.said_of_effects(summary.audit_findings)):
        yield paragraph(text)
    if not first:
        to_do = any(not action.note.done_on for action in summary.actions)
        all_done = worksheet_actions.ONLY_ACTIONS_OPEN if to_do else plan.ALL_DONE
        yield paragraph(
            all_done
            if summary.steps or summary.before_audits
            else plan.nothing_to_do(summary.result, summary.shown, summary.timeline.been)
        )
    for one in first:
        who = (plain(one.when), said(one.note.owner)) if one.note.owner else (plain(one.when_and_who),)
        action = one.step.action
        yield Step(number=one.number, title=action.title, about=(plain(action.why), *who), facts=Facts(rows=()), brief=True)


def _risks(summary: GapSummary) -> list[str]:
    """Return the first few: open majors of real audits, likely majors, the gravest first, what nothing shows, what is open."""
    majors = [
        (standard, line) for standard in summary.standards for line in standard.findings if line.grade is Grade.LIKELY_MAJOR
    ]
    majors.sort(key=lambda pair: _rank(pair[1]))
    library = summary.result.library
    found = [
        words.open_major(library.standards[each.standard].name, audits.majors_in_short(each, summary.result))
        for each in summary.open_majors
    ]
    found += [_risk(standard, line) for standard, line in majors]
    if not_shown := sum(len(standard.result.not_shown_yet) for standard in summary.standards):
        found.append(words.not_shown(not_shown))
    if still_open := sum(standard.result.score.open for standard in summary.standards):
        found.append(words.still_open(still_open))
    return found[:RISKS]


def _rank(line: FindingLine) -> tuple[int, int]:
    place = _GRAVEST.index(line.reason) if line.reason in _GRAVEST else len(_GRAVEST)
    return place, -len(line.questions)


def _risk(standard: StandardSummary, line: FindingLine) -> str:
    name = standard.result.questionnaire.standard.name
    return words.risk(name, line.clause, line.clause_title, as_it_is(line))


def as_it_is(line: FindingLine) -> str:
    """Return how things are where a finding is gravest, in the words of the chosen answer; else why it is a finding.

    Of a deed that is too old the chosen answer says that all is well.
    """
    answer = line.answers[0]
    if answer.rung is None or line.reason is Reason.DEED_STALE:
        return str(verdicts.REASONS[line.reason])
    return line.questions[0].looks_like[answer.rung]


def _cost(summary: GapSummary) -> Iterator[Block]:
    """Yield the work and the auditor days: what is known of the cost."""
    yield heading(words.COST)
    if summary.steps:
        yield paragraph(plan.spread(summary.result, summary.steps))
    for text in (words.auditors(summary.result), *(before_audits.days_of(one, summary.result) for one in summary.upkeep)):
        if text:
            yield paragraph(text)
    if summary.costs is None:
        yield paragraph(words.FEES)
    else:
        yield facts(
            (cost.FIRST_AUDIT, cell(cost.total(summary.costs.first_audit, summary.costs.currency))),
            (cost.ALL_OF_IT, cell(cost.total(summary.costs.three_years, summary.costs.currency))),
        )


def _key(summary: GapSummary) -> Iterator[Block]:
    """Yield what the verdicts before a first audit mean, where one is to come."""
    if all(standard.result.is_held for standard in summary.standards):
        return
    yield heading(words.KEY)
    yield facts(*((str(verdicts.VERDICTS[verdict]), cell(str(verdicts.VERDICTS_MEAN[verdict]))) for verdict in Verdict))
    yield paragraph(verdicts.STAGES)


def _progress(summary: GapSummary) -> Iterator[Block]:
    progress = summary.progress
    if progress is None:
        return
    if progress.by:
        before, people, others = words.answered_by(progress.by, PEOPLE)
        names = [run for at, who in enumerate(people) for run in (Run(text=", " if at else " "), Run(text=who, said=True))]
        yield Paragraph(text=(Run(text=before), *names, *((Run(text=f". {others}"),) if others else ())))
    yield paragraph(words.since(progress))
    if progress.since is not None:
        yield _before_and_now(summary, progress.before, progress.since)


def _before_and_now(summary: GapSummary, before: Mapping[str, Score], since: date) -> Table:
    rows = (
        (
            cell(standard.result.questionnaire.edition.name),
            cell(scores.percent_range(before[standard.result.questionnaire.standard.id])),
            cell(scores.percent_range(standard.result.score)),
        )
        for standard in summary.standards
    )
    return table(words.PROGRESS, (words.STANDARD, day_in_words(since), words.NOW), rows, shares=(40, 30, 30))
