"""The work that speed is measured on: a perceptron 20-H-H-1, 5 support and 10 query records a task."""

from typing import Any

import torch
from torch import Tensor

from meta_med.episodes import EpisodeBatch, Records
from meta_med.learners import create, options
from meta_med.learners.learner import Learner
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
    """A fresh learner; options that it does not have are left out."""
    known = options(name)
    chosen = {key: value for key, value in wanted.items() if key in known}
    with OwnRandomness(0).lent():
        return create(name, [Outcome("y")], COVARIATES, None, **chosen).to(device)


def gradient_step(learner: Learner, batch: EpisodeBatch) -> Tensor:
    """Loss and meta-gradient of one batch."""
    learner.zero_grad(set_to_none=True)
    loss = learner.loss(batch)
    loss.backward()  # type: ignore[no-untyped-call]
    return loss.detach()
