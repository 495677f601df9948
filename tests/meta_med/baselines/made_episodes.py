"""Episodes of made patients, and the same in another unit or order."""

from dataclasses import replace

import numpy as np

from meta_med.episodes.episode_arrays import Episodes
from meta_med.outcomes import Outcome, OutcomeLayout

LAYOUT = OutcomeLayout.of([Outcome("a"), Outcome("b"), Outcome("c", "binary")])


def made_episodes(n: int, seed: int = 0, support: int = 3, covariates: int = 2) -> Episodes:
    """Two values with a level of each patient's own and an event that follows the first; the last covariate is time."""
    rng = np.random.default_rng(seed)
    shape = (n, support + 1)
    x = rng.normal(size=(*shape, covariates))
    y = 2 * rng.normal(size=(n, 1, 2)) + rng.normal(size=(*shape, 2)) + 0.5 * x[..., :1]
    event = (rng.random((*shape, 1)) < 1 / (1 + np.exp(-y[..., :1]))).astype(float)
    x[rng.random(x.shape) < 0.1] = np.nan
    x[..., -1] = np.cumsum(rng.uniform(0.2, 1.0, shape), 1)
    y = np.concatenate([y, event], 2)
    y[rng.random(y.shape) < 0.1] = np.nan
    time = x[:, :-1, -1] - x[:, -1:, -1]
    absent = np.arange(support) < support - rng.integers(0, support + 1, n)[:, None]
    time[absent], y[:, :-1][absent], x[:, :-1][absent] = np.nan, np.nan, np.nan
    return Episodes(y[:, :-1], x[:, :-1], time, x[:, -1], y[:, -1], rng.integers(0, 2, n), np.arange(n))


def in_unit(
    episodes: Episodes, y: float = 1.0, x: float = 1.0, y_zero: float = 0.0, x_zero: float = 0.0
) -> Episodes:
    """The first outcome and the first covariate told as value * unit + zero."""
    of_y, of_x = np.r_[y, np.ones(episodes.y.shape[1] - 1)], np.r_[x, np.ones(episodes.x.shape[1] - 1)]
    zero_y, zero_x = np.zeros(len(of_y)), np.zeros(len(of_x))
    zero_y[0], zero_x[0] = y_zero, x_zero
    return replace(
        episodes,
        support_y=episodes.support_y * of_y + zero_y,
        y=episodes.y * of_y + zero_y,
        support_x=episodes.support_x * of_x + zero_x,
        x=episodes.x * of_x + zero_x,
    )
