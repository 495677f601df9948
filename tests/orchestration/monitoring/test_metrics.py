"""The metrics of an installation, read back by Prometheus' own parser."""

from pathlib import Path

import pandas as pd
import pytest
from dagster import DagsterInstance
from prometheus_client.parser import text_string_to_metric_families

from orchestration.command.app import app, exit_code_of
from orchestration.errors import DataError
from orchestration.execution import QUIET_CONSOLE, run_graph
from orchestration.graph import definitions_of, graph_of
from orchestration.monitoring.metrics import metrics_of
from orchestration.runs.last_run import last_run
from orchestration.workspace import Workspace
from tests.orchestration.small_study import Clock, Finished, spoilt


def samples(text: str) -> dict[tuple[str, ...], float]:
    """(name without prefix, label values but the study) -> value."""
    return {
        (sample.name.removeprefix("meta_med_"), *(v for k, v in sorted(sample.labels.items()) if k != "study")):
        sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }  # fmt: skip


def test_a_finished_run_is_told_in_numbers(finished: Finished) -> None:
    workspace = finished.workspace()
    assert isinstance(workspace.now, Clock)
    workspace.now.forward(hours=40)
    found = samples(metrics_of(workspace).text())
    assert found[("release_age_seconds",)] == 40 * 3600
    assert found[("model_age_seconds",)] == 40 * 3600
    assert found[("late",)] == 1
    assert found[("patients", "personalised")] == 150
    visits = pd.read_csv(finished.study.sources["visits"])
    assert found[("rows", "delivered")] == len(visits)
    assert found[("rows", "accepted")] + found[("rows", "quarantined")] == len(visits)
    assert 0.7 < found[("coverage_ratio", "0.9", "peak_flow")] <= 1
    for kind in ("night", "training"):
        assert found[("last_run_success", kind)] == 1
        assert found[("last_run_exit_code", kind)] == 0
    assert ("last_run_success", "recalibration") not in found


def test_no_label_and_no_help_names_a_patient(finished: Finished) -> None:
    text = metrics_of(finished.workspace()).text()
    patients = pd.read_csv(finished.study.sources["visits"], dtype=str)["patient"].unique()
    assert [patient for patient in patients if patient in text] == []


def test_a_rejected_delivery_is_a_failed_night_and_the_model_stays(copied: Finished, tmp_path: Path) -> None:
    workspace = copied.workspace(visits=spoilt(copied.study, tmp_path))
    with pytest.raises(DataError):
        run_graph(copied.study, workspace)
    found = samples(metrics_of(workspace).text())
    assert found[("last_run_success", "night")] == 0
    assert found[("last_run_exit_code", "night")] == 4
    assert found[("last_run_success", "training")] == 1
    run = last_run(workspace, copied.study.name, "night")
    assert run is not None
    assert run.code.startswith("E_")


def test_a_scheduled_night_is_noted_as_a_night_and_nothing_else(copied: Finished) -> None:
    workspace, name = copied.workspace(), copied.study.name
    training = last_run(workspace, name, "training")
    job = definitions_of([graph_of(copied.study)], workspace).resolve_job_def("asthma_nightly")
    with DagsterInstance.ephemeral() as instance:
        done = job.execute_in_process(instance=instance, run_config=QUIET_CONSOLE)
    night = last_run(workspace, name, "night")
    assert night is not None
    assert (night.run, night.ended_run) == (done.run_id, done.run_id)
    assert last_run(workspace, name, "training") == training


def test_a_killed_run_leaves_a_start_without_an_end(copied: Finished) -> None:
    from orchestration.runs.last_run import note_start

    workspace: Workspace = copied.workspace()
    assert isinstance(workspace.now, Clock)
    workspace.now.forward(hours=1)
    note_start(workspace, copied.study.name, ["night"], "another-run")
    found = samples(metrics_of(workspace).text())
    assert (
        found[("last_run_started_timestamp_seconds", "night")]
        > found[("last_run_ended_timestamp_seconds", "night")]
    )
    assert found[("last_run_success", "night")] == 1


def test_the_command_writes_a_file_for_the_textfile_collector(
    finished: Finished, tmp_path: Path, capsys
) -> None:
    out = tmp_path / "meta_med.prom"
    words = ["metrics", "--home", str(finished.home), "--out", str(out)]
    assert exit_code_of(lambda: app(words), as_json=False) == 0
    assert capsys.readouterr().out == ""
    assert oct(out.stat().st_mode)[-3:] == "644"
    assert ("release_sequence",) in samples(out.read_text())
    assert [path.name for path in tmp_path.iterdir()] == [out.name]
    assert exit_code_of(lambda: app([*words[:-1], str(tmp_path)]), as_json=False) == 5


def test_nothing_published_yet_is_no_error(tmp_path: Path, capsys) -> None:
    assert exit_code_of(lambda: app(["metrics", "--home", str(tmp_path / "home")]), as_json=False) == 0
    assert samples(capsys.readouterr().out) == {("studies_left_out",): 0.0}
