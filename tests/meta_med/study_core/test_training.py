"""Training: it learns, it is reproducible, and an interrupted run continues as if nothing had happened."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from meta_med import checkpoints
from meta_med.study_core.training import Training, TrainingConfig, evaluate

TINY = TrainingConfig(
    steps=4, series=6, patients=4, positions=3, models=6, width=8, heads=2, blocks=1, save_every=2
)


def test_a_few_steps_lower_the_loss_on_studies_that_were_not_trained_on() -> None:
    config = replace(TINY, steps=60, series=12, patients=8, width=16, save_every=60, learning_rate=5e-3)
    before = evaluate(Training(config).averaged(), batches=2)
    after = evaluate(Training(config).run(), batches=2)
    assert after["nats"] < before["nats"] - 0.02


def test_the_same_seed_gives_the_same_weights_and_another_seed_others() -> None:
    one, same, other = (Training(c).run().state_dict() for c in (TINY, TINY, replace(TINY, seed=1)))
    assert all(torch.equal(one[name], same[name]) for name in one)
    assert not torch.equal(one["network.out.bias"], other["network.out.bias"])


def test_an_interrupted_training_ends_with_the_weights_of_an_uninterrupted_one(tmp_path: Path) -> None:
    whole = Training(TINY).run().state_dict()
    first = Training(TINY, tmp_path)
    while first.step < 2:
        first.one_step()
    first.save()
    rest = Training(TINY, tmp_path)
    assert rest.step == 2
    assert all(torch.equal(whole[k], v) for k, v in rest.run().state_dict().items())


def test_another_trainings_checkpoint_is_not_continued(tmp_path: Path) -> None:
    Training(TINY, tmp_path).save()
    with pytest.raises(checkpoints.CheckpointError, match="differs in learning_rate"):
        Training(replace(TINY, learning_rate=1.0), tmp_path)
    assert Training(replace(TINY, steps=9), tmp_path).step == 0
