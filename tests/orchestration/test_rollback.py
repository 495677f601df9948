"""After a rollback: the next runs do not publish what was taken back, say so, and publish again once it is lifted."""

import json
from pathlib import Path

import pytest
from dagster import DagsterInstance

from meta_med.published import reader, writer
from orchestration.errors import PublishedStoreError
from orchestration.execution import QUIET_CONSOLE, run_graph
from orchestration.graph import definitions_of, graph_of
from orchestration.health import health_of
from tests.orchestration.small_study import Finished, Heard
from tests.orchestration.test_command import broken, meta_med


@pytest.fixture
def taken_back(finished: Finished, tmp_path: Path) -> tuple[Finished, Path]:
    """A home whose second delivery was published and taken back, and that delivery."""
    copied, bad = finished.copied(tmp_path / "copy"), broken(finished.study, tmp_path)
    run_graph(copied.study, copied.workspace(visits=bad))
    writer.rollback(copied.workspace().store_url, "asthma", copied.workspace().now(), actor="steward")
    return copied, bad


def served(finished: Finished) -> str:
    head = reader.head(finished.workspace().store_url, "asthma")
    assert head is not None
    return head.release_id


@pytest.mark.parametrize("train", [False, True])
def test_the_next_run_publishes_nothing_of_a_withdrawn_delivery_and_computes_nothing(
    taken_back: tuple[Finished, Path], train: bool
) -> None:
    copied, bad = taken_back
    heard = Heard()
    with pytest.raises(PublishedStoreError, match=r"E_WITHDRAWN.*has the same delivery.*--lift"):
        run_graph(copied.study, copied.workspace(heard, visits=bad), train=train)
    assert heard.reused == {}
    assert served(copied) == copied.release_id


@pytest.mark.nightly
def test_a_scheduled_training_goes_on_since_it_publishes_nothing(taken_back: tuple[Finished, Path]) -> None:
    copied, bad = taken_back
    workspace = copied.workspace(visits=bad)
    job = definitions_of([graph_of(copied.study)], workspace).resolve_job_def("asthma_train")
    with DagsterInstance.ephemeral() as instance:
        assert job.execute_in_process(instance=instance, run_config=QUIET_CONSOLE).success
    assert served(copied) == copied.release_id


def test_the_delivery_before_is_still_served_and_status_tells_the_hold(
    taken_back: tuple[Finished, Path],
) -> None:
    copied, _ = taken_back
    run = run_graph(copied.study, copied.workspace())
    assert run.published is not None
    assert not run.published.changed
    state = health_of("asthma", copied.workspace())
    assert "taken back" in state.withdrawn[0]
    assert any(line.startswith("  withdrawn: release ") and "steward" in line for line in state.lines())


def test_the_commands_take_back_refuse_tell_and_lift(finished: Finished, tmp_path: Path, capsys) -> None:
    copied, bad = finished.copied(tmp_path / "copy"), broken(finished.study, tmp_path)
    own = ("--home", copied.home)
    run = ("run", "--study", copied.study.path, *own, "--source", bad, "--json")
    code, out, _ = meta_med(capsys, *run)
    wrong = json.loads(out)["release_id"]
    back = ("rollback", "--study", "asthma", *own, "--json")
    code, out, _ = meta_med(capsys, *back, "--by", "Ada", "--why", "wrong units")
    assert (code, json.loads(out)["withdrawn"]) == (0, wrong)
    code, out, _ = meta_med(capsys, *run)
    error = json.loads(out)["error"]
    assert (code, error["exit_code"]) == (5, 5)
    assert f"release {wrong}" in error["message"]
    assert "Ada: wrong units" in error["message"]
    assert "wrong units" in meta_med(capsys, "status", *own)[1]
    assert meta_med(capsys, *back, "--lift")[0] == 2
    code, out, _ = meta_med(capsys, *back, "--lift", "--by", "Ada", "--why", "the units were right")
    assert (code, json.loads(out)["lifted"]) == (0, [wrong])
    code, out, _ = meta_med(capsys, *run)
    assert (code, json.loads(out)["release_id"], json.loads(out)["changed"]) == (0, wrong, True)
    assert "withdrawn:" not in meta_med(capsys, "status", *own)[1]
