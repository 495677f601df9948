"""Tables: sorted columns to padded tensors by one gather, and the mixed model by sufficient statistics."""

import time

import numpy as np
import pandas as pd
import torch

from meta_med.baselines.baseline import Episodes
from meta_med.baselines.linear_mixed import fit_mixed
from meta_med.baselines.mixed_model import MixedModel
from meta_med.bench.clock import seconds
from meta_med.bench.page import Row
from meta_med.bench.problem import COVARIATES, SUPPORT
from meta_med.outcomes import Outcome, OutcomeLayout
from meta_med.patient_episodes import ModelRecords
from meta_med.records import RecordTable
from meta_med.scaling import Scaling


def gather_row(quick: bool, device: str = "cpu") -> Row:
    """Support sets of everybody as padded tensors; beside it, a pandas group loop over some of the subjects."""
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
    work = f"records to padded tensors, {COVARIATES} covariates, 4,096 patients a gather"
    return Row.rate(work, rate, "records/s", against, 5_000_000)


def frame_of(table: RecordTable, subjects: int) -> pd.DataFrame:
    """The first subjects' records as a data frame."""
    n = subjects * SUPPORT
    frame = pd.DataFrame(table.x[:n], columns=list(table.covariates))
    return frame.assign(y=table.y[:n, 0], time=table.time[:n], subject=table.subject[:n])


def _pandas_loop(frame: pd.DataFrame) -> list[torch.Tensor]:
    """What one writes first: each subject's earlier records, padded and stacked."""
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
    """Random intercept and slope: the fit on everybody, then best linear unbiased prediction of new patients."""
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
