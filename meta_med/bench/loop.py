"""MAML task by task with explicit fast weights, as in learn2learn: the reference of the speed benchmark.

Both are measured on a perceptron 20-H-H-1 with 5 support and 10 query records per task.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.learners import create, options
from meta_med.learners.learner import Learner
from meta_med.learners.optimization_based.maml import MAML
from meta_med.outcomes import Outcome
from meta_med.randomness import OwnRandomness

COVARIATES, SUPPORT, QUERY = 10, 5, 10  # a record is 10 covariates and their masks: 20 inputs
PLAIN = {
    "shrink": False,
    "student_t": False,
}  # MAML as published: mean loss in the inner loop, normal likelihood


def batch_of(tasks: int, seed: int = 0, device: str = "cpu") -> EpisodeBatch:
    """Random tasks without context."""
    generator = torch.Generator().manual_seed(seed)
    support = _records(tasks, SUPPORT, -1.0, generator)
    query = _records(tasks, QUERY, 1.0, generator)
    cohort = torch.zeros(tasks, dtype=torch.long)
    return EpisodeBatch(Records.empty(1, support), cohort, support, query).to(device)


def _records(tasks: int, count: int, sign: float, generator: torch.Generator) -> Records:
    x = torch.randn(tasks, count, COVARIATES, generator=generator)
    y = torch.randn(tasks, count, 1, generator=generator)
    present = torch.ones(tasks, count, dtype=torch.bool)
    when = sign * torch.arange(1, count + 1, dtype=torch.float32).expand(tasks, -1)
    return Records(
        x, torch.ones_like(x, dtype=torch.bool), when, y, torch.ones_like(y, dtype=torch.bool), present
    )


def learner_of(name: str, device: str = "cpu", **wanted: Any) -> Learner:
    """A new learner; options that it does not have are left out."""
    known = options(name)
    chosen = {key: value for key, value in wanted.items() if key in known}
    with OwnRandomness(0).active():
        return create(name, [Outcome("y")], COVARIATES, None, **chosen).to(device)


def gradient_step(learner: Learner, batch: EpisodeBatch) -> Tensor:
    """Loss and meta-gradient of one batch."""
    learner.zero_grad(set_to_none=True)
    loss = learner.loss(batch)
    loss.backward()  # type: ignore[no-untyped-call]
    return loss.detach()


def loop_loss(learner: MAML, batch: EpisodeBatch) -> Tensor:
    """The loss of `learner.loss(batch)`, one task after another (one continuous outcome, no context)."""
    return torch.stack([_task_loss(learner, batch, b) for b in range(len(batch.cohort))]).mean()


def _task_loss(learner: MAML, batch: EpisodeBatch, b: int) -> Tensor:
    one = slice(b, b + 1)
    support, query = batch.support.select(one).clean(), batch.query.select(one).clean()
    weights: list[Tensor] = [p for layer in learner.linears() for p in (layer.weight, layer.bias)]
    inputs, _ = learner.features(support, support)
    for s in range(learner.inner_steps):
        error = _network(weights, inputs[0]) - support.y[0]
        loss = 0.5 * error.square().mean()
        gradients = torch.autograd.grad(loss, weights, create_graph=not learner.first_order)
        rates = learner.log_rates["own"][s].exp().repeat_interleave(2)
        weights = [w - r * g for w, r, g in zip(weights, rates, gradients, strict=True)]
    at, _ = learner.features(query, support)
    error = query.y[0] - _network(weights, at[0])
    scale = learner.scales.scale(support, query.present.shape[1])[0]
    return (0.5 * (error / scale).square() + scale.log() + 0.5 * math.log(2 * math.pi)).mean()


def _network(weights: Sequence[Tensor], h: Tensor) -> Tensor:
    for i in range(0, len(weights), 2):
        h = torch.nn.functional.linear(h, weights[i], weights[i + 1])
        h = torch.relu(h) if i < len(weights) - 2 else h
    return h


def checked_loop(learner: Learner, batch: EpisodeBatch) -> Callable[[], None]:
    """A step of the loop as a function to be timed.

    Raises:
        AssertionError: its meta-gradient differs from the learner's.

    """
    if not isinstance(learner, MAML):
        raise TypeError("the loop is MAML's")

    def step() -> None:
        learner.zero_grad(set_to_none=True)
        loop_loss(learner, batch).backward()  # type: ignore[no-untyped-call]

    step()
    of_loop = _gradients(learner)
    gradient_step(learner, batch)
    of_learner = _gradients(learner)
    worst = max(float((a - b).abs().max()) for a, b in zip(of_loop, of_learner, strict=True))
    if worst > 1e-4:
        raise AssertionError(f"the loop and the learner differ by {worst:.2g} in the meta-gradient")
    return step


def _gradients(learner: MAML) -> list[Tensor]:
    linears = [p for layer in learner.linears() for p in (layer.weight, layer.bias)]
    return [p.grad.clone() for p in linears if p.grad is not None]
