"""Audits that took place, in words: what is next after them, and minors of the last audit that are still open."""

from collections.abc import Sequence
from datetime import date

from assessment.domain.audit_findings import AuditFinding
from assessment.domain.audits_been import Been
from assessment.domain.calendar import Milestones
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.timeline import Timeline
from assessment.domain.upkeep import Upkeep
from assessment.domain.working_days import weeks_later
from assessment.domain.worksheet_actions import Effect
from assessment.reports.wording.dates import day_in_words, join_and
from assessment.translation import gettext, lazy_gettext, ngettext

KEEP_FRESH = lazy_gettext("No answer is short of what is enough. Keep the evidence fresh.")


def said_of_been(timeline: Timeline, questionnaires: Sequence[Questionnaire]) -> list[str]:
    """Return what is next for each standard of which audits took place."""
    return [
        _next(timeline.been[asked.standard.id], timeline.calendar.milestones[asked.standard.id], asked, timeline)
        for asked in questionnaires
        if asked.standard.id in timeline.been and asked.standard.id in timeline.calendar.milestones
    ]


def _next(been: Been, dates: Milestones, asked: Questionnaire, timeline: Timeline) -> str:
    name, rules = asked.standard.name, asked.rules.calendar
    if been.stage_2 is None:
        return _after_stage_1(been.stage_1 or dates.stage_1, been, dates, asked)
    values = {"standard": name, "day": day_in_words(been.stage_2)}
    if been.is_stage_2_again(timeline.start):
        return gettext(
            "%(standard)s: stage 2 took place on %(day)s, and a major was not closed in time. Next is another stage 2 (several "
            "sources), at the earliest on %(again)s.",
            **values,
            again=day_in_words(dates.stage_2),
        )
    if been.majors:
        return gettext(
            "%(standard)s: stage 2 took place on %(day)s. Next is to have the open majors closed: the certificate waits "
            "for them.",
            **values,
        )
    expected = weeks_later(been.stage_2, rules.decision_weeks)
    if expected < timeline.start:
        said = gettext(
            "%(standard)s: stage 2 took place on %(day)s. The decision was to be expected by about %(expected)s (our "
            "judgement): ask your certification body, and tell the certificate in the profile once it is there.",
            **values,
            expected=day_in_words(expected),
        )
    else:
        said = ngettext(
            "%(standard)s: stage 2 took place on %(day)s. Next is the decision, about %(num)s week after it (our judgement): "
            "%(certificate)s.",
            "%(standard)s: stage 2 took place on %(day)s. Next is the decision, about %(num)s weeks after it (our judgement): "
            "%(certificate)s.",
            rules.decision_weeks,
            **values,
            certificate=day_in_words(dates.certificate),
        )
    if been.is_complete:
        return said
    missing = gettext("Nobody has said yet that all its findings are written down; a major among them would hold it up.")
    return f"{said} {missing}"


def _after_stage_1(stage_1: date, been: Been, dates: Milestones, asked: Questionnaire) -> str:
    said = ngettext(
        "%(standard)s: stage 1 took place on %(day)s. Next is stage 2, at the soonest %(num)s week after it: %(stage_2)s.",
        "%(standard)s: stage 1 took place on %(day)s. Next is stage 2, at the soonest %(num)s weeks after it: %(stage_2)s.",
        asked.rules.calendar.stage_2_after_weeks,
        standard=asked.standard.name,
        day=day_in_words(stage_1),
        stage_2=day_in_words(dates.stage_2),
    )
    last = weeks_later(stage_1, been.stage_1_stands_weeks)
    if dates.stage_2 <= last:
        return said
    repeat = gettext(
        "That is after %(last)s: many bodies repeat stage 1 when so much time has passed (several sources). Ask yours.",
        last=day_in_words(last),
    )
    return f"{said} {repeat}"


def said_of_minors(findings: Sequence[AuditFinding], upkeep: Sequence[Upkeep]) -> list[str]:
    """Return which minors of earlier audits are still open before the next audit of a certificate, and what becomes of them."""
    said = []
    for one in upkeep:
        certificate = one.certificate
        lines = [each.line.id for each in findings if _is_open_minor(each, certificate.standard)]
        if not lines:
            continue
        values = {"lines": join_and(lines), "standard": one.standard.name}
        day = day_in_words(certificate.next_audit) if certificate.next_audit else gettext("a day that is not told")
        said.append(
            ngettext(
                "%(standard)s: %(num)s minor of an earlier audit is open (%(lines)s). It is checked at the next audit, on "
                "%(day)s; a minor that persists is raised to a major (several sources).",
                "%(standard)s: %(num)s minors of earlier audits are open (%(lines)s). They are checked at the next audit, on "
                "%(day)s; a minor that persists is raised to a major (several sources).",
                len(lines),
                day=day,
                **values,
            )
        )
    return said


def _is_open_minor(finding: AuditFinding, standard: str) -> bool:
    """Tell whether a finding is a minor of a standard that is neither closed nor mended so that it helped."""
    mended = finding.action is not None and finding.action.effect is Effect.HELPED
    return finding.is_minor and finding.closed_on is None and not mended and finding.standard in ("", standard)
