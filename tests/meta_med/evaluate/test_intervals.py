"""Intervals over patients, against hand and simulation."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from meta_med.evaluate.intervals import (
    MIN_COHORTS,
    RowPatients,
    binomial_p,
    clustered_share,
    effective_number,
    holm,
    kish,
    one_sided_p,
    ratio,
    ratio_error,
    wilson,
)
from tests.examples import examples


def test_sums_are_by_patient_and_leave_out_what_was_not_observed() -> None:
    subject = np.array([7, 3, 7, 9])
    patients = RowPatients.of(subject, np.array([True, True, True, False]))
    total, count = patients.sums(np.array([[1.0], [5.0], [np.nan], [100.0]]))
    assert len(patients) == 2
    assert total.tolist() == [[5.0], [1.0]]
    assert count.tolist() == [[1.0], [1.0]]


def test_no_rows_give_no_number_instead_of_a_zero() -> None:
    patients = RowPatients.of(np.array([1, 2]), np.array([False, False]))
    found = ratio(*patients.sums(np.ones((2, 1))))
    assert np.isnan(found.value).all()
    assert np.isnan(found.low).all()


def test_a_mean_over_few_patients_does_not_reach_zero_only_because_none_of_them_was_drawn() -> None:
    found = ratio(np.array([[2.0], [3.0]]), np.ones((2, 1)))
    half = stats.t.ppf(0.975, 1) * np.std([2.0, 3.0], ddof=1) / np.sqrt(2)
    assert found.value.tolist() == [2.5]
    assert (found.low[0], found.high[0]) == pytest.approx((2.5 - half, 2.5 + half))


def test_one_patient_tells_a_value_and_no_interval() -> None:
    for found in (
        ratio(np.full((1, 1), 6.0), np.full((1, 1), 12.0)),
        clustered_share(np.full((1, 1), 6.0), np.full((1, 1), 12.0)),
    ):
        assert found.value.tolist() == [0.5]
        assert np.isnan([found.low, found.high]).all()


@pytest.mark.parametrize("n", [3, 5, 10, 40])
def test_an_interval_of_few_patients_holds_the_truth_as_often_as_it_says(n: int) -> None:
    rng = np.random.default_rng(n)
    count = rng.integers(1, 6, (n, 1)) * np.ones((n, 4000))
    found = ratio(count * rng.normal(size=(n, 4000)) + count, count)
    assert ((found.low <= 1) & (found.high >= 1)).mean() > 0.92


def test_an_interval_of_few_skewed_errors_holds_the_truth_nine_times_of_ten() -> None:
    rng = np.random.default_rng(0)
    found = ratio(rng.gamma(1.0, 1.0, (15, 20_000)), np.ones((15, 20_000)))
    assert ((found.low <= 1) & (found.high >= 1)).mean() > 0.91


def test_where_all_patients_are_inside_the_interval_is_that_of_what_they_are_worth() -> None:
    count = np.array([[100.0], [1.0], [1.0], [1.0]])
    found = clustered_share(count, count)
    assert kish(count)[0] < 1.1
    assert found.low == pytest.approx(wilson(np.array([1.0]), kish(count))[0])


@examples(60)
@given(st.integers(2, 40), st.integers(0, 2**32 - 1))
def test_the_order_of_patients_and_the_unit_of_errors_move_no_interval(n: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    count = rng.integers(1, 5, (n, 2)).astype(float)
    total, order, unit = rng.gamma(1.0, 1.0, (n, 2)) * count, rng.permutation(n), 10.0 ** rng.uniform(-12, 12)
    one, other = ratio(total, count), ratio(unit * total[order], count[order])
    for name in ("value", "low", "high"):
        np.testing.assert_allclose(getattr(other, name), unit * getattr(one, name), rtol=1e-9)


@examples(60)
@given(st.integers(2, 40), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_a_share_of_few_has_a_width_holds_itself_and_is_narrower_of_more(
    n: int, most: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    count = rng.integers(1, most + 1, (n, 1)).astype(float)
    total = rng.binomial(count.astype(int), rng.choice([0.0, 0.5, 0.9, 1.0])).astype(float)
    one, thrice = (
        clustered_share(total, count),
        clustered_share(np.tile(total, (3, 1)), np.tile(count, (3, 1))),
    )
    assert 0 <= one.low <= one.value <= one.high <= 1
    assert 0.2 / count.sum() < one.high - one.low
    assert thrice.high - thrice.low < one.high - one.low


@pytest.mark.parametrize("n", [20, 200])
def test_an_interval_is_as_wide_as_theory(n: int) -> None:
    rng = np.random.default_rng(0)
    count = rng.integers(1, 5, (n, 1)).astype(float)
    total = count * rng.normal(size=(n, 1)) + count
    found, error = ratio(total, count), ratio_error(total, count)
    assert (found.high - found.low) / (2 * 1.96 * error) == pytest.approx(1.0, abs=0.2)


def test_all_inside_their_intervals_still_leaves_doubt() -> None:
    found = clustered_share(np.full((10, 1), 3.0), np.full((10, 1), 3.0))
    low, _ = wilson(np.array([1.0]), np.array([10.0]))
    assert found.value.tolist() == [1.0]
    assert found.low == pytest.approx(low)


def test_copies_of_a_patients_records_do_not_narrow_the_interval_of_a_share() -> None:
    rng = np.random.default_rng(1)
    inside = (rng.random((60, 1)) < 0.8) * 1.0
    one, many = clustered_share(inside, np.ones_like(inside)), clustered_share(inside * 9, inside * 0 + 9)
    assert many.high - many.low == pytest.approx(one.high - one.low, rel=0.05)


def test_chance_alone_is_called_so_as_often_as_it_says() -> None:
    rng = np.random.default_rng(2)
    scores = rng.normal(size=(12, 2000))
    count = np.ones_like(scores)
    p = one_sided_p(scores.mean(0), ratio_error(scores, count), count.sum(0))
    assert (p < 0.05).mean() == pytest.approx(0.05, abs=0.02)


def in_cohorts(n_cohorts: int, spread: float) -> tuple[np.ndarray, np.ndarray]:
    """Thirty patients of each cohort; cohorts differ by `spread`, patients within one by 1."""
    rng = np.random.default_rng(3)
    cohort = np.repeat(np.arange(n_cohorts), 30)
    return rng.normal(size=(len(cohort), 1)) + spread * rng.normal(size=n_cohorts)[cohort][:, None], cohort


def test_cohorts_that_differ_widen_what_is_said_of_a_further_one() -> None:
    total, cohort = in_cohorts(20, 1.0)
    found, alone = ratio(total, np.ones_like(total), cohort), ratio(total, np.ones_like(total))
    means = total[:, 0].reshape(20, 30).mean(1)
    by_theory = 2 * 1.96 * means.std(ddof=1) / np.sqrt(20)
    assert (found.high - found.low) == pytest.approx(by_theory, rel=0.2)
    assert (alone.high - alone.low) < 0.6 * by_theory


def test_a_few_cohorts_are_not_drawn_again() -> None:
    total, cohort = in_cohorts(MIN_COHORTS - 1, 1.0)
    found, alone = ratio(total, np.ones_like(total), cohort), ratio(total, np.ones_like(total))
    assert (found.low, found.high) == (alone.low, alone.high)


def test_a_person_in_two_cohorts_is_a_patient_of_each_and_still_one_person() -> None:
    subject, cohort = np.array([7, 3, 7, 7]), np.array([1, 0, 0, 1])
    patients = RowPatients.within(subject, cohort, np.ones(4, dtype=bool))
    total, count = patients.sums(np.array([[1.0], [5.0], [2.0], [3.0]]))
    assert patients.cohort is not None
    assert (patients.cohort.tolist(), total[:, 0].tolist()) == ([0, 0, 1], [5.0, 2.0, 4.0])
    assert patients.persons(subject, count > 0).tolist() == [2]


def test_holm_stops_at_the_first_that_is_not_small_enough() -> None:
    """Against 0.05 / 5, / 4 and so on in ascending order: the second is too large, so the others are not rejected."""
    p = np.array([0.04, 0.001, np.nan, 0.016, 0.03])
    assert holm(p, 0.05).tolist() == [False, True, False, False, False]
    assert holm(np.array([0.001, 0.012, 0.02]), 0.05).tolist() == [True, True, True]
    assert holm(np.zeros(0), 0.05).tolist() == []


def test_the_binomial_p_value_is_scipys_for_whole_numbers_and_lies_between_them_for_others() -> None:
    hit, n = np.arange(41.0), np.full(41, 40.0)
    np.testing.assert_allclose(binomial_p(hit / n, n, 0.9), stats.binom.cdf(hit, 40, 0.9))
    between = binomial_p(np.array([0.8, 0.8]), np.array([40.0, 40.5]), 0.9)
    assert stats.binom.cdf(33, 41, 0.9) > between[1] > 0
    assert binomial_p(np.array([1.0]), np.array([7.3]), 0.9)[0] == 1.0


def test_values_of_one_patient_that_hang_together_count_as_fewer() -> None:
    rng = np.random.default_rng(0)
    alone = effective_number(rng.binomial(10, 0.9, (200, 1)).astype(float), np.full((200, 1), 10.0))
    together = effective_number(10.0 * rng.binomial(1, 0.9, (200, 1)), np.full((200, 1), 10.0))
    assert 1000 < alone[0] <= 2000
    assert 190 < together[0] < 220
