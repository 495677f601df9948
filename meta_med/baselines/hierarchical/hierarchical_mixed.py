"""Bayesian averaging over course models as a baseline."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Self

import numpy as np
from scipy import stats
from scipy.special import ndtri

from meta_med.baselines.baseline import Baseline
from meta_med.baselines.heads import without_prefix
from meta_med.baselines.hierarchical.group_model import GroupModel
from meta_med.baselines.hierarchical.outcome_model import OutcomeModel
from meta_med.baselines.hierarchical.runs import lent_runs, training_runs
from meta_med.baselines.hierarchical.saving import arrays_of, facts_of, outcome_model
from meta_med.baselines.own_values import ShrunkMean
from meta_med.cohorts.record_table import Floats
from meta_med.episodes.episode_arrays import Arrays, Episodes
from meta_med.forecast import NORMAL, Forecast
from meta_med.moments import moments, spread_or_size
from meta_med.outcomes import OutcomeLayout
from meta_med.prediction import MIN_SCALE

RUNS = 4000  # of training subjects
INTERVAL = (0.05, 0.95)  # the interval that the forecast's scale reproduces
Lent = Mapping[int, Mapping[int, GroupModel]]


class HierarchicalMixed(Baseline):
    """For each continuous outcome a mixture of course models, weighted by what cohorts' series and own records say.

    Hyperparameters are averaged over (Hoeting et al. 1999), not estimated, so that five lenders' series suffice in a
    cohort outside of training. Cohorts have courses of their own where the marginal likelihood of the training series
    prefers it, else they share them and differ in their means. Binary outcomes have the shrunk mean of own values.

    A forecast's centre is the mixture's median, and its scale has the mixture's 90 % interval; `quantiles` are exact.
    """

    def __init__(self, layout: OutcomeLayout) -> None:
        super().__init__(layout)
        self.models: dict[int, OutcomeModel] = {}
        self.rates = ShrunkMean(layout)
        self.y_mean: Floats = np.zeros(len(layout.outcomes))
        self.y_sd: Floats = np.ones(len(layout.outcomes))

    def fit(self, episodes: Episodes) -> Self:
        """Fit each outcome on the training subjects' series."""
        self.y_mean, self.y_sd = moments(episodes.y)[0], spread_or_size(episodes.y)
        self.rates.fit(episodes)
        episodes = self._standardised(episodes)
        columns = np.flatnonzero(~np.isnan(episodes.x).all(0))
        runs = training_runs(episodes, RUNS)
        for d in self.layout.scaled:
            own = runs.of_outcome(d)
            if len(own):
                self.models[d] = OutcomeModel.fit(own, episodes, d, columns, seed=d)
        return self

    def centre(self, episodes: Episodes) -> Floats:
        """Medians; rates of binary outcomes."""
        return self.forecast(episodes).mean

    def forecast(self, episodes: Episodes) -> Forecast:
        """The median, with the scale of the 90 % interval."""
        found = self.quantiles(episodes, (INTERVAL[0], 0.5, INTERVAL[1]))
        df = np.array([self.models[d].df if d in self.models else NORMAL for d in range(episodes.y.shape[1])])
        scale = (found[..., 2] - found[..., 0]) / (2 * stats.t.ppf(INTERVAL[1], df))
        mean = found[..., 1].copy()
        scale = np.maximum(scale, MIN_SCALE * self.y_sd)
        scale[:, list(self.layout.unscaled)] = np.nan
        if self.layout.unscaled:
            places = list(self.layout.unscaled)
            mean[:, places] = self.rates.centre(episodes)[:, places]
        return Forecast(mean, scale, df)

    def quantiles(self, episodes: Episodes, p: Sequence[float], lent: Lent | None = None) -> Floats:
        """(R, D, P) quantiles of the mixtures, NaN for outcomes without a scale.

        Args:
            episodes: who is predicted; p: probabilities; lent: `conditioned` on the contexts, if that was done before.

        """
        lent = self.conditioned(episodes) if lent is None else lent
        out = np.full((*episodes.y.shape, len(p)), np.nan)
        out[:, list(self.layout.scaled)] = ndtri(p)  # of an outcome that training subjects lack
        scaled = self._standardised(episodes)
        for d, model in self.models.items():
            out[:, d] = model.quantiles(scaled, p, lent[d])
        return out * self.y_sd[:, None] + self.y_mean[:, None]

    def conditioned(self, episodes: Episodes) -> Lent:
        """Outcome -> cohort outside training -> its group, given the series of its lenders."""
        scaled, found = self._standardised(episodes), {}
        for d, model in self.models.items():
            new = [int(c) for c in np.unique(episodes.cohort) if not model.knows(int(c))]
            found[d] = {c: model.conditioned(lent_runs(scaled, c).of_outcome(d)) for c in new}
        return found

    def fit_scale(self, episodes: Episodes, folds: int = 5) -> Self:
        """Nothing: the spread is the mixture's own."""
        del episodes, folds
        return self

    def _standardised(self, episodes: Episodes) -> Episodes:
        """Outcomes in units of the training episodes."""
        scaled = {
            name: (getattr(episodes, name) - self.y_mean) / self.y_sd
            for name in ("support_y", "y", "context_y")
            if getattr(episodes, name).size
        }
        return replace(episodes, **scaled)

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """Arrays and facts by outcome, and the rates of binary outcomes."""
        arrays = {"y_mean": self.y_mean, "y_sd": self.y_sd}
        arrays |= {f"rates.{k}": v for k, v in self.rates.state()[0].items()}
        for d, model in self.models.items():
            arrays |= {f"{d}.{k}": v for k, v in arrays_of(model).items()}
        return arrays, {str(d): facts_of(model) for d, model in self.models.items()}

    def restore(self, arrays: Arrays, facts: Mapping[str, Any]) -> Self:
        """Load a saved state."""
        self.y_mean, self.y_sd = arrays["y_mean"], arrays["y_sd"]
        self.rates.restore(without_prefix(arrays, "rates."), {})
        self.models = {
            int(d): outcome_model(int(d), without_prefix(arrays, f"{d}."), own) for d, own in facts.items()
        }
        return self
