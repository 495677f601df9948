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


def influences(serving: Serving, without: Variants, removed: Ints, told: Told, whole: Told) -> pd.DataFrame:
    """Rows of the published `influences` table, by subject and outcome, the record that moved most first.

    `moved` is the prediction minus what it would be without the record, in the outcome's unit (or as a probability);
    `narrowed` is the share by which the record narrows the 90 % interval.

    Args:
        serving: the predicted records of all current patients.
        without, removed: see `without_each`; told: what is predicted for them.
        whole: what is predicted for the patients as they are.

    """
    table, outcomes = serving.prepared.table, serving.prepared.layout.outcomes
    base, row = without.of, removed
    moved = whole.centre[base] - told.centre
    narrowed = 1.0 - whole.half[base] / told.half
    used = row[:, None] >= serving.queries.end[base][:, None] - serving.sizes[base]
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
    """Each patient without each own record that is used, one at a time; (M,) the row that is left out."""
    sizes = np.maximum(serving.sizes[places], 0)
    end, most = serving.queries.end[places], sizes.max(1)
    each = np.repeat(np.arange(len(places)), most)
    first = np.repeat(np.cumsum(most) - most, most)
    start = end - most
    removed = start[each] + np.arange(len(each)) - first
    rows, variant = windows(serving, places[each], start[each], end[each])
    kept = rows != removed[variant]
    inside = removed[:, None] >= (end[:, None] - sizes)[each]
    return Variants.of_rows(serving, places[each], rows[kept], variant[kept], sizes[each] - inside), removed
