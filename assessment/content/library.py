"""The whole content folder: read everything, check what only the whole can show, fail with all faults at once."""

import hashlib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path

from assessment.content.actions import read_actions
from assessment.content.audit_time import read_audit_tables
from assessment.content.facts import read_newcomers, read_prices
from assessment.content.reading import Source, Translator, as_written
from assessment.content.released import check_released, names_in
from assessment.content.shared import read_glossary, read_profile, read_rules, read_topics
from assessment.content.standard import read_standard
from assessment.content.worksheets import read_worksheets
from assessment.domain.audit_time import AuditTables
from assessment.domain.firm import Firm
from assessment.domain.library import Library
from assessment.domain.profile import Profile, ProfileKind, ProfileQuestion
from assessment.domain.rules import Rung, WorkRules
from assessment.domain.standard import Action, AuditReason, Condition, Standard


def load(root: Path, translate: Translator = as_written) -> Library:
    """Read a content folder into a Library, with every text that people read in the language of ``translate``.

    Raises ``ContentError`` with every fault found, each with file, id and field.
    """
    source = Source(root, translate)
    faults = source.faults
    rules = read_rules(source)
    profile = read_profile(source)
    topics = read_topics(source)
    glossary = read_glossary(source)
    audit_tables = read_audit_tables(source)
    folders = sorted((path.parent for path in root.glob("*/standard.toml")), key=_natural)
    if not folders:
        faults.add("", "", "", f"no folder with a standard.toml in {root}")
    standards = {folder.name: read_standard(folder, source, topics, rules.enough) for folder in folders}
    actions = read_actions(source, standards.values())
    asked = {question.id: question for group in profile for question in group.questions}
    for standard in standards.values():
        _check_standard(standard, source, actions, asked, rules.work)
        _check_audit_time(standard, audit_tables, asked, source)
    _check_conditions(actions, asked, source)
    _check_reasons("audit-time.toml", audit_tables.reasons, asked, source)
    for standard in standards.values():
        _check_reasons(f"{standard.id}/standard.toml", standard.audit_reasons, asked, source)
    newcomers = read_newcomers(source) if (root / "newcomers.toml").exists() else ()
    prices = read_prices(source) if (root / "prices.toml").exists() else ()
    worksheets = read_worksheets(source, standards, actions)
    check_released(source, names_in(asked.values(), standards.values(), actions, worksheets.values()))
    faults.raise_if_any()
    return Library(
        rules=rules,
        profile=profile,
        topics=topics,
        glossary=glossary,
        audit_tables=audit_tables,
        standards=standards,
        actions=actions,
        newcomers=newcomers,
        worksheets=worksheets,
        prices=prices,
        content_hash=_hash(root),
    )


def _natural(folder: Path) -> list[tuple[int, str]]:
    """Sort key by which a number in a name counts as a number: 9001 before 14001."""
    return [(int(part), "") if part.isdigit() else (0, part) for part in re.split(r"(\d+)", folder.name)]


def _hash(root: Path) -> str:
    """SHA-256 over the names and bytes of all TOML files, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.toml"), key=lambda path: path.relative_to(root).as_posix()):
        data = path.read_bytes()
        digest.update(f"{path.relative_to(root).as_posix()}\0{len(data)}\0".encode())
        digest.update(data)
    return digest.hexdigest()


def _check_standard(
    standard: Standard,
    source: Source,
    actions: Mapping[str, Action],
    profile: Mapping[str, ProfileQuestion],
    rules: WorkRules,
) -> None:
    folder, faults = standard.id, source.faults
    _check_question_ids(standard, source)
    for edition in standard.editions:
        if edition.supersedes and edition.supersedes not in {other.id for other in standard.editions}:
            faults.add(f"{folder}/standard.toml", f"edition '{edition.id}'", "supersedes", "is not an edition here")
        covered = {number for question in standard.questions for number in question.clauses.get(edition.id, ())}
        for clause in edition.clauses.values():
            if clause.auditable and clause.number not in covered:
                faults.add(f"{folder}/clauses.toml", edition.id, clause.number, "no question covers this clause")
    if standard.first_step and f"{standard.id}/{standard.first_step}" not in actions:
        faults.add(f"{folder}/standard.toml", "", "first-step", f"'{standard.first_step}' is not an action of it")
    for driver in standard.drivers:
        problem = _driver_problem(driver.choice, profile.get(driver.profile), standard.id)
        if problem:
            faults.add(f"{folder}/fit.toml", f"driver on '{driver.profile}'", "choice", problem)
    _check_references(standard, profile, source)
    _check_work(standard, profile, source)
    _check_lifts(standard, source, actions, profile, rules)


def _check_work(standard: Standard, profile: Mapping[str, ProfileQuestion], source: Source) -> None:
    by, file = standard.work.by, f"{standard.id}/standard.toml"
    if by and by not in profile:
        source.faults.add(file, "work", "by", "is not a profile question")
        return
    offered = {choice.id for choice in profile[by].choices} if by else set()
    for name in sorted(standard.work.factors.keys() - offered):
        source.faults.add(file, "work", "factors", f"'{name}' is not a choice of '{by}'")


def _check_lifts(
    standard: Standard,
    source: Source,
    actions: Mapping[str, Action],
    profile: Mapping[str, ProfileQuestion],
    rules: WorkRules,
) -> None:
    """Refuse a question that nothing brings to enough in some organisation: every plan has to end ready."""
    for question in standard.questions:
        enough = [action for action in actions.values() if action.lifts.get(question.ref, Rung.ABSENT) >= question.enough]
        if not all(any(firm.needs(action) for action in enough) for firm in _firms(enough, profile, rules)):
            field = "gravity" if question.essential else "enough"
            problem = f"no action lifts it to '{question.enough.id}'"
            source.faults.add(standard.id, f"question '{question.id}'", field, problem)


def _firms(actions: Sequence[Action], profile: Mapping[str, ProfileQuestion], rules: WorkRules) -> Iterator[Firm]:
    """Yield an organisation for everything that can be said to what these actions depend on, and one that is silent."""
    named = dict.fromkeys(each.profile for action in actions for each in (*action.when, *action.unless))
    asked = [profile[name] for name in named if name in profile]
    for values in product(*([(), *((choice.id,) for choice in question.choices)] for question in asked)):
        said = {question.id: value for question, value in zip(asked, values, strict=True) if value}
        yield Firm(profile=Profile(values=said), rules=rules)


def _check_conditions(actions: Mapping[str, Action], profile: Mapping[str, ProfileQuestion], source: Source) -> None:
    """Refuse conditions on what the profile does not ask, or does not offer."""
    for action in actions.values():
        file = f"{action.standard}/actions.toml" if action.standard else "actions.toml"
        for condition in (*action.when, *action.unless, *action.urgent_when, *action.early_when):
            for problem in _problems(condition, profile):
                source.faults.add(file, f"action '{action.id}'", "choices", problem)


def _check_reasons(file: str, reasons: Sequence[AuditReason], profile: Mapping[str, ProfileQuestion], source: Source) -> None:
    """Refuse reasons for more or fewer auditor days that hold for what the profile does not ask, or does not offer."""
    for number, reason in enumerate(reasons, start=1):
        where = f"reason {number}"
        for problem in (problem for condition in reason.when for problem in _problems(condition, profile)):
            source.faults.add(file, where, "choices", problem)
        for name in reason.more_than:
            if name not in profile or profile[name].kind is not ProfileKind.NUMBER:
                source.faults.add(file, where, "more-than", f"'{name}' is not a profile question of kind 'number'")


def _problems(condition: Condition, profile: Mapping[str, ProfileQuestion]) -> Iterator[str]:
    offered = {choice.id for choice in profile[condition.profile].choices} if condition.profile in profile else set()
    for choice in condition.choices or ("",):
        if choice not in offered:
            yield f"'{choice}' is not a choice of the profile question '{condition.profile}'"


def _check_references(standard: Standard, profile: Mapping[str, ProfileQuestion], source: Source) -> None:
    """Refuse what leans on a question, clause or profile question that is not there, or not in every edition."""
    faults = source.faults
    by_ref = {question.ref: question for question in standard.questions}
    for question in standard.questions:
        where = f"question '{question.id}'"
        for field, ref in (("stage-1-until", question.stage_1_until), ("covered-by", question.covered_by)):
            other = by_ref.get(ref)
            if ref and (other is None or other is question):
                faults.add(standard.id, where, field, f"'{ref.partition('/')[2]}' is not another question of this standard")
            elif other is not None and not question.clauses.keys() <= other.clauses.keys():
                faults.add(standard.id, where, field, f"'{other.id}' is not asked in every edition that asks this")
            elif other is not None and other.may_not_apply:
                faults.add(standard.id, where, field, f"'{other.id}' may not apply, so nothing can lean on it")
    _check_doubts(standard, profile, source)


def _check_doubts(standard: Standard, profile: Mapping[str, ProfileQuestion], source: Source) -> None:
    """Refuse doubtful exclusions of no clause or of what always applies, or for what the profile does not ask or offer."""
    faults = source.faults
    exempt = {question.id for question in standard.questions if question.may_not_apply}
    for doubt in standard.doubtful_exclusions:
        where = f"doubtful-exclusion '{doubt.clause or ', '.join(doubt.questions)}'"
        if bool(doubt.clause) is bool(doubt.questions):
            faults.add(f"{standard.id}/standard.toml", where, "clause", "name either a clause or questions")
        if doubt.clause and not any(doubt.clause in edition.clauses for edition in standard.editions):
            faults.add(f"{standard.id}/standard.toml", where, "clause", "is a clause of no edition")
        if unknown := ", ".join(sorted(set(doubt.questions) - exempt)):
            faults.add(f"{standard.id}/standard.toml", where, "questions", f"'{unknown}' is no question that may not apply")
        if not doubt.when and not (doubt.profile and doubt.words):
            faults.add(f"{standard.id}/standard.toml", where, "when", "is missing, and so are profile and words")
        for problem in (problem for condition in doubt.when for problem in _problems(condition, profile)):
            faults.add(f"{standard.id}/standard.toml", where, "when", problem)
        for name in doubt.profile:
            if name not in profile or profile[name].kind is not ProfileKind.TEXT:
                faults.add(
                    f"{standard.id}/standard.toml", where, "profile", f"'{name}' is not a profile question of kind 'text'"
                )


def _check_audit_time(standard: Standard, tables: AuditTables, profile: Mapping[str, ProfileQuestion], source: Source) -> None:
    faults = source.faults
    columns = set(tables.rows[0].days) if tables.rows else set()
    by = profile.get(standard.audit_by)
    wanted = {choice.id for choice in by.choices} if by else {standard.audit_column}
    if standard.audit_by and by is None:
        faults.add(f"{standard.id}/standard.toml", "audit-time", "by", "is not a profile question")
    elif not wanted <= columns | tables.case_by_case:
        missing = ", ".join(sorted(wanted - columns - tables.case_by_case))
        faults.add(f"{standard.id}/standard.toml", "audit-time", "", f"no column '{missing}' in audit-time.toml")


def _check_question_ids(standard: Standard, source: Source) -> None:
    counted = Counter(question.id for question in standard.questions)
    for question_id, times in counted.items():
        if times > 1:
            source.faults.add(standard.id, f"question '{question_id}'", "id", "is used twice")
    file = f"{standard.id}/released.toml"
    if not (source.root / file).exists():
        return
    released = source.read(file)
    retired = released.texts("retired", ())
    for question_id in released.texts("questions"):
        if question_id not in counted and question_id not in retired:
            released.fault("questions", f"'{question_id}' was released and is gone; ids never change or disappear")
    released.close()


def _driver_problem(choice: str, question: ProfileQuestion | None, standard_id: str) -> str:
    if question is None:
        return "is about a profile question that does not exist"
    if question.kind is ProfileKind.STANDARDS:
        return "" if choice == standard_id else f"expected '{standard_id}', found '{choice}'"
    if question.kind not in (ProfileKind.CHOICE, ProfileKind.MANY):
        return f"a question of kind '{question.kind}' has no choices to build on"
    if choice not in {offered.id for offered in question.choices}:
        return f"'{choice}' is not a choice of the profile question '{question.id}'"
    return ""
