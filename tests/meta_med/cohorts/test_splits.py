"""Splits by subject; their laws stand in tests/properties."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from meta_med.cohorts.splits import Splits, split_subjects
from meta_med.study import SplitsSpec
from tests import scenario


def test_the_same_seed_gives_the_same_splits_and_another_one_others() -> None:
    table = scenario.table()
    one = split_subjects(table, SplitsSpec(seed=1)).of_subject
    assert np.array_equal(one, split_subjects(table, SplitsSpec(seed=1)).of_subject)
    assert not np.array_equal(one, split_subjects(table, SplitsSpec(seed=2)).of_subject)


@pytest.mark.parametrize("fold", [-1, 5])
def test_a_fold_that_does_not_exist_is_refused(fold: int) -> None:
    with pytest.raises(ValueError, match=r"splits.fold: expected 0\.\.4"):
        split_subjects(scenario.table(), SplitsSpec(fold=fold))


def test_shares_that_leave_nobody_to_train_on_are_refused() -> None:
    with pytest.raises(ValueError, match="nobody to train on"):
        split_subjects(scenario.table(), SplitsSpec(tuning=0.4, calibration=0.4))


def test_leaving_cohorts_out_takes_another_cohort_each_fold() -> None:
    table = scenario.table()
    left_out = []
    for fold in range(2):
        held_out = split_subjects(table, SplitsSpec(folds=2, fold=fold, leave_cohorts_out=1)).subjects(
            "held_out"
        )
        left_out.append(set(table.entry_cohort[held_out]))
    assert left_out[0] | left_out[1] == {0, 1}
    assert all(len(cohorts) == 1 for cohorts in left_out)


def test_saved_splits_are_read_back(tmp_path: Path) -> None:
    splits = scenario.prepared().splits
    splits.save(tmp_path / "splits.json")
    assert np.array_equal(Splits.load(tmp_path / "splits.json").of_subject, splits.of_subject)


def test_all_series_of_one_person_are_in_one_split() -> None:
    table = scenario.table()
    person = np.asarray([f"person {i // 3}" for i in range(table.n_subjects)])
    of = split_subjects(replace(table, person_ids=person), SplitsSpec()).of_subject
    assert all(len(set(of[person == p])) == 1 for p in set(person))
