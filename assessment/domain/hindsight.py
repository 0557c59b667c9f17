"""How often were we right: what auditors really found, held against what was said before.

Plain counts of areas, no percentage and no probability: an audit is a sample, and few firms have many.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from assessment.domain.answers import Answer, AnswerSheet
from assessment.domain.audit_findings import Audit, AuditFinding
from assessment.domain.clauses import clause_order
from assessment.domain.findings import Grade, findings
from assessment.domain.freshness import as_of
from assessment.domain.progress import GivenAnswer
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.stops import stops
from assessment.domain.tally import Tally


class Foretold(StrEnum):
    """What was expected in an area."""

    STOP = "stop"
    MAJOR = "likely-major"
    MINOR = "likely-minor"


@dataclass(frozen=True, kw_only=True)
class Expectation:
    """What was said about one standard before an audit: by area what was expected, and areas with questions still open.

    ``on`` is the last day before the audit: its answers are those as they were at its end. Where nothing was answered by then
    it is ``None``, and today's answers stand in.
    """

    on: date | None
    areas: Mapping[str, Foretold] = field(default_factory=dict)
    open: tuple[str, ...] = ()


# By audit, then by standard.
Expectations = Mapping[str, Mapping[str, Expectation]]


def days_before(audits: Iterable[Audit]) -> dict[str, date]:
    """Return the last day before each audit that has a day, by key of the audit."""
    return {audit.key: audit.began - timedelta(days=1) for audit in audits if audit.began and audit.began > date.min}


def expectations(
    audits: Iterable[Audit],
    questionnaires: Sequence[Questionnaire],
    given: Mapping[date, Sequence[GivenAnswer]],
    present: AnswerSheet,
    today: date,
) -> dict[str, dict[str, Expectation]]:
    """Return what was said before each audit about each of its standards that is asked.

    ``given`` has for the last day before an audit every answer given by then, the earliest first; later ones count nowhere.
    ``present`` are today's answers as they count today.
    """
    found: dict[str, dict[str, Expectation]] = {}
    for audit in audits:
        day = days_before([audit]).get(audit.key)
        then: dict[str, Answer] = {each.ref: each.answer for each in given.get(day, ()) if each.on <= day} if day else {}
        earlier = AnswerSheet(answers=then)
        for asked in questionnaires:
            if asked.standard.id in audit.standards:
                known = day is not None and any(not earlier.is_open(question) for question in asked.questions)
                at, sheet = (day, as_of(earlier, [asked], day)) if known and day else (None, present)
                found.setdefault(audit.key, {})[asked.standard.id] = Expectation(
                    on=at,
                    areas=_stops(asked, sheet) if audit.looks_at_stops else _findings(asked, sheet, at or today),
                    open=_open(asked, sheet),
                )
    return found


def _findings(asked: Questionnaire, sheet: AnswerSheet, on: date) -> dict[str, Foretold]:
    return {
        finding.clause: Foretold.MAJOR if finding.grade is Grade.LIKELY_MAJOR else Foretold.MINOR
        for finding in findings(asked, sheet, on)
    }


def _stops(asked: Questionnaire, sheet: AnswerSheet) -> dict[str, Foretold]:
    """Return the areas in which something would stop stage 1; what concerns the whole system has none."""
    return {asked.areas[stop.question.ref]: Foretold.STOP for stop in stops(Tally(asked, sheet)) if stop.question}


def _open(asked: Questionnaire, sheet: AnswerSheet) -> tuple[str, ...]:
    areas = {asked.areas[question.ref] for question in asked.questions if sheet.is_open(question)}
    return tuple(sorted(areas, key=clause_order))


@dataclass(frozen=True, kw_only=True)
class AreaFound:
    """An area of a standard in an audit: what was expected there, whether something was still open, and what was found."""

    standard: str
    area: str
    expected: Foretold | None
    was_open: bool
    findings: tuple[AuditFinding, ...]


@dataclass(frozen=True, kw_only=True)
class Hindsight:
    """One audit held against what was said before, area by area.

    ``only_expected`` is ``None`` while not all findings of the audit are written down: until then nobody knows what was not
    found. ``apart`` are counted findings that cannot be held against anything: without an area, or in one that is not asked.
    """

    audit: Audit
    expected: Mapping[str, Expectation]
    both: tuple[AreaFound, ...]
    only_found: tuple[AreaFound, ...]
    only_expected: tuple[AreaFound, ...] | None
    apart: tuple[AuditFinding, ...]


def hindsight(audit: Audit, expected: Mapping[str, Expectation], questionnaires: Sequence[Questionnaire]) -> Hindsight:
    """Hold an audit against what was said before, for the standards of these questionnaires."""
    rows: list[AreaFound] = []
    held: set[str] = set()
    for asked in questionnaires:
        if asked.standard.id in expected:
            told = list(_areas(audit, asked, expected[asked.standard.id]))
            rows += told
            held |= {finding.line.id for row in told for finding in row.findings}
    shown = {asked.standard.id for asked in questionnaires}
    return Hindsight(
        audit=audit,
        expected={asked: expectation for asked, expectation in expected.items() if asked in shown},
        both=tuple(row for row in rows if row.findings and row.expected),
        only_found=tuple(row for row in rows if row.findings and not row.expected),
        only_expected=tuple(row for row in rows if not row.findings) if audit.is_complete else None,
        apart=tuple(
            finding
            for finding in audit.findings
            if finding.counts and finding.line.id not in held and (not finding.standard or finding.standard in shown)
        ),
    )


def _areas(audit: Audit, asked: Questionnaire, expected: Expectation) -> Iterator[AreaFound]:
    """Yield every area in which something was found or expected, in clause order."""
    known = set(asked.areas.values())
    by_area: dict[str, list[AuditFinding]] = {}
    for finding in audit.findings:
        if finding.counts and finding.standard == asked.standard.id and finding.area in known:
            by_area.setdefault(finding.area, []).append(finding)
    for area in sorted({*by_area, *expected.areas}, key=clause_order):
        yield AreaFound(
            standard=asked.standard.id,
            area=area,
            expected=expected.areas.get(area),
            was_open=area in expected.open,
            findings=tuple(by_area.get(area, ())),
        )


@dataclass(frozen=True, kw_only=True)
class Together:
    """All audits together: areas found and expected, found only, expected only; how many findings stand apart.

    ``found`` counts areas in which something was found; with fewer than ``few`` of them nothing can be said.
    """

    both: int
    only_found: int
    only_expected: int
    apart: int
    few: int

    @property
    def found(self) -> int:
        """In how many areas something was found."""
        return self.both + self.only_found

    @property
    def is_little(self) -> bool:
        """Whether there is too little to say anything."""
        return self.found < max(1, self.few)


def together(audits: Sequence[Hindsight]) -> Together:
    """Count over all audits; areas of different audits are counted apart."""
    marks = [each.audit.filled.worksheet.audits for each in audits]
    return Together(
        both=sum(len(each.both) for each in audits),
        only_found=sum(len(each.only_found) for each in audits),
        only_expected=sum(len(each.only_expected or ()) for each in audits),
        apart=sum(len(each.apart) for each in audits),
        few=max((mark.few for mark in marks if mark), default=0),
    )
