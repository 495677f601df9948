"""A predictive distribution, against scipy."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from scipy import stats

from meta_med.episodes.batch import Records
from meta_med.outcomes import Outcome, OutcomeLayout
from meta_med.outcomes.continuous import student_t_log_density
from meta_med.prediction import Prediction, columns_of, positive_scale, unit_quantile

LAYOUT = OutcomeLayout.of([Outcome("a"), Outcome("b", "binary"), Outcome("c")])
DF = torch.tensor([3.0, 7.5], dtype=torch.float64)


def prediction(df: torch.Tensor | None = DF) -> Prediction:
    generator = torch.Generator().manual_seed(0)
    location = torch.randn(5, 2, 4, generator=generator, dtype=torch.float64)
    scale = 0.1 + torch.rand(5, 2, 2, generator=generator, dtype=torch.float64)
    return Prediction(LAYOUT, location, scale, df)


def query() -> Records:
    y = torch.randn(5, 2, 3, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    y[..., 1] = (y[..., 1] > 0).double()
    x, present = torch.zeros(5, 2, 0, dtype=torch.float64), torch.ones(5, 2, dtype=torch.bool)
    return Records(
        x, x > 0, torch.zeros(5, 2, dtype=torch.float64), y, torch.ones_like(y, dtype=torch.bool), present
    )


def law(found: Prediction, c: int):
    mean, scale = found.mean[..., c].numpy(), found.scale[..., c].numpy()
    return stats.norm(mean, scale) if found.df is None else stats.t(float(found.df[c]), mean, scale)


@pytest.mark.parametrize("df", [None, DF])
@pytest.mark.parametrize("p", [0.05, 0.25, 0.5, 0.9, 0.999])
def test_quantiles_are_those_of_scipy(df: torch.Tensor | None, p: float) -> None:
    found = prediction(df)
    for c in range(2):
        np.testing.assert_allclose(found.quantile(p)[..., c].numpy(), law(found, c).ppf(p), rtol=1e-10)


def test_a_quantile_is_looked_up_the_second_time() -> None:
    unit_quantile.cache_clear()
    for _ in range(3):
        prediction().quantile(0.9)
    assert unit_quantile.cache_info().misses == 2  # one for each outcome's degrees of freedom


@pytest.mark.parametrize("places", [(0, 1, 2, 3), (1,), (0, 2, 3), (3, 0, 1), ()])
def test_columns_are_those_of_a_list_of_indices(places: tuple[int, ...]) -> None:
    values = prediction().location
    assert torch.equal(columns_of(values, places), values[..., list(places)])


@pytest.mark.parametrize("p", [0.0, 1.0, -0.1, 5.0])
def test_a_quantile_outside_0_to_1_is_refused(p: float) -> None:
    with pytest.raises(ValueError, match="p must lie between 0 and 1"):
        prediction().quantile(p)


@pytest.mark.parametrize("df", [None, DF])
def test_log_likelihoods_are_those_of_scipy(df: torch.Tensor | None) -> None:
    found, judged = prediction(df), query()
    values, seen = found.log_likelihood(judged)
    assert bool(seen.all())
    for c, d in enumerate((0, 2)):
        np.testing.assert_allclose(
            values[..., d].numpy(), law(found, c).logpdf(judged.y[..., d].numpy()), rtol=1e-10
        )
    p = found.probabilities[..., 1].numpy()
    np.testing.assert_allclose(
        values[..., 1].numpy(), stats.bernoulli(p).logpmf(judged.y[..., 1].numpy()), rtol=1e-10
    )


def test_the_log_density_is_exact_far_out_and_for_many_degrees_of_freedom() -> None:
    y = torch.tensor([0.0, 40.0, -1e4], dtype=torch.float64)
    for df in (2.1, 300.0):
        found = student_t_log_density(
            y, torch.zeros(3), torch.ones(3), torch.tensor([df], dtype=torch.float64)
        )
        np.testing.assert_allclose(found.numpy(), stats.t(df).logpdf(y.numpy()), rtol=1e-9)


def test_the_loss_is_the_mean_over_what_is_observed() -> None:
    found, judged = prediction(), query()
    seen = torch.rand(5, 2, 3, generator=torch.Generator().manual_seed(2)) < 0.5
    values, _ = found.log_likelihood(judged)
    torch.testing.assert_close(found.loss(replace(judged, y_observed=seen)), -values[seen].mean())


def test_the_loss_is_zero_when_nothing_is_observed() -> None:
    judged = query()
    assert float(prediction().loss(replace(judged, present=torch.zeros_like(judged.present)))) == 0.0


def test_scales_are_positive_whatever_the_network_says() -> None:
    assert bool((positive_scale(torch.tensor([-1e4, -50.0, 0.0, 50.0])) >= 1e-3).all())


def test_without_class_outcomes_there_are_no_probabilities() -> None:
    layout = OutcomeLayout.of([Outcome("a")])
    assert Prediction(layout, torch.zeros(1, 1, 1), torch.ones(1, 1, 1)).probabilities == ()
