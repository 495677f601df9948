"""Which record is predicted of whom: the next one, or the newest, of the patients that a study calls current."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from meta_med.serving.adapt import (
    current_subjects,
    next_records,
    not_trained_on,
)
from meta_med.study import ServeSpec
from tests import scenario
from tests.meta_med.serving.everybody import serving


def test_the_next_record_is_expected_one_horizon_after_the_newest() -> None:
    table = scenario.table()
    found = serving(horizon_days=365.25)
    np.testing.assert_allclose(found.prepared.table.time[found.rows], table.time[table.newest] + 1.0)
    marker_known = ~np.isnan(table.y[table.newest, 0])
    np.testing.assert_allclose(found.age[marker_known, 0], 1.0, atol=1e-5)


def test_the_newest_record_itself_is_predicted_with_its_facts_and_without_its_outcomes() -> None:
    table, found = scenario.table(), serving(record="newest")
    np.testing.assert_array_equal(found.rows, table.newest)
    np.testing.assert_array_equal(found.prepared.table.x, table.x)
    assert np.isnan(found.prepared.table.y[found.rows]).all()
    np.testing.assert_array_equal(found.queries.end, table.newest)


def test_the_newest_record_is_predicted_of_those_from_whose_outcome_nothing_has_learned() -> None:
    ready = scenario.prepared()
    y = ready.table.y.copy()
    y[ready.table.newest[0]] = np.nan
    wanted = ready.splits.subjects("held_out") | (np.arange(ready.table.n_subjects) == 0)
    found = not_trained_on(replace(ready.table, y=y), ready.splits)
    assert found[0]
    np.testing.assert_array_equal(found[1:] >= wanted[1:], True)
    assert not found.all()


def test_scaling_and_contexts_are_those_of_training() -> None:
    found = serving().prepared
    assert found.scaling is scenario.prepared().scaling
    assert found.context is scenario.prepared().context


def test_all_own_records_up_to_the_largest_support_are_used() -> None:
    found = serving()
    most = found.prepared.study.budget.max_support
    expected = np.minimum(np.diff(scenario.table().offsets), most)
    np.testing.assert_array_equal(found.prepared.support_size(found.rows), expected)


def test_only_subjects_that_meet_every_condition_are_current() -> None:
    n = scenario.prepared().table.n_subjects
    newest = pd.DataFrame({"alive": np.arange(n) % 2 * 1.0, "ward": ["x", "y", "z", "z"] * (n // 4)})
    found = current_subjects(newest, ServeSpec(where={"alive": ("1",), "ward": ("y", "z")}))
    np.testing.assert_array_equal(found, (newest["alive"] == 1) & newest["ward"].isin(["y", "z"]))


def test_a_condition_on_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match=r"serve.where: no column ward"):
        current_subjects(pd.DataFrame({"a": []}), ServeSpec(where={"ward": ("x",)}))


def test_a_delivery_without_a_current_patient_is_refused_by_name() -> None:
    ready = scenario.prepared()
    with pytest.raises(ValueError, match="no patient of this delivery is current"):
        next_records(ready, np.zeros(ready.table.n_subjects, dtype=bool))
