"""What `status` says: age by the clock it is given, lateness, waiting deliveries, a clock that jumped."""

import json
import os
from pathlib import Path

import pytest

from orchestration.execution import run_graph
from orchestration.health import health_of, served_studies
from orchestration.workspace import Workspace
from tests.orchestration.small_study import Clock, Finished
from tests.orchestration.test_command import meta_med


def at(finished: Finished, **later: float) -> Workspace:
    workspace = finished.workspace()
    assert isinstance(workspace.now, Clock)
    workspace.now.forward(**later)
    return workspace


@pytest.mark.fault("O02", "I2")
@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ({"hours": 1}, []),
        ({"hours": 37}, ["W_LATE"]),
        ({"days": -1}, ["W_CLOCK", "W_CLOCK"]),
        ({"days": 365}, ["W_LATE"]),
    ],
)
def test_lateness_follows_the_clock(finished: Finished, later: dict[str, float], expected: list[str]) -> None:
    state = health_of("asthma", at(finished, **later))
    assert [text.partition(":")[0] for text in state.late] == expected
    assert state.release_id == finished.release_id
    assert any("rows in 740" in line for line in state.lines())
    assert state.model == finished.outcome.promoted["model"]
    assert f"  made with model {state.model}" in state.lines()


@pytest.mark.fault("M07", "I2")
def test_a_model_that_was_trained_long_ago_is_called_stale(finished: Finished, now) -> None:
    assert health_of("asthma", at(finished, days=91)).stale == ()
    state = health_of("asthma", at(finished, days=93))
    (told,) = state.stale
    assert told.startswith(f"W_MODEL_STALE: model {state.model} was trained 93 days ago.")
    assert f"  {told}" in state.lines()
    assert "run --train" in told
    now("`status` says W_MODEL_STALE, and what to do, where no training has replaced the model for 92 days")


def test_a_delivery_newer_than_the_release_is_late(finished: Finished) -> None:
    workspace = at(finished, hours=2)
    path = workspace.inbox("asthma") / "visits.csv"
    path.parent.mkdir(parents=True)
    path.write_text("new")
    when = workspace.now().timestamp() - 600
    os.utime(path, (when, when))
    try:
        (told,) = health_of("asthma", workspace).late
    finally:
        path.unlink()
        path.parent.rmdir()
    assert "waits in the inbox" in told


def test_after_a_run_without_news_nothing_is_late(finished: Finished, tmp_path: Path) -> None:
    copied = finished.copied(tmp_path / "copy")
    workspace = at(copied, hours=40)
    assert health_of("asthma", workspace).is_late
    run_graph(copied.study, workspace)
    state = health_of("asthma", workspace)
    assert (state.late, state.is_late) == ((), False)
    assert state.age_hours == pytest.approx(40, abs=0.1)
    assert f"  last run {state.checked_at}: nothing new" in state.lines()
    assert health_of("asthma", at(copied, hours=77)).is_late


def test_a_delivery_that_brought_nothing_new_does_not_wait(finished: Finished, tmp_path: Path) -> None:
    copied = finished.copied(tmp_path / "copy")
    workspace = at(copied, hours=2)
    path = workspace.inbox("asthma") / "visits.csv"
    path.parent.mkdir(parents=True)
    path.write_bytes(copied.study.sources["visits"].read_bytes())
    when = workspace.now().timestamp() - 600
    os.utime(path, (when, when))
    assert health_of("asthma", workspace).is_late
    run_graph(copied.study, workspace)
    assert health_of("asthma", workspace).late == ()


def test_status_ends_with_7_where_something_is_late_and_says_it(
    finished: Finished, tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    for hours, expected in ((1, 0), (37, 7)):
        workspace = at(finished, hours=hours)
        monkeypatch.setattr("orchestration.workspace.open_workspace", lambda _, found=workspace: found)
        code, out, _ = meta_med(capsys, "status", "--home", finished.home, "--json")
        assert code == expected
        assert bool(json.loads(out)["studies"][0]["late"]) == bool(expected)


def test_a_study_with_a_delivery_and_no_release_is_shown(workspace: Workspace) -> None:
    path = workspace.inbox("asthma") / "visits.csv"
    path.parent.mkdir(parents=True)
    path.write_text("first")
    os.utime(path, (1, 1))
    assert served_studies(workspace) == ["asthma"]
    state = health_of("asthma", workspace)
    assert state.release_id is None
    assert state.lines() == [
        "asthma: no release is published.",
        "  late: W_LATE: a delivery waits in the inbox.",
    ]


def test_a_study_without_anything_is_said_to_have_nothing(workspace: Workspace) -> None:
    assert health_of("asthma", workspace).lines() == ["asthma: no release is published."]
