"""Real runs of the graph in this process: what is published, what is done twice, and what bad input does."""

import json
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from dagster import AssetKey, DagsterInstance

from data_contracts.errors import QuarantineBusyError
from meta_med import run_files
from meta_med.published import reader
from orchestration.errors import DataError, InternalError, ModelError, StoreBusyError
from orchestration.execution import QUIET_CONSOLE, run_graph
from orchestration.graph import definitions_of, graph_of
from orchestration.health import health_of
from orchestration.maintenance.retention import Retention
from orchestration.models import promotion
from orchestration.models.journal import REFUSED
from orchestration.models.promotion import Promotion
from orchestration.runs import model_results, stage_results
from orchestration.runs.run_folder import NIGHTLY, STAGES, TRAINING, RunFolder
from orchestration.runs.stage_run import StageRun
from orchestration.stages import publish, work
from orchestration.study.load import LoadedStudy
from orchestration.workspace import Workspace
from tests.orchestration.small_study import Finished, Heard, spoilt, workspace_at


@pytest.fixture
def copied(finished: Finished, tmp_path: Path) -> Finished:
    """The finished run in a home of its own: what another delivery leaves there is no other test's."""
    return finished.copied(tmp_path / "copy")


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


SURELY_WORSE = {
    "outcome": "peak_flow",
    "support_size": 1,
    "sizes": [1, 2],
    "sure": True,
    "told": "With 1 own record the mean absolute error is 28 % higher than that of last value.",
}


def judged_again(run: Finished, study: LoadedStudy, *found: dict[str, object]) -> Promotion:
    """What becomes of the run's model if the evaluation has found this of its champion and the baselines."""
    (run.folder.path / run_files.WORSE).write_text(json.dumps(found), encoding="utf-8")
    return promotion.promote(StageRun(study, run.workspace(), run.folder))


def refusing(study: LoadedStudy) -> LoadedStudy:
    """The study, but one that refuses a champion worse than a baseline."""
    spec = study.spec
    return replace(study, spec=replace(spec, serve=replace(spec.serve, worse_than_baseline="refuse")))


def test_a_champion_worse_than_a_baseline_is_published_with_that_remark_and_refused_where_the_study_says_so(
    copied: Finished,
) -> None:
    workspace = copied.workspace()
    assert judged_again(copied, copied.study, SURELY_WORSE).promoted
    published = run_graph(copied.study, workspace).published
    assert published is not None
    head = reader.head(workspace.store_url, copied.study.name)
    assert head is not None
    assert head.manifest["worse_than_baseline"] == [SURELY_WORSE]
    told = health_of(copied.study.name, workspace).lines()
    assert f"  worse than a baseline: peak_flow. {SURELY_WORSE['told']}" in told
    strict = refusing(copied.study)
    with pytest.raises(ModelError, match=r"E_WORSE.*peak_flow: With 1 own record.*is still served"):
        publish.publish(strict, workspace, copied.folder)
    refused = judged_again(copied, strict, SURELY_WORSE, SURELY_WORSE)
    assert refused.state == REFUSED
    assert refused.why.startswith("E_WORSE")
    again = reader.head(workspace.store_url, copied.study.name)
    assert again is not None
    assert again.release_id == published.release_id


def test_a_difference_that_may_be_chance_refuses_nothing(copied: Finished) -> None:
    perhaps = [{**SURELY_WORSE, "sure": False}]
    assert judged_again(copied, refusing(copied.study), *perhaps).promoted
    published = run_graph(copied.study, copied.workspace()).published
    assert published is not None
    assert published.changed
    assert model_results.worse_lines([SURELY_WORSE, *perhaps])[0].startswith(
        "Worse than a baseline: peak_flow."
    )
    assert model_results.worse_lines(perhaps)[0].startswith("Perhaps worse than a baseline: peak_flow.")


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


def leaking(place: Path) -> pd.DataFrame:
    """The leakage checks' findings of this run, but one of them is violated."""
    found = pd.read_parquet(place / run_files.LEAKAGE)
    found.loc[found["sentinel"] == "changed_future", "verdict"] = model_results.VIOLATED
    return found


def test_a_violated_leakage_check_stops_the_run_before_anything_is_served(
    finished: Finished, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_results, "leakage_findings", leaking)
    heard = Heard()
    with pytest.raises(
        ModelError, match=r"E_LEAK.*later records change no prediction.*release before is still"
    ):
        run_graph(finished.study, finished.workspace(heard), train=True)
    assert list(heard.reused)[-1] == "evaluate"
    with pytest.raises(ModelError, match="E_LEAK"):
        publish.publish(finished.study, finished.workspace(), finished.outcome.folder)
    head = reader.head(finished.workspace().store_url, finished.study.name)
    assert head is not None
    assert head.release_id == finished.release_id


def test_a_release_holds_what_leakage_checks_and_guards_found(finished: Finished) -> None:
    url = finished.workspace().store_url
    found = reader.sentinels(url, finished.release_id)
    assert set(found["sentinel"]) == set(model_results.LEAKAGE_CHECKS)
    assert model_results.VIOLATED not in set(found["verdict"])
    guards = reader.guards(url, finished.release_id).set_index("guard")
    assert (guards["n_calibration"] > 0).all()
    assert guards["false_alarms"].max() <= 0.05


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


def test_metadata_and_event_log_hold_no_patient(finished: Finished) -> None:
    """Law 8: identifiers of this study begin with A and three digits; peak flows stand in the rows."""
    study = finished.study
    workspace = finished.workspace()
    job = definitions_of([graph_of(study)], workspace).resolve_job_def(study.name)
    ids = {line.split(",")[0] for line in study.sources["visits"].read_text().splitlines()[1:]}
    with DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance, run_config=QUIET_CONSOLE)
        log = "\n".join(str(entry.to_json()) for entry in instance.all_logs(result.run_id))
    assert result.success
    assert not [identifier for identifier in ids if f'"{identifier}' in log or f" {identifier}" in log]


def test_assets_report_counts_tables_and_plots(finished: Finished) -> None:
    study = finished.study
    job = definitions_of([graph_of(study)], finished.workspace()).resolve_job_def(finished.study.name)
    with DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance, run_config=QUIET_CONSOLE)
    told = {
        event.asset_key.path[-1]: event.materialization.metadata
        for event in result.get_asset_materialization_events()
    }
    assert set(told) == set(STAGES)
    assert "| cohort |" in told["cohorts"]["cohorts"].value
    assert told["evaluate"]["mae_in_sd"].value.startswith("| predictor | 0 |"), (
        "also of a stage that was reused"
    )
    assert "data:image/png;base64," in told["evaluate"]["mae_in_sd_plot"].value
    plots = {name for name in told["evaluate"] if name.endswith("_plot")}
    assert plots == {"mae_in_sd_plot", "coverage_90_plot"}
    assert told["publish"]["changed"].value is False
    checks = {check.check_name: check.passed for check in result.get_asset_check_evaluations()}
    assert checks["delivery_accepted"]
    assert checks["visits_peak_flow_hard_range"]


def test_rows_that_break_a_rule_warn_by_that_rule_and_the_run_goes_on(
    copied: Finished, tmp_path: Path
) -> None:
    study = copied.study
    text = study.sources["visits"].read_text().splitlines()
    text[5] = ",".join([*text[5].split(",")[:6], "9999", "0"])
    path = tmp_path / "visits.csv"
    path.write_text("\n".join(text) + "\n")
    workspace = copied.workspace(visits=path)
    job = definitions_of([graph_of(study)], workspace).resolve_job_def(study.name)
    keys = [AssetKey([study.name, stage]) for stage in STAGES[:3]]
    with DagsterInstance.ephemeral() as instance:
        result = job.execute_in_process(instance=instance, asset_selection=keys, run_config=QUIET_CONSOLE)
    checks = {check.check_name: check for check in result.get_asset_check_evaluations()}
    assert result.success
    assert not checks["visits_peak_flow_hard_range"].passed
    assert checks["visits_peak_flow_hard_range"].metadata["rows"].value == 1
    assert checks["delivery_accepted"].passed
