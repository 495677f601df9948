"""Distances and what records at those distances say, on numbers that can be checked by eye."""

import math

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from meta_med.learners.metric_based.similarity import (
    EmbeddedRecords,
    level,
    log_mean_probability,
    prototypes,
    squared_distances,
    weighted_l1,
)
from tests.examples import examples

ONE = torch.ones(1)


def evidence(
    residual: list[float], classes: list[int], observed: list[float] | None = None
) -> EmbeddedRecords:
    """One task: records at 0, 1, 2, ... on a line, of two classes, with these residuals."""
    n = len(residual)
    seen = torch.tensor(observed or [1.0] * n).reshape(1, n, 1)
    values = torch.nn.functional.one_hot(torch.tensor(classes, dtype=torch.long), 2).float().unsqueeze(0)
    embedded = torch.arange(float(n)).reshape(1, n, 1)
    return EmbeddedRecords(
        embedded, values, seen.expand(1, n, 2), torch.tensor(residual).reshape(1, n, 1) * seen, seen
    )


@examples(60)
@given(
    seed=st.integers(0, 2**31),
    spread=st.sampled_from([1e-3, 1.0, 30.0]),
    offset=st.sampled_from([0.0, 5.0, 300.0]),
    width=st.sampled_from([1, 8, 64]),
)
def test_the_product_form_keeps_float32_to_1e_5(seed: int, spread: float, offset: float, width: int) -> None:
    """Against the differences in float64, relative to the largest distance, wherever the cloud lies."""
    generator = torch.Generator().manual_seed(seed)
    at, keys = (spread * torch.randn(3, n, width, generator=generator) + offset for n in (4, 6))
    at[:, 0] = keys[:, 0]  # a duplicate
    truth = (at.double().unsqueeze(2) - keys.double().unsqueeze(1)).square().sum(-1)
    found = squared_distances(at, keys)
    assert float((found - truth).abs().max()) <= 1e-5 * float(truth.max())
    assert float(found.min()) >= 0.0


def test_the_constant_centre_costs_no_gradient() -> None:
    generator = torch.Generator().manual_seed(0)
    draws = [torch.randn(2, n, 3, generator=generator, dtype=torch.float64) for n in (4, 5)]
    pairs = []
    for distance in (squared_distances, lambda a, k: (a.unsqueeze(2) - k.unsqueeze(1)).square().sum(-1)):
        at, keys = (t.clone().requires_grad_() for t in draws)
        weights = torch.arange(40.0, dtype=torch.float64).reshape(2, 4, 5)
        pairs.append(torch.autograd.grad((distance(at, keys) * weights).sum(), [at, keys]))
    for one, other in zip(*pairs, strict=True):
        torch.testing.assert_close(one, other)


def test_l1_weighs_each_dimension() -> None:
    at, keys = torch.tensor([[[1.0, 2.0]]]), torch.tensor([[[0.0, 0.0], [1.0, -1.0]]])
    assert weighted_l1(at, keys, torch.tensor([1.0, 10.0])).tolist() == [[[21.0, 30.0]]]


@pytest.mark.parametrize("distance", [squared_distances, lambda a, k: weighted_l1(a, k, torch.ones(2))])
def test_without_records_there_is_no_distance(distance) -> None:
    assert distance(torch.zeros(3, 4, 2), torch.zeros(3, 0, 2)).shape == (3, 4, 0)


def test_a_level_is_the_shrunk_weighted_mean() -> None:
    known = evidence([3.0, 5.0, 100.0], [0, 0, 0], observed=[1.0, 1.0, 0.0])
    found = level(torch.tensor([[[0.0, math.log(2.0), 0.0]]]), known, ONE, 0.5 * ONE)
    # weights 1 and 1/2, the third was not observed, half a record of residual zero
    assert float(found) == pytest.approx((3.0 + 2.5) / (1.0 + 0.5 + 0.5))


def test_only_the_nearest_neighbours_count_and_ties_all_do() -> None:
    known = evidence([3.0, 5.0, 100.0, 7.0], [0] * 4, observed=[1.0, 1.0, 0.0, 1.0])
    distance = torch.tensor([[[1.0, 2.0, 0.0, 2.0]]])
    tiny = 1e-6 * ONE
    nearest = {k: float(level(distance, known, ONE, tiny, k)) for k in (1, 2, 9)}
    assert nearest[1] == pytest.approx(3.0, abs=1e-4)
    every = float(level(distance, known, ONE, tiny))
    assert nearest[2] == pytest.approx(every)
    assert nearest[9] == pytest.approx(every)


def test_far_from_every_record_the_level_is_the_priors() -> None:
    assert float(level(torch.full((1, 1, 2), 200.0), evidence([3.0, 5.0], [0, 1]), ONE, ONE)) == 0.0
    assert level(torch.zeros(1, 4, 0), evidence([], []), ONE, ONE).tolist() == [[[0.0]] * 4]


@pytest.mark.parametrize(("prior", "expected"), [(0.0, [0.5, 9.0]), (2.0, [(0 + 1 + 2 * 9) / 4, 9.0])])
def test_a_class_that_no_record_shows_stays_at_its_prior(prior: float, expected: list[float]) -> None:
    found = prototypes(
        evidence([0.0, 0.0], [0, 0]), slice(0, 2), torch.tensor(prior), torch.full((1, 2, 1), 9.0)
    )
    assert found.flatten().tolist() == expected


def test_the_mean_probability_counts_the_prior_as_records() -> None:
    p = torch.tensor([[[0.5, 0.1]]])
    member = torch.tensor([[[1.0, 0.0], [1.0, 0.0]]])
    found = log_mean_probability(p.log(), member, torch.tensor(2.0), torch.full((1, 1, 2), math.log(0.3)))
    assert found.exp().flatten().tolist() == pytest.approx([(0.5 + 0.1 + 0.6) / 4, 0.3])


def test_vanishing_probabilities_stay_finite_with_their_gradients() -> None:
    log_p = torch.full((1, 1, 2), -500.0, requires_grad=True)
    member = torch.tensor([[[1.0, 0.0], [0.0, 0.0]]])
    found = log_mean_probability(log_p, member, torch.tensor(0.1), torch.full((1, 1, 2), -400.0))
    found.sum().backward()
    assert bool(torch.isfinite(found).all())
    assert bool(torch.isfinite(log_p.grad).all())
