"""Figures of errors and intervals: by own records, by cohort, and by number of training patients."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from meta_med.calibrate.record_scores import ALL
from meta_med.evaluate.comparison.compare import CHAMPION
from meta_med.evaluate.comparison.coverage import BY_COHORT, BY_SIZE
from meta_med.evaluate.comparison.study_result import NEW_COHORT, SettingResult, StudyResult, leading_outcome
from meta_med.evaluate.evaluation_table import POOLED, headline_outcomes
from meta_med.outcomes.registry import headlines, metrics
from meta_med.study import StudySpec
from orchestration.results.headlines import together_title
from orchestration.results.style import (
    BAND,
    BASELINE_RED,
    CHAMPION_BLUE,
    INK,
    OTHER,
    colour_of,
    figure,
    lines_of,
    plain,
    spread_out,
)

MOST_PANELS = 3


def error_figure(result: StudyResult, path: Path) -> None:
    """Draw a panel for the continuous outcomes together and for each binary one, and one more for new cohorts."""
    panels = panels_of(result.main)
    new = [s for s in result.settings.values() if s.setting.startswith(f"{NEW_COHORT}_")]
    # without own records there is only one point; new cohorts are shown instead
    by_support = panels if result.main.evaluation["support_size"].max() > 0 or not new else []
    by_context = (panels if not by_support else panels[:1]) if new else []
    n = len(by_support) + len(by_context)
    with figure(path, 4.7 * n, 4.2, n) as axes:
        for axis, outcome in zip(axes, by_support, strict=False):
            _by_support(axis, result.main, result.spec, outcome)
        for axis, outcome in zip(axes[len(by_support) :], by_context, strict=True):
            _by_context(axis, new, result.spec, outcome)


def panels_of(found: SettingResult) -> list[str]:
    """The outcomes with a panel: "all" if there are continuous ones, then the others."""
    return headline_outcomes(found.evaluation)[:MOST_PANELS]


def errors(found: SettingResult, outcome: str) -> pd.DataFrame:
    """The error's rows over all cohorts: MAE, or Brier score."""
    table = found.evaluation
    return table[(table["outcome"] == outcome) & (table["cohort"] == ALL) & table["metric"].isin(headlines())]


def _by_support(axis: Any, found: SettingResult, spec: StudySpec, outcome: str) -> None:
    rows = errors(found, outcome)
    rows = rows[rows["support_size"] != POOLED]
    sizes = sorted(rows["support_size"].unique().tolist())
    _lines(axis, rows.assign(place=rows["support_size"].map(sizes.index)), spec, found.best.get(outcome, ""))
    axis.set_xticks(range(len(sizes)), [str(k) for k in sizes])
    axis.set_xlabel("own earlier records used (k)")
    axis.set_title(together_title(spec, outcome))


def _by_context(axis: Any, new: list[SettingResult], spec: StudySpec, outcome: str) -> None:
    """Error in new cohorts, by number of known patients."""
    parts = []
    for place, found in enumerate(new):
        rows = errors(found, outcome)
        pooled = rows[rows["support_size"] == POOLED]
        parts.append((pooled if len(pooled) else rows).assign(place=place))
    best = new[-1].best.get(outcome, "")
    _lines(axis, pd.concat(parts), spec, best)
    axis.set_xticks(range(len(new)), [s.setting.rsplit("_", 1)[1] for s in new])
    axis.set_xlabel("patients of the new cohort that are known (m)")
    axis.set_title(f"{together_title(spec, outcome)}, new cohorts")


def _lines(axis: Any, rows: pd.DataFrame, spec: StudySpec, best: str) -> None:
    learners = tuple(learner.name for learner in spec.learners)
    ends: dict[str, float] = {}
    for name, points in rows.groupby("predictor", sort=False):
        own, colour = points.sort_values("place"), colour_of(str(name), best, learners)
        leading = name in {"champion", best}
        weight, layer = (2.2, 5) if leading else (0.9, 2)
        marker = {"champion": "o", best: "s"}.get(str(name), "")
        axis.plot(own["place"], own["value"], color=colour, lw=weight, zorder=layer, marker=marker, ms=4)
        if name == "champion":
            axis.fill_between(
                own["place"], own["ci_low"], own["ci_high"], color=CHAMPION_BLUE, alpha=0.12, lw=0
            )
        ends[str(name)] = float(own["value"].iloc[-1])
    axis.set_ylim(*_limits(rows))
    axis.set_ylabel(metrics()[rows["metric"].iloc[0]].title)
    _names(axis, ends, best, learners, float(rows["place"].max()))


def _limits(rows: pd.DataFrame) -> tuple[float, float]:
    low, high = float(rows["value"].min()), float(rows["value"].max())
    pad = 0.06 * (high - low or high or 1.0)
    return low - pad, high + pad


def _names(axis: Any, ends: dict[str, float], best: str, learners: tuple[str, ...], last: float) -> None:
    """Label the lines at their ends instead of in a legend."""
    low, high = axis.get_ylim()
    places = spread_out(list(ends.values()), (high - low) * 0.042)
    shift = max(0.0, max(places) - high) - max(0.0, low - min(places))
    for (name, end), place in zip(ends.items(), places, strict=True):
        leading = name in {"champion", best}
        axis.annotate(
            plain(name) + (" (best baseline)" if name == best else ""),
            (last, end),
            (last + 0.06 * max(last, 1.0), place - shift),
            color=INK if leading else colour_of(name, best, learners),
            fontsize=8 if leading else 7,
            fontweight="bold" if leading else "normal",
            va="center",
            annotation_clip=False,
            arrowprops={"arrowstyle": "-", "lw": 0.4, "color": "#BBBBBB", "shrinkA": 0, "shrinkB": 0},
        )


MOST_COHORTS = 24
MIN_PATIENTS = 10


def coverage_figure(result: StudyResult, path: Path) -> bool:
    """Draw coverage by k, width by k and coverage by cohort; False without continuous outcomes."""
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
        _decorate(axes, rows)
    return True


def _decorate(axes: list[Any], rows: pd.DataFrame) -> None:
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


COLOURS = (CHAMPION_BLUE, "#009E73", "#CC79A7", OTHER)


def curve_figure(curve: Mapping[str, Any], path: Path) -> bool:
    """Draw error against training patients and, where varied, training cohorts; False without a curve.

    `curve`: columns and rows of `meta_med.evaluate.comparison.learning_curve`, as JSON.
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
    axis.set_title("Learning curve")


def _counts_on_a_log_axis(axis: Any, counts: "pd.Series[int]") -> None:
    """A log axis with a tick at each training size."""
    shown = sorted(counts.unique())
    axis.set_xscale("log")
    axis.set_xticks(shown, [f"{n:,}" for n in shown])
    axis.set_xticks([], minor=True)
