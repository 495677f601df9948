"""Meta-training: second-order MAML against the loop, its share of the machine, every learner beside it."""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from meta_med.bench.loop import (
    COVARIATES,
    PLAIN,
    QUERY,
    SUPPORT,
    batch_of,
    checked_loop,
    gradient_step,
    learner_of,
)
from meta_med.bench.measure import Row, Work, matrix_rate, race, seconds
from meta_med.episodes.batch import EpisodeBatch
from meta_med.learners import names
from meta_med.learners.learner import Learner
from meta_med.learners.networks.features import mlp
from meta_med.randomness import OwnRandomness

# width, inner steps, tasks, first order, and the goal: times the loop
MAML_WORK: Sequence[tuple[int, int, int, bool, float]] = (
    (64, 1, 32, False, 15),
    (64, 1, 512, False, 32),
    (128, 1, 32, False, 9),
    (128, 1, 512, False, 15),
    (64, 5, 32, False, 10),
    (64, 5, 512, False, 10),
    (64, 1, 32, True, 15),
    (64, 1, 512, True, 32),
)
GOALS = {"bayesian_head": 40.0, "neural_process": 40.0}
LOOP = "the per-task loop"


def maml_rows(quick: bool, device: str = "cpu") -> list[Row]:
    """MAML and the loop with the same result, timed interleaved."""
    rows = []
    for width, steps, tasks, first_order, goal in MAML_WORK:
        if quick and tasks > 32:
            continue
        learner = learner_of("maml", device, width=width, inner_steps=steps, first_order=first_order, **PLAIN)
        batch = batch_of(tasks, device=device)
        loop, step = checked_loop(learner, batch), _step(learner, batch)
        took = race({"loop": loop, "ours": step}, 0.2 if quick else 2.0)
        order = "first" if first_order else "second"
        work = f"`maml`, {order} order, K = {steps}, H = {width}, {tasks} tasks"
        rate, ratio = tasks / took["ours"], took["loop"] / took["ours"]
        rows.append(Row.times(work, f"{rate:,.0f} tasks/s", ratio, LOOP, goal))
    return rows


def _step(learner: Learner, batch: EpisodeBatch) -> Work:
    return lambda: gradient_step(learner, batch)


def share_row(quick: bool, device: str = "cpu") -> Row:
    """MAML's useful floating point operations as a share of the machine's matrix-product rate."""
    width, tasks = 128, 32 if quick else 512
    learner, batch = (
        learner_of("maml", device, width=width, inner_steps=1, **PLAIN),
        batch_of(tasks, device=device),
    )
    peak = matrix_rate(device)
    took = seconds(lambda: gradient_step(learner, batch), 0.2 if quick else 2.0)
    reached = tasks * useful_flops(width) / took
    return Row(
        f"`maml`, second order, K = 1, H = {width}, {tasks} tasks: share of the matrix-product rate",
        f"{reached / peak:.0%}",
        f"{reached / 1e9:.1f} of {peak / 1e9:.1f} GFLOP/s",
        ">= 35 %",
        reached / peak >= 0.35,
    )


def useful_flops(width: int, inputs: int = 2 * COVARIATES, s: int = SUPPORT, q: int = QUERY) -> int:
    """Floating point operations of the products that a task needs in the dual form, K = 1, second order.

    A product m x k by k x n counts 2 m k n, once forward and once for each factor that needs a gradient.
    Elementwise work counts nothing.
    """
    h = width
    products = [  # (m, k, n, factors that need a gradient)
        *[(rows, inputs, h, 1) for rows in (s, q)],  # first layer: the inputs need none
        *[(rows, h, h, 2) for rows in (s, q)],
        *[(rows, h, 1, 2) for rows in (s, q)],
        (s, 1, h, 2),  # inner deltas through the last layer, and through the second
        (s, h, h, 2),
        (q, inputs, s, 0),  # Gram matrices of query and support activations, one per layer
        (q, h, s, 2),
        (q, h, s, 2),
        (q, s, h, 2),  # Gram matrices times deltas
        (q, s, h, 2),
        (q, s, 1, 2),
    ]
    return sum(2 * m * k * n * (1 + factors) for m, k, n, factors in products)


def beside_rows(quick: bool, device: str = "cpu") -> list[Row]:
    """Every learner, and a set encoder, compared with the MAML loop on the same tasks."""
    tasks, least = (32, 0.1) if quick else (512, 1.0)
    batch = batch_of(tasks, device=device)
    loop = seconds(checked_loop(learner_of("maml", device, width=64, inner_steps=1, **PLAIN), batch), least)
    rows = []
    for name in names():
        took = seconds(_step(learner_of(name, device, width=64), batch), least)
        work = f"`{name}`, default options, H = 64, {tasks} tasks"
        rows.append(
            Row.times(work, f"{tasks / took:,.0f} tasks/s", loop / took, "the maml loop", GOALS.get(name))
        )
    took = seconds(_set_encoder_step(batch, device), least)
    work = f"a set encoder (mean of embedded records), H = 64, {tasks} tasks"
    return [*rows, Row.times(work, f"{tasks / took:,.0f} tasks/s", loop / took, "the maml loop", 60)]


class SetEncoder(nn.Module):
    """A minimal adaptive model: the mean of the embedded support set, concatenated with the query's covariates."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.embed = mlp([2 * COVARIATES + 1, width, width])
        self.head = mlp([2 * COVARIATES + width, width, 2])

    def forward(self, batch: EpisodeBatch) -> Tensor:
        """Mean negative log-likelihood (normal) of the query."""
        own, at = batch.support, batch.query
        known = self.embed(torch.cat([own.x, own.x_observed.to(own.x.dtype), own.y], -1)).mean(
            1, keepdim=True
        )
        inputs = torch.cat([at.x, at.x_observed.to(at.x.dtype), known.expand(-1, at.x.shape[1], -1)], -1)
        mean, raw = self.head(inputs).chunk(2, -1)
        loss: Tensor = (0.5 * ((at.y - mean) * torch.exp(-raw)).square() + raw).mean()
        return loss


def _set_encoder_step(batch: EpisodeBatch, device: str) -> Work:
    with OwnRandomness(0).active():
        network = SetEncoder().to(device)

    def step() -> None:
        network.zero_grad(set_to_none=True)
        network(batch).backward()

    return step
