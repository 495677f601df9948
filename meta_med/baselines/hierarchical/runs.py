"""Whole series of patients: a training subject's own records, and what lenders of a cohort lend.

`series_of_cohorts` is the one place that reads a context.
"""

from dataclasses import dataclass

import numpy as np

from meta_med.baselines.mixed.serial import append_query, series_of
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.episodes.episode_arrays import Episodes


@dataclass(frozen=True)
class Runs:
    """Records of L series, oldest first.

    Attributes:
        time (L, N), x (L, N, F), y (L, N, ...): NaN where missing or absent; cohort (L,) the study's index.

    """

    time: Floats
    x: Floats
    y: Floats
    cohort: Ints

    def __len__(self) -> int:
        """L."""
        return len(self.cohort)

    def take(self, index: np.ndarray) -> "Runs":
        """A selection of the series."""
        return Runs(self.time[index], self.x[index], self.y[index], self.cohort[index])

    def of_outcome(self, d: int) -> "Runs":
        """The series with this outcome only, y (L, N), without those that lack it."""
        some = np.asarray(~np.isnan(self.y[..., d]).all(1))
        return Runs(self.time, self.x, self.y[..., d], self.cohort).take(some)

    def evenly(self, per_cohort: int) -> "Runs":
        """At most so many series of each cohort, evenly spread."""
        count = np.bincount(self.cohort)
        order = np.argsort(self.cohort, kind="stable")
        place = np.arange(len(order)) - np.repeat(np.cumsum(count) - count, count)
        n = np.maximum(count[self.cohort[order]], 1)
        kept = np.minimum(per_cohort, n)
        return self.take(np.sort(order[(place + 1) * kept // n > place * kept // n]))


def training_runs(episodes: Episodes, most: int) -> Runs:
    """The training subjects' series, sorted by cohort and subject; about `most` of them, or all if fewer."""
    chosen = series_of(episodes, runs=most)
    chosen = chosen[np.lexsort((episodes.size[chosen], episodes.subject[chosen], episodes.cohort[chosen]))]
    runs = episodes.take(chosen)
    time = append_query(runs.support_time, np.zeros(len(runs.y)))
    return Runs(time, append_query(runs.support_x, runs.x), append_query(runs.support_y, runs.y), runs.cohort)


def series_of_cohorts(episodes: Episodes) -> tuple[Floats, Floats, Floats]:
    """The series that each cohort's lenders lend: L lenders with room for N records in each of K cohorts.

    Returns:
        time (K, L, N), x (K, L, N, F), y (K, L, N, D), NaN where there is no record. Records without times count as
        made at one time.

    """
    x, y = episodes.context_x, episodes.context_y
    present = np.asarray(~np.isnan(y).all(-1))
    time = episodes.context_time if episodes.context_time.size else np.where(present, 0.0, np.nan)
    return episodes.by_lender(time), episodes.by_lender(x), episodes.by_lender(y)


def lent_runs(episodes: Episodes, cohort: int) -> Runs:
    """What the lenders of one cohort lend; without any series for a cohort outside of the context."""
    if not episodes.context_y.size or cohort >= len(episodes.context_y):
        shape = (0, 0)
        x, y = np.zeros((*shape, episodes.x.shape[1])), np.zeros((*shape, episodes.y.shape[1]))
        return Runs(np.zeros(shape), x, y, np.zeros(0, dtype=np.int64))
    time, x, y = (part[cohort] for part in series_of_cohorts(episodes))
    some = np.asarray(~np.isnan(y).all((1, 2)))
    return Runs(time[some], x[some], y[some], np.full(int(some.sum()), cohort))
