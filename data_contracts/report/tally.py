"""From a judged delivery to its `Batch`: what is broken, missing and how values lie, counted."""

import hashlib
from collections.abc import Iterator, Mapping

import numpy as np
import numpy.typing as npt

from data_contracts.breakdown import declared_cohorts, named_cohorts
from data_contracts.report.accepted_rows import AcceptedRows
from data_contracts.report.batch import Batch, Cells
from data_contracts.report.shapes import shapes_of
from data_contracts.result import GateResult
from data_contracts.terms import Contract

Places = tuple[npt.NDArray[np.int64], list[str]]


def batch_of(result: GateResult, contract: Contract, label: str = "") -> Batch:
    """What later reports remember of this delivery."""
    tables = [AcceptedRows(result.valid, contract.tables[name]) for name in result.valid]
    shapes = [s for rows in tables for s in shapes_of(rows)]
    missing = {key: cells for rows in tables for key, cells in _missing(rows)}
    return Batch(
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
    """One hash for all files that were read."""
    text = "\n".join(f"{s.source} {s.sha256}" for s in sorted(result.sources, key=lambda s: s.source))
    return hashlib.sha256(text.encode()).hexdigest()


def key_of(rule: str, code: str) -> str:
    """How a reason is named from delivery to delivery."""
    return f"{rule} {code}"


def _broken(result: GateResult, missing: Mapping[str, Cells]) -> dict[str, dict[str, tuple[int, int]]]:
    """Every finding's rows of all rows, then by cohort where the table has one."""
    rows = {s.source: s.rows for s in result.sources}
    cells: dict[str, dict[str, tuple[int, int]]] = {}
    for finding in result.findings:
        counted = cells.setdefault(key_of(finding.rule, finding.code), {})
        before, _ = counted.get("", (0, 0))
        counted[""] = (before + finding.count, max(rows[finding.source], before + finding.count))
        size = _size(finding.source, finding.cohort, missing) if finding.cohort else 0
        if size:
            counted[finding.cohort] = (min(finding.count, size), size)
    found = result.by_cohort.groupby(["rule", "code", "cohort"], sort=False)[["count", "rows"]]
    for (rule, code, cohort), part in found:
        counted = cells.setdefault(key_of(str(rule), str(code)), {})
        counted[str(cohort)] = (int(part["count"].sum()), int(part["rows"].max()))
    return cells


def _size(source: str, cohort: str, missing: Mapping[str, Cells]) -> int:
    """Accepted rows of a cohort: what a rule that was asked of the cohort as a whole looked at."""
    sizes = (cells.get(cohort, (0, 0))[1] for key, cells in missing.items() if key.split(".")[0] == source)
    return next(sizes, 0)


def _missing(rows: AcceptedRows) -> Iterator[tuple[str, Cells]]:
    cohort = rows.table.cohort
    named = cohort is not None and cohort in rows.columns
    cohorts = named_cohorts(rows[str(cohort)], declared_cohorts(rows.table)) if named else None
    yield from missing_cells(rows, cohorts)


def missing_cells(rows: AcceptedRows, cohorts: Places | None) -> Iterator[tuple[str, Cells]]:
    """Each column's rows without a value: of all, and of each cohort."""
    places, names = cohorts if cohorts is not None else (np.zeros(len(rows), dtype=np.int64), [])
    sizes = np.bincount(places, minlength=len(names))
    for column in rows.columns:
        empty = rows[column].isna().to_numpy(dtype=bool)
        by = np.bincount(places[empty], minlength=len(names))
        cells = {"": (int(empty.sum()), len(rows))}
        cells |= {name: (int(by[i]), int(sizes[i])) for i, name in enumerate(names)}
        yield f"{rows.table.name}.{column}", cells
