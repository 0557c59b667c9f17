"""The history to read, an earlier answer brought back, and leaving at any time with everything."""

import errno
import gzip
import io
import json
import tracemalloc
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from assessment.domain.answers import Answer
from assessment.storage.answers import save_answers
from assessment.storage.database import db
from assessment.storage.export_format import VERSION
from assessment.storage.export_import import to_document
from assessment.storage.history import broken_chains, chained, latest
from assessment.storage.housekeeping import tidy
from assessment.storage.merge_save import Proposed
from tests.support.apps import NOW, Opening
from tests.support.opener import Browser, Page
from tests.support.transfers import as_it_came

PAGE = "iso-9001/questions/9.2"
AUDIT = "history/iso-9001/internal-audit"


def filled(browser: Browser) -> str:
    """An assessment with every state of an answer, a profile, a step, a link and a refused suggestion."""
    hub = browser.start("Muster & Söhne")
    said = {
        "internal-audit-answer": "in-use",
        "internal-audit-note": "Zuerst die Werkstatt.\n审核 ✓ مراجعة",
        "internal-audit-evidence-0-title": "Audit report",
        "internal-audit-evidence-0-where": "https://example.org/a",
        "internal-audit-evidence-0-dated": "2026-03-01",
    }
    browser.send(browser.open(hub + PAGE), said)
    browser.send(
        browser.open(hub + PAGE), {"internal-audit-answer": "defined", "monitoring-answer": "unknown", "monitoring-who": "Ada"}
    )
    browser.send(browser.open(hub + PAGE), {"clear": "internal-audit"})
    browser.send(browser.open(hub + "iso-9001/questions/8.2"), {"design-answer": "not-applicable", "design-reason": "None."})
    browser.send(browser.open(hub + "profile/organisation"), {"people": "64"})
    browser.send(browser.open(hub + "plan/set-scope"), {"owner": "Grace", "due": "2027-01-15"})
    browser.send(browser.open(hub + "share"), {"label": "Kim"})
    return hub


def exported(browser: Browser, hub: str) -> dict[str, Any]:
    answer = browser.client.get(hub + "export.json")
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=muster-sohne-2026-11-24-everything.json")
    document: dict[str, Any] = json.loads(answer.data)
    return document


@pytest.fixture(scope="module")
def kept(shared: Browser) -> str:
    """The one assessment that there is, which stays as it is."""
    return filled(shared)


@pytest.fixture(scope="module")
def whole(shared: Browser, kept: str) -> dict[str, Any]:
    """Its export."""
    return exported(shared, kept)


def shown(browser: Browser, content: bytes, status: int = 200) -> Page:
    """The page that says what a file holds."""
    page = browser.open("/import")
    fields = {**page.fields(), "file": (io.BytesIO(content), "export.json")}
    return browser.checked(browser.client.post("/import", data=fields, content_type="multipart/form-data"), status)


def test_the_trail_says_who_when_from_and_to(browser: Browser) -> None:
    hub = filled(browser)
    text = browser.open(hub + "history").text
    assert "24 November 2026, 09:00" in text
    assert "The person who started it" in text
    for told in (
        "Before: In use",
        "Note “Zuerst die Werkstatt.",
        "Not known yet; Ada could know",
        "Then: 64",
        "owner Grace",
        "for Kim",
    ):
        assert told in text, told
    other = Browser(browser.client.application)
    other.open(hub + "history", status=404)


@pytest.mark.broad
def test_a_long_trail_comes_page_by_page(browser: Browser) -> None:
    hub = browser.start()
    for number in range(60):
        browser.send(browser.open(hub + PAGE), {"internal-audit-note": f"note {number}."})
    newest = browser.open(hub + "history")
    assert "note 59." in newest.text
    assert "Note “note 3.”" not in newest.text
    older = browser.open(next(link for link in newest.links() if "before=" in link))
    assert "Note “note 3.”" in older.text
    for strange in ("0", "-1", str(2**40)):
        browser.open(f"{hub}history?before={strange}", status=404)
    assert "note 59." in browser.open(hub + "history?before=x").text


def test_an_earlier_answer_comes_back_with_one_click(browser: Browser) -> None:
    hub = filled(browser)
    page = browser.open(hub + AUDIT)
    assert page.text.count("Bring this version back") == 2
    browser.send(page, {"restore": "1"})
    now = browser.open(hub + PAGE).fields()
    assert now["internal-audit-answer"] == ["in-use"]
    assert now["internal-audit-evidence-0-title"] == ["Audit report"]
    assert browser.open(hub + AUDIT).text.count("Bring this version back") == 3


@pytest.mark.parametrize(
    ("sent", "code"), [({"restore": "99"}, 422), ({"restore": "x"}, 422), ({"version": "1", "restore": "2"}, 409)]
)
def test_what_cannot_be_brought_back_is_explained(shared: Browser, kept: str, sent: dict[str, str], code: int) -> None:
    before = shared.open(kept + PAGE).fields()["internal-audit-note"]
    assert "There is a problem" in shared.send(shared.open(kept + AUDIT), sent, status=code).text
    assert shared.open(kept + PAGE).fields()["internal-audit-note"] == before


@pytest.mark.parametrize("ref", ["iso-9001/nothing", "profile/people", "choices", "link/x", "%00", "../../x"])
def test_there_is_no_history_of_what_was_never_answered(shared: Browser, kept: str, ref: str) -> None:
    shared.open(f"{kept}history/{ref}", status=404)


def test_one_export_imported_twice_is_told_apart_in_the_list_and_in_the_history(app: Flask, browser: Browser) -> None:
    document = json.dumps(exported(browser, filled(browser))).encode()
    hubs = []
    for hour in (9, 9, 10):
        app.extensions["clock"] = lambda hour=hour: datetime(2026, 11, 27, hour, 30, tzinfo=UTC)
        hubs.append(browser.send(shown(browser, document)).path)
    (rows,) = [each for each in browser.open("/").all("ul") if each.get("class") == "rows"]
    notes = {link.get("href"): " ".join("".join(link.itertext()).split()) for link in rows.iter() if link.get("href")}
    assert len(notes) == 4
    assert len(set(notes.values())) == 4
    assert "imported 27 November 2026, 10:30 UTC" in notes[hubs[2]]
    assert {notes[hub][-8:] for hub in hubs[:2]} == {"(1 of 2)", "(2 of 2)"}
    newest = browser.open(hubs[2] + "history").text
    assert "27 November 2026, 10:30" in newest
    assert "Everything up to here, from an export of what was last changed 24 November 2026, 09:00" in newest
    with app.app_context():
        assert list(broken_chains()) == []


def test_an_import_is_exported_and_imported_again(browser: Browser) -> None:
    document = exported(browser, filled(browser))
    once = browser.send(shown(browser, json.dumps(document).encode())).path
    twice = browser.send(shown(browser, json.dumps(exported(browser, once)).encode())).path
    assert as_it_came(as_it_came(exported(browser, twice))) == document


def test_an_export_comes_into_another_installation_and_is_the_same_document(
    database: Opening, browser: Browser, tmp_path: Path
) -> None:
    hub = filled(browser)
    document = exported(browser, hub)
    with database(tmp_path / "other") as elsewhere:
        other = Browser(elsewhere)
        page = shown(other, json.dumps(document).encode())
        for told in ("Muster & Söhne", "3", "checked to be whole", "Nothing that is here already changes"):
            assert told in page.text
        with elsewhere.app_context(), db.engine.connect() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM assessment").scalar() == 0
        new_hub = other.send(page).path
        assert as_it_came(exported(other, new_hub)) == document
        assert other.send(page).path == new_hub  # pressed twice, imported once
        assert other.open(new_hub + "results").text.count("ISO 9001") == browser.open(hub + "results").text.count("ISO 9001")
        with elsewhere.app_context():
            assert list(broken_chains()) == []


def damaged() -> list[tuple[str, Any]]:
    def entry(document: dict[str, Any], number: int) -> dict[str, Any]:
        found: dict[str, Any] = document["history"][number - 1]
        return found

    return [
        ("an altered answer", lambda d: d["answers"]["iso-9001/design"]["content"].update(note="forged")),
        ("an altered history", lambda d: entry(d, 2)["content"].update(note="forged")),
        ("an altered author", lambda d: entry(d, 2).update(changed_by="Eve")),
        ("a missing change", lambda d: d["history"].pop(1)),
        ("a renamed part", lambda d: d.update(answer=d.pop("answers"))),
        ("an answer left out", lambda d: d["answers"].pop("iso-9001/design")),
        ("a version that is a text", lambda d: entry(d, 2).update(version="1")),
        ("a huge number", lambda d: entry(d, 2).update(number=10**30)),
        ("a wrong time", lambda d: d.update(created_at="yesterday")),
        ("a number for a name", lambda d: d.update(organisation=7)),
        ("an empty name", lambda d: d.update(organisation=" ")),
        ("a huge name", lambda d: d.update(organisation="x" * 201)),
        ("a list for a part", lambda d: d.update(answers=[])),
        ("null for a part", lambda d: d.update(history=None)),
        ("a NUL", lambda d: d.update(organisation="a\x00b")),
        ("half a character", lambda d: d.update(organisation="\ud800")),
        ("another version", lambda d: d.update(version=VERSION + 1)),
        ("another format", lambda d: d.update(format="x")),
        ("a standard twice", lambda d: d["chosen"].append(d["chosen"][0])),
        ("a strange depth", lambda d: d["chosen"][0].update(depth="deep")),
        ("an empty history", lambda d: d.update(history=[])),
        ("another last hash", lambda d: d.update(chain="0" * 64)),
    ]


@pytest.mark.parametrize(("what", "damage"), damaged(), ids=[name for name, _ in damaged()])
def test_a_damaged_export_is_refused_whole(shared: Browser, whole: dict[str, Any], what: str, damage: Any) -> None:
    document = deepcopy(whole)
    damage(document)
    page = shown(shared, json.dumps(document).encode(), status=422)
    assert "Nothing was imported." in page.text, what
    with shared.client.application.app_context(), db.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM assessment").scalar() == 1


@pytest.mark.parametrize("kind", ["people", "days-a-week", "deadline"])
def test_a_profile_that_could_break_pages_is_refused_even_with_a_chain_that_fits(browser: Browser, kind: str) -> None:
    document = exported(browser, browser.start("Muster & Söhne"))
    at = document["updated_at"]
    row = {"number": 2, "subject": f"profile/{kind}", "version": 1, "content": ["abc"], "changed_by": "Eve", "changed_at": at}
    told = {**row, "content": '["abc"]', "changed_at": NOW}
    hashed = chained(document["chain"], told)
    document["history"].append({**row, "hash": hashed})
    document["chain"] = hashed
    document["profile"] = {kind: {name: row[name] for name in ("version", "content", "changed_by", "changed_at")}}
    assert "cannot be answered like this" in shown(browser, json.dumps(document).encode(), status=422).text


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"format": NaN}',
        b"PK\x03\x04",
        b'{"format":"iso-readiness/assessment"}',
    ],
)
def test_a_file_that_is_no_export_is_refused(shared: Browser, content: bytes) -> None:
    assert "Nothing was imported." in shown(shared, content, status=422).text


def test_a_file_that_is_too_large_is_refused(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assessment.web.files.export_import.MOST_BYTES", 16 * 2**20)
    page = browser.open("/import")
    fields = {**page.fields(), "file": (io.BytesIO(b" " * 17_000_000), "export.json")}
    answer = browser.client.post("/import", data=fields, content_type="multipart/form-data")
    assert answer.status_code == 413
    answer.request.environ["wsgi.input"].close()  # the test client leaves its own copy of a large file open


def test_deleting_can_be_undone_for_seven_days_and_then_everything_is_gone_from_the_file(app: Flask, browser: Browser) -> None:
    hub = filled(browser)
    marker = "Zuerst die Werkstatt"
    kept = browser.start("Somebody else")
    browser.send(browser.open(kept + PAGE), {"internal-audit-answer": "absent"})  # an empty one would go by itself
    browser.send(browser.open(hub + "delete"))
    assert "Deleted soon" in browser.open(hub + "results").text
    assert "1 December 2026, 09:00" in browser.open(hub).text
    refused = browser.client.post(hub + PAGE, data={"internal-audit-note": "too late"})
    assert refused.status_code == 410
    assert "too late" in refused.get_data(as_text=True)
    browser.send(browser.open(hub + "delete"), to=hub + "delete/undo")
    assert marker in browser.open(hub + "history").text
    browser.send(browser.open(hub + "delete"))
    with app.app_context():
        tidy(NOW + timedelta(days=7) - timedelta(seconds=1))
        assert latest(hub.split("/")[2])
        assert tidy(NOW + timedelta(days=7)).deleted == 1
        for table in db.metadata.tables.values():
            if "assessment_id" in table.c:
                with db.engine.connect() as connection:
                    ids = connection.execute(table.select()).mappings().all()
                assert {row["assessment_id"] for row in ids} <= {kept.split("/")[2]}, table.name
        if db.engine.dialect.name == "sqlite":
            file = Path(str(db.engine.url.database))
            for each in (file, file.with_name(file.name + "-wal")):
                assert marker.encode() not in each.read_bytes()
    browser.open(hub, status=404)
    browser.open(kept)


def test_only_the_owner_deletes(browser: Browser) -> None:
    hub = browser.start()
    made = browser.send(browser.open(hub + "share"), {"label": "Kim"})
    (link,) = ("".join(each.itertext()).strip() for each in made.all("textarea") if each.get("id") == "link-address")
    other = Browser(browser.client.application)
    other.send(other.open(link.partition("localhost")[2]))
    page = other.open(hub + "delete", status=403)
    assert "Only the person who started" in page.text
    token = other.open(hub + PAGE).fields()["csrf_token"]
    assert other.client.post(hub + "delete", data={"csrf_token": token}).status_code == 403
    assert "Overview" in browser.open(hub).text


def test_the_first_page_says_when_an_assessment_will_be_deleted_and_leads_to_where_it_is_restored(browser: Browser) -> None:
    hub, stays = browser.start("Soon gone"), browser.start("Stays")
    browser.send(browser.open(hub + "delete"))
    page = browser.open("/")
    assert "Soon gone Will be deleted on 1 December 2026. Open it to restore it. " in page.text
    assert "Stays Changed 24 November 2026 " in page.text
    assert hub + "leaving" in page.links()
    assert stays in page.links()
    assert "Restore it" in browser.open(hub + "leaving").text
    browser.send(browser.open(hub + "leaving"), to=hub + "delete/undo")
    assert "Will be deleted" not in browser.open("/").text
    assert browser.open(hub + "leaving").path == hub


RESERVED_CONTENT: dict[str, tuple[str, Any]] = {
    "a number nobody can keep": ("link", "1e999"),
    "a link with more in it": ("link", {"label": "Kim", "more": 1}),
    "a link that is half ended": ("link", {"label": "Kim", "ended": 1}),
    "a link without a name": ("link", {}),
    "a link with a longer name than any": ("link", {"label": "x" * 101}),
    "choices of nothing": ("choices", {"organisation": "x"}),
    "a choice of three": ("choices", {"organisation": "x", "standards": {"iso-9001": ["1", "quick", "x"]}}),
    "a choice of a number": ("choices", {"organisation": "x", "standards": {"iso-9001": ["1", 2]}}),
}


@pytest.mark.parametrize(("kind", "content"), RESERVED_CONTENT.values(), ids=RESERVED_CONTENT)
def test_no_entry_of_a_history_carries_anything_else_in(
    shared: Browser, whole: dict[str, Any], kind: str, content: Any
) -> None:
    document = deepcopy(whole)
    entry = next(each for each in document["history"] if each["subject"].partition("/")[0] == kind)
    entry["content"] = {"label": "Kim", "ended": float("inf")} if content == "1e999" else content
    chain = ""
    for each in document["history"]:
        at = datetime.fromisoformat(each["changed_at"])
        text = json.dumps(each["content"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        chain = each["hash"] = chained(chain, {**each, "content": text, "changed_at": at})
    document["chain"] = chain
    raw = json.dumps(document).replace("Infinity", "1e999").encode()
    assert "Nothing was imported" in shown(shared, raw, 422).text


def long_history(browser: Browser, megabytes: int) -> tuple[str, bytes]:
    """An assessment, and its export after so many large changes of its answers that it has at least this size."""
    hub = browser.start("Long & Co")
    key, questions = hub.split("/")[2], [f"some/question-{number}" for number in range(20)]
    with browser.client.application.app_context():
        saved, versions = 0, dict.fromkeys(questions, 0)
        while saved < megabytes * 2**20:
            texts = [
                Proposed(key=ref, value=Answer(note=f"{saved} " + "“x” " * 2_000), base_version=versions[ref])
                for ref in questions
            ]
            versions |= save_answers(key, texts, who="Kim", at=NOW).saved
            saved += 20 * 8_000
    return hub, browser.client.get(hub + "export.json").data


def sent_whole(browser: Browser, page: Page, content: bytes, status: int = 200) -> Page:
    """What comes of sending a page's form with a large file."""
    file = FileStorage(io.BytesIO(content), filename="export.json")
    boundary, body = encode_multipart({**page.fields(), "file": file})
    kind = f'multipart/form-data; boundary="{boundary}"'
    return browser.checked(browser.client.post("/import", data=body, content_type=kind, follow_redirects=True), status)


@pytest.mark.broad
def test_everything_that_is_exported_comes_back_in_whatever_its_size(browser: Browser) -> None:
    _, document = long_history(browser, 20)
    assert len(document) > 20 * 2**20
    page = sent_whole(browser, browser.open("/import"), document)
    assert "choose the same one again" in page.text
    assert len(page.html) < 20_000

    sent_whole(browser, page, document.replace(b"Long & Co", b"Lang & Co"), status=422)  # its history does not fit the name
    other = json.dumps(json.loads(document), ensure_ascii=False).encode()
    # The same in other bytes is not the file that was shown.
    assert "What this export holds" in sent_whole(browser, page, other).text
    assert "Overview of Long & Co" in sent_whole(browser, page, document).text
    assert browser.open("/").text.count("Long & Co") == 2


def test_an_export_is_written_piece_by_piece_and_is_the_document(browser: Browser) -> None:
    hub, _ = long_history(browser, 8)
    tracemalloc.start()
    with browser.client.get(hub + "export.json", headers={"Accept-Encoding": "gzip"}, buffered=False) as answer:
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        compressed = answer.get_data()
    with browser.client.get(hub + "export.json") as answer:
        plain = answer.get_data()
    assert gzip.decompress(compressed) == plain
    assert len(compressed) < len(plain)
    assert len(plain) > 8 * 2**20
    assert most < 5 * 2**20  # a few changes at a time, and what is not yet on disk
    with browser.client.application.app_context():
        assert list(json.loads(plain).items()) == list(to_document(hub.split("/")[2]).items())


def test_an_export_that_finds_no_room_on_disk_says_so(
    browser: Browser, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    hub = browser.start()

    class Full(SpooledTemporaryFile[bytes]):
        def write(self, *_: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("assessment.web.files.attachment.SpooledTemporaryFile", Full)
    answer = browser.client.get(hub + "export.json", headers={"Accept": "text/html"})
    assert "could not be made" in browser.checked(answer, 500).text
    assert "no room in the temporary folder" in caplog.text


@pytest.mark.parametrize("sha256", ["é", "审核", "", "0" * 64, "x" * 10_000])
def test_a_file_that_was_not_shown_is_shown_whatever_its_form_says_of_it(
    shared: Browser, whole: dict[str, Any], sha256: str
) -> None:
    file = (io.BytesIO(json.dumps(whole).encode()), "export.json")
    fields = {**shared.open("/import").fields(), "sha256": sha256, "file": file}
    answer = shared.client.post("/import", data=fields, content_type="multipart/form-data")
    assert "What this export holds" in shared.checked(answer, 200).text


def test_an_export_beyond_the_bound_is_told_how_it_comes_in(browser: Browser) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assessment.web.files.export_import.MOST_BYTES", 1_000)
        for size in (2_000, 100_000):
            assert "iso-readiness import" in shown(browser, b"{" + b" " * size, 413).text


def test_an_import_without_a_file_says_to_choose_one(browser: Browser) -> None:
    page = browser.send(browser.open("/import"), status=422)
    assert "Choose the file first." in page.text
    assert "JSON document" not in page.text
