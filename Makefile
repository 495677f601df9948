# Only python3 (3.11+), pip and make are assumed; everything else is installed into .venv.
PY := .venv/bin/python
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export DAGSTER_DISABLE_TELEMETRY := yes
export GX_ANALYTICS_ENABLED := false

.PHONY: demo test nightly cases dashboard bench lint clean

.venv/.ok: pyproject.toml constraints.txt
	python3 -m venv .venv
	.venv/bin/pip install -q -c constraints.txt torch==2.13.0
	.venv/bin/pip install -q -c constraints.txt -e '.[dev]'
	touch $@

demo: .venv/.ok
	.venv/bin/meta-med run --study pbc

dashboard: .venv/.ok
	.venv/bin/meta-med dashboard --demo

bench: .venv/.ok
	.venv/bin/meta-med bench

lint: .venv/.ok
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports
	$(PY) .ci/tree.py --check

test: .venv/.ok lint
	$(PY) -m pytest -n 2 --dist worksteal -m "not nightly" --cov --cov-report=term:skip-covered --cov-fail-under=85

# Every law on 2,000 new examples, ten thousand damaged deliveries, and what is too slow for every commit.
nightly: .venv/.ok
	META_MED_EXAMPLES=2000 META_MED_FUZZ_CASES=10000 $(PY) -m pytest -n 2 --dist worksteal -m "hypothesis or nightly" --hypothesis-profile=exploring

# The page of known cases, from the tests that show them.
cases: .venv/.ok
	$(PY) -m pytest -n 2 --dist worksteal -m case --cases-page docs/results/cases.md

clean:
	rm -rf .venv .meta_med build *.egg-info
