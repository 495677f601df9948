"""What a run tells Dagster: counts, tables, plots and checks of each asset, and nothing of a patient."""

from pathlib import Path

from dagster import AssetKey, DagsterInstance

from orchestration.execution import QUIET_CONSOLE
from orchestration.graph import definitions_of, graph_of
from orchestration.runs.run_folder import STAGES
from tests.orchestration.small_study import Finished


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
