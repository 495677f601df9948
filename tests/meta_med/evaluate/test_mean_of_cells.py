"""The mean of a study's cells: patients stand in several of them, and are counted once."""

import numpy as np
import pytest

from meta_med.evaluate.intervals import ratio
from meta_med.evaluate.mean_of_cells import Influence, MeanOfCells, mean_of_cells


def cell(own: np.ndarray, other: np.ndarray, person: np.ndarray, cohort: np.ndarray | None = None):
    value = own.sum() / other.sum()
    return value, Influence.of(person, cohort, (own - value * other) / other.sum(), other / other.sum())


def mean(*cells, over_cohorts: bool = False) -> MeanOfCells:
    joined = Influence.joined([influence.in_row(i) for i, (_, influence) in enumerate(cells)])
    return mean_of_cells(np.asarray([value for value, _ in cells]), joined, over_cohorts=over_cohorts)


@pytest.fixture
def patients() -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rng = np.random.default_rng(0)
    other = rng.gamma(3.0, 1.0, 200)
    return rng.normal(-0.05, 0.4, 200) * other, other, np.arange(200)


def test_one_cell_has_the_interval_of_the_cell_but_for_its_skewness(patients) -> None:
    own, other, person = patients
    found, alone = mean(cell(own, other, person)), ratio(own[:, None], other[:, None])
    assert found.mean.value == alone.value[0]
    assert found.mean.high - found.mean.low == pytest.approx(alone.high[0] - alone.low[0])


def test_the_same_patients_again_tell_nothing_new_and_others_do(patients) -> None:
    own, other, person = patients
    one = cell(own, other, person)
    once, twice, others = mean(one), mean(one, one), mean(one, cell(own, other, person + 200))
    width = once.mean.high - once.mean.low
    assert twice.mean.high - twice.mean.low == pytest.approx(width)
    assert others.mean.high - others.mean.low == pytest.approx(width / np.sqrt(2), rel=0.01)
    assert (once.n_units, twice.n_units, others.n_units) == (200, 200, 400)


def test_every_cell_weighs_the_same_whatever_its_patients(patients) -> None:
    own, other, person = patients
    small = cell(own[:20] + other[:20], other[:20], person[:20])
    found = mean(cell(own, other, person), small)
    assert found.mean.value == pytest.approx((own.sum() / other.sum() + small[0]) / 2)


def test_over_cohorts_the_cohorts_are_the_units(patients) -> None:
    own, other, person = patients
    cohort = person % 10
    found = mean(cell(own, other, person, cohort), over_cohorts=True)
    by_cohort = [np.bincount(cohort, v)[:, None] for v in (own, other)]
    alone = ratio(*by_cohort)
    assert found.n_units == 10
    assert found.mean.high - found.mean.low == pytest.approx(alone.high[0] - alone.low[0])


def test_the_p_value_and_the_interval_agree(patients) -> None:
    own, other, person = patients
    for shift in np.linspace(-0.2, 0.1, 13):
        found = mean(cell(own + shift * other, other, person))
        assert (found.p_better < 0.025) == (found.mean.high < 0)


def test_one_patient_has_no_interval() -> None:
    found = mean(cell(np.ones(1), np.ones(1), np.zeros(1, int)))
    assert np.isnan([found.mean.low, found.mean.high, found.p_better]).all()


def test_rows_are_picked_in_the_order_that_is_asked_for(patients) -> None:
    own, other, person = patients
    joined = Influence.joined([cell(own, other, person + i)[1].in_row(i) for i in range(3)])
    picked = joined.of_rows(np.asarray([2, 0]))
    assert picked.person[picked.row == 0].min() == 2
    assert picked.person[picked.row == 1].min() == 0
