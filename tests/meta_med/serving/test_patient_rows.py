"""Rows about patients, made by array operations, are those that sorting and writing them one by one gives."""

import json

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.assemble import assemble_with_account
from meta_med.cohorts.row_filters import SUBJECT
from meta_med.serving.patient_rows import record_rows, subject_rows
from meta_med.study import DAYS_PER_YEAR
from tests import scenario

PREPARED = scenario.prepared()
TABLE = PREPARED.table


@pytest.fixture(scope="module")
def newest() -> pd.DataFrame:
    return assemble_with_account({"visits": scenario.visits()}, scenario.study()).newest


def predicted(ids: np.ndarray) -> pd.DataFrame:
    """A status of each outcome, in turn, so that every combination of two is there."""
    each = ["personalised", "cohort", "withheld"]
    rows = [(who, o, each[(i + o * (i // 3)) % 3]) for i, who in enumerate(ids.tolist()) for o in range(2)]
    return pd.DataFrame(rows, columns=["subject_id", "outcome", "status"])


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_records_are_the_measured_values_by_subject_outcome_and_time(share: float) -> None:
    shown = np.random.default_rng(3).random(TABLE.n_subjects) < share
    rows = TABLE.rows_of(shown)
    plain = pd.DataFrame(TABLE.y[rows], columns=[o.name for o in PREPARED.layout.outcomes])
    plain.insert(0, "time_days", TABLE.time[rows] * DAYS_PER_YEAR)
    plain.insert(0, "subject_id", TABLE.subject_ids[TABLE.subject[rows]])
    plain = plain.melt(["subject_id", "time_days"], var_name="outcome", value_name="value").dropna()
    plain = plain.sort_values(["subject_id", "outcome", "time_days"], ignore_index=True)
    found = record_rows(PREPARED, shown)
    assert list(found) == ["subject_id", "time_days", "outcome", "value"]
    pd.testing.assert_frame_equal(found, plain, check_dtype=bool(share))


def test_a_subject_has_the_best_status_of_any_outcome(newest: pd.DataFrame) -> None:
    given = predicted(TABLE.subject_ids[::2])
    found = subject_rows(PREPARED, newest, given, {}).set_index("subject_id")["status"]
    assert set(found.index) == set(TABLE.subject_ids[::2])
    order = ["personalised", "cohort", "withheld"]
    for who, own in given.groupby("subject_id")["status"]:
        assert found[who] == min(own, key=order.index)


def test_what_is_shown_of_a_subject_is_their_newest_row_and_their_remark(newest: pd.DataFrame) -> None:
    ids = TABLE.subject_ids
    found = subject_rows(PREPARED, newest, predicted(ids), {str(ids[4]): "Held back: 1 row."})
    rows = newest.set_index(SUBJECT)
    for row in found.to_dict("records"):
        own = rows.loc[row["subject_id"]]
        age = f"{own['age']:.1f}".removesuffix(".0")
        assert json.loads(row["display"]) == {"age": f"{age} years", "sex": own["sex"]}
        assert row["remarks"] == ("Held back: 1 row." if row["subject_id"] == ids[4] else "")
