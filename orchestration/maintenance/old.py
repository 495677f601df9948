"""Something that the retention settings keep no longer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["release", "model version", "run folder", "held rows", "Dagster runs", "Dagster ticks"]
COUNTED: Mapping[Kind, str] = {
    "release": "rows",
    "held rows": "deliveries",
    "Dagster runs": "runs",
    "Dagster ticks": "ticks",
}
"""Kind -> of what `count` is."""
HISTORY: frozenset[Kind] = frozenset({"Dagster runs", "Dagster ticks"})
"""Kinds of which one `Old` stands for `count` things."""


@dataclass(frozen=True)
class Old:
    """Something that may go.

    Attributes:
        kind, study, name: what it is; the name of held rows is the day before which they were delivered, that of
            Dagster's runs their job, that of ticks their schedule or sensor.
        since: its time, or that of the oldest (UTC, ISO 8601).
        bytes: about how much room it takes; 0 where that is not known.
        count: rows of a release, deliveries of held rows, runs or ticks.

    """

    kind: Kind
    study: str
    name: str
    since: str
    bytes: int = 0
    count: int = 0


def number(old: Old) -> int:
    """How many things it is."""
    return old.count if old.kind in HISTORY else 1
