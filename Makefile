# Two commands on a bare machine (python3 >= 3.11 with venv, git, make):
#   make run   set up .venv from the lock and do the main job on the bundled local publishers
#   make test  set up and run the whole gate
PYTHON ?= python3
VENV := .venv
# pip speaks of what matters only.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
BIN := $(VENV)/bin


.PHONY: run test gate lint types contracts unit bench example pictures bench-quality conformance lock clean

run: $(VENV)/.installed
	$(BIN)/wiretrace demo

test: $(VENV)/.installed-dev
	$(MAKE) --no-print-directory gate

gate: lint types contracts unit

lint:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types:
	$(BIN)/mypy

contracts:
	$(BIN)/lint-imports

unit:
	$(BIN)/pytest -n 2 --dist loadgroup

# make bench DATA=path/to/data: measures on data that stays outside this tree.
bench: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks --data $(or $(DATA),$(error say where the data lies: make bench DATA=path/to/folder))

# make bench-quality [ARTICLES=100000] [SEED=1]: the scorecard on a corpus that is made for it.
bench-quality: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.quality --articles $(or $(ARTICLES),100000) --seed $(or $(SEED),1)

# make conformance DATA=path/to/data: public test cases of robots.txt, feeds, WARC files.
conformance: $(VENV)/.installed-dev
	$(BIN)/python -m benchmarks.conformance --data $(or $(DATA),$(error say where the cases lie: make conformance DATA=path/to/folder))

# The report in examples/, from the demo's publishers at a fixed time; equal code, equal bytes.
example: $(VENV)/.installed-dev
	$(BIN)/python -m tests.report.example examples/report

# The README's pictures of it, by Debian's chromium.
pictures: $(VENV)/.installed-dev
	$(BIN)/python -m tests.browser.pictures examples/report docs/images

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

# The project itself goes in editable, so that an installed copy never shadows an edit.
$(VENV)/.installed: requirements.lock pyproject.toml | $(VENV)/bin/python
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/.installed-dev: requirements-dev.lock $(VENV)/.installed
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

# Universal locks (every platform and Python >= 3.11), hashes included, no registry named.
lock:
	$(PYTHON) -m pip install --quiet uv
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --extra build pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url --group dev --group browser --extra build --extra parquet --extra render pyproject.toml -o requirements-dev.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
