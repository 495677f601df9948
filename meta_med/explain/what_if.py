"""What is predicted for other values of covariates that the study marks `modifiable`: an association, not an effect.

Only the predicted record has the other value; the patient's own records stay as they were.
"""

from dataclasses import replace

import numpy as np
import pandas as pd

from meta_med.cohorts.record_table import Floats, Ints
from meta_med.explain.variants import Predictor
from meta_med.explain.width import as_they_are
from meta_med.serving.adapt import Serving
from meta_med.serving.guards import Ranges
from meta_med.study import CovariateSpec

STEPS = 5
"""Values of a number, from the smallest to the largest of training patients."""
COLUMNS = (
    "subject_id", "outcome", "covariate", "position", "value", "current", "mean", "lower_90", "upper_90", "probability",
)  # fmt: skip


def what_if(serving: Serving, places: Ints, ranges: Ranges, predictor: Predictor) -> pd.DataFrame:
    """Rows of the published `what_if` table; none where no covariate is modifiable.

    Args:
        serving: the predicted records of all current patients; places: (P,) which of them.
        ranges: the training ranges; predictor: the champion.

    """
    parts = [
        _of_covariate(serving, places, ranges, predictor, c)
        for c in serving.prepared.study.covariates
        if c.modifiable and len(places)
    ]
    found = [part for part in parts if part is not None]
    if not found:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = pd.concat(found, ignore_index=True)
    return rows.sort_values(["subject_id", "outcome", "covariate", "position"], ignore_index=True)[
        list(COLUMNS)
    ]


def _of_covariate(
    serving: Serving, places: Ints, ranges: Ranges, predictor: Predictor, covariate: CovariateSpec
) -> pd.DataFrame | None:
    table, outcomes = serving.prepared.table, serving.prepared.layout.outcomes
    columns = [i for i, n in enumerate(table.covariates) if n.partition("=")[0] == covariate.name]
    values, names = _values(columns, table.covariates, ranges)
    if len(values) < 2:
        return None
    each = np.repeat(places, len(values))
    whole = as_they_are(serving, each)
    x = whole.x.copy()
    now = x[whole.predicted[:, None], columns]
    asked = np.tile(values, (len(places), 1))
    x[whole.predicted[:, None], columns] = asked
    told = predictor.told(serving, replace(whole, x=x, own=frozenset({covariate.name})))
    kinds = serving.prepared.layout.kinds
    chance = np.asarray([kind.published_in == "probability" for kind in kinds])
    m, d = told.centre.shape
    return pd.DataFrame(
        {
            "subject_id": np.repeat(table.subject_ids[serving.subject[each]].astype(str), d),
            "outcome": np.tile([o.name for o in outcomes], m),
            "covariate": covariate.name,
            "position": np.repeat(np.tile(np.arange(len(values)), len(places)), d),
            "value": np.repeat(np.tile(names, len(places)), d),
            "current": np.repeat((now == asked).all(1).astype(np.int64), d),
            "mean": np.where(chance, np.nan, told.centre).ravel(),
            "lower_90": told.lower.ravel(),
            "upper_90": told.upper.ravel(),
            "probability": np.where(chance, told.centre, np.nan).ravel(),
        }
    )


def _values(columns: list[int], covariates: tuple[str, ...], ranges: Ranges) -> tuple[Floats, list[str]]:
    """(V, columns) values that are asked about, and how each is called."""
    if not columns:
        return np.zeros((0, 0)), []
    if ranges.level[columns].all():
        known = [i for i, column in enumerate(columns) if ranges.known[column]]
        return np.eye(len(columns))[known], [covariates[columns[i]].partition("=")[2] for i in known]
    (column,) = columns
    grid = np.linspace(ranges.low[column], ranges.high[column], STEPS)
    if not np.isfinite(grid).all() or grid[0] == grid[-1]:
        return np.zeros((0, 1)), []
    grid = np.exp(grid) if ranges.log[column] else grid
    return grid[:, None], [f"{value:.4g}" for value in grid]
