"""The meta-training budget of a result on the papers' problems, and their episodes.

Each task is a cohort of one subject, without context (C = 0).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from meta_med.bench.papers.results import seeded
from meta_med.episodes.batch import EpisodeBatch, EpisodeSource, Records
from meta_med.learners import options
from meta_med.learners.learner import Learner
from meta_med.meta_train.outer_loop import MetaTrainConfig, Trained, meta_train
from meta_med.randomness import OwnRandomness

Say = Callable[[str], None]
TEST_SEED = 1_000_003  # test tasks come from their own random stream, the same for every learner


@dataclass(frozen=True)
class Budget:
    """Outer-loop steps, tasks per step, learning rate, and the number of test tasks."""

    steps: int
    tasks: int
    learning_rate: float
    test_tasks: int = 1000

    def quick(self) -> "Budget":
        """A minimal budget, which shows only that the code runs."""
        return replace(self, steps=4, tasks=4, test_tasks=8)

    def facts(self, seed: int) -> dict[str, Any]:
        """The conditions of a result."""
        return {**vars(self), "seed": seed}


def train(make: Callable[[], Learner], source: EpisodeSource, budget: Budget, seed: int) -> Trained:
    """Meta-train a new learner; the last weights are used."""
    with OwnRandomness(seed).active():
        learner = make()
    config = MetaTrainConfig(
        steps=budget.steps,
        cohorts_per_step=budget.tasks,
        learning_rate=budget.learning_rate,
        weight_decay=0.0,
        clip_norm=10.0,
        evaluate_every=max(1, budget.steps // 10),
        patience=budget.steps,
        device="cpu",
    )
    return meta_train(learner, source, config, generator=seeded(seed))


def known_options(name: str, wanted: dict[str, Any]) -> dict[str, Any]:
    """The subset of the options that the learner has."""
    known = options(name)
    return {key: value for key, value in wanted.items() if key in known}


def tasks_for_test(source: EpisodeSource, count: int, seed: int, at_once: int = 250) -> list[EpisodeBatch]:
    """The test tasks, in batches."""
    generator = seeded(TEST_SEED + seed)
    sizes = [min(at_once, count - start) for start in range(0, count, at_once)]
    return [source.sample(size, generator) for size in sizes]


SUPPORT_TIME = -1.0  # the same for every record: their order carries no information


def records(x: Tensor, y: Tensor, time: float, present: Tensor | None = None) -> Records:
    """Records (B, N) with x (B, N, ...) and y (B, N), all of one time; all present unless a mask (B, N) is given."""
    seen = torch.ones(x.shape[:2], dtype=torch.bool) if present is None else present
    return Records(
        x,
        torch.ones_like(x, dtype=torch.bool),
        torch.full(x.shape[:2], time),
        y.unsqueeze(-1),
        seen.unsqueeze(-1),
        seen,
    )


def episodes(support: Records, query: Records) -> EpisodeBatch:
    """One task per subject, without context."""
    n = len(support)
    return EpisodeBatch(Records.empty(n, support), torch.arange(n), support, query)
