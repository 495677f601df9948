"""Runs of a subject's records, cut from episodes: what models of whole series are fitted to."""

import numpy as np

from meta_med.baselines.baseline import Episodes
from meta_med.records import Floats, Ints

MOST = 600  # runs in all: the covariance of an outcome is well known from these
ALL = 20_000  # coefficients of many covariates are not: they are told by all runs, or by so many


def series_of(episodes: Episodes, most: int = MOST, runs: int = 2 * MOST) -> Ints:
    """Indices of episodes whose support and query together cover each subject's records without repeating many.

    Of each subject the episodes with its largest support: one, or some evenly spread where the series is longer
    than a support. A prediction is asked with many support sizes; the same record must not count each time.

    Args:
        episodes: of any support sizes; most: where a few subjects have long series, so many runs are cut from
            them; runs: where there are more in all, every second, third, ... is taken, fewer than twice so many.

    """
    order = np.lexsort((-episodes.size, episodes.subject))
    subject, size = episodes.subject[order], episodes.size[order]
    first = np.flatnonzero(np.r_[True, subject[1:] != subject[:-1]])
    length = np.diff(np.r_[first, len(order)])
    largest = np.repeat(size[first], length)
    full = np.flatnonzero(size == largest)
    count = np.bincount(np.repeat(np.arange(len(first)), length)[full])
    each = np.minimum(
        count, np.where(size[first] == episodes.support_time.shape[1], most // len(first) + 1, 1)
    )
    place = np.arange(len(full)) - np.repeat(np.cumsum(count) - count, count)
    # the newest of n evenly spread ones is the last: floor((place + 1) * each / count) rises there
    steps = np.repeat(each, count), np.repeat(count, count)
    rises = (place + 1) * steps[0] // steps[1] > place * steps[0] // steps[1]
    chosen = order[full[rises]]
    return np.sort(chosen[:: max(1, len(chosen) // runs)])


def joined(support: Floats, query: Floats) -> Floats:
    """(R, S + 1, ...): the support's records, then the query's."""
    return np.concatenate([support, query[:, None]], 1)
