"""The least scale: a learner that is nearly certain for some patients does not make everybody's interval wide."""

import numpy as np
import pytest

from meta_med.calibrate.calibration import Calibration, calibrate
from meta_med.calibrate.least_scale import SHARES, least_scales
from meta_med.cohorts.record_table import Floats
from meta_med.forecast import NORMAL, Forecast
from meta_med.outcomes import Outcome, OutcomeLayout

LAYOUT = OutcomeLayout.of([Outcome("score"), Outcome("death", "binary")])
N = 400


def drawn(seed: int, *, sticky: bool) -> tuple[Forecast, Floats]:
    """A score; where sticky, half of the patients repeat a value seven times in ten, and the learner is sure of it."""
    rng = np.random.default_rng(seed)
    sure = (rng.random(N) < 0.5) & sticky
    scale = np.where(sure, 0.01, rng.uniform(0.8, 1.2, N))
    jump = np.where(rng.random(N) < 0.3, rng.normal(0, 2, N), 0.0)
    y = np.where(sure, jump, scale * rng.normal(size=N))
    two = np.full(N, np.nan)
    forecast = Forecast(np.stack([np.zeros(N), two], 1), np.stack([scale, two], 1), np.full(2, NORMAL))
    return forecast, np.stack([y, two], 1)


def floors(*, sticky: bool) -> Floats:
    forecast, y = drawn(0, sticky=sticky)
    return least_scales(forecast, y, np.ones((N, 2), dtype=np.int64), np.arange(N), LAYOUT)


def calibrated(floor: Floats | None) -> Calibration:
    forecast, y = drawn(1, sticky=True)
    ones, who = np.ones((N, 2), dtype=np.int64), np.arange(N)
    return calibrate(forecast, y, ones, 0 * who, who, LAYOUT, 1, floor)


def test_intervals_are_narrower_with_the_floor_and_cover_as_much() -> None:
    held, y = drawn(2, sticky=True)
    ones, first = np.ones(N, dtype=np.int64), np.zeros(N, dtype=np.int64)
    plain, floored = (
        calibrated(f).half_width(held, 0, ones, first, 0.9) for f in (None, floors(sticky=True))
    )
    assert floored.mean() < 0.8 * plain.mean()
    assert (np.abs(y[:, 0]) <= floored).mean() == pytest.approx(0.9, abs=0.04)


def test_where_scales_differ_as_usual_the_floor_lies_below_all_of_them() -> None:
    forecast, _ = drawn(0, sticky=False)
    floor = floors(sticky=False)
    assert floor[0] == pytest.approx(SHARES[0] * np.sqrt(np.mean(forecast.scale[:, 0] ** 2)))
    assert floor[0] < forecast.scale[:, 0].min()


def test_a_kind_without_a_scale_has_no_floor_and_few_patients_choose_nothing() -> None:
    assert floors(sticky=True)[1] == 0.0
    forecast, y = drawn(0, sticky=True)
    few = slice(0, 8)
    own = Forecast(forecast.mean[few], forecast.scale[few], forecast.df)
    found = least_scales(own, y[few], np.ones((8, 2), dtype=np.int64), np.arange(8), LAYOUT)
    assert found[0] == pytest.approx(SHARES[0] * np.sqrt(np.mean(own.scale[:, 0] ** 2)))
