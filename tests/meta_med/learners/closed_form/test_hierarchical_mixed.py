"""Averaging over course models: close to who knows the truth, better with lenders, and exact where it can be."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.learners import create
from meta_med.learners.closed_form.courses.few_records import FEW, factor, log_determinant, whiten
from meta_med.learners.closed_form.courses.mixture import Mixture
from meta_med.learners.closed_form.courses.own_posterior import Sizes
from meta_med.learners.closed_form.hierarchical_mixed import quantile_95
from meta_med.learners.learner import Learner
from meta_med.meta_train import MetaTrainConfig, meta_train
from meta_med.outcomes import Outcome
from meta_med.prediction import MIN_SCALE, Prediction
from tests import scenario
from tests.examples import examples
from tests.meta_med.learners.test_observe import part

LEVEL, PROCESS, LASTS, NOISE, BETWEEN = 0.4, 0.5, 0.8, 0.15, 0.5  # variances; years
LENT = 5  # records of each lender


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def covariance(time: torch.Tensor) -> torch.Tensor:
    """Of values at times (..., N): own level, an Ornstein-Uhlenbeck process and noise."""
    apart = (time.unsqueeze(-1) - time.unsqueeze(-2)).abs()
    noise = NOISE * torch.eye(time.shape[-1], dtype=time.dtype)
    return LEVEL + PROCESS * torch.exp(-apart / LASTS) + noise


@dataclass(frozen=True)
class Levels:
    """Subjects with a level of their own and an Ornstein-Uhlenbeck process, `own` records before the query."""

    lenders: int = 20
    own: int = 4
    subjects: int = 4

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """Cohorts with another mean each."""
        mean = BETWEEN**0.5 * torch.randn(n_cohorts, generator=generator, dtype=torch.float64)
        cohort = torch.arange(n_cohorts).repeat_interleave(self.subjects)
        lent = self._drawn(mean.repeat_interleave(self.lenders), LENT + 1, generator)
        own = self._drawn(mean[cohort], self.own + 1, generator)
        context = part(lent, slice(0, LENT)).grouped(n_cohorts)
        support, query = part(own, slice(0, self.own)), part(own, slice(self.own, None))
        return EpisodeBatch(context, cohort, support, query).to(dtype=torch.float32)

    def _drawn(self, mean: torch.Tensor, n: int, generator: torch.Generator) -> Records:
        gap = 0.1 + 0.9 * torch.rand(len(mean), n, generator=generator, dtype=torch.float64)
        time = -gap.flip(1).cumsum(1).flip(1)
        time = time - time[:, -1:]
        drawn = torch.randn(len(mean), n, 1, generator=generator, dtype=torch.float64)
        y = mean.unsqueeze(1) + (torch.linalg.cholesky(covariance(time)) @ drawn).squeeze(-1)
        present = torch.ones(time.shape, dtype=torch.bool)
        nothing = time.new_zeros((*time.shape, 0))
        return Records(nothing, nothing.bool(), time, y.unsqueeze(-1), present.unsqueeze(-1), present)


def oracle(batch: EpisodeBatch) -> torch.Tensor:
    """Expected query values (B,) of who knows every variance, by one Gaussian vector a subject with its cohort."""
    context, found = batch.context.to(dtype=torch.float64), []
    own, query = batch.support.to(dtype=torch.float64), batch.query.to(dtype=torch.float64)
    for b, k in enumerate(batch.cohort.tolist()):
        blocks = list(covariance(context.time[k])) if context.present.shape[1] else []
        blocks.append(covariance(torch.cat([own.time[b], query.time[b]])))
        whole = torch.block_diag(*blocks) + BETWEEN
        known = torch.cat([context.y[k].flatten(), own.y[b].flatten()])
        found.append(whole[-1, :-1] @ torch.linalg.solve(whole[:-1, :-1], known))
    return torch.stack(found)


def predicted(learner: Learner, batch: EpisodeBatch) -> Prediction:
    return learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)


def relative_error(learner: Learner, batch: EpisodeBatch) -> float:
    """Root mean squared error over the oracle's."""
    truth = batch.query.y[:, 0, 0].double()
    mean = predicted(learner, batch).mean[:, 0, 0].double()
    return float(((mean - truth).square().mean() / (oracle(batch) - truth).square().mean()).sqrt())


def new() -> Learner:
    return create("hierarchical_mixed", [Outcome("y")], 0, features=0)


@cache
def untrained() -> Learner:
    return new().eval().requires_grad_(False)


@cache
def trained() -> Learner:
    config = MetaTrainConfig(steps=60, cohorts_per_step=6, learning_rate=5e-3, device="cpu")
    return meta_train(new(), Levels(), config, generator=seeded(1)).learner


@cache
def held_out(own: int, lenders: int = 20) -> EpisodeBatch:
    """500 subjects of 50 cohorts that no training saw."""
    return Levels(lenders=lenders, own=own, subjects=10).sample(50, seeded(2))


@pytest.mark.parametrize(("own", "most"), [(0, 1.03), (1, 1.03), (4, 1.03), (8, 1.05)])
def test_untrained_it_is_close_to_who_knows_the_truth(own: int, most: float) -> None:
    """Many own records over many time units leave room for slopes, which these subjects lack."""
    assert relative_error(untrained(), held_out(own)) < most


@pytest.mark.parametrize("own", [0, 1, 4])
def test_meta_trained_it_is_within_1_percent(own: int) -> None:
    assert relative_error(trained(), held_out(own)) < 1.01


def test_meta_training_tunes_the_prior() -> None:
    """Subjects without slope or drift: both prior variances fall, and the loss with them."""
    before, after = untrained(), trained()
    assert float(after.effects.log_drift.mean()) < float(before.effects.log_drift.mean()) - 0.1
    assert float(after.loss(held_out(4))) < float(before.loss(held_out(4)))


@pytest.mark.parametrize("own", [0, 1])
@pytest.mark.parametrize("learner", [untrained, trained])
def test_cohorts_never_seen_are_predicted_better_with_lenders(learner, own: int) -> None:
    batch = held_out(own)
    alone = EpisodeBatch(batch.context.without_records(), batch.cohort, batch.support, batch.query)
    assert relative_error(learner(), batch) < 0.97 * relative_error(learner(), alone)
    assert float(learner().loss(batch)) < float(learner().loss(alone))


@pytest.mark.parametrize("own", [0, 1, 4, 8])
def test_nine_of_ten_values_are_inside_their_interval(own: int) -> None:
    found, y = predicted(trained(), held_out(own)), held_out(own).query.y
    inside = (y > found.quantile(0.05)) & (y < found.quantile(0.95))
    assert 0.86 < float(inside.double().mean()) < 0.94


def mixture(seed: int, members: int = 7) -> Mixture:
    generator = seeded(seed)
    log_weight, mean, log_sd = (
        2 * torch.randn(members, 5, generator=generator, dtype=torch.float64) for _ in range(3)
    )
    return Mixture(log_weight.log_softmax(0), mean, log_sd.exp())


@examples(30)
@given(seed=st.integers(0, 2**31), p=st.sampled_from([0.05, 0.5, 0.95]))
def test_a_quantile_has_its_probability_below_it(seed: int, p: float) -> None:
    found = mixture(seed)
    at = found.quantile(p)
    torch.testing.assert_close(found.cumulative(at), torch.full_like(at, p), rtol=0, atol=1e-12)
    normal = stats.norm.cdf(at.numpy(), found.mean.numpy(), found.sd.numpy())
    np.testing.assert_allclose((found.log_weight.exp().numpy() * normal).sum(0), p, atol=1e-12)


def test_derivatives_of_a_quantile_are_those_of_differences() -> None:
    parts = [t.clone().requires_grad_() for t in vars(mixture(3)).values()]

    def median(log_weight: torch.Tensor, mean: torch.Tensor, sd: torch.Tensor) -> torch.Tensor:
        return Mixture(log_weight.log_softmax(0), mean, sd).quantile(0.5)

    assert torch.autograd.gradcheck(median, parts, eps=1e-6, atol=1e-5)


@pytest.mark.parametrize("n", [0, 1, 5, FEW, FEW + 3])
def test_a_factor_with_subjects_last_is_that_of_lapack(n: int) -> None:
    root = torch.randn(2, 3, n, n, 4, generator=seeded(n), dtype=torch.float64)
    matrix = torch.einsum("dmikb,dmjkb->dmijb", root, root) + torch.eye(n, dtype=torch.float64).unsqueeze(-1)
    right = torch.randn(2, 3, n, 2, 4, generator=seeded(1), dtype=torch.float64)
    columns = factor(lambda first, second: matrix[:, :, first, second], n)
    lapack = torch.linalg.cholesky(matrix.movedim(-1, 2))
    expected = torch.linalg.solve_triangular(lapack, right.movedim(-1, 2), upper=False).movedim(2, -1)
    torch.testing.assert_close(whiten(columns, right), expected, rtol=1e-10, atol=1e-10)
    found = log_determinant(columns, torch.zeros(2, 3, 4, dtype=torch.float64))
    torch.testing.assert_close(found, torch.logdet(matrix.movedim(-1, 2)), rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("df", [4.4, 5.0, 8.0, 15.7, 200.0])
def test_the_expansion_of_the_t_quantile(df: float) -> None:
    found = quantile_95(torch.tensor(df, dtype=torch.float64))
    assert float(found) == pytest.approx(stats.t.ppf(0.95, df), rel=2e-4)


@pytest.mark.parametrize("spread", [0.2, 0.4, 3.0])
def test_the_degrees_of_freedom_have_the_kurtosis_of_the_sizes(spread: float) -> None:
    sizes = Sizes.of(torch.tensor([spread], dtype=torch.float64))
    share, value = sizes.log_share.exp(), sizes.value[0]
    assert float(share.sum()) == pytest.approx(1.0)
    kurtosis = 3 * (value.square() @ share) / (value @ share).square() - 3
    assert float(stats.t.stats(float(sizes.degrees_of_freedom()), moments="k")) == pytest.approx(
        float(kurtosis)
    )


def test_subjects_who_vary_alike_have_a_normal_distribution_as_nearly_as_float32_can_tell() -> None:
    assert float(Sizes.of(torch.full((1,), 1e-6)).degrees_of_freedom()) == pytest.approx(204.0)


def test_the_scale_has_the_mixtures_90_percent_interval_and_the_location_its_median() -> None:
    learner, batch = a_learner(), scenario.random_batch(0)
    adapted = learner.adapt(batch.context, batch.cohort, batch.support)
    found = adapted.predict(batch.query)
    exact, _ = adapted.distributions(batch.query.clean())
    low, middle, high = (exact.quantile(p).permute(2, 1, 0) for p in (0.05, 0.5, 0.95))
    torch.testing.assert_close(found.mean, middle, rtol=1e-12, atol=1e-12)
    width = found.quantile(0.95) - found.quantile(0.05)
    torch.testing.assert_close(width, high - low, rtol=2e-4, atol=4 * MIN_SCALE)


def a_learner(**options) -> Learner:
    torch.manual_seed(0)
    return create("hierarchical_mixed", scenario.MIXED, 3, models=6, **options).double().eval()


def test_an_older_record_may_come_later() -> None:
    """Slopes then count from another time, which is why own records are read again."""
    learner, batch = a_learner(), scenario.random_batch(0, support=6)
    once = learner.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)
    adapted = learner.adapt(batch.context, batch.cohort, part(batch.support, slice(3, 6)))
    then = adapted.observe(part(batch.support, slice(0, 3))).predict(batch.query)
    torch.testing.assert_close(then.location, once.location, rtol=1e-10, atol=1e-10)
    torch.testing.assert_close(then.scale, once.scale, rtol=1e-10, atol=1e-10)


def test_its_predictions_can_be_differentiated_too() -> None:
    learner, batch = a_learner(), scenario.random_batch(0)
    predicted(learner, batch).loss(batch.query).backward()
    assert all(bool(torch.isfinite(p.grad).all()) for p in learner.parameters() if p.grad is not None)
    assert bool(learner.library.moved.grad.any())


def test_another_unit_of_time_or_of_the_outcome_hardly_matters_where_lenders_tell_it() -> None:
    """Days instead of years: the time unit is that of the lenders' visits."""
    batch, year = held_out(4), 365.25
    days = [
        Records(**{k: v * year if k == "time" else v for k, v in vars(r).items()})
        for r in (batch.context, batch.support, batch.query)
    ]
    moved = EpisodeBatch(days[0], batch.cohort, days[1], days[2])
    one, other = (predicted(untrained(), b).mean for b in (batch, moved))
    assert float((one - other).square().mean().sqrt()) < 0.1
    assert relative_error(untrained(), batch) < 1.03


def test_what_has_more_inputs_than_effects_can_be_known_of_is_read_by_the_network_alone() -> None:
    learner = create("hierarchical_mixed", [Outcome("y")], 500, models=3)
    assert learner.effects.width == 4
    batch = scenario.random_batch(0, covariates=500, outcomes=(Outcome("y"),), dtype=torch.float32)
    assert bool(predicted(learner, batch).mean.isfinite().all())


def with_covariates(batch: EpisodeBatch, n: int, generator: torch.Generator) -> EpisodeBatch:
    """The same with n covariates that have nothing to do with the outcome; each subject keeps theirs."""

    def drawn(rows: Records) -> Records:
        x = torch.randn(*rows.present.shape[:-1], 1, n, generator=generator).expand(*rows.present.shape, n)
        return replace(rows, x=x.clone(), x_observed=torch.ones_like(x, dtype=torch.bool))

    return replace(
        batch, context=drawn(batch.context), support=drawn(batch.support), query=drawn(batch.query)
    )


def test_many_covariates_that_do_not_matter_hardly_disturb_what_twenty_lenders_tell() -> None:
    learner = create("hierarchical_mixed", [Outcome("y")], 16, features=0).eval().requires_grad_(False)
    disturbed = with_covariates(held_out(1), 16, seeded(3))
    assert relative_error(learner, disturbed) < 1.04 * relative_error(untrained(), held_out(1))


def test_a_covariate_that_the_query_hides_is_that_of_the_newest_own_record_that_has_it() -> None:
    learner = create("hierarchical_mixed", [Outcome("y")], 2, features=2).eval()
    batch = with_covariates(Levels(own=3).sample(4, seeded(4)), 2, seeded(5))
    newest = batch.support.x[:, -2:-1].clone()
    support = replace(batch.support, x_observed=batch.support.x_observed.clone())
    support.x_observed[:, -1] = False
    shown = replace(batch, support=support, query=replace(batch.query, x=newest))
    unseen = torch.zeros_like(batch.query.x_observed)
    hidden = replace(shown, query=replace(batch.query, x_observed=unseen))
    torch.testing.assert_close(predicted(learner, hidden).mean, predicted(learner, shown).mean)
    other = replace(shown, query=replace(batch.query, x=newest + 1.0))
    assert (predicted(learner, other).mean - predicted(learner, shown).mean).abs().min() > 1e-6
