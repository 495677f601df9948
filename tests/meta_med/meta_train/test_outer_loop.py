"""Meta-training: stops early, stops when it diverges, and goes on after a kill as if nothing had happened."""

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from meta_med import checkpoints
from meta_med.episodes.batch import EpisodeBatch
from meta_med.learners import create
from meta_med.learners.learner import Learner
from meta_med.meta_train.outer_loop import (
    MetaTrainConfig,
    Trained,
    TrainingDiverged,
    choose_device,
    meta_train,
)
from meta_med.outcomes import Outcome
from tests.meta_med.few_shot import Sinusoids

CONFIG = MetaTrainConfig(steps=40, cohorts_per_step=8, evaluate_every=10, checkpoint_every=5, device="cpu")


def a_learner(seed: int = 0) -> Learner:
    torch.manual_seed(seed)
    return create("neural_process", [Outcome("y")], 1, width=8, heads=2, layers=1, dropout=0.2)


def train(config: MetaTrainConfig = CONFIG, seed: int = 3, **arguments) -> Trained:
    generator = torch.Generator().manual_seed(seed)
    arguments.setdefault("tuning", [Sinusoids().sample(16, torch.Generator().manual_seed(99))])
    return meta_train(a_learner(), Sinusoids(), config, generator=generator, **arguments)


def same_weights(one: Trained, other: Trained) -> bool:
    a, b = one.learner.state_dict(), other.learner.state_dict()
    return all(torch.equal(a[k], b[k]) for k in a)


def test_the_learner_that_is_given_is_not_touched() -> None:
    learner = a_learner()
    before = {k: v.clone() for k, v in learner.state_dict().items()}
    meta_train(learner, Sinusoids(), replace(CONFIG, steps=3), generator=torch.Generator().manual_seed(0))
    assert all(torch.equal(v, learner.state_dict()[k]) for k, v in before.items())


def test_the_same_generator_gives_the_same_weights_and_another_one_others() -> None:
    assert same_weights(train(), train())
    assert not same_weights(train(), train(seed=4))


def test_what_is_trained_is_final() -> None:
    trained = train()
    assert not trained.learner.training
    assert not any(p.requires_grad for p in trained.learner.parameters())


def test_the_weights_of_the_best_tuning_loss_are_kept() -> None:
    tuning = Sinusoids().sample(16, torch.Generator().manual_seed(99))
    trained = train(replace(CONFIG, learning_rate=0.1), tuning=[tuning])
    best = min(h["tuning_loss"] for h in trained.history)
    with torch.no_grad():
        assert float(trained.learner.loss(tuning)) == pytest.approx(best, abs=1e-6)


def test_it_stops_after_so_many_judgements_without_improvement() -> None:
    """A learning rate this small changes no weight in float32, so no judgement improves on the first."""
    steps = []
    trained = train(
        replace(CONFIG, learning_rate=1e-30, weight_decay=0.0, patience=2),
        on_step=lambda step, *_: steps.append(step),
    )
    assert len(trained.history) == 3
    assert steps[-1] == 30


def test_without_tuning_episodes_the_last_weights_are_kept() -> None:
    ends = [train(replace(CONFIG, steps=n), tuning=()) for n in (10, 40)]
    assert len(ends[1].history) == 4
    assert not same_weights(*ends)


def test_it_tells_of_every_step() -> None:
    told = []
    train(on_step=lambda step, steps, facts: told.append((step, steps, sorted(facts))))
    assert told == [(i, 40, ["best_tuning_loss"]) for i in range(1, 41)]


class Poisoned(Sinusoids):
    """Sinusoids until a step, infinite outcomes from there on."""

    def __init__(self, good: int) -> None:
        super().__init__()
        self.good = good

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        batch = super().sample(n_cohorts, generator)
        self.good -= 1
        if self.good < 0:
            batch.query.y.fill_(torch.inf)
        return batch


@pytest.mark.fault("M01")
def test_a_loss_that_is_never_finite_stops_training() -> None:
    with pytest.raises(TrainingDiverged, match="not finite"):
        meta_train(a_learner(), Poisoned(0), CONFIG, generator=torch.Generator().manual_seed(0))


def test_a_loss_that_stops_being_finite_keeps_the_last_good_weights() -> None:
    generator, tuning = (
        torch.Generator().manual_seed(3),
        Sinusoids().sample(16, torch.Generator().manual_seed(99)),
    )
    stopped = meta_train(a_learner(), Poisoned(25), CONFIG, generator=generator, tuning=[tuning])
    assert [h["step"] for h in stopped.history] == [10.0, 20.0]
    assert all(bool(torch.isfinite(v).all()) for v in stopped.learner.state_dict().values())
    until_then = min(train().history[:2], key=lambda h: h["tuning_loss"])
    assert min(h["tuning_loss"] for h in stopped.history) == until_then["tuning_loss"]


class Interrupted(Exception):
    """Somebody pulled the plug."""


def interrupt_at(step: int):
    def on_step(now: int, *_: object) -> None:
        if now == step:
            raise Interrupted

    return on_step


@pytest.mark.parametrize("step", [3, 5, 17, 39])
def test_an_interrupted_run_ends_with_the_same_weights_and_history(tmp_path: Path, step: int) -> None:
    config = replace(CONFIG, checkpoint=tmp_path / "unfinished")
    with pytest.raises(Interrupted):
        train(config, on_step=interrupt_at(step))
    resumed, whole = train(config), train()
    assert same_weights(resumed, whole)
    assert resumed.history == whole.history


def test_a_checkpoint_of_another_budget_is_not_resumed(tmp_path: Path) -> None:
    config = replace(CONFIG, checkpoint=tmp_path / "unfinished")
    with pytest.raises(Interrupted):
        train(config, on_step=interrupt_at(30))
    longer = replace(config, steps=60)
    assert same_weights(train(longer), train(replace(longer, checkpoint=None)))


@pytest.mark.fault("M03", "I3")
@pytest.mark.nightly
def test_a_run_that_is_killed_ends_with_the_same_weights(tmp_path: Path) -> None:
    """A real process, a real SIGKILL, somewhere in the middle."""
    folder = tmp_path / "unfinished"
    code = (
        "import time, sys; from pathlib import Path; from dataclasses import replace\n"
        "import tests.meta_med.meta_train.test_outer_loop as t\n"
        "t.torch.set_num_threads(1)\n"
        "t.train(replace(t.CONFIG, checkpoint=Path(sys.argv[1])), on_step=lambda *_: time.sleep(0.05))\n"
    )
    root = str(Path(__file__).resolve().parents[3])
    environment = {**os.environ, "PYTHONPATH": root}
    process = subprocess.Popen([sys.executable, "-c", code, str(folder)], env=environment, cwd=root)
    deadline = time.monotonic() + 60
    while not checkpoints.exists(folder) and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    step = checkpoints.load(folder)[1]["step"]
    assert 0 < step < CONFIG.steps
    assert same_weights(train(replace(CONFIG, checkpoint=folder)), train())


def test_the_device_is_the_gpu_where_there_is_one() -> None:
    assert choose_device("auto") == ("cuda" if torch.cuda.is_available() else "cpu")
    assert choose_device("cpu") == "cpu"
