"""Few-shot classification of glyphs: N-way tasks from k drawings of each character, with the papers' encoders."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from meta_med.bench.papers.budget import Budget, known_options, tasks_for_test, train
from meta_med.bench.papers.fonts import SIZE
from meta_med.bench.papers.glyphs import Glyphs, GlyphTasks
from meta_med.bench.papers.results import Figure, PlannedResult
from meta_med.episodes.batch import EpisodeBatch
from meta_med.learners import create, names
from meta_med.learners.learner import Learner
from meta_med.meta_train.outer_loop import Trained
from meta_med.outcomes import Outcome


def convolutional(filters: int) -> nn.Module:
    """Four blocks of 3 x 3 convolution, batch normalisation, ReLU and 2 x 2 max-pool (Vinyals 2016): (n, filters)."""
    blocks: list[nn.Module] = []
    for entering in (1, filters, filters, filters):
        blocks += [
            nn.Conv2d(entering, filters, 3, padding=1),
            nn.BatchNorm2d(filters),
            nn.ReLU(),
            nn.MaxPool2d(2),
        ]
    return nn.Sequential(*blocks, nn.Flatten())


def perceptron() -> nn.Module:
    """Layers of 256, 128, 64 and 64, each with batch normalisation and ReLU (Finn 2017): (n, 64)."""
    blocks: list[nn.Module] = [nn.Flatten()]
    for entering, leaving in itertools.pairwise((SIZE * SIZE, 256, 128, 64, 64)):
        blocks += [nn.Linear(entering, leaving), nn.BatchNorm1d(leaving), nn.ReLU()]
    return nn.Sequential(*blocks)


LEARNERS = ("protonet", "siamese", "maml", "mann")  # for which the papers report Omniglot
FILTERS = 32
ENCODERS: dict[str, Callable[[], nn.Module]] = {
    "convolutional": partial(convolutional, FILTERS),
    "perceptron": perceptron,
}
OPTIONS: Mapping[str, dict[str, Any]] = {
    "maml": {"shrink": False, "inner_steps": 1, "step_size": 0.4},
}


@dataclass(frozen=True)
class FewShotSetting:
    """N-way tasks: support and query drawings per class, in meta-training and in tests, and the budgets."""

    ways: int
    n_support: int
    n_query: int
    n_query_at_test: int
    budgets: Mapping[str, Budget]

    @property
    def name(self) -> str:
        """The papers' name of the setting."""
        return f"{self.ways}-way {self.n_support}-shot"


def _budgets(convolutional_steps: int, perceptron_steps: int, tasks: int) -> dict[str, Budget]:
    steps = {"convolutional": convolutional_steps, "perceptron": perceptron_steps}
    return {encoder: Budget(n, tasks, 5e-3, test_tasks=600) for encoder, n in steps.items()}


SETTINGS = (
    FewShotSetting(5, 1, 3, 5, _budgets(600, 1500, 8)),
    FewShotSetting(5, 5, 3, 5, _budgets(300, 1500, 8)),
    FewShotSetting(20, 1, 3, 2, _budgets(300, 1000, 4)),
    FewShotSetting(20, 5, 2, 2, _budgets(250, 800, 2)),
)


def jobs(glyphs: Glyphs, quick: bool, seed: int) -> Iterator[PlannedResult]:
    """Every planned measurement, the cheaper encoder first."""
    for encoder in reversed(ENCODERS):
        for setting in SETTINGS:
            for name in LEARNERS:
                if name not in names():
                    continue
                budget = _budget(setting, encoder, name)
                budget = budget.quick() if quick else budget
                chosen = known_options(name, OPTIONS.get(name, {}))
                facts = {
                    **budget.facts(seed),
                    "options": chosen,
                    "glyphs": glyphs.mark,
                    "asked": setting.n_query,
                }
                work = partial(_measure, name, chosen, encoder, setting, budget, glyphs, seed)
                yield PlannedResult(f"glyphs, {encoder}", setting.name, name, facts, work)


def _budget(setting: FewShotSetting, encoder: str, name: str) -> Budget:
    """The setting's budget; half the tasks per step where MAML takes second derivatives through convolutions."""
    whole = setting.budgets[encoder]
    costly = name == "maml" and encoder == "convolutional"
    return replace(whole, tasks=max(1, whole.tasks // 2)) if costly else whole


def _measure(
    name: str,
    chosen: dict[str, Any],
    encoder: str,
    setting: FewShotSetting,
    budget: Budget,
    glyphs: Glyphs,
    seed: int,
) -> Mapping[str, Figure]:
    """Accuracy on tasks of characters that are not in meta-training."""
    practice = GlyphTasks.of(
        glyphs.part("train", 0), setting.ways, setting.n_support, setting.n_query, rotations=True
    )
    test = GlyphTasks.of(glyphs.part("test", 0), setting.ways, setting.n_support, setting.n_query_at_test)

    def make() -> Learner:
        outcome = Outcome("glyph", "categorical", n_classes=setting.ways)
        return create(name, [outcome], (1, SIZE, SIZE), ENCODERS[encoder](), **chosen)

    trained = train(make, practice, budget, seed)
    batches = tasks_for_test(test, budget.test_tasks, seed, at_once=20)
    return {"accuracy": Figure.of(torch.cat([_accuracy(trained, batch) for batch in batches]))}


def _accuracy(trained: Trained, batch: EpisodeBatch) -> Tensor:
    """(B,) accuracy on each task's query records."""
    found = trained.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).probabilities
    if isinstance(found, tuple):
        raise TypeError("the accuracy needs one outcome")
    return (found.argmax(-1) == batch.query.y[..., 0].long()).float().mean(1)
