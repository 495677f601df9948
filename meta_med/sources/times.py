"""Times of source rows as years on the study's own axis."""

import numpy as np
import pandas as pd

from meta_med.sources.account import Ledger
from meta_med.sources.levels import named_by
from meta_med.study import DAYS_PER_YEAR, StudyMismatch, TimeSpec

TIME = "__time"
HOURS_PER_YEAR = 24 * DAYS_PER_YEAR
ROUNDING = 1e-9
PER_YEAR = {"hours": HOURS_PER_YEAR, "days": DAYS_PER_YEAR, "years": 1.0, "order": 1.0}


def years(frame: pd.DataFrame, spec: TimeSpec) -> pd.Series:
    """A time column in years on the study's axis (dates: since 1970-01-01); missing where it cannot be read.

    "order" stays the count that it is: one record on is one step on the axis.
    """
    if not spec.column:
        return pd.Series(0.0, index=frame.index)
    column = frame[spec.column]
    if spec.unit_column:
        unit = named_by(frame[spec.unit_column], spec.unit_days).map(spec.unit_days).astype(float)
        return _number(column) * unit / DAYS_PER_YEAR
    if spec.unit == "date":
        read = pd.to_datetime(column, utc=True, errors="coerce")
        return (read - pd.Timestamp(0, tz="UTC")).dt.total_seconds() / 86400.0 / DAYS_PER_YEAR
    return _number(column) / PER_YEAR[spec.unit]


def timed(frame: pd.DataFrame, spec: TimeSpec, name: str, ledger: Ledger, source: str) -> pd.DataFrame:
    """The rows whose time can be read, with it in the column `name`; the others are counted.

    Raises:
        StudyMismatch: no row has a time that can be read.

    """
    time = _stepped(years(frame, spec), spec.step / DAYS_PER_YEAR)
    readable = np.isfinite(time.to_numpy(np.float64))
    if spec.unit_column:
        undeclared = ~readable & named_by(frame[spec.unit_column], spec.unit_days).isna().to_numpy()
        ledger.add("W_ROW_TIME_UNIT", int(undeclared.sum()), source, spec.unit_column)
        ledger.add("W_ROW_NO_TIME", int((~readable & ~undeclared).sum()), source, spec.column)
    else:
        ledger.add("W_ROW_NO_TIME", int((~readable).sum()), source, spec.column)
    if len(frame) and not readable.any():
        raise StudyMismatch(
            f"records.time: none of {len(frame):,} rows of {source} has a time in column {spec.column} that can be "
            f"read as {spec.unit_column or spec.unit}"
        )
    kept: pd.DataFrame = frame.assign(**{name: time})[readable]
    return kept


def _number(column: pd.Series) -> pd.Series:
    return pd.to_numeric(column, errors="coerce").astype(float)


def _stepped(time: pd.Series, step: float) -> pd.Series:
    """Times rounded down to multiples of `step`; a time at a multiple is not below it for its rounding."""
    return np.floor(time / step + ROUNDING) * step if step else time
