"""Trains a small learner in float64 and saves its weights: by itself, or as one of the processes of `torchrun`."""

import sys
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as dist
from safetensors.torch import save_file

from meta_med.episodes.batch import EpisodeBatch
from meta_med.learners import create
from meta_med.meta_train.outer_loop import MetaTrainConfig, meta_train
from meta_med.meta_train.ranks import Ranks
from meta_med.outcomes import Outcome
from tests.meta_med.few_shot import Sinusoids

CONFIG = MetaTrainConfig(steps=12, cohorts_per_step=8, evaluate_every=6, device="cpu")
OPTIONS = {
    "neural_process": {"width": 8, "heads": 2, "layers": 1, "dropout": 0.0},
    "maml": {},
    "bayesian_head": {},
}


@dataclass(frozen=True)
class InFloat64:
    """Episodes in double precision."""

    source: Sinusoids

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        return self.source.sample(n_cohorts, generator).to(dtype=torch.float64)


def train(name: str, ranks: Ranks) -> dict[str, torch.Tensor]:
    torch.manual_seed(0)
    learner = create(name, [Outcome("y")], 1, **OPTIONS[name]).double()
    source = InFloat64(Sinusoids())
    tuning = [source.sample(8, torch.Generator().manual_seed(99))]
    trained = meta_train(
        learner, source, CONFIG, generator=torch.Generator().manual_seed(3), tuning=tuning, ranks=ranks
    )
    return dict(trained.learner.state_dict())


def main() -> None:
    torch.set_num_threads(1)
    ranks = Ranks.of_environment()
    if ranks.of > 1:
        dist.init_process_group("gloo")
    started = time.monotonic()
    for name in OPTIONS:
        weights = train(name, ranks)
        save_file(
            {k: v.contiguous() for k, v in weights.items()}, Path(sys.argv[1]) / f"{name}-{ranks.number}"
        )
    if ranks.writes:
        print(f"seconds {time.monotonic() - started:.2f}")
    if ranks.of > 1:
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
