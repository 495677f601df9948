"""Speed, measured: ratios within one run on one thread, against obvious code that gives the same numbers.

`make bench` prints the table and writes it to docs/results/speed.md; nothing here is asserted in a test.
"""

import argparse
import platform
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from meta_med.baselines.linear_mixed import fit_mixed
from meta_med.episodes import EpisodeBatch, Records
from meta_med.learners import create
from meta_med.learners.learner import Learner
from meta_med.learners.maml import MAML
from meta_med.outcomes import Outcome
from meta_med.patient_episodes import ModelRecords
from meta_med.records import RecordTable
from meta_med.scaling import Scaling

COVARIATES, SUPPORT, QUERY = 10, 5, 10  # a record is 10 covariates and their masks: 20 inputs
Row = tuple[str, str, str]


def main(arguments: Sequence[str] = ()) -> int:
    """Run every benchmark, print the table, and write it where `--out` says."""
    parser = argparse.ArgumentParser(prog="meta-med bench", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("docs/results/speed.md"))
    parser.add_argument("--quick", action="store_true", help="smaller sizes, for a first look")
    chosen = parser.parse_args(list(arguments))
    torch.set_num_threads(1)
    rows = [*_meta_training(chosen.quick), *_adaptation(chosen.quick), *_records(chosen.quick)]
    text = _page(rows)
    sys.stdout.write(text)
    chosen.out.parent.mkdir(parents=True, exist_ok=True)
    chosen.out.write_text(text)
    return 0


def _page(rows: Sequence[Row]) -> str:
    head = (
        f"# Speed\n\nWritten by `make bench` on {platform.machine()}, one thread, torch {torch.__version__}. "
        "Machines differ and are noisy: read the ratios.\n\n| work | measured | against |\n|---|---|---|\n"
    )
    return head + "".join(f"| {a} | {b} | {c} |\n" for a, b, c in rows)


def _seconds(work: Callable[[], object], least: float = 1.0) -> float:
    """Best of repeated runs over at least this long: the machine's noise only ever adds."""
    work()
    best, spent = float("inf"), 0.0
    while spent < least:
        start = time.perf_counter()
        work()
        took = time.perf_counter() - start
        best, spent = min(best, took), spent + took
    return best


def _batch(tasks: int, generator: torch.Generator) -> EpisodeBatch:
    def records(count: int, sign: float) -> Records:
        x = torch.randn(tasks, count, COVARIATES, generator=generator)
        y = torch.randn(tasks, count, 1, generator=generator)
        everything = torch.ones(tasks, count, dtype=torch.bool)
        time_of = sign * torch.arange(1, count + 1, dtype=torch.float32).expand(tasks, -1)
        return Records(
            x,
            torch.ones_like(x, dtype=torch.bool),
            time_of,
            y,
            torch.ones_like(y, dtype=torch.bool),
            everything,
        )

    support = records(SUPPORT, -1.0)
    empty = Records.empty(1, support)
    return EpisodeBatch(empty, torch.zeros(tasks, dtype=torch.long), support, records(QUERY, 1.0))


def _learner(name: str, **options: float) -> Learner:
    torch.manual_seed(0)
    return create(name, [Outcome("y")], COVARIATES, None, **options)


def _gradient_step(learner: Learner, batch: EpisodeBatch) -> Tensor:
    learner.zero_grad(set_to_none=True)
    loss = learner.loss(batch)
    loss.backward()  # type: ignore[no-untyped-call]
    return loss.detach()


def loop_loss(learner: MAML, batch: EpisodeBatch) -> Tensor:
    """The same loss task by task, with explicit fast weights, as learn2learn computes it."""
    parts = []
    for b in range(len(batch.cohort)):
        one = slice(b, b + 1)
        support, query = batch.support.select(one).clean(), batch.query.select(one).clean()
        weights: list[Tensor] = [p for layer in learner.linears() for p in (layer.weight, layer.bias)]
        inputs, _ = learner.features(support, support)
        for s in range(learner.inner_steps):
            error = _network(weights, inputs[0]) - support.y[0]
            loss = 0.5 * error.square().sum() / SUPPORT
            gradients = torch.autograd.grad(loss, weights, create_graph=not learner.first_order)
            rates = learner.log_rates["own"][s].exp().repeat_interleave(2)
            weights = [w - r * g for w, r, g in zip(weights, rates, gradients, strict=True)]
        at, _ = learner.features(query, support)
        error = query.y[0] - _network(weights, at[0])
        scale = learner.scales.scale(support, QUERY)[0]
        parts.append((0.5 * (error / scale).square() + scale.log() + 0.5 * float(np.log(2 * np.pi))).mean())
    return torch.stack(parts).mean()


def _network(weights: Sequence[Tensor], h: Tensor) -> Tensor:
    for i in range(0, len(weights), 2):
        h = torch.nn.functional.linear(h, weights[i], weights[i + 1])
        h = torch.relu(h) if i < len(weights) - 2 else h
    return h


def _meta_training(quick: bool) -> list[Row]:
    """Second-order MAML in the dual form against the loop; the other learners against the same loop."""
    generator = torch.Generator().manual_seed(0)
    rows: list[Row] = []
    for width, tasks, steps in [(64, 32, 1), (64, 512, 1), (128, 32, 1), (128, 512, 1), (64, 512, 5)]:
        if quick and tasks > 32:
            continue
        options = {"width": width, "inner_steps": steps, "shrink": False, "student_t": False}
        maml = _learner("maml", **options)
        batch = _batch(tasks, generator)
        loop = _loop_seconds(maml, batch)
        ours = _seconds(lambda learner=maml, b=batch: _gradient_step(learner, b))  # type: ignore[misc]
        what = f"second-order maml, width {width}, {steps} inner step(s), {tasks} tasks"
        rows.append((what, f"{tasks / ours:,.0f} tasks/s", f"{loop / ours:.1f} x the per-task loop"))
        if width == 64 and steps == 1 and tasks == max(32, 0 if quick else 512):
            rows += _beside(("bayesian_head", "neural_process", "protonet"), batch, loop)
    return rows


def _loop_seconds(maml: Learner, batch: EpisodeBatch) -> float:
    if not isinstance(maml, MAML):
        raise TypeError("the loop is MAML's")

    def work() -> None:
        maml.zero_grad(set_to_none=True)
        loop_loss(maml, batch).backward()  # type: ignore[no-untyped-call]

    work()
    theirs = [p.grad.clone() for p in maml.layers.parameters() if p.grad is not None]
    _gradient_step(maml, batch)
    ours = [p.grad for p in maml.layers.parameters() if p.grad is not None]
    worst = max(float((a - b).abs().max()) for a, b in zip(theirs, ours, strict=True))
    if worst > 1e-4:
        raise AssertionError(f"the loop and the dual form differ by {worst:.2g} in the meta-gradient")
    return _seconds(work)


def _beside(names: Sequence[str], batch: EpisodeBatch, loop: float) -> list[Row]:
    rows = []
    for name in names:
        learner = _learner(name)
        ours = _seconds(lambda learner=learner: _gradient_step(learner, batch))  # type: ignore[misc]
        tasks = len(batch.cohort)
        rows.append(
            (f"{name}, {tasks} tasks", f"{tasks / ours:,.0f} tasks/s", f"{loop / ours:.1f} x the maml loop")
        )
    return rows


def _adaptation(quick: bool) -> list[Row]:
    """Adapt and predict with a 90 % interval, in chunks of 4096 subjects with 5 own records."""
    subjects = 4096 if quick else 100_000
    batch = _batch(4096, torch.Generator().manual_seed(1))
    rows = []
    for name in ("bayesian_head", "maml", "neural_process", "protonet"):
        learner = _learner(name).eval().requires_grad_(False)

        def work(learner: Learner = learner) -> None:
            query = batch.query.select((slice(None), slice(0, 1)))  # type: ignore[arg-type]
            for _ in range(max(1, subjects // 4096)):
                prediction = learner.adapt(batch.context, batch.cohort, batch.support).predict(query)
                prediction.quantile(0.05), prediction.quantile(0.95)

        rate = max(1, subjects // 4096) * 4096 / _seconds(work, 0.1)
        rows.append(
            (f"adapt and predict, {name}", f"{rate:,.0f} patients/s", "5 own records, intervals included")
        )
    return rows


def _records(quick: bool) -> list[Row]:
    """Sorted columns to padded tensors by one gather, and the mixed model by sufficient statistics."""
    subjects = 10_000 if quick else 100_000
    table = _table(subjects)
    records = ModelRecords.of(table, _identity(COVARIATES))
    at = torch.as_tensor(table.newest)
    took = _seconds(lambda: [records.support(part, SUPPORT, SUPPORT) for part in torch.split(at, 4096)])
    gathered = subjects * (SUPPORT - 1)
    rng = np.random.default_rng(0)
    design = np.column_stack([np.ones(table.n_records), rng.normal(size=(table.n_records, 3))])
    start = time.process_time()
    fit_mixed(design, design[:, :2], table.y[:, 0], table.subject)
    fit = time.process_time() - start
    return [
        (
            "records to padded tensors",
            f"{gathered / took:,.0f} records/s",
            f"{COVARIATES} covariates, gather of 4096",
        ),
        (
            f"mixed model, {subjects:,} patients x {SUPPORT} records",
            f"{fit:.2f} CPU-s",
            "random intercept and slope",
        ),
    ]


def _table(subjects: int) -> RecordTable:
    rng = np.random.default_rng(0)
    n = subjects * SUPPORT
    return RecordTable(
        subject_ids=np.char.zfill(np.arange(subjects).astype(str), 7),
        offsets=np.arange(0, n + 1, SUPPORT, dtype=np.int64),
        time=np.tile(np.arange(SUPPORT, dtype=np.float64), subjects),
        x=rng.normal(size=(n, COVARIATES)),
        y=rng.normal(size=(n, 1)) + np.repeat(rng.normal(size=(subjects, 1)), SUPPORT, axis=0),
        cohort=np.zeros(n, dtype=np.int64),
        cohort_names=("everyone",),
        covariates=tuple(f"x{i}" for i in range(COVARIATES)),
        known_ahead=(True,) * COVARIATES,
        log_covariate=(False,) * COVARIATES,
    )


def _identity(covariates: int) -> Scaling:
    none, one = [0.0] * covariates, [1.0] * covariates
    return Scaling([True] * covariates, [False] * covariates, none, one, [False], [0.0], [1.0])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
