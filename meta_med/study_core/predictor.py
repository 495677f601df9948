"""The study-in-context core as a predictor of a study: training series as its context, nothing is fitted to them."""

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, Self

import numpy as np
import torch
from torch import Tensor

from meta_med.baselines.baseline import Baseline
from meta_med.baselines.heads import without_prefix
from meta_med.baselines.hierarchical.runs import Runs, lent_runs, training_runs
from meta_med.baselines.own_values import ShrunkMean
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.episodes.episode_arrays import Arrays, Episodes
from meta_med.forecast import NORMAL, Forecast
from meta_med.outcomes import OutcomeLayout
from meta_med.prediction import MIN_SCALE
from meta_med.study_core import weights
from meta_med.study_core.core import StudyCore
from meta_med.study_core.distribution import RepeatMixture
from meta_med.study_core.study import Series, StudyInContext

LENDERS = 48  # of each cohort
INTERVAL = (0.05, 0.95)  # that the forecast's scale reproduces
NORMAL_95 = 1.6448536269514722
ANYBODY = -1  # the context of cohorts that nobody lends to: lenders of all cohorts


class StudyCorePredictor(Baseline):
    """Continuous outcomes by the pretrained core; binary ones have the shrunk mean of own values.

    A cohort's context is up to LENDERS series of its training patients, or what its lenders lend where it was left out
    of training.
    """

    def __init__(self, layout: OutcomeLayout, core: StudyCore | None = None) -> None:
        super().__init__(layout)
        self.core = core
        self.rates = ShrunkMean(layout)
        self.lenders: dict[int, Runs] = {}

    def fit(self, episodes: Episodes) -> Self:
        """Keep the lenders of each cohort."""
        self.rates.fit(episodes)
        runs = training_runs(episodes, LENDERS * max(len(np.unique(episodes.cohort)), 1) * 4)
        self.lenders = {int(c): runs.take(runs.cohort == c).evenly(LENDERS) for c in np.unique(runs.cohort)}
        everybody = Runs(runs.time, runs.x, runs.y, np.zeros(len(runs), dtype=np.int64))
        self.lenders[ANYBODY] = everybody.evenly(LENDERS)
        return self

    def centre(self, episodes: Episodes) -> Floats:
        """Medians; rates of binary outcomes."""
        return self.forecast(episodes).mean

    def forecast(self, episodes: Episodes) -> Forecast:
        """The median, with the scale of the 90 % interval."""
        shape = episodes.y.shape
        mean, scale = np.full(shape, np.nan), np.full(shape, np.nan)
        places = np.array(self.layout.scaled, dtype=np.int64)
        for cohort in np.unique(episodes.cohort):
            rows = np.flatnonzero(episodes.cohort == cohort)
            found = self._mixture(episodes.take(rows), self._lending(episodes, int(cohort)))
            low, middle, high = (_array(found.quantile(p)) for p in (INTERVAL[0], 0.5, INTERVAL[1]))
            mean[np.ix_(rows, places)] = middle
            scale[np.ix_(rows, places)] = np.maximum((high - low) / (2 * NORMAL_95), MIN_SCALE)
        unscaled = list(self.layout.unscaled)
        if unscaled:
            mean[:, unscaled] = self.rates.centre(episodes)[:, unscaled]
        return Forecast(mean, scale, np.full(shape[1], NORMAL))

    def _lending(self, episodes: Episodes, cohort: int) -> Runs:
        if cohort in self.lenders:
            return self.lenders[cohort]
        lent = lent_runs(episodes, cohort)
        return lent if len(lent) else self.lenders[ANYBODY]

    def _mixture(self, episodes: Episodes, lenders: Runs) -> RepeatMixture:
        core = self.core or weights.load()
        places = list(self.layout.scaled)
        lent = _series(lenders.time, lenders.y[..., places], lenders.x)
        own = _series(episodes.support_time, episodes.support_y[..., places], episodes.support_x)
        asked = StudyInContext(lent, own, torch.zeros(1, len(episodes.y)), _tensor(episodes.x)[None])
        found = core.predict(asked)
        return RepeatMixture(*(getattr(found, f.name)[0] for f in fields(RepeatMixture)))

    def fit_scale(self, episodes: Episodes, folds: int = 5) -> Self:
        """Nothing: the spread is the mixture's own."""
        del episodes, folds
        return self

    def state(self) -> tuple[dict[str, np.ndarray], dict[str, Any]]:
        """The lenders' series, and the rates of binary outcomes."""
        arrays = {f"rates.{k}": v for k, v in self.rates.state()[0].items()}
        for cohort, runs in self.lenders.items():
            arrays |= {f"{cohort}.{name}": value for name, value in vars(runs).items()}
        return arrays, {"cohorts": sorted(self.lenders)}

    def restore(self, arrays: Arrays, facts: Mapping[str, Any]) -> Self:
        """Load a saved state."""
        self.rates.restore(without_prefix(arrays, "rates."), {})
        self.lenders = {c: Runs(**without_prefix(arrays, f"{c}.")) for c in facts["cohorts"]}
        return self


def _series(time: Floats, y: Floats, x: Floats) -> Series:
    return Series(*(_tensor(part)[None] for part in (time, y, x)))


def _tensor(values: Floats | Ints) -> Tensor:
    return torch.as_tensor(np.asarray(values, dtype=np.float32))


def _array(values: Tensor) -> Floats:
    return values.double().numpy()
