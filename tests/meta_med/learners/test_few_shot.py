"""The same door for any few-shot problem: sinusoids, and images through a plugged-in encoder; no context (C = 0)."""

from collections.abc import Iterable

import pytest
import torch

from meta_med.learners import create
from meta_med.meta_train.outer_loop import MetaTrainConfig, Trained, meta_train
from meta_med.outcomes import Outcome
from tests import scenario
from tests.meta_med.few_shot import Glyphs, Sinusoids, small_encoder

EVERY_TIME = {"maml", "protonet", "bayesian_head"}
"""Learners that are quick to train; the others learn such problems by the same code, and are tried every night."""


def some_nightly(learners: Iterable[str]) -> list[object]:
    """Learners as parameters; those that take long and seldom fail are tried every night."""
    return [n if n in EVERY_TIME else pytest.param(n, marks=pytest.mark.nightly) for n in learners]


SINUSOID = {
    "maml": {"width": 32, "inner_steps": 3, "step_size": 0.2},
    "fomaml": {"width": 32, "inner_steps": 3, "step_size": 0.2},
    "reptile": {"width": 32, "inner_steps": 5, "step_size": 0.2},
    "anil": {"width": 32, "inner_steps": 3, "step_size": 0.2},
    "meta_sgd": {"width": 32, "inner_steps": 2, "step_size": 0.2},
    "protonet": {"width": 32, "embedding": 8},
    "siamese": {"width": 32, "embedding": 8, "neighbours": 3},
    "mann": {"width": 32, "slots": 16},
    "neural_process": {"width": 32, "heads": 2, "layers": 1},
    "bayesian_head": {"width": 32, "features": 12},
    "deep_kernel": {"width": 32, "features": 12},
    "hierarchical_mixed": {"width": 32, "features": 12, "models": 8},
}
GLYPHS = {
    "maml": {"inner_steps": 2, "step_size": 0.5},
    "fomaml": {"fresh_labels": True},
    "reptile": {"inner_steps": 2, "step_size": 1.0},
    "anil": {"width": 32, "layers": 1, "inner_steps": 3, "step_size": 0.5},
    "meta_sgd": {"inner_steps": 2, "step_size": 0.5},
    "protonet": {},
    "siamese": {},
    "mann": {"width": 32, "slots": 16},
    "neural_process": {"width": 32},
    "bayesian_head": {"width": 32, "layers": 1, "features": 16},
    "deep_kernel": {"features": 16},
    "hierarchical_mixed": {},
}


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def train(name: str, source: Sinusoids | Glyphs, steps: int, *arguments, **options) -> Trained:
    torch.manual_seed(0)
    config = MetaTrainConfig(steps=steps, cohorts_per_step=32, learning_rate=5e-3, device="cpu")
    return meta_train(create(name, *arguments, **options), source, config, generator=seeded(1))


@pytest.mark.parametrize("name", some_nightly(SINUSOID))
def test_ten_points_of_a_new_sinusoid_explain_most_of_it(name: str) -> None:
    trained = train(name, Sinusoids(), 250, [Outcome("y")], 1, **SINUSOID[name])
    batch = Sinusoids().sample(300, seeded(2))
    adapted = trained.adapt(batch.context, batch.cohort, batch.support).predict(batch.query)
    prior = trained.adapt(batch.context, batch.cohort, batch.support.without_records()).predict(batch.query)
    truth = batch.query.y
    error, before = (adapted.mean - truth).square().mean(), (prior.mean - truth).square().mean()
    assert float(error) < 0.5 * float(before)
    inside = (truth > adapted.quantile(0.05)) & (truth < adapted.quantile(0.95))
    assert 0.75 < float(inside.float().mean()) <= 1.0


@pytest.mark.nightly
@pytest.mark.parametrize("name", some_nightly(GLYPHS))
def test_two_images_a_class_tell_five_new_classes_apart(name: str) -> None:
    outcome = Outcome("glyph", "categorical", n_classes=5)
    trained = train(name, Glyphs(), 120, [outcome], (1, 8, 8), small_encoder(), **GLYPHS[name])
    batch = Glyphs().sample(300, seeded(2))
    found = trained.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).probabilities
    accuracy = (found.argmax(-1) == batch.query.y[..., 0]).double().mean()
    assert float(accuracy) > 0.4  # chance is 0.2
    # labels are drawn anew for each task, so without support nobody can know
    alone = trained.adapt(batch.context, batch.cohort, batch.support.without_records()).predict(batch.query)
    guessed = (alone.probabilities.argmax(-1) == batch.query.y[..., 0]).double().mean()
    assert abs(float(guessed) - 0.2) < 0.08


@pytest.mark.nightly
@pytest.mark.parametrize("name", ["maml", "anil", "meta_sgd"])
def test_one_image_a_class_is_enough_with_the_default_step_size(name: str) -> None:
    trained = train(
        name, Glyphs(shots=1), 150, [Outcome("glyph", "categorical", n_classes=5)], (1, 8, 8), small_encoder()
    )
    batch = Glyphs(shots=1).sample(300, seeded(2))
    found = trained.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).probabilities
    assert float((found.argmax(-1) == batch.query.y[..., 0]).double().mean()) > 0.5  # chance is 0.2


@pytest.mark.parametrize("history", [True, False])
@pytest.mark.parametrize("name", GLYPHS)
def test_an_encoder_meets_an_empty_support_with_and_without_history(name: str, history: bool) -> None:
    torch.manual_seed(0)
    outcome = Outcome("glyph", "categorical", n_classes=5)
    left_out = {"fresh_labels"} if history else set()  # a history identifies the classes
    chosen = {option: value for option, value in GLYPHS[name].items() if option not in left_out}
    learner = create(name, [outcome], (1, 8, 8), small_encoder(), history=history, **chosen)
    batch = Glyphs().sample(4, seeded(0))
    masked = learner.adapt(batch.context, batch.cohort, batch.support.without_records())
    none = learner.adapt(batch.context, batch.cohort, type(batch.support).empty(4, batch.support))
    torch.testing.assert_close(none.predict(batch.query).location, masked.predict(batch.query).location)


@pytest.mark.parametrize("name", SINUSOID)
def test_every_meta_parameter_gets_a_gradient_by_the_second_step(name: str) -> None:
    """By the second: what starts as a correction of exactly zero hides what lies behind it for one step."""
    torch.manual_seed(0)
    learner = create(name, scenario.MIXED, 3, history=True, **SINUSOID[name]).double()
    optimiser = torch.optim.SGD(learner.parameters(), lr=0.01)
    for seed in (0, 1):
        optimiser.step()  # nothing before the first gradient
        optimiser.zero_grad()
        learner.loss(scenario.random_batch(seed, context=8, subjects=40, support=12)).backward()
    assert [n for n, p in learner.named_parameters() if p.grad is None or not bool(p.grad.any())] == []
