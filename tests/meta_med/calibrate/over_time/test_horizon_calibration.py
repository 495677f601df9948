"""Intervals per horizon: on simulated patients whose values wander, each horizon holds its level."""

import json

import numpy as np
import pytest
from scipy import stats

from meta_med.calibrate.calibration import LEVELS, Calibration, calibrate
from meta_med.calibrate.over_time.horizon_calibration import HorizonCalibration, calibrated
from meta_med.calibrate.over_time.horizon_records import HorizonRecords
from meta_med.forecast import NORMAL, Forecast
from meta_med.outcomes import Outcome, OutcomeLayout

LAYOUT = OutcomeLayout.of([Outcome("a")])
DAYS = (90.0, 180.0, 365.0, 730.0)
TAU = 500.0
"""Days in which a value of the Ornstein-Uhlenbeck process forgets most of where it was."""
PER_HORIZON = 2


def wandering(rng: np.random.Generator, patients: int, horizons: tuple[int, ...]) -> HorizonRecords:
    """Values of an Ornstein-Uhlenbeck process, a few per patient and horizon, predicted as if all were a year ahead.

    The centre is right at every distance; the scale is that of one year, so it is too wide nearby and too narrow far.
    """
    index = np.tile(np.repeat(horizons, PER_HORIZON), patients)
    subject = np.repeat(np.arange(patients), PER_HORIZON * len(horizons))
    rho = np.exp(-np.asarray(DAYS)[index] / TAU)
    newest = rng.normal(size=len(index))
    y = rho * newest + np.sqrt(1 - rho**2) * rng.normal(size=len(index))
    year = np.sqrt(1 - np.exp(-2 * 365.0 / TAU))
    forecast = Forecast((rho * newest)[:, None], np.full((len(y), 1), year), np.array([NORMAL]))
    one = np.ones((len(y), 1), dtype=np.int64)
    return HorizonRecords(index, forecast, y[:, None], one, np.zeros(len(y), dtype=np.int64), subject)


def pooled_of(records: HorizonRecords) -> Calibration:
    """The champion's calibration, which knows no horizon."""
    return calibrate(
        records.forecast, records.y, records.own, records.cohort, records.subject, LAYOUT, n_cohorts=1
    )


def inside(records: HorizonRecords, half: np.ndarray) -> np.ndarray:
    return np.abs(records.y - records.forecast.mean) <= half


def test_every_horizon_holds_its_level_where_the_pooled_interval_is_off() -> None:
    rng = np.random.default_rng(0)
    every = tuple(range(len(DAYS)))
    known, new = wandering(rng, 400, every), wandering(rng, 2000, every)
    pooled = pooled_of(wandering(rng, 400, every))
    found = calibrated(known, pooled, LAYOUT, DAYS)
    who = (new.own[:, 0], new.cohort)
    hit = inside(new, found.half_widths(pooled, new.forecast, 0, *who, new.horizon))
    plain = inside(new, pooled.half_width(new.forecast, 0, *who, 0.9)[:, None])[:, 0]
    off = []
    for h in every:
        rows = new.horizon == h
        for place, level in enumerate(LEVELS):
            # chance on both sides: a quantile of 400 patients, a share of 4,000 values
            error = np.sqrt(level * (1 - level) * (1 / 400 + 1 / rows.sum()))
            assert abs(hit[rows, place].mean() - level) < 3.5 * error, (h, level)
        off.append(abs(plain[rows].mean() - 0.9) / np.sqrt(0.09 / rows.sum()))
    assert max(off) > 8
    assert (np.diff(found.factor[:, 0, 2]) > 0).all()


def test_one_more_law_the_interval_widens_with_the_level() -> None:
    rng = np.random.default_rng(1)
    records = wandering(rng, 60, (0, 1, 2, 3))
    pooled = pooled_of(records)
    found = calibrated(records, pooled, LAYOUT, DAYS)
    half = found.half_widths(pooled, records.forecast, 0, records.own[:, 0], records.cohort, records.horizon)
    assert (np.diff(half, axis=1) >= 0).all()


def test_few_patients_are_shrunk_to_the_pooled_interval_and_too_few_have_none() -> None:
    rng = np.random.default_rng(2)
    pooled = pooled_of(wandering(rng, 400, (0, 1, 2, 3)))
    many = calibrated(wandering(rng, 400, (3,)), pooled, LAYOUT, DAYS).factor[3, 0]
    few = [calibrated(wandering(rng, 12, (3,)), pooled, LAYOUT, DAYS).factor[3, 0] for _ in range(40)]
    mean = np.exp(np.mean(np.log(few), axis=0))
    assert (many > 1.05).all()
    assert ((mean < many * 1.02) & (mean > 1.0)).all()
    none = calibrated(wandering(rng, 8, (3,)), pooled, LAYOUT, DAYS)
    assert np.isnan(none.factor[3]).all()
    assert none.patients[:, 0].tolist() == [0, 0, 0, 8]


def test_the_kept_horizon_keeps_the_champion_s_intervals() -> None:
    records = wandering(np.random.default_rng(3), 100, (0, 1, 2, 3))
    pooled = pooled_of(records)
    found = calibrated(records, pooled, LAYOUT, DAYS, keep=2)
    assert (found.factor[2] == 1).all()
    assert (found.factor[[0, 3]] != 1).all()
    rows = records.take(records.horizon == 2)
    half = found.half_widths(pooled, rows.forecast, 0, rows.own[:, 0], rows.cohort, rows.horizon)
    for place, level in enumerate(LEVELS):
        usual = pooled.half_width(rows.forecast, 0, rows.own[:, 0], rows.cohort, level)
        np.testing.assert_array_equal(half[:, place], usual)


def test_risks_are_recalibrated_for_each_horizon() -> None:
    rng = np.random.default_rng(4)
    layout = OutcomeLayout.of([Outcome("b", "binary")])
    n = 3000
    told = rng.uniform(0.1, 0.6, n)
    horizon = np.repeat([0, 1], n // 2)
    risk = np.where(horizon == 0, told, 1 - (1 - told) ** 2)  # twice as long, more events
    y = (rng.random(n) < risk).astype(float)
    forecast = Forecast(told[:, None], np.full((n, 1), np.nan), np.array([NORMAL]))
    one, zeros, who = np.ones((n, 1), dtype=np.int64), np.zeros(n, dtype=np.int64), np.arange(n)
    near = horizon == 0
    pooled = calibrate(forecast.take(near), y[near, None], one[near], zeros[near], who[near], layout, 1)
    found = calibrated(
        HorizonRecords(horizon, forecast, y[:, None], one, zeros, who), pooled, layout, (100.0, 200.0)
    )
    for h in (0, 1):
        rows = horizon == h
        centre = found.centre(pooled, forecast.take(rows), 0, layout.kinds[0], h)
        assert abs(centre.mean() - y[rows].mean()) < stats.norm.ppf(0.999) * np.sqrt(0.25 / rows.sum())
    far = horizon == 1
    assert pooled.centre(forecast.take(far), 0, layout.kinds[0]).mean() < y[far].mean() - 0.1


def test_horizons_are_json() -> None:
    records = wandering(np.random.default_rng(5), 50, (0, 3))
    found = calibrated(records, pooled_of(records), LAYOUT, DAYS)
    again = HorizonCalibration.from_json(json.loads(json.dumps(found.to_json())))
    for name, values in vars(found).items():
        np.testing.assert_array_equal(getattr(again, name), values)


@pytest.mark.parametrize("level", LEVELS)
def test_no_interval_of_the_champion_is_none_at_any_horizon(level: float) -> None:
    records = wandering(np.random.default_rng(6), 30, (0, 1))
    pooled = pooled_of(records)
    without = Calibration(pooled.multipliers * np.nan, pooled.line, pooled.bounds)
    found = calibrated(records, without, LAYOUT, DAYS[:2])
    assert np.isnan(found.factor[..., LEVELS.index(level)]).all()
