"""Whatever people do in whatever order, the pages show what a plain dictionary says they should."""

import io
import json
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from assessment.domain.rules import Rung
from assessment.storage.database import db
from assessment.storage.history import broken_chains
from tests.support.apps import build_app, drop_database
from tests.support.examples import examples
from tests.support.opener import Browser, Page
from tests.support.transfers import as_it_came

PAGE = "iso-9001/questions/8.3.6"
QUESTIONS = ("design-changes", "suppliers")
RUNGS = tuple(each.id for each in Rung)
Said = tuple[str, str, str]  # what was chosen, the note, the reason
NOTHING: Said = ("", "", "")
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=30).map(str.strip)


class People(RuleBasedStateMachine):
    """Two tabs on one page of one assessment, and everything that can be done to its answers."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.app = build_app(Path(self.folder.name))
        self.browser = Browser(self.app)

    @initialize()
    def start(self) -> None:
        self.hub = self.browser.start()
        self.model: dict[str, list[Said]] = {question: [NOTHING] for question in QUESTIONS}
        self.tabs = [self.opened(), self.opened()]

    def opened(self) -> tuple[Page, dict[str, Said]]:
        """A page, and what it was made from."""
        return self.browser.open(self.hub + PAGE), self.present()

    def present(self) -> dict[str, Said]:
        return {question: said[-1] for question, said in self.model.items()}

    def say(self, tab: int, question: str, said: Said, button: dict[str, str]) -> None:
        """Say something in a tab as it was opened, however long ago, and expect what a three-way merge gives."""
        page, base = self.tabs[tab]
        fields = {
            f"{question}-answer": said[0] or None,
            f"{question}-note": said[1],
            f"{question}-reason": said[2] if question == "design-changes" else None,
            "save_key": None,
            **button,
        }
        theirs, mine = self.present()[question], said
        clash = mine not in (base[question], theirs) and theirs != base[question]
        answered = self.browser.send(page, fields, to=self.hub + PAGE, status=409 if clash else 200)
        if clash:
            assert answered.fields()[f"{question}-note"][0].strip() == mine[1]
        elif mine not in (base[question], theirs):
            self.model[question].append(mine)
        self.tabs[tab] = self.opened()

    @rule(tab=st.sampled_from((0, 1)), question=st.sampled_from(QUESTIONS), rung=st.sampled_from(RUNGS), note=TEXT)
    def answer(self, tab: int, question: str, rung: str, note: str) -> None:
        self.say(tab, question, (rung, note, self.tabs[tab][1][question][2]), {"save": "later"})

    @rule(tab=st.sampled_from((0, 1)), reason=TEXT)
    def does_not_apply(self, tab: int, reason: str) -> None:
        self.say(tab, "design-changes", ("not-applicable", self.tabs[tab][1]["design-changes"][1], reason), {"save": "later"})

    @rule(tab=st.sampled_from((0, 1)), question=st.sampled_from(QUESTIONS))
    def clear(self, tab: int, question: str) -> None:
        """The button takes the answer back and leaves note and reason."""
        page, base = self.tabs[tab]
        mine, theirs = ("", *base[question][1:]), self.present()[question]
        clash = mine not in (base[question], theirs) and theirs != base[question]
        self.browser.send(page, {"clear": question, "save_key": None}, to=self.hub + PAGE, status=409 if clash else 200)
        if not clash and mine not in (base[question], theirs):
            self.model[question].append(mine)
        self.tabs[tab] = self.opened()

    @rule(tab=st.sampled_from((0, 1)))
    def send_again(self, tab: int) -> None:
        """The same form twice, as it stands, changes nothing."""
        page, _ = self.tabs[tab]
        for _ in range(2):
            self.browser.send(page, {"save": "later"}, to=self.hub + PAGE)

    @rule(question=st.sampled_from(QUESTIONS), back=st.integers(1, 5))
    def restore(self, question: str, back: int) -> None:
        said = self.model[question][1:]
        if len(said) > back:
            page = self.browser.open(f"{self.hub}history/iso-9001/{question}")
            self.browser.send(page, {"restore": str(len(said) - back)})
            if said[-1 - back] != said[-1]:
                self.model[question].append(said[-1 - back])

    @rule()
    def move_house(self) -> None:
        """Export, import, and go on with the copy."""
        document = self.browser.client.get(self.hub + "export.json").data
        fields = {**self.browser.open("/import").fields(), "file": (io.BytesIO(document), "export.json")}
        page = self.browser.checked(self.browser.client.post("/import", data=fields, content_type="multipart/form-data"), 200)
        self.hub = self.browser.send(page).path
        again = json.loads(self.browser.client.get(self.hub + "export.json").data)
        assert as_it_came(again) == json.loads(document)
        self.tabs = [self.opened(), self.opened()]

    @rule()
    def delete_and_keep_after_all(self) -> None:
        self.browser.send(self.browser.open(self.hub + "delete"))
        assert self.browser.client.post(self.hub + PAGE, data=self.tabs[0][0].fields()).status_code == 410
        self.browser.send(self.browser.open(self.hub + "delete"), to=self.hub + "delete/undo")

    @invariant()
    def pages_say_what_was_said(self) -> None:
        if not hasattr(self, "hub"):
            return
        fields: dict[str, Any] = self.browser.open(self.hub + PAGE).fields()
        for question, (chosen, note, reason) in self.present().items():
            assert fields.get(f"{question}-answer", [""]) == [chosen]
            assert fields[f"{question}-note"][0].strip() == note
            assert fields.get(f"{question}-reason", [reason])[0].strip() == reason
        with self.app.app_context():
            assert list(broken_chains()) == []

    def teardown(self) -> None:
        with self.app.app_context():
            db.engine.dispose()
        drop_database(self.app.config["DATABASE_URL"])
        self.folder.cleanup()


TestPeople = pytest.mark.broad(pytest.mark.database(pytest.mark.usefixtures("database")(People.TestCase)))
TestPeople.settings = settings(max_examples=examples(15), stateful_step_count=15, deadline=None, phases=[Phase.generate])
