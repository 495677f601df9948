"""What `status` says: age by the clock it is given, lateness, waiting deliveries, a clock that jumped."""

import os

import pytest

from orchestration.health import health_of, served_studies
from orchestration.workspace import Workspace
from tests.orchestration.small_study import Clock, Finished


def at(finished: Finished, **later: float) -> Workspace:
    workspace = finished.workspace()
    assert isinstance(workspace.now, Clock)
    workspace.now.forward(**later)
    return workspace


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ({"hours": 1}, []),
        ({"hours": 37}, ["W_LATE"]),
        ({"days": -1}, ["W_CLOCK"]),
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


def test_a_study_with_a_delivery_and_no_release_is_shown(workspace: Workspace) -> None:
    path = workspace.inbox("asthma") / "visits.csv"
    path.parent.mkdir(parents=True)
    path.write_text("first")
    os.utime(path, (1, 1))
    assert served_studies(workspace) == ["asthma"]
    state = health_of("asthma", workspace)
    assert state.release_id is None
    assert state.lines() == ["asthma: no release is published.", "  late: a delivery waits in the inbox."]


def test_a_study_without_anything_is_said_to_have_nothing(workspace: Workspace) -> None:
    assert health_of("asthma", workspace).lines() == ["asthma: no release is published."]
