"""How much more own records narrow an interval: the same held-out records, predicted from few and from many of them."""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from meta_med import run_files
from meta_med.calibrate.strata import STRATA, stratum_of
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.enough import needed
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import most_recent
from meta_med.explain.variants import Predictor
from meta_med.serving.adapt import Serving

AT_MOST = 128
"""Held-out records that are looked at."""


def narrowing(prepared: Prepared, predictor: Predictor) -> Floats:
    """(D, strata) median width of the 90 % interval from many own records, in widths from as few as the stratum's.

    NaN where there is no interval, or too few held-out patients have many records: as many as the largest number that
    enough of them have. At most 1.
    """
    table, outcomes = prepared.table, prepared.layout.outcomes
    out = np.full((len(outcomes), len(STRATA)), np.nan)
    rows = prepared.rows("held_out")
    size = most_recent(prepared, rows).size
    person = table.person[table.subject[rows]]
    enough = [
        k for k in range(1, size.max(initial=0) + 1)
        if len(np.unique(person[size >= k])) >= needed("compare")
    ]  # fmt: skip
    if not enough:
        return out
    many = enough[-1]
    rows = rows[size >= many]
    rows = rows[np.linspace(0, len(rows) - 1, min(len(rows), AT_MOST)).astype(np.int64)]
    sizes = [*(low for low, _ in STRATA if low < many), many]
    half, own = _half_widths(prepared, predictor, rows, sizes)
    for s in range(len(STRATA)):
        found = np.where(stratum_of(own) == s, half[-1] / half, np.nan).reshape(-1, len(outcomes))
        for d in np.flatnonzero(np.isfinite(found).any(0)):
            out[d, s] = min(float(np.nanmedian(found[:, d])), 1.0)
    return out


def _half_widths(
    prepared: Prepared, predictor: Predictor, rows: Ints, sizes: Sequence[int]
) -> tuple[Floats, Ints]:
    """(K, R, D) half-widths of these records' intervals from at most so many own records each, and own values used."""
    shape = len(sizes), len(rows), len(prepared.layout.outcomes)
    every = np.tile(rows, len(sizes))
    most = np.broadcast_to(np.asarray(sizes)[:, None, None], shape).reshape(-1, shape[2])
    age = np.full(most.shape, np.nan)
    serving = Serving(prepared, every, prepared.table.subject[every], age, most=most)
    return predictor.numbers(serving).half.reshape(shape), serving.own_values.reshape(shape)


def save_narrowing(folder: Path, found: Floats) -> None:
    """Write as JSON, into a run folder."""
    plain = [[None if np.isnan(v) else v for v in row] for row in found.tolist()]
    (folder / run_files.NARROWING).write_text(json.dumps(plain), encoding="utf-8")


def read_narrowing(folder: Path) -> Floats:
    """Read what `save_narrowing` wrote."""
    return np.asarray(
        json.loads((folder / run_files.NARROWING).read_text(encoding="utf-8")), dtype=np.float64
    )
