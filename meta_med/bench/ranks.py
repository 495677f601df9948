"""Meta-training divided between two processes, compared with one: what each of them has to do, and how long it takes.

As a program (`python -m meta_med.bench.ranks LEARNER STEPS`, by itself or under `torchrun`) it trains, and the first
process prints the CPU seconds of the busiest one and the seconds by the clock.
"""

import json
import subprocess
import sys
import time
from dataclasses import dataclass

import torch
import torch.distributed as dist

from meta_med.bench.loop import batch_of, learner_of
from meta_med.bench.measure import Row
from meta_med.episodes.batch import EpisodeBatch
from meta_med.meta_train.outer_loop import MetaTrainConfig, meta_train
from meta_med.meta_train.ranks import Ranks

LEARNERS = ("neural_process", "maml")
TASKS, WARM_UP, GOAL = 512, 3, 1.7
TORCHRUN = ("-m", "torch.distributed.run", "--standalone", "--nproc-per-node=2")


@dataclass(frozen=True)
class Took:
    """CPU seconds of the busiest process, and seconds by the clock."""

    cpu: float
    clock: float


@dataclass(frozen=True)
class Drawn:
    """A source that draws each batch anew, as those of studies do."""

    def sample(self, n_cohorts: int, generator: torch.Generator) -> EpisodeBatch:
        """So many random tasks."""
        return batch_of(n_cohorts, int(torch.randint(2**31, (), generator=generator)))


def rank_rows(quick: bool) -> list[Row]:
    """Training by two processes against training by one, started in turns; the best of each counts."""
    steps, turns = (5, 1) if quick else (100, 3)
    return [_row(name, steps, turns) for name in LEARNERS]


def _row(name: str, steps: int, turns: int) -> Row:
    pairs = [(_trained((), name, steps), _trained(TORCHRUN, name, steps)) for _ in range(turns)]
    one, two = (
        Took(min(t.cpu for t in took), min(t.clock for t in took)) for took in zip(*pairs, strict=True)
    )
    work = f"`{name}`, H = 64, {TASKS} tasks, two processes"
    measured = f"{steps * TASKS / two.cpu:,.0f} tasks/s; by the clock {one.clock / two.clock:.2f} x"
    return Row.times(work, measured, one.cpu / two.cpu, "one process", GOAL)


def _trained(before: tuple[str, ...], name: str, steps: int) -> Took:
    words = [sys.executable, *before, "-m", "meta_med.bench.ranks", name, str(steps)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)  # noqa: S603  # this program itself
    return Took(**json.loads(done.stdout.splitlines()[-1]))


def train(name: str, steps: int, ranks: Ranks) -> Took:
    """Train after a short warm-up; all ranks call this with the same arguments."""
    learner = learner_of(name, width=64)
    for count in (WARM_UP, steps):
        cpu, clock = time.process_time(), time.perf_counter()
        config = MetaTrainConfig(count, TASKS, evaluate_every=count, device="cpu")
        meta_train(learner, Drawn(), config, generator=torch.Generator().manual_seed(0), ranks=ranks)
        took = torch.tensor([time.process_time() - cpu, time.perf_counter() - clock])
    if ranks.of > 1:
        dist.all_reduce(took, dist.ReduceOp.MAX)
    return Took(*took.tolist())


def main() -> None:
    """The entry point for `torchrun`."""
    torch.set_num_threads(1)
    ranks = Ranks.of_environment()
    if ranks.of > 1:
        dist.init_process_group("gloo")
    took = train(sys.argv[1], int(sys.argv[2]), ranks)
    if ranks.writes:
        sys.stdout.write(json.dumps({"cpu": took.cpu, "clock": took.clock}) + "\n")
    if ranks.of > 1:
        dist.destroy_process_group()


if __name__ == "__main__":
    main()
