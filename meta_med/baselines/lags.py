"""Hand-made lag features of a support set for a boosting model."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from meta_med.cohorts.record_table import Floats
from meta_med.episodes.episode_arrays import Episodes

OWN = (
    "last", "age", "previous", "gap", "mean", "recent", "deviation", "change", "spread", "smallest", "largest",
    "slope", "seen",
)  # fmt: skip
OF_OTHERS = ("last", "recent", "deviation")
FARTHEST = 3.0  # maximum extrapolation of `trend`, in newest gaps
STEEPEST = 1.0  # maximum change by `trend`, in standard deviations of the outcome in training
AT_ONCE = 1e-8  # squared years: values within an hour have no slope
KEEP = 0.6  # weight of each observed value relative to the next newer one, in "recent"


@dataclass(frozen=True)
class Lags:
    """Lag features; NaN where unknown, which boosting handles as missing.

    Attributes:
        own: (R, D, len(OWN)) by outcome: last value and its age, the one before and the years between, mean,
            exponentially weighted mean, last minus mean, last minus previous, standard deviation, smallest, largest,
            slope per year, count. Ages are log(1 + years).
        shared: (R, P) covariates (as known at the query, else as last measured), number of records, ages of the
            newest and the oldest.

    """

    own: Floats
    shared: Floats

    def of(self, outcome: int, of_others: Sequence[str] = OF_OTHERS) -> Floats:
        """(R, len(OWN) + ...) all lags of this outcome, the named ones of the others, and the shared ones."""
        others = np.delete(np.arange(self.own.shape[1]), outcome)
        main = self.own[:, others][:, :, [OWN.index(name) for name in of_others]]
        return np.concatenate([self.own[:, outcome], main.reshape(len(main), -1), self.shared], 1)

    def named(self, name: str) -> Floats:
        """(R, D) one of OWN."""
        return np.asarray(self.own[:, :, OWN.index(name)])


def lags_of(episodes: Episodes) -> Lags:
    """The lag features of all outcomes and covariates."""
    y, t = episodes.support_y, episodes.support_time
    last, age = last_observed(y, t)
    previous, age_previous = last_observed(_without_last(y), t)
    seen = (~np.isnan(y)).sum(1)
    mean, *rest = _moments(y, seen)
    own = [
        last, np.log1p(age), previous, np.log1p(age_previous - age), mean, _recent(y), last - mean, last - previous,
        *rest, _slope(y, t), seen,
    ]  # fmt: skip
    x_last, _ = last_observed(episodes.support_x, t)
    shared = [
        np.where(np.isnan(episodes.x), x_last, episodes.x),
        episodes.size[:, None],
        np.log1p(_quiet(np.nanmin, -t))[:, None],
        np.log1p(_quiet(np.nanmax, -t))[:, None],
    ]
    return Lags(np.stack([np.asarray(c, dtype=np.float64) for c in own], 2), np.concatenate(shared, 1))


def trend(lags: Lags, unit: Floats | float = 1.0) -> Floats:
    """(R, D) linear extrapolation of the newest two values to the query; NaN with fewer than two.

    It extrapolates at most FARTHEST times their gap and adds at most STEEPEST units (D,) of the outcome, because two
    values close in time predict little.
    """
    ahead, gap = np.expm1(lags.named("age")), np.expm1(lags.named("gap"))
    with np.errstate(invalid="ignore", divide="ignore"):
        farther = np.where(ahead < FARTHEST * gap, ahead / gap, FARTHEST)
    most = STEEPEST * unit
    return np.asarray(lags.named("last") + (lags.named("change") * farther).clip(-most, most))


def _recent(y: Floats) -> Floats:
    """Exponentially weighted mean of the observed values: each has KEEP times the weight of the next newer one."""
    seen = ~np.isnan(y)
    newer = np.cumsum(seen[:, ::-1], 1)[:, ::-1] - 1
    weight = np.where(seen, KEEP**newer, 0.0)
    total = weight.sum(1)
    return np.where(total > 0, (weight * np.nan_to_num(y)).sum(1) / np.where(total > 0, total, 1.0), np.nan)


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
    """Least-squares slope per year of each outcome; NaN with fewer than two values."""
    seen = ~np.isnan(y)
    weight = seen.astype(np.float64)
    time = np.nan_to_num(t)[:, :, None]
    value = np.nan_to_num(y)
    n = weight.sum(1)
    mean_t = (weight * time).sum(1) / np.maximum(n, 1)
    mean_y = (weight * value).sum(1) / np.maximum(n, 1)
    centred = (time - mean_t[:, None]) * weight
    square = (centred**2).sum(1)
    some = square > AT_ONCE
    return np.where(
        (n > 1) & some,
        (centred * (value - mean_y[:, None])).sum(1) / np.where(some, square, 1.0),
        np.nan,
    )


def _quiet(function: object, values: Floats) -> Floats:
    """`nanmin` or `nanmax` over axis 1 without warnings; NaN where there is no value."""
    fill = np.inf if function is np.nanmin else -np.inf
    filled = np.where(np.isnan(values), fill, values)
    reduced = filled.min(1, initial=np.inf) if function is np.nanmin else filled.max(1, initial=-np.inf)
    return np.where(np.isfinite(reduced), reduced, np.nan)
