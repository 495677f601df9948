"""Numbers by which the worklist is ordered, counted once when a release is published.

Counting them for each page would read every prediction of a million patients. They are no content: what a page shows of
a patient is counted from the patient's own rows.
"""

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from meta_med.cohorts.columns.text_places import places_among

ORDER_KEYS = ("flagged", "outside")
"""Columns of the stored `subjects`."""

Ints = np.ndarray


def order_keys(tables: Mapping[str, pa.Table]) -> dict[str, Ints]:
    """(P,) for each patient, in their order, how many predictions have remarks, and are outside the reference range."""
    predictions, outcomes = tables["predictions"], tables["outcomes"]
    patient = places_among(predictions["subject_id"], tables["subjects"]["subject_id"])
    outcome = places_among(predictions["outcome"], outcomes["name"])
    mean = _numbers(predictions["mean"])
    low, high = (_numbers(outcomes[f"reference_{side}"])[outcome] for side in ("low", "high"))
    chosen = {
        "flagged": pc.not_equal(predictions["flags"].combine_chunks().fill_null(""), "").to_numpy(False),
        "outside": (mean < low) | (mean > high),
    }
    count = tables["subjects"].num_rows
    return {name: np.bincount(patient[which], minlength=count) for name, which in chosen.items()}


def _numbers(column: pa.ChunkedArray) -> np.ndarray:
    return np.asarray(column.combine_chunks().to_numpy(zero_copy_only=False), dtype=np.float64)
