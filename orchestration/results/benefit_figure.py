"""The picture of patients helped and harmed: to the right they are better off, to the left worse."""

from pathlib import Path
from typing import Any

import pandas as pd

from meta_med.evaluate import POOLED
from meta_med.judging.study_result import StudyResult
from meta_med.scored import ALL
from orchestration.results.style import BASELINE_RED, CHAMPION_BLUE, INK, figure, lines_of, plain

MOST_OUTCOMES = 16
TITLES = {
    "un_adapted": "Champion against no adaptation",
    "best_baseline": "Champion against the best baseline",
}


def benefit_figure(result: StudyResult, path: Path) -> bool:
    """A bar an outcome for each rival; False, and no picture, where there is nothing to compare."""
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
    table = table[(table["outcome"] != ALL) | several].head(MOST_OUTCOMES)
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
