"""Actions: shared ones that serve a topic in every standard, and those of one standard."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from assessment.content.conditions import read_conditions
from assessment.content.reading import Source, Table
from assessment.content.shared import RUNG_IDS, read_id, read_rung
from assessment.domain.rules import Rung
from assessment.domain.standard import Action, Question, Standard


def read_actions(source: Source, standards: Iterable[Standard]) -> dict[str, Action]:
    """Read all actions, shared ones first, each resolved to the questions it lifts and the actions it comes after."""
    standards = tuple(standards)
    places = [("actions.toml", ""), *((f"{standard.id}/actions.toml", standard.id) for standard in standards)]
    tables = [(table, owner) for file, owner in places for table in _open(source, file)]
    keys = [f"{owner}/{table.raw('id')}" if owner else str(table.raw("id")) for table, owner in tables]
    questions = {question.ref: question for standard in standards for question in standard.questions}
    actions: dict[str, Action] = {}
    waits: list[tuple[str, str]] = []
    opens: list[tuple[str, str, int]] = []
    for (table, owner), key in zip(tables, keys, strict=True):
        if key in actions:
            table.fault("id", "is used twice")
        waits += [(key, later) for later in _read_named(table, "before", owner, frozenset(keys))]
        opens += [(key, later, weeks) for later, weeks in _read_weeks(table, "lets-begin", owner, frozenset(keys)).items()]
        action = _read_action(table, owner, frozenset(keys), questions)
        actions[key] = action
    for earlier, later in waits:
        if later in actions:
            actions[later] = replace(actions[later], after=(*actions[later].after, earlier))
    for earlier, later, weeks in opens:
        if later in actions:
            actions[later] = replace(actions[later], alongside={**actions[later].alongside, earlier: weeks})
    _refuse_cycles(actions, {key: table for (table, _), key in zip(tables, keys, strict=True)})
    return actions


def _open(source: Source, file: str) -> tuple[Table, ...]:
    table = source.read(file)
    entries = table.tables("action")
    table.close()
    return entries


def _read_action(table: Table, owner: str, keys: frozenset[str], questions: Mapping[str, Question]) -> Action:
    action = Action(
        standard=owner,
        id=read_id(table),
        title=table.wording("title"),
        why=table.wording("why"),
        steps=table.wordings("steps"),
        note=table.wording("note", ""),
        done_when=table.wording("done-when"),
        role=table.wording("role"),
        effort=table.half_days("effort"),
        weeks=table.whole("weeks", 1, 52),
        lasting=table.flag("lasting", default=False),
        signed=table.flag("signed", default=False),
        anew=table.flag("anew", default=False),
        alongside=_read_weeks(table, "alongside", owner, keys),
        when=read_conditions(table, "when"),
        unless=read_conditions(table, "unless"),
        urgent_when=read_conditions(table, "urgent-when"),
        early_when=read_conditions(table, "early-when"),
        after=tuple(_read_named(table, "after", owner, keys)),
        produces=table.wordings("produces"),
        lifts=_read_lifts(table, owner, questions),
    )
    table.close()
    return action


def _read_weeks(table: Table, field: str, owner: str, keys: frozenset[str]) -> dict[str, int]:
    """Read actions with weeks: those of the same standard first, then shared ones."""
    own = table.table_or_none(field)
    if own is None:
        return {}
    beside: dict[str, int] = {}
    for name in own.fields():
        weeks = own.whole(name, 0, 52)
        key = f"{owner}/{name}" if owner and f"{owner}/{name}" in keys else name
        if key not in keys:
            own.fault(name, "is neither an action of this standard nor a shared one")
        else:
            beside[key] = weeks
    own.close()
    return beside


def _read_named(table: Table, field: str, owner: str, keys: frozenset[str]) -> Iterable[str]:
    """Read the actions that ``after`` or ``before`` names: those of the same standard first, then shared ones."""
    for name in table.texts(field, ()):
        own = f"{owner}/{name}"
        if owner and own in keys:
            yield own
        elif name in keys:
            yield name
        else:
            table.fault(field, f"'{name}' is neither an action of this standard nor a shared one")


def _read_lifts(table: Table, owner: str, questions: Mapping[str, Question]) -> dict[str, Rung]:
    lifts: dict[str, Rung] = {}
    if table.raw("topics") is not None:
        topics = table.texts("topics")
        reached = read_rung(table, "lifts-to")
        for topic in topics:
            on_topic = [q.ref for q in questions.values() if q.topic is not None and q.topic.topic.id == topic]
            lifts |= dict.fromkeys(on_topic, reached)
            if not on_topic:
                table.fault("topics", f"no question is on the topic '{topic}'")
    own = table.table_or_none("lifts")
    if own is not None:
        for name in own.fields():
            if f"{owner}/{name}" not in questions:
                own.fault(name, "is not a question of this standard")
            else:
                lifts[f"{owner}/{name}"] = Rung.of(own.one_of(name, RUNG_IDS))
    if not lifts:
        table.fault("lifts", "lifts nothing: name topics with lifts-to, or questions with their rung")
    return lifts


def _refuse_cycles(actions: Mapping[str, Action], tables: Mapping[str, Table]) -> None:
    settled: set[str] = set()
    for key in actions:
        trail: list[str] = []
        _walk(key, actions, trail, settled, tables)


def _walk(key: str, actions: Mapping[str, Action], trail: list[str], settled: set[str], tables: Mapping[str, Table]) -> None:
    if key in settled:
        return
    if key in trail:
        circle = " after ".join([*trail[trail.index(key) :], key])
        tables[key].fault("after", f"goes in a circle: {circle}")
        settled.add(key)
        return
    trail.append(key)
    for earlier in (*actions[key].after, *actions[key].alongside):
        _walk(earlier, actions, trail, settled, tables)
    trail.pop()
    settled.add(key)
