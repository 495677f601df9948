"""The last word on a table, once every reason is in: warnings trimmed, the whole looked at, limits applied.

From rows that fail a check to reasons: the sharpest code, and words that a data steward reads.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import numpy as np
import pandas as pd

from data_contracts.contract.check_specs import CheckSpec, definite, table_specs
from data_contracts.contract.codes import with_outcome
from data_contracts.contract.model import Table
from data_contracts.findings import Held, Note, Positions
from data_contracts.reading.arrow_cells import Mask
from data_contracts.rules.checked_table import Judged, mask_of
from data_contracts.rules.table_rules import whole_table_notes


def settle(judged: Judged, now: datetime) -> Judged:
    """Adds the remarks that need to know which rows stay."""
    if judged.rejected or not judged.facts.rows:
        return judged
    judged = _warnings_on_kept_rows_only(judged)
    kept = ~judged.held_mask
    specs = tuple(table_specs(judged.table))
    whole = whole_table_notes(judged.frame, kept, specs, judged.table, now)
    return judged.with_more(notes=[*whole, *_limit(judged), *_concentrated(judged)])


def _warnings_on_kept_rows_only(judged: Judged) -> Judged:
    """What is held back for a harder reason needs no softer warning beside it."""
    mask = judged.held_mask
    trimmed = (h if h.holds else replace(h, positions=h.positions[~mask[h.positions]]) for h in judged.held)
    return replace(judged, held=tuple(h for h in trimmed if len(h.positions)))


def _limit(judged: Judged) -> list[Note]:
    rows, limit = len(judged.frame), judged.table.max_quarantine_fraction
    if judged.held_mask.all():
        message = f"Every one of {rows:,} rows would be held back: nothing is left to use."
        return [Note(code="E_QUARANTINE_FRACTION", message=message, rule="limit", count=rows)]
    count = int(mask_of([h for h in judged.held if h.holds and h.counts_towards_limit], rows).sum())
    if count <= limit * rows:
        return []
    message = (
        f"{count:,} of {rows:,} rows ({count / rows:.0%}) would be held back; the contract "
        f"allows {limit:.0%}. So many point to a fault of the whole delivery, which is therefore refused."
    )
    return [Note(code="E_QUARANTINE_FRACTION", message=message, rule="limit", count=count)]


def _concentrated(judged: Judged) -> list[Note]:
    """Held rows that gather in one cohort bias what is learned about it."""
    kept = ~judged.held_mask
    if judged.table.cohort is None or kept.all():
        return []
    # a cell that is itself at fault names no cohort: all of its rows are held, and that says nothing of a site
    nameless = mask_of([h for h in judged.held if h.holds and h.column == judged.table.cohort], len(kept))
    cohorts = judged.frame[judged.table.cohort].mask(nameless)
    shares = pd.Series(~kept).groupby(cohorts, observed=True).agg(["mean", "sum"])
    worst = shares[(shares["mean"] > 0.1) & (shares["mean"] > 3 * (~kept).mean()) & (shares["sum"] > 2)]
    if worst.empty:
        return []
    message = (
        f"Held rows gather in {len(worst)} of {len(shares)} cohorts (up to {worst['mean'].max():.0%} "
        f"of a cohort's rows, {(~kept).mean():.1%} over all): what is learned there is biased."
    )
    count = int(worst["sum"].sum())
    return [Note(code="W_QUARANTINE_CONCENTRATED", message=message, rule="limit", count=count)]


_MAJORITY = {
    "pattern": (
        "E_ID_FORMAT",
        "is not written as declared in more than half of the rows; identifiers may have merged",
    ),
    "allowed": ("E_CATEGORY_DOMAIN", "has other categories than the contract in more than half of the rows"),
}


def majority_note(spec: CheckSpec, positions: Positions, frame: pd.DataFrame) -> list[Note]:
    """When most rows fail, the fault is the delivery's, not the rows'."""
    if spec.rule not in _MAJORITY or spec.where or spec.outcome == "warn":
        return []
    filled = int(frame[spec.column].notna().sum())
    if len(positions) <= max(1, 0.5 * filled):
        return []
    code, says = _MAJORITY[spec.rule]
    message = f"Column {spec.column!r} {says}."
    return [Note(code=code, message=message, rule=spec.name, column=spec.column, count=len(positions))]


def rejecting_note(spec: CheckSpec, positions: Positions, rows: int) -> list[Note]:
    """For a rule that refuses the delivery as soon as one row breaks it."""
    if spec.outcome != "reject" or not len(positions):
        return []
    message = f"{len(positions):,} of {rows:,} rows: {spec.fault}. The contract refuses a delivery for this."
    return [Note(code=spec.code, message=message, rule=spec.name, column=spec.column, count=len(positions))]


def reasons(
    spec: CheckSpec, positions: Positions, frame: pd.DataFrame, table: Table, now: datetime
) -> Iterator[Held]:
    """One reason for each code among the failing rows."""
    explained = np.zeros(len(positions), dtype=bool)
    for code, says, mask in _sharper(spec, positions, frame, table, now):
        fresh = mask & ~explained
        if fresh.any():
            yield _reason(spec, with_outcome(code, spec.outcome), positions[fresh], says)
        explained |= mask
    if not explained.all():
        yield _reason(spec, spec.code, positions[~explained], "")


def _reason(spec: CheckSpec, code: str, positions: Positions, says: str) -> Held:
    return Held(
        code=code,
        rule=spec.name,
        column=spec.column,
        positions=positions,
        message=says or spec.fault,
        holds=spec.outcome != "warn",
        counts_towards_limit=spec.counts_towards_limit,
    )


def _sharper(
    spec: CheckSpec, positions: Positions, frame: pd.DataFrame, table: Table, now: datetime
) -> Iterator[tuple[str, str, Mask]]:
    """More telling codes than 'out of range': another unit, the future, the distant past."""
    if spec.rule != "hard_range" or not len(positions):
        return
    values = frame[spec.column].iloc[positions]
    if pd.api.types.is_datetime64_any_dtype(values):
        low, above = (spec.arguments.get(bound) for bound in ("min", "above"))
        early = values < pd.Timestamp(definite(low, now)) if low else values.isna()
        early |= values <= pd.Timestamp(definite(above, now)) if above else False
        yield (
            "Q_TIME_RANGE",
            f"{spec.column} is before the earliest date of the contract",
            early.to_numpy(bool),
        )
        yield "Q_TIME_FUTURE", f"{spec.column} is in the future", (~early).to_numpy(bool)
        return
    for unit, factor in table.column(spec.column).alternative_units.items():
        low, high = _usual(spec.column, table)
        mask = (values / factor).between(low, high).to_numpy(dtype=bool)
        yield (
            "Q_UNIT_SUSPECT",
            f"{spec.column} would be usual in {unit}: its unit is in doubt",
            mask,
        )


def _usual(column: str, table: Table) -> tuple[float, float]:
    rules = [
        r
        for r in table.rules
        if r.column == column and r.rule in {"soft_range", "hard_range"} and not r.where
    ]
    soft = sorted(rules, key=lambda r: r.rule != "soft_range")
    bounds = soft[0].arguments
    return float(bounds.get("min", -np.inf)), float(bounds.get("max", np.inf))
