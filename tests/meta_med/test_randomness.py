"""No call moves the random numbers of whoever calls: torch's, numpy's and Python's global states stay as they are."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import torch

from meta_med.bench.loop import learner_of
from meta_med.bench.papers.budget import Budget
from meta_med.bench.papers.budget import train as train_on_paper
from meta_med.cohorts.assemble import assemble
from meta_med.episodes.queries import queries_of
from meta_med.learners import create, names
from meta_med.learners.learner import Learner
from meta_med.learners.model_based.series_path import load
from meta_med.learners.registry import try_options
from meta_med.meta_train.chunks import predict_in_chunks
from meta_med.meta_train.fit import fit_all
from meta_med.meta_train.outer_loop import MetaTrainConfig, meta_train
from meta_med.meta_train.predictors import FittedPredictors
from meta_med.meta_train.saved_predictors import new_learner
from meta_med.outcomes import Outcome
from meta_med.pretraining import draw_patients
from meta_med.pretraining.pretrain import PretrainingConfig, evaluate, pretrain
from meta_med.randomness import OwnRandomness
from meta_med.study import LearnerSpec
from tests import scenario
from tests.meta_med.few_shot import Sinusoids

QUICK = MetaTrainConfig(steps=2, cohorts_per_step=4, evaluate_every=1, device="cpu")


def states() -> tuple[object, ...]:
    gpu = torch.cuda.get_rng_state_all() if torch.cuda.is_available() else []
    numpy = np.random.get_state()  # noqa: NPY002 - the state that must not move
    return (
        torch.get_rng_state().tolist(), [s.tolist() for s in gpu],
        numpy[1].tolist(), numpy[2:], random.getstate(),
    )  # fmt: skip


@contextmanager
def unmoved() -> Iterator[None]:
    before = states()
    yield
    assert states() == before


def seeded(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def a_learner(name: str) -> Learner:
    """Dropout is on where a learner has it."""
    torch.manual_seed(1)
    return create(name, scenario.MIXED, 3, history=True, **scenario.SMALL[name])


class Mixed:
    """Episodes of four outcomes."""

    def sample(self, n_cohorts: int, generator: torch.Generator):
        """One batch, whatever is asked for."""
        return scenario.random_batch(int(torch.randint(9, (), generator=generator)), dtype=torch.float32)


@pytest.mark.parametrize("name", names())
def test_making_training_adapting_and_predicting(name: str) -> None:
    learner, batch = a_learner(name), scenario.random_batch(0, dtype=torch.float32)
    with unmoved():
        create(name, scenario.MIXED, 3, history=True, generator=seeded(), **scenario.SMALL[name])
        try_options(name, scenario.SMALL[name])
        trained = meta_train(learner, Mixed(), QUICK, generator=seeded(), tuning=[batch])
        trained.adapt(batch.context, batch.cohort, batch.support).predict(batch.query).quantile(0.1)
        predict_in_chunks(trained, batch, 2)


def test_training_with_a_checkpoint_and_going_on_from_it(tmp_path: Path) -> None:
    config = MetaTrainConfig(steps=2, cohorts_per_step=4, checkpoint=tmp_path / "ckpt", checkpoint_every=1)
    learner = a_learner("neural_process")
    for _ in range(2):
        with unmoved():
            meta_train(learner, Mixed(), config, generator=seeded())


def test_training_that_fails() -> None:
    class Broken(Mixed):
        def sample(self, n_cohorts: int, generator: torch.Generator):
            torch.rand(1)  # from torch's global generator, which a source should not use
            raise RuntimeError("the source is broken")

    learner = a_learner("protonet")
    with unmoved(), pytest.raises(RuntimeError, match="the source is broken"):
        meta_train(learner, Broken(), QUICK, generator=seeded())


def test_fitting_a_study_and_every_forecast(tmp_path: Path) -> None:
    study = scenario.quick_study(baselines=("population", "last_value", "mixed_model"))
    ready = scenario.prepare(assemble({"visits": scenario.visits(40)}, study), study)
    with unmoved():
        fit_all(ready, tmp_path, processes=1)
        fitted = FittedPredictors.load(tmp_path, ready)
        fitted.forecasts(ready, queries_of(ready, "held_out", "next"))
        new_learner(LearnerSpec(name="mann", options={}), ready, 3)


def test_pretraining_and_simulating() -> None:
    with unmoved():
        core = pretrain(PretrainingConfig(steps=1, patients=8, width=8))
        evaluate(core, studies=1)
        draw_patients(seeded(), studies=1, patients=8)


def test_benchmarks() -> None:
    with unmoved():
        learner_of("maml")
        budget = Budget(steps=1, tasks=2, learning_rate=1e-3)
        train_on_paper(lambda: create("maml", [Outcome("y")], 1, width=4), Sinusoids(), budget, 0)


def test_a_stream_of_ones_own_goes_on_where_it_stood() -> None:
    own, expected = OwnRandomness(3), torch.rand(4, generator=seeded(3))
    with own.active():
        first = torch.rand(2)
    torch.rand(7)  # somebody else's
    with own.active():
        assert torch.equal(torch.cat([first, torch.rand(2)]), expected)
    state = own.state()
    with own.active():
        one = torch.rand(1)
    own.restore(state)
    with own.active():
        assert torch.equal(torch.rand(1), one)


@pytest.mark.parametrize("name", names())
def test_the_first_learner_of_a_process_is_as_any_later_one(name: str) -> None:
    """What is read once and kept (pretrained weights) must not move the numbers that weights are drawn from."""
    load.cache_clear()
    one, other = a_learner(name).state_dict(), a_learner(name).state_dict()
    assert all(torch.equal(one[k], other[k]) for k in one)


@pytest.mark.case("science/25_global_random_state")
def test_numbers_and_learners_in_a_loop_around_training_differ(now: Callable[[str], None]) -> None:
    torch.manual_seed(123)
    drawn, weights = [], []
    for _ in range(4):
        learner = create("protonet", [Outcome("y")], 1)
        weights.append(float(next(p for p in learner.parameters() if p.ndim > 1).detach().flatten()[0]))
        meta_train(learner, Sinusoids(), QUICK, generator=seeded())
        drawn.append(float(torch.rand(1)))
    assert len(set(drawn)) == len(set(weights)) == 4
    now(f"after each of four calls another number ({len(set(drawn))} of 4), four learners of other weights")


def test_training_with_the_same_generator_is_the_same_whatever_happened_before() -> None:
    learner, found = a_learner("neural_process"), []
    for seed in (1, 2):
        torch.manual_seed(seed)
        found.append(meta_train(learner, Mixed(), QUICK, generator=seeded()).learner.state_dict())
    assert all(torch.equal(found[0][k], found[1][k]) for k in found[0])
