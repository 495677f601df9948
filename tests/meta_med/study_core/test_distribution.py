"""The predictive distribution: its quantiles, its density, and the mass at the last own value."""

import pytest
import torch

from meta_med.study_core.distribution import RepeatMixture


def mixture(repeat: float, last: float = 0.3) -> RepeatMixture:
    shape = torch.zeros(1, 1, 2)
    weight = torch.tensor([0.7, 0.3]).log() + shape
    location, scale = torch.tensor([0.0, 2.0]) + shape, torch.tensor([0.5, 1.0]) + shape
    return RepeatMixture(weight, location, scale, *(torch.full((1, 1), v) for v in (repeat, last, 0.02)))


@pytest.mark.parametrize("repeat", [0.0, 0.1, 0.6])
@pytest.mark.parametrize("p", [0.02, 0.3, 0.5, 0.97])
def test_a_quantile_is_the_smallest_value_with_so_much_probability_up_to_it(repeat: float, p: float) -> None:
    found = mixture(repeat)
    at = found.quantile(p)
    assert float(found.cdf(at)) >= p - 1e-5
    assert float(found.cdf(at - 1e-3)) < p


def test_the_median_is_the_last_value_exactly_where_repeats_are_likely() -> None:
    assert float(mixture(0.6).quantile(0.5)) == torch.tensor(0.3).item()


def test_the_density_is_one_in_all() -> None:
    found = mixture(0.25)
    grid = torch.linspace(-8.0, 10.0, 20_001).reshape(-1, 1)
    assert float(found.log_density(grid).exp().sum()) * (18.0 / 20_000) == pytest.approx(0.75, abs=1e-3)


def test_a_repeat_is_worth_its_probability_over_the_window() -> None:
    found = mixture(0.25)
    assert float(found.log_density(torch.full((1, 1), 0.3)).exp()) > 0.25 / 0.02
    assert float(found.log_density(torch.full((1, 1), 0.31)).exp()) < 1.0


def test_moments_and_quantiles_move_with_the_unit() -> None:
    found = mixture(0.2)
    moved = found.moved(torch.full((1, 1), 5.0), torch.full((1, 1), 10.0), torch.full((1, 1), 8.0))
    assert float(moved.mean()) == pytest.approx(5.0 + 10.0 * float(found.mean()), rel=1e-5)
    assert float(moved.quantile(0.8)) == pytest.approx(5.0 + 10.0 * float(found.quantile(0.8)), rel=1e-5)
    same = found.log_density(torch.full((1, 1), 0.3)) - moved.log_density(torch.full((1, 1), 8.0))
    assert float(same) == pytest.approx(torch.tensor(10.0).log().item(), rel=1e-4)
