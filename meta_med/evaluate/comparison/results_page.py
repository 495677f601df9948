"""The evaluation table as a page of Markdown (`meta-med evaluate --export PAGE.md`)."""

from collections.abc import Iterator
from typing import Any

import pandas as pd

from meta_med.calibrate.record_scores import ALL
from meta_med.evaluate.evaluation_table import EVENTS, POOLED, headline_outcomes
from meta_med.evaluate.number_text import change, decimal, estimate
from meta_med.meta_train.predictors import CHAMPION, UN_ADAPTED
from meta_med.outcomes.kind import Metric
from meta_med.outcomes.registry import headlines, joint_metrics, metrics

LARGEST = 5


def results_page(table: pd.DataFrame, title: str) -> str:
    """Every metric by support size, of the outcomes that headlines name; then outcome by outcome in clinical units.

    Args:
        table: an evaluation table of one study.
        title: the page's heading.

    """
    whole = table[table["cohort"] == ALL]
    n = int(whole["n_patients"].max())
    parts = [f"# {title}", f"Held-out patients: {n}. 95 % confidence intervals over patients in brackets."]
    for outcome in headline_outcomes(whole):
        own = whole[whole["outcome"] == outcome]
        parts += [part for metric in _shown(own) for part in _section(own, outcome, metric)]
    pooled = POOLED if (whole["support_size"] == POOLED).any() else 0
    heading = "one own record or more" if pooled == POOLED else "without own records"
    parts += [f"## By outcome, {heading}", _by_outcome(whole, pooled)]
    return "\n\n".join(parts) + "\n"


def _shown(own: pd.DataFrame) -> Iterator[Metric]:
    """The metrics of an outcome that stand in its table, those of all records jointly last."""
    known = [m for m in metrics().values() if not m.root]
    yield from (m for m in [*known, *joint_metrics().values()] if (own["metric"] == m.name).any())


def _section(own: pd.DataFrame, outcome: str, metric: Metric) -> Iterator[str]:
    what = "the outcomes in standard deviations" if outcome == ALL else outcome
    yield f"## {metric.title[0].upper()}{metric.title[1:]}: {what}, by own records"
    yield _by_size(own[own["metric"] == metric.name], _counts(own, EVENTS), metric)


def _counts(own: pd.DataFrame, name: str) -> dict[int, str]:
    """Support size -> a number that is the same for every predictor; empty where the table has none."""
    rows = own[own["metric"] == name].drop_duplicates("support_size")
    return {int(k): decimal(v, ",.0f") for k, v in zip(rows["support_size"], rows["value"], strict=True)}


def _by_size(part: pd.DataFrame, events: dict[int, str], metric: Metric) -> str:
    sizes = [k for k in (*range(LARGEST + 1), POOLED) if k in set(part["support_size"])]
    last = part[part["support_size"] == sizes[-1]].set_index("predictor")["value"]
    order = metric.loss(last).sort_values().index
    lines: list[Any] = list(part.itertuples())
    cells = {(line.predictor, line.support_size): _cell(line) for line in lines}
    rows = [[str(p), *(cells.get((p, k), "") for k in sizes)] for p in order]
    if events:
        rows.append(["records with the event", *(events.get(k, "") for k in sizes)])
    return _markdown(["predictor", *("k ≥ 1" if k == POOLED else f"k = {k}" for k in sizes)], rows)


def _by_outcome(whole: pd.DataFrame, pooled: int) -> str:
    """The champion's error and the best other predictor's, each outcome in its own unit."""
    rows = whole[(whole["support_size"] == pooled) & whole["metric"].isin(headlines())]
    rows = rows[rows["outcome"] != ALL]
    lines = [_against_others(part) for _, part in rows.groupby(["outcome", "metric"], sort=False)]
    head = [
        "outcome",
        "metric",
        "champion",
        "best other predictor",
        "its error",
        "champion against un-adapted",
    ]
    return _markdown(head, lines)


def _against_others(part: pd.DataFrame) -> list[str]:
    lines: list[Any] = list(part.sort_values("value").itertuples())
    own = next(line for line in lines if line.predictor == CHAMPION)
    best = next((line for line in lines if line.predictor != CHAMPION), own)
    plain = [line.value for line in lines if line.predictor == UN_ADAPTED and line.value > 0]
    against = change(own.value / plain[0] - 1) if plain else ""
    unit = "" if metrics()[own.metric].unit else f", {own.unit}"
    return [own.outcome, f"{own.metric}{unit}", _cell(own), best.predictor, _cell(best), against]


def _cell(line: Any) -> str:
    return estimate(line.value, line.ci_low, line.ci_high)


def _markdown(head: list[str], rows: list[list[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
