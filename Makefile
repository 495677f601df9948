# Only python3 (3.11+), pip and make are assumed; everything else is installed into .venv.
PY := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export DAGSTER_DISABLE_TELEMETRY := yes
export GX_ANALYTICS_ENABLED := false

.PHONY: demo test suite coverage nightly cases faults kills access dashboard bench lint messages clean

# Modules are compiled when they are first imported: compiling all of them takes longer than installing them. What was
# compiled is kept, also where the environment says not to: without it every process of a test compiles for 5 to 10 s.
unexport PYTHONDONTWRITEBYTECODE
INSTALL := .venv/bin/pip install -q --no-compile -c constraints.txt torch==2.13.0

.venv/.pip:
	python3 -m venv .venv
	.venv/bin/pip install -q pip==26.3
	touch $@

# What runs the product, and on top of it what tests it.
.venv/.platform: pyproject.toml constraints.txt | .venv/.pip
	$(INSTALL) -e '.[platform]'
	touch $@

.venv/.ok: pyproject.toml constraints.txt | .venv/.pip
	$(INSTALL) -e '.[dev]'
	touch .venv/.platform $@

demo: .venv/.platform
	.venv/bin/meta-med run --study pbc

dashboard: .venv/.platform
	.venv/bin/meta-med dashboard --demo

bench: .venv/.ok
	.venv/bin/meta-med bench

lint: .venv/.ok
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PY) .ci/tree.py --check

# one thread a process: two processes fill two cores
TESTS := OMP_NUM_THREADS=1 $(PY) -m pytest -n 2 --dist worksteal

# The linters run beside the tests: most of them keep one core busy.
test: .venv/.ok
	$(MAKE) --no-print-directory -j2 lint suite

suite: .venv/.ok
	$(TESTS) -m "not nightly"

# The share of the code that the tests run, which makes them half as slow again.
coverage: .venv/.ok
	$(TESTS) -m "not nightly" --cov --cov-report=term:skip-covered --cov-fail-under=90

# Every law on up to 2,000 new examples, ten thousand damaged deliveries, and what is too slow for every commit.
nightly: .venv/.ok
	META_MED_EXAMPLES=2000 META_MED_FUZZ_CASES=10000 $(TESTS) -m "hypothesis or nightly" --hypothesis-profile=exploring

# The page of known cases, from the tests that show them.
cases: .venv/.ok
	$(TESTS) -m case --cases-page=docs/results/cases.md

# The page of known faults, from the tests that inject them; half an hour, with those of `make nightly`.
faults: .venv/.ok
	$(TESTS) -m fault --faults-page=docs/results/faults.md

# Kill -9 at 200 random moments of training and nights, with a reader beside; META_MED_KILLS=30 for fewer.
kills: .venv/.ok
	META_MED_KILLS=$${META_MED_KILLS:-200} OMP_NUM_THREADS=1 $(PY) -m pytest -m nightly tests/orchestration/faults/test_kills.py

# The page of cases of security, from the tests that show them.
access: .venv/.ok
	$(TESTS) -m access_case --access-page=docs/results/access.md

# New texts of the dashboard into its catalogues, where a translator finds them.
BABEL := .venv/bin/pybabel -q
POT := build/dashboard.pot
messages: .venv/.ok
	mkdir -p build
	$(BABEL) extract --no-default-keywords -k Message -k Plural:1,2 --add-location=file --sort-by-file --width=110 -o $(POT) dashboard
	$(BABEL) update --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date --width=110 -D dashboard -i $(POT) -d dashboard/locales

clean:
	rm -rf .venv .meta_med build *.egg-info
