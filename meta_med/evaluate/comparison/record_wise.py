"""The error of a record-wise split, where a patient's other records are in training, against a patient-wise one.

Many published results on repeated recordings split by record. The random forest here gets only what is known at the
predicted record before its outcome, and time; the difference between the two splits shows how much of the record-wise
result comes from recognising the patient.
"""

from typing import Any

import numpy as np

from meta_med.cohorts.columns.build import advancing_covariates
from meta_med.cohorts.record_table import Floats, Ints, RecordTable
from meta_med.episodes.queries import usable_end
from meta_med.episodes.query_covariates import query_covariates
from meta_med.outcomes import kind_of
from meta_med.study import StudySpec

MOST_RECORDS, TREES, FOLDS = 6000, 30, 5
MIN_RECORDS = 200


def record_wise_claim(table: RecordTable, study: StudySpec) -> dict[str, Any]:
    """Mean absolute error of a random forest for the first continuous outcome, by both ways of splitting.

    Returns:
        outcome, unit, by_record, by_patient, n_records; empty where patients have about one record each, where only
        time is known of a record before its outcome, or where records are too few.

    """
    place = next((d for d, o in enumerate(study.outcomes) if kind_of(o.kind).has_scale), None)
    inputs = _inputs(table, study)
    if place is None or not len(inputs):
        return {}
    rows = np.flatnonzero(~np.isnan(table.y[:, place]))
    rows = rows[:: max(1, len(rows) // MOST_RECORDS)][:MOST_RECORDS]
    subject = table.person[table.subject[rows]]
    if len(rows) < MIN_RECORDS or len(rows) < 2 * len(np.unique(subject)):
        return {}
    usable = usable_end(table, study.records.gap_days)
    known = query_covariates(table, rows, usable[rows], usable)
    x = np.column_stack([known[:, inputs], table.time[rows]])
    y = table.y[rows, place].astype(np.float64)
    outcome = study.outcomes[place]
    return {
        "outcome": outcome.title,
        "unit": outcome.unit,
        "by_record": _error(x, y, np.arange(len(rows)), study.seed),
        "by_patient": _error(x, y, subject, study.seed),
        "n_records": len(rows),
    }


def _inputs(table: RecordTable, study: StudySpec) -> Ints:
    """Columns known before the outcome; none where no column but time changes from record to record."""
    known = np.flatnonzero(table.known_ahead)
    by_itself = np.isin(np.asarray(table.covariates)[known], advancing_covariates(study), invert=True)
    later = table.position > 0
    changes = np.diff(table.x[:, known], axis=0, prepend=np.nan)[later]
    return known if (np.nan_to_num(changes)[:, by_itself] != 0).any() else known[:0]


def _error(x: Floats, y: Floats, group: Ints, seed: int) -> float:
    """Cross-fitted mean absolute error, no group in two folds."""
    from sklearn.ensemble import RandomForestRegressor

    _, index = np.unique(group, return_inverse=True)
    fold = np.random.default_rng(seed).permutation(int(index.max()) + 1)[index] % FOLDS
    errors = np.empty(len(y))
    for f in range(FOLDS):
        forest = RandomForestRegressor(TREES, random_state=seed)
        forest.fit(x[fold != f], y[fold != f])
        errors[fold == f] = np.abs(y[fold == f] - forest.predict(x[fold == f]))
    return float(errors.mean())
