"""Model scale and back."""

import json
from dataclasses import replace

import numpy as np
import pytest

from meta_med.episodes.scaling import Scaling, fit_scaling
from meta_med.study import OutcomeSpec
from tests import scenario


def test_training_records_have_mean_0_and_sd_1_on_model_scale() -> None:
    ready = scenario.prepared()
    rows = ready.rows("train")
    z = ready.scaling.outcomes(ready.table.y[rows])
    np.testing.assert_allclose(np.nanmean(z[:, :2], 0), 0, atol=1e-12)
    np.testing.assert_allclose(np.nanstd(z[:, :2], 0), 1, atol=1e-12)


def test_binary_outcomes_stay_as_they_are() -> None:
    ready = scenario.prepared()
    assert np.array_equal(ready.scaling.outcomes(ready.table.y)[:, 2], ready.table.y[:, 2])


@pytest.mark.parametrize("outcome", [0, 1])
def test_there_and_back_gives_the_clinical_value(outcome: int) -> None:
    ready = scenario.prepared()
    z = ready.scaling.outcomes(ready.table.y)[:, outcome]
    np.testing.assert_allclose(ready.scaling.clinical(z, outcome), ready.table.y[:, outcome], rtol=1e-12)


def test_a_value_that_has_no_logarithm_is_missing_not_infinite() -> None:
    ready = scenario.prepared()
    y = np.array([[0.0, 0.0, 0.0], [-1.0, -1.0, 1.0], [1.0, 1.0, 1.0]])
    z = ready.scaling.outcomes(y)
    assert np.isnan(z[:, 0]).tolist() == [True, True, False]
    assert np.isfinite(z[:, 1:]).all()


def test_a_constant_column_is_centred_and_not_divided_by_nothing() -> None:
    table = scenario.table()
    table = replace(table, x=np.full_like(table.x, 3.0))
    scaling = fit_scaling(table, scenario.study().outcomes, np.ones(table.n_subjects, dtype=bool))
    assert np.array_equal(scaling.covariates(table.x), np.zeros_like(table.x))


def test_a_column_that_training_subjects_lack_stays_finite() -> None:
    table = scenario.table()
    y = table.y.copy()
    y[:, 1] = np.nan
    scaling = fit_scaling(
        replace(table, y=y), (OutcomeSpec(name="a"),) * 3, np.ones(table.n_subjects, dtype=bool)
    )
    assert (scaling.y_mean[1], scaling.y_sd[1]) == (0.0, 1.0)


def test_a_scaling_is_json() -> None:
    scaling = scenario.prepared().scaling
    assert Scaling(**json.loads(json.dumps(scaling.to_json()))) == scaling


def limited(
    marker: tuple[float | None, float | None], pressure: tuple[float | None, float | None]
) -> Scaling:
    """The scaling of a log outcome and a plain one, with these hard ranges."""
    one, other, last = scenario.study().outcomes
    spec = (replace(one, hard_range=marker), replace(other, hard_range=pressure), last)
    return fit_scaling(scenario.table(), spec, scenario.prepared().splits.subjects("train"))


def test_a_value_beyond_the_hard_range_becomes_its_end_in_clinical_units_and_on_model_scale() -> None:
    scaling = limited((0.5, 2.0), (100.0, None))
    z = np.array([-50.0, 0.0, 50.0])
    assert scaling.clinical(z, 0)[[0, 2]].tolist() == [0.5, 2.0]
    assert scaling.clinical(z, 1)[0] == 100.0
    assert scaling.clinical(z, 1)[2] > 200.0
    for outcome in (0, 1):
        bounded = scaling.bounded(z, outcome)
        np.testing.assert_allclose(scaling.clinical(bounded, outcome), scaling.clinical(z, outcome))
        assert bounded[1] == 0.0
    low, high = scaling.limits(np.zeros(2, dtype=np.int64))
    ends = np.array([[0.5, 100.0, np.nan], [2.0, np.nan, np.nan]])
    expected = scaling.outcomes(ends)
    np.testing.assert_allclose(low[0], np.nan_to_num(expected[0], nan=-np.inf, posinf=np.inf, neginf=-np.inf))
    np.testing.assert_allclose(high[1], np.nan_to_num(expected[1], nan=np.inf, posinf=np.inf, neginf=-np.inf))


def test_a_lower_end_of_zero_needs_no_limit_on_a_log_scale() -> None:
    scaling = limited((0.0, None), (None, None))
    assert np.isneginf(scaling.limits(np.zeros(1, dtype=np.int64))[0][0, 0])
    assert (scaling.clinical(np.array([-80.0]), 0) > 0).all()


def test_a_scaling_with_limits_is_json() -> None:
    scaling = limited((0.5, None), (None, 200.0))
    assert Scaling(**json.loads(json.dumps(scaling.to_json()))) == scaling


def test_a_category_that_only_other_subjects_have_is_no_input_of_the_models() -> None:
    table = scenario.table()
    train = scenario.prepared().splits.subjects("train")
    column = (
        table.covariates.index("sex=F") if "sex=F" in table.covariates else table.covariates.index("sex=f")
    )
    x = table.x.copy()
    x[table.rows_of(train), column] = 0.0
    scaling = fit_scaling(replace(table, x=x), scenario.study().outcomes, train)
    assert column not in scaling.used
    assert scaling.covariates(x).shape[1] == x.shape[1] - 1


def test_of_a_category_only_the_levels_most_frequent_in_training_are_kept() -> None:
    table = scenario.table()
    train = scenario.prepared().splits.subjects("train")
    levels = [i for i, name in enumerate(table.covariates) if name.startswith("sex=")]
    most = tuple(1 if i in levels else 0 for i in range(len(table.covariates)))
    used = fit_scaling(replace(table, most=most), scenario.study().outcomes, train).used
    count = np.nansum(table.x[table.rows_of(train)][:, levels], 0)
    assert [i for i in levels if i in used] == [levels[int(np.argmax(count))]]


@pytest.mark.parametrize(("stretch", "clock"), [(1.0, 1.0), (1 / 8766, None), (100.0, None)])
def test_time_runs_by_the_usual_gap_where_that_is_far_from_a_year(
    stretch: float, clock: float | None
) -> None:
    table = scenario.table()
    everyone = np.ones(table.n_subjects, dtype=bool)
    time = table.time * stretch
    scaling = fit_scaling(replace(table, time=time), scenario.study().outcomes, everyone)
    later = table.position > 0
    gaps = np.diff(scaling.time(time), prepend=0.0)[later]
    assert clock is None or scaling.clock == clock
    assert clock is not None or np.median(gaps) == pytest.approx(1.0)
