"""Sinusoids and Gaussian-process curves: the error of each learner after five and ten records.

Sinusoids are those of Finn 2017, with its baseline of one network fitted to all tasks and fine-tuned on a task's own
records; Gaussian-process curves are those of Garnelo 2018.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn
from torch.func import functional_call, grad, vmap

from meta_med.bench.papers import study_in_context
from meta_med.bench.papers.budget import (
    SUPPORT_TIME,
    Budget,
    episodes,
    known_options,
    records,
    tasks_for_test,
    train,
)
from meta_med.bench.papers.results import Figure, PlannedResult, seeded
from meta_med.episodes.batch import EpisodeBatch, EpisodeSource
from meta_med.learners import create, names, options
from meta_med.learners.learner import Learner
from meta_med.learners.networks.features import mlp
from meta_med.meta_train.outer_loop import Trained
from meta_med.outcomes import Outcome
from meta_med.randomness import OwnRandomness


@dataclass(frozen=True)
class Sinusoids:
    """y = a sin(x - p) with a in 0.1..5, p in 0..pi and x in -5..5, without noise.

    Attributes:
        n_support, n_query: support and query records.
        varying: draw the number of support records from 0..n_support for each task, so that training covers all
            support sizes.

    """

    n_support: int
    n_query: int
    varying: bool = False

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """`n_cohorts` sinusoids."""
        amplitude = 0.1 + 4.9 * torch.rand(n_cohorts, 1, generator=generator)
        phase = math.pi * torch.rand(n_cohorts, 1, generator=generator)
        x = 10 * torch.rand(n_cohorts, self.n_support + self.n_query, generator=generator) - 5
        return _split(x, amplitude * torch.sin(x - phase), self.n_support, self.varying, generator)


@dataclass(frozen=True)
class GaussianProcessCurves:
    """Draws of a Gaussian process with kernel exp(-(x - x')^2 / (2 l^2)), l = 0.4, x in -2..2, noise 0.02."""

    n_support: int
    n_query: int
    varying: bool = False
    length: float = 0.4
    noise: float = 0.02

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """`n_cohorts` curves."""
        n = self.n_support + self.n_query
        x = 4 * torch.rand(n_cohorts, n, generator=generator) - 2
        root = torch.linalg.cholesky(self.kernel(x.double(), x.double()) + self._noise(n))
        y = (root @ torch.randn(n_cohorts, n, 1, generator=generator, dtype=torch.double)).squeeze(-1).float()
        return _split(x, y, self.n_support, self.varying, generator)

    def kernel(self, a: Tensor, b: Tensor) -> Tensor:
        """(B, N, M) covariance of the curve at a (B, N) and b (B, M)."""
        return torch.exp(-0.5 * ((a.unsqueeze(-1) - b.unsqueeze(-2)) / self.length).square())

    def _noise(self, n: int) -> Tensor:
        return (self.noise**2 + 1e-8) * torch.eye(n, dtype=torch.double)

    def oracle(self, batch: EpisodeBatch) -> tuple[Tensor, Tensor]:
        """(B,) squared error and log-likelihood of the exact posterior: the optimum on average."""
        own, at = (r.x[..., 0].double() for r in (batch.support, batch.query))
        gain = torch.linalg.solve(self.kernel(own, own) + self._noise(own.shape[1]), self.kernel(own, at))
        mean = (gain.transpose(1, 2) @ batch.support.y.double()).squeeze(-1)
        variance = 1.0 + self.noise**2 + 1e-8 - (gain * self.kernel(own, at)).sum(1)
        square = (batch.query.y[..., 0] - mean).square()
        density = -0.5 * (square / variance + variance.log() + math.log(2 * math.pi))
        return square.mean(1), density.mean(1)


def _split(x: Tensor, y: Tensor, n_support: int, varying: bool, generator: torch.Generator) -> EpisodeBatch:
    x = x.unsqueeze(-1)
    present = None
    if varying:
        size = torch.randint(0, n_support + 1, (len(x), 1), generator=generator)
        present = torch.arange(n_support) < size
    return episodes(
        records(x[:, :n_support], y[:, :n_support], SUPPORT_TIME, present),
        records(x[:, n_support:], y[:, n_support:], 0.0),
    )


SUPPORT_SIZES = (5, 10)
GRADIENT_STEPS = (0, 1, 5, 10)
QUERY, QUERY_AT_TEST = 10, 100
GRADIENT_BUDGET = Budget(steps=5_000, tasks=25, learning_rate=3e-3)
SINGLE_PASS_BUDGET = Budget(steps=3_000, tasks=32, learning_rate=2e-3)
PAPERS_NETWORK = {"width": 40, "layers": 2, "shrink": False, "student_t": False, "step_size": 0.02}
OWN_OPTIONS: Mapping[str, dict[str, Any]] = {
    "reptile": {"step_size": 0.005},  # 0.02 diverges over five steps
    "hierarchical_mixed": {"models": 4},  # courses in time tell nothing of records without times
}
SINGLE_PASS_OPTIONS = {"width": 64, "layers": 2, "features": 32, "student_t": False}
PRETRAINED, ORACLE = "pretrained", "exact posterior"
Figures = Mapping[str, Figure]


def jobs(quick: bool, seed: int) -> Iterator[PlannedResult]:
    """Every planned measurement: after gradient steps (Finn), then of single-pass learners on sinusoids and curves."""
    by_gradient, single_pass = (b.quick() if quick else b for b in (GRADIENT_BUDGET, SINGLE_PASS_BUDGET))
    for size in SUPPORT_SIZES:
        for name in (PRETRAINED, *gradient_step_learners()):
            work = partial(
                _pretrained if name == PRETRAINED else partial(_gradient_steps, name), size, by_gradient, seed
            )
            yield PlannedResult("sinusoid steps", f"{size}", name, _facts(name, by_gradient, seed), work)
    for problem, source in (("sinusoid", Sinusoids), ("curves", GaussianProcessCurves)):
        for name in single_pass_learners():
            work = partial(_single_pass, name, source(10, QUERY, varying=True), single_pass, seed)
            yield PlannedResult(problem, "5, 10", name, _facts(name, single_pass, seed), work)
        core = partial(study_in_context.figures, source(10, QUERY), SUPPORT_SIZES, single_pass, seed)
        of_core = study_in_context.facts(single_pass, seed)
        yield PlannedResult(problem, "5, 10", study_in_context.NAME, of_core, core)
    yield PlannedResult(
        "curves", "5, 10", ORACLE, _facts(ORACLE, single_pass, seed), partial(_oracle, single_pass, seed)
    )


def gradient_step_learners() -> tuple[str, ...]:
    """Learners that adapt by gradient steps."""
    return tuple(name for name in names() if "inner_steps" in options(name))


def single_pass_learners() -> tuple[str, ...]:
    """Learners that adapt in one pass over the records."""
    return tuple(name for name in names() if name not in gradient_step_learners())


def _options(name: str) -> dict[str, Any]:
    network = PAPERS_NETWORK if name in gradient_step_learners() else SINGLE_PASS_OPTIONS
    return known_options(name, {**network, **OWN_OPTIONS.get(name, {})})


def _facts(name: str, budget: Budget, seed: int) -> dict[str, Any]:
    stepping = {"further_steps": "halved"} if name in gradient_step_learners() else {}
    return budget.facts(seed) | stepping | ({"options": _options(name)} if name in names() else {})


def _learner(name: str) -> Learner:
    return create(name, [Outcome("y")], 1, None, **_options(name))


def _gradient_steps(name: str, size: int, budget: Budget, seed: int) -> Figures:
    """MSE after 0, 1, 5 and 10 gradient steps; meta-trained with the learner's own number of inner steps."""
    learner = train(lambda: _learner(name), Sinusoids(size, QUERY), budget, seed).learner
    tests = tasks_for_test(Sinusoids(size, QUERY_AT_TEST), budget.test_tasks, seed)
    change: Any = getattr(learner, "with_inner_steps")  # noqa: B009  (only these learners have it)
    return {
        f"mse@{steps}": Figure.of(torch.cat([_square(Trained(change(steps)), test) for test in tests]))
        for steps in GRADIENT_STEPS
    }


def _pretrained(size: int, budget: Budget, seed: int) -> Figures:
    network = pretrain(Sinusoids(0, QUERY), 40, budget, seed)
    tuning = Sinusoids(size, QUERY_AT_TEST).sample(budget.test_tasks, seeded(seed + 1))
    tests = tasks_for_test(Sinusoids(size, QUERY_AT_TEST), budget.test_tasks, seed)
    found = {}
    for steps in GRADIENT_STEPS:
        step_size = best_step_size(network, tuning, steps)
        errors = [fine_tuned_errors(network, test, steps, step_size) for test in tests]
        found[f"mse@{steps}"] = Figure.of(torch.cat(errors))
    return found


def _single_pass(name: str, source: Sinusoids | GaussianProcessCurves, budget: Budget, seed: int) -> Figures:
    """MSE and log-likelihood at each support size of a learner trained on all support sizes."""
    trained = train(lambda: _learner(name), source, budget, seed)
    found = {}
    for size in SUPPORT_SIZES:
        fixed = replace(source, n_support=size, n_query=QUERY_AT_TEST, varying=False)
        tests = tasks_for_test(fixed, budget.test_tasks, seed)
        found[f"mse@{size}"] = Figure.of(torch.cat([_square(trained, test) for test in tests]))
        found[f"loglik@{size}"] = Figure.of(torch.cat([_log_likelihood(trained, test) for test in tests]))
    return found


def _oracle(budget: Budget, seed: int) -> Figures:
    found = {}
    for size in SUPPORT_SIZES:
        source = GaussianProcessCurves(size, QUERY_AT_TEST)
        both = [source.oracle(test) for test in tasks_for_test(source, budget.test_tasks, seed)]
        found[f"mse@{size}"] = Figure.of(torch.cat([square for square, _ in both]))
        found[f"loglik@{size}"] = Figure.of(torch.cat([density for _, density in both]))
    return found


def _square(trained: Trained, test: EpisodeBatch) -> Tensor:
    """(B,) mean squared error of each task."""
    mean = trained.adapt(test.context, test.cohort, test.support).predict(test.query).mean
    return (mean - test.query.y)[..., 0].square().mean(1)


def _log_likelihood(trained: Trained, test: EpisodeBatch) -> Tensor:
    """(B,) mean log-likelihood of each task's query records."""
    found = trained.adapt(test.context, test.cohort, test.support).predict(test.query)
    return found.log_likelihood(test.query)[0][..., 0].mean(1)


STEP_SIZES = (0.001, 0.003, 0.01, 0.03)


def pretrain(source: EpisodeSource, width: int, budget: Budget, seed: int) -> nn.Module:
    """A ReLU perceptron 1-H-H-1 fitted by Adam to the pooled records of all tasks."""
    with OwnRandomness(seed).active():
        network = mlp([1, width, width, 1])
    generator = seeded(seed)
    optimiser = torch.optim.Adam(network.parameters(), lr=budget.learning_rate)
    for _ in range(budget.steps):
        query = source.sample(budget.tasks, generator).query
        optimiser.zero_grad(set_to_none=True)
        loss = (network(query.x) - query.y).square().mean()
        loss.backward()
        optimiser.step()
    return network


def fine_tuned_errors(network: nn.Module, batch: EpisodeBatch, steps: int, step_size: float) -> Tensor:
    """(B,) mean squared error of each task's query after `steps` gradient steps on its support set."""
    shared = {name: p.detach() for name, p in network.named_parameters()}

    def loss(weights: dict[str, Tensor], x: Tensor, y: Tensor) -> Tensor:
        error: Tensor = functional_call(network, weights, (x,)) - y
        return error.square().mean()

    gradient = vmap(grad(loss))
    weights = {name: p.expand(len(batch.cohort), *p.shape) for name, p in shared.items()}
    for _ in range(steps):
        moved = gradient(weights, batch.support.x, batch.support.y)
        weights = {name: weights[name] - step_size * moved[name] for name in weights}
    return vmap(loss)(weights, batch.query.x, batch.query.y)


def best_step_size(network: nn.Module, tuning: EpisodeBatch, steps: int) -> float:
    """The step size with the smallest error on tuning tasks (the paper tuned it by hand)."""
    return min(STEP_SIZES, key=lambda size: _finite(fine_tuned_errors(network, tuning, steps, size).mean()))


def _finite(value: Tensor) -> float:
    return float(torch.nan_to_num(value, nan=torch.inf))
