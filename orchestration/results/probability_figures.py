"""Figures of predicted probabilities: how records are ranked by own records, and predicted against observed shares."""

from pathlib import Path
from typing import Any

import pandas as pd

from meta_med.calibrate.record_scores import ALL
from meta_med.evaluate.comparison.compare import CHAMPION, UN_ADAPTED
from meta_med.evaluate.comparison.coverage import BY_COHORT, BY_SIZE, OVERALL
from meta_med.evaluate.comparison.study_record import MIN_PATIENTS
from meta_med.evaluate.comparison.study_result import SettingResult, StudyResult
from meta_med.evaluate.evaluation_table import POOLED
from meta_med.outcomes.registry import joint_metrics
from orchestration.results.headlines import together_title
from orchestration.results.style import (
    BASELINE_RED,
    CHAMPION_BLUE,
    INK,
    LEARNER,
    OTHER,
    figure,
    lines_of,
    plain,
)

MOST = 2  # outcomes that are drawn


def probability_figure(result: StudyResult, path: Path) -> bool:
    """Draw two panels for each outcome with probabilities, at most MOST of them; False without any."""
    found = result.main
    if found.reliability.empty:
        return False
    outcomes = found.reliability["outcome"].drop_duplicates().tolist()[:MOST]
    with figure(path, 8.6, 3.6 * len(outcomes), 2 * len(outcomes), columns=2) as axes:
        for i, outcome in enumerate(outcomes):
            title = together_title(result.spec, outcome)
            _ranking(axes[2 * i], found, outcome, title)
            _reliability(axes[2 * i + 1], found.reliability[found.reliability["outcome"] == outcome])
    return True


def _ranking(axis: Any, found: SettingResult, outcome: str, title: str) -> None:
    """The first joint metric by own records, of the champion, the best baseline and the un-adapted prediction."""
    metric = next(iter(joint_metrics().values()))
    table = found.evaluation[
        (found.evaluation["metric"] == metric.name) & (found.evaluation["cohort"] == ALL)
    ]
    table = table[(table["outcome"] == outcome) & (table["support_size"] != POOLED)]
    best = found.best.get(outcome, "")
    sizes = sorted(table["support_size"].unique().tolist())
    looks = {CHAMPION: (CHAMPION_BLUE, "o"), best: (BASELINE_RED, "s"), UN_ADAPTED: (LEARNER, "")}
    for shift, (name, (colour, marker)) in enumerate(looks.items()):
        own = table[table["predictor"] == name].sort_values("support_size")
        if len(own):
            label = plain(name) + (" (best baseline)" if name == best else "")
            place = [sizes.index(k) + 0.08 * (shift - 1) for k in own["support_size"]]
            axis.plot(place, own["value"], color=colour, marker=marker, ms=4, lw=1.4, label=label)
            axis.vlines(place, own["ci_low"], own["ci_high"], color=colour, lw=0.9, alpha=0.7)
    axis.axhline(0.5, color=OTHER, lw=0.8, ls=":")
    axis.set_xticks(range(len(sizes)), [str(k) for k in sizes])
    axis.set_xlabel("own earlier records used (k)")
    axis.set_ylabel(metric.short)
    axis.set_title(title)
    if sizes:
        axis.legend(fontsize=8)
    else:
        axis.text(0.5, 0.6, "too few events", ha="center", transform=axis.transAxes)


PARTS = ((BY_COHORT, OTHER, "cohorts"), (BY_SIZE, LEARNER, "own records"), (OVERALL, CHAMPION_BLUE, "all"))


def _reliability(axis: Any, rows: pd.DataFrame) -> None:
    """Predicted against observed share of events; the line is where they are equal."""
    rows = rows[rows["n_patients"] >= MIN_PATIENTS]
    for by, colour, label in PARTS:
        own = rows[rows["by"] == by]
        if len(own):
            axis.scatter(
                100 * own["predicted"], 100 * own["observed"], color=colour, s=18, zorder=3, label=label
            )
        for r in lines_of(own):
            ends = [100 * (r.predicted + end) for end in (r.low, r.high)]
            axis.vlines([100 * r.predicted], ends[0], ends[1], color=colour, lw=0.9, alpha=0.7)
    reach = 105 * max(rows["predicted"].max(), rows["observed"].max(), 0.05) if len(rows) else 100.0
    axis.plot([0, reach], [0, reach], color=INK, lw=0.8, ls=":")
    axis.set_xlim(0, reach)
    axis.set_ylim(bottom=0)
    axis.set_xlabel("predicted, %")
    axis.set_ylabel("observed, %")
    axis.set_title("Predicted and observed share of events")
    if len(rows):
        axis.legend(fontsize=8)
