"""Figures of the champion against the baselines.

The paired difference in error to the cross-chosen baseline per number of own records, in per cent; the patients helped
(right) and harmed (left); and the forest plot of gain or cost in each cohort, against the cross-chosen baseline.
"""

from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from meta_med.calibrate.record_scores import ALL
from meta_med.evaluate.comparison.study_record import MIN_PATIENTS
from meta_med.evaluate.comparison.study_result import NEW_COHORT, StudyResult, cohort_costs, leading_outcome
from meta_med.evaluate.comparison.verdict import costly
from meta_med.evaluate.evaluation_table import POOLED
from meta_med.outcomes.registry import headlines
from orchestration.results.headlines import pooled_rows
from orchestration.results.style import BASELINE_RED, CHAMPION_BLUE, INK, OTHER, figure, lines_of, plain

MOST_OUTCOMES = 24
CUT = 45.0  # %: values beyond it are drawn at the edge


def difference_figure(result: StudyResult, path: Path) -> bool:
    """Draw the differences by k, by rival and by outcome; False without a comparison."""
    rows = result.main.comparison
    rows = rows[(rows["cohort"] == ALL) & rows["metric"].isin(headlines())]
    rivals = rows[rows["outcome"] == leading_outcome(rows)]
    pooled = POOLED if (rows["support_size"] == POOLED).any() else 0
    cross = result.main.cross.table
    cross = cross[cross["metric"].isin(headlines())]
    panels = [
        (
            "By own records, against the cross-chosen",
            _by_size(cross[cross["outcome"] == leading_outcome(rows)]),
        ),
        ("In new cohorts, against the cross-chosen", _by_known(result)),
        ("Against each rival", _by_rival(rivals, pooled)),
        ("By outcome, against the cross-chosen", _by_outcome(cross, pooled, result)),
    ]
    # without own records the only cell, k = 0, is among the rivals already
    panels = [
        (t, p) for t, p in panels if len(p) and (t != panels[0][0] or pooled == POOLED or len(panels) == 1)
    ]
    if not panels:
        return False
    height = 1.2 + 0.24 * max(len(part) for _, part in panels)
    with figure(path, 4.1 * len(panels), max(2.6, height), len(panels)) as axes:
        for axis, (title, part) in zip(axes, panels, strict=True):
            _whiskers(axis, part)
            axis.set_title(title)
            axis.set_xlabel("error, %: lower ←  → higher")
    return True


def _by_size(lead: pd.DataFrame) -> pd.DataFrame:
    rows = lead[lead["support_size"] != POOLED].sort_values("support_size")
    return rows.assign(label=[f"k = {r.support_size}, {plain(r.against)}" for r in lines_of(rows)])


def _by_known(result: StudyResult) -> pd.DataFrame:
    """New cohorts, by number of known patients; the leading outcome, all k >= 1."""
    parts = []
    for found in result.settings.values():
        if found.setting.startswith(f"{NEW_COHORT}_"):
            rows = pooled_rows(found)
            rows = rows[rows["outcome"] == leading_outcome(found.comparison)]
            m = found.setting.rsplit("_", 1)[1]
            parts.append(rows.assign(label=[f"m = {m}, {plain(r.against)}" for r in lines_of(rows)]))
    return pd.concat(parts) if parts else pd.DataFrame()


def _by_rival(lead: pd.DataFrame, pooled: int) -> pd.DataFrame:
    rows = lead[lead["support_size"] == pooled].sort_values("other")
    return rows.assign(label=[plain(name) for name in rows["against"]])


def _by_outcome(rows: pd.DataFrame, pooled: int, result: StudyResult) -> pd.DataFrame:
    titles = {o.name: o.title for o in result.spec.outcomes}
    rows = rows[(rows["support_size"] == pooled) & (rows["outcome"] != ALL)]
    if len(rows) < 2:
        return rows.head(0)
    rows = rows.sort_values("relative").head(MOST_OUTCOMES)
    return rows.assign(label=[f"{titles[r.outcome]}, {plain(r.against)}" for r in lines_of(rows)])


def _whiskers(axis: Any, rows: pd.DataFrame) -> None:
    rows = rows.iloc[::-1]
    places = range(len(rows))
    low, value, high = (
        (100 * rows[c]).clip(-CUT, CUT) for c in ("relative_low", "relative", "relative_high")
    )
    colours = [
        CHAMPION_BLUE if r.relative_high < 0 else BASELINE_RED if r.relative_low > 0 else OTHER
        for r in lines_of(rows)
    ]
    axis.hlines(places, low, high, color=colours, lw=1.4)
    axis.scatter(value, places, color=colours, s=18, zorder=3)
    axis.axvline(0, color=INK, lw=0.8)
    axis.set_yticks(places, rows["label"].tolist(), fontsize=7.5)
    axis.set_ylim(-0.7, len(rows) - 0.3)


MOST_OUTCOMES_OF_BENEFIT = 16
TITLES = {
    "un_adapted": "Champion against no adaptation",
    "best_baseline": "Champion against the best baseline",
}


def benefit_figure(result: StudyResult, path: Path) -> bool:
    """Draw one bar per outcome for each rival; False without a comparison."""
    table = result.main.benefit
    if table.empty:
        return False
    pooled = POOLED if (table["support_size"] == POOLED).any() else 0
    table = table[table["support_size"] == pooled]
    roles = [role for role in TITLES if (table["role"] == role).any()]
    rows = {role: _shown(table[table["role"] == role], result) for role in roles}
    height = 1.3 + 0.28 * max(len(part) for part in rows.values())
    with figure(path, 4.9 * len(roles) + 0.6, height, len(roles), sharey=False) as axes:
        for axis, role in zip(axes, roles, strict=True):
            _bars(axis, rows[role], role)
    return True


def _shown(table: pd.DataFrame, result: StudyResult) -> pd.DataFrame:
    titles = {o.name: o.title for o in result.spec.outcomes} | {ALL: "all together"}
    several = len(result.spec.outcomes) > 1
    table = table[(table["outcome"] != ALL) | several].head(MOST_OUTCOMES_OF_BENEFIT)
    first = table["outcome"] == ALL
    return pd.concat([table[~first].iloc[::-1], table[first]]).assign(
        title=lambda t: [titles.get(name, name) for name in t["outcome"]]
    )


def _bars(axis: Any, rows: pd.DataFrame, role: str) -> None:
    places = list(range(len(rows)))
    axis.barh(places, rows["helped"] * 100, color=CHAMPION_BLUE, height=0.62)
    axis.barh(places, -rows["harmed"] * 100, color=BASELINE_RED, height=0.62)
    for place, row in zip(places, lines_of(rows), strict=True):
        helped, harmed = 100 * row.helped, 100 * row.harmed
        axis.text(helped + 1, place, f"{helped:.0f}", va="center", fontsize=8, color=INK)
        axis.text(-harmed - 1, place, f"{harmed:.0f}", va="center", ha="right", fontsize=8, color=INK)
    names = [
        row.title + (f"\nvs {plain(row.against)}" if role == "best_baseline" else "")
        for row in lines_of(rows)
    ]
    axis.set_yticks(places, names, fontsize=7.5)
    reach = 12 + 100 * max(rows["helped"].max(), rows["harmed"].max())
    axis.set_xlim(-reach, reach)
    axis.axvline(0, color=INK, lw=0.8)
    axis.set_xticks([])
    axis.set_xlabel("harmed  ←  of 100 patients  →  helped  (by more than 5 % of the mean error)")
    axis.set_title(TITLES[role])
    axis.spines[["left", "bottom"]].set_visible(False)
    axis.tick_params(axis="y", length=0)


MOST_COHORTS = 30
WIDEST = 60.0  # % in each direction: wider intervals are cut, with an arrow


def cohort_figure(result: StudyResult, path: Path) -> bool:
    """Draw one line per cohort, most patients first; False with fewer than two cohorts."""
    rows = forest_rows(result)
    if len(rows) < 2:
        return False
    shown = rows.head(MOST_COHORTS).iloc[::-1]
    with figure(path, 7.4, 1.3 + 0.21 * len(shown)) as axes:
        _forest(axes[0], shown)
        outcome = leading_outcome(result.main.comparison)
        what = "all outcomes together" if outcome == ALL else outcome.replace("_", " ")
        often = plain(shown["baseline"].iloc[0])
        axes[0].set_title(f"Champion against the cross-chosen baseline ({often}), by cohort: {what}")
    return True


def forest_rows(result: StudyResult) -> pd.DataFrame:
    """The cohorts of the main setting for the leading outcome, most patients first."""
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
