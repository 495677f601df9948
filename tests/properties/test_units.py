"""The same answer in any unit and order: of baselines, of the scaling to model scale, of the evaluation."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.baselines import boosting
from meta_med.baselines.baseline import Baseline
from meta_med.baselines.registry import BASELINES, create_baseline
from meta_med.episodes.cohort_scaling import CohortScale
from meta_med.episodes.episode_arrays import Episodes
from meta_med.episodes.scaling import Scaling, fit_scaling
from meta_med.evaluate.evaluation_table import evaluate
from meta_med.forecast import Forecast
from meta_med.outcomes.binary import recalibrate
from meta_med.study import OutcomeSpec
from tests import scenario
from tests.examples import examples
from tests.meta_med.baselines.made_episodes import LAYOUT, in_unit, made_episodes
from tests.meta_med.scored_example import scored

QUICK = ("last_value", "patient_mean", "shrunk_mean")
units = st.floats(-12.0, 12.0).map(lambda power: 10.0**power)
powers_of_two = st.integers(-40, 40).map(lambda power: 2.0**power)
seeds = st.integers(0, 2**32 - 1)


def test_the_laws_are_about_every_baseline() -> None:
    slow = {str(param.values[0]) for param in SLOW}
    single_precision = {"study_core"}  # its laws are in tests/meta_med/study_core
    assert {*QUICK, "population", "mixed_model"} | slow | single_precision == set(BASELINES.built_in)


def told(name: str, train: Episodes, asked: Episodes) -> Forecast:
    baseline: Baseline = create_baseline(name, LAYOUT).fit(train).fit_scale(train)
    return baseline.forecast(asked)


def in_first_unit(found: Forecast, y: float, zero: float) -> tuple[np.ndarray, np.ndarray]:
    """Mean and scale as they would be without the change of unit."""
    mean, scale = found.mean.copy(), found.scale.copy()
    mean[:, 0], scale[:, 0] = (mean[:, 0] - zero) / y, scale[:, 0] / y
    return mean, scale


def assert_same(
    one: Forecast, other: Forecast, y: float = 1.0, zero: float = 0.0, exact: bool = False
) -> None:
    mean, scale = in_first_unit(other, y, zero)
    if exact:
        np.testing.assert_array_equal(mean, one.mean)
        np.testing.assert_array_equal(scale, one.scale)
    else:
        np.testing.assert_allclose(mean, one.mean, rtol=1e-6, atol=1e-6 * np.abs(one.mean).max())
        np.testing.assert_allclose(scale, one.scale, rtol=1e-6)


@examples(20)
@given(seeds, units, units, st.sampled_from(QUICK))
def test_a_unit_changes_nothing_but_the_unit_of_a_summary(seed: int, y: float, x: float, name: str) -> None:
    train, asked = made_episodes(8, seed), made_episodes(4, seed + 1)
    assert_same(told(name, train, asked), told(name, in_unit(train, y, x), in_unit(asked, y, x)), y)


@examples(20)
@given(seeds, powers_of_two, st.sampled_from(QUICK))
def test_a_power_of_two_changes_no_digit_of_a_summary(seed: int, unit: float, name: str) -> None:
    train, asked = made_episodes(8, seed), made_episodes(4, seed + 1)
    found = told(name, in_unit(train, unit, unit), in_unit(asked, unit, unit))
    assert_same(told(name, train, asked), found, unit, exact=True)


@pytest.mark.nightly
@pytest.mark.parametrize("seed", range(20))
def test_a_unit_changes_nothing_but_the_unit_of_the_mixed_model(seed: int) -> None:
    y, x = 10.0 ** np.random.default_rng(seed).uniform(-12, 12, 2)
    train, asked = made_episodes(25, seed), made_episodes(10, seed + 1)
    one, other = (
        told("mixed_model", train, asked),
        told("mixed_model", in_unit(train, y, x), in_unit(asked, y, x)),
    )
    assert_same(one, other, y)


@cache
def plain(name: str) -> Forecast:
    return told(name, made_episodes(60), made_episodes(20, 1))


CHANGES = {
    "a power of two": {"y": 2.0**-30, "x": 2.0**20},
    "mol for nmol": {"y": 1e-9, "x": 1e-9},
    "kelvin for celsius": {"y_zero": 273.15, "x_zero": 273.15},
}


@pytest.fixture(autouse=True)
def one_configuration(monkeypatch: pytest.MonkeyPatch) -> None:
    """Boosting tries one configuration of trees, as it does where there are many outcomes: for time."""
    monkeypatch.setattr(boosting, "FEW", 0)


SLOW = [
    pytest.param(name, marks=pytest.mark.nightly)
    for name in ("cohort_offset", "boosted_lags", "hierarchical_mixed")
]


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", ["population", "mixed_model", *SLOW])
def test_a_unit_changes_nothing_but_the_unit(name: str, change: str) -> None:
    how = CHANGES[change]
    found = told(name, in_unit(made_episodes(60), **how), in_unit(made_episodes(20, 1), **how))
    exact = change == "a power of two"
    assert_same(plain(name), found, how.get("y", 1.0), how.get("y_zero", 0.0), exact=exact)


@pytest.mark.parametrize("name", [*QUICK, "population", "mixed_model", *SLOW])
def test_the_order_of_episodes_is_no_matter(name: str) -> None:
    train, asked = made_episodes(60), made_episodes(20, 1)
    order = np.random.default_rng(0).permutation(60)
    found = told(name, train.take(order), asked)
    np.testing.assert_allclose(found.mean, plain(name).mean, rtol=1e-6, atol=1e-6)


@examples(20)
@given(seeds, units)
def test_on_model_scale_a_table_is_the_same_in_any_unit(seed: int, unit: float) -> None:
    """Numbers off and on the log scale, standardised by study or by cohort."""
    table, rng = scenario.table(), np.random.default_rng(seed)
    train = rng.random(table.n_subjects) < 0.7
    other = replace(table, x=table.x * unit, y=np.where([True, True, False], table.y * unit, table.y))
    own = tuple(
        OutcomeSpec(name=o.name, kind=o.kind, scale=o.scale, standardise="cohort")
        for o in scenario.study().outcomes
    )
    numbers = ["=" not in name for name in table.covariates]
    for outcomes in (scenario.study().outcomes, own):
        one, changed = (fit_scaling(t, outcomes, train) for t in (table, other))
        known, found = one.outcomes(table.y, table.cohort), changed.outcomes(other.y, other.cohort)
        np.testing.assert_allclose(found, known, rtol=1e-6, atol=1e-9)
        back = changed.clinical(found[:, 1], 1, other.cohort)
        np.testing.assert_allclose(back, other.y[:, 1], rtol=1e-6)
        x = [
            s.covariates(t.x, t.cohort)[:, np.array(numbers)[s.used]]
            for s, t in ((one, table), (changed, other))
        ]
        np.testing.assert_allclose(x[1], x[0], rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("unit", [1e-12, 1.0, 1e12])
def test_an_outcome_that_never_varies_has_its_size_for_a_unit(unit: float) -> None:
    table = scenario.table()
    y = np.where([False, True, False], 120.0 * unit, table.y)
    spec, everyone = scenario.study().outcomes, np.ones(table.n_subjects, dtype=bool)
    scaling: Scaling = fit_scaling(replace(table, y=y), spec, everyone)
    assert (scaling.y_mean[1], scaling.y_sd[1]) == pytest.approx((120.0 * unit, 120.0 * unit))
    own = (spec[0], OutcomeSpec(name="pressure", standardise="cohort"), spec[2])
    cohorts: CohortScale | None = fit_scaling(replace(table, y=y), own, everyone).cohorts
    assert cohorts is not None
    assert np.array(cohorts.sd)[:, 1] == pytest.approx(120.0 * unit)


@examples(10)
@given(seeds, units)
def test_the_evaluation_is_the_same_in_any_unit_order_and_name(seed: int, unit: float) -> None:
    rng = np.random.default_rng(seed)
    one = scored({"champion": 0.8}, n=12, sizes=2, seed=seed % 1000)
    rows, names = rng.permutation(len(one.size)), rng.permutation(12)
    scores = {
        predictor: {
            key: values[rows] * (unit ** (1 + (key[1] == "rmse")) if key[2] == "mmHg" else 1.0)
            for key, values in of.items()
        }
        for predictor, of in one.scores.items()
    }
    other = replace(
        one,
        size=one.size[rows],
        subject=names[one.subject][rows],
        cohort=one.cohort[rows],
        scores=scores,
        events={name: y[rows] for name, y in one.events.items()},
        probabilities={p: {o: v[rows] for o, v in of.items()} for p, of in one.probabilities.items()},
    )
    known, found = evaluate("s", one), evaluate("s", other)
    assert found.drop(columns=["value", "ci_low", "ci_high"]).equals(
        known.drop(columns=["value", "ci_low", "ci_high"])
    )
    factor = np.where(known["unit"] == "mmHg", unit, 1.0)
    for name in ("value", "ci_low", "ci_high"):
        np.testing.assert_allclose(found[name] / factor, known[name], rtol=1e-6, atol=1e-9, err_msg=name)


@examples(30)
@given(seeds)
def test_recalibration_does_not_ask_for_the_order_or_the_names_of_patients(seed: int) -> None:
    rng = np.random.default_rng(seed)
    n = int(rng.integers(5, 60))
    p, subject, stratum = rng.random(n), rng.integers(0, 20, n), rng.integers(0, 3, n)
    y, order, names = (rng.random(n) < p).astype(float), rng.permutation(n), rng.permutation(20)
    one = recalibrate(p, y, subject, stratum)
    other = recalibrate(p[order], y[order], names[subject][order], stratum[order])
    np.testing.assert_allclose(other, one, rtol=1e-6, atol=1e-9)
