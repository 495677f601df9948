"""Mixed models of single cohorts, beside the common one, where cohorts differ in more than their level.

Where each cohort measures another thing under one name (`standardise: cohort`), no variance or effect is the same in
all. Training patients decide: a model of the cohort's own is used where its AIC is smaller than the common model's on
the same records. No option has to say what cohorts measure, and cohorts that only differ in level keep the common
model.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace

import numpy as np

from meta_med.baselines.mixed.serial import SerialFit, aic
from meta_med.baselines.mixed.serial_likelihood import Windows
from meta_med.cohorts.record_table import Ints
from meta_med.episodes.episode_arrays import Arrays, Episodes

LEAST = 30  # training patients with the outcome below whom a cohort has the common model
DECISIVE = (
    10.0  # difference in AIC from which the worse model has hardly any support (Burnham and Anderson 2002)
)
NUMBERS = tuple(f.name for f in fields(SerialFit) if f.name != "beta")


@dataclass(frozen=True)
class CohortFits:
    """One outcome's models.

    Attributes:
        common: of all cohorts, and of those outside training; own: index of a cohort -> its own model.

    """

    common: SerialFit
    own: Mapping[int, SerialFit] = field(default_factory=dict)

    def of_rows(self, cohort: Ints) -> Iterator[tuple[SerialFit, Ints]]:
        """Each model that these episodes (R,) need, and their rows."""
        model = np.where(np.isin(cohort, list(self.own)), cohort, -1)
        for code in np.unique(model).tolist():
            yield self.own.get(code, self.common), np.flatnonzero(model == code)

    def refitted(self, runs: Windows, refit: Callable[[Windows, SerialFit], SerialFit]) -> "CohortFits":
        """The same variances, with coefficients of other runs; a cohort without any of them has the common model."""
        parts = {code: _alone(_runs_of(runs, code)) for code in self.own}
        own = {code: refit(part, self.own[code]) for code, part in parts.items() if len(part.y)}
        return CohortFits(refit(runs, self.common), own)

    def state(self, prefix: str) -> dict[str, np.ndarray]:
        """Arrays of the saved state; the common model is the first row."""
        every = [self.common, *self.own.values()]
        return {
            f"{prefix}cohort": np.asarray([-1, *self.own], dtype=np.int64),
            f"{prefix}beta": np.stack([fit.beta for fit in every]),
            f"{prefix}numbers": np.asarray([[getattr(fit, name) for name in NUMBERS] for fit in every]),
        }

    @classmethod
    def restore(cls, arrays: Arrays, prefix: str) -> "CohortFits":
        """Rebuild from `state`."""
        cohort, beta, numbers = (arrays[f"{prefix}{name}"] for name in ("cohort", "beta", "numbers"))
        fits = [
            SerialFit(beta=b, **dict(zip(NUMBERS, row.tolist(), strict=True)))
            for b, row in zip(beta, numbers, strict=True)
        ]
        return cls(fits[0], dict(zip(cohort[1:].tolist(), fits[1:], strict=True)))


def fit_by_cohort(runs: Windows, patients: Ints, fit: Callable[[Windows], SerialFit]) -> CohortFits:
    """The common model, and those of cohorts with enough patients where models of their own have the smaller AIC.

    The sum over these cohorts decides first: of many that differ in nothing, a few have a smaller AIC by chance.

    Args:
        runs: of one outcome; patients: (c,) training patients of each cohort with the outcome; fit: fits a model.

    """
    common, own, gain = fit(runs), {}, {}
    for code in np.flatnonzero(patients >= LEAST).tolist() if np.count_nonzero(patients) > 1 else []:
        part = _runs_of(runs, code)
        own[code] = fit(_alone(part))
        gain[code] = aic(part, common, of_these=False) - aic(part, own[code], of_these=True)
    if sum(gain.values()) <= DECISIVE:
        return CohortFits(common)
    return CohortFits(common, {code: own[code] for code in own if gain[code] > 0})


def patients_by_cohort(episodes: Episodes, n_cohorts: int) -> Ints:
    """(c, D) subjects of each cohort with a value of the outcome among the predicted records."""
    out = np.zeros((n_cohorts, episodes.y.shape[1]), dtype=np.int64)
    for d in range(episodes.y.shape[1]):
        seen = ~np.isnan(episodes.y[:, d])
        pairs = np.unique(np.stack([episodes.cohort[seen], episodes.subject[seen]]), axis=1)
        out[:, d] = np.bincount(pairs[0], minlength=n_cohorts)
    return out


def _runs_of(runs: Windows, code: int) -> Windows:
    return runs.take(np.flatnonzero(runs.member[:, code] > 0))


def _alone(runs: Windows) -> Windows:
    """Without dummies of cohorts: the intercept is the cohort's level."""
    return replace(runs, member=np.zeros_like(runs.member))
