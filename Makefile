# Two commands do all the set-up: `make run` and `make test`. README.md gives their plain-Python equivalents.
PYTHON ?= python3
ifeq ($(OS),Windows_NT)
BIN := .venv/Scripts
else
BIN := .venv/bin
endif
BENCH_BIN := $(subst .venv/,.venv-bench/,$(BIN))
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes $(COMPILE)
INSTALL = $(BIN)/python docs/install.py --require-hashes $(COMPILE)
COMPILE := --compile

.PHONY: run test check fast bench lock sbom licences audit-dependencies clean

run: .venv/run.stamp  ## open the dashboard on the demonstration area
	$(BIN)/python -m streamlit run dashboard.py

test: .venv/dev.stamp check fast  ## everything: checks, fast tests, then browser tests, which wait half of their time
	$(BIN)/python tests/get_browser.py
	$(BIN)/python -m pytest tests/browser -m browser -n 3 --dist loadfile --no-loadscope-reorder

check: .venv/dev.stamp  ## style, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --num-workers auto
	$(BIN)/lint-imports

test check fast: export PYTHONDONTWRITEBYTECODE :=  # many processes: let the first one compile for all
test check fast: COMPILE := --no-compile  # that of what is installed is done below, on all cores
fast: export OMP_NUM_THREADS := 1  # a worker a core: threads of their own would only wait for each other
fast: .venv/dev.stamp  ## all tests that need no browser, on all cores
	$(BIN)/python -m pytest -m "not browser" -n auto --dist loadfile --no-loadscope-reorder

bench: .venv-bench/bench.stamp .venv/dev.stamp  ## measure, side by side: join, recolouring, 20 people at once, what a person waits for, packs of briefings, points, the model's speed, growth, promise and exactness, areas, changes (about two hours)
	$(BIN)/python -m bench.join
	$(BIN)/python -m bench.recolour
	$(BIN)/python -m bench.load
	$(BIN)/python -m bench.ui
	$(BIN)/python -m bench.briefing --wards 360 --level 1.1
	$(BENCH_BIN)/python -m bench.points
	$(BENCH_BIN)/python -m bench.overlap_speed
	$(BENCH_BIN)/python -m bench.overlap_growth
	$(BENCH_BIN)/python -m bench.area_groups
	$(BENCH_BIN)/python -m bench.changes
	$(BENCH_BIN)/python -m bench.overlap
	$(BENCH_BIN)/python -m bench.exact

lock: .venv/run.stamp  ## compile requirements*.in into pinned, hashed requirements*.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements-pip.in -o requirements-pip.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements.in -o requirements.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements-dev.in -o requirements-dev.txt
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header requirements-bench.in -o requirements-bench.txt

sbom: .venv/dev.stamp  ## bill of materials of the product (CycloneDX), from requirements.txt
	$(BIN)/python -m docs.make_sbom

licences: .venv/dev.stamp  ## docs/licences.md, from the installed packages
	$(BIN)/python -m docs.make_licences

audit-dependencies: .venv/dev.stamp  ## ask the advisory service about every pinned package; needs a network, says NOT AUDITED without
	$(BIN)/python -m docs.audit_dependencies

clean:  ## remove what was installed and made; snapshots in var/ stay
	rm -rf .venv .venv-bench static/* test-results .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/run.stamp: requirements-pip.txt requirements.txt
	$(PYTHON) -m venv .venv
	$(PIP) -r requirements-pip.txt
	$(INSTALL) -r requirements.txt
	touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.txt
	$(INSTALL) -r requirements-dev.txt
	-$(BIN)/python -m compileall -q -j 0 -x '[/\\]tests[/\\]' .venv/lib
	touch $@

.venv-bench/bench.stamp: requirements-bench.txt
	$(PYTHON) -m venv .venv-bench
	$(BENCH_BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	touch $@
