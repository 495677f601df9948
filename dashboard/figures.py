"""Numbers of the model page from the evaluation table: headlines, the best baseline, predictors and cohorts."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard.outcome_kinds import HIGHER_IS_BETTER
from dashboard.wording import model as words
from dashboard.wording.names import metric_label, predictor_label
from dashboard.wording.numbers import NOT_AVAILABLE, PERCENT, interval, number, percent

CHAMPION, UN_ADAPTED, POOLED = "champion", "un_adapted", -1
BASELINES = (
    "chosen_baseline",
    "population",
    "cohort_offset",
    "last_value",
    "patient_mean",
    "shrunk_mean",
    "mixed_model",
    "boosted_lags",
    "hierarchical_mixed",
    "study_core",
)
ALL = "all"
COVERAGE = "coverage_90"


def pooled(rows: pd.DataFrame, metric: str) -> pd.DataFrame:
    """One row per predictor, all cohorts: all patients with own records, or without, where nobody has one."""
    kept = (rows["metric"] == metric) & (rows["cohort"] == ALL) & (rows["support_size"] == pooled_size(rows))
    return rows[kept].dropna(subset=["value"]).set_index("predictor", drop=False)


def pooled_size(rows: pd.DataFrame) -> int:
    """The support size that headlines are about: `POOLED`, or 0 where no patient with own records was evaluated."""
    return POOLED if (rows["support_size"] == POOLED).any() else 0


def values_of(table: pd.DataFrame) -> dict[str, float]:
    """The value by predictor."""
    return {str(name): float(value) for name, value in table["value"].items()}


def baselines_of(manifest: Mapping[str, Any]) -> tuple[str, ...]:
    """The baselines of a release's study; of a release from before they were in the manifest, all known ones.

    A method such as `hierarchical_mixed` is a baseline in one study and one of the product's learners in another.
    """
    if "baselines" in manifest:
        return tuple(manifest["baselines"])
    added = (p["name"] for p in manifest.get("plug_ins", []) if p["kind"] == "baseline")
    return (*BASELINES, *added)


def best_baseline(rows: pd.DataFrame, metric: str, baselines: Sequence[str] = BASELINES) -> str | None:
    """The baseline with the best pooled value."""
    values = pooled(rows, metric)["value"]
    values = values[[name for name in values.index if name in baselines]]
    if values.empty:
        return None
    return str(values.idxmax() if metric in HIGHER_IS_BETTER else values.idxmin())


def relative_change(value: float, other: float) -> str:
    """The relative difference of two errors, as text."""
    if not other:
        return NOT_AVAILABLE()
    percents = round(100 * (value / other - 1))
    if not percents:
        return words.NO_DIFFERENCE()
    told = PERCENT(number=str(abs(percents)))
    return words.LOWER(percent=told) if percents < 0 else words.HIGHER(percent=told)


def default_predictors(rows: pd.DataFrame, metric: str, baselines: Sequence[str] = BASELINES) -> list[str]:
    """The predictors drawn by default: champion, un-adapted, the two best baselines and the two best learners."""
    values = pooled(rows, metric)["value"].sort_values(ascending=metric not in HIGHER_IS_BETTER)
    others = [str(n) for n in values.index if n not in {CHAMPION, UN_ADAPTED}]
    learners = [n for n in others if n not in baselines][:2]
    kept = [CHAMPION, *learners, *[n for n in others if n in baselines][:2], UN_ADAPTED]
    return [name for name in kept if name in values.index]


def predictor_table(rows: pd.DataFrame, metric: str) -> pd.DataFrame:
    """One row per predictor, the best first, where there is nothing to draw over the number of own records."""
    ordered = rows.sort_values("value", ascending=metric not in HIGHER_IS_BETTER)
    ends = zip(ordered["ci_low"], ordered["ci_high"], strict=True)
    return pd.DataFrame(
        {
            words.PREDICTOR(): ordered["predictor"].map(predictor_label),
            metric_label(metric): ordered["value"].map(number),
            words.CONFIDENCE(): [interval(low, high) for low, high in ends],
            words.PATIENTS(): ordered["n_patients"].astype(str),
        }
    )


def cohort_table(rows: pd.DataFrame, metric: str, baselines: Sequence[str] = BASELINES) -> pd.DataFrame:
    """One row per published cohort: champion, un-adapted and the best baseline, on the patients of the headlines."""
    kept = rows[(rows["cohort"] != ALL) & (rows["support_size"] == pooled_size(rows))]
    baseline = best_baseline(rows, metric, baselines) or ""
    columns = {
        CHAMPION: words.CHAMPION(),
        baseline: predictor_label(baseline),
        UN_ADAPTED: words.UNADAPTED(),
    }
    lines = []
    for cohort in sorted(kept["cohort"].unique()):
        part = kept[kept["cohort"] == cohort]
        error = part[part["metric"] == metric].set_index("predictor")
        values = values_of(error)
        if CHAMPION not in values:
            continue
        line = {words.COHORT(): cohort, words.PATIENTS(): str(error["n_patients"][CHAMPION])}
        line |= {label: number(values[name]) for name, label in columns.items() if name in values}
        covered = part[(part["metric"] == COVERAGE) & (part["predictor"] == CHAMPION)]["value"]
        lines.append(line | ({words.COVERS(): percent(covered.iloc[0])} if len(covered) else {}))
    return pd.DataFrame(lines).fillna(NOT_AVAILABLE())
