"""Meta-training by several processes takes the steps of one."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from meta_med.learners import create
from meta_med.learners.learner import Learner
from meta_med.learners.registry import BUILT_IN, LEARNERS
from meta_med.meta_train.ranks import Ranks, require_divisible
from meta_med.outcomes import Outcome
from meta_med.study import StudyMismatch
from tests.meta_med.few_shot import Sinusoids
from tests.meta_med.meta_train.trained_by_ranks import OPTIONS

ROOT = Path(__file__).resolve().parents[3]


def gradients(learner: Learner) -> torch.Tensor:
    return torch.cat([p.grad.flatten() for p in learner.parameters() if p.grad is not None])


@pytest.mark.parametrize("name", OPTIONS)
def test_the_gradients_of_all_shares_add_up_to_that_of_the_batch(name: str) -> None:
    torch.manual_seed(0)
    learner = create(name, [Outcome("y")], 1, **OPTIONS[name]).double()
    batch = Sinusoids().sample(7, torch.Generator().manual_seed(1)).to(dtype=torch.float64)
    batch.query.y_observed[0, 0] = False  # shares of unlike weight
    loss = learner.loss(batch)
    loss.backward()
    whole = gradients(learner)
    learner.zero_grad()
    total = 0.0
    for ranks in (Ranks(number, 3) for number in range(3)):
        part = learner.loss(ranks.share(batch)) * ranks.weight(batch)
        part.backward()
        total += float(part)
    assert total == pytest.approx(float(loss), rel=1e-12)
    assert float((gradients(learner) - whole).abs().max()) < 1e-12


def test_one_process_takes_the_batch_as_it_is() -> None:
    batch = Sinusoids().sample(3, torch.Generator().manual_seed(1))
    assert Ranks().share(batch) is batch
    assert Ranks().weight(batch) == 1.0


def test_a_learner_whose_loss_is_no_mean_is_refused() -> None:
    refused = {name for name in BUILT_IN if not getattr(LEARNERS.load(name), "loss_is_a_mean", True)}
    assert refused == {"siamese", "reptile"}
    with pytest.raises(StudyMismatch, match="cannot be divided among processes"):
        require_divisible("reptile", additive=False, ranks=Ranks(0, 2))
    require_divisible("reptile", additive=False, ranks=Ranks())


@pytest.mark.nightly
def test_two_processes_of_torchrun_give_the_weights_of_one(tmp_path: Path) -> None:
    script = str(Path(__file__).with_name("trained_by_ranks.py"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"}
    together, alone = tmp_path / "together", tmp_path / "alone"
    torchrun = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2"]
    for folder, before in ((together, torchrun), (alone, [sys.executable])):
        folder.mkdir()
        done = subprocess.run(
            [*before, script, str(folder)],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=900,
        )
        assert done.returncode == 0, done.stderr
    for name in OPTIONS:
        one = load_file(alone / f"{name}-0")
        for number in range(2):
            two = load_file(together / f"{name}-{number}")
            assert max(float((two[k].double() - one[k].double()).abs().max()) for k in one) < 1e-10, name
        start = create(name, [Outcome("y")], 1, **OPTIONS[name]).double().state_dict()
        assert any(not torch.equal(start[k], one[k]) for k in one)
