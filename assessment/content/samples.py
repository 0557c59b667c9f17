"""Sample organisations written down as content, for the demo and for trying the rules out."""

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path

from assessment.content.reading import Source, Table, Translator, as_written
from assessment.content.shared import RUNG_IDS
from assessment.domain.answers import Answer, AnswerSheet, Evidence, State
from assessment.domain.library import Library
from assessment.domain.limits import MOST_NUMBER
from assessment.domain.profile import Profile, ProfileKind, ProfileQuestion
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rung
from assessment.domain.sample import Sample
from assessment.domain.standard import Question

DAYS_A_MONTH = 30


def read_sample(path: Path, library: Library, today: date, translate: Translator = as_written) -> Sample:
    """Read a sample organisation as it stands today, in the language of ``translate``, which the library speaks, too.

    Every question of every edition it chose has an answer. Raises ``ContentError`` with every fault found.
    """
    source = Source(path.parent, translate)
    table = source.read(path.name)
    when = today - timedelta(days=DAYS_A_MONTH * table.whole("months-since", 0, 60, 1))
    where = table.wording("where", "")
    chosen = table.table("standard")
    questionnaires = tuple(_read_chosen(chosen, name, library) for name in chosen.fields())
    parts = {
        "rungs": table.table("rungs"),
        "not-applicable": table.table_or_empty("not-applicable"),
        "unknown": table.table_or_empty("unknown"),
        "notes": table.table_or_empty("notes"),
    }
    answers: dict[str, Answer] = {}
    for questionnaire in questionnaires:
        if questionnaire is not None:
            tables = {field: part.table_or_empty(questionnaire.standard.id) for field, part in parts.items()}
            answers |= _Reader(questionnaire, tables, when, where).answers()
    sample = Sample(
        organisation=table.wording("organisation"),
        about=table.wording("about"),
        questionnaires=tuple(chosen for chosen in questionnaires if chosen is not None),
        profile=_read_profile(table.table("profile"), library.profile_questions),
        sheet=AnswerSheet(answers=answers),
    )
    for part in (table, *parts.values()):
        part.close()
    source.faults.raise_if_any()
    return sample


def _read_chosen(chosen: Table, standard_id: str, library: Library) -> Questionnaire | None:
    if standard_id not in library.standards:
        chosen.fault(standard_id, f"is not a standard; those are {', '.join(library.standards)}")
        return None
    choice = chosen.table(standard_id)
    editions = tuple(edition.id for edition in library.standards[standard_id].editions)
    edition_id = choice.one_of("edition", editions)
    choice.close()
    return library.questionnaire(standard_id, edition_id, QuestionPath.FULL)


class _Reader:
    """The answers of one questionnaire, from what a sample tells about it."""

    def __init__(self, questionnaire: Questionnaire, parts: Mapping[str, Table], when: date, where: str) -> None:
        self.questionnaire = questionnaire
        self.parts = parts
        self.when, self.where = when, where

    def answers(self) -> dict[str, Answer]:
        asked = {question.id: question for question in self.questionnaire.questions}
        for field, table in self.parts.items():
            for name in table.fields():
                if name not in asked and not (field == "rungs" and self._is_clause(name)):
                    table.fault(name, "is not a question of this edition" + (", nor a clause" if field == "rungs" else ""))
        return {question.ref: self._answer(question) for question in asked.values()}

    def _is_clause(self, name: str) -> bool:
        numbers = self.questionnaire.edition.clauses
        return name in numbers or name in {chapter.number for chapter in self.questionnaire.standard.chapters}

    def _answer(self, question: Question) -> Answer:
        note = self._said("notes", question)
        reason = self._said("not-applicable", question)
        if reason:
            if not question.may_not_apply:
                self.parts["not-applicable"].fault(question.id, "always applies")
            return Answer(state=State.NOT_APPLICABLE, reason=reason, note=note)
        who = self._said("unknown", question)
        if who:
            return Answer(state=State.UNKNOWN, who=who, note=note)
        rung = self._rung(question)
        shown = bool(self.where) and rung >= question.enough
        return Answer(
            state=State.RUNG,
            rung=rung,
            note=note,
            evidence=(Evidence(title=question.evidence[0], where=self.where, dated=self.when),) if shown else (),
            last_done=self.when if shown and question.last_done else None,
        )

    def _rung(self, question: Question) -> Rung:
        """Return the rung told for the question itself, or for the nearest clause above it."""
        table = self.parts["rungs"]
        number = self.questionnaire.clauses(question)[0]
        parts = number.split(".")
        names = (question.id, *(".".join(parts[:length]) for length in range(len(parts), 0, -1)))
        for name in names:
            if table.raw(name) is not None:
                return Rung.of(table.one_of(name, RUNG_IDS))
        table.fault(question.id, f"has no rung, neither by itself nor through clause {number} or one above it")
        return Rung.ABSENT

    def _said(self, field: str, question: Question) -> str:
        return self.parts[field].wording(question.id, "")


def _read_profile(table: Table, questions: Mapping[str, ProfileQuestion]) -> Profile:
    values: dict[str, tuple[str, ...]] = {}
    for name in table.fields():
        question = questions.get(name)
        if question is None:
            table.fault(name, "is not a profile question")
        elif question.kind is ProfileKind.NUMBER:
            values[name] = (str(table.whole(name, 1, MOST_NUMBER)),)
        elif question.kind is ProfileKind.DATES:
            dates = table.table(name)
            values[name] = tuple(f"{standard}={dates.day(standard).isoformat()}" for standard in dates.fields())
        elif question.kind is ProfileKind.CHOICE:
            values[name] = (table.one_of(name, tuple(choice.id for choice in question.choices)),)
        elif question.kind is ProfileKind.TEXT:
            values[name] = (table.wording(name),)
        else:
            values[name] = table.texts(name)
    return Profile(values=values)
