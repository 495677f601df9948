"""What the journal says of each release."""

from datetime import UTC, datetime, timedelta

import pandas as pd

from dashboard.pipeline.releases import served_times, states

NOW = datetime(2026, 3, 5, tzinfo=UTC)


def journal(*actions: tuple[str, str]) -> pd.DataFrame:
    """Entries a day apart."""
    first = NOW - timedelta(days=len(actions))
    rows = [
        {"action": action, "release_id": name, "at": (first + timedelta(days=i)).isoformat(), "sequence": i}
        for i, (action, name) in enumerate(actions)
    ]
    return pd.DataFrame(rows, columns=["action", "release_id", "at", "sequence"])


TAKEN_BACK = (("stage", "a"), ("promote", "a"), ("stage", "b"), ("promote", "b"), ("rollback", "a"))


def test_a_newer_release_makes_the_one_before_an_earlier_one() -> None:
    assert states(journal(*TAKEN_BACK[:4])) == {"a": "earlier", "b": "served"}


def test_a_rollback_takes_back_one_and_restores_another() -> None:
    assert states(journal(*TAKEN_BACK)) == {"a": "restored", "b": "taken_back"}


def test_what_was_taken_back_is_earlier_when_its_hold_is_lifted() -> None:
    assert states(journal(*TAKEN_BACK, ("lift", "b"))) == {"a": "restored", "b": "earlier"}


def test_each_time_of_being_served_ends_where_the_next_begins() -> None:
    found = served_times(journal(*TAKEN_BACK), NOW)
    assert list(found["release_id"]) == ["a", "b", "a"]
    assert list(found["start"])[1:] == list(found["end"])[:-1]
    assert found["end"].iloc[-1] == NOW


def test_without_a_release_there_is_nothing_to_draw() -> None:
    assert served_times(journal(), NOW).empty
    assert states(journal()) == {}
