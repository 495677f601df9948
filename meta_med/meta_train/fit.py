"""Fit every predictor of a study: learners by meta-training, and baselines.

Where patients are divided into parts, each predictor is fitted once without each part.

Fits are independent and run in parallel processes with one thread each; the result does not depend on their number.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from meta_med import checkpoints
from meta_med.baselines.registry import create_baseline, fitted_on_series
from meta_med.cohorts.cohort_folds import cohort_sizes
from meta_med.cohorts.record_table import RecordTable
from meta_med.cohorts.splits import Splits
from meta_med.episodes.batch import EpisodeBatch
from meta_med.episodes.contexts import ContextSize
from meta_med.episodes.patient_episodes import PatientEpisodes, episodes_at
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, every_query, settings_of
from meta_med.meta_train.outer_loop import MetaTrainConfig, choose_device, meta_train
from meta_med.meta_train.ranks import ALONE, Ranks, require_divisible
from meta_med.meta_train.saved_predictors import new_learner, part_folder, save_baseline, save_learner
from meta_med.study import LearnerSpec, Setting, StudySpec
from meta_med.workers import Progress, in_processes, one_thread

TUNING_ROWS = 4096
TRAINING_QUERIES = 60_000  # for fitting a baseline; more make trees slower, not better
FROM_FIRST = 0.5  # share of the episodes, where a study evaluates the setting "later"


@dataclass(frozen=True)
class FitTask:
    """One fit, without a part of the subjects (None: of all): a seed of a learner, or in closed form (learner None)."""

    name: str
    learner: LearnerSpec | None = None
    seed: int = 0
    part: int | None = None

    @property
    def folder(self) -> str:
        """Name of its folder."""
        own = self.name if self.learner is None else f"{self.name}-{self.seed}"
        return own if self.part is None else f"{part_folder(self.part)}/{own}"


def fits_of(study: StudySpec, part: int | None = None) -> list[FitTask]:
    """All fits of a study without a part (None: of all); the longest first, so that processes finish together."""
    learners = [fit for spec in study.learners for fit in _fits_of_learner(spec, part)]
    slow_first = sorted(study.baselines, key=lambda name: name != "boosted_lags")
    return [
        *[FitTask(name, part=part) for name in slow_first[:1]],
        *learners,
        *[FitTask(name, part=part) for name in slow_first[1:]],
    ]


def _fits_of_learner(spec: LearnerSpec, part: int | None) -> list[FitTask]:
    """One fit a seed, or a single one in closed form."""
    if fitted_on_series(spec.name):
        return [FitTask(spec.name, part=part)]
    return [FitTask(spec.name, spec, seed, part) for seed in range(spec.seeds)]


def fit_one(
    fit: FitTask, prepared: Prepared, folder: Path, progress: Progress | None = None, ranks: Ranks = ALONE
) -> None:
    """Fit and save one predictor of all subjects or without a part; an interrupted learner is resumed.

    `ranks`: this process among those that train a learner together.
    """
    if fit.part is not None:
        prepared = prepared.of_part(fit.part)
    if fit.learner is None:
        episodes = prepared.episodes(training_queries(prepared))
        baseline = create_baseline(fit.name, prepared.layout).fit(episodes).fit_scale(episodes)
        save_baseline(folder / fit.folder, baseline)
    else:
        _fit_learner(fit, fit.learner, prepared, folder, progress, ranks)


def _fit_learner(
    fit: FitTask,
    spec: LearnerSpec,
    prepared: Prepared,
    folder: Path,
    progress: Progress | None,
    ranks: Ranks,
) -> None:
    budget, left_out = prepared.study.budget, len(prepared.splits.lends) > 0
    source = PatientEpisodes(
        prepared.records,
        prepared.splits.subjects("train"),
        batch=budget.batch_subjects,
        context=ContextSize.of(prepared.study, prepared.table, prepared.splits).times(2 if left_out else 1),
        support=budget.max_support,
        query=budget.max_query,
        cohort_names=prepared.table.cohort_names,
        from_first=FROM_FIRST if "later" in fit_settings(prepared) else 0.0,
        thin_context=left_out,
    )
    config = MetaTrainConfig(
        steps=spec.steps or budget.steps,
        cohorts_per_step=len(prepared.table.cohort_names),
        learning_rate=spec.learning_rate or MetaTrainConfig.learning_rate,
        evaluate_every=budget.evaluate_every,
        patience=budget.patience,
        checkpoint=folder / "unfinished" / fit.folder,
    )
    seed = 1000 * prepared.study.seed + fit.seed
    learner = new_learner(spec, prepared, seed)
    require_divisible(spec.name, learner.loss_is_a_mean, ranks)
    trained = meta_train(
        learner,
        source,
        config,
        generator=torch.Generator().manual_seed(seed),
        tuning=tuning_episodes(prepared),
        on_step=None if progress is None else lambda i, n, facts: progress(fit.folder, i, n, facts),
        ranks=ranks,
    )
    if ranks.writes:
        save_learner(folder / fit.folder, trained)


def fit_learners_together(
    prepared: Prepared, folder: Path, ranks: Ranks, progress: Progress | None = None
) -> list[str]:
    """Train the learners that are not saved yet in several processes, all of which call this; the names of the fits.

    What is fitted in closed form, and the baselines, are left to `fit_all`.
    """
    parts = range(prepared.splits.parts) if prepared.splits.cross_fitted else (None,)
    every = [fit for part in parts for fit in fits_of(prepared.study, part) if fit.learner is not None]
    todo = [fit for fit in every if not checkpoints.exists(folder / fit.folder)]
    for fit in todo:
        fit_one(fit, prepared, folder, progress if ranks.writes else None, ranks)
    return [fit.folder for fit in todo]


def tuning_episodes(prepared: Prepared) -> list[EpisodeBatch]:
    """Fixed episodes of tuning subjects for early stopping, evenly thinned to TUNING_ROWS.

    Where whole cohorts are left out, one batch per evaluated number of subjects that lend context.
    """
    ready = [prepared]
    if len(prepared.splits.lends):
        ready = [prepared.lending(m) for m in cohort_sizes(prepared.study)]
    return [_tuning_batch(p, TUNING_ROWS // len(ready)) for p in ready]


def _tuning_batch(prepared: Prepared, most: int) -> EpisodeBatch:
    queries = every_query(prepared, "tuning", fit_settings(prepared))
    queries = queries.take(np.arange(len(queries))[:: max(1, len(queries) // most)])
    return episodes_at(prepared.records, prepared.context, queries, prepared.study.budget.max_support)


def fit_settings(prepared: Prepared) -> tuple[Setting, ...]:
    """The settings for fitting: all of the study's, or the main one where cohorts are left out."""
    every = settings_of(prepared.study)
    return every[:1] if len(prepared.splits.lends) else every


def training_queries(prepared: Prepared) -> Queries:
    """Queries for fitting baselines: all queries of training subjects, or TRAINING_QUERIES of them drawn at random."""
    queries = every_query(prepared, "train", fit_settings(prepared), thinned=False)
    drawn = np.random.default_rng(prepared.study.seed).permutation(len(queries))[:TRAINING_QUERIES]
    return queries.take(np.sort(drawn))


def fit_all(
    prepared: Prepared, folder: Path, progress: Progress | None = None, processes: int | None = None
) -> None:
    """Fit and save the predictors that are not saved yet.

    Args:
        prepared: the study's records; folder: of the models.
        progress: called with (predictor, step, steps, facts).
        processes: at most; None: the study's budget, else one per core. On a GPU there is one process.

    """
    parts = range(prepared.splits.parts) if prepared.splits.cross_fitted else (None,)
    fits = [fit for part in parts for fit in fits_of(prepared.study, part)]
    todo = [fit for fit in fits if not checkpoints.exists(folder / fit.folder)]
    _fit_each(todo, prepared, folder, progress, processes)
    for scratch in ("inputs", "unfinished"):
        shutil.rmtree(folder / scratch, ignore_errors=True)


def _fit_each(
    todo: list[FitTask],
    prepared: Prepared,
    folder: Path,
    progress: Progress | None,
    processes: int | None,
) -> None:
    wanted = processes or prepared.study.budget.processes or os.cpu_count() or 1
    workers = 1 if choose_device("auto") != "cpu" else min(wanted, len(todo))
    if workers <= 1:
        _fit_here(todo, prepared, folder, progress)
    else:
        prepared.table.save(folder / "inputs")
        prepared.splits.save(folder / "inputs" / "splits.json")
        in_processes(_fit_in_process, [(f, prepared.study, folder) for f in todo], workers, progress)


def _fit_here(todo: list[FitTask], prepared: Prepared, folder: Path, progress: Progress | None) -> None:
    with one_thread():
        for fit in todo:
            fit_one(fit, prepared, folder, progress)


def _fit_in_process(fit: FitTask, study: StudySpec, folder: Path, progress: Progress) -> None:
    table, splits = RecordTable.load(folder / "inputs"), Splits.load(folder / "inputs" / "splits.json")
    fit_one(fit, Prepared.of(study, table, splits), folder, progress)
