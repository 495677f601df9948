"""One value a record out of its events: first, last, mean, median and so on."""

import numpy as np
import pandas as pd

from data_contracts.standards.export_files.moments import Floats, Integers
from data_contracts.standards.mapping.model import MeasuredValue
from data_contracts.standards.to_records.events import Events


def aggregate(column: MeasuredValue, events: Events, record: Integers, records: int) -> tuple[Floats, int]:
    """The column's value in each record; NaN where it has none, and 0 where nothing is a number of its own.

    Also how many records have several values at their first or last time, which no order tells apart: of numbers their
    mean is taken, of levels none.
    """
    if column.take in ("any", "count"):
        counts = np.bincount(record, minlength=records).astype(np.float64)
        return np.minimum(counts, 1.0) if column.take == "any" else counts, 0
    if column.take in ("first", "last"):
        return _first_or_last(column, events, record, records)
    # the order of files and lines must not matter: time first, then the identifier, then the value
    order = np.lexsort((events.value, events.key, events.start, record))
    groups = pd.Series(events.value[order]).groupby(record[order], sort=True)
    values = getattr(groups, column.take)()
    result = np.full(records, np.nan)
    result[values.index.to_numpy()] = values.to_numpy()
    return result, 0


def _first_or_last(
    column: MeasuredValue, events: Events, record: Integers, records: int
) -> tuple[Floats, int]:
    result = np.full(records, np.nan)
    if not len(record):
        return result, 0
    order = np.lexsort((events.value, events.start, record))
    records_in_order, when, values = record[order], events.start[order], events.value[order]
    begins = np.flatnonzero(np.diff(records_in_order, prepend=-1))
    ends = np.append(begins[1:], len(records_in_order))
    edge = begins if column.take == "first" else ends - 1
    at_once = when == np.repeat(when[edge], ends - begins)
    number = np.add.reduceat(at_once.astype(np.int64), begins)
    low = values[begins] if column.take == "first" else values[ends - number]
    high = values[begins + number - 1] if column.take == "first" else values[ends - 1]
    mean = np.add.reduceat(np.where(at_once, values, 0.0), begins) / number
    result[records_in_order[begins]] = np.where(low == high, low, np.nan if column.levels else mean)
    return result, int((low != high).sum())


def count_before(events: Events, subject: Integers, start: Integers, within_days: float | None) -> Integers:
    """How many of the events each record's patient had before the record began, within so many days.

    An event that is dated only counts from the end of that date on.
    """
    times = np.unique(events.end)
    key = events.subject.astype(np.int64) * (len(times) + 1) + np.searchsorted(times, events.end)
    key.sort()
    own = subject * (len(times) + 1)
    until = np.searchsorted(key, own + np.searchsorted(times, start))
    since = own
    if within_days is not None:
        earliest = start - int(within_days * 86_400_000_000)
        since = own + np.searchsorted(times, earliest)
    return until - np.searchsorted(key, since)
