"""The baseline that somebody without learners would serve: the one that erred least on tuning subjects.

Chosen by the very figure it is judged by: absolute error in clinical units, Brier score of a yes-or-no outcome, as a
mean over predictions; by outcome and support-size stratum, on tuning subjects only.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from meta_med.calibrate.champion import SAFE, Tuning
from meta_med.calibrate.strata import STRATA, stratum_of, with_neighbours
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.enough import needed
from meta_med.episodes.scaling import Scaling
from meta_med.forecast import Forecast, pool, pooled_df
from meta_med.outcomes import OutcomeKind, OutcomeLayout


@dataclass(frozen=True)
class BaselineChoice:
    """Who is served: B baselines and, by outcome of the layout and stratum, which of them, (D, S)."""

    baselines: tuple[str, ...]
    chosen: Ints
    layout: OutcomeLayout

    def forecast(self, forecasts: Mapping[str, Forecast], size: Ints) -> Forecast:
        """What the chosen ones say of R records of these support sizes (R,)."""
        parts = [forecasts[name] for name in self.baselines]
        weights = np.eye(len(parts))[self.chosen]  # (D, S, B)
        # one shape for all rows of an outcome, as of the champion: who else is predicted changes nothing
        df = pooled_df(parts, weights.mean(1).T)
        return pool(parts, weights[:, stratum_of(size)].transpose(2, 1, 0), self.layout, df)


def choose_baselines(
    tuning: Tuning, scaling: Scaling, layout: OutcomeLayout, baselines: Sequence[str]
) -> BaselineChoice:
    """The baseline of least error by outcome and stratum."""
    stratum = stratum_of(tuning.size)
    chosen = np.empty((len(layout.outcomes), len(STRATA)), dtype=np.int64)
    for d, kind in enumerate(layout.kinds):
        seen = np.flatnonzero(np.isfinite(tuning.y[:, d]))
        errors = np.stack([_error(tuning, scaling, name, d, kind) for name in baselines], 1)
        for s in range(len(STRATA)):
            rows = seen[with_neighbours(stratum[seen], tuning.subject[seen], s)]
            enough = len(np.unique(tuning.subject[rows])) >= needed("compare")
            chosen[d, s] = errors[rows].mean(0).argmin() if enough else _safe(baselines)
    return BaselineChoice(tuple(baselines), chosen, layout)


def _error(tuning: Tuning, scaling: Scaling, name: str, d: int, kind: OutcomeKind) -> Floats:
    """(R,) what is judged; a forecast that is no number errs without bound."""
    y, said = tuning.y[:, d], tuning.forecasts[name].mean[:, d]
    error = kind.error(scaling.clinical(y, d), scaling.clinical(said, d))
    return np.where(np.isfinite(said), error, np.inf)


def _safe(baselines: Sequence[str]) -> int:
    return next((baselines.index(name) for name in SAFE if name in baselines), 0)
