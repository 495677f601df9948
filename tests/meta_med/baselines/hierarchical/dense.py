"""The course model by the textbook: one patient, one model, dense covariance matrices."""

import numpy as np

from meta_med.baselines.hierarchical.courses import Courses, Latent


def courses(n: int = 6, seed: int = 0) -> Courses:
    return Latent.draw(n, np.random.default_rng(seed)).courses()


def covariance(model: Courses, m: int, time: np.ndarray, mean_variance: float = 0.0) -> np.ndarray:
    """Of records at these times since the first one, with noise."""
    apart = np.abs(time[:, None] - time)
    smooth = (
        model.level[m]
        + mean_variance
        + model.slope[m] * time[:, None] * time
        + model.slow[m] * np.exp(-apart / model.slow_time[m])
        + model.fast[m] * np.exp(-apart / model.fast_time[m])
    )
    return smooth + model.noise[m] * np.eye(len(time))


def series(patients: int = 7, records: int = 6, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """Times and values (B, N): irregular, with missing values and with patients who have none."""
    rng = np.random.default_rng(seed)
    time = np.cumsum(rng.uniform(0.2, 2.5, (patients, records)), 1)
    y = rng.normal(size=(patients, 1)) + rng.normal(size=(patients, records))
    y[rng.random(y.shape) < 0.25] = np.nan
    y[0] = np.nan
    y[1, 1:] = np.nan
    return time, y
