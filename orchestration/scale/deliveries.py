"""Simulated deliveries: ten visits a patient with two outcomes, in one Parquet file, made by array operations."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import parquet

VISITS = 10
PATIENTS_AT_ONCE = 100_000
CHANGED_EVERY = 100
"""One patient in so many has a further visit on the second night."""
CLINICS = np.array(["north", "east", "south", "west", "centre", "coast"])
SEXES = np.array(["female", "male"])
FIRST_DAY = np.datetime64("2021-01-01", "D")

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def write_delivery(path: Path, patients: int, *, later: bool = False, seed: int = 7) -> int:
    """Write a delivery; the same patients have the same visits in every one.

    Args:
        path: the Parquet file; its folder is there.
        patients: how many.
        later: one patient in a hundred has one visit more.
        seed: of the simulation.

    Returns:
        The number of rows.

    """
    rows, writer = 0, None
    for part in _parts(patients, later, seed):
        writer = writer or parquet.ParquetWriter(path, part.schema)
        writer.write_table(part)
        rows += part.num_rows
    if writer is not None:
        writer.close()
    return rows


def _parts(patients: int, later: bool, seed: int) -> Iterator[pa.Table]:
    for first in range(0, patients, PATIENTS_AT_ONCE):
        visits = _visits(first, seed)
        who = np.arange(first, min(first + PATIENTS_AT_ONCE, patients))
        place = np.tile(np.arange(VISITS + 1), len(who))
        patient = np.repeat(who, VISITS + 1)
        more = later & (patient % CHANGED_EVERY == 0)
        kept = np.flatnonzero((place < VISITS) | more)
        yield visits.take(pa.array(kept))


def _visits(first: int, seed: int) -> pa.Table:
    """All visits of the patients from `first` on, PATIENTS_AT_ONCE of them, the later one too."""
    rng = np.random.default_rng([seed, first])
    n, m = PATIENTS_AT_ONCE, VISITS + 1
    who = np.repeat(np.arange(first, first + n), m)
    days = rng.integers(14, 90, (n, m)).cumsum(axis=1) + rng.integers(0, 300, (n, 1))
    age = rng.integers(20, 85, n)
    level, years = age.astype(np.float64), np.asarray(days / 365.25, dtype=np.float64)
    systolic = _courses(rng, years, 105.0 + 0.4 * level, (12.0, 3.0, 8.0))
    glucose = np.exp(_courses(rng, years, 4.4 + 0.004 * level, (0.18, 0.05, 0.09)))
    return pa.table(
        {
            "patient": pa.array(np.char.add("P", np.char.zfill(who.astype(str), 8))),
            "visit_date": pa.array((FIRST_DAY + days.ravel()).astype("datetime64[D]")),
            "clinic": pa.array(CLINICS[who % len(CLINICS)]),
            "sex": pa.array(np.repeat(SEXES[rng.integers(0, 2, n)], m)),
            "age": pa.array(np.repeat(age, m)),
            "systolic": pa.array(np.round(np.clip(systolic, 60, 250), 0).ravel()),
            "glucose": pa.array(np.round(np.clip(glucose, 40, 500), 0).ravel()),
        }
    )


def _courses(
    rng: np.random.Generator, years: Floats, level: Floats, spread: tuple[float, float, float]
) -> Floats:
    """(n, m) values: a level and a slope of each patient, and noise; `spread` are their standard deviations."""
    between, slope, within = spread
    n, m = years.shape
    own = level + rng.normal(0.0, between, n)
    return own[:, None] + rng.normal(0.0, slope, (n, 1)) * years + rng.normal(0.0, within, (n, m))
