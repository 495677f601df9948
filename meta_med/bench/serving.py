"""Serving: adapt to many subjects and predict with an interval, in chunks of bounded memory."""

import re
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import torch
from torch import Tensor

from meta_med.bench.clock import seconds
from meta_med.bench.page import Row
from meta_med.bench.problem import batch_of, learner_of
from meta_med.chunks import CHUNK, predict_in_chunks
from meta_med.episodes import EpisodeBatch
from meta_med.learners import names, options
from meta_med.learners.learner import Learner

GOALS = {  # patients a second, by learner and inner steps
    ("bayesian_head", 1): 150_000.0,
    ("maml", 1): 60_000.0,
    ("maml", 5): 15_000.0,
    ("neural_process", 1): 30_000.0,
}
GIGABYTE = 1e9


def serve(learner: Learner, batch: EpisodeBatch, chunk: int) -> Tensor:
    """Mean and 90 % interval (B, Q, 3) of each subject's query records."""
    found = predict_in_chunks(learner, batch, chunk)
    return torch.cat([found.mean, found.quantile(0.05), found.quantile(0.95)], -1)


def serving_rows(quick: bool, device: str = "cpu") -> list[Row]:
    """Rate and memory of every learner, and that the chunk changes nothing."""
    subjects = 2 * CHUNK if quick else 100_000
    rows = []
    for name, steps in served():
        learner = served_learner(name, steps, device)
        batch = one_query(subjects, device)
        took = seconds(partial(serve, learner, batch, CHUNK), 0.1 if quick else 1.0)
        work = f"adapt and predict, {label(name, steps)}"
        rows.append(Row.rate(work, subjects / took, "patients/s", _same(learner), GOALS.get((name, steps))))
    return [*rows, *([] if device != "cpu" else memory_rows(subjects))]


def served() -> Sequence[tuple[str, int]]:
    """Every learner, and those with an inner loop with five steps too."""
    stepping = [name for name in names() if "inner_steps" in options(name)]
    return [*((name, 1) for name in names()), *((name, 5) for name in stepping if name == "maml")]


def label(name: str, steps: int) -> str:
    """The learner in words."""
    return f"`{name}`, K = {steps}" if "inner_steps" in options(name) else f"`{name}`"


def served_learner(name: str, steps: int, device: str = "cpu") -> Learner:
    """A learner as it is served: nothing is trained any more."""
    return learner_of(name, device, width=64, inner_steps=steps).eval().requires_grad_(False)


def one_query(subjects: int, device: str = "cpu") -> EpisodeBatch:
    """Subjects with five own records and one query record."""
    batch = batch_of(subjects, seed=1, device=device)
    query = {name: values[:, :1].clone() for name, values in vars(batch.query).items()}
    return replace(batch, query=replace(batch.query, **query))


def _same(learner: Learner, subjects: int = 4000) -> str:
    """How far the numbers move when the chunk changes."""
    batch = one_query(subjects, str(next(learner.parameters()).device))
    whole = serve(learner, batch, subjects)
    worst = max(float((serve(learner, batch, chunk) - whole).abs().max()) for chunk in (100, 1000, CHUNK))
    return f"chunks of 100 to {subjects:,} differ by {worst:.1g} at most"


def memory_rows(subjects: int) -> list[Row]:
    """The largest memory of a fresh process that serves everybody, for the hungriest learner."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        peaks = {s: pool.submit(peak_memory, *s, subjects).result() for s in served()}
    (name, steps), (whole, growth) = max(peaks.items(), key=lambda item: item[1][0])
    return [
        Row(
            f"peak memory of serving {subjects:,} patients, the hungriest: {label(name, steps)}",
            f"{whole / GIGABYTE:.2f} GB",
            f"{growth / GIGABYTE:.2f} GB above torch and the records",
            "< 1 GB",
            whole < GIGABYTE,
        )
    ]


def peak_memory(name: str, steps: int, subjects: int) -> tuple[float, float]:
    """Largest resident bytes while serving, and by how much that is above the state before."""
    torch.set_num_threads(1)
    learner, batch = served_learner(name, steps), one_query(subjects)
    Path("/proc/self/clear_refs").write_text("5")  # the high-water mark starts anew
    before = _status("VmRSS")
    serve(learner, batch, CHUNK)
    return _status("VmHWM"), _status("VmHWM") - before


def _status(key: str) -> float:
    found: Any = re.search(rf"{key}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return 1024.0 * int(found.group(1))
