"""An outcome that does not change within patients is told from one that might."""

import numpy as np
import pytest

from meta_med.cohorts.determined.constant import Constant, constant_within_patients


def patients(n: int, each: int) -> np.ndarray:
    return np.repeat(np.arange(n), each)


def test_a_class_that_patients_keep_is_constant() -> None:
    of = np.arange(40) % 2
    assert constant_within_patients(patients(40, 3), of.repeat(3).astype(float)) == Constant(40, 40)


def test_a_number_that_patients_keep_is_constant() -> None:
    y = np.random.default_rng(0).normal(size=40).repeat(3)
    assert constant_within_patients(patients(40, 3), y) == Constant(40, 40)


def test_missing_values_are_no_changes() -> None:
    y = (np.arange(40) % 2).repeat(3).astype(float)
    y[::3] = np.nan
    assert constant_within_patients(patients(40, 3), y) == Constant(40, 40)


@pytest.mark.parametrize(("changed", "refused"), [(2, True), (20, False)])
def test_a_few_changes_are_errors_of_entry_and_many_are_not(changed: int, refused: bool) -> None:
    y = (np.arange(100) % 2).repeat(3).astype(float)
    y[: 3 * changed : 3] = 1 - y[: 3 * changed : 3]
    found = constant_within_patients(patients(100, 3), y)
    assert found == (Constant(100, 100 - changed) if refused else None)


def test_a_rare_event_that_nearly_nobody_has_is_not_constant() -> None:
    y = np.zeros((300, 3))
    y[[5, 90, 200], 2] = 1.0
    assert constant_within_patients(patients(300, 3), y.ravel()) is None


def test_a_death_on_the_last_record_is_not_constant() -> None:
    y = np.zeros((300, 5))
    y[::20, 4] = 1.0
    assert constant_within_patients(patients(300, 5), y.ravel()) is None


def test_a_rare_class_that_its_patients_keep_is_constant() -> None:
    y = np.zeros((300, 5))
    y[::20] = 1.0
    assert constant_within_patients(patients(300, 5), y.ravel()) == Constant(300, 300)


def test_the_same_value_in_everybody_is_another_matter() -> None:
    assert constant_within_patients(patients(50, 3), np.ones(150)) is None


def test_one_record_per_patient_is_never_constant() -> None:
    y = (np.arange(100) % 2).astype(float)
    assert constant_within_patients(np.arange(100), y) is None


def test_a_score_with_many_equal_values_is_not_constant() -> None:
    rng = np.random.default_rng(0)
    y = np.minimum(rng.binomial(15, 0.9, (100, 4)), 15).astype(float)
    assert constant_within_patients(patients(100, 4), y.ravel()) is None


def test_few_patients_decide_nothing() -> None:
    y = np.asarray([0.0, 0.0, 1.0, 1.0])
    assert constant_within_patients(patients(2, 2), y) is None
