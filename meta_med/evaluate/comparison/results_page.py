"""The evaluation table as a page of Markdown (`meta-med evaluate --export PAGE.md`)."""

from typing import Any

import pandas as pd

from meta_med.calibrate.record_scores import ALL
from meta_med.evaluate.evaluation_table import POOLED
from meta_med.meta_train.predictors import CHAMPION, UN_ADAPTED
from meta_med.outcomes.registry import headlines

LARGEST = 5


def results_page(table: pd.DataFrame, title: str) -> str:
    """Error, coverage, width and CRPS by support size; then outcome by outcome in clinical units.

    Args:
        table: an evaluation table of one study.
        title: the page's heading.

    """
    whole = table[table["cohort"] == ALL]
    n = int(whole["n_patients"].max())
    parts = [f"# {title}", f"Held-out patients: {n}. 95 % confidence intervals over patients in brackets."]
    for metric, heading in SECTIONS:
        part = whole[(whole["outcome"] == ALL) & (whole["metric"] == metric)]
        if len(part):
            parts += [f"## {heading}", _by_size(part, lower_first=metric != "coverage_90")]
    parts += ["## By outcome, one own record or more", _by_outcome(whole)]
    return "\n\n".join(parts) + "\n"


SECTIONS = (
    ("mae", "Mean absolute error over the continuous outcomes, in standard deviations, by own records"),
    ("crps", "Error of the whole distribution (CRPS), in standard deviations"),
    ("coverage_90", "Share of values inside their 90 % prediction interval"),
    ("width_90", "Width of the 90 % prediction interval, in standard deviations"),
)


def _by_size(part: pd.DataFrame, *, lower_first: bool) -> str:
    sizes = [k for k in range(LARGEST + 1) if k in set(part["support_size"])]
    mean = part[part["support_size"].between(1, LARGEST)].groupby("predictor")["value"].mean()
    order = mean.sort_values().index if lower_first else mean.index
    lines: list[Any] = list(part.itertuples())
    cells = {(line.predictor, line.support_size): _cell(line) for line in lines}
    rows = [[str(p), *(cells.get((p, k), "") for k in sizes), f"{mean[p]:.3f}"] for p in order]
    return _markdown(["predictor", *(f"k = {k}" for k in sizes), f"mean of k = 1-{LARGEST}"], rows)


def _by_outcome(whole: pd.DataFrame) -> str:
    """The champion's error and the best other predictor's, each outcome in its own unit."""
    pooled = whole[(whole["support_size"] == POOLED) & whole["metric"].isin(headlines())]
    pooled = pooled[pooled["outcome"] != ALL]
    rows = []
    for _, part in pooled.groupby(["outcome", "metric"], sort=False):
        lines: list[Any] = list(part.sort_values("value").itertuples())
        own = next(line for line in lines if line.predictor == CHAMPION)
        best = next(line for line in lines if line.predictor != CHAMPION)
        plain = next(line for line in lines if line.predictor == UN_ADAPTED)
        against = f"{own.value / plain.value - 1:+.0%}"
        rows.append(
            [own.outcome, f"{own.metric}, {own.unit}", _cell(own), best.predictor, _cell(best), against]
        )
    head = [
        "outcome",
        "metric",
        "champion",
        "best other predictor",
        "its error",
        "champion against un-adapted",
    ]
    return _markdown(head, rows)


def _cell(line: Any) -> str:
    return f"{line.value:.3g} [{line.ci_low:.3g}, {line.ci_high:.3g}]"


def _markdown(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
