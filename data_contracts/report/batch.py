"""One judged delivery as later reports remember it: counts by rule, cohort and bin, no value of a patient."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from data_contracts.report.shapes import Shape

Unit = Literal["rows", "patients"]
Cells = Mapping[str, tuple[int, int]]
"""Cohort ("" for all) -> how many, of how many."""


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What is kept of a delivery. Counts are exact: who shows them hides small ones (`small_cells`)."""

    label: str = ""
    """What a reader calls the delivery: its date."""
    delivery: str
    """Hash of the files, so that the same delivery is told once."""
    verdict: str
    rows_in: int
    rows_accepted: int
    rows_quarantined: int
    units: Mapping[str, Unit] = field(default_factory=dict)
    """Table -> what its cohorts count: rows, or patients where only the study knows the cohorts."""
    broken: Mapping[str, Cells] = field(default_factory=dict)
    """`rule code` -> rows (or patients) that break the rule; "" always counts rows."""
    missing: Mapping[str, Cells] = field(default_factory=dict)
    """`table.column` -> accepted rows without a value."""
    shapes: Mapping[str, Shape] = field(default_factory=dict)
    """Picture -> the accepted values by bin."""

    def to_json(self) -> dict[str, Any]:
        """As JSON-able values."""
        return asdict(self)

    @staticmethod
    def from_json(content: Mapping[str, Any]) -> "Batch":
        """The batch in `to_json`'s values; raises `KeyError` or `TypeError` where they are not one."""
        cells = {
            name: {k: {c: (int(n), int(of)) for c, (n, of) in v.items()} for k, v in content[name].items()}
            for name in ("broken", "missing")
        }
        shapes = {name: Shape.from_json(shape) for name, shape in content["shapes"].items()}
        return Batch(**{**content, **cells, "shapes": shapes})


def earlier(history: "list[Batch] | tuple[Batch, ...]", delivery: str) -> tuple[Batch, ...]:
    """The deliveries before this one: one that was judged before is compared with what preceded it then."""
    places = [i for i, batch in enumerate(history) if batch.delivery == delivery]
    return tuple(history[: places[0]] if places else history)
