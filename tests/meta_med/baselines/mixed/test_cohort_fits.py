"""A cohort has a mixed model of its own where its patients say so, and only there."""

import numpy as np
import pytest

from meta_med.baselines.mixed.cohort_fits import LEAST
from meta_med.baselines.mixed_model import MixedModel
from meta_med.episodes.episode_arrays import Episodes
from meta_med.outcomes import Outcome, OutcomeLayout

LAYOUT = OutcomeLayout.of([Outcome("a")])


def cohorts(stable: list[float], patients: int = 60, support: int = 4, seed: int = 0) -> Episodes:
    """One cohort per entry: this share of an outcome's variance is between its patients, the rest within them."""
    rng = np.random.default_rng(seed)
    share = np.repeat(stable, patients)[:, None]
    n = len(share)
    y = np.sqrt(share) * rng.normal(size=(n, 1)) + np.sqrt(1 - share) * rng.normal(size=(n, support + 1))
    x = np.arange(support + 1.0) * np.ones((n, 1))
    time = np.broadcast_to(-np.arange(support, 0, -1.0), (n, support))
    return Episodes(
        y[:, :-1, None], x[:, :-1, None], time, x[:, -1:], y[:, -1:], np.repeat(np.arange(len(stable)), patients),
        np.arange(n),
    )  # fmt: skip


def own_cohorts(episodes: Episodes) -> set[int]:
    return set(MixedModel(LAYOUT).fit(episodes).fits[0].own)


def test_cohorts_that_measure_other_things_have_models_of_their_own() -> None:
    assert own_cohorts(cohorts([0.95, 0.5, 0.05])) >= {0, 2}


@pytest.mark.parametrize("seed", range(3))
def test_cohorts_that_are_alike_share_one_model(seed: int) -> None:
    assert own_cohorts(cohorts([0.5] * 4, seed=seed)) == set()


def test_a_cohort_of_few_patients_has_the_common_model() -> None:
    assert own_cohorts(cohorts([0.95, 0.05], patients=LEAST - 1)) == set()


def test_own_models_err_less_where_cohorts_differ() -> None:
    train, new = cohorts([0.95, 0.05], seed=1), cohorts([0.95, 0.05], patients=400, seed=2)
    model = MixedModel(LAYOUT).fit(train)
    error = np.mean((new.y - model.forecast(new).mean) ** 2)
    model.fits = [type(fits)(fits.common) for fits in model.fits]
    assert error < 0.95 * np.mean((new.y - model.forecast(new).mean) ** 2)


def test_a_cohort_outside_training_is_predicted_by_the_common_model() -> None:
    model = MixedModel(LAYOUT).fit(cohorts([0.95, 0.05]))
    fits = model.fits[0]
    found = [fit for fit, _ in fits.of_rows(np.array([7, 7]))]
    assert fits.own
    assert found == [fits.common]


def test_a_saved_model_forecasts_the_same() -> None:
    new = cohorts([0.95, 0.05, 0.3], seed=3)
    model = MixedModel(LAYOUT).fit(cohorts([0.95, 0.05]))
    again = MixedModel(LAYOUT).restore(*model.state())
    np.testing.assert_array_equal(again.forecast(new).mean, model.forecast(new).mean)
    np.testing.assert_array_equal(again.forecast(new).scale, model.forecast(new).scale)


def test_other_subjects_change_coefficients_and_not_variances() -> None:
    train = cohorts([0.95, 0.05])
    model = MixedModel(LAYOUT).fit(train)
    other = model.with_coefficients_of(train.take(np.flatnonzero(train.subject % 3 > 0)))
    for code, fit in model.fits[0].own.items():
        again = other.fits[0].own[code]
        assert again.parameters == fit.parameters
        assert not np.array_equal(again.beta, fit.beta)


def test_a_cohort_that_is_left_out_leaves_no_model_of_its_own() -> None:
    train = cohorts([0.95, 0.05])
    model = MixedModel(LAYOUT).fit(train)
    other = model.with_coefficients_of(train.take(np.flatnonzero(train.cohort == 1)))
    assert 0 in model.fits[0].own
    assert 0 not in other.fits[0].own
