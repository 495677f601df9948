"""Conformal intervals over patients, and recalibrated probabilities."""

import json

import numpy as np
import pytest

from meta_med.calibrate import (
    LEVELS,
    MIN_COHORT_SUBJECTS,
    MIN_SUBJECTS,
    Calibration,
    calibrate,
    conformal_quantile,
)
from meta_med.forecast import NORMAL, Forecast
from meta_med.outcomes import Outcome, OutcomeLayout
from meta_med.records import Floats, Ints
from meta_med.strata import STRATA, stratum_name, stratum_of

LAYOUT = OutcomeLayout.of([Outcome("a")])


def calibrated(
    y: Floats, size: Ints, cohort: Ints, subject: Ints, cohorts: int = 1, scale: float = 1.0
) -> Calibration:
    """Calibration of the forecast 0 +- scale."""
    forecast = Forecast(np.zeros((len(y), 1)), np.full((len(y), 1), scale), np.array([NORMAL]))
    return calibrate(forecast, y[:, None], size, cohort, subject, LAYOUT, cohorts)


def simulated(rng: np.random.Generator, subjects: int, records: int) -> tuple[Floats, Ints]:
    """Errors of exchangeable patients, heavy-tailed, alike within a patient."""
    own = rng.standard_t(3, subjects) * rng.gamma(2.0, size=subjects)
    return (own[:, None] + 0.3 * rng.normal(size=(subjects, records))).ravel(), np.repeat(
        np.arange(subjects), records
    )


@pytest.mark.parametrize("records", [1, 3])
@pytest.mark.parametrize("scale", [0.1, 5.0])
def test_coverage_of_new_patients_is_about_nominal_however_wrong_the_forecast(
    records: int, scale: float
) -> None:
    rng = np.random.default_rng(0)
    found: dict[float, list[float]] = {level: [] for level in LEVELS}
    for _ in range(200):
        y, subject = simulated(rng, 60, records)
        zeros = np.zeros(len(y), dtype=np.int64)
        calibration = calibrated(y, zeros, zeros, subject, scale=scale)
        new, _ = simulated(rng, 50, records)
        forecast = Forecast(np.zeros((len(new), 1)), np.full((len(new), 1), scale), np.array([NORMAL]))
        nil = np.zeros(len(new), dtype=np.int64)
        for level in LEVELS:
            half = calibration.half_width(forecast, 0, nil, nil, level)
            found[level].append(float((np.abs(new) <= half).mean()))
    for level in LEVELS:
        assert level - 0.015 < np.mean(found[level]) < level + 0.03


def test_with_one_record_a_subject_it_is_the_split_conformal_quantile() -> None:
    score = np.random.default_rng(0).permutation(np.arange(1.0, 20.0))  # n = 19: ceil(0.9 * 20) = 18th
    assert conformal_quantile(score, np.arange(19), 0.9) == 18.0
    assert conformal_quantile(score, np.arange(19), 0.5) == 10.0


def test_a_subject_with_many_records_weighs_as_much_as_one_with_one() -> None:
    """Nine calm patients with one record, one wild patient with ninety-one: the median is calm."""
    score = np.r_[np.full(9, 1.0), np.full(91, 100.0)]
    subject = np.r_[np.arange(9), np.full(91, 9)]
    assert conformal_quantile(score, subject, 0.5) == 1.0
    assert conformal_quantile(score, np.arange(100), 0.5) == 100.0


def test_too_few_subjects_for_the_level_give_the_largest_score() -> None:
    assert conformal_quantile(np.array([3.0, 1.0, 2.0]), np.arange(3), 0.9) == 3.0


def test_nobody_at_all_gives_an_unbounded_interval() -> None:
    assert conformal_quantile(np.zeros(0), np.zeros(0, dtype=np.int64), 0.9) == np.inf


def test_a_stratum_of_its_own_is_used_where_enough_subjects_are_in_it() -> None:
    n = 40
    y = np.r_[np.full(n, 1.0), np.full(n, 10.0)]
    size, zeros = np.repeat([0, 1], n), np.zeros(2 * n, dtype=np.int64)
    multipliers = calibrated(y, size, zeros, np.arange(2 * n)).multipliers[-1, 0, :, -1]
    assert multipliers[:2].tolist() == [1.0, 10.0]


def test_a_thin_stratum_is_pooled_with_its_neighbours() -> None:
    few = MIN_SUBJECTS - 1
    y = np.r_[np.full(few, 1.0), np.full(60, 10.0)]
    size, zeros = (
        np.r_[np.zeros(few, dtype=np.int64), np.ones(60, dtype=np.int64)],
        np.zeros(few + 60, dtype=np.int64),
    )
    multipliers = calibrated(y, size, zeros, np.arange(few + 60)).multipliers[-1, 0, :, -1]
    assert multipliers[0] == 10.0
    assert multipliers[1] == 10.0


@pytest.mark.parametrize(("subjects", "own"), [(MIN_COHORT_SUBJECTS, True), (MIN_COHORT_SUBJECTS - 1, False)])
def test_a_cohort_has_its_own_width_once_it_has_enough_subjects(subjects: int, own: bool) -> None:
    y = np.r_[np.full(subjects, 1.0), np.full(300, 10.0)]
    cohort = np.r_[np.zeros(subjects, dtype=np.int64), np.ones(300, dtype=np.int64)]
    zeros = np.zeros(len(y), dtype=np.int64)
    calibration = calibrated(y, zeros, cohort, np.arange(len(y)), cohorts=2)
    assert calibration.multipliers[0, 0, 0, -1] == (1.0 if own else 10.0)


def test_a_cohort_that_calibration_never_saw_gets_everybodys_width() -> None:
    calibration = calibrated(np.arange(50.0), *[np.zeros(50, dtype=np.int64)] * 2, np.arange(50))
    forecast = Forecast(np.zeros((1, 1)), np.ones((1, 1)), np.array([NORMAL]))
    widths = [calibration.half_width(forecast, 0, np.array([0]), np.array([c]), 0.9)[0] for c in (0, 7)]
    assert widths[0] == widths[1]


def test_missing_outcomes_are_not_scored() -> None:
    y = np.r_[np.arange(40.0), np.full(40, np.nan)]
    zeros = np.zeros(80, dtype=np.int64)
    one = calibrated(y, zeros, zeros, np.arange(80))
    other = calibrated(y[:40], zeros[:40], zeros[:40], np.arange(40))
    np.testing.assert_array_equal(one.multipliers, other.multipliers)


def test_levels_are_nested() -> None:
    y, subject = simulated(np.random.default_rng(1), 100, 2)
    zeros = np.zeros(len(y), dtype=np.int64)
    multipliers = calibrated(y, zeros, zeros, subject).multipliers
    assert (np.diff(multipliers, axis=-1) >= 0).all()


def test_probabilities_that_are_too_extreme_are_pulled_back() -> None:
    rng = np.random.default_rng(3)
    z = rng.normal(size=2000)
    y = (rng.random(2000) < 1 / (1 + np.exp(-z))).astype(float)
    layout = OutcomeLayout.of([Outcome("b", "binary")])
    forecast = Forecast(1 / (1 + np.exp(-3 * z - 1))[:, None], np.full((2000, 1), np.nan), np.array([NORMAL]))
    zeros = np.zeros(2000, dtype=np.int64)
    calibration = calibrate(forecast, y[:, None], zeros, zeros, np.arange(2000), layout, 1)
    np.testing.assert_allclose(calibration.line[0], [-1 / 3, 1 / 3], atol=0.1)
    assert abs(calibration.probability(forecast, 0).mean() - y.mean()) < 0.01


def test_no_probability_goes_beyond_what_the_calibration_patients_vouch_for() -> None:
    layout = OutcomeLayout.of([Outcome("b", "binary")])
    forecast = Forecast(np.array([[1e-9], [1 - 1e-9]] * 9), np.full((18, 1), np.nan), np.array([NORMAL]))
    zeros = np.zeros(18, dtype=np.int64)
    y = np.tile([0.0, 1.0], 9)[:, None]
    found = calibrate(forecast, y, zeros, zeros, np.arange(18), layout, 1).probability(forecast, 0)
    np.testing.assert_allclose(found[:2], [1 / 20, 19 / 20])


def test_a_patient_with_many_records_does_not_recalibrate_for_everybody() -> None:
    layout = OutcomeLayout.of([Outcome("b", "binary")])
    subject = np.r_[np.arange(100), np.full(300, 100)]
    y = np.r_[np.zeros(70), np.ones(30), np.ones(300)]
    forecast = Forecast(np.full((400, 1), 0.3), np.full((400, 1), np.nan), np.array([NORMAL]))
    zeros = np.zeros(400, dtype=np.int64)
    found = calibrate(forecast, y[:, None], zeros, zeros, subject, layout, 1).probability(forecast, 0)
    assert found[0] == pytest.approx(0.3, abs=0.03)


def test_few_binary_outcomes_leave_probabilities_nearly_as_they_are() -> None:
    layout = OutcomeLayout.of([Outcome("b", "binary")])
    forecast = Forecast(np.array([[0.3], [0.6]]), np.full((2, 1), np.nan), np.array([NORMAL]))
    zeros = np.zeros(2, dtype=np.int64)
    calibration = calibrate(forecast, np.array([[1.0], [1.0]]), zeros, zeros, np.arange(2), layout, 1)
    np.testing.assert_allclose(calibration.probability(forecast, 0), [0.3, 0.6], atol=0.05)


def test_a_calibration_is_json() -> None:
    calibration = calibrated(np.arange(50.0), *[np.zeros(50, dtype=np.int64)] * 2, np.arange(50))
    again = Calibration.from_json(json.loads(json.dumps(calibration.to_json())))
    np.testing.assert_array_equal(again.multipliers, calibration.multipliers)
    np.testing.assert_array_equal(again.line, calibration.line)


def test_every_support_size_is_in_exactly_one_stratum() -> None:
    sizes = np.arange(200)
    low, high = np.array(STRATA)[stratum_of(sizes)].T
    assert ((low <= sizes) & (sizes <= high)).all()
    assert [stratum_name(s) for s in range(len(STRATA))] == ["0", "1", "2", "3-5", "6+"]
