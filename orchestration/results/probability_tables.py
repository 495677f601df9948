"""Tables of predicted probabilities, in Markdown: ranking, calibration line, and predicted against observed shares."""

from collections.abc import Iterator

import pandas as pd

from meta_med.calibrate.record_scores import ALL
from meta_med.evaluate.comparison.coverage import BY_SIZE, OVERALL
from meta_med.evaluate.comparison.study_result import SettingResult
from meta_med.evaluate.evaluation_table import EVENTS, MIN_EVENTS
from meta_med.evaluate.number_text import decimal, estimate, percent, points
from meta_med.outcomes.kind import Metric
from meta_med.outcomes.registry import joint_metrics
from meta_med.study import StudySpec
from orchestration.results.style import lines_of
from orchestration.results.tables import (
    FEW,
    largest_cohorts,
    markdown,
    outcome_title,
    part_name,
    role_name,
    size_name,
    sizes_of,
)


def joint_part(found: SettingResult, spec: StudySpec) -> Iterator[str]:
    """Of each outcome with probabilities: how its records are ranked, and the calibration line."""
    table = found.evaluation
    for outcome in table.loc[table["metric"] == EVENTS, "outcome"].drop_duplicates():
        own = set(table.loc[table["outcome"] == outcome, "metric"])
        shown = [m for m in joint_metrics().values() if m.name in own]
        yield f"## Ranking and calibration by own records: {outcome_title(spec, outcome)}"
        yield JOINT if shown else NO_JOINT
        yield _events_by_size(found, outcome)
        for metric in shown:
            yield f"### {metric.title[0].upper()}{metric.title[1:]}"
            yield _joint_by_size(found, outcome, metric, spec)


JOINT = (
    "AUROC is the share of pairs, one record with the event and one without it, in which the one with it has the "
    "higher probability; 0.5 is chance. The calibration line has the intercept 0 and the slope 1 where probabilities "
    "are right. In brackets 95 % intervals over patients."
)
NO_JOINT = (
    f"No AUROC and no calibration line: fewer than {MIN_EVENTS} records with the event, or fewer without it."
)


def _joint_by_size(found: SettingResult, outcome: str, metric: Metric, spec: StudySpec) -> str:
    """A joint metric with its intervals: one row per predictor, one column per support size, k >= 1 last."""
    rows, counts = (_whole(found, outcome, name) for name in (metric.name, EVENTS))
    sizes = sizes_of(counts)
    cells = {
        (r.predictor, r.support_size): estimate(r.value, r.ci_low, r.ci_high, _hundredths)
        for r in lines_of(rows)
    }
    last = rows[rows["support_size"] == sizes[-1]] if len(rows) else rows
    order = metric.loss(last.set_index("predictor")["value"]).sort_values(kind="stable").index
    names = [*order, *rows["predictor"][~rows["predictor"].isin(order)].drop_duplicates()]
    lines = [[role_name(str(n), spec), *(cells.get((n, k), "") for k in sizes)] for n in names]
    return markdown(["predictor", *(size_name(k) for k in sizes)], lines)


def _events_by_size(found: SettingResult, outcome: str) -> str:
    """The number of records with the event, and of all, by support size."""
    rows = _whole(found, outcome, EVENTS).drop_duplicates("support_size")
    number = {r.support_size: f"{r.value:,.0f} of {r.n_predictions:,}" for r in lines_of(rows)}
    sizes = sizes_of(rows)
    return markdown(
        ["", *(size_name(k) for k in sizes)], [["records with the event", *(number[k] for k in sizes)]]
    )


def _whole(found: SettingResult, outcome: str, metric: str) -> pd.DataFrame:
    """The rows of a metric over all cohorts."""
    table = found.evaluation
    return table[(table["outcome"] == outcome) & (table["cohort"] == ALL) & (table["metric"] == metric)]


def _hundredths(value: float) -> str:
    return decimal(value, ".2f")


def reliability_by_part(found: SettingResult, outcome: str) -> str:
    """Predicted and observed share of events, by part of the patients."""
    rows = found.reliability[found.reliability["outcome"] == outcome]
    rows = rows[(rows["n_patients"] >= FEW) | rows["by"].isin([OVERALL, BY_SIZE])]
    lines = [
        [
            part_name(r.by, r.level),
            percent(r.predicted),
            percent(r.observed),
            estimate(r.difference, r.low, r.high, points),
            f"{r.n_patients:,}",
        ]
        for r in lines_of(largest_cohorts(rows))
    ]
    return markdown(["patients", "predicted", "observed", "observed - predicted, % points", "number"], lines)
