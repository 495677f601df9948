"""Queries at a distance: records predicted from own records that lie about a horizon before them.

A forecast over time looks further ahead, or less far, than the next record usually comes. How good it is there is seen
on records that do lie at that distance: nearer own records are left out, as `records.gap_days` leaves them out, and the
distance that remains is grouped into the horizon that it is nearest to, on a log scale.
"""

from collections.abc import Sequence

import numpy as np

from meta_med.cohorts.record_table import NEAR_DAYS, Bools, Floats, Ints, newest_usable
from meta_med.cohorts.splits import Split
from meta_med.episodes.queries import (
    Queries,
    SplitRecords,
    evenly_thinned,
    join_queries,
    main_setting,
    support_sizes,
)
from meta_med.study import DAYS_PER_YEAR

ALONE = 2.0  # ratio of neighbouring horizons that is assumed where there is one horizon only
MOST_PERSONS = 1000  # of a horizon: a share of so many has a standard error of at most 1.6 percentage points


def nearest_horizon(days: Floats, horizons: Sequence[float]) -> Ints:
    """(n,) index of the horizon that each distance is nearest to on a log scale; -1 where it is near none.

    Beyond the first and the last horizon a distance is near up to half the step to their neighbour.

    Args:
        days: (n,) distances; horizons: in days, at least one, nearest first.

    """
    at = np.log(np.asarray(horizons, dtype=np.float64))
    step = np.diff(at) if len(at) > 1 else np.full(1, np.log(ALONE))
    edges = np.r_[at[0] - step[0] / 2, at[:-1] + np.diff(at) / 2, at[-1] + step[-1] / 2]
    place = np.searchsorted(edges, np.log(np.maximum(days, NEAR_DAYS)), side="right") - 1
    return np.where(place < len(at), place, -1)


def queries_at_horizons(
    prepared: SplitRecords, split: Split, horizons: Sequence[float]
) -> tuple[Queries, Ints]:
    """Each record of a split from own records at about each horizon, where it has some; (R,) the horizon's index.

    A record is asked once for a horizon, from the own record whose distance is nearest to it. As many own records are
    used as in the main setting, at least one. `evaluation.most_per_subject` applies to each horizon; of more than
    `MOST_PERSONS` persons, so many are taken, evenly spread.
    """
    rows = _with_outcome(prepared, split)
    parts = [_at_horizon(prepared, rows, horizons, h) for h in range(len(horizons))]
    index = [np.full(len(part), h) for h, part in enumerate(parts)]
    if not parts:
        return Queries(*(np.zeros(0, dtype=np.int64) for _ in range(3))), np.zeros(0, dtype=np.int64)
    return join_queries(parts), np.concatenate(index)


def _with_outcome(prepared: SplitRecords, split: Split) -> Ints:
    rows = prepared.rows(split)
    seen: Bools = np.asarray(~np.isnan(prepared.table.y[rows]).all(1))
    return rows[seen]


def _at_horizon(prepared: SplitRecords, rows: Ints, horizons: Sequence[float], h: int) -> Queries:
    table, study = prepared.table, prepared.study
    end = _nearest_end(prepared, horizons[h])[rows]
    start = table.offsets[:-1][table.subject[rows]]
    days = (table.time[rows] - table.time[np.maximum(end - 1, start)]) * DAYS_PER_YEAR
    sizes = np.asarray(support_sizes(study, main_setting(study)), dtype=np.int64)
    place = np.searchsorted(sizes, end - start, side="right") - 1
    size = sizes[np.maximum(place, 0)]
    asked = (end > start) & (place >= 0) & (size > 0) & (nearest_horizon(days, horizons) == h)
    found = Queries(rows[asked], end[asked], size[asked])
    return evenly_thinned(_of_some_persons(found, prepared), table, study.evaluation.most_per_subject)


def _nearest_end(prepared: SplitRecords, days: float) -> Ints:
    """(n,) one past the own record before each row whose distance is nearest to `days`, on a log scale.

    Only records that `records.gap_days` allows count; where there is none, the first row of the subject.
    """
    table = prepared.table
    start = np.repeat(table.offsets[:-1], np.diff(table.offsets))
    usable = newest_usable(table.offsets, table.time, prepared.study.records.gap_days)
    far = np.minimum(newest_usable(table.offsets, table.time, days), usable)
    near = np.minimum(far + 1, usable)
    apart = [_log_ratio(table.time, start, end, days) for end in (far, near)]
    return np.where(apart[1] < apart[0], near, far)


def _log_ratio(time: Floats, start: Ints, end: Ints, days: float) -> Floats:
    """(n,) how far, on a log scale, each row's distance from the record before `end` is from `days`."""
    away = (time - time[np.maximum(end - 1, start)]) * DAYS_PER_YEAR
    return np.where(end > start, np.abs(np.log(np.maximum(away, NEAR_DAYS) / days)), np.inf)


def _of_some_persons(queries: Queries, prepared: SplitRecords) -> Queries:
    """The queries of at most MOST_PERSONS persons, evenly spread over all of them."""
    person = prepared.table.person[prepared.table.subject[queries.rows]]
    everybody = np.unique(person)
    if len(everybody) <= MOST_PERSONS:
        return queries
    chosen = everybody[np.linspace(0, len(everybody) - 1, MOST_PERSONS).round().astype(np.int64)]
    return queries.take(np.flatnonzero(np.isin(person, chosen)))
