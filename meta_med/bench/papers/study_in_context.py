"""The study core for curves on the papers' regression problems: nothing is trained, some curves are its context."""

from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor

from meta_med.bench.papers.budget import Budget, tasks_for_test
from meta_med.bench.papers.results import Figure, seeded
from meta_med.episodes.batch import EpisodeBatch, EpisodeSource
from meta_med.study_core.distribution import RepeatMixture
from meta_med.study_core.study import Series, StudyInContext
from meta_med.study_core.weights import curves

NAME = "study core"
LENDERS, LENT, MODELS = 20, 20, 512  # curves that are lent, records of each, and course models
QUERIES = 10  # of a task: each is predicted alone


def facts(budget: Budget, seed: int) -> dict[str, Any]:
    """What the figures depend on."""
    return {"lenders": LENDERS, "lent": LENT, "models": MODELS, "test_tasks": budget.test_tasks, "seed": seed}


@dataclass(frozen=True)
class Lent:
    """The curves that are lent, as one study's."""

    lenders: Series

    @classmethod
    def of(cls, source: Any, seed: int) -> "Lent":
        """LENDERS curves that no test task is one of."""
        batch = replace(source, n_support=0, n_query=LENT, varying=False).sample(LENDERS, seeded(seed + 3))
        return cls(_series(batch.query.x, batch.query.y))

    def predicted(self, test: EpisodeBatch) -> RepeatMixture:
        """(1, B Q, 1) distributions of the query records, each from its own task's support."""
        queries = test.query.x[..., 0]
        tasks, asked = queries.shape
        x, y = (part.repeat_interleave(asked, 0) for part in (test.support.x, test.support.y))
        own = _series(x, y)
        none = queries.new_zeros(1, tasks * asked, 0)
        return curves(MODELS).predict(StudyInContext(self.lenders, own, queries.reshape(1, -1), none))


def figures(source: EpisodeSource, sizes: tuple[int, ...], budget: Budget, seed: int) -> dict[str, Figure]:
    """MSE and log-likelihood at each support size."""
    lent, found = Lent.of(source, seed), {}
    for size in sizes:
        fixed: Any = replace(source, n_support=size, n_query=QUERIES, varying=False)  # type: ignore[type-var]
        square, density = [], []
        for test in tasks_for_test(fixed, budget.test_tasks, seed):
            mixture, y = lent.predicted(test), test.query.y[..., 0]
            square.append((mixture.mean().reshape(y.shape) - y).square().mean(1))
            each = mixture.log_density(y.reshape(1, -1, 1).to(mixture.location.dtype)).reshape(y.shape)
            density.append(each.mean(1))
        found[f"mse@{size}"] = Figure.of(torch.cat(square))
        found[f"loglik@{size}"] = Figure.of(torch.cat(density))
    return found


def _series(x: Tensor, y: Tensor) -> Series:
    """One study of P curves with records x (P, N, 1), y (P, N, 1); x is their time."""
    return Series(x[None, ..., 0], y[None], x.new_zeros(1, *x.shape[:2], 0))
