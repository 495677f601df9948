"""Conformal intervals over patients, and recalibrated probabilities."""

import json

import numpy as np
import pytest

from meta_med.calibrate.calibration import LEVELS, Calibration, calibrate, describe
from meta_med.calibrate.strata import STRATA, stratum_name, stratum_of
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.forecast import NORMAL, Forecast
from meta_med.outcomes import Outcome, OutcomeLayout

LAYOUT = OutcomeLayout.of([Outcome("a")])
ZEROS = np.zeros(50, dtype=np.int64)


def calibrated(
    y: Floats, size: Ints, cohort: Ints, subject: Ints, cohorts: int = 1, scale: float = 1.0
) -> Calibration:
    """Calibration of the forecast 0 +- scale."""
    forecast = Forecast(np.zeros((len(y), 1)), np.full((len(y), 1), scale), np.array([NORMAL]))
    return calibrate(forecast, y[:, None], size[:, None], cohort, subject, LAYOUT, cohorts)


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
        assert abs(np.mean(found[level]) - level) < 0.02


def test_what_an_interval_rests_on_is_said() -> None:
    rng = np.random.default_rng(0)
    cohort = np.repeat([0, 1], [30, 4])
    y, size = rng.normal(size=34), np.ones(34, dtype=np.int64)
    calibration = calibrated(y, size, cohort, np.arange(34), cohorts=2)
    assert calibration.basis[:, 0, 1].tolist() == [30, 0, 34]
    rows = describe(calibration, LAYOUT, ["north", "south"])
    assert [r["support_size"] for r in rows] == ["0", "1", "2", "3-5", "6+"]
    assert rows[1]["calibration_patients"] == 34
    assert rows[1]["cohorts_of_their_own"] == "north"
    assert "pooled" in rows[2]["calibration_patients"]


def test_a_cohort_that_calibration_never_saw_gets_everybodys_width() -> None:
    calibration = calibrated(np.arange(50.0), ZEROS, ZEROS, np.arange(50))
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
    calibration = calibrate(forecast, y[:, None], zeros[:, None], zeros, np.arange(2000), layout, 1)
    np.testing.assert_allclose(calibration.line[0], [-1 / 3, 1 / 3], atol=0.1)
    assert abs(calibration.centre(forecast, 0, layout.kinds[0]).mean() - y.mean()) < 0.01


def test_no_probability_goes_beyond_what_the_calibration_patients_vouch_for() -> None:
    layout = OutcomeLayout.of([Outcome("b", "binary")])
    forecast = Forecast(np.array([[1e-9], [1 - 1e-9]] * 9), np.full((18, 1), np.nan), np.array([NORMAL]))
    zeros = np.zeros(18, dtype=np.int64)
    y = np.tile([0.0, 1.0], 9)[:, None]
    found = calibrate(forecast, y, zeros[:, None], zeros, np.arange(18), layout, 1).centre(
        forecast, 0, layout.kinds[0]
    )
    np.testing.assert_allclose(found[:2], [1 / 38, 37 / 38])


def test_a_patient_with_many_records_does_not_recalibrate_for_everybody() -> None:
    layout = OutcomeLayout.of([Outcome("b", "binary")])
    subject = np.r_[np.arange(100), np.full(300, 100)]
    y = np.r_[np.zeros(70), np.ones(30), np.ones(300)]
    forecast = Forecast(np.full((400, 1), 0.3), np.full((400, 1), np.nan), np.array([NORMAL]))
    zeros = np.zeros(400, dtype=np.int64)
    found = calibrate(forecast, y[:, None], zeros[:, None], zeros, subject, layout, 1).centre(
        forecast, 0, layout.kinds[0]
    )
    assert found[0] == pytest.approx(0.3, abs=0.03)


def test_few_binary_outcomes_leave_probabilities_nearly_as_they_are() -> None:
    layout = OutcomeLayout.of([Outcome("b", "binary")])
    forecast = Forecast(np.array([[0.3], [0.6]]), np.full((2, 1), np.nan), np.array([NORMAL]))
    zeros = np.zeros(2, dtype=np.int64)
    calibration = calibrate(
        forecast, np.array([[1.0], [1.0]]), zeros[:, None], zeros, np.arange(2), layout, 1
    )
    np.testing.assert_allclose(calibration.centre(forecast, 0, layout.kinds[0]), [0.3, 0.6], atol=0.05)


def test_a_calibration_is_json() -> None:
    calibration = calibrated(np.arange(50.0), ZEROS, ZEROS, np.arange(50))
    again = Calibration.from_json(json.loads(json.dumps(calibration.to_json())))
    np.testing.assert_array_equal(again.multipliers, calibration.multipliers)
    np.testing.assert_array_equal(again.line, calibration.line)
    np.testing.assert_array_equal(again.basis, calibration.basis)


def test_every_support_size_is_in_exactly_one_stratum() -> None:
    sizes = np.arange(200)
    low, high = np.array(STRATA)[stratum_of(sizes)].T
    assert ((low <= sizes) & (sizes <= high)).all()
    assert [stratum_name(s) for s in range(len(STRATA))] == ["0", "1", "2", "3-5", "6+"]
