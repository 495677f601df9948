"""The decisive picture: the champion's error minus the baselines', paired within patients, in per cent."""

from pathlib import Path
from typing import Any

import pandas as pd

from meta_med.evaluate import POOLED
from meta_med.judging.comparison import ERROR
from meta_med.judging.study_result import NEW_COHORT, StudyResult, leading_outcome
from meta_med.scored import ALL
from orchestration.results.sentences import pooled_row
from orchestration.results.style import BASELINE_RED, CHAMPION_BLUE, INK, OTHER, figure, lines_of, plain

MOST_OUTCOMES = 24
CUT = 45.0  # %: what lies beyond is drawn at the edge


def difference_figure(result: StudyResult, path: Path) -> bool:
    """By k, by rival and by outcome; False, and no picture, where nothing was compared."""
    rows = result.main.comparison
    rows = rows[(rows["cohort"] == ALL) & rows["metric"].isin(ERROR)]
    lead = rows[rows["outcome"] == leading_outcome(rows)]
    pooled = POOLED if (rows["support_size"] == POOLED).any() else 0
    panels = [
        ("By own records, against the best", _by_size(lead)),
        ("In new cohorts, against the best", _by_known(result)),
        ("Against each rival", _by_rival(lead, pooled)),
        ("By outcome, against the best", _by_outcome(rows, pooled, result)),
    ]
    # Nobody has own records: the one k = 0 is among the rivals already.
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
    rows = lead[lead["best"] & (lead["support_size"] != POOLED)].sort_values("support_size")
    return rows.assign(label=[f"k = {r.support_size}, {plain(r.against)}" for r in lines_of(rows)])


def _by_known(result: StudyResult) -> pd.DataFrame:
    """New cohorts, by how many of their patients are known; the same outcome and all of k >= 1."""
    parts = []
    for found in result.settings.values():
        if found.setting.startswith(f"{NEW_COHORT}_"):
            row = pooled_row(found)
            m = found.setting.rsplit("_", 1)[1]
            parts.append(row.to_frame().T.assign(label=f"m = {m}, {plain(str(row['against']))}"))
    return pd.concat(parts).infer_objects() if parts else pd.DataFrame()


def _by_rival(lead: pd.DataFrame, pooled: int) -> pd.DataFrame:
    rows = lead[lead["support_size"] == pooled].sort_values("other")
    return rows.assign(label=[plain(name) for name in rows["against"]])


def _by_outcome(rows: pd.DataFrame, pooled: int, result: StudyResult) -> pd.DataFrame:
    titles = {o.name: o.title for o in result.spec.outcomes}
    rows = rows[rows["best"] & (rows["support_size"] == pooled) & (rows["outcome"] != ALL)]
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
