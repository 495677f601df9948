"""What is late, and what has failed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from dashboard.pipeline.freshness import remarks, up_to_date_since
from dashboard.pipeline.read import Notes
from dashboard.release import Served
from meta_med.published.heads import CurrentRelease
from meta_med.published.notes.last_runs import LastRun
from meta_med.published.notes.model_states import ModelState

NOW = datetime(2026, 3, 5, 12, 0, tzinfo=UTC)


def ago(**passed: float) -> datetime:
    return NOW - timedelta(**passed)


def served(published: datetime) -> Served:
    head = CurrentRelease("pbc", "release-a", 1, published, published, False, {"model": "m1"})
    return Served("sqlite:///unused", head, NOW, timedelta(days=7))


def run(started: datetime, **rest: Any) -> LastRun:
    ended = {"ended_run": "r", "ended": (started + timedelta(minutes=5)).isoformat()} if rest else {}
    return LastRun(run="r", started=started.isoformat(), **{**ended, **rest})


def model(trained: datetime) -> ModelState:
    return ModelState("m1", trained.isoformat(), "champion", trained.isoformat(), "meta-med", "Better.")


FINE = Notes(runs={"night": run(ago(hours=3), exit_code=0, seconds=300.0)}, models=(model(ago(days=20)),))


def test_a_release_of_last_night_is_not_late() -> None:
    assert remarks(served(ago(hours=3)), FINE) == ()


@pytest.mark.parametrize(
    ("notes", "told"),
    [
        (Notes(), "No run has ended well for 2 days; after 36 hours that is late."),
        (Notes(checked=ago(hours=4)), ""),
        (Notes(checked=ago(hours=4), inbox=(ago(days=9),)), ""),
        (Notes(checked=ago(hours=4), inbox=(ago(days=9), ago(hours=1))), "Something in the inbox changed"),
    ],
)  # fmt: skip
def test_a_night_that_found_nothing_new_counts_and_what_came_since_waits(notes: Notes, told: str) -> None:
    found = remarks(served(ago(hours=48)), notes)
    assert "".join(found).startswith(told)
    assert len(found) == bool(told)


def test_a_run_that_failed_is_told_with_its_code() -> None:
    failed = run(ago(hours=5), exit_code=4, code="E_REJECTED")
    (told,) = remarks(served(ago(hours=3)), Notes(runs={"night": failed}))
    assert told.startswith("Night: the last run failed")
    assert "E_REJECTED" in told


def test_a_run_that_goes_on_is_not_late_until_it_should_have_ended() -> None:
    for hours, late in ((2, 0), (40, 1)):
        found = remarks(served(ago(hours=3)), Notes(runs={"training": run(ago(hours=hours))}))
        assert len(found) == late


def test_an_old_model_is_told() -> None:
    (told,) = remarks(served(ago(hours=3)), Notes(models=(model(ago(days=120)),)))
    assert told.startswith("The model of this release was trained")


def test_a_check_before_the_publication_says_nothing() -> None:
    assert up_to_date_since(served(ago(hours=3)), Notes(checked=ago(hours=30))) == ago(hours=3)
