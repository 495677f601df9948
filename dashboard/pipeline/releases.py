"""The releases of a study by the store's journal: which is served, which was taken back, and when each was served."""

from datetime import datetime
from typing import Literal

import pandas as pd

State = Literal["served", "restored", "taken_back", "earlier"]
POINTING = ("promote", "rollback")
"""Actions of the journal that make a release the served one."""


def states(journal: pd.DataFrame) -> dict[str, State]:
    """Release -> its state after the journal's last entry; a release that was never served has none.

    `journal`: release_id and action, the oldest first. A release that was taken back is an earlier one again when it is
    served anew, or a person lifts its hold.
    """
    found: dict[str, State] = {}
    current = ""
    for action, release_id in zip(journal["action"], journal["release_id"], strict=True):
        if action in POINTING:
            if current:
                found[current] = "taken_back" if action == "rollback" else "earlier"
            found[release_id] = "restored" if action == "rollback" else "served"
            current = release_id
        elif action == "lift" and found.get(release_id) == "taken_back":
            found[release_id] = "earlier"
    return found


def served_times(journal: pd.DataFrame, now: datetime) -> pd.DataFrame:
    """One row for each time that a release was served, the oldest first: release_id, start, end, state."""
    pointed = journal[journal["action"].isin(POINTING)]
    starts = [datetime.fromisoformat(at) for at in pointed["at"]]
    state = states(journal)
    return pd.DataFrame(
        {
            "release_id": pointed["release_id"].to_numpy(),
            "start": starts,
            "end": [*starts[1:], now] if starts else [],
            "state": [state[name] for name in pointed["release_id"]],
        }
    )
