"""The picture of error by the number of own records: champion, learners, baselines."""

from pathlib import Path
from typing import Any

import pandas as pd

from meta_med.evaluate import POOLED
from meta_med.judging.comparison import ERROR
from meta_med.judging.study_result import NEW_COHORT, SettingResult, StudyResult
from meta_med.scored import ALL
from meta_med.study import StudySpec
from orchestration.results.style import CHAMPION_BLUE, INK, colour_of, figure, plain, spread

MOST_PANELS = 3


def error_figure(result: StudyResult, path: Path) -> None:
    """A panel for the continuous outcomes together and for each binary one; one more for new cohorts."""
    panels = panels_of(result.main)
    new = [s for s in result.settings.values() if s.setting.startswith(f"{NEW_COHORT}_")]
    # Where nobody has own records there is one point to show; new cohorts say more.
    by_support = panels if result.main.evaluation["support_size"].max() > 0 or not new else []
    by_context = (panels if not by_support else panels[:1]) if new else []
    n = len(by_support) + len(by_context)
    with figure(path, 4.7 * n, 4.2, n) as axes:
        for axis, outcome in zip(axes, by_support, strict=False):
            _by_support(axis, result.main, result.spec, outcome)
        for axis, outcome in zip(axes[len(by_support) :], by_context, strict=True):
            _by_context(axis, new, result.spec, outcome)


def panels_of(found: SettingResult) -> list[str]:
    """Outcome "all" if there are continuous ones, then the binary ones."""
    table = found.evaluation
    names = table[table["metric"].isin(ERROR)]["outcome"].drop_duplicates().tolist()
    binary = table[table["metric"] == "brier"]["outcome"].drop_duplicates().tolist()
    return ([ALL] if ALL in names else [])[:1] + binary[: MOST_PANELS - 1] or names[:1]


def errors(found: SettingResult, outcome: str) -> pd.DataFrame:
    """The error's rows over everybody: MAE, or Brier score."""
    table = found.evaluation
    return table[(table["outcome"] == outcome) & (table["cohort"] == ALL) & table["metric"].isin(ERROR)]


def _by_support(axis: Any, found: SettingResult, spec: StudySpec, outcome: str) -> None:
    rows = errors(found, outcome)
    rows = rows[rows["support_size"] != POOLED]
    sizes = sorted(rows["support_size"].unique().tolist())
    _lines(axis, rows.assign(place=rows["support_size"].map(sizes.index)), spec, found.best.get(outcome, ""))
    axis.set_xticks(range(len(sizes)), [str(k) for k in sizes])
    axis.set_xlabel("own earlier records used (k)")
    axis.set_title(_title(spec, outcome))


def _by_context(axis: Any, new: list[SettingResult], spec: StudySpec, outcome: str) -> None:
    """Error at a cohort that nobody was trained on, by how many of its patients are known."""
    parts = []
    for place, found in enumerate(new):
        rows = errors(found, outcome)
        pooled = rows[rows["support_size"] == POOLED]
        parts.append((pooled if len(pooled) else rows).assign(place=place))
    best = new[-1].best.get(outcome, "")
    _lines(axis, pd.concat(parts), spec, best)
    axis.set_xticks(range(len(new)), [s.setting.rsplit("_", 1)[1] for s in new])
    axis.set_xlabel("patients of the new cohort that are known (m)")
    axis.set_title(f"{_title(spec, outcome)}, new cohorts")


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
    axis.set_ylabel("mean absolute error" if rows["metric"].iloc[0] == "mae" else "Brier score")
    _names(axis, ends, best, learners, float(rows["place"].max()))


def _limits(rows: pd.DataFrame) -> tuple[float, float]:
    low, high = float(rows["value"].min()), float(rows["value"].max())
    pad = 0.06 * (high - low or high or 1.0)
    return low - pad, high + pad


def _names(axis: Any, ends: dict[str, float], best: str, learners: tuple[str, ...], last: float) -> None:
    """Names at the lines' ends instead of a legend."""
    low, high = axis.get_ylim()
    places = spread(list(ends.values()), (high - low) * 0.042)
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


def _title(spec: StudySpec, outcome: str) -> str:
    if outcome == ALL:
        n = sum(o.kind == "continuous" for o in spec.outcomes)
        one = next(o.title for o in spec.outcomes if o.kind == "continuous")
        return f"{one}, in SD" if n == 1 else f"{n} outcomes together, in SD"
    return next((o.title for o in spec.outcomes if o.name == outcome), outcome)
