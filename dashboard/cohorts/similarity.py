"""Which cohorts are alike: distances between the mean newest values of all outcomes, and a map that keeps them.

A distance is the root mean square, over outcomes, of the difference of two cohorts' means in standard deviations over
all patients; an outcome on a logarithmic scale is compared by its logarithm.
"""

from collections.abc import Mapping

import numpy as np
import pandas as pd

from meta_med.published.release import LEAST_PATIENTS


def profiles(newest: pd.DataFrame, scales: Mapping[str, str]) -> pd.DataFrame:
    """Cohorts by outcomes: means in standard deviations; missing where fewer than `LEAST_PATIENTS` have a value.

    Args:
        newest: each patient's newest value of each outcome: outcome, cohort, value.
        scales: outcome -> "log" or "identity", of the outcomes to compare.

    """
    kept = newest[newest["outcome"].isin(list(scales))]
    log = kept["outcome"].map(scales) == "log"
    kept = kept[~log | (kept["value"] > 0)]
    value = kept["value"].where(~log, np.log(kept["value"].where(log, 1.0)))
    by_outcome = value.groupby(kept["outcome"])
    spread = by_outcome.transform("std")
    standard = ((value - by_outcome.transform("mean")) / spread).where(spread > 0)
    found = standard.groupby([kept["cohort"], kept["outcome"]]).agg(["mean", "count"])
    enough = found["mean"].where(found["count"] >= LEAST_PATIENTS)
    return enough.unstack("outcome").dropna(how="all").dropna(how="all", axis="columns")


def distances(means: pd.DataFrame) -> pd.DataFrame:
    """Cohorts by cohorts, over the outcomes that both have; cohorts that cannot be compared are left out."""
    table = means.to_numpy(dtype=float)
    with np.errstate(invalid="ignore"):
        squares = (table[:, None] - table[None]) ** 2
        shared = ~np.isnan(squares)
        far = np.sqrt(np.where(shared, squares, 0.0).sum(-1) / shared.sum(-1))
    found = pd.DataFrame(far, index=list(means.index), columns=list(means.index))
    while found.isna().any(axis=None):
        worst = found.isna().sum().idxmax()
        found = found.drop(index=worst, columns=worst)
    return found


def places(far: pd.DataFrame) -> pd.DataFrame:
    """Where each cohort stands on a map: cohort, x, y (classical multidimensional scaling, in standard deviations)."""
    n = len(far)
    centre = np.eye(n) - 1 / n
    values, vectors = np.linalg.eigh(-0.5 * centre @ (far.to_numpy() ** 2) @ centre)
    order = np.argsort(values)[::-1][:2]
    at = vectors[:, order] * np.sqrt(np.maximum(values[order], 0.0))
    # a direction has no sign; the cohort farthest out is drawn to the right and to the top
    at *= np.where(at[np.abs(at).argmax(0), np.arange(at.shape[1])] < 0, -1.0, 1.0)
    return pd.DataFrame({"cohort": list(far.index), "x": at[:, 0], "y": at[:, 1]})


def nearest(far: pd.DataFrame, cohort: str) -> pd.Series:
    """The other cohorts by their distance to one, the nearest first."""
    return far[cohort].drop(cohort).sort_values(kind="stable")
