"""Parses times of exports as microseconds since 1970 in UTC, with their precision."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt
import pandas as pd

Integers = npt.NDArray[np.int64]
Keys = npt.NDArray[np.uint64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

NEVER = np.iinfo(np.int64).min
"""The value for no time."""
DAY = 86_400_000_000
MICROSECOND = 1
SECOND = 1_000_000
_EARLIEST, _LATEST = (int(np.datetime64(f"{year}-01-01", "us").astype(np.int64)) for year in (1500, 2500))
_WITH_OFFSET = r"[T ].*(Z|[+-]\d\d:?\d\d)$"
_FORM = r"^\d{4}(-\d\d(-\d\d([T ]\d\d:\d\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?)?)?$"
_LEAP_SECOND = r"^(\d{4}-\d\d-\d\d[T ]\d\d:\d\d):60(\.\d*)?"
_LONG_FRACTION, _SHORT_OFFSET = r"(\.\d{9})\d+", r"^(.*[T ].*[+-]\d\d)$"


@dataclass(frozen=True, kw_only=True)
class Moments:
    """Times as intervals: (n,) microseconds UTC; start and end are equal for a clock time, and bound a date.

    `start` is NEVER where there is no usable time; `missing`, `unreadable` and `ambiguous` give the reason.
    """

    start: Integers
    end: Integers
    missing: Mask
    unreadable: Mask
    ambiguous: Mask

    @property
    def exact(self) -> Mask:
        """Whether each is a clock time."""
        return np.equal(self.start, self.end)

    @property
    def within_a_day(self) -> Mask:
        """Whether each is known to the day at least; a day can have 25 hours."""
        return self.end - self.start < DAY + DAY // 12


def moments(cells: Any, zone: str) -> Moments:
    """Parses a column.

    Args:
        cells: pyarrow column of ISO 8601 texts (also "2012" and "2012-03"), dates or timestamps.
        zone: IANA time zone of times without a UTC offset.

    """
    import pyarrow as pa

    if pa.types.is_timestamp(cells.type):
        return _of_timestamps(cells, zone)
    if cells.null_count == len(cells):
        return _nothing(len(cells))
    if pa.types.is_date(cells.type):
        cells = cells.cast(pa.date32())
    coded = cells.cast(pa.string()).dictionary_encode()
    if not len(coded.dictionary):
        return _nothing(len(cells))
    return _taken(_of_texts(coded.dictionary, zone), coded.indices)


def first_readable(columns: Sequence[Any], zone: str) -> Moments:
    """The first readable time of each row from several columns; without any, the fault of the first filled cell."""
    found = moments(columns[0], zone)
    for cells in columns[1:]:
        if not (found.start == NEVER).any():
            break
        other = moments(cells, zone)
        takes = (found.start == NEVER) & ((other.start != NEVER) | (found.missing & ~other.missing))
        found = Moments(
            **{f.name: np.where(takes, getattr(other, f.name), getattr(found, f.name)) for f in fields(found)}
        )
    return found


def _nothing(number: int) -> Moments:
    """Only missing times."""
    never, no = np.full(number, NEVER), np.zeros(number, dtype=bool)
    return Moments(start=never, end=never, missing=~no, unreadable=no, ambiguous=no)


def _of_timestamps(cells: Any, zone: str) -> Moments:
    missing = np.array(cells.is_null().to_numpy(zero_copy_only=False), dtype=bool)
    local = _in_microseconds(cells)
    unreadable = ~missing & ~_possible(local)
    local[unreadable] = NEVER
    start = local if cells.type.tz else _in_utc(local, zone)
    ambiguous = (start == NEVER) & ~missing & ~unreadable
    return Moments(start=start, end=start, missing=missing, unreadable=unreadable, ambiguous=ambiguous)


def _in_microseconds(cells: Any) -> Integers:
    """Timestamps of any unit in microseconds; NEVER for null and on overflow."""
    import pyarrow as pa

    values = np.array(cells.cast(pa.int64()).fill_null(NEVER).to_numpy(zero_copy_only=False), dtype=np.int64)
    if cells.type.unit == "ns":
        return np.where(values == NEVER, NEVER, np.floor_divide(values, 1000))
    factor = {"s": 1_000_000, "ms": 1000, "us": 1}[cells.type.unit]
    fits = (values > NEVER // factor) & (values < -(NEVER // factor))
    found = np.full(len(values), NEVER)
    found[fits] = values[fits] * factor
    return found


def _of_texts(texts: Any, zone: str) -> Moments:
    import pyarrow as pa
    import pyarrow.compute as pc

    trimmed = _in_one_form(pc.utf8_trim_whitespace(texts.cast(pa.string())))
    leap = _mask(pc.match_substring_regex(trimmed, _LEAP_SECOND))
    if leap.any():
        trimmed = pc.replace_substring_regex(trimmed, _LEAP_SECOND, r"\1:59")
    length = _numbers(pc.fill_null(pc.utf8_length(trimmed), 0))
    missing = length == 0
    formed = _mask(pc.match_substring_regex(trimmed, _FORM))
    offset = _mask(pc.match_substring_regex(trimmed, _WITH_OFFSET)) & formed
    parsed = _parsed(trimmed, formed)
    parsed[leap & (parsed != NEVER)] += SECOND
    known = _possible(parsed)
    is_date = known & ~offset & (length <= 10)
    clock = known & ~offset & ~is_date
    start = np.where(known, parsed, NEVER)
    start[clock] = _in_utc(parsed[clock], zone)
    start[is_date] = _midnights(parsed[is_date], zone)
    end = start.copy()
    end[is_date] = _midnights(_next(parsed[is_date], length[is_date]), zone) - MICROSECOND
    ambiguous = known & (start == NEVER)
    return Moments(start=start, end=end, missing=missing, unreadable=~missing & ~known, ambiguous=ambiguous)


def _in_one_form(texts: Any) -> Any:
    """Texts in one form of ISO 8601: rewrites "t" and "z", offsets of hours only, and over nine fractional digits."""
    import pyarrow as pa
    import pyarrow.compute as pc

    odd = pc.fill_null(pc.invert(pc.match_substring_regex(texts, _FORM)), False)
    if not pc.any(odd).as_py():
        return texts
    changed = pc.utf8_upper(texts.filter(odd))
    changed = pc.replace_substring_regex(changed, _LONG_FRACTION, r"\1")
    changed = pc.replace_substring_regex(changed, _SHORT_OFFSET, r"\1:00")
    return pc.replace_with_mask(texts, odd, changed.cast(pa.string()))


def _possible(times: Integers) -> Mask:
    """Whether each lies in the supported years; time zone rules do not reach much further."""
    return (times >= _EARLIEST) & (times < _LATEST)


def _parsed(texts: Any, formed: Mask) -> Integers:
    series = pd.Series(texts.to_pandas(), dtype=object).where(formed)
    # a time without an offset is parsed as UTC and converted from its zone afterwards
    parsed = pd.to_datetime(series, format="ISO8601", utc=True, errors="coerce")
    return _microseconds(parsed.dt.tz_localize(None))


def _next(start: Integers, length: Integers) -> Integers:
    """The beginning of the next year, month or day, by the precision of the date."""
    dates = start.astype("datetime64[us]")
    years = (dates.astype("datetime64[Y]") + 1).astype("datetime64[us]")
    months = (dates.astype("datetime64[M]") + 1).astype("datetime64[us]")
    days = (dates.astype("datetime64[D]") + 1).astype("datetime64[us]")
    return (
        np.select([length == 4, length == 7], [years, months], days).astype("datetime64[us]").astype(np.int64)
    )


def _in_utc(local: Integers, zone: str) -> Integers:
    """Local times as UTC; NEVER for ambiguous and non-existent local times."""
    if zone == "UTC" or not len(local):
        return local
    naive = pd.Series(local.astype("datetime64[us]")).mask(local == NEVER)
    moved = naive.dt.tz_localize(ZoneInfo(zone), ambiguous="NaT", nonexistent="NaT")
    return _microseconds(moved.dt.tz_convert("UTC").dt.tz_localize(None))


def local_days(times: Integers, zone: str) -> Integers:
    """Local dates of UTC times, in days since 1970."""
    clock = pd.Series(times.astype("datetime64[us]")).dt.tz_localize("UTC").dt.tz_convert(ZoneInfo(zone))
    return np.floor_divide(_microseconds(clock.dt.tz_localize(None)), DAY)


def start_of_days(days: Integers, zone: str) -> Integers:
    """The first microsecond of each local day, in UTC."""
    return _midnights(days * DAY, zone)


def _midnights(local: Integers, zone: str) -> Integers:
    """Local midnights as UTC; if midnight is skipped, the first moment after it."""
    if zone == "UTC" or not len(local):
        return local
    naive = pd.Series(local.astype("datetime64[us]"))
    first = naive.dt.tz_localize(
        ZoneInfo(zone), ambiguous=np.ones(len(local), dtype=bool), nonexistent="shift_forward"
    )
    return _microseconds(first.dt.tz_convert("UTC").dt.tz_localize(None))


def _microseconds(series: pd.Series) -> Integers:
    values = series.to_numpy("datetime64[us]").astype(np.int64)
    return np.where(series.isna(), NEVER, values)


def _taken(found: Moments, indices: Any) -> Moments:
    import pyarrow.compute as pc

    absent = np.array(indices.is_null().to_numpy(zero_copy_only=False), dtype=bool)
    place = np.array(pc.fill_null(indices, 0).to_numpy(zero_copy_only=False), dtype=np.int64)
    return Moments(
        start=np.where(absent, NEVER, found.start[place]),
        end=np.where(absent, NEVER, found.end[place]),
        missing=absent | found.missing[place],
        unreadable=~absent & found.unreadable[place],
        ambiguous=~absent & found.ambiguous[place],
    )


def _mask(cells: Any) -> Mask:
    import pyarrow.compute as pc

    return np.array(pc.fill_null(cells, False).to_numpy(zero_copy_only=False), dtype=bool)


def _numbers(cells: Any) -> Integers:
    return np.array(cells.to_numpy(zero_copy_only=False), dtype=np.int64)
