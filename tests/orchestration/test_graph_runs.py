"""Real runs of the graph in this process: what is published, what is done twice, and what bad input does."""

import json
from pathlib import Path

import pytest
from dagster import DagsterInstance

from data_contracts.errors import QuarantineBusyError
from meta_med import run_files
from meta_med.published import reader
from orchestration.errors import DataError, InternalError, StoreBusyError
from orchestration.execution import QUIET_CONSOLE, run_graph
from orchestration.graph import definitions_of, graph_of
from orchestration.maintenance.retention import Retention
from orchestration.runs import stage_results
from orchestration.runs.run_folder import NIGHTLY, STAGES, TRAINING, RunFolder
from orchestration.stages import publish, work
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace
from tests.orchestration.small_study import Finished, Heard, spoilt, workspace_at


def test_a_run_publishes_one_release_with_every_stage_done(finished: Finished) -> None:
    outcome, heard = finished.outcome, finished.heard
    assert outcome.published is not None
    assert outcome.published.changed
    assert list(heard.reused) == list(STAGES)
    assert not any(heard.reused.values())
    assert heard.steps
    head = reader.head(finished.workspace().store_url, finished.study.name)
    assert head is not None
    assert head.release_id == finished.release_id
    assert head.manifest["rows_in"] == head.manifest["rows_accepted"] == 740
    assert set(head.manifest["data_sha256"]) == {"visits"}


def test_a_run_folder_holds_only_what_the_list_of_its_files_names(finished: Finished) -> None:
    names = {value for key, value in vars(run_files).items() if key.isupper()}
    found = {path.name for path in finished.outcome.folder.path.iterdir()}
    assert found <= names
    assert found >= {run_files.FACTS, run_files.RECORDS, run_files.MODELS, run_files.NIGHT}


def test_the_same_again_does_nothing_and_changes_nothing(finished: Finished) -> None:
    heard = Heard()
    again = run_graph(finished.study, finished.workspace(heard))
    assert all(heard.reused.values())
    assert again.published is not None
    assert again.published.release_id == finished.release_id
    assert not again.published.changed


def test_another_home_gives_the_same_release(finished: Finished, tmp_path: Path) -> None:
    other = run_graph(finished.study, workspace_at(tmp_path / "other", finished.study))
    assert other.published is not None
    assert other.published.release_id == finished.release_id


def test_a_damaged_stage_is_done_again_with_the_same_result(finished: Finished) -> None:
    path = finished.outcome.folder.night / "predictions.parquet"
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    heard = Heard()
    again = run_graph(finished.study, finished.workspace(heard))
    assert {stage for stage, reused in heard.reused.items() if not reused} == {"predict"}
    assert again.published is not None
    assert again.published.release_id == finished.release_id


@pytest.mark.fault("O07", "I1", "I2", "I6")
def test_a_rejected_delivery_stops_everything_and_the_release_before_stays(
    copied: Finished, tmp_path: Path
) -> None:
    heard = Heard()
    with pytest.raises(DataError, match=r"rejected: .*E_COLUMNS_MISSING.*release before is still served"):
        run_graph(copied.study, copied.workspace(heard, visits=spoilt(copied.study, tmp_path)))
    assert list(heard.reused) == ["ingest", "validate"]
    head = reader.head(copied.workspace().store_url, copied.study.name)
    assert head is not None
    assert head.release_id == copied.release_id
    assert (copied.home / "reports" / copied.study.name / run_files.REPORT).is_file()


def test_a_rejected_delivery_is_judged_rejected_by_every_later_stage(
    copied: Finished, tmp_path: Path
) -> None:
    workspace = copied.workspace(visits=spoilt(copied.study, tmp_path))
    with pytest.raises(DataError):
        run_graph(copied.study, workspace, last="validate")
    newest = max(workspace.runs.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    with pytest.raises(DataError):
        stage_results.valid_tables(RunFolder(newest))
    with pytest.raises(DataError):
        publish.publish(copied.study, workspace, RunFolder(newest))


@pytest.mark.fault("O05", "I6")
def test_a_missing_source_fails_the_first_step_once(study: LoadedStudy, workspace: Workspace) -> None:
    study.sources["visits"].unlink()
    job = definitions_of([graph_of(study)], workspace).resolve_job_def(study.name)
    with DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance, raise_on_error=False, run_config=QUIET_CONSOLE)
    assert not result.success
    assert [event.step_key for event in result.all_events if event.is_step_failure] == ["ingest"]
    assert not any(event.is_step_up_for_retry for event in result.all_events)


def test_a_defect_is_shown_by_its_place_without_the_value_it_met(
    finished: Finished, tmp_path: Path, monkeypatch
) -> None:
    study = finished.study
    monkeypatch.setattr(stage_results, "valid_tables", lambda folder: float("CANARY-7f3a"))
    with pytest.raises(InternalError) as caught:
        run_graph(finished.study, workspace_at(tmp_path / "home", study))
    assert "CANARY" not in str(caught.value)
    assert "ValueError at orchestration/test_graph_runs.py" in str(caught.value)


@pytest.mark.fault("O01", "I6")
def test_only_one_run_of_a_study_at_a_time(finished: Finished) -> None:
    study = finished.study
    workspace = finished.workspace()
    from orchestration.execution import _only_run_of

    with _only_run_of(study, workspace, NIGHTLY), pytest.raises(StoreBusyError, match="E_RUN_BUSY"):
        run_graph(study, workspace)
    with _only_run_of(study, workspace, TRAINING):
        assert not run_graph(study, workspace).published.changed


def test_a_busy_store_is_tried_again_and_then_told(finished: Finished, monkeypatch) -> None:
    from dagster import RetryPolicy

    from orchestration.assets import stages

    tries = []

    def busy(*_: object) -> None:
        tries.append(1)
        raise StoreBusyError("E_STORE_BUSY: another writer holds the store.")

    monkeypatch.setattr(publish, "publish", busy)
    monkeypatch.setattr(stages.publish.op, "_retry_policy", RetryPolicy(max_retries=2, delay=0.01))
    with pytest.raises(StoreBusyError, match="E_STORE_BUSY"):
        run_graph(finished.study, finished.workspace())
    assert len(tries) == 3


def test_a_busy_quarantine_is_told_as_such_at_once(
    study: LoadedStudy, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_: object) -> None:
        raise QuarantineBusyError

    monkeypatch.setitem(work.WORK, "validate", busy)
    with pytest.raises(StoreBusyError, match="E_QUARANTINE_BUSY"):
        run_graph(study, workspace)


def test_old_run_folders_are_forgotten_and_the_newest_stay(study: LoadedStudy, workspace: Workspace) -> None:
    for position in range(Retention.runs + 2):
        folder = workspace.runs / f"{position:016x}"
        folder.mkdir(parents=True)
        (folder / "facts.json").write_text(json.dumps({"study": study.name}))
    other = workspace.runs / "other"
    other.mkdir()
    (other / "facts.json").write_text(json.dumps({"study": "another"}))
    publish.remove_old_runs(workspace, study.name)
    assert len(list(workspace.runs.iterdir())) == Retention.runs + 1
    assert other.is_dir()
