"""Exact conditioning: both spaces, one posterior; what rounding and bad options do."""

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.learners import create
from meta_med.learners.closed_form.conditioning import Evidence, FeatureSpace, RecordSpace, stable_cholesky
from meta_med.learners.closed_form.deep_kernel import Coregionalisation, OrnsteinUhlenbeck, RadialBasis
from meta_med.learners.networks.blocks import BLOCK, in_blocks
from meta_med.learners.networks.features import mlp
from meta_med.outcomes import Outcome
from tests import scenario
from tests.examples import examples


def drawn(seed: int, records: int, features: int, dtype: torch.dtype = torch.float64):
    """Whitened features (3, 2, N, d), evidence with holes, and two query points."""
    generator = torch.Generator().manual_seed(seed)
    psi = torch.randn(3, 2, records, features, generator=generator, dtype=torch.float64)
    residual = torch.randn(3, 2, records, generator=generator, dtype=torch.float64)
    variance = 0.01 + torch.rand(3, 2, records, generator=generator, dtype=torch.float64)
    seen = torch.rand(3, 2, records, generator=generator) < 0.8
    at = torch.randn(3, 2, 2, features, generator=generator, dtype=torch.float64)
    evidence = Evidence.of(residual.to(dtype), variance.to(dtype), seen)
    return psi.to(dtype), evidence, at.to(dtype)


def by_records(psi, evidence, at):
    space = RecordSpace.condition(psi @ psi.mT, evidence)
    return space.read(psi @ at.mT, at.square().sum(-1))


@examples(30)
@given(seed=st.integers(0, 2**31), records=st.integers(0, 9), features=st.integers(1, 6))
def test_record_space_and_feature_space_agree(seed: int, records: int, features: int) -> None:
    psi, evidence, at = drawn(seed, records, features)
    mean, variance = by_records(psi, evidence, at)
    other_mean, other_variance = FeatureSpace.condition(psi, evidence).read(at)
    torch.testing.assert_close(mean, other_mean, rtol=1e-9, atol=1e-9)
    torch.testing.assert_close(variance, other_variance, rtol=1e-9, atol=1e-9)


@given(seed=st.integers(0, 2**31), features=st.integers(1, 6))
def test_the_weights_have_the_mean_and_covariance_that_predictions_have(seed: int, features: int) -> None:
    psi, evidence, at = drawn(seed, 4, features)
    space = FeatureSpace.condition(psi, evidence)
    weights, root = space.weights()
    mean, variance = space.read(at)
    torch.testing.assert_close((at @ weights.unsqueeze(-1)).squeeze(-1), mean, rtol=1e-9, atol=1e-9)
    torch.testing.assert_close((at @ root).square().sum(-1), variance, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("copies", [2, 5, 16])
def test_duplicated_records_have_a_factor_in_float32(copies: int) -> None:
    """The smallest noise there is, 0.01 of a standard deviation, on a prior a hundred times as wide."""
    psi, evidence, _ = drawn(0, 2, 3, torch.float32)
    psi = 10.0 * psi.repeat(1, 1, copies, 1)
    least = Evidence(
        *(t.repeat(1, 1, copies) for t in (evidence.residual, 0 * evidence.variance + 1e-4, evidence.seen))
    )
    space = RecordSpace.condition(psi @ psi.mT, least)
    assert bool(torch.isfinite(space.factor).all())
    assert bool(torch.isfinite(space.whitened).all())


def test_a_matrix_without_a_factor_is_not_a_number_and_harms_no_other() -> None:
    good, bad = torch.eye(2), torch.tensor([[1.0, 2.0], [2.0, 1.0]])
    found = stable_cholesky(torch.stack([good, bad]))
    torch.testing.assert_close(found[0], good)
    assert bool(torch.isnan(found[1]).all())


def test_the_jitter_is_a_constant_to_the_gradient() -> None:
    matrix = torch.eye(3, dtype=torch.float64).requires_grad_()
    stable_cholesky(matrix).diagonal().log().sum().backward()
    torch.testing.assert_close(matrix.grad, 0.5 * torch.eye(3, dtype=torch.float64))


def prediction_of(name: str, batch: EpisodeBatch, **options):
    torch.manual_seed(0)
    learner = create(name, scenario.MIXED, 3, **options).to(batch.support.x.dtype)
    return learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)


@pytest.mark.parametrize("name", ["bayesian_head", "deep_kernel"])
def test_a_float64_head_predicts_in_the_records_dtype_and_is_the_more_exact(name: str) -> None:
    doubled = scenario.random_batch(0, subjects=40, support=12)
    support = Records(**{k: torch.cat([v, v], 1) for k, v in vars(doubled.support).items()})
    exact = EpisodeBatch(doubled.context, doubled.cohort, support, doubled.query)
    single = exact.to(dtype=torch.float32)
    truth = prediction_of(name, exact)
    error = {}
    for head in ("float32", "float64"):
        found = prediction_of(name, single, head_dtype=head)
        assert found.location.dtype == found.scale.dtype == torch.float32
        error[head] = float((found.location - truth.location).detach().abs().max())
    assert error["float64"] < 1e-5
    assert error["float64"] <= error["float32"] < 1e-2


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("bayesian_head", {"features": 1}, "features: must be a whole number, 2 or more"),
        (
            "bayesian_head",
            {"width": 0},
            "width: must be a whole number, 1 or more and at most 100,000, got 0",
        ),
        (
            "bayesian_head",
            {"layers": -1},
            "layers: must be a whole number, 0 or more and at most 100,000, got -1",
        ),
        ("bayesian_head", {"activation": "sine"}, "activation: must be one of .*tanh.*, got 'sine'"),
        ("bayesian_head", {"head_dtype": "float16"}, "head_dtype: must be one of float32, float64"),
        (
            "deep_kernel",
            {"embedding": -1},
            "embedding: must be a whole number, 0 or more and at most 100,000, got -1",
        ),
        (
            "deep_kernel",
            {"time_scales": -2},
            "time_scales: must be a whole number, 0 or more and at most 100,000, got -2",
        ),
        (
            "deep_kernel",
            {"coupling": 1.5},
            "coupling: must be a whole number, 0 or more and at most 100,000, got 1.5",
        ),
    ],
)
def test_an_option_out_of_range_is_refused_by_name(name: str, options, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        create(name, [Outcome("y")], 2, **options)


def test_a_serial_kernel_falls_off_with_time_apart() -> None:
    kernel = OrnsteinUhlenbeck(1, 1).double()
    times = torch.tensor([[0.0, 1.0, 3.0]], dtype=torch.float64)
    found = kernel(times, times)[0, 0].detach()
    expected = kernel.variance(torch.float64).detach() * torch.exp(-(times.T - times).abs())
    torch.testing.assert_close(found, expected)


@pytest.mark.parametrize("scales", [1, 2, 3])
def test_length_scales_start_a_factor_of_four_apart_around_one_year(scales: int) -> None:
    length = OrnsteinUhlenbeck(2, scales).log_length.exp()
    torch.testing.assert_close(length.log().mean(), torch.zeros(()))
    torch.testing.assert_close(length[1:] / length[:-1], torch.full((scales - 1, 2), 4.0))


def test_kernels_are_covariances() -> None:
    torch.manual_seed(0)
    z, time = torch.randn(2, 6, 3, dtype=torch.float64), torch.randn(2, 6, dtype=torch.float64)
    radial, serial = RadialBasis(2).double(), OrnsteinUhlenbeck(2, 2).double()
    coupled = Coregionalisation(2, 1, 3).double()
    alone = radial(z, z) + serial(time, time)
    torch.testing.assert_close(
        alone.diagonal(dim1=-2, dim2=-1),
        (radial.variance(z.dtype) + serial.variance(z.dtype)).expand(2, 2, 6),
    )
    stacked = coupled(alone, z, z)
    assert stacked.shape == (2, 1, 12, 12)
    for found in (alone, stacked):
        assert float(torch.linalg.eigvalsh(found.detach()).min()) > -1e-10


@pytest.mark.parametrize("rows", [0, 3, BLOCK])
@pytest.mark.parametrize("activation", ["relu", "tanh", "gelu"])
def test_a_perceptron_in_place_is_the_perceptron(activation: str, rows: int) -> None:
    """Values with and without gradients, and the gradients of inputs and weights, too."""
    network = mlp([3, 8, 8, 2], activation)
    inputs = torch.randn(3, rows, 3, requires_grad=True)
    wanted = [inputs, *network.parameters()]
    plain, found = network(inputs), in_blocks(network, inputs)
    torch.testing.assert_close(found, plain)
    expected = torch.autograd.grad(plain.square().sum(), wanted)
    for one, other in zip(torch.autograd.grad(found.square().sum(), wanted), expected, strict=True):
        torch.testing.assert_close(one, other)
    with torch.no_grad():
        torch.testing.assert_close(in_blocks(network, inputs), plain)
