"""What an organisation says does not apply to it, and what an auditor would ask about that."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace

from assessment.domain.answers import Answer, AnswerSheet, State
from assessment.domain.clauses import clause_group, clause_order, is_within
from assessment.domain.profile import Profile
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.standard import DoubtfulExclusion, Question

LETTERS_A_WORD = 2  # in scripts without upper case many are written without spaces; two of their letters count as a word


@dataclass(frozen=True, kw_only=True)
class Exclusion:
    """A question that does not apply. ``reasoned``: the reason is long enough to be one."""

    question: Question
    reason: str
    reasoned: bool


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """What an auditor will ask about: a clause that is left out as a whole, or one question under it."""

    clause: str
    question: Question | None = None


@dataclass(frozen=True, kw_only=True)
class Section:
    """A clause that can be left out as a whole: each of its questions may not apply. In the order of the questionnaire."""

    clause: str
    title: str
    questions: tuple[Question, ...]


def sections(questionnaire: Questionnaire) -> tuple[Section, ...]:
    """Return the clauses x.y, and areas below one, of which several questions are asked and every one may not apply."""
    under: dict[str, list[Question]] = {}
    for question in questionnaire.questions:
        group = clause_group(questionnaire.clauses(question)[0])
        for clause in {group, questionnaire.areas[question.ref]}:
            under.setdefault(clause, []).append(question)
    whole = {clause: asked for clause, asked in under.items() if len(asked) > 1 and all(q.may_not_apply for q in asked)}
    return tuple(
        Section(clause=clause, title=questionnaire.clause_title(clause), questions=tuple(whole[clause]))
        for clause in sorted(whole, key=clause_order)
        if clause == clause_group(clause) or clause_group(clause) not in whole
    )


def left_out(answer: Answer, reason: str) -> Answer:
    """Return an answer that says that its question does not apply; note and evidence stay."""
    return replace(answer, state=State.NOT_APPLICABLE, rung=None, reason=reason, carried_from="")


def taken_back(answer: Answer) -> Answer:
    """Return an answer as open again where it says that its question does not apply, and as it is otherwise."""
    if answer.state is not State.NOT_APPLICABLE:
        return answer
    return replace(answer, state=State.UNANSWERED, reason="")


def exclusions(questionnaire: Questionnaire, sheet: AnswerSheet) -> tuple[Exclusion, ...]:
    """Return everything that is said not to apply, in the order of the questionnaire."""
    applying, gates = sheet.applying(questionnaire.questions), questionnaire.rules.gates
    excluded = []
    for question in questionnaire.questions:
        if question.ref not in applying:
            reason = sheet.answer(question).reason
            reasoned = words(reason, gates.empty_words) >= gates.reason_words
            excluded.append(Exclusion(question=question, reason=reason, reasoned=reasoned))
    return tuple(excluded)


def words(text: str, empty: Collection[str] = ()) -> int:
    """Count the words of a text in any script that say something: none said again, no single letter, none that is ``empty``."""
    # Marks on letters, such as vowels in Thai, would cut words into pieces.
    letters = "".join(sign for sign in text.casefold() if not unicodedata.category(sign).startswith("M"))
    return sum(_words_in(run) for run in set(re.findall(r"\w+", letters)) - set(empty))


def _words_in(run: str) -> int:
    letters = {letter for letter in run if letter.isalpha()}
    caseless = sum(unicodedata.category(letter) == "Lo" for letter in letters)
    return max(int(len(letters) > 1), caseless // LETTERS_A_WORD)


def doubtful_exclusions(questionnaire: Questionnaire, sheet: AnswerSheet, profile: Profile) -> tuple[Doubt, ...]:
    """Return what is left out although what the organisation says about itself speaks for it, in the order of the content."""
    doubts = []
    for doubtful in questionnaire.standard.doubtful_exclusions:
        if not _speaks(doubtful, profile):
            continue
        if doubtful.clause:
            under = [asked for asked in questionnaire.questions if is_within(questionnaire.clauses(asked)[0], doubtful.clause)]
            if under and not any(sheet.applies(question) for question in under):
                doubts.append(Doubt(clause=doubtful.clause))
        doubts += [
            Doubt(clause=questionnaire.clauses(question)[0], question=question)
            for question in questionnaire.questions
            if question.id in doubtful.questions and not sheet.applies(question)
        ]
    return tuple(doubts)


def _speaks(doubtful: DoubtfulExclusion, profile: Profile) -> bool:
    texts = (text for name in doubtful.profile for text in profile.get(name) or ())
    return any(_claims(text, doubtful) for text in texts) or any(
        set(condition.choices) & set(profile.get(condition.profile) or ()) for condition in doubtful.when
    )


def _claims(text: str, doubtful: DoubtfulExclusion) -> bool:
    """Tell whether a sentence of a text holds one of the words, and no denial before it."""
    endings = tuple(denial for denial in doubtful.denials if "'" in denial)
    for sentence in re.split(r"[.!?;\n]", text.casefold().replace("’", "'")):
        for word in re.findall(r"[\w']+", sentence):
            if word in doubtful.denials or (endings and word.endswith(endings)):
                break
            if word.startswith(doubtful.words):
                return True
    return False
