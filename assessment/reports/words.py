"""The words people read for what the domain decides. One place, so that pages and downloads say the same."""

from collections.abc import Sequence
from datetime import date, datetime

from assessment.domain.answers import Answer, State
from assessment.domain.findings import Grade
from assessment.domain.fit import Advice, Fit, Recommendation, Why
from assessment.domain.planning import Forecast, Step
from assessment.domain.questionnaire import Questionnaire
from assessment.domain.result import StandardResult
from assessment.domain.rules import Overlap, Rules
from assessment.domain.scoring import Score
from assessment.domain.shortfalls import Reason
from assessment.domain.standard import Confidence, Principle, Standard, clause_order
from assessment.domain.verdict import Verdict
from assessment.domain.verdict_range import VerdictRange

VERDICTS = {
    Verdict.TOO_EARLY: "Too early for an audit",
    Verdict.READY_FOR_STAGE_1: "Ready for stage 1",
    Verdict.READY_FOR_STAGE_2: "Ready for stage 2",
}
VERDICTS_MEAN = {
    Verdict.TOO_EARLY: "Something an auditor looks at first is missing or not lived yet, so an audit would be stopped early.",
    Verdict.READY_FOR_STAGE_1: "The basics an auditor reads first are in place; open points would still stop the main audit.",
    Verdict.READY_FOR_STAGE_2: "No likely major nonconformity is left, and the minor ones are few enough to handle.",
}
COUNTS = {2: "two", 3: "three", 4: "four"}
OVERLAPS = {
    Overlap.FULL: ("Shared fully", "One piece of evidence serves both."),
    Overlap.MOST: ("Shared for the most part", "The same way of working serves both; content has to be added."),
    Overlap.PART: ("Shared in part", "The method carries over, the content does not."),
}
GRADES = {
    Grade.LIKELY_MAJOR: "Likely major",
    Grade.LIKELY_MINOR: "Likely minor",
}
REASONS = {
    Reason.ESSENTIAL_MISSING: "An essential that is missing or informal puts the whole system in doubt.",
    Reason.REQUIRED_MISSING: "Something the standard requires is not there at all.",
    Reason.DEED_NOT_DONE: "It is planned, and has not been done completely.",
    Reason.DEED_STALE: "It was last done too long ago for its rhythm.",
    Reason.ESSENTIAL_NOT_LIVED: "An essential that is defined but not yet lived.",
    Reason.BELOW_ENOUGH: "Short of what is enough for this question.",
    Reason.SEVERAL_LAPSES: "Several lapses under one clause together point to a system that does not work there.",
}
CONFIDENCES = {
    Confidence.SEVERAL_SOURCES: "",
    Confidence.ONE_SOURCE: "one source",
    Confidence.GENERAL_KNOWLEDGE: "general knowledge: check with your certification body",
    Confidence.JUDGEMENT: "our judgement",
}
SELF_ASSESSMENT = "A self-assessment, not an audit. Only an accredited certification body can certify."
NOT_AFFILIATED = "Not affiliated with or endorsed by ISO. Buy the standard from your national body."
NOT_MEASURED = (
    "Whether the answers are true: nobody has looked at your evidence.",
    "How good your products, services or environmental results are; only how they are managed.",
    "Requirements of your customers, your sector or the law that go beyond the standard.",
    "What one particular auditor would choose to look at.",
)


def moment_in_words(at: datetime) -> str:
    """A time in UTC as ``24 November 2026, 14:32``."""
    return f"{day_in_words(at.date())}, {at:%H:%M}"


def answer_in_words(answer: Answer, rules: Rules) -> str:
    """What was answered, as a short text."""
    if answer.rung is not None:
        return rules.title(answer.rung)
    if answer.state is State.NOT_APPLICABLE:
        return f"Does not apply: {answer.reason}" if answer.reason.strip() else "Does not apply, without a reason yet"
    if answer.state is State.UNKNOWN:
        return f"Not known yet; {answer.who} could know" if answer.who.strip() else "Not known yet"
    return "Not answered yet"


def percent_range(score: Score) -> str:
    """A score as ``64 %``, ``58 to 71 %``, or a word where nothing applies."""
    if score.low is None:
        return "nothing applies"
    return f"{score.low} %" if score.low == score.high else f"{score.low} to {score.high} %"


def score_sentence(standard: Standard, score: Score) -> str:
    """Where an organisation stands, how sure that is, and why, in words."""
    if score.low is None:
        return f"Nothing this questionnaire asks for {standard.name} applies."
    sentence = f"You meet {percent_range(score)} of what this questionnaire asks for {standard.name}."
    if score.settled:
        return sentence
    return f"{sentence} It is a range because {plural(score.open, 'answer is', 'answers are')} open."


def verdict_in_words(verdict_range: VerdictRange | Forecast) -> str:
    """The verdict; where open answers leave it in doubt, from the worst to the best."""
    if verdict_range.worst is verdict_range.best:
        return VERDICTS[verdict_range.worst]
    return f"{VERDICTS[verdict_range.worst]}, at best {lower_first(VERDICTS[verdict_range.best])}"


def rehearsal_in_words(standard: StandardResult) -> str:
    """What would happen if the auditor came today, in the vocabulary of ISO/IEC 17021-1."""
    majors, minors = (len(standard.graded(grade)) for grade in (Grade.LIKELY_MAJOR, Grade.LIKELY_MINOR))
    found = f"{plural(majors, 'likely major', 'likely majors')}, {plural(minors, 'likely minor', 'likely minors')}"
    follows = {
        Verdict.TOO_EARLY: "stage 1 would end with areas of concern, and stage 2 would not be scheduled",
        Verdict.READY_FOR_STAGE_1: "stage 1 would go through; stage 2 would not end with a certificate yet",
        Verdict.READY_FOR_STAGE_2: "stage 2 could be scheduled" + (", and the minors answered with a plan" if minors else ""),
    }[standard.verdict_range.worst]
    certain = "" if standard.score.settled else f" {plural(standard.score.open, 'question is', 'questions are')} still open."
    at_worst = "" if standard.verdict_range.worst is standard.verdict_range.best else "at worst "
    return f"If the auditor came today: {found}; {at_worst}{follows}.{certain}"


def advice_in_words(recommendation: Recommendation) -> str:
    """Which standard to begin with, as a headline."""
    names = join_and([standard.name for standard in recommendation.first])
    match recommendation.advice:
        case Advice.NOT_KNOWN:
            return "Answer the profile to see which standard fits"
        case Advice.NONE_URGENT:
            return "No standard is urgent for you"
        case Advice.TOGETHER:
            return f"Take {names} together, as one system"
        case Advice.ONE:
            return f"Begin with {names}"


def change_in_words(recommendation: Recommendation) -> str:
    """What advice becomes, with what comes later, so that every difference can be seen."""
    later = join_and([standard.name for standard in recommendation.later])
    headline = advice_in_words(recommendation)
    return f"{headline}, {later} later" if later else f"{headline}, and nothing else for now"


def why_in_words(recommendation: Recommendation) -> str:
    """The rule that led to the advice, in one sentence or two."""
    why = {
        Why.NOTHING_ANSWERED: "Nothing in the profile speaks for or against a standard yet.",
        Why.DEMANDED: "A demand in writing decides, whatever else speaks for or against it.",
        Why.STRONG: "The need for it is strong, and clearly stronger than for any other.",
        Why.STRONG_AND_CLOSE: "The needs are strong and close, so building the shared part once saves effort.",
        Why.LEANING: "The need is moderate, but it points one way.",
        Why.LEVEL: "The needs are moderate and close; the order follows the need, then your deadline, then how far you are.",
        Why.ALL_WEAK: "Nothing you told us speaks strongly for any of them. A certificate would be a choice, not a necessity.",
    }[recommendation.why]
    if not recommendation.later:
        return why
    return f"{why} Then think about {join_and([standard.name for standard in recommendation.later])}."


def join_and(names: list[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


def percent_range_low(score: Score) -> str:
    """What is certain of a score, in percent."""
    return "nothing" if score.low is None else f"{score.low} %"


def plural(number: int, one: str, many: str) -> str:
    """A count with its word: ``1 answer``, ``2 answers``."""
    return f"{number} {one if number == 1 else many}"


def day_in_words(day: date) -> str:
    """A date as people write it: 3 March 2027."""
    return f"{day.day} {day:%B %Y}"


def days_in_words(days: float) -> str:
    """Person-days without a needless decimal: ``half a day``, ``1 day``, ``2.5 days``."""
    if days == 0.5:
        return "half a day"
    return plural(int(days), "day", "days") if days == int(days) else f"{days} days"


def time_in_words(minutes: int) -> str:
    """A span as one would say it: in five minutes up to an hour and a half, then in half hours."""
    if minutes <= 90:
        return plural(max(5, round(minutes / 5) * 5), "minute", "minutes")
    half_hours = round(minutes / 30)
    return f"{half_hours // 2} hours" if half_hours % 2 == 0 else f"{half_hours / 2} hours"


def join_or(names: list[str]) -> str:
    """``a``, ``a or b``, ``a, b or c``."""
    return f"{', '.join(names[:-1])} or {names[-1]}" if len(names) > 1 else "".join(names)


def clauses_of(step: Step, questionnaire: Questionnaire) -> str:
    """The clauses of a standard that a step works on, each once, in order."""
    numbers = {
        number
        for lift in step.lifts
        if lift.question.ref in questionnaire.by_ref
        for number in questionnaire.clauses(lift.question)
    }
    return ", ".join(sorted(numbers, key=clause_order))


def lower_first(text: str) -> str:
    """A sentence's words to go on within another sentence."""
    return text[:1].lower() + text[1:]


def titled(scores: Sequence[tuple[Principle, Score]]) -> list[tuple[str, Score]]:
    """Scores by the titles of their principles."""
    return [(principle.title, score) for principle, score in scores]


def fit_in_words(fit: Fit) -> str:
    """How much speaks for a standard, as ``40 %`` or ``40 to 55 %`` of what could."""
    return f"{fit.low} % speaks for it" if fit.low == fit.high else f"{fit.low} to {fit.high} % speaks for it"
