"""What auditors really found, in words: open majors, what became of findings, and how often this product was right."""

from collections.abc import Mapping, Sequence
from datetime import date

from assessment.domain.audit_findings import Audit, AuditFinding, OpenMajors
from assessment.domain.hindsight import AreaFound, Expectation, Foretold, Hindsight, Together
from assessment.domain.library import Library
from assessment.domain.result import Result
from assessment.domain.worksheet_actions import Effect, WorksheetAction
from assessment.reports.wording.audits_been import said_of_minors
from assessment.reports.wording.dates import day_in_words, join_and
from assessment.reports.wording.worksheet_actions import EFFECTS
from assessment.reports.wording.worksheet_lines import line_in_full
from assessment.translation import gettext, lazy_gettext, ngettext, pgettext

TITLE = lazy_gettext("After the audit")
NOTHING_YET = lazy_gettext(
    "No audit is written down yet. Once one has been, write down what was really found: its actions become steps of the plan, "
    "and here stands how often this product was right."
)
FINDINGS = lazy_gettext("What was really found")
FINDINGS_HEAD = (
    lazy_gettext("Finding"),
    lazy_gettext("Area"),
    lazy_gettext("What was found"),
    lazy_gettext("Action"),
    lazy_gettext("Owner"),
    lazy_gettext("Where it stands"),
)
NO_FINDINGS = lazy_gettext("No finding is written down.")
NO_AUDIT = lazy_gettext("Without an audit")
HOW_OFTEN = lazy_gettext("How often were we right")
ABOUT = lazy_gettext(
    "Counted are areas, audit by audit, with majors, minors and areas of concern. These are counts and no probability: an "
    "audit is a sample, and where it found nothing there may still be something. Opportunities are not counted, since they "
    "break no requirement."
)
COUNTS_HEAD = (
    lazy_gettext("Audit"),
    lazy_gettext("Found and expected"),
    lazy_gettext("Found, not expected"),
    lazy_gettext("Expected, not found"),
)
AREAS_HEAD = (lazy_gettext("What was expected"), lazy_gettext("What was found"))
GROUP = lazy_gettext("Found or expected")
AREA = lazy_gettext("Area")
TOGETHER = lazy_gettext("All together")
NOT_COUNTED = lazy_gettext("Not counted: not all findings are written down.")
AREAS = lazy_gettext("Area by area")
NOTHING_FOUND = lazy_gettext("Nothing")
NOTHING_TO_SHOW = lazy_gettext("Nothing was found here, and nothing was expected that can be counted.")
_FORETOLD: Mapping[Foretold, object] = {
    Foretold.STOP: lazy_gettext("Would stop stage 1"),
    Foretold.MAJOR: lazy_gettext("Likely major"),
    Foretold.MINOR: lazy_gettext("Likely minor"),
}


def audit_name(audit: Audit) -> str:
    """Return what an audit is called: its id, which it was, and when."""
    name = line_in_full(audit.filled, audit.line)
    return gettext("%(audit)s, no day yet", audit=name) if audit.began is None else name


def of_audit(title: str, audit: str) -> str:
    """Return what a table about one audit is called."""
    return gettext("%(title)s: %(audit)s", title=title, audit=audit)


def summary_in_words(audits: Sequence[Audit], findings: Sequence[AuditFinding]) -> str:
    """Return how many audits and findings are written down, and how many of their actions are still to be done."""
    audits_text = ngettext("%(num)s audit is written down", "%(num)s audits are written down", len(audits))
    findings_text = ngettext("%(num)s finding", "%(num)s findings", len(findings))
    to_do = sum(finding.action is not None and finding.action.note.done_on is None for finding in findings)
    if not to_do:
        return gettext("%(audits)s, with %(findings)s; no action is left to do.", audits=audits_text, findings=findings_text)
    actions = ngettext("%(num)s action is still to be done", "%(num)s actions are still to be done", to_do)
    return gettext("%(audits)s, with %(findings)s; %(actions)s.", audits=audits_text, findings=findings_text, actions=actions)


def said_of_majors(found: OpenMajors, result: Result) -> str:
    """Return that majors of a standard are open, and what that means for its certificate."""
    name = result.library.standards[found.standard].name
    lines = join_and([finding.line.id for finding in found.findings])
    if found.standard in result.held:
        said = ngettext(
            "%(standard)s: %(num)s major of a real audit is open (%(lines)s). Your certification body looks at the correction "
            "and the corrective action before it closes it: within its term, 90 days at many "
            "(several sources). Otherwise the certificate is at risk.",
            "%(standard)s: %(num)s majors of real audits are open (%(lines)s). Your certification body looks at the correction "
            "and the corrective action of each before it closes it: within its term, 90 days at many "
            "(several sources). Otherwise the certificate is at risk.",
            len(found.findings),
            standard=name,
            lines=lines,
        )
        if found.close_by is None:
            return said
        closed = gettext("What stage 2 found was closed before the certificate was decided: write down the day.")
        return f"{said} {closed}"
    text = ngettext(
        "%(standard)s: %(num)s major of a real audit is open (%(lines)s). A certificate is not decided while a major is open, "
        "so every date here holds only once it is closed.",
        "%(standard)s: %(num)s majors of real audits are open (%(lines)s). A certificate is not decided while a major is open, "
        "so every date here holds only once they are closed.",
        len(found.findings),
        standard=name,
        lines=lines,
    )
    return f"{text} {_close_by(found.close_by, found.months_to_close, result.on)}" if found.close_by else text


def majors_in_short(found: OpenMajors, result: Result) -> str:
    """Return that majors of a standard are open, for where there is little room."""
    if found.standard in result.held:
        return ngettext(
            "%(num)s major of a real audit is open: the certificate is at risk until your certification body closes it.",
            "%(num)s majors of real audits are open: the certificate is at risk until your certification body closes them.",
            len(found.findings),
        )
    return ngettext(
        "%(num)s major of a real audit is open: no certificate is decided before it is closed.",
        "%(num)s majors of real audits are open: no certificate is decided before they are closed.",
        len(found.findings),
    )


def _close_by(day: date, months: int, on: date) -> str:
    if day < on:
        return ngettext(
            "The day to close it by was %(day)s, %(num)s month after stage 2 (several sources): ask your certification body "
            "whether stage 2 is done again.",
            "The day to close it by was %(day)s, %(num)s months after stage 2 (several sources): ask your certification body "
            "whether stage 2 is done again.",
            months,
            day=day_in_words(day),
        )
    return ngettext(
        "It has to be closed by %(day)s, %(num)s month after stage 2; otherwise stage 2 is done again (several sources).",
        "It has to be closed by %(day)s, %(num)s months after stage 2; otherwise stage 2 is done again (several sources).",
        months,
        day=day_in_words(day),
    )


def said_of_audits(majors: Sequence[OpenMajors], findings: Sequence[AuditFinding], result: Result) -> list[str]:
    """Return what real audits mean for verdicts, next steps and dates: the same sentences on pages and in every format."""
    return [
        *(said_of_majors(found, result) for found in majors),
        *said_of_minors(findings, result.upkeep),
        *said_of_actions(findings),
        *said_of_effects(findings),
    ]


def said_of_actions(findings: Sequence[AuditFinding]) -> list[str]:
    """Return which actions of real audits are still to be done; nothing where none is."""
    lines = [each.line.id for each in findings if each.action and each.action.note.done_on is None]
    if not lines:
        return []
    return [
        ngettext(
            "Before every other step: %(num)s action of a real audit is still to be done (%(lines)s).",
            "Before every other step: %(num)s actions of real audits are still to be done (%(lines)s).",
            len(lines),
            lines=join_and(lines),
        )
    ]


def said_of_effects(findings: Sequence[AuditFinding]) -> list[str]:
    """Return which actions are done without anybody having looked whether they helped, and which did not help."""
    by_effect: dict[Effect, list[str]] = {}
    for finding in findings:
        if finding.action:
            by_effect.setdefault(finding.action.effect, []).append(finding.line.id)
    said = []
    if lines := by_effect.get(Effect.NOT_LOOKED_AT):
        said.append(
            ngettext(
                "%(num)s corrective action of a real audit is done, and nobody has looked yet whether it helped: %(lines)s.",
                "%(num)s corrective actions of real audits are done, and nobody has looked yet whether they helped: %(lines)s.",
                len(lines),
                lines=join_and(lines),
            )
        )
    if lines := by_effect.get(Effect.DID_NOT_HELP):
        said.append(
            ngettext(
                "%(num)s corrective action of a real audit did not help; find the cause again: %(lines)s.",
                "%(num)s corrective actions of real audits did not help; find the causes again: %(lines)s.",
                len(lines),
                lines=join_and(lines),
            )
        )
    return said


def stands(finding: AuditFinding) -> list[str]:
    """Return where a finding stands: its action, whether that helped, and whether it is closed."""
    said = [*_action_stands(finding.action)]
    if finding.closed_on:
        said.append(gettext("Closed by the certification body on %(day)s", day=day_in_words(finding.closed_on)))
    elif finding.is_major:
        said.append(gettext("The major is open"))
    return said


def _action_stands(action: WorksheetAction | None) -> list[str]:
    if action is None:
        return []
    if action.note.done_on is None:
        until = day_in_words(action.note.due) if action.note.due else gettext("no day yet")
        return [gettext("To do: %(until)s", until=until), *([action.before] if action.before else [])]
    done = gettext("Done on %(day)s", day=day_in_words(action.note.done_on))
    return [done, *([str(EFFECTS[action.effect])] if action.effect in EFFECTS else [])]


def area_in_words(finding: AuditFinding) -> str:
    """Return the area of a finding as the worksheet offers it; that none is named yet where nothing is said."""
    marks = finding.filled.worksheet.audits
    register = finding.filled.worksheet.register_of(finding.line.id)
    said = finding.line.text(marks.area) if marks else ""
    return register.by_id[marks.area].text_of(said) if marks and register and said else gettext("No area yet")


def grade_in_words(finding: AuditFinding) -> str:
    """Return the grade of a finding as the worksheet offers it; that none is named yet where nothing is said."""
    marks = finding.filled.worksheet.audits
    register = finding.filled.worksheet.register_of(finding.line.id)
    said = finding.line.text(marks.grade) if marks else ""
    return register.by_id[marks.grade].text_of(said) if marks and register and said else gettext("No grade yet")


def held_against(found: Hindsight, library: Library) -> str:
    """Return which answers an audit is held against: those of the day before, or today's where there were none."""
    name = audit_name(found.audit)
    if not found.expected:
        return gettext("%(audit)s: none of its standards is looked at here, so it is held against nothing.", audit=name)
    told = [
        gettext("%(standard)s: %(answers)s", standard=library.standards[standard].name, answers=_answers_of(expected))
        for standard, expected in found.expected.items()
    ]
    what = (
        gettext("what would have stopped stage 1")
        if found.audit.looks_at_stops
        else pgettext("held against", "the likely findings")
    )
    return gettext("%(audit)s, held against %(what)s. %(answers)s", audit=name, what=what, answers=" ".join(told))


def _answers_of(expected: Expectation) -> str:
    if expected.on is None:
        return gettext("nothing was answered before the audit, so today’s answers stand in, and this shows less.")
    return gettext("by the answers as they were on %(day)s, the day before.", day=day_in_words(expected.on))


def expected_in_words(row: AreaFound) -> str:
    """Return what was expected in an area; that nothing was, or that questions were still open there."""
    if row.expected:
        return str(_FORETOLD[row.expected])
    return gettext("Not known: questions were open") if row.was_open else gettext("Nothing")


def area_of(row: AreaFound, library: Library) -> str:
    """Return an area with its standard."""
    return f"{library.standards[row.standard].name} {row.area}"


def expected_and_found(row: AreaFound) -> tuple[str, str]:
    """Return what was expected in an area, and which findings were written against it."""
    found = join_and([f"{each.line.id} {grade_in_words(each)}" for each in row.findings])
    return expected_in_words(row), found or str(NOTHING_FOUND)


def apart_in_words(found: Sequence[AuditFinding]) -> str:
    """Return which findings are held against nothing, and why."""
    return ngettext(
        "%(num)s finding is in no area that is asked here, and is not counted: %(lines)s.",
        "%(num)s findings are in no area that is asked here, and are not counted: %(lines)s.",
        len(found),
        lines=join_and([finding.line.id for finding in found]),
    )


def conclusion(told: Together) -> str:
    """Return what all audits together show, or that they are too few to show anything."""
    found = ngettext(
        "Something was found in %(num)s area, and %(both)s of that was expected.",
        "Something was found in %(num)s areas, and in %(both)s of them it was expected.",
        told.found,
        both=told.both,
    )
    if told.found == 0:
        return gettext("Nothing that counts was found so far, so nothing can be said about how often we were right.")
    if told.is_little:
        return gettext(
            "%(found)s With fewer than %(few)s areas that says nothing yet about how often we are right (our judgement).",
            found=found,
            few=told.few,
        )
    return found
