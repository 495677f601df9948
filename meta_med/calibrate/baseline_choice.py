"""The chosen baseline: per outcome and support-size stratum, the baseline of least error on tuning subjects.

It is what would be served without learners. The criterion is the metric of the evaluation: mean absolute error in
clinical units, or the Brier score of a binary outcome, over predictions.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from meta_med.calibrate.champion import Tuning
from meta_med.calibrate.gate import SAFE
from meta_med.calibrate.strata import STRATA, stratum_of, with_neighbours
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.enough import needed
from meta_med.episodes.scaling import Scaling
from meta_med.forecast import Forecast, pool, pooled_df
from meta_med.outcomes import OutcomeKind, OutcomeLayout


@dataclass(frozen=True)
class BaselineChoice:
    """B baselines, and the index (D, S) of the one chosen for each of D outcomes and S strata."""

    baselines: tuple[str, ...]
    chosen: Ints
    layout: OutcomeLayout

    def forecast(self, forecasts: Mapping[str, Forecast], own: Ints) -> Forecast:
        """The chosen baselines' forecast of R records with so many own values (R, D) of each outcome."""
        parts = [forecasts[name] for name in self.baselines]
        weights = np.eye(len(parts))[self.chosen]  # (D, S, B)
        # one df per outcome, as for the champion: a forecast must not depend on the other rows of the batch
        df = pooled_df(parts, weights.mean(1).T)
        each = weights[np.arange(len(weights)), stratum_of(own)]  # (R, D, B)
        return pool(parts, each.transpose(2, 0, 1), self.layout, df)


def choose_baselines(
    tuning: Tuning, scaling: Scaling, layout: OutcomeLayout, baselines: Sequence[str]
) -> BaselineChoice:
    """Choose the baseline of least error by outcome and stratum; a safe one where tuning subjects are too few."""
    strata = stratum_of(tuning.own)
    chosen = np.empty((len(layout.outcomes), len(STRATA)), dtype=np.int64)
    for d, kind in enumerate(layout.kinds):
        seen = np.flatnonzero(np.isfinite(tuning.y[:, d]))
        errors = np.stack([_error(tuning, scaling, name, d, kind) for name in baselines], 1)
        stratum = strata[seen, d]
        for s in range(len(STRATA)):
            rows = seen[with_neighbours(stratum, tuning.subject[seen], s)]
            enough = len(np.unique(tuning.subject[rows])) >= needed("compare")
            chosen[d, s] = errors[rows].mean(0).argmin() if enough else _safe(baselines)
    return BaselineChoice(tuple(baselines), chosen, layout)


def _error(tuning: Tuning, scaling: Scaling, name: str, d: int, kind: OutcomeKind) -> Floats:
    """(R,) error in clinical units; infinite where the forecast is not a number."""
    y, mean = tuning.y[:, d], tuning.forecasts[name].mean[:, d]
    error = kind.error(scaling.clinical(y, d), scaling.clinical(mean, d))
    return np.where(np.isfinite(mean), error, np.inf)


def _safe(baselines: Sequence[str]) -> int:
    return next((baselines.index(name) for name in SAFE if name in baselines), 0)
