"""Speed of serving: adaptation in chunks, padding by one gather, and the mixed model's sufficient statistics."""

import re
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import torch
from torch import Tensor

from meta_med.baselines.hierarchical.hierarchical_mixed import HierarchicalMixed
from meta_med.baselines.mixed.linear_mixed import fit_mixed
from meta_med.baselines.mixed_model import MixedModel
from meta_med.bench.loop import COVARIATES, SUPPORT, batch_of, learner_of
from meta_med.bench.measure import Row, seconds
from meta_med.cohorts.record_table import RecordTable
from meta_med.episodes.batch import EpisodeBatch
from meta_med.episodes.episode_arrays import Episodes
from meta_med.episodes.model_records import ModelRecords
from meta_med.episodes.scaling import Scaling
from meta_med.learners import names, options
from meta_med.learners.learner import Learner
from meta_med.meta_train.chunks import CHUNK, predict_in_chunks
from meta_med.outcomes import Outcome, OutcomeLayout

GOALS = {  # patients per second, by learner and inner steps
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
    """Rate and memory of every learner, and that results do not depend on the chunk size."""
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
    """(learner, inner steps): every learner with one step, and MAML with five as well."""
    return [*((name, 1) for name in names()), ("maml", 5)]


def label(name: str, steps: int) -> str:
    """The learner in words."""
    return f"`{name}`, K = {steps}" if "inner_steps" in options(name) else f"`{name}`"


def served_learner(name: str, steps: int, device: str = "cpu") -> Learner:
    """A learner in evaluation mode, without gradients."""
    return learner_of(name, device, width=64, inner_steps=steps).eval().requires_grad_(False)


def one_query(subjects: int, device: str = "cpu") -> EpisodeBatch:
    """Subjects with five own records and one query record."""
    batch = batch_of(subjects, seed=1, device=device)
    query = {name: values[:, :1].clone() for name, values in vars(batch.query).items()}
    return replace(batch, query=replace(batch.query, **query))


def _same(learner: Learner, subjects: int = 4000) -> str:
    """The largest difference between results of different chunk sizes."""
    batch = one_query(subjects, str(next(learner.parameters()).device))
    whole = serve(learner, batch, subjects)
    worst = max(float((serve(learner, batch, chunk) - whole).abs().max()) for chunk in (100, 1000, CHUNK))
    return f"chunks of 100 to {subjects:,} differ by {worst:.1g} at most"


def memory_rows(subjects: int) -> list[Row]:
    """Peak memory of a fresh process that serves all subjects, for the learner with the largest."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        peaks = {s: pool.submit(peak_memory, *s, subjects).result() for s in served()}
    (name, steps), (whole, growth) = max(peaks.items(), key=lambda item: item[1][0])
    return [
        Row(
            f"peak memory of serving {subjects:,} patients, the largest: {label(name, steps)}",
            f"{whole / GIGABYTE:.2f} GB",
            f"{growth / GIGABYTE:.2f} GB above torch and the records",
            "< 1 GB",
            whole < GIGABYTE,
        )
    ]


def peak_memory(name: str, steps: int, subjects: int) -> tuple[float, float]:
    """Peak resident bytes while serving, and their increase over the state before."""
    torch.set_num_threads(1)
    learner, batch = served_learner(name, steps), one_query(subjects)
    Path("/proc/self/clear_refs").write_text("5")  # resets the high-water mark
    before = _status("VmRSS")
    serve(learner, batch, CHUNK)
    return _status("VmHWM"), _status("VmHWM") - before


def _status(key: str) -> float:
    found: Any = re.search(rf"{key}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return 1024.0 * int(found.group(1))


def gather_row(quick: bool, device: str = "cpu") -> Row:
    """Support sets of all subjects as padded tensors, compared with a pandas group loop over some of them."""
    table = table_of(10_000 if quick else 100_000)
    records = ModelRecords.of(table, _identity(COVARIATES), device)
    at = torch.as_tensor(table.newest, device=device)
    size = torch.full_like(at, SUPPORT)
    parts = list(zip(torch.split(at, 4096), torch.split(size, 4096), strict=True))
    took = seconds(lambda: [records.support(part, part, k, SUPPORT) for part, k in parts])
    rate = table.n_subjects * (SUPPORT - 1) / took
    some = 500
    loop = some * (SUPPORT - 1) / seconds(lambda: _pandas_loop(frame_of(table, some)), 0.2)
    against = f"{rate / loop:,.0f} x a pandas group loop ({loop:,.0f} records/s)"
    work = f"records to padded tensors, {COVARIATES} covariates, 4,096 patients per gather"
    return Row.rate(work, rate, "records/s", against, 5_000_000)


def frame_of(table: RecordTable, subjects: int) -> pd.DataFrame:
    """The first subjects' records as a data frame."""
    n = subjects * SUPPORT
    frame = pd.DataFrame(table.x[:n], columns=list(table.covariates))
    return frame.assign(y=table.y[:n, 0], time=table.time[:n], subject=table.subject[:n])


def _pandas_loop(frame: pd.DataFrame) -> list[torch.Tensor]:
    """The straightforward way: a loop over subjects that pads and stacks each one's earlier records."""
    padded: dict[str, list[torch.Tensor]] = {"x": [], "y": [], "time": [], "present": []}
    for _, own in frame.groupby("subject"):
        earlier = own.sort_values("time").iloc[:-1]
        spare = SUPPORT - len(earlier)
        x = earlier.drop(columns=["y", "time", "subject"]).to_numpy(np.float32)
        since = (earlier["time"] - own["time"].iloc[-1]).to_numpy(np.float32)
        padded["x"].append(torch.as_tensor(np.pad(x, ((spare, 0), (0, 0)))))
        padded["y"].append(torch.as_tensor(np.pad(earlier["y"].to_numpy(np.float32), (spare, 0))))
        padded["time"].append(torch.as_tensor(np.pad(since, (spare, 0))))
        padded["present"].append(torch.arange(SUPPORT) >= spare)
    return [torch.stack(parts) for parts in padded.values()]


def mixed_rows(quick: bool) -> list[Row]:
    """Random intercept and slope: the fit on all subjects, then best linear unbiased prediction of new ones."""
    table = table_of(10_000 if quick else 100_000)
    subjects = table.n_subjects
    design = np.column_stack([np.ones(table.n_records), table.x[:, :3]])
    start = time.process_time()
    fit_mixed(design, design[:, :2], table.y[:, 0], table.subject)
    fit = time.process_time() - start
    new = episodes_of(table)
    model = MixedModel(OutcomeLayout.of([Outcome("y")])).fit(new)
    rate = subjects / seconds(lambda: model.forecast(new), 0.3)
    what = f"`mixed_model`, {subjects:,} patients x {SUPPORT} records"
    goal = 6.0 * subjects / 100_000
    fixed = "4 fixed effects, random intercept and slope, by sufficient statistics"
    return [
        Row(f"{what}: fit", f"{fit:.2f} CPU-s", fixed, f"< {goal:g} CPU-s", fit < goal),
        Row.rate(f"{what}: prediction of new patients", rate, "patients/s", "mean and spread", 1_000_000),
    ]


def hierarchical_row(quick: bool) -> Row:
    """The mixture over course models: prediction of new patients, after conditioning on the cohort."""
    table = table_of(2_000 if quick else 20_000)
    new = episodes_of(table)
    model = HierarchicalMixed(OutcomeLayout.of([Outcome("y")])).fit(new)
    lent = model.conditioned(new)
    rate = table.n_subjects / seconds(lambda: model.quantiles(new, (0.05, 0.5, 0.95), lent), 0.3)
    what = (
        f"`hierarchical_mixed`, {table.n_subjects:,} patients x {SUPPORT} records: prediction of new patients"
    )
    return Row.rate(what, rate, "patients/s", "median and 90 % interval of the mixture", 20_000)


def episodes_of(table: RecordTable) -> Episodes:
    """Each subject's next record, from all of their records as support; three covariates and the time."""
    shape = (table.n_subjects, SUPPORT)
    own_x = np.concatenate([table.x[:, :3], table.time[:, None]], 1).reshape(*shape, 4)
    return Episodes(
        support_y=table.y.reshape(*shape, 1),
        support_x=own_x,
        support_time=table.time.reshape(shape) - SUPPORT,
        x=own_x[:, -1] + [0.0, 0.0, 0.0, 1.0],
        y=table.y[table.newest],
        cohort=np.zeros(table.n_subjects, dtype=np.int64),
        subject=np.arange(table.n_subjects),
    )


def table_of(subjects: int) -> RecordTable:
    """A table of `subjects` with SUPPORT records each."""
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
