"""The counts of a delivery by rule, cohort and bin, kept for later reports; no value of a patient.

A count from 1 to `SMALL_CELL` could identify a person and is not shown.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from data_contracts.contract.model import Contract
from data_contracts.report.shapes import AcceptedRows, AxisCounts, shapes_of
from data_contracts.validation.breakdown import declared_cohorts, named_cohorts
from data_contracts.validation.result import SMALL_CELL, GateResult

Unit = Literal["rows", "patients"]
Cells = Mapping[str, tuple[int, int]]
"""Cohort ("" for all) -> (count, size)."""


@dataclass(frozen=True, kw_only=True)
class DeliveryCounts:
    """What is kept of a delivery. Counts are exact; code that shows them hides small ones (`is_small`)."""

    label: str = ""
    """The delivery's name on the page: its date."""
    delivery: str
    """Hash of the files: the same delivery is counted once."""
    verdict: str
    rows_in: int
    rows_accepted: int
    rows_quarantined: int
    units: Mapping[str, Unit] = field(default_factory=dict)
    """Table -> what its cohorts count: rows, or patients where the cohorts are the study's."""
    broken: Mapping[str, Cells] = field(default_factory=dict)
    """`rule code` -> rows (or patients) that break the rule; cohort "" always counts rows."""
    missing: Mapping[str, Cells] = field(default_factory=dict)
    """`table.column` -> accepted rows without a value."""
    shapes: Mapping[str, AxisCounts] = field(default_factory=dict)
    """Histogram -> accepted values by bin."""

    def to_json(self) -> dict[str, Any]:
        """As JSON-able values."""
        return asdict(self)

    @staticmethod
    def from_json(content: Mapping[str, Any]) -> "DeliveryCounts":
        """From the values of `to_json`; raises `KeyError` or `TypeError` for other content."""
        cells = {
            name: {k: {c: (int(n), int(of)) for c, (n, of) in v.items()} for k, v in content[name].items()}
            for name in ("broken", "missing")
        }
        shapes = {name: AxisCounts.from_json(shape) for name, shape in content["shapes"].items()}
        return DeliveryCounts(**{**content, **cells, "shapes": shapes})


def earlier_deliveries(
    history: "list[DeliveryCounts] | tuple[DeliveryCounts, ...]", delivery: str
) -> tuple[DeliveryCounts, ...]:
    """The deliveries before this one; a delivery that is in the history is compared with those before it there."""
    places = [i for i, counts in enumerate(history) if counts.delivery == delivery]
    return tuple(history[: places[0]] if places else history)


CohortCodes = tuple[npt.NDArray[np.int64], list[str]]
"""The index of each row's cohort, and the names of the cohorts."""


def delivery_counts(result: GateResult, contract: Contract, label: str = "") -> DeliveryCounts:
    """The counts of a delivery.

    Args:
        result: of the gate.
        contract: the one that was checked.
        label: the delivery's name on the page.

    """
    tables = [AcceptedRows(result.valid, contract.tables[name]) for name in result.valid]
    shapes = [s for rows in tables for s in shapes_of(rows)]
    missing = {key: cells for rows in tables for key, cells in _missing(rows)}
    return DeliveryCounts(
        label=label,
        delivery=delivery_hash(result),
        verdict=result.verdict,
        rows_in=result.rows_in,
        rows_accepted=result.rows_accepted,
        rows_quarantined=result.rows_quarantined,
        units=dict.fromkeys((n for n, t in contract.tables.items() if t.cohort), "rows"),
        broken=_broken(result, missing),
        missing=missing,
        shapes={f"{s.table}.{s.column} {s.of}".strip(): s for s in shapes},
    )


def delivery_hash(result: GateResult) -> str:
    """One SHA-256 over the hashes of all files read."""
    text = "\n".join(f"{s.source} {s.sha256}" for s in sorted(result.sources, key=lambda s: s.source))
    return hashlib.sha256(text.encode()).hexdigest()


def reason_key(rule: str, code: str) -> str:
    """The key of a reason, the same in every delivery."""
    return f"{rule} {code}"


def _broken(result: GateResult, missing: Mapping[str, Cells]) -> dict[str, dict[str, tuple[int, int]]]:
    """Rows per finding of all rows, and by cohort where the table has a cohort column."""
    rows = {s.source: s.rows for s in result.sources}
    cells: dict[str, dict[str, tuple[int, int]]] = {}
    for finding in result.findings:
        counted = cells.setdefault(reason_key(finding.rule, finding.code), {})
        before, _ = counted.get("", (0, 0))
        counted[""] = (before + finding.count, max(rows[finding.source], before + finding.count))
        size = _size(finding.source, finding.cohort, missing) if finding.cohort else 0
        if size:
            counted[finding.cohort] = (min(finding.count, size), size)
    found = result.by_cohort.groupby(["rule", "code", "cohort"], sort=False)[["count", "rows"]]
    for (rule, code, cohort), part in found:
        counted = cells.setdefault(reason_key(str(rule), str(code)), {})
        counted[str(cohort)] = (int(part["count"].sum()), int(part["rows"].max()))
    return cells


def _size(source: str, cohort: str, missing: Mapping[str, Cells]) -> int:
    """Accepted rows of a cohort: the size for a rule about the cohort as a whole."""
    sizes = (cells.get(cohort, (0, 0))[1] for key, cells in missing.items() if key.split(".")[0] == source)
    return next(sizes, 0)


def _missing(rows: AcceptedRows) -> Iterator[tuple[str, Cells]]:
    cohort = rows.table.cohort
    named = cohort is not None and cohort in rows.columns
    cohorts = named_cohorts(rows[str(cohort)], declared_cohorts(rows.table)) if named else None
    yield from missing_cells(rows, cohorts)


def missing_cells(rows: AcceptedRows, cohorts: CohortCodes | None) -> Iterator[tuple[str, Cells]]:
    """Rows without a value per column: of all rows, and of each cohort."""
    places, names = cohorts if cohorts is not None else (np.zeros(len(rows), dtype=np.int64), [])
    sizes = np.bincount(places, minlength=len(names))
    for column in rows.columns:
        empty = rows[column].isna().to_numpy(dtype=bool)
        by = np.bincount(places[empty], minlength=len(names))
        cells = {"": (int(empty.sum()), len(rows))}
        cells |= {name: (int(by[i]), int(sizes[i])) for i, name in enumerate(names)}
        yield f"{rows.table.name}.{column}", cells


FEW = f"1–{SMALL_CELL}"


def is_small(count: int) -> bool:
    """Whether a count could identify a person."""
    return 0 < count <= SMALL_CELL


def shown_share(count: int, of: int) -> float | None:
    """The share as a number; None for a small count or an empty group."""
    return None if not of or is_small(count) else round(count / of, 4)


def share_text(count: int, of: int) -> str:
    """The share as text: "" for none, a range for a small count."""
    if not of:
        return "–"
    if count == 0:
        return ""
    return FEW if is_small(count) else percent(count / of)


def percent(share: float) -> str:
    """A share as a percentage; only exact values are shown as 0% or 100%."""
    if 0 < share < 0.001:
        return "<0.1%"
    if 0.999 < share < 1:
        return ">99.9%"
    return f"{share:.1%}" if share < 0.1 else f"{share:.0%}"
