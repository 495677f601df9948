"""Dose covariates of each row from the subject's earlier dose rows; definitions are in `meta_med.cohorts.doses`."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from meta_med.cohorts.account import RecordCounts
from meta_med.cohorts.covariates import numbers, require_columns, unmatched_words
from meta_med.cohorts.doses import (
    ABSORBED,
    ABSORPTION,
    FLOOR,
    GIVEN,
    HALF_LIVES,
    LAST,
    LEFT,
    NAMES,
    RUNNING,
    SINCE_FIRST,
    SINCE_LAST,
)
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.cohorts.row_filters import SUBJECT, matching
from meta_med.cohorts.times import HOURS_PER_YEAR
from meta_med.study import DosesSpec


@dataclass(frozen=True)
class _Pairs:
    """Pairs of a row and an earlier dose of its subject: row (P,), amount, elapsed and duration in hours."""

    row: Ints
    elapsed: Floats
    amount: Floats
    duration: Floats


def dose_columns(
    frame: pd.DataFrame, years: Floats, spec: DosesSpec, counts: RecordCounts, source: str
) -> pd.DataFrame:
    """Dose covariates of each row at `years` (n,); doses without a readable amount are counted."""
    require_columns(
        frame, "records", list(filter(None, (spec.amount, spec.rate, spec.at_start, *spec.per_minute)))
    )
    amount, rate = _amount_and_rate(frame, spec)
    unreadable = (amount < 0) | ((rate > 0) & ~(amount > 0))
    counts.add("W_DOSE_UNREADABLE", int(unreadable.sum()), source, spec.amount)
    for column, values in spec.per_minute.items():
        unmet = len(unmatched_words(frame[column], values))
        counts.add("W_WORD_NEVER_MET", unmet, source, f"records.doses.per_minute.{column}")
    return dose_covariates(frame, years * HOURS_PER_YEAR, spec)


def is_dose(frame: pd.DataFrame, spec: DosesSpec) -> Bools:
    """(n,) rows with a dose."""
    return np.asarray(_amount_and_rate(frame, spec)[0] > 0)


def dose_covariates(frame: pd.DataFrame, hours: Floats, spec: DosesSpec) -> pd.DataFrame:
    """NAMES as columns, one row per row of `frame`; missing before the first dose.

    Args:
        frame: dose rows and records together, with SUBJECT.
        hours: (n,) time of each row.
        spec: the columns of the doses.

    """
    pairs = _pairs(frame, hours, spec)
    n = len(frame)
    given = np.bincount(pairs.row, pairs.amount, n)
    left = {h: np.bincount(pairs.row, _remaining(pairs, h), n) for h in HALF_LIVES}
    newest = np.full(n, np.inf)
    np.minimum.at(newest, pairs.row, pairs.elapsed)
    oldest = np.full(n, -np.inf)
    np.maximum.at(oldest, pairs.row, pairs.elapsed)
    is_newest = pairs.elapsed == newest[pairs.row]
    running = (pairs.duration > pairs.elapsed) & (pairs.duration > 0)
    rate = np.divide(pairs.amount, pairs.duration, out=np.zeros(len(pairs.row)), where=running)
    out = {name: np.maximum(left[h], FLOOR * given) for name, h in LEFT.items()}
    out |= {name: np.maximum(left[h] - left[ABSORPTION], FLOOR * given) for name, h in ABSORBED.items()}
    out |= {GIVEN: given, LAST: np.bincount(pairs.row, pairs.amount * is_newest, n)}
    out |= {RUNNING: np.bincount(pairs.row, rate, n), SINCE_FIRST: oldest, SINCE_LAST: newest}
    never = given <= 0
    return pd.DataFrame({name: np.where(never, np.nan, out[name]) for name in NAMES}, index=frame.index)


def _pairs(frame: pd.DataFrame, hours: Floats, spec: DosesSpec) -> _Pairs:
    doses = _doses(frame, hours, spec)
    records = pd.DataFrame({"row": np.arange(len(frame)), "code": _codes(frame), "at": hours})
    both = records.merge(doses, on="code")
    elapsed = (both["at"] - both["given_at"]).to_numpy(np.float64)
    before = elapsed > 0
    return _Pairs(
        both["row"].to_numpy(np.int64)[before],
        elapsed[before],
        both["amount"].to_numpy(np.float64)[before],
        both["duration"].to_numpy(np.float64)[before],
    )


def _doses(frame: pd.DataFrame, hours: Floats, spec: DosesSpec) -> pd.DataFrame:
    amount, rate = _amount_and_rate(frame, spec)
    given, infused = amount > 0, rate > 0
    duration = np.divide(amount, rate, out=np.zeros(len(frame)), where=given & infused)
    doses = pd.DataFrame({"code": _codes(frame), "given_at": hours, "amount": amount, "duration": duration})
    # sorted, so that sums do not depend on the order of the rows
    found = doses.loc[given].sort_values(["code", "given_at", "amount", "duration"])
    return pd.DataFrame(pd.concat([found, _at_start(frame, found, spec)])) if spec.at_start else found


def _amount_and_rate(frame: pd.DataFrame, spec: DosesSpec) -> tuple[Floats, Floats]:
    """(n,) amount and rate per hour; 0 where there is no dose."""
    amount = np.nan_to_num(numbers(frame[spec.amount], "records.doses.amount"))
    rate = np.zeros(len(frame))
    if spec.rate:
        rate = np.nan_to_num(numbers(frame[spec.rate], "records.doses.rate"))
    if spec.per_minute:
        rate = rate * np.where(matching(frame, spec.per_minute), 60.0, 1.0)
    return amount, rate


def _at_start(frame: pd.DataFrame, doses: pd.DataFrame, spec: DosesSpec) -> pd.DataFrame:
    """The single dose at time 0 of subjects without dose rows."""
    stated = pd.DataFrame(
        {"code": _codes(frame), "amount": numbers(frame[spec.at_start], "records.doses.at_start")}
    )
    first = stated.loc[~stated["code"].isin(doses["code"])].groupby("code")["amount"].first().fillna(1.0)
    return pd.DataFrame({"code": first.index, "given_at": 0.0, "amount": first.to_numpy(), "duration": 0.0})


def _remaining(pairs: _Pairs, half_life: float) -> Floats:
    """Remaining amount of each dose at its row."""
    rate = np.log(2) / half_life
    at_once = np.exp(-rate * pairs.elapsed)
    span = np.where(pairs.duration > 0, pairs.duration, 1.0)
    since_end = np.maximum(pairs.elapsed - span, 0.0)
    infused = (np.exp(-rate * since_end) - at_once) / (rate * span)
    return np.asarray(pairs.amount * np.where(pairs.duration > 0, infused, at_once))


def _codes(frame: pd.DataFrame) -> Ints:
    return np.asarray(pd.factorize(frame[SUBJECT])[0], dtype=np.int64)
