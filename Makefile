# `make run` sets everything up and starts the product, `make test` sets everything up and tests it; `make quick` tests in a minute.
PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
# Compiled once, tests start in half the time.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test quick check catalogue format lock clean setup bench waits-in-browser bench-documents mutants kill load attack pictures readme lengths clicks lighthouse html fuzz audit

run: .venv/runs
	@$(BIN)/iso-readiness run --port $(PORT)

# Everything: the checks, all tests on SQLite, and on PostgreSQL those in which a database has a say, side by side.
test: setup
	@.ci/packages
	@.ci/test

# A quick answer, with nothing but Python: rules, content, pages, saving and commands, by the first tests of each.
quick: setup
	@$(BIN)/ruff check --quiet .
	@$(BIN)/pytest -n 2 --quick --hypothesis-profile=quick

check: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/codespell --check-hidden assessment questionnaires templates static tests .github README.md CHANGELOG.md
	@$(BIN)/iso-readiness check
	@$(BIN)/iso-readiness catalogue --check

# What the rules, waiting for pages, and saving cost, as ratios to floors measured in the same run.
bench: setup
	@$(BIN)/python -m tests.tools.benchmark
	@$(BIN)/python -m tests.tools.waits
	@$(BIN)/python -m tests.tools.speed
	@$(BIN)/python -m tests.tools.speed_of_lines

# What a person sees in Chromium, beside an empty page of the bare server in the same run.
waits-in-browser: setup
	@$(BIN)/python -m tests.tools.browser_waits

# What documents cost, as ratios to an empty page made in the same kind of process.
bench-documents: setup
	@$(BIN)/python -m tests.tools.paper

# People save while the server is killed N times: `make kill N=10000`. The ordinary tests do 200.
N ?= 10000
kill: setup
	@$(BIN)/python -m tests.tools.kill $(N) $(SEED)

# Fifty people in one assessment, five hundred assessments at once, for two minutes each.
load: setup
	@$(BIN)/python -m tests.tools.load

# Other people's pages while many connections send slowly, read slowly, or send nonsense.
attack: setup
	@$(BIN)/python -m tests.tools.attack

# Requests drawn from the product's own routes and forms: `make fuzz N=100000 SEED=7`. The ordinary tests send 2500 to each database.
fuzz: N = 100000
fuzz: setup
	@$(BIN)/python -m tests.tools.fuzz $(N) $(SEED)

# Asks the public list of known holes about every library of the lock. Needs the network; whom it could not ask about is a failure.
audit: setup
	@$(BIN)/uvx --quiet pip-audit --strict --require-hashes --disable-pip -r requirements-dev.txt

# Changes every line of the domain in turn and sees whether its tests notice. Takes about half an hour.
mutants: setup
	@$(BIN)/mutmut run --max-children 2
	@$(BIN)/mutmut results

# Every page in every state as PNG, in light, dark and on paper, with contact sheets, into .pictures/. A part of it:
# `make pictures ONLY=hub THEMES=dark,print`.
ONLY ?=
THEMES ?= light,dark,print
pictures: setup
	@$(BIN)/python -m tests.tools.pictures --only "$(ONLY)" --themes "$(THEMES)"

# The sample PDF and two pictures of the README, into .readme/.
readme: setup
	@$(BIN)/python -m tests.tools.readme

# How long pages are as they open, in pixels at two widths and in words.
lengths: setup
	@$(BIN)/python -m tests.tools.lengths

# How many pages and presses both quick checks take.
clicks: setup
	@$(BIN)/python -m tests.tools.clicks

# Google's Lighthouse on the main pages of the real server. Needs node and npm; installs into .venv/, no lock is kept.
NODE := .venv/node
lighthouse: setup
	@npm install --silent --no-audit --no-fund --no-package-lock --no-save --prefix $(NODE) lighthouse@12.8
	@$(BIN)/python -m tests.tools.lighthouse $(NODE)

# The W3C's checker of HTML on every page. Needs java, node and npm; installs into .venv/, no lock is kept.
html: setup
	@npm install --silent --no-audit --no-fund --no-package-lock --no-save --ignore-scripts --prefix $(NODE) vnu-jar
	@$(BIN)/python -m tests.tools.html $(NODE)

format: setup
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

# Every text that people read, in one catalogue for translators.
catalogue: setup
	@$(BIN)/iso-readiness catalogue

setup: .venv/installed

# Everything that running and developing need.
.venv/installed: requirements-dev.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@test -x $(BIN)/uv || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv==0.13.9
	@$(BIN)/uv pip sync --quiet --compile-bytecode --require-hashes --python $(BIN)/python requirements-dev.txt
	@$(BIN)/uv pip install --quiet --no-deps --no-build-isolation --python $(BIN)/python --editable .
	@$(BIN)/python -m compileall -q assessment
	@touch .venv/installed .venv/runs

# Only what running needs, about a third of that.
.venv/runs: requirements.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.txt
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@$(BIN)/python -m compileall -q assessment
	@touch .venv/runs

# Resolve the locks again after changing a dependency in pyproject.toml: to run, with PostgreSQL, and to develop.
RESOLVE := uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url --python-version 3.11
lock: setup
	@$(BIN)/$(RESOLVE) --extra postgresql --group dev --output-file requirements-dev.txt pyproject.toml
	@$(BIN)/$(RESOLVE) --group build --constraint requirements-dev.txt --output-file requirements.txt pyproject.toml
	@$(BIN)/$(RESOLVE) --group build --extra postgresql --constraint requirements-dev.txt \
		--output-file requirements-postgresql.txt pyproject.toml

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis dist
