"""Series of made patients."""

import numpy as np

from meta_med.baselines.hierarchical.runs import Runs


def made_runs(
    patients: int = 40,
    records: int = 6,
    cohorts: int = 2,
    apart: float = 0.0,
    seed: int = 0,
    noise: float = 0.4,
) -> Runs:
    """A level of each patient's own, noise, and cohort means that differ by `apart`; one covariate without effect."""
    rng = np.random.default_rng(seed)
    cohort = np.arange(patients) * cohorts // patients
    time = np.cumsum(rng.uniform(0.5, 1.5, (patients, records)), 1)
    y = rng.normal(size=(patients, 1)) + noise * rng.normal(size=time.shape) + apart * cohort[:, None]
    y[rng.random(y.shape) < 0.1] = np.nan
    return Runs(time - time[:, -1:], rng.normal(size=(*time.shape, 2)), y, cohort)


def nobody(runs: Runs) -> Runs:
    return runs.take(np.zeros(0, dtype=int))
