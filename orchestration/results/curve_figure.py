"""The picture that says whether more patients would help: error by how many were trained on."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from orchestration.results.style import CHAMPION_BLUE, OTHER, figure, plain

COLOURS = (CHAMPION_BLUE, "#009E73", "#CC79A7", OTHER)


def curve_figure(curve: Mapping[str, Any], path: Path) -> bool:
    """Error against training patients and, where that was varied, cohorts; False without a curve.

    `curve`: columns and rows of `meta_med.judging.learning_curve`, as JSON.
    """
    table = pd.DataFrame(curve["rows"], columns=curve["columns"]) if curve else pd.DataFrame()
    kinds = [c for c in ("n_patients", "n_cohorts") if c in table and table[c].min() < table[c].max()]
    if table.empty or not kinds:
        return False
    with figure(path, 4.9 * len(kinds), 3.4, len(kinds)) as axes:
        for axis, kind in zip(axes, kinds, strict=True):
            _curve(axis, table, kind)
    return True


def _curve(axis: Any, table: pd.DataFrame, kind: str) -> None:
    part = table[table["varied"] == kind] if "varied" in table else table
    for colour, (name, points) in zip(COLOURS, part.groupby("predictor", sort=False), strict=False):
        own = points.sort_values(kind)
        axis.plot(own[kind], own["value"], marker="o", ms=4, color=colour, label=plain(str(name)))
        if {"low", "high"} <= set(own):
            axis.fill_between(own[kind], own["low"], own["high"], color=colour, alpha=0.1, lw=0)
    _counts_on_a_log_axis(axis, part[kind])
    axis.set_xlabel("training patients" if kind == "n_patients" else "training cohorts")
    axis.set_ylabel("error")
    axis.legend(fontsize=8)
    axis.set_title("Would more data help?")


def _counts_on_a_log_axis(axis: Any, counts: "pd.Series[int]") -> None:
    """Each size that was trained with, as a number that people count in."""
    shown = sorted(counts.unique())
    axis.set_xscale("log")
    axis.set_xticks(shown, [f"{n:,}" for n in shown])
    axis.set_xticks([], minor=True)
