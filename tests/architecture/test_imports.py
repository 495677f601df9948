"""Who may know whom, seen from a fresh interpreter."""

import subprocess
import sys

import pytest

from tests.architecture.source_trees import ROOT

NEIGHBOURS = (
    "dagster",
    "streamlit",
    "great_expectations",
    "pydantic",
    "yaml",
    "typer",
    "rich",
    "jinja2",
    "altair",
)


def run(script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def loaded_by(module: str) -> set[str]:
    out = run(f"import sys, {module}\nprint(*sorted({{name.partition('.')[0] for name in sys.modules}}))")
    return set(out.split())


def test_the_science_needs_only_its_core_packages() -> None:
    """Everything of meta_med but the store imports with all other packages made unimportable."""
    run(
        f"""
import importlib, pkgutil, sys

class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {(*NEIGHBOURS, "sqlalchemy", "data_contracts", "orchestration", "dashboard")!r}:
            raise ImportError(f"{{name}} is not a core package")

sys.meta_path.insert(0, Refuse())
import meta_med
names = [m.name for m in pkgutil.walk_packages(meta_med.__path__, "meta_med.", onerror=lambda name: None)]
science = [n for n in names if not n.startswith("meta_med.published.") or n == "meta_med.published.release"]
for name in science:
    importlib.import_module(name)
assert len(science) > 20
"""
    )


def test_the_store_needs_no_framework() -> None:
    assert (
        loaded_by("meta_med.published.reader") & {"torch", "dagster", "streamlit", "great_expectations"}
        == set()
    )


def test_the_dashboard_loads_neither_torch_nor_dagster_nor_gx() -> None:
    script = """
import importlib, pkgutil, sys
import dashboard
for module in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
    if module.name != "dashboard.app":
        importlib.import_module(module.name)
bad = {"torch", "dagster", "great_expectations", "sklearn", "orchestration", "data_contracts"}
assert not bad & {name.partition(".")[0] for name in sys.modules}
"""
    run(script)


def test_definitions_load_neither_torch_nor_gx(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    monkeypatch.setenv("META_MED_HOME", str(tmp_path))
    assert loaded_by("orchestration.definitions") & {"torch", "great_expectations", "streamlit"} == set()


def test_the_import_contracts_hold() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
