"""`make fuzz N=100000`: requests that nobody thought of, made of the product's own routes, parameters, links and forms.

Every address is drawn from the product's map of routes, with values that its links have, that belong to somebody else, or that
make no sense; every form from those its pages show. No answer may be a fault of ours, take long, lack a header, or hold a word
of what belongs to others.
"""

import logging
import secrets
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from flask import Flask
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from werkzeug.exceptions import HTTPException
from werkzeug.routing import BuildError, Rule

from assessment.web.shell.headers import ALWAYS
from assessment.web.shell.limits import MOST, count_attempts
from tests.support.apps import build_app
from tests.support.opener import Browser

# What the organisation of somebody else is called, which nobody else may read.
FOREIGN = "Quagga Holdings"
# Pages that are followed for links and forms; more show nothing new.
PAGES = 250
# Processor time of the server's process for one answer; what runs beside it does not count.
SECONDS = 2.0
# A document each takes half a second in a child: as many as show every format a few times.
DOCUMENTS = 30
REQUESTS_EACH = 20
STRANGE = ("0", "-1", "1e999", "../..", "%00", "\x00", "\u202e", "x" * 3000, "__class__")
# What an answer may be. A 503 is no fault: every place for documents may be taken.
EXPECTED = {200, 202, 206, 301, 302, 303, 304, 308, 400, 403, 404, 405, 409, 410, 413, 414, 415, 416, 422, 429, 503}
METHODS = ("GET", "POST", "HEAD", "OPTIONS", "PUT", "DELETE", "PATCH", "TRACE")
HEADERS = (
    ("Accept", "application/json"),
    ("Accept", "*/*;q=0.1, text/html;q=\x7f"),
    ("Accept-Language", "xx-" + "y" * 300),
    ("Accept-Encoding", "gzip, br, \u00e9"),
    ("Content-Type", "application/json"),
    ("Content-Type", "multipart/form-data"),
    ("Content-Type", "multipart/form-data; boundary="),
    ("Content-Type", "application/x-www-form-urlencoded; charset=utf-7"),
    ("Range", "bytes=0-,5-"),
    ("If-None-Match", '"'),
    ("If-Modified-Since", "yesterday"),
    ("Origin", "null"),
    ("Sec-Fetch-Site", "cross-site"),
    ("X-Forwarded-For", "1.2.3.4, unknown"),
    ("X-Requested-With", "fetch"),
)


@dataclass
class Known:
    """What the product shows: values of each part of an address, of each parameter after ``?``, and the forms of each route."""

    values: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    queries: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    forms: dict[str, list[dict[str, list[str]]]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One request, as it is sent."""

    method: str
    address: str
    fields: dict[str, list[str]] | None
    body: bytes
    headers: tuple[tuple[str, str], ...]


class Fuzz:
    """A person with the sample organisation, a stranger's assessment, and everything that can be sent."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        count_attempts(app, {**dict.fromkeys(MOST, 10**9), "download": DOCUMENTS, "workbook": DOCUMENTS, "picture": DOCUMENTS})
        self._rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]
        self.foreign = Browser(app).start(FOREIGN)
        self.hub = ""
        self._begin()
        self.known = self._looked_around()
        self.statuses: Counter[int] = Counter()
        self.slowest = 0.0

    def _begin(self) -> None:
        self.browser = Browser(self.app)
        self.hub = self.browser.start_sample()
        self._token = ""

    def _looked_around(self) -> Known:
        known = Known()
        match = self.app.url_map.bind("localhost").match
        waiting = [self.hub, "/start", "/verify", "/import", "/browsers"]
        seen: set[str] = set()
        while waiting and len(seen) < PAGES:
            address = waiting.pop(0)
            path = urlsplit(address).path
            if path in seen:
                continue
            seen.add(path)
            page = self.browser.open(address) if not path.endswith((".pdf", ".xlsx", ".docx", ".zip")) else None
            if page is None or not page.is_page:
                continue
            endpoint = match(path)[0]
            if fields := page.fields():
                known.forms[endpoint].append(fields)
            for link in page.links():
                target = urlsplit(link)
                if target.netloc or not target.path.startswith("/") or target.path.startswith("/static/"):
                    continue
                arguments: Mapping[str, Any] = match(target.path)[1]
                for name, value in arguments.items():
                    known.values[name].add(value)
                for name, value in parse_qsl(target.query):
                    known.queries[name].add(value)
                waiting.append(link)
        known.values["token"].add("x" * 32)
        return known

    def attempts(self) -> st.SearchStrategy[Attempt]:
        """Draw a request: most are nearly right, which gets further than nonsense."""
        # What is drawn from is made once: Hypothesis looks through each of these anew, which took as long as what it drew.
        text = st.one_of(st.text(max_size=12), st.sampled_from(STRANGE))
        forms = [form for several in self.known.forms.values() for form in several]
        names = sorted({name for form in forms for name in form} | set(self.known.queries))
        rules, headers, body = (
            st.sampled_from(self._rules),
            st.lists(st.sampled_from(HEADERS), max_size=2),
            st.binary(max_size=200),
        )
        parts = {name: self._parts(name, text) for rule in self._rules for name in sorted(rule.arguments)}
        queries = sorted(self.known.queries)
        strange_queries = st.lists(st.tuples(st.sampled_from(queries), text), max_size=2)
        query_names = st.lists(st.sampled_from(queries), max_size=2)
        query_values = {name: st.sampled_from(sorted(self.known.queries[name])) for name in queries}
        methods = {usual: st.sampled_from((usual,) * 40 + METHODS) for usual in ("GET", "POST")}
        every_form = st.sampled_from(forms)
        own_forms = {endpoint: st.sampled_from(several) for endpoint, several in self.known.forms.items()}
        field_names = [st.lists(st.sampled_from(sorted(form)), max_size=3) for form in forms]
        values, other_names = st.lists(text, max_size=2), st.lists(st.sampled_from(names), max_size=2)

        @st.composite
        def attempt(draw: st.DrawFn) -> Attempt:
            rule: Rule = draw(rules)
            path = self._path(rule, {name: draw(parts[name]) for name in sorted(rule.arguments)})
            query = [*draw(strange_queries), *((name, draw(query_values[name])) for name in draw(query_names))]
            address = path + ("?" + urlencode(query, errors="surrogatepass") if query else "")
            method = draw(methods["POST" if "POST" in (rule.methods or ()) and draw(st.booleans()) else "GET"])
            told = tuple(draw(headers))
            if method in ("GET", "HEAD", "OPTIONS", "TRACE"):
                return Attempt(method=method, address=address, fields=None, body=b"", headers=told)
            if draw(st.integers(0, 9)) == 0:
                return Attempt(method=method, address=address, fields=None, body=draw(body), headers=told)
            form = draw(own_forms.get(rule.endpoint, every_form))
            fields = dict(form)
            for name in draw(field_names[forms.index(form)]):
                fields[name] = draw(values)
            for name in draw(other_names):
                fields[name] = [draw(text)]
            return Attempt(method=method, address=address, fields=fields, body=b"", headers=told)

        return attempt()

    def _parts(self, name: str, text: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        """Draw a part of an address: mostly one that its links have; of assessments the own one, or that of somebody else."""
        if name == "assessment_id":
            foreign = self.foreign.split("/")[2]
            return st.one_of(*[st.builds(lambda: self.hub.split("/")[2])] * 5, st.one_of(text, st.just(foreign)))
        known = sorted(self.known.values.get(name, ()))
        return st.one_of(*[st.sampled_from(known)] * 5, text) if known else text

    def _path(self, rule: Rule, values: Mapping[str, str]) -> str:
        try:
            return self.app.url_map.bind("localhost").build(rule.endpoint, dict(values), method=None)
        except (BuildError, HTTPException, ValueError, UnicodeError):
            return rule.rule

    def send(self, attempt: Attempt) -> None:
        """Send one request and hold its answer to what every answer promises."""
        body: dict[str, Any] = {"data": attempt.body}
        if attempt.fields is not None:
            fields = {**attempt.fields, **self._fresh(attempt.fields)}
            body["data"] = {
                name: [value.encode("utf-8", "replace").decode() for value in values] for name, values in fields.items()
            }
        begun = time.process_time()
        answer = self.browser.client.open(
            attempt.address, method=attempt.method, headers=[*attempt.headers, ("Host", "localhost")], **body
        )
        with answer:
            content = answer.get_data()
        took = time.process_time() - begun
        self.statuses[answer.status_code] += 1
        self.slowest = max(self.slowest, took)
        assert answer.status_code in EXPECTED, f"{answer.status_code} for {attempt}"
        assert answer.status_code != 503 or "Retry-After" in answer.headers, attempt
        assert took < SECONDS, f"{took:.1f} s for {attempt}"
        assert FOREIGN.encode() not in content, attempt
        for name, value in ALWAYS:
            assert answer.headers.get(name) == value, f"{name} for {attempt}"

    def _fresh(self, fields: Mapping[str, list[str]]) -> dict[str, list[str]]:
        """Return what a form has anew each time its page is opened: else all but the first would be turned away at the door."""
        fresh = {"csrf_token": [self._token], "save_key": [secrets.token_urlsafe(18)]}
        return {name: values for name, values in fresh.items() if fields.get(name)}

    def send_all(self, attempts: list[Attempt]) -> None:
        """Send requests one after the other, as a person who holds the sample organisation."""
        if self.browser.client.get(self.hub).status_code != 200:  # deleted, or the browser was forgotten
            self._begin()
        self._token = self.browser.open("/start").fields()["csrf_token"][0]
        for attempt in attempts:
            self.send(attempt)

    def run(self, requests: int, *, chosen_seed: int | None = None) -> None:
        """Send so many requests; the same ones where a seed is given. Raises what the first wrong answer is."""
        examples = -(-requests // REQUESTS_EACH)
        drawn = st.lists(self.attempts(), min_size=REQUESTS_EACH, max_size=REQUESTS_EACH)

        @settings(
            max_examples=examples,
            deadline=None,
            derandomize=chosen_seed is None,
            database=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        @given(drawn)
        def walk(attempts: list[Attempt]) -> None:
            self.send_all(attempts)

        (seed(chosen_seed)(walk) if chosen_seed is not None else walk)()


def main() -> None:
    """Send N requests drawn with a seed, and print what came back."""
    requests = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    chosen_seed = int(sys.argv[2]) if len(sys.argv) > 2 else int(time.time())
    print(f"{requests:,} requests, seed {chosen_seed}", flush=True)
    logging.disable(logging.INFO)  # a line for each refusal
    with tempfile.TemporaryDirectory() as name:
        fuzz = Fuzz(build_app(Path(name)))
        begun = time.monotonic()
        fuzz.run(requests, chosen_seed=chosen_seed)
        took, slowest = time.monotonic() - begun, 1000 * fuzz.slowest
        statuses = ", ".join(f"{status}: {count:,}" for status, count in sorted(fuzz.statuses.items()))
        print(f"{fuzz.statuses.total():,} requests in {took:.0f} s; {statuses}; slowest {slowest:.0f} ms of processor time")


if __name__ == "__main__":
    main()
