"""The neural process's pretrained start: what it promises before and in a study."""

from dataclasses import replace

import pytest
import torch

from meta_med.episodes.batch import EpisodeBatch
from meta_med.learners import create, options
from meta_med.learners.model_based.neural_process import NeuralProcess
from meta_med.meta_train.outer_loop import MetaTrainConfig, meta_train
from meta_med.outcomes import Outcome
from tests import scenario

OUTCOMES = (Outcome("level"), Outcome("event", "binary"), Outcome("grade", "categorical", n_classes=3))


def started(outcomes: tuple[Outcome, ...] = OUTCOMES, **chosen: bool) -> NeuralProcess:
    torch.manual_seed(0)
    learner = create("neural_process", outcomes, 3, history=True, **chosen)
    assert isinstance(learner, NeuralProcess)
    return learner


def batch(outcomes: tuple[Outcome, ...] = OUTCOMES) -> EpisodeBatch:
    return scenario.random_batch(0, outcomes=outcomes, support=5).to(dtype=torch.float32)


def location(learner: NeuralProcess, episodes: EpisodeBatch) -> torch.Tensor:
    with torch.no_grad():
        return (
            learner.adapt(episodes.context, episodes.cohort, episodes.support)
            .predict(episodes.query)
            .location
        )


def test_it_is_the_default_where_history_is_on_and_nowhere_else() -> None:
    assert options("neural_process")["pretrained"] is True
    assert started().path is not None
    assert started(pretrained=False).path is None
    few_shot = create("neural_process", OUTCOMES, 3)
    assert few_shot.path is None
    assert few_shot.clock is None


def test_before_any_training_it_leans_to_the_own_last_value() -> None:
    """Patients whose records all stand 1 sd above the mean are predicted above it, those below it below."""
    learner, episodes = started((Outcome("level"),)).eval(), batch((Outcome("level"),))
    everything = torch.ones_like(episodes.support.y_observed)
    for value in (1.0, -1.0):
        own = replace(
            episodes.support,
            y=torch.full_like(episodes.support.y, value),
            y_observed=everything,
            present=torch.ones_like(episodes.support.present),
        )
        found = location(learner, replace(episodes, support=own))
        assert ((found * value > 0.4) & (found * value < 1.4)).all()


@pytest.mark.parametrize("count", [1, 2, 9])
def test_it_takes_any_number_of_outcomes(count: int) -> None:
    outcomes = tuple(Outcome(f"level {i}") for i in range(count))
    found = location(started(outcomes).eval(), batch(outcomes))
    assert found.shape[-1] == count
    assert bool(torch.isfinite(found).all())


def test_before_any_training_the_covariates_say_nothing() -> None:
    learner, episodes = started().eval(), batch()
    moved = replace(episodes, query=replace(episodes.query, x=episodes.query.x + 1.0))
    assert torch.equal(location(learner, moved), location(learner, episodes))


def test_the_first_training_episodes_set_the_clock_and_later_ones_do_not() -> None:
    learner, episodes = started(), batch()
    learner.eval().loss(episodes)
    assert float(learner.clock.unit) == 1.0
    learner.train().loss(episodes)
    unit = float(learner.clock.unit)
    assert unit != 1.0
    slower = replace(
        episodes,
        support=replace(episodes.support, time=7.0 * episodes.support.time),
        query=replace(episodes.query, time=7.0 * episodes.query.time),
    )
    learner.loss(slower)
    assert float(learner.clock.unit) == unit


def test_what_a_unit_of_time_is_called_changes_nothing() -> None:
    """Hours or years: the clock makes the same of them, up to rounding."""
    episodes = batch()
    in_hours = [
        replace(records, time=8766.0 * records.time) for records in (episodes.support, episodes.query)
    ]
    found = []
    for one in (episodes, replace(episodes, support=in_hours[0], query=in_hours[1])):
        learner = started()
        learner.loss(one)
        found.append(location(learner.eval(), one))
    torch.testing.assert_close(found[0], found[1], rtol=1e-4, atol=1e-4)


class OneBatch:
    """The same episodes again and again."""

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        return batch()


def test_meta_training_moves_descriptors_core_and_correction() -> None:
    learner = started()
    config = MetaTrainConfig(steps=3, device="cpu")
    trained = meta_train(learner, OneBatch(), config, generator=torch.Generator().manual_seed(0)).learner
    for name in ("path.moved", "path.loadings", "path.core.enter.weight", "head.linear.weight"):
        assert not torch.equal(trained.state_dict()[name], learner.state_dict()[name]), name
