"""A loss that is not finite stops meta-training at its step, with the cohort's name and the last good weights."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
import torch

from meta_med.episodes.batch import EpisodeBatch
from meta_med.episodes.input_errors import InvalidInput, UnknownLabel
from meta_med.learners import create, names
from meta_med.meta_train.divergence import DivergenceWatch, failing_cohorts
from meta_med.meta_train.outer_loop import MetaTrainConfig, Trained, TrainingDiverged, meta_train
from meta_med.outcomes import Outcome
from tests import scenario

NAMES = ("north", "east", "south")
CONFIG = MetaTrainConfig(steps=9, cohorts_per_step=3, evaluate_every=3, device="cpu")
Harm = Callable[[EpisodeBatch], None]


class ThreeSites:
    """Batches of three named cohorts of four subjects; from step `good` on something is done to them."""

    def __init__(self, good: int, harm: Harm, cohort_names: tuple[str, ...] = NAMES) -> None:
        self.good, self.harm, self.names, self.drawn = good, harm, cohort_names, 0

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        seed = int(torch.randint(2**31, (1,), generator=generator))
        batch = scenario.random_batch(
            seed, cohorts=n_cohorts, subjects=12, outcomes=(Outcome("level"),), dtype=torch.float32
        )
        cohort = torch.arange(12) % n_cohorts
        batch = replace(batch, cohort=cohort, cohort_names=self.names)
        self.drawn += 1
        if self.drawn > self.good:
            self.harm(batch)
        return batch


def overflow_in_the_east(batch: EpisodeBatch) -> None:
    """Finite, but its square is not: only the loss can tell."""
    batch.query.y[batch.cohort == 1] = 1e30


def nan_in_the_south(batch: EpisodeBatch) -> None:
    batch.support.x[batch.cohort == 2] = torch.nan
    batch.support.x_observed[batch.cohort == 2] = True
    batch.support.present[batch.cohort == 2] = True


def nan_in_the_northern_context(batch: EpisodeBatch) -> None:
    batch.context.y[0, 0], batch.context.y_observed[0, 0], batch.context.present[0, 0] = torch.inf, True, True


def train(source: ThreeSites, name: str = "protonet", **arguments) -> Trained:
    torch.manual_seed(0)
    learner = create(name, [Outcome("level")], 3, student_t=False)
    return meta_train(learner, source, CONFIG, generator=torch.Generator().manual_seed(1), **arguments)


CASES = [
    (overflow_in_the_east, "the loss is not finite; cohort 'east'$"),
    (nan_in_the_south, r"support.x: expected finite values where observed, got \d+ .*, in cohort 'south'$"),
    (
        nan_in_the_northern_context,
        "context.y: expected finite values where observed, got 1 .* cohort 'north'$",
    ),
]


@pytest.mark.fault("M01", "I5")
@pytest.mark.parametrize(("harm", "why"), CASES)
def test_without_good_weights_it_raises_and_names_the_cohort(harm: Harm, why: str) -> None:
    with pytest.raises(TrainingDiverged, match=f"stopped at step 2: {why}"):
        train(ThreeSites(1, harm))


@pytest.mark.fault("M01")
@pytest.mark.parametrize(("harm", "why"), CASES)
def test_with_good_weights_it_keeps_them_and_says_why(
    harm: Harm, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[tuple[int, list[str]]] = []
    stopped = train(ThreeSites(7, harm), on_step=lambda step, _, facts: told.append((step, sorted(facts))))
    assert re.fullmatch(f"meta-training stopped at step 8: {why}", stopped.stopped or "")
    assert str(stopped.stopped) in caplog.text
    assert told[-1] == (8, ["best_tuning_loss", "diverged"])
    assert [h["step"] for h in stopped.history] == [3.0, 6.0]


def test_the_weights_kept_are_those_of_the_last_judgement() -> None:
    kept = [train(ThreeSites(good, overflow_in_the_east)).learner.state_dict() for good in (6, 7, 4)]
    assert all(torch.equal(v, kept[1][k]) for k, v in kept[0].items())
    assert not all(torch.equal(v, kept[2][k]) for k, v in kept[0].items())
    assert all(bool(torch.isfinite(v).all()) for v in kept[0].values())


def test_an_invalid_batch_is_a_value_error_too() -> None:
    with pytest.raises(InvalidInput, match=r"support.x"):
        train(ThreeSites(0, nan_in_the_south))


def test_cohorts_without_names_are_numbered() -> None:
    with pytest.raises(TrainingDiverged, match=r"not finite; cohort number 1$"):
        train(ThreeSites(0, overflow_in_the_east, ()))


def test_a_label_outside_the_classes_is_an_error_whenever_it_comes() -> None:
    def mislabel(batch: EpisodeBatch) -> None:
        batch.query.y[0, 0], batch.query.y_observed[0, 0], batch.query.present[0, 0] = 7.0, True, True

    class Binary(ThreeSites):
        def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
            outcomes = (Outcome("event", "binary"),)
            batch = scenario.random_batch(0, outcomes=outcomes, dtype=torch.float32)
            self.drawn += 1
            if self.drawn > self.good:
                self.harm(batch)
            return batch

    learner = create("protonet", [Outcome("event", "binary")], 3)
    with pytest.raises(UnknownLabel, match=r"query.y: .* in 0..1 for outcome 'event', got 1 other"):
        meta_train(learner, Binary(5, mislabel), CONFIG, generator=torch.Generator().manual_seed(1))


def test_bad_tuning_episodes_are_refused_before_the_first_step() -> None:
    source = ThreeSites(99, nan_in_the_south)
    tuning = source.sample(3, torch.Generator().manual_seed(5))
    nan_in_the_south(tuning)
    with pytest.raises(InvalidInput, match=r"support.x"):
        train(source, tuning=[tuning])
    assert source.drawn == 1


@pytest.mark.parametrize("name", names())
def test_every_learner_has_its_cohort_found(name: str) -> None:
    torch.manual_seed(0)
    learner = create(name, [Outcome("level")], 3)
    source = ThreeSites(0, overflow_in_the_east)
    with pytest.raises(TrainingDiverged, match=r"not finite; cohort 'east'$"):
        meta_train(learner, source, CONFIG, generator=torch.Generator().manual_seed(1))


def test_a_gradient_that_is_not_finite_is_blamed_on_its_cohort() -> None:
    class RootAtZero(torch.nn.Module):
        """Finite at zero, its derivative is not."""

        def __init__(self) -> None:
            super().__init__()
            self.weight = torch.nn.Parameter(torch.ones(1))

        def forward(self, x: torch.Tensor) -> torch.Tensor:
            return torch.sqrt((self.weight * x).abs())

    batch = ThreeSites(99, overflow_in_the_east).sample(3, torch.Generator().manual_seed(2))
    for records in (batch.context, batch.support, batch.query):
        records.x.abs_().add_(1.0)
        records.x_observed.fill_(True)
        records.present.fill_(True)
    batch.query.x[batch.cohort == 2] = 0.0
    learner = create("maml", [Outcome("level")], 3, RootAtZero())
    assert failing_cohorts(learner, batch) == "cohort 'south'"


class Arriving:
    """An answer of the device, there once it was waited for."""

    def __init__(self, here: bool) -> None:
        self.here = here

    def query(self) -> bool:
        return self.here

    def synchronize(self) -> None:
        self.here = True


def test_a_step_whose_answer_is_not_here_yet_is_neither_waited_for_nor_forgotten() -> None:
    watch, batch = DivergenceWatch(), ThreeSites(99, overflow_in_the_east).sample(3, torch.Generator())
    for step, (finite, here) in enumerate([(True, True), (False, False), (True, True)]):
        watch.pending.append((step, batch, torch.tensor(finite), Arriving(here)))  # type: ignore[arg-type]
    assert watch.first_failure() is None
    assert len(watch.pending) == 2
    assert watch.first_failure(wait=True) == (1, batch)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs a GPU")
def test_on_a_gpu_the_failing_step_is_found_without_waiting() -> None:
    watch, batch = DivergenceWatch(), ThreeSites(99, overflow_in_the_east).sample(3, torch.Generator())
    for step in range(4):
        watch.record(step, batch, torch.tensor(step != 2, device="cuda"))
    torch.cuda.synchronize()
    assert watch.first_failure() == (2, batch)
