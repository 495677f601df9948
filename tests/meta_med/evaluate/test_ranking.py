"""AUROC and the calibration line with intervals over patients."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit

from meta_med.evaluate.intervals import calibration, ranking
from tests.examples import examples

seeds = st.integers(0, 2**32 - 1)


def patients(n: int, rng: np.random.Generator, most: int = 4) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Some records of each of n patients, whose risks differ; both classes are there."""
    subject = np.repeat(np.arange(n), rng.integers(1, most + 1, n))
    x = rng.normal(size=n)[subject] + 0.5 * rng.normal(size=len(subject))
    y = (rng.random(len(subject)) < expit(x)).astype(float)
    y[:2] = [0.0, 1.0]
    return y, expit(x), subject


def test_every_pair_ranked_right_still_leaves_doubt() -> None:
    """Newcombe's method 5 at an area of 1, solved by hand: 1 - a = z^2 a (1 + (N - 1) (...)) / (m n)."""
    y = np.r_[np.ones(5), np.zeros(7)]
    found = ranking(y, np.where(y > 0, 0.6, 0.4), np.arange(12))
    a = found.low
    spread = 1 + 5 * ((1 - a) / (2 - a) + a / (1 + a))
    assert (found.value, found.high) == (1.0, 1.0)
    assert 1 - a == pytest.approx(1.959964**2 * a * spread / 35, rel=1e-5)
    assert 0.6 < a < 0.8


def test_one_patient_tells_no_interval() -> None:
    rng = np.random.default_rng(0)
    y = (np.arange(12) < 5).astype(float)
    for found in (ranking(y, rng.random(12), np.zeros(12)), *calibration(y, rng.random(12), np.zeros(12))):
        assert np.isfinite(found.value)
        assert np.isnan([found.low, found.high]).all()


@examples(40)
@given(seeds, st.integers(2, 30))
def test_an_interval_holds_its_value_has_a_width_and_is_narrower_of_more(seed: int, n: int) -> None:
    y, p, subject = patients(n, np.random.default_rng(seed))
    one = ranking(y, p, subject)
    more = ranking(np.tile(y, 3), np.tile(p, 3), np.concatenate([subject + n * i for i in range(3)]))
    assert 0 <= one.low <= one.value <= one.high <= 1
    assert one.high - one.low > 1e-3
    assert more.high - more.low < one.high - one.low


@examples(40)
@given(seeds, st.integers(2, 30))
def test_neither_order_nor_names_nor_the_choice_of_event_matter(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    y, p, subject = patients(n, rng)
    order, names = rng.permutation(len(y)), rng.permutation(n)
    one, other = ranking(y, p, subject), ranking(y[order], p[order], names[subject][order])
    turned = ranking(1 - y, 1 - p, subject)
    for name in ("value", "low", "high"):
        assert getattr(other, name) == pytest.approx(getattr(one, name), abs=1e-9)
        assert getattr(turned, name) == pytest.approx(getattr(one, name), abs=1e-9)
    for a, b in zip(
        calibration(y, p, subject), calibration(y[order], p[order], names[subject][order]), strict=True
    ):
        assert (b.value, b.low, b.high) == pytest.approx((a.value, a.low, a.high), rel=1e-6, nan_ok=True)


def test_copies_of_a_patients_records_do_not_narrow_the_interval() -> None:
    rng = np.random.default_rng(1)
    y, p, subject = patients(60, rng, most=1)
    one, many = ranking(y, p, subject), ranking(np.tile(y, 9), np.tile(p, 9), np.tile(subject, 9))
    assert many.high - many.low == pytest.approx(one.high - one.low, rel=0.05)


@pytest.mark.parametrize("n", [12, 40])
def test_intervals_hold_the_truth_about_as_often_as_they_say(n: int) -> None:
    rng = np.random.default_rng(n)
    y, p, subject = patients(4000, rng)
    area, (_, slope) = ranking(y, p, subject).value, calibration(y, p, subject)
    held = {"area": [], "slope": []}
    for _ in range(150):
        some = rng.choice(4000, n, replace=False)
        rows = np.isin(subject, some)
        found = ranking(y[rows], p[rows], subject[rows])
        held["area"].append(found.low <= area <= found.high)
        line = calibration(y[rows], p[rows], subject[rows])[1]
        if np.isfinite(line.low):
            held["slope"].append(line.low <= slope.value <= line.high)
    assert np.mean(held["area"]) > 0.9
    assert np.mean(held["slope"]) > 0.9
