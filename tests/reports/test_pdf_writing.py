"""Whatever people write comes out as they wrote it, whatever it is, and however much or little."""

import io
import random
import re
import subprocess
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace

import pyphen
import pytest
from pypdf import PdfReader

from assessment.domain.answers import NO_ANSWER, Answer, AnswerSheet, Evidence, State, on_rung
from assessment.domain.letterhead import Letterhead
from assessment.domain.planning import StepNote
from assessment.domain.profile import Profile
from assessment.domain.rules import Rung
from assessment.reports.outline.blocks import Run
from assessment.reports.pdf.data import text_data
from assessment.reports.pdf.glyphs import fonts_with, printable_text
from assessment.reports.pdf_file import to_pdf
from assessment.reports.summary import GapSummary, summarise
from assessment.reports.texts import shown
from assessment.reports.wording import scores
from tests.support.content import LIBRARY
from tests.support.summaries import ALL, TODAY, demo, demo_result, pages_of, read, result_of, squeezed

pytestmark = pytest.mark.office

MARKUP = r"<b>x</b> #set page() \\ $x$ @ref *bold* _it_ `raw` // c /* d */ #{1+1} [y] ~ -- 'q' =1+1"
SCRIPTS = (
    "Ελληνικά κείμενα",
    "Русский текст",
    "שלום עולם",
    "مرحبا بالعالم",
    "质量管理体系",
    "日本語かな",
    "한국어 시험",
    "हिन्दी",
    "ภาษาไทย",
    "😀👍✓",
)


@pytest.fixture(scope="module")
def written() -> bytes:
    """A document with everything people may write, in every field they write into."""
    control = "a\x00b\x01c\x1bd\ufeffe\u202ef\u2066g\udc80h\x7fi"
    gap = Answer(
        state=State.RUNG,
        rung=Rung.ABSENT,
        note="\n".join([MARKUP, *SCRIPTS, control]),
        evidence=(Evidence(title=MARKUP, where="https://example.org/a?b=c&d=e", dated=TODAY), Evidence(title=SCRIPTS[3])),
    )
    sheet = AnswerSheet(
        answers={
            question.ref: answer
            for questions in [[q for each in LIBRARY.standards.values() for q in each.questions]]
            for question, answer in zip(questions, written_answers(gap), strict=False)
        }
    )
    result = result_of(sheet)
    notes = {step.action.key: StepNote(owner=f"Owner {MARKUP}") for step in result.steps[:2]}
    head = Letterhead(name=f"Sender {MARKUP}", address=f"Street 1\n{SCRIPTS[3]}\n{MARKUP}")
    return to_pdf(summarise(result, f"Name {MARKUP}", "9.9", ALL, notes=notes, letterhead=head))


def written_answers(gap: Answer) -> Iterator[Answer]:
    yield gap
    yield replace(on_rung(Rung.IN_USE), evidence=gap.evidence, note="Met, " + MARKUP)
    yield Answer(state=State.UNKNOWN, who=f"Who {MARKUP}")
    while True:
        yield NO_ANSWER


def test_what_people_write_is_never_taken_for_markup(written: bytes) -> None:
    content = squeezed(read(written))
    for told in (MARKUP, f"Name {MARKUP}", f"Sender {MARKUP}", f"Owner {MARKUP}", f"Who {MARKUP}", f"Met, {MARKUP}"):
        assert squeezed(told) in content


def test_every_script_can_be_copied_out_again(written: bytes) -> None:
    content = squeezed(unicodedata.normalize("NFC", read(written)))
    for each in SCRIPTS:
        assert all(part in content for part in each.split()), each


def test_characters_that_steer_machines_leave_nothing_behind(written: bytes) -> None:
    content = read(written)
    assert "abcdefghi" in content
    assert not [each for each in content if unicodedata.category(each) in {"Cc", "Cs", "Co"}]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in written


def test_evidence_at_an_address_is_a_link_and_nothing_else_is() -> None:
    addresses = ("https://example.org/x", "javascript:alert(1)", "file:///etc/passwd", "https://a b", "ftp://example.org")
    evidence = tuple(Evidence(title="Plan", where=where) for where in addresses)
    gap = replace(on_rung(Rung.ABSENT), evidence=evidence)
    result = result_of(AnswerSheet(answers={LIBRARY.standards[ALL[0]].questions[0].ref: gap}))
    document = PdfReader(io.BytesIO(to_pdf(summarise(result, "Links", "9.9", ALL))))
    actions = [note.get_object().get("/A", {}) for page in document.pages for note in page.get("/Annots", [])]
    assert {str(action["/URI"]) for action in actions if "/URI" in action} == {"https://example.org/x"}


def test_text_from_right_to_left_stands_at_the_right_in_its_own_order() -> None:
    told = demo_result(knowledge=replace(on_rung(Rung.ABSENT), note="هذه كتبت مع ISO 9001 في ملاحظة هنا."))
    pdf = to_pdf(summarise(told, "Test", "9.9", ALL))
    boxes = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()
    # Poppler gives the letters of each word here from left to right.
    ends = {word[::-1]: float(end) for end, word in re.findall(r'xMax="([\d.]+)" [^>]*>([^<]+)</word>', boxes)}
    assert ends["هذه"] > ends["كتبت"] > ends["مع"] > ends["في"] > ends["هنا."]
    assert ends["هذه"] > 530  # points: at the right edge of the text, on a page 595 wide
    # Poppler turns the ligature of lam and alef around; others do not.
    assert any("ملاحظة" in page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def every_note(note: str) -> GapSummary:
    refs = [question.ref for each in LIBRARY.standards.values() for question in each.questions]
    answers = {ref: replace(on_rung(Rung.DEFINED), note=note if at % 20 == 0 else "") for at, ref in enumerate(refs)}
    return summarise(result_of(AnswerSheet(answers=answers)), "Notes", "9.9", ALL)


def complete() -> GapSummary:
    done = replace(on_rung(Rung.IMPROVED), evidence=(Evidence(title="Proof"),), last_done=TODAY)
    refs = [question.ref for each in LIBRARY.standards.values() for question in each.questions]
    return summarise(result_of(AnswerSheet(answers=dict.fromkeys(refs, done))), "Complete", "9.9", ALL)


def slow() -> GapSummary:
    """A plan so slow that its dates reach the end of the calendar."""
    profile = Profile(values={"days-a-week": ("0.00001",)})
    return summarise(result_of(AnswerSheet(), profile), "Slow", "9.9", ALL)


ONE = AnswerSheet(answers={LIBRARY.standards[ALL[0]].questions[0].ref: on_rung(Rung.IN_USE)})
HARD: dict[str, Callable[[], GapSummary]] = {
    "nothing answered": lambda: summarise(result_of(AnswerSheet()), "Empty", "9.9", ALL),
    "one answer": lambda: summarise(result_of(ONE), "One", "9.9", ALL),
    "everything done": complete,
    "one standard only": lambda: demo(standards=ALL[:1]),
    "a name of 200 characters": lambda: demo("Nordwestpapierverarbeitung " * 7 + "GmbH & Co. KG"),
    "a name that is one word of 200 letters": lambda: demo("W" * 200),
    "a name from right to left": lambda: demo("شركة النور للصناعات الغذائية المحدودة"),
    "a name of nothing": lambda: demo("\u202e\x00"),
    "notes of 5,000 characters": lambda: every_note("Wir haben das geprüft. " * 217),
    "notes of one word": lambda: every_note("x" * 5000),
    "notes of many lines": lambda: every_note("Zeile\n\n\n" * 600),
    "notes in Chinese": lambda: every_note("质量管理体系" * 833),
    "notes in Arabic": lambda: every_note("هذه كتبت عن نظم البيئة في هذه السنة. " * 130),
    "characters that no font has": lambda: every_note("𒀀 ᚠ \U0001f9ff \u0f40 \ue000 \uffff"),
    "dates beyond the calendar": slow,
}


@pytest.mark.parametrize("case", HARD)
def test_nothing_is_too_much_too_little_or_too_strange(case: str) -> None:
    summary = HARD[case]()
    pdf = to_pdf(summary)
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf
    content = squeezed(read(pdf))
    assert squeezed(text(summary.organisation)) in content
    for standard in summary.standards:
        assert squeezed(scores.percent_range(standard.result.score)) in content
        for line in standard.findings:
            # Poppler may order the words of a line from right to left in its own way; each of them must be there.
            told = {squeezed(word)[:8] for answer in line.answers for word in text(answer.note).split()}
            assert all(word in content for word in told)


def owned(owner: str) -> GapSummary:
    return demo(notes={step.action.key: StepNote(owner=owner) for step in demo().steps[:9]})


def much_evidence() -> GapSummary:
    evidence = tuple(Evidence(title=f"Record {number}", where="Shelf") for number in range(150))
    return summarise(demo_result(knowledge=replace(on_rung(Rung.ABSENT), evidence=evidence)), "Much", "9.9", ALL)


LARGE: dict[str, Callable[[], GapSummary]] = {
    **{name: HARD[name] for name in ("a name that is one word of 200 letters", "notes of one word", "notes in Chinese")},
    "a note of many short lines": lambda: every_note("a\n" * 100),
    "much evidence": much_evidence,
    "an owner with a very long name": lambda: owned("Ada " * 1000),
    "an owner whose name is one word": lambda: owned("A" * 900),
}


@pytest.mark.parametrize("case", LARGE)
def test_nothing_runs_over_the_edge_of_the_page(case: str) -> None:
    copied = subprocess.run(["pdftotext", "-bbox", "-", "-"], input=to_pdf(LARGE[case]()), capture_output=True, check=True)
    found = re.findall(r'xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)</word>', copied.stdout.decode())
    places = [(float(right), float(bottom), word) for right, bottom, word in found]
    # In points: an A4 page is 595 by 842, less most of its margins. Below stands nothing but the foot.
    assert max(right for right, _, _ in places) < 545
    below = {word for _, bottom, word in places if bottom > 778 and not word.isdigit()}
    assert below == {"A", "self-assessment,", "not", "an", "audit", "Page", "of"}


def test_a_long_german_word_is_divided_where_german_divides_it() -> None:
    told = replace(on_rung(Rung.ABSENT), note="Es hilft die Umweltmanagementsystembeauftragtenvertretung. " * 8)
    pages = pages_of(to_pdf(summarise(demo_result(knowledge=told), "Test", "9.9", ALL)))
    divided = [part for page in pages for part in re.findall(r"(Umwelt\w*)\u00ad (\w+)", page)]
    german = pyphen.Pyphen(lang="de_DE")
    assert divided
    for before, after in divided:
        assert len(before) in german.positions(before + after)


def test_a_character_without_a_glyph_becomes_a_square_and_ordinary_text_stays_as_it_is() -> None:
    assert text("𒀀 and \u0f40") == "□ and □"
    assert text("naïve café – “fine” €") == "naïve café – “fine” €"
    assert text("e\u0301") == "é"
    assert text("q\u0300 a\u0951") == "q\u0300 a□"
    assert text("a\r\nb\u2028c\td") == "a\nb\nc d"
    assert all(fonts_with(each) for script in SCRIPTS for each in script)
    assert not fonts_with("\u0f40")


@pytest.mark.parametrize("seed", range(3))
def test_any_soup_of_characters_stays_accessible(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # nothing secret
    soup = "".join(chance.choice((" ", chr(chance.randrange(0x30000)), chr(chance.randrange(0x3000)))) for _ in range(5000))
    told = demo_result(knowledge=replace(on_rung(Rung.ABSENT), note=soup))
    assert b"<pdfuaid:part>1</pdfuaid:part>" in to_pdf(summarise(told, soup[:200], "9.9", ALL))


def test_text_that_needs_care_says_which() -> None:
    def care(raw: str) -> list[str]:
        (run,) = text_data((Run(text=raw, said=True),))
        return [] if isinstance(run, str) else [name for name, value in run.items() if value is True]

    assert text_data((Run(text="Plain words.", said=True),)) == ["Plain words."]
    assert care("123 שלום") == ["rtl"]
    assert care("ab שלום") == []
    assert care("x" * 18) == ["long"]
    (lines,) = text_data((Run(text="a\nb", said=True),))
    assert lines["text"] == "a\nb"
    assert text("a\n\n\n\nb") == "a\n\nb"


def text(raw: str) -> str:
    """What a document shows of a text that somebody wrote."""
    return printable_text(shown(raw))
