"""The forest plot: what the champion gains or costs in each cohort, against the study's best baseline."""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from meta_med.judging.study_record import MIN_PATIENTS
from meta_med.judging.study_result import StudyResult, cohort_costs, leading_outcome
from meta_med.judging.verdict import costly
from meta_med.scored import ALL
from orchestration.results.style import BASELINE_RED, CHAMPION_BLUE, INK, OTHER, figure, lines_of, plain

MOST_COHORTS = 30
WIDEST = 60.0  # % either way: wider intervals are cut, with an arrow


def cohort_figure(result: StudyResult, path: Path) -> bool:
    """One line a cohort, most patients first; False, and no picture, with fewer than two cohorts."""
    rows = forest_rows(result)
    if len(rows) < 2:
        return False
    shown = rows.head(MOST_COHORTS).iloc[::-1]
    with figure(path, 7.4, 1.3 + 0.21 * len(shown)) as axes:
        _forest(axes[0], shown)
        outcome = leading_outcome(result.main.comparison)
        what = "all outcomes together" if outcome == ALL else outcome.replace("_", " ")
        axes[0].set_title(f"Champion against {plain(shown['baseline'].iloc[0])}, by cohort: {what}")
    return True


def forest_rows(result: StudyResult) -> pd.DataFrame:
    """Cohorts of the main setting, over the leading outcome, most patients first."""
    costs = cohort_costs(result)
    outcome = leading_outcome(result.main.comparison)
    rows = costs[costs["main"] & (costs["outcome"] == outcome) & (costs["n_patients"] >= MIN_PATIENTS)]
    return rows.sort_values(["n_patients", "cohort"], ascending=[False, True])


def _forest(axis: Any, rows: pd.DataFrame) -> None:
    places = np.arange(len(rows))
    colours = np.where(costly(rows), BASELINE_RED, np.where(rows["high"] < 0, CHAMPION_BLUE, OTHER))
    value = 100 * rows["relative"].to_numpy()
    low, high = (100 * rows[side].to_numpy() for side in ("low", "high"))
    reach = min(WIDEST, 1.1 * float(np.nanmax(np.abs([low, high]))))
    axis.hlines(places, np.maximum(low, -reach), np.minimum(high, reach), color=colours, lw=1.3)
    axis.scatter(np.clip(value, -reach, reach), places, color=colours, s=18, zorder=3)
    for side, sign in ((low, -1), (high, 1)):
        cut = places[sign * side > reach]
        axis.scatter(np.full(len(cut), sign * reach), cut, marker="<" if sign < 0 else ">", s=14, color=OTHER)
    axis.axvline(0, color=INK, lw=0.8)
    axis.set_xlim(-1.03 * reach, 1.03 * reach)
    axis.set_ylim(-0.8, len(rows) - 0.2)
    axis.set_yticks(places, [f"{row.cohort} ({row.n_patients})" for row in lines_of(rows)], fontsize=7.5)
    axis.set_xlabel("error, % against the baseline: lower ←  → higher (95 % interval; patients in brackets)")
