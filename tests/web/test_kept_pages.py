"""Pages written once a state: whoever opens one, in whichever process, sees what is so now, with a token of their own."""

import base64
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from assessment.domain.rights import Role
from assessment.storage.database import db
from assessment.web.questions.question_cache import keep_questions
from assessment.web.shell.pieces import keep_pieces
from assessment.web.shell.state_cache import StateCache
from tests.support.apps import Opening, another_process_of
from tests.support.assessments import joined
from tests.support.examples import examples
from tests.support.opener import Browser

PAGES = (
    "",
    "results",
    "findings",
    "plan",
    "advice",
    "director",
    "compare/iso-9001/iso-14001",
    "iso-9001/questions/9.2",
    "iso-14001/questions/9.2",
    "worksheets/environmental-review/aspects",
)
# Those that are kept although there are forms on them.
ONE = "iso-9001/questions/9.2?one=internal-audit"
NEW_LINE = "worksheets/environmental-review/lines/F"
LINE = NEW_LINE + "1"
WITH_FORMS = ("plan", "compare/iso-9001/iso-14001", "iso-9001/questions/9.2", "iso-14001/questions/9.2", ONE, LINE)
ROLES = (Role.EDITOR, Role.RESPONDENT, Role.READER)
HIDDEN = re.compile(r'<input type="hidden" name="(csrf_token|save_key)" value="([^"]*)">')


class Person:
    """Somebody whose requests any process may answer: one cookie, and a browser for each process."""

    def __init__(self, cookie: str, processes: Sequence[Flask]) -> None:
        self.cookie = cookie
        self.browsers = [Browser(app) for app in processes]

    def browser(self, process: int) -> Browser:
        """The browser, with the cookie that the last answer left."""
        browser = self.browsers[process]
        browser.client.set_cookie("readiness", self.cookie)
        return browser

    def note_cookie(self, process: int) -> None:
        found = self.browsers[process].client.get_cookie("readiness")
        assert found is not None
        self.cookie = found.value

    def read(self, process: int, address: str) -> str:
        """The text of a page, from one of the processes."""
        page = self.browser(process).open(address)
        self.note_cookie(process)
        return page.html


def forget_everything(app: Flask) -> None:
    app.extensions["state-cache"] = StateCache()
    keep_questions(app)
    keep_pieces(app)


def raw_token(signed: str) -> str:
    """What of a token is the session's: the rest is when it was made, and the signature."""
    payload = signed.partition(".")[0]
    return base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)).decode()


@contextmanager
def processes(database: Opening, folder: Path) -> Iterator[Sequence[Flask]]:
    """Three processes over one database; the third is made to forget before it is asked."""
    with database(folder) as app:
        others = [another_process_of(app, folder) for _ in range(2)]
        yield app, *others
        for other in others:
            with other.app_context():
                db.engine.dispose()


class Installation:
    """Two processes that keep pages and one that keeps nothing, and people in every role."""

    def __init__(self, apps: Sequence[Flask]) -> None:
        self.processes, app = apps, apps[0]
        owner = Browser(app)
        self.hub = owner.start()
        browsers = [owner, *(joined(app, self.hub, role) for role in ROLES)]
        self.people = [Person(browser.cookie(), self.processes) for browser in browsers]
        self.keys: set[str] = set()
        self.tokens: dict[str, int] = {}
        self.filled_in = 0
        self.write_down(0, 0, "Smoke", NEW_LINE)

    def open(self, person: int, process: int, page: str) -> None:
        """Open a page, expect what a process that keeps nothing shows, and hidden fields of this person's own."""
        kept = self.people[person].read(process, self.hub + page)
        forget_everything(self.processes[2])
        fresh = self.people[person].read(2, self.hub + page)
        assert HIDDEN.sub("", kept) == HIDDEN.sub("", fresh), page
        fields = HIDDEN.findall(kept)
        assert len(fields) == len(HIDDEN.findall(fresh))
        self.filled_in += len(fields)
        for name, value in fields:
            if name == "save_key":
                assert value not in self.keys
                self.keys.add(value)
            else:
                assert self.tokens.setdefault(raw_token(value), person) == person

    def answer(self, person: int, process: int, said: str) -> None:
        """Answer a question of one of the standards, and note something."""
        standard, said = said.split()
        browser = self.people[person].browser(process)
        page = browser.open(self.hub + f"{standard}/questions/9.2")
        browser.send(page, {"internal-audit-answer": said, "internal-audit-note": f"said {len(self.keys)}", "save": "later"})
        self.people[person].note_cookie(process)

    def note(self, person: int, process: int, standard: str) -> None:
        """Note something about a question, and answer nothing."""
        browser = self.people[person].browser(process)
        page = browser.open(self.hub + f"{standard}/questions/9.2")
        browser.send(page, {"internal-audit-note": f"noted {len(self.keys)}", "save": "later"})
        self.people[person].note_cookie(process)

    def plan(self, person: int, process: int, owner: str) -> None:
        """Say who does a step."""
        browser = self.people[person].browser(process)
        browser.send(browser.open(self.hub + "plan/set-scope"), {"owner": owner})
        self.people[person].note_cookie(process)

    def describe(self, person: int, process: int, people: str) -> None:
        """Say how many people work here."""
        browser = self.people[person].browser(process)
        browser.send(browser.open(self.hub + "profile/organisation"), {"people": people})
        self.people[person].note_cookie(process)

    def write_down(self, person: int, process: int, aspect: str, line: str = LINE) -> None:
        """Say in a line of a worksheet what there is."""
        browser = self.people[person].browser(process)
        browser.send(browser.open(self.hub + line), {"f-aspect": aspect, "save": "here"}, to=self.hub + line)
        self.people[person].note_cookie(process)

    def rename(self, person: int, process: int, name: str) -> None:
        """Call the organisation something else."""
        browser = self.people[person].browser(process)
        browser.send(browser.open(self.hub + "choices"), {"organisation": name})
        self.people[person].note_cookie(process)


ANYBODY, ANSWERING = st.integers(0, len(ROLES)), st.integers(0, 1)
PROCESS = st.integers(0, 1)
ANSWERS = [f"{standard} {rung}" for standard in ("iso-9001", "iso-14001") for rung in ("absent", "defined", "in-use")]
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("open"), ANYBODY, PROCESS, st.sampled_from(PAGES)),
        st.tuples(st.just("open"), ANYBODY, PROCESS, st.sampled_from(WITH_FORMS)),
        st.tuples(st.just("answer"), ANSWERING, PROCESS, st.sampled_from(ANSWERS)),
        st.tuples(st.just("note"), ANSWERING, PROCESS, st.sampled_from(["iso-9001", "iso-14001"])),
        st.tuples(st.just("describe"), st.just(0), PROCESS, st.sampled_from(["9", "400"])),
        st.tuples(st.just("write down"), ANSWERING, PROCESS, st.sampled_from(["Dust", "Noise"])),
        st.tuples(st.just("plan"), st.just(0), PROCESS, st.sampled_from(["Ada", "Bo", ""])),
        st.tuples(st.just("rename"), st.just(0), PROCESS, st.sampled_from(["Muster", "Müller & Co"])),
    ),
    min_size=8,
    max_size=12,
)


@pytest.mark.broad
@pytest.mark.database
def test_whoever_opens_a_page_in_whichever_process_sees_what_is_so_now_with_a_token_of_their_own(
    database: Opening, tmp_path: Path
) -> None:
    with processes(database, tmp_path) as apps:

        @settings(max_examples=examples(5), phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow])
        @given(STEPS)
        def holds(steps: list[tuple[str, int, int, str]]) -> None:
            installation = Installation(apps)
            does = {
                "open": installation.open,
                "answer": installation.answer,
                "note": installation.note,
                "describe": installation.describe,
                "plan": installation.plan,
                "rename": installation.rename,
                "write down": installation.write_down,
            }
            for what, person, process, said in steps:
                does[what](person, process, said)
            for person in range(len(installation.people)):
                for page in WITH_FORMS:
                    installation.open(person, 0, page)
            for page in ("results", "findings", "director"):
                installation.open(0, 0, page)
            assert installation.filled_in

        holds()


def test_a_kept_page_is_not_written_again_and_whoever_may_only_read_gets_no_form(database: Opening, tmp_path: Path) -> None:
    with processes(database, tmp_path) as apps:
        installation = Installation(apps)
        owner, reader = installation.people[0], installation.people[-1]
        for page in WITH_FORMS:
            owner.read(0, installation.hub + page)
            with patch("flask.templating._render", side_effect=AssertionError("written again")):
                again = owner.read(0, installation.hub + page)
            assert HIDDEN.findall(again)
            assert not HIDDEN.findall(reader.read(0, installation.hub + page))


def test_another_note_has_only_pages_written_again_that_show_notes(database: Opening, tmp_path: Path) -> None:
    with processes(database, tmp_path) as apps:
        installation = Installation(apps)
        installation.answer(0, 0, "iso-9001 defined")
        pages = ("results", "plan", "compare/iso-9001/iso-14001")
        for page in (*pages, "findings"):
            installation.open(0, 0, page)
        installation.note(0, 0, "iso-9001")
        with patch("flask.templating._render", side_effect=AssertionError("written again")):
            for page in pages:
                installation.people[0].read(0, installation.hub + page)
        for page in (*pages, "findings"):
            installation.open(0, 0, page)
        installation.answer(0, 0, "iso-9001 in-use")
        for page in (*pages, "findings"):
            installation.open(0, 0, page)


def test_before_the_first_answer_results_follow_the_last_note(database: Opening, tmp_path: Path) -> None:
    with processes(database, tmp_path) as apps:
        installation = Installation(apps)
        for standard in ("iso-9001", "iso-14001"):
            installation.open(0, 0, "results")
            installation.note(0, 0, standard)
        installation.open(0, 0, "results")
