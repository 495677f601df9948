"""Law 6: the same input, configuration and seed give the same bytes, however many processes did the work."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd
import pytest

from meta_med import stages
from meta_med.meta_train.fit import fit_all
from meta_med.published.release import Release
from tests import scenario
from tests.served_model import release_of, serve

FINDINGS = pd.DataFrame(
    columns=["code", "severity", "rule", "source", "column", "cohort", "count", "share", "message"]
)


def run_stages(folder: Path, processes: int, seed: int = 0) -> Release:
    """The whole way, with the fits in this many processes."""
    study = scenario.quick_study(seed=seed)
    folder.mkdir()
    stages.assemble(folder, study, {"visits": scenario.visits(60)})
    stages.cohorts(folder, study)
    stages.episodes(folder, study)
    fit_all(stages.prepared(folder, study), folder / "models", processes=processes)
    stages.meta_train(folder, study)
    stages.calibrate(folder, study)
    stages.evaluate(folder, study)
    serve(folder, study, {"visits": scenario.visits(60)})
    return release_of(folder, study, {"code": "test"}, FINDINGS)


def contents(folder: Path) -> Mapping[str, bytes]:
    """Every file but the processes' own inputs."""
    files = (p for p in sorted(folder.rglob("*")) if p.is_file() and "inputs" not in p.parts)
    return {str(p.relative_to(folder)): p.read_bytes() for p in files}


@pytest.fixture(scope="module")
def one_process(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Release]:
    folder = tmp_path_factory.mktemp("one") / "run"
    return folder, run_stages(folder, processes=1)


@pytest.mark.parametrize("processes", [1, pytest.param(2, marks=pytest.mark.nightly)])
def test_a_second_run_leaves_the_same_bytes_and_release(
    one_process: tuple[Path, Release], tmp_path: Path, processes: int
) -> None:
    folder, release = one_process
    again = run_stages(tmp_path / "again", processes)
    first, second = contents(folder), contents(tmp_path / "again")
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert again.release_id == release.release_id


def test_another_seed_gives_another_release(one_process: tuple[Path, Release], tmp_path: Path) -> None:
    assert run_stages(tmp_path / "other", processes=1, seed=1).release_id != one_process[1].release_id
