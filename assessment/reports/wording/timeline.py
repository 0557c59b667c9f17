"""Dates, deadlines and what holds them, in words."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from assessment.domain.calendar import Milestones, Planned
from assessment.domain.deadline import DeadlineCheck, Meets
from assessment.domain.freshness import Freshness
from assessment.domain.network import StartConstraint
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import Result
from assessment.domain.standard import Edition, Standard
from assessment.domain.timeline import Timeline
from assessment.reports.wording.advice import legs_in_words
from assessment.reports.wording.audits_been import said_of_been
from assessment.reports.wording.dates import day_in_words, days_in_words, join_and, weeks_in_words
from assessment.reports.wording.limits import marked
from assessment.translation import gettext, ngettext


def a_week(days: Fraction | None) -> str:
    """Return person-days a week: ``half a day a week``, ``2 days a week``."""
    if days is None:
        return gettext("everything at once")
    return gettext("%(days)s a week", days=days_in_words(float(days)))


def deadline_in_words(check: DeadlineCheck, name: str, days_a_week: Fraction) -> str:
    """Return whether a deadline can be met, and what it needs."""
    values = {"standard": name, "deadline": day_in_words(check.deadline)}
    if check.is_past:
        return gettext(
            "%(standard)s by %(deadline)s: that day is past; tell the one that counts now. "
            "Not before %(floor)s with everything at once (our judgement).",
            **values,
            floor=day_in_words(check.floor),
        )
    if check.meets is Meets.YES:
        return gettext("%(standard)s by %(deadline)s: the plan meets it.", **values)
    if check.meets is Meets.WITH_MORE_TIME and check.needed is not None:
        return gettext(
            "%(standard)s by %(deadline)s: needs %(needed)s instead of %(given)s.",
            **values,
            needed=a_week(check.needed),
            given=days_in_words(float(days_a_week)),
        )
    floor = day_in_words(check.floor)
    if check.meets is Meets.ONLY_AT_ONCE:
        return gettext(
            "%(standard)s by %(deadline)s: only with everything at once, by many people. "
            "Not before %(floor)s with everything at once (our judgement).",
            **values,
            floor=floor,
        )
    if not check.held_by_steps:
        return gettext(
            "%(standard)s by %(deadline)s: cannot be met by the weeks that audits and decision usually take. "
            "Not before %(floor)s (our judgement): ask your certification body whether it can be sooner.",
            **values,
            floor=floor,
        )
    return gettext(
        "%(standard)s by %(deadline)s: cannot be met. "
        "Not before %(floor)s with everything at once (our judgement): some steps take a fixed number of weeks.",
        **values,
        floor=floor,
    )


def said_of_dates(timeline: Timeline, questionnaires: Sequence[Questionnaire]) -> list[str]:
    """Return what is next after audits that took place, what is said of deadlines, and what to be warned of.

    The same sentences stand on the page and in every format.
    """
    names = {asked.standard.id: asked.standard.name for asked in questionnaires}
    pace = timeline.calendar.days_a_week or Fraction(1)
    deadlines = [
        deadline_in_words(check, names[check.standard], pace) for check in timeline.deadlines if check.standard in names
    ]
    planned = [*deadlines, *_not_planned(timeline.result)]
    return [*said_of_been(timeline, questionnaires), *planned, *warnings_in_words(timeline, questionnaires)]


def _not_planned(result: Result) -> list[str]:
    """Return the deadlines of what was chosen, is not held and not on the way that is followed."""
    return [
        gettext(
            "%(standard)s by %(deadline)s: it is not on the way that is followed, so nothing is planned for it.",
            standard=result.library.standards[standard].name,
            deadline=day_in_words(day),
        )
        for standard, day in result.profile.deadlines().items()
        if standard in result.to_certify and standard not in result.on_the_way
    ]


def said_of_stale_deeds(timeline: Timeline, questionnaires: Sequence[Questionnaire]) -> list[str]:
    """Return what counts today and is planned again, since it will be too old at a stage 2 that is still to come."""
    said = []
    for asked in questionnaires:
        been = timeline.been.get(asked.standard.id)
        stale = [one for one in timeline.result.stale_by_stage_2 if one.question.standard == asked.standard.id]
        if stale and not (been and been.stage_2):
            deeds = [_deed_until(asked, one) for one in stale]
            said.append(
                gettext(
                    "%(standard)s: in the plan again, as it is too old at stage 2: %(deeds)s.",
                    standard=asked.standard.name,
                    deeds=join_and(deeds),
                )
            )
    return said


def _deed_until(asked: Questionnaire, stale: Freshness) -> str:
    area = asked.areas[stale.question.ref]
    return gettext(
        "%(clause)s %(title)s (counts until %(day)s)",
        clause=area,
        title=asked.clause_title(area),
        day=day_in_words(stale.until),
    )


def held_in_words(planned: Planned, titles: Mapping[str, str]) -> str:
    """Return why a step begins when it does."""
    if planned.constraint is StartConstraint.AFTER:
        return gettext("after “%(step)s”", step=titles[planned.held_by])
    if planned.constraint is StartConstraint.ALONGSIDE:
        return gettext("beside “%(step)s”, once that is under way", step=titles[planned.held_by])
    if planned.constraint is StartConstraint.WORK:
        return gettext("when the work on “%(step)s” is done", step=titles[planned.held_by])
    return gettext("at once")


def chain_in_words(milestones: Milestones, at_once: Milestones) -> str:
    """Return what holds the date: how much at this pace, and which steps set it however many people work.

    ``at_once`` are the dates of the same standard with everything at once.
    """
    if not milestones.chain:
        return gettext("Only the weeks around the audits hold this date; no step does.")
    longest = sorted(milestones.chain, key=lambda planned: -planned.step.weeks)[:3]
    now = ngettext(
        "%(num)s step holds this date at this pace, with %(days)s of work. The longest of them: %(longest)s.",
        "%(num)s steps hold this date at this pace, with %(days)s of work. The longest of them: %(longest)s.",
        len(milestones.chain),
        days=days_in_words(sum(planned.step.person_days for planned in milestones.chain)),
        longest=_with_weeks(longest),
    )
    if not at_once.chain:
        return gettext("%(now)s With enough people only the weeks around the audits would.", now=now)
    always = ngettext(
        "However many people work, this one sets it: %(steps)s.",
        "However many people work, these %(num)s set it: %(steps)s.",
        len(at_once.chain),
        steps=_with_weeks(at_once.chain),
    )
    return gettext("%(now)s %(always)s", now=now, always=always)


def _with_weeks(steps: Sequence[Planned]) -> str:
    return "; ".join(
        gettext("“%(step)s”, %(weeks)s", step=planned.step.action.title, weeks=weeks_in_words(planned.step.weeks))
        for planned in steps
    )


def forward_in_words(timeline: Timeline, standard_id: str, result: Result) -> list[str]:
    """Return what would bring a certificate forward, the strongest first, and the floor.

    That is each number of days a week, and each other order of the standards at the same number, that makes it earlier. Other
    orders are compared from the day of the result on only, at the pace its profile tells.
    """
    now = timeline.calendar.milestones[standard_id].certificate
    levers = [(certificates[standard_id], _pace(days)) for days, certificates in timeline.certificates_by_days.items() if days]
    planned_anew = standard_id not in timeline.been
    if planned_anew and (timeline.calendar.start, timeline.calendar.days_a_week) == (result.on, result.days_a_week):
        levers += [
            (dates[standard_id], gettext("Another way, %(way)s", way=legs_in_words(legs, result.library)))
            for legs, dates in result.other_orders.items()
        ]
    better = [
        gettext("%(lever)s: %(day)s.", lever=lever, day=day_in_words(day))
        for day, lever in sorted(levers, key=lambda one: one[0])
        if day < now
    ]
    floor = day_in_words(timeline.floor.milestones[standard_id].certificate)
    return [*better, gettext("Not before %(day)s with everything at once (our judgement).", day=floor)]


def _pace(days: Fraction | None) -> str:
    """Return days a week to begin a sentence with."""
    if days is None:
        return gettext("Everything at once")
    if days == Fraction(1, 2):
        return gettext("Half a day a week")
    return a_week(days)


def warnings_in_words(timeline: Timeline, questionnaires: Sequence[Questionnaire]) -> list[str]:
    """Return what to be warned of: a date that is too good, an edition that ends before it, one not every body gives."""
    warnings: list[str] = []
    in_time: list[tuple[Edition, Edition]] = []
    too_late: list[tuple[Edition, Edition]] = []
    certificates = {standard: dates.certificate for standard, dates in timeline.calendar.milestones.items()}
    for questionnaire in questionnaires:
        standard, edition = questionnaire.standard, questionnaire.edition
        if standard.id in timeline.hasty:
            warnings.append(
                gettext(
                    "%(standard)s: this is under four months. Plans of three months often end at six to eight (one source); "
                    "check that about three months of records can really be shown.",
                    standard=standard.name,
                )
            )
        if standard.id in timeline.after_edition and edition.no_new_certificates_after:
            warnings.append(
                gettext(
                    "%(standard)s: new certificates to %(edition)s are given only until %(day)s. Choose the newer edition.",
                    standard=standard.name,
                    edition=edition.name,
                    day=marked(edition.no_new_certificates_after, edition.no_new_known),
                )
            )
            too_late += [pair for pair in _editions(standard) if pair[0] is edition]
        elif standard.id in certificates and standard.id not in timeline.been:
            for older, newer in _editions(standard):
                last = older.no_new_certificates_after
                if newer is edition:
                    (too_late if last and certificates[standard.id] > last else in_time).append((older, newer))
            warnings += _transition_later(standard, edition)
    return [*warnings, *([accredited(in_time)] if in_time else []), *([only_newer(too_late)] if too_late else [])]


def _transition_later(standard: Standard, edition: Edition) -> list[str]:
    """Return that certificates to an older edition end, where that is planned for."""
    if edition.ends is None:
        return []
    return [
        gettext(
            "%(standard)s: certificates to %(edition)s end by %(day)s; a transition audit has to be over before.",
            standard=standard.name,
            edition=edition.name,
            day=marked(edition.ends, edition.ends_known),
        )
    ]


def _editions(standard: Standard) -> list[tuple[Edition, Edition]]:
    """Return each edition that another supersedes, with that one."""
    by_id = {edition.id: edition for edition in standard.editions}
    return [(by_id[newer.supersedes], newer) for newer in standard.editions if newer.supersedes in by_id]


def only_newer(editions: Sequence[tuple[Edition, Edition]]) -> str:
    """Return that the newer of each two editions is the only one by the date of the plan, and from whom."""
    return gettext(
        "%(editions)s: only from a certification body that is accredited for it. Ask first: the plan ends after %(until)s, the "
        "last day for first certificates to the edition before.",
        editions=join_and([newer.name for _, newer in editions]),
        until=_last_days(editions),
    )


def _last_days(editions: Sequence[tuple[Edition, Edition]]) -> str:
    """Return the last day for new certificates to the older of each two editions, where one is known."""
    return join_and([marked(day, older.no_new_known) for older, _ in editions if (day := older.no_new_certificates_after)])


def accredited(editions: Sequence[tuple[Edition, Edition]]) -> str:
    """Return when the newer of each two editions is right for a first certificate: it is never advised without this."""
    names = join_and([newer.name for _, newer in editions])
    until = _last_days(editions)
    if not until:
        return gettext(
            "%(editions)s: only from a certification body that is accredited for it. Ask first: the edition before, and a "
            "transition audit later, is honest, too (our judgement).",
            editions=names,
        )
    return gettext(
        "%(editions)s: only from a certification body that is accredited for it. Ask first: until %(until)s the edition "
        "before, and a transition audit later, is honest, too (our judgement).",
        editions=names,
        until=until,
    )
