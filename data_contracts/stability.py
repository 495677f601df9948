"""Population stability index (PSI): how far the distribution of a column moved since the previous delivery.

The rule `no_drift` and the report use the same bins: those of the contract's declared range, grouped into deciles of
the previous delivery, so that one drift has one number. Siddiqi, Credit Risk Scorecards, 2006: below 0.1 there is no
shift, above 0.25 the population has changed.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from data_contracts.contract.model import Rule, Table

Counts = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]

BINS = 32
_LOG_FROM = 50.0
_GROUPS = 10
_ENOUGH_TO_COMPARE = 100


def declared_ranges(table: Table, column: str) -> dict[str, Rule]:
    """Condition -> the column's declared range; the usual range (`soft_range`) wins over the possible one."""
    ranges = [r for r in table.rules if r.column == column and r.rule in {"hard_range", "soft_range"}]
    closed = [r for r in ranges if {"min", "max"} <= set(r.arguments)]
    return {str(dict(r.where)): r for r in sorted(closed, key=lambda r: r.rule == "soft_range")}


def is_log_axis(low: float, high: float) -> bool:
    """Whether a range is so wide that its bins have equal ratios instead of equal widths."""
    return low > 0 and high / low >= _LOG_FROM


def bin_edges(low: float, high: float, bins: int = BINS) -> Numbers:
    """The edges of the bins of a range, of shape (bins + 1,)."""
    return np.geomspace(low, high, bins + 1) if is_log_axis(low, high) else np.linspace(low, high, bins + 1)


def bin_counts(values: Numbers, edges: Numbers) -> Counts:
    """Number of values in each bin; values outside the range are counted in the outermost bins."""
    places = np.searchsorted(edges[1:-1], values, side="right")
    return np.bincount(places, minlength=len(edges) - 1).astype(np.int64)


def drift_edges(table: Table, column: str, where: object, old: Numbers) -> Numbers:
    """Edges of bins for the column: those of its declared range, or deciles of the old values if it has none."""
    declared = declared_ranges(table, column).get(str(where))
    if declared is None:
        return np.quantile(old, np.linspace(0, 1, _GROUPS + 1))
    return bin_edges(float(declared.arguments["min"]), float(declared.arguments["max"]))


def stability_index(new: Counts, old: Counts, *, ordered: bool) -> float | None:
    """Population stability index, rounded to three decimal places.

    Args:
        new: number of values of this delivery in each bin or category, of shape (n,).
        old: number of values of the previous delivery in the same bins or categories, of shape (n,).
        ordered: True for bins along an axis, which are grouped into deciles of `old`; False for categories.

    Returns:
        The index, or None if one delivery has fewer than 100 values.

    """
    if min(new.sum(), old.sum()) < _ENOUGH_TO_COMPARE:
        return None
    groups = _tenths(old) if ordered else np.arange(len(old))
    p, q = (_shares(np.bincount(groups, weights=counts)) for counts in (new, old))
    return round(float(np.sum((p - q) * np.log(p / q))), 3)


def _tenths(counts: Counts) -> npt.NDArray[np.intp]:
    """Group of each bin: neighbouring bins that together hold about a tenth of the values."""
    middle = (np.cumsum(counts) - counts / 2) / counts.sum()
    groups: npt.NDArray[np.intp] = np.minimum((middle * _GROUPS).astype(np.intp), _GROUPS - 1)
    return groups


def _shares(counts: npt.NDArray[Any]) -> Numbers:
    """Shares, smoothed so that none is 0 and each has a logarithm."""
    smoothed: Numbers = (counts + 0.5) / (counts.sum() + 0.5 * len(counts))
    return smoothed
