"""Which own records moved a prediction most: the prediction without each of them, one at a time."""

import numpy as np
import pandas as pd

from meta_med.cohorts.record_table import Ints
from meta_med.explain.variants import Told, Variants, windows
from meta_med.serving.adapt import Serving
from meta_med.study import DAYS_PER_YEAR

MOST = 3
"""Records that are published of each prediction."""
COLUMNS = ("subject_id", "outcome", "time_days", "moved", "narrowed")


def influences(serving: Serving, variants: Variants, removed: Ints, told: Told) -> pd.DataFrame:
    """Rows of the published `influences` table, by subject and outcome, the record that moved most first.

    `moved` is the prediction minus what it would be without the record, in the outcome's unit (or as a probability);
    `narrowed` is the share by which the record narrows the 90 % interval.

    Args:
        serving: the predicted records of all current patients.
        variants, removed: see `without_each`; told: what is predicted for them.

    """
    table, outcomes = serving.prepared.table, serving.prepared.layout.outcomes
    whole = np.maximum.accumulate(
        np.where(removed < 0, np.arange(len(removed)), 0)
    )  # nothing removed comes first
    out = removed >= 0
    base = whole[out]
    row = removed[out]
    moved = told.centre[base] - told.centre[out]
    narrowed = 1.0 - told.half[base] / told.half[out]
    used = row[:, None] >= (
        serving.queries.end[variants.of[base]][:, None] - serving.sizes[variants.of[base]]
    )
    frame = pd.DataFrame(
        {
            "subject": np.repeat(table.subject[row], len(outcomes)),
            "outcome": np.tile([o.name for o in outcomes], len(row)),
            "time_days": np.repeat(
                table.time[row] * (DAYS_PER_YEAR if serving.prepared.study.dated else 1.0), len(outcomes)
            ),
            "moved": moved.ravel(),
            "narrowed": narrowed.ravel(),
            "place": np.tile(np.arange(len(outcomes)), len(row)),
        }
    )[(used & np.isfinite(moved)).ravel()]
    frame = frame.assign(size=-frame["moved"].abs())
    ordered = frame.sort_values(
        ["subject", "place", "size", "time_days"]
    )  # subjects are sorted by their names
    most = ordered.groupby(["subject", "place"], sort=False).head(MOST).reset_index(drop=True)
    names = table.subject_ids[most.pop("subject")].astype(str)
    return most.assign(subject_id=names)[list(COLUMNS)]


def without_each(serving: Serving, places: Ints) -> tuple[Variants, Ints]:
    """Each patient as they are, then without each own record that is used; (M,) the row that is left out, or -1."""
    sizes = np.maximum(serving.sizes[places], 0)
    end, most = serving.queries.end[places], sizes.max(1)
    each = np.repeat(np.arange(len(places)), most + 1)
    first = np.repeat(np.cumsum(most + 1) - (most + 1), most + 1)
    left_out = np.arange(len(each)) - first - 1
    start = end - most
    rows, variant = windows(serving, places[each], start[each], end[each])
    removed = np.where(left_out >= 0, start[each] + left_out, -1)
    kept = rows != removed[variant]
    inside = (removed[:, None] >= (end[:, None] - sizes)[each]) & (removed >= 0)[:, None]
    used = sizes[each] - inside
    return Variants.of_rows(serving, places[each], rows[kept], variant[kept], used), removed
