"""The picture of the intervals: how many values they hold, and how wide they are, by own records and by cohort."""

from pathlib import Path
from typing import Any

import pandas as pd

from meta_med.judging.comparison import CHAMPION
from meta_med.judging.coverage import BY_COHORT, BY_SIZE
from meta_med.judging.study_result import StudyResult, leading_outcome
from orchestration.results.style import BAND, BASELINE_RED, CHAMPION_BLUE, figure, lines_of, plain

MOST_COHORTS = 24
MIN_PATIENTS = 10


def coverage_figure(result: StudyResult, path: Path) -> bool:
    """Coverage by k, width by k, coverage by cohort; False, and no picture, without continuous outcomes."""
    found = result.main
    if found.coverage.empty:
        return False
    outcome = leading_outcome(found.comparison)
    rows = found.coverage[found.coverage["outcome"] == outcome]
    cohorts = _cohorts(rows)
    height = max(3.4, 1.2 + 0.2 * len(cohorts))
    with figure(path, 11.5, min(height, 6.5), 3, width_ratios=[1, 1, 1.3]) as axes:
        _by_size(axes[0], rows, "value")
        _by_size(axes[1], rows, "width")
        _by_cohort(axes[2], cohorts)
        _dress(axes, rows)
    return True


def _dress(axes: list[Any], rows: pd.DataFrame) -> None:
    axes[0].axhspan(88, 92, color=BAND, zorder=0)
    axes[0].axhline(90, color="#777777", lw=0.8, ls=":")
    axes[0].set_ylabel("% of values inside")
    axes[0].set_title("90 % intervals: share inside")
    axes[1].set_ylabel(f"mean width, {rows['unit'].iloc[0]}")
    axes[1].set_title("and how wide they are")
    axes[1].set_ylim(bottom=0)
    axes[0].legend(loc="lower left", fontsize=8)
    axes[2].set_title("share inside, by cohort")


def _by_size(axis: Any, rows: pd.DataFrame, column: str) -> None:
    part = rows[rows["by"] == BY_SIZE]
    sizes = sorted({int(k) for k in part["level"]})
    for name, own in part.groupby("predictor", sort=False):
        champion = name == CHAMPION
        colour, marker = (CHAMPION_BLUE, "o") if champion else (BASELINE_RED, "s")
        label = "champion" if champion else f"{plain(str(name))} (best baseline)"
        place = [sizes.index(int(k)) + (-0.08 if champion else 0.08) for k in own["level"]]
        factor = 100 if column == "value" else 1
        axis.plot(place, own[column] * factor, color=colour, marker=marker, ms=4, lw=1.4, label=label)
        if column == "value":
            axis.vlines(place, own["low"] * 100, own["high"] * 100, color=colour, lw=0.9, alpha=0.7)
    axis.set_xticks(range(len(sizes)), [str(k) for k in sizes])
    axis.set_xlabel("own earlier records used (k)")


def _cohorts(rows: pd.DataFrame) -> pd.DataFrame:
    own = rows[(rows["by"] == BY_COHORT) & (rows["predictor"] == CHAMPION)]
    own = own[own["n_patients"] >= MIN_PATIENTS]
    return own.sort_values("n_patients", ascending=False).head(MOST_COHORTS).iloc[::-1]


def _by_cohort(axis: Any, cohorts: pd.DataFrame) -> None:
    axis.axvspan(88, 92, color=BAND, zorder=0)
    axis.axvline(82, color=BASELINE_RED, lw=0.8, ls=":")
    axis.axvline(90, color="#777777", lw=0.8, ls=":")
    places = range(len(cohorts))
    axis.hlines(places, cohorts["low"] * 100, cohorts["high"] * 100, color=CHAMPION_BLUE, lw=1)
    axis.plot(cohorts["value"] * 100, places, "o", color=CHAMPION_BLUE, ms=4)
    names = [f"{row.level} ({row.n_patients})" for row in lines_of(cohorts)]
    axis.set_yticks(places, names, fontsize=7.5)
    axis.set_xlabel("% of values inside (patients in brackets)")
