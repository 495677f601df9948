"""A learner or a baseline takes one file and one line: in the registry, or in another distribution's metadata."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
import yaml

from dashboard import figures
from dashboard.wording.names import predictor_label
from meta_med.baselines.registry import BASELINES
from meta_med.learners.registry import LEARNERS
from meta_med.published import reader
from orchestration.errors import StudyError
from orchestration.execution import run_graph
from orchestration.study.load import load
from orchestration.workspace import open_workspace
from tests.orchestration.small_study import EXAMPLE, small_study, workspace_at

PACKAGE = EXAMPLE / "plug_in"
ROOT = Path(__file__).parents[2]
NAMES = ("own_level", "median_value")


def study_file(folder: Path, **options: float) -> Path:
    """The small study with a learner and a baseline that do not come with Meta-Med."""
    small_study(folder)
    file = folder / "asthma_study.yaml"
    tree = yaml.safe_load(file.read_text())
    tree["learners"] = [{"name": "own_level", "steps": 10, "options": options}]
    tree["baselines"] = ["last_value", "median_value"]
    file.write_text(yaml.safe_dump(tree))
    return file


@pytest.fixture
def own_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    """The example's modules as if they were Meta-Med's own: a line in each registry."""
    monkeypatch.syspath_prepend(str(PACKAGE))
    monkeypatch.setitem(LEARNERS.built_in, "own_level", "own_level.learner:OwnLevel")
    monkeypatch.setitem(BASELINES.built_in, "median_value", "own_level.baseline:MedianValue")


def shown_as_predictors(evaluation: pd.DataFrame, baselines: tuple[str, ...]) -> None:
    """Both are evaluated, drawn and named; the baseline is told from the learner."""
    assert set(NAMES) < set(evaluation["predictor"])
    rows = evaluation[evaluation["outcome"] == "peak_flow"]
    assert set(NAMES) < set(figures.default_predictors(rows, "mae", baselines))
    assert (
        figures.best_baseline(rows[rows["predictor"] == "median_value"], "mae", baselines) == "median_value"
    )
    assert [predictor_label(name) for name in NAMES] == ["Own level", "Median value"]


@pytest.mark.usefixtures("own_lines")
def test_a_file_and_a_line_in_the_registry_are_enough(tmp_path: Path) -> None:
    study = load(study_file(tmp_path / "study", width=8))
    workspace = workspace_at(tmp_path / "home", study)
    outcome = run_graph(study, workspace)
    assert outcome.published is not None
    told = reader.head(workspace.store_url, study.name)
    assert told is not None
    assert "plug_ins" not in told.manifest
    (run,) = workspace.runs.iterdir()
    shown_as_predictors(pd.read_parquet(run / "evaluation.parquet"), (*figures.BASELINES, "median_value"))
    assert "own_level" in (run / "champion.json").read_text()


@pytest.mark.usefixtures("own_lines")
def test_its_options_are_checked_when_the_study_is_read(tmp_path: Path) -> None:
    with pytest.raises(
        StudyError, match=r'"learners.0..options.width" of own_level must be a whole number, 1 or'
    ):
        load(study_file(tmp_path, width=0))
    with pytest.raises(StudyError, match=r'own_level has no such option: did you mean "prior"'):
        load(study_file(tmp_path, priors=2.0))


@dataclass(frozen=True)
class Installed:
    """The example package where pip put it, and a process that finds it there."""

    folder: Path

    def run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return self.python("from orchestration.command import main; main()", *arguments)

    def python(self, script: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(self.folder), str(ROOT)])
        return subprocess.run(
            [sys.executable, "-c", script, *arguments],
            capture_output=True, text=True, check=False, cwd=self.folder,
            env={**os.environ, "PYTHONPATH": path, "OMP_NUM_THREADS": "1"},
        )  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("plug_in")
    shutil.copytree(PACKAGE, folder / "source", ignore=shutil.ignore_patterns("__pycache__"))
    target = folder / "target"
    pip = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--no-index",
           "--target", str(target), str(folder / "source")]  # fmt: skip
    subprocess.run(pip, check=True, capture_output=True, text=True)
    return Installed(target)


@pytest.mark.nightly
def test_an_installed_package_takes_part_in_a_run(installed: Installed, tmp_path: Path) -> None:
    file, home = study_file(tmp_path / "study", width=8), tmp_path / "home"
    done = installed.run("run", "--study", str(file), "--home", str(home), "--json")
    assert done.returncode == 0, done.stderr
    head = reader.head(open_workspace(home).store_url, "asthma")
    assert head is not None
    told = {(p["kind"], p["name"], p["distribution"], p["version"]) for p in head.manifest["plug_ins"]}
    assert told == {
        ("learner", "own_level", "own-level", "1.0"),
        ("baseline", "median_value", "own-level", "1.0"),
    }
    (run,) = (home / "runs").iterdir()
    shown_as_predictors(pd.read_parquet(run / "evaluation.parquet"), figures.baselines_of(head.manifest))


@pytest.mark.nightly
def test_its_code_is_part_of_what_names_a_run(installed: Installed, tmp_path: Path) -> None:
    script = """
import json, sys
from meta_med.plug_ins.code import plug_in_facts
from orchestration.study.load import load
print(json.dumps(plug_in_facts(load(sys.argv[1]).spec)))
"""
    file = study_file(tmp_path)
    before = installed.python(script, str(file)).stdout
    assert [p["name"] for p in json.loads(before)["plug_ins"]] == list(NAMES)
    module = installed.folder / "own_level" / "baseline.py"
    module.write_text(module.read_text().replace("np.nanmedian", "np.nanmax"))
    assert installed.python(script, str(file)).stdout not in ("", before)


def test_a_study_of_a_package_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StudyError, match='"own_level" is not a learner'):
        load(study_file(tmp_path))
