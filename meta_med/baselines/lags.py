"""Hand-made lag features of a support set: what a careful analyst would give a boosting model."""

import numpy as np

from meta_med.baselines.baseline import Episodes
from meta_med.records import Floats


def lag_features(episodes: Episodes) -> Floats:
    """(R, P) features of all outcomes and covariates; NaN where unknown (boosting reads that as a level).

    Per outcome: last value and its age, the one before, mean, spread, smallest, largest, slope, count.
    Per covariate: its value at the query if known ahead, else the last one measured. Also the number of
    records, the age of the newest and the oldest, and the cohort.
    """
    y, t = episodes.support_y, episodes.support_time
    last, age = last_observed(y, t)
    previous, _ = last_observed(_without_last(y), t)
    seen = (~np.isnan(y)).sum(1)
    x_last, _ = last_observed(episodes.support_x, t)
    columns = [
        last, age, previous, *_moments(y, seen), _slope(y, t), seen,
        np.where(np.isnan(episodes.x), x_last, episodes.x),
        episodes.size[:, None], _quiet(np.nanmax, -t)[:, None], _quiet(np.nanmin, -t)[:, None],
        episodes.cohort[:, None],
    ]  # fmt: skip
    return np.concatenate([np.asarray(c, dtype=np.float64) for c in columns], 1)


def query_features(episodes: Episodes) -> Floats:
    """(R, F + 1): covariates known ahead and the cohort; no own record."""
    return np.concatenate([episodes.x, episodes.cohort[:, None].astype(np.float64)], 1)


def last_observed(values: Floats, time: Floats) -> tuple[Floats, Floats]:
    """Newest observed entry of (R, S, P) along S and its age in years; NaN where none."""
    if values.shape[1] == 0:
        nothing = np.full((values.shape[0], values.shape[2]), np.nan)
        return nothing, nothing
    seen = ~np.isnan(values)
    newest = values.shape[1] - 1 - seen[:, ::-1].argmax(1)
    known = seen.any(1)
    value = np.take_along_axis(values, newest[:, None], 1)[:, 0]
    age = -np.take_along_axis(time, newest, 1)
    return np.where(known, value, np.nan), np.where(known, age, np.nan)


def _without_last(values: Floats) -> Floats:
    seen = ~np.isnan(values)
    from_the_end = np.cumsum(seen[:, ::-1], 1)[:, ::-1]
    return np.where(seen & (from_the_end == 1), np.nan, values)


def _moments(y: Floats, seen: np.ndarray) -> list[Floats]:
    mean = np.where(seen > 0, np.nansum(y, 1) / np.maximum(seen, 1), np.nan)
    variance = np.nansum((y - mean[:, None]) ** 2, 1) / np.maximum(seen - 1, 1)
    spread = np.where(seen > 1, np.sqrt(variance), np.nan)
    return [mean, spread, _quiet(np.nanmin, y), _quiet(np.nanmax, y)]


def _slope(y: Floats, t: Floats) -> Floats:
    """Least-squares slope a year of each outcome; NaN with fewer than two values."""
    seen = ~np.isnan(y)
    weight = seen.astype(np.float64)
    time = np.nan_to_num(t)[:, :, None]
    value = np.nan_to_num(y)
    n = weight.sum(1)
    mean_t = (weight * time).sum(1) / np.maximum(n, 1)
    mean_y = (weight * value).sum(1) / np.maximum(n, 1)
    centred = (time - mean_t[:, None]) * weight
    square = (centred**2).sum(1)
    return np.where(
        (n > 1) & (square > 1e-8),
        (centred * (value - mean_y[:, None])).sum(1) / np.maximum(square, 1e-8),
        np.nan,
    )


def _quiet(function: object, values: Floats) -> Floats:
    """A nan-aware reduction over axis 1 that gives NaN, silently, where there is nothing."""
    fill = np.inf if function is np.nanmin else -np.inf
    filled = np.where(np.isnan(values), fill, values)
    reduced = filled.min(1, initial=np.inf) if function is np.nanmin else filled.max(1, initial=-np.inf)
    return np.where(np.isfinite(reduced), reduced, np.nan)
