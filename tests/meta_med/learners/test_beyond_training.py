"""More records, or more steps, than in meta-training: no learner does worse than without any own record."""

from functools import cache

import pytest
import torch

from meta_med.episodes.batch import EpisodeBatch
from meta_med.learners import create, names, options
from meta_med.meta_train.outer_loop import MetaTrainConfig, Trained, meta_train
from meta_med.outcomes import Outcome
from tests.meta_med.few_shot import Glyphs, Sinusoids, small_encoder

EVERY_TIME = ("anil", "bayesian_head")
RECORDS = 4  # in meta-training
BY_GRADIENT = tuple(name for name in names() if "inner_steps" in options(name))


def nightly_but(*every_time: str, among: tuple[str, ...]) -> list[object]:
    return [n if n in every_time else pytest.param(n, marks=pytest.mark.nightly) for n in among]


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


@cache
def trained_on_few(name: str) -> Trained:
    """Meta-trained on sinusoids with four records each, at the learner's default options but for its width."""
    learner = create(name, [Outcome("y")], 1, width=32, generator=seeded(0))
    config = MetaTrainConfig(steps=120, cohorts_per_step=32, learning_rate=5e-3, device="cpu")
    return meta_train(learner, Sinusoids(support=RECORDS), config, generator=seeded(1))


def error(trained: Trained, batch: EpisodeBatch) -> float:
    mean = trained.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).mean
    assert bool(mean.isfinite().all())
    return float((mean - batch.query.y).square().mean())


@pytest.mark.parametrize("name", nightly_but(*EVERY_TIME, among=names()))
def test_many_more_records_than_in_training_still_help(name: str) -> None:
    trained = trained_on_few(name)
    for count in (10 * RECORDS, 50 * RECORDS):
        batch = Sinusoids(support=count).sample(60, seeded(2))
        alone = EpisodeBatch(batch.context, batch.cohort, batch.support.without_records(), batch.query)
        assert error(trained, batch) < error(trained, alone)


@pytest.mark.parametrize("name", nightly_but("anil", among=BY_GRADIENT))
def test_many_more_steps_than_in_training_still_help(name: str) -> None:
    trained = trained_on_few(name)
    for count in (RECORDS, 10 * RECORDS):
        batch = Sinusoids(support=count).sample(60, seeded(2))
        none, *further = (
            error(Trained(trained.learner.with_inner_steps(n)), batch) for n in (0, 1, 5, 10, 50)
        )
        assert max(further) < none


@pytest.mark.nightly
def test_forty_images_a_task_are_not_too_many_for_the_default_memory() -> None:
    outcome = Outcome("glyph", "categorical", n_classes=10)
    accuracy = {}
    for slots in (None, 16):
        learner = create(
            "mann", [outcome], (1, 8, 8), small_encoder(), width=32, generator=seeded(0), slots=slots
        )
        config = MetaTrainConfig(steps=60, cohorts_per_step=8, learning_rate=5e-3, device="cpu")
        trained = meta_train(learner, Glyphs(ways=10, shots=4), config, generator=seeded(1))
        batch = Glyphs(ways=10, shots=4).sample(60, seeded(2))
        found = trained.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).probabilities
        accuracy[slots] = float((found.argmax(-1) == batch.query.y[..., 0]).double().mean())
    assert accuracy[None] > 0.8  # chance is 0.1
    assert accuracy[None] > accuracy[16] + 0.1
