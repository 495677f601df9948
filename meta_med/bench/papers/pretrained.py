"""The baseline of Finn 2017: one network fitted to all tasks at once, then fine-tuned on a task's own records."""

import torch
from torch import Tensor, nn
from torch.func import functional_call, grad, vmap

from meta_med.bench.papers.budget import Budget
from meta_med.bench.papers.results import seeded
from meta_med.episodes import EpisodeBatch, EpisodeSource
from meta_med.learners.features import mlp
from meta_med.randomness import OwnRandomness

STEP_SIZES = (0.001, 0.003, 0.01, 0.03)


def pretrain(source: EpisodeSource, width: int, budget: Budget, seed: int) -> nn.Module:
    """A ReLU perceptron 1-H-H-1 fitted by Adam to the pooled records of all tasks."""
    with OwnRandomness(seed).lent():
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
    """(B,) mean squared error of each task's query after so many gradient steps on its support."""
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
