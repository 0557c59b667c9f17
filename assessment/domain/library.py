"""All content, built once."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property

from assessment.domain.audit_time import AuditTables
from assessment.domain.clauses import clause_order
from assessment.domain.facts import Fact
from assessment.domain.profile import ProfileGroup, ProfileKind, ProfileQuestion
from assessment.domain.question_path import QuestionPath
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.rules import Rules
from assessment.domain.standard import Action, Question, Standard, Topic
from assessment.domain.worksheet import Worksheet
from assessment.domain.worksheet_condition import Value
from assessment.domain.worksheet_fit import unfit_field


@dataclass(frozen=True, kw_only=True)
class Term:
    """A word of the field in our own words; ``forms`` are the lower-case spellings by which a text is seen to use it."""

    id: str
    title: str
    forms: tuple[str, ...]
    means: str


@dataclass(frozen=True, kw_only=True)
class NewcomerQuestion:
    """What people ask who come with other words, and what is known about it."""

    id: str
    asks: str
    answer: Fact


@dataclass(frozen=True, kw_only=True)
class PriceExample:
    """What somebody wrote about money, in a country; ``year`` is of the figures, empty where nobody told it."""

    land: str
    year: str
    fact: Fact


@dataclass(frozen=True, kw_only=True)
class Library:
    """All content, built once. ``actions`` holds shared actions first, then those of each standard, in file order."""

    rules: Rules
    profile: tuple[ProfileGroup, ...]
    glossary: tuple[Term, ...]
    audit_tables: AuditTables
    topics: Mapping[str, Topic]
    standards: Mapping[str, Standard]
    actions: Mapping[str, Action]
    content_hash: str
    newcomers: tuple[NewcomerQuestion, ...] = ()
    worksheets: Mapping[str, Worksheet] = field(default_factory=dict)
    prices: tuple[PriceExample, ...] = ()

    @cached_property
    def profile_questions(self) -> Mapping[str, ProfileQuestion]:
        """Profile questions by id."""
        return {question.id: question for group in self.profile for question in group.questions}

    @cached_property
    def paces(self) -> tuple[Fraction, ...]:
        """The person-days a week that the profile offers, least first; none where it does not ask."""
        question = self.profile_questions.get("days-a-week")
        offered = question.choices if question and question.kind is ProfileKind.CHOICE else ()
        return tuple(sorted(Fraction(choice.id) for choice in offered))

    def takes(self, profile_question: str, values: tuple[str, ...]) -> bool:
        """Tell whether a profile question can be answered like this. One that is not asked here is kept as it is."""
        question = self.profile_questions.get(profile_question)
        return question is None or question.accepts(values, self.standards)

    def unfit_field(self, worksheet_id: str, line_id: str, values: Mapping[str, Value]) -> str:
        """Return the label of a field that no form could have filled in like this; empty where there is none."""
        worksheet = self.worksheets.get(worksheet_id)
        field = unfit_field(worksheet, line_id, values) if worksheet else None
        return field.label if field else ""

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """Terms of the glossary by each of their forms."""
        return {form: term for term in self.glossary for form in term.forms}

    @cached_property
    def questions(self) -> Mapping[str, Question]:
        """Every question of every standard, by ref."""
        return {question.ref: question for standard in self.standards.values() for question in standard.questions}

    @cached_property
    def _questionnaires(self) -> dict[tuple[str, str, QuestionPath], Questionnaire]:
        return {}

    def questionnaire(self, standard_id: str, edition_id: str, path: QuestionPath) -> Questionnaire:
        """Return all questions of an edition, with a path through them; ``KeyError`` for an unknown standard or edition."""
        wanted = (standard_id, edition_id, path)
        if wanted not in self._questionnaires:
            self._questionnaires[wanted] = self._select(*wanted)
        return self._questionnaires[wanted]

    def _select(self, standard_id: str, edition_id: str, path: QuestionPath) -> Questionnaire:
        standard = self.standards[standard_id]
        edition = standard.edition(edition_id)
        existing = [question for question in standard.questions if edition.id in question.clauses]
        existing.sort(key=lambda question: clause_order(question.clauses[edition.id][0]))
        return Questionnaire(standard=standard, edition=edition, path=path, rules=self.rules, questions=tuple(existing))
