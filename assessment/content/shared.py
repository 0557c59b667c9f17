"""The files that no standard owns: rules, profile, topics."""

import re

from assessment.content.reading import Source, Table
from assessment.domain.library import Term
from assessment.domain.profile import ProfileChoice, ProfileGroup, ProfileKind, ProfileQuestion
from assessment.domain.rules import (
    CalendarRules,
    CarryRules,
    FindingRules,
    FitRules,
    GateRules,
    Overlap,
    Rules,
    Rung,
    RungRule,
    WorkRules,
)
from assessment.domain.standard import Topic

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
RUNG_IDS = tuple(rung.id for rung in Rung)
# The plan and the audit time read these profile answers by name.
PROFILE_IDS_READ_BY_RULES = {
    "people": ProfileKind.NUMBER,
    "days-a-week": ProfileKind.CHOICE,
    "deadline": ProfileKind.DATES,
    "certificates": ProfileKind.CERTIFICATES,
}


def read_id(table: Table) -> str:
    """Read an id: lower-case words joined by hyphens."""
    written = table.text("id")
    if written and not ID.fullmatch(written):
        table.fault("id", f"expected lower-case words joined by hyphens, found {written!r}")
    return written


def read_rules(source: Source) -> Rules:
    """Read ``rules.toml``: the ladder and every number of the rules."""
    table = source.read("rules.toml")
    revision = table.text("revision")
    ladder = _read_ladder(table)
    score, findings, verdict = table.table("score"), table.table("findings"), table.table("verdict")
    carried, fit, size = table.table("carried"), table.table("fit"), table.table("size")
    calendar, work = table.table("calendar"), table.table("work")
    rules = Rules(
        revision=revision,
        ladder=ladder,
        enough=read_rung(score, "enough"),
        findings=FindingRules(
            essential_major_up_to=read_rung(findings, "essential-major-up-to"),
            required_major_up_to=read_rung(findings, "required-major-up-to"),
            lapses_for_major=findings.whole("lapses-for-major", 2, 20),
            absent_for_major=findings.whole("absent-for-major", 0, 20),
            stale_counts_as=read_rung(findings, "stale-counts-as"),
            look_again_months=findings.whole("look-again-months", 1, 60),
        ),
        gates=GateRules(
            stage_1_at_least=read_rung(verdict, "stage-1-at-least"),
            reason_words=verdict.whole("reason-words", 1, 20),
            empty_words=frozenset(verdict.texts("empty-words")),
            defined_percent=verdict.whole("defined-percent", 0, 100),
            in_use_percent=verdict.whole("in-use-percent", 0, 100),
            minor_areas_allowed=verdict.whole("minor-areas-allowed", 0, 100),
            ready_in_use_percent=verdict.whole("ready-in-use-percent", 0, 100),
        ),
        carried=_read_carried(carried),
        fit=FitRules(strong=fit.whole("strong", 1, 100), close=fit.whole("close", 0, 100), weak=fit.whole("weak", 0, 100)),
        calendar=CalendarRules(
            days_a_week=calendar.whole("days-a-week", 1, 5),
            notice_weeks=calendar.whole("notice-weeks", 0, 52),
            stage_1_before_ready_weeks=calendar.whole("stage-1-before-ready-weeks", 0, 26),
            stage_2_after_weeks=calendar.whole("stage-2-after-weeks", 0, 26),
            stage_2_after_ready_weeks=calendar.whole("stage-2-after-ready-weeks", 0, 26),
            decision_weeks=calendar.whole("decision-weeks", 0, 26),
            warn_under_weeks=calendar.whole("warn-under-weeks", 0, 52),
        ),
        work=_read_work(work),
        small_up_to=size.whole("small-up-to", 1, 1_000_000),
        medium_up_to=size.whole("medium-up-to", 1, 1_000_000),
    )
    for part in (score, findings, verdict, carried, fit, size, calendar, work, table):
        part.close()
    return rules


def _read_work(table: Table) -> WorkRules:
    return WorkRules(
        people=table.whole("people", 1, 10_000),
        assumed_people=table.whole("assumed-people", 1, 10_000),
        effort_power=table.whole("effort-power-percent", 0, 100) / 100,
        least_days=table.whole("least-quarter-days", 1, 4) / 4,
        weeks_power=table.whole("weeks-power-percent", 0, 100) / 100,
        weeks_shortest=table.whole("weeks-shortest-percent", 1, 100) / 100,
        weeks_longest=table.whole("weeks-longest-percent", 100, 1000) / 100,
        spread_percent=table.whole("spread-percent", 0, 100),
        bought_percent=table.whole("bought-percent", 0, 100),
        one_hand_up_to=table.whole("one-hand-up-to", 0, 100),
        later_part=table.whole("later-part-percent", 1, 100) / 100,
    )


def _read_carried(table: Table) -> CarryRules:
    at_most = {Overlap.FULL: Rung.IMPROVED, Overlap.MOST: _rung_or_none(table, "most-at-most")}
    at_most[Overlap.PART] = _rung_or_none(table, "part-at-most")
    return CarryRules(at_most=at_most, method_from=read_rung(table, "method-from"))


def _rung_or_none(table: Table, field: str) -> Rung | None:
    """Read the id of a rung, or "none"."""
    found = table.one_of(field, ("none", *RUNG_IDS))
    return None if found == "none" else Rung.of(found)


def _read_ladder(table: Table) -> tuple[RungRule, ...]:
    steps = table.tables("rung", at_least=len(Rung))
    ladder: list[RungRule] = []
    for rung, step in zip(Rung, steps, strict=False):
        if step.text("id") != rung.id:
            step.fault("id", f"expected '{rung.id}': the ladder is {', '.join(RUNG_IDS)}")
        rule = RungRule(rung=rung, title=step.wording("title"), test=step.wording("test"), points=step.whole("points", 0, 100))
        if ladder and rule.points <= ladder[-1].points:
            step.fault("points", "must be more than those of the rung below")
        ladder.append(rule)
        step.close()
    if len(steps) > len(Rung):
        table.fault("rung", f"expected {len(Rung)} rungs, found {len(steps)}")
    return tuple(ladder)


def read_rung(table: Table, field: str, default: Rung | None = None) -> Rung:
    """Read the id of a rung."""
    if default is not None:
        return Rung.of(table.one_of(field, RUNG_IDS, default.id))
    return Rung.of(table.one_of(field, RUNG_IDS))


def read_profile(source: Source) -> tuple[ProfileGroup, ...]:
    """Read ``profile.toml``: the questions about the organisation, in groups of one page each."""
    table = source.read("profile.toml")
    groups = table.tables("group")
    group_ids = tuple(group.text("id") for group in groups)
    questions = tuple(_read_profile_question(question, group_ids) for question in table.tables("question"))
    table.close()
    _refuse_twice(table, "group", group_ids)
    _refuse_twice(table, "question", tuple(question.id for question in questions))
    for needed, kind in PROFILE_IDS_READ_BY_RULES.items():
        if not any(question.id == needed and question.kind is kind for question in questions):
            table.fault("question", f"needs a question '{needed}' of kind '{kind}': the rules read it")
    built = []
    for group, group_id in zip(groups, group_ids, strict=True):
        members = tuple(question for question in questions if question.group == group_id)
        built.append(ProfileGroup(id=group_id, title=group.wording("title"), intro=group.wording("intro"), questions=members))
        group.close()
        if not members:
            group.fault("id", "no question belongs to this group")
    return tuple(built)


def _read_profile_question(table: Table, groups: tuple[str, ...]) -> ProfileQuestion:
    kind = ProfileKind(table.one_of("kind", tuple(ProfileKind)))
    offers = kind in (ProfileKind.CHOICE, ProfileKind.MANY)
    choices = []
    for choice in table.tables("choice", at_least=2 if offers else 0):
        choices.append(ProfileChoice(id=choice.text("id"), text=choice.wording("text")))
        choice.close()
    if choices and not offers:
        table.fault("choice", f"a question of kind '{kind}' has no choices")
    _refuse_twice(table, "choice", tuple(choice.id for choice in choices))
    question = ProfileQuestion(
        id=table.text("id"),
        group=table.one_of("group", groups),
        kind=kind,
        asks=table.wording("asks"),
        hint=table.wording("hint"),
        choices=tuple(choices),
    )
    table.close()
    return question


def read_topics(source: Source) -> dict[str, Topic]:
    """Read ``topics.toml``: what management systems have in common, by id."""
    table = source.read("topics.toml")
    topics = []
    for topic in table.tables("topic"):
        topics.append(Topic(id=topic.text("id"), title=topic.wording("title"), about=topic.wording("about")))
        topic.close()
    table.close()
    _refuse_twice(table, "topic", tuple(topic.id for topic in topics))
    return {topic.id: topic for topic in topics}


def read_glossary(source: Source) -> tuple[Term, ...]:
    """Read ``glossary.toml``: words of the field, in alphabetical order of their titles."""
    table = source.read("glossary.toml")
    terms = []
    written: list[str] = []
    for term in table.tables("term"):
        forms = term.texts("forms")
        written += forms
        if any(form != form.lower() for form in forms):
            term.fault("forms", "expected lower-case words")
        # One message for all of them: another language may have more forms of a word, or fewer.
        shown = tuple(form.strip().lower() for form in term.translated("forms", ", ".join(forms)).split(","))
        terms.append(Term(id=term.text("id"), title=term.wording("title"), forms=shown, means=term.wording("means")))
        term.close()
    table.close()
    _refuse_twice(table, "term", tuple(term.id for term in terms))
    _refuse_twice(table, "forms", tuple(written))
    return tuple(sorted(terms, key=lambda term: term.title.lower()))


def _refuse_twice(table: Table, field: str, ids: tuple[str, ...]) -> None:
    for twice in sorted({known for known in ids if ids.count(known) > 1}):
        table.fault(field, f"'{twice}' is used twice")
