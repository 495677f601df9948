"""What a careless evaluation would have claimed: records dealt at random, a patient's own among the trained ones.

Many published figures on repeated recordings split by record. The forest here reads only what was measured at the
predicted record, and time; the same forest with whole patients held out shows how much of the first figure was
recognising the patient.
"""

from typing import Any

import numpy as np

from meta_med.records import Floats, Ints, RecordTable
from meta_med.study import StudySpec

MOST_RECORDS, TREES, FOLDS = 6000, 30, 5
MIN_RECORDS = 200


def record_wise_claim(table: RecordTable, study: StudySpec) -> dict[str, Any]:
    """Mean absolute error of a random forest for the first continuous outcome, by both ways of splitting.

    Returns:
        outcome, unit, by_record, by_patient, n_records; empty where patients have about one record each, or nothing
        is measured at a record, or there are too few.

    """
    place = next((d for d, o in enumerate(study.outcomes) if o.kind == "continuous"), None)
    if place is None or all(c.known_ahead for c in study.covariates):
        return {}
    rows = np.flatnonzero(~np.isnan(table.y[:, place]))
    rows = rows[:: max(1, len(rows) // MOST_RECORDS)][:MOST_RECORDS]
    subject = table.person[table.subject[rows]]
    if len(rows) < MIN_RECORDS or len(rows) < 2 * len(np.unique(subject)):
        return {}
    x = np.column_stack([table.x[rows], table.time[rows]])
    y = table.y[rows, place].astype(np.float64)
    outcome = study.outcomes[place]
    return {
        "outcome": outcome.title,
        "unit": outcome.unit,
        "by_record": _error(x, y, np.arange(len(rows)), study.seed),
        "by_patient": _error(x, y, subject, study.seed),
        "n_records": len(rows),
    }


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
