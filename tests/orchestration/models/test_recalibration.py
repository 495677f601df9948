"""Recalibration: new outcomes change intervals, not predictors; the result is promoted by evidence, as a training's."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from meta_med import run_files
from meta_med.cohorts.splits import SPLITS
from meta_med.model_version.people import TrainedPeople
from meta_med.model_version.sealed_folder import FILES
from orchestration.errors import ModelError
from orchestration.execution import recalibrate, run_graph
from orchestration.models.champion import champion_of
from orchestration.models.journal import CANDIDATE, CHAMPION, RETIRED, ModelJournal
from orchestration.models.recalibration import TRAINING
from orchestration.models.served_evaluation import training_run
from orchestration.models.versions import open_version, read_manifest, version_folder
from orchestration.runs.last_run import last_run
from tests.orchestration.small_study import Finished, small_study, workspace_at

FITTED = (run_files.MODELS, run_files.SCALING, run_files.CONTEXTS)


@pytest.fixture
def deliver(copied: Finished, tmp_path: Path) -> Callable[[pd.DataFrame], Path]:
    def written(whole: pd.DataFrame) -> Path:
        path = tmp_path / "delivered" / "visits.csv"
        path.parent.mkdir(exist_ok=True)
        whole.sort_values(["patient", "visit_date"]).to_csv(path, index=False)
        return path

    return written


def visits_of(copied: Finished) -> pd.DataFrame:
    return pd.read_csv(copied.study.sources["visits"], dtype=str)


def later_visits(copied: Finished, spread: float) -> pd.DataFrame:
    """One more visit of everybody, whose values vary about the last ones with this standard deviation."""
    visits = visits_of(copied)
    last = visits.groupby("patient").tail(1)
    values = last["peak_flow"].astype(float).fillna(400.0)
    noise = np.random.default_rng(7).normal(0, spread, len(last))
    moved = (values + noise).clip(80, 780).round(1).astype(str)
    return pd.concat([visits, last.assign(visit_date="2026-12-01", peak_flow=moved)])


def width_of(workspace, study, version: str) -> float:
    table = pd.read_parquet(version_folder(workspace, study.name, version) / run_files.EVALUATION)
    own = table[
        (table["predictor"] == "champion") & (table["metric"] == "width_90") & (table["cohort"] == "all")
    ]
    return float(own[own["outcome"] == "peak_flow"]["value"].iloc[-1])


def test_new_outcomes_give_a_version_with_the_same_predictors(
    copied: Finished, deliver: Callable[[pd.DataFrame], Path]
) -> None:
    before = champion_of(copied.study, copied.workspace())
    assert before is not None
    stranger = visits_of(copied).query("patient == 'A000'").assign(patient="Z999")
    delivery = deliver(pd.concat([later_visits(copied, spread=120.0), stranger]))
    workspace = copied.workspace(visits=delivery)
    outcome = recalibrate(copied.study, workspace)
    version = str(outcome.promoted["model"])
    assert version != before

    old, new = (read_manifest(workspace, copied.study.name, name) for name in (before, version))
    assert new[TRAINING]["version"] == before
    assert new["data_sha256"] != old["data_sha256"]
    fitted = {name for name in old[FILES] if name.startswith(FITTED)}
    assert {name: new[FILES][name] for name in fitted} == {name: old[FILES][name] for name in fitted}
    assert new[FILES][run_files.CALIBRATION] != old[FILES][run_files.CALIBRATION]
    # outcomes that vary far more than those of the training need wider intervals
    assert width_of(workspace, copied.study, version) > 1.2 * width_of(workspace, copied.study, before)

    then, now = (open_version(workspace, copied.study.name, name).people.split for name in (before, version))
    assert now[then.index].equals(then)
    assert now["z999"] in range(len(SPLITS))
    evidence = ModelJournal(workspace.models).entries(copied.study.name, version)
    assert [entry.state for entry in evidence][:1] == [CANDIDATE]
    assert evidence[-1].evidence["champion"] == before
    assert evidence[-1].evidence["comparison"]["held_out_patients"] > 5
    noted = last_run(workspace, copied.study.name, "recalibration")
    assert noted is not None
    assert (noted.exit_code, bool(noted.ended)) == (0, True)

    # the same again changes nothing: it is the same version, which keeps its state
    again = recalibrate(copied.study, workspace)
    assert again.promoted["model"] == version
    states = {v: e.state for (_, v), e in ModelJournal(workspace.models).latest(copied.study.name).items()}
    assert sorted(states) == sorted([before, version])
    if states[version] == CHAMPION:
        assert states[before] == RETIRED
        night = run_graph(copied.study, workspace)
        assert night.folder.night_model == version
    # the evaluation of what serves is that of its predictors' training, whose run folder is kept
    assert training_run(workspace, copied.study.name, version).fingerprint == copied.folder.fingerprint


def test_without_a_champion_there_is_nothing_to_recalibrate(tmp_path: Path) -> None:
    study = small_study(tmp_path / "study")
    with pytest.raises(ModelError, match="E_NO_MODEL"):
        recalibrate(study, workspace_at(tmp_path / "home", study))


def test_later_people_join_those_of_the_training_who_keep_their_split() -> None:
    earlier = TrainedPeople(pd.Series([0, 3], index=["a", "b"]))
    later = TrainedPeople(pd.Series([3, -1, 2], index=["a", "c", "d"]))
    assert earlier.joined_by(later).split.to_dict() == {"a": 0, "b": 3, "d": 2}
