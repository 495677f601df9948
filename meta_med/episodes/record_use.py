"""What becomes of each record in the episodes of its split: predicted, used for a prediction, or neither."""

import numpy as np
import pandas as pd

from meta_med.cohorts.record_table import Bools, Ints
from meta_med.cohorts.splits import SPLITS, Split
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, every_query, most_recent, settings_of


def record_use(prepared: Prepared) -> pd.DataFrame:
    """One row a split: records = predicted + support_only + unused, over all settings that the study asks.

    Returns:
        split; records; predicted: with an outcome that is asked about; support_only: used for the prediction of a
        later one and not asked about; unused: neither, as where questions are thinned (`evaluation.most_per_subject`),
        a record has no outcome, or lies within `records.gap_days` of all later ones.

    """
    rows = [_of_split(prepared, split) for split in SPLITS]
    return pd.DataFrame(rows, columns=["split", "records", "predicted", "support_only", "unused"])


def _of_split(prepared: Prepared, split: Split) -> tuple[str, int, int, int, int]:
    own = prepared.rows(split)
    asked = _asked(prepared, split, own)
    predicted = np.zeros(prepared.table.n_records, dtype=bool)
    predicted[asked.rows] = True
    support = _support(asked, prepared.table.n_records) & ~predicted
    both = (int(predicted[own].sum()), int(support[own].sum()))
    return split, len(own), *both, len(own) - sum(both)


def _asked(prepared: Prepared, split: Split, own: Ints) -> Queries:
    """Questions about records that have an outcome to be judged by; of training records, all of these."""
    with_outcome: Bools = np.asarray(~np.isnan(prepared.table.y).all(1))
    if split == "train":
        return most_recent(prepared, own[with_outcome[own]])
    asked = every_query(prepared, split, settings_of(prepared.study))
    return asked.take(np.flatnonzero(with_outcome[asked.rows]))


def _support(asked: Queries, n: int) -> Bools:
    """(n,) rows that some question may use: those from `end - size` up to `end` of any."""
    change = np.zeros(n + 1, dtype=np.int64)
    np.add.at(change, asked.end - asked.size, 1)
    np.add.at(change, asked.end, -1)
    return np.asarray(np.cumsum(change[:-1]) > 0)
