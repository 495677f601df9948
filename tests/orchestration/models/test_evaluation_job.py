"""The jobs beside nights and trainings: when they run, and what the evaluation leaves for the next publication."""

import shutil
from pathlib import Path

import pytest
from dagster import DagsterInstance

from meta_med.published import heads
from orchestration.errors import ModelError
from orchestration.execution import run_graph
from orchestration.graph import definitions_of, graph_of
from orchestration.kept_evaluation import kept_evaluation
from orchestration.models.champion import champion_of
from orchestration.models.served_evaluation import evaluate_served
from orchestration.models.versions import EVALUATED, read_manifest
from orchestration.runs.last_run import last_run
from orchestration.stages.publish import remove_old_runs
from orchestration.triggers import monthly_schedule, recalibration_schedule
from tests.orchestration.small_study import Finished, small_study


def test_evaluation_and_recalibration_are_scheduled_in_the_time_zone_of_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("META_MED_TIMEZONE", "Europe/Paris")
    graph = graph_of(small_study(tmp_path / "study"))
    monthly, weekly = monthly_schedule(graph), recalibration_schedule(graph)
    assert (monthly.name, weekly.name) == ("asthma_evaluate", "asthma_recalibrate")
    assert {s.execution_timezone for s in (monthly, weekly)} == {"Europe/Paris"}
    assert monthly.cron_schedule == "30 12 1 * *"
    assert [job.name for job in graph.jobs][-2:] == ["asthma_evaluate", "asthma_recalibrate"]


def test_the_run_folder_of_the_champions_training_is_kept(
    finished: Finished, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("META_MED_KEEP_RUNS", "1")
    copied = finished.copied(tmp_path / "home")
    workspace, later = copied.workspace(), []
    for number in range(3):
        later.append(copied.home / "runs" / (str(number) * 16))
        later[-1].mkdir()
        shutil.copy(copied.folder.path / "facts.json", later[-1])
    remove_old_runs(workspace, copied.study.name)
    assert copied.folder.path.is_dir()
    assert [folder.is_dir() for folder in later] == [False, False, True]


def test_without_the_records_of_the_training_nothing_is_evaluated(finished: Finished, tmp_path: Path) -> None:
    copied = finished.copied(tmp_path / "home")
    shutil.rmtree(copied.folder.path)
    with pytest.raises(ModelError, match="E_NO_RECORDS"):
        evaluate_served(copied.study, copied.workspace())


@pytest.mark.nightly
def test_the_job_leaves_figures_that_the_next_publication_shows(finished: Finished, tmp_path: Path) -> None:
    copied = finished.copied(tmp_path / "home")
    workspace = copied.workspace()
    job = definitions_of([graph_of(copied.study)], workspace).resolve_job_def("asthma_evaluate")
    with DagsterInstance.ephemeral() as instance:
        done = job.execute_in_process(instance=instance)
    assert done.success
    version = champion_of(copied.study, workspace)
    assert version is not None
    kept = kept_evaluation(read_manifest(workspace, copied.study.name, version)[EVALUATED], workspace)
    assert kept is not None
    assert kept.about["n_patients"] == 150
    noted = last_run(workspace, copied.study.name, "evaluation")
    assert noted is not None
    assert (noted.exit_code, bool(noted.ended)) == (0, True)
    published = run_graph(copied.study, workspace).published
    assert published is not None
    assert published.release_id != finished.release_id
    head = heads.head(workspace.store_url, copied.study.name)
    assert head is not None
    assert head.manifest["cross_fitted"]["n_patients"] == 150
