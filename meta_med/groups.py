"""Groups of patients that coverage is shown for: levels of a covariate, or bands of a numeric one."""

import itertools

import numpy as np
from numpy.typing import NDArray

from meta_med.queries import Queries
from meta_med.records import Floats, RecordTable

UNKNOWN = "unknown"


def group_labels(
    table: RecordTable, queries: Queries, covariate: str, bands: tuple[float, ...] = ()
) -> NDArray[np.str_]:
    """(R,) level of a category, or band of a number, at the predicted records; UNKNOWN where it is missing.

    Raises:
        ValueError: no such covariate in the records.

    """
    names = [n for n in table.covariates if n == covariate or n.startswith(f"{covariate}=")]
    if not names:
        raise ValueError(f"evaluation.groups: no covariate {covariate} in the records")
    values = table.x[queries.rows][:, [table.covariates.index(n) for n in names]]
    if names == [covariate]:
        return _banded(values[:, 0], bands)
    labels = np.asarray([n.split("=", 1)[1] for n in names], dtype=np.str_)
    known = np.nan_to_num(values).any(1)
    return np.where(known, labels[np.nan_to_num(values).argmax(1)], UNKNOWN)


def _banded(values: Floats, bands: tuple[float, ...]) -> NDArray[np.str_]:
    """Left-closed bands: "under 50", "50 to 65", "65 and over"; each value is its own label without any."""
    seen = ~np.isnan(values)
    if not bands:
        return np.where(seen, np.asarray([f"{v:g}" for v in values], dtype=np.str_), UNKNOWN)
    middle = [f"{a:g} to {b:g}" for a, b in itertools.pairwise(bands)]
    labels = np.asarray([f"under {bands[0]:g}", *middle, f"{bands[-1]:g} and over"], dtype=np.str_)
    place = np.searchsorted(np.asarray(bands), np.where(seen, values, bands[0]), side="right")
    return np.where(seen, labels[place], UNKNOWN)
