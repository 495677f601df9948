"""Cross-fitting: every subject is held out once, by folds of patients and of whole cohorts, with optional repeats.

Each fold fits every predictor on its training subjects, chooses the champion on its tuning subjects, calibrates on its
calibration subjects and evaluates its held-out subjects at the end: nothing is chosen on them. Folds are independent,
so they run in one process per core; finished folds are kept and not done again.
"""

import hashlib
import json
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from meta_med import checkpoints, run_files
from meta_med.calibrate.champion import describe
from meta_med.calibrate.choose_and_calibrate import choose_and_calibrate, held_out_records
from meta_med.calibrate.over_time.horizon_calibration import calibrate_horizons
from meta_med.calibrate.over_time.horizon_scores import HorizonScores, join_horizon_scores, score_horizons
from meta_med.calibrate.record_scores import Scored, concatenate, score
from meta_med.cohorts.cohort_folds import cohort_folds, cohort_sizes, leave_cohorts_out
from meta_med.cohorts.record_table import RecordTable
from meta_med.cohorts.splits import SPLITS, Splits, split_subjects
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import main_setting, settings_of
from meta_med.episodes.withheld import FITTED_ON, require_enough
from meta_med.meta_train.fit import fit_all
from meta_med.meta_train.outer_loop import choose_device
from meta_med.meta_train.predictors import CHAMPION, FittedPredictors, PartFit, load_parts
from meta_med.study import ServeSpec, Setting, StudySpec
from meta_med.workers import Progress, in_processes, measure_resources, peak_mb

NEW_COHORT = "new_cohort"
FOUND = "found.json"
OVER_TIME = "over_time.safetensors"


@dataclass(frozen=True)
class Evaluated:
    """The cross-fitted evaluation of one study, over all folds and repeats.

    Attributes:
        settings: setting -> scores of all held-out records: "next", "recent", "later", and "new_cohort_m" for each
            number m of a new cohort's subjects that give context.
        facts: JSON. `seconds`: wall time of all calls; `cpu_seconds`; `peak_memory_mb`: upper bound over all processes
            together; `parts`: fold name -> subjects by split, cost of the fit and of each assessment;
            `champion`: setting -> fold name -> the decisions.
        over_time: scores at each horizon of the study, of all held-out records in the main setting; None where patients
            are not divided into folds.

    """

    settings: Mapping[str, Scored]
    facts: Mapping[str, Any]
    over_time: HorizonScores | None = None


@dataclass(frozen=True)
class Assessment:
    """One evaluation of a fit: its name, its setting, and how many subjects of a new cohort give context."""

    name: str
    setting: Setting
    context_subjects: int | None = None


@dataclass(frozen=True)
class FoldFit:
    """One fit of all predictors and its assessments: a repeat and fold of patients, or a fold of cohorts."""

    name: str
    study: StudySpec
    assessments: tuple[Assessment, ...]
    cohort_fold: int | None = None

    def splits(self, table: RecordTable) -> Splits:
        """The split of each subject."""
        if self.cohort_fold is None:
            return split_subjects(table, self.study.splits)
        return leave_cohorts_out(table, self.study, self.cohort_fold)


def cross_fit(folder: Path, study: StudySpec, progress: Progress | None = None) -> Evaluated:
    """Evaluate a study in all its settings.

    Resumable: finished fits and assessments are kept under `crossfit/`, by a hash of the study and its records.
    Results do not depend on the number of processes.

    Args:
        folder: where `assemble` wrote the records.
        study: the configuration.
        progress: is called with the steps of meta-training.

    Raises:
        StudyMismatch: splits or cohorts leave too few patients to learn, choose or calibrate from.

    """
    home = folder / run_files.CROSSFIT / _key(folder, study)
    folds = fold_fits(RecordTable.load(folder / run_files.RECORDS), study)
    pending = [(home, fold, folder / run_files.RECORDS) for fold in folds if _missing(home, fold)]
    wanted = study.budget.processes or os.cpu_count() or 1
    at_once = 1 if choose_device("auto") != "cpu" else min(wanted, len(folds))
    workers = min(at_once, len(pending))
    clock = _Clock(home)
    if workers <= 1:
        for arguments in pending:
            _run_fold(*arguments, progress)
            clock.record()
    else:
        in_processes(_run_fold, pending, workers, progress, clock.record)
    # not `workers`: a call that finds everything done reports the memory of the calls that did the work
    return _collect(home, folds, at_once)


def fold_fits(table: RecordTable, study: StudySpec) -> list[FoldFit]:
    """All fits of the study: repeats x folds of patients, then folds of cohorts."""
    settings = study.evaluation.settings
    fits = []
    if any(s != NEW_COHORT for s in settings):
        assessments = tuple(Assessment(s, s) for s in settings_of(study))
        for r in range(study.evaluation.repeats):
            fits += _patient_folds(study, r, assessments)
    if NEW_COHORT in settings:
        main = main_setting(study)
        assessments = tuple(Assessment(f"{NEW_COHORT}_{m}", main, m) for m in cohort_sizes(study))
        folds = range(cohort_folds(table, study))
        fits += [FoldFit(f"cohorts-{f}", study, assessments, f) for f in folds]
    return fits


def fitted_patient_folds(folder: Path, study: StudySpec) -> Iterator[tuple[FoldFit, Path]]:
    """Each fold of patients that `cross_fit` has finished, with the folder of its fitted predictors.

    In the order in which `cross_fit` concatenates their scores.
    """
    home = folder / run_files.CROSSFIT / _key(folder, study)
    for fold in fold_fits(RecordTable.load(folder / run_files.RECORDS), study):
        if fold.cohort_fold is None:
            yield fold, home / fold.name / run_files.MODELS


def _patient_folds(study: StudySpec, repeat: int, assessments: tuple[Assessment, ...]) -> list[FoldFit]:
    """One fit per fold of patients; a single one where the held-out cohorts are named."""
    named = study.splits.named_cohorts
    splits = replace(study.splits, seed=study.splits.seed + 1000 * repeat, leave_cohorts_out=named or 0)
    return [
        FoldFit(f"patients-{repeat}-{f}", replace(study, splits=replace(splits, fold=f)), assessments)
        for f in range(1 if named else study.splits.folds)
    ]


def _key(folder: Path, study: StudySpec) -> str:
    """Hash of the records and of the study without its texts, its number of processes and its serving options.

    The horizons stay: forecasts over time are evaluated at them.
    """
    plain = replace(
        study,
        title="",
        note="",
        evaluation=replace(study.evaluation, claims=True),
        splits=replace(study.splits, fold=0),
        budget=replace(study.budget, processes=0),
        serve=ServeSpec(horizon_days=study.serve.horizon_days, horizons_days=study.serve.horizons_days),
    )
    digest = hashlib.sha256(repr(plain).encode())
    for path in sorted((folder / run_files.RECORDS).iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _missing(home: Path, fold: FoldFit) -> list[Assessment]:
    return [a for a in fold.assessments if not checkpoints.exists(home / fold.name / a.name)]


def _run_fold(home: Path, fold: FoldFit, records: Path, progress: Progress | None) -> None:
    """Do the fits and assessments of one fold that are not done yet."""
    table, folder = RecordTable.load(records), home / fold.name
    prepared = Prepared.of(fold.study, table, fold.splits(table))
    require_enough(prepared, FITTED_ON)
    fitted_before = (folder / FOUND).exists()
    with measure_resources() as took:
        fit_all(prepared, folder / run_files.MODELS, _named(fold, progress), processes=1)
    if not fitted_before:
        subjects = {s: int(prepared.splits.subjects(s).sum()) for s in SPLITS}
        lending = int((prepared.splits.lends >= 0).sum())
        checkpoints.write_json(folder / FOUND, {"subjects": {**subjects, "lending": lending}, "fit": took})
    fitted = FittedPredictors.load(folder / run_files.MODELS, prepared)
    parts = load_parts(folder / run_files.MODELS, prepared)
    for assessment in _missing(home, fold):
        context = assessment.context_subjects
        ready = prepared if context is None else prepared.lending(context)
        _assess(ready, fitted, parts, assessment, folder)


def _named(fold: FoldFit, progress: Progress | None) -> Progress | None:
    """Progress with the fold's name before the learner's."""
    if progress is None:
        return None
    return lambda name, step, steps, facts: progress(f"{fold.name} {name}", step, steps, facts)


def _assess(
    prepared: Prepared,
    fitted: FittedPredictors,
    parts: Sequence[PartFit],
    assessment: Assessment,
    folder: Path,
) -> None:
    with measure_resources() as took:
        champion, calibrations, forecasts = choose_and_calibrate(
            prepared, fitted, assessment.setting, assessment.context_subjects, parts
        )
        scored = score(held_out_records(prepared, assessment.setting), forecasts, calibrations)
        if assessment.name == main_setting(prepared.study):
            pooled = calibrations[CHAMPION]
            horizons = calibrate_horizons(prepared, fitted, champion, pooled, parts)
            ahead = score_horizons(PartFit(prepared, fitted), champion, pooled, horizons)
            ahead.save(folder / OVER_TIME)
    decisions = describe(champion, prepared.table.cohort_names, prepared.withheld)
    checkpoints.write_json(
        folder / f"{assessment.name}.json", {**took, "predictions": len(scored.size), "champion": decisions}
    )
    scored.save(folder / assessment.name)


class _Clock:
    """Wall seconds of each call, written after each finished fold, so that a killed call counts until then."""

    def __init__(self, home: Path) -> None:
        self.home, self.start, self.call = home, time.perf_counter(), str(len(_calls(home)))

    def record(self) -> None:
        """Write the seconds so far: a fold is finished."""
        known = _calls(self.home)
        checkpoints.write_json(
            self.home / "calls.json", known | {self.call: round(time.perf_counter() - self.start, 1)}
        )


def _calls(home: Path) -> dict[str, float]:
    path = home / "calls.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _collect(home: Path, folds: Sequence[FoldFit], workers: int) -> Evaluated:
    by_assessment: dict[str, list[FoldFit]] = {}
    for fold in folds:
        for assessment in fold.assessments:
            by_assessment.setdefault(assessment.name, []).append(fold)
    scored = {
        name: concatenate([Scored.load(home / fold.name / name) for fold in done])
        for name, done in by_assessment.items()
    }
    facts = _facts(home, {fold.name: _fold_facts(home / fold.name, fold) for fold in folds}, workers)
    ahead = [home / fold.name / OVER_TIME for fold in folds if fold.cohort_fold is None]
    over_time = join_horizon_scores([HorizonScores.load(path) for path in ahead]) if ahead else None
    return Evaluated(scored, facts, over_time)


def _fold_facts(folder: Path, fold: FoldFit) -> dict[str, Any]:
    settings = {a.name: json.loads((folder / f"{a.name}.json").read_text()) for a in fold.assessments}
    return {**json.loads((folder / FOUND).read_text()), "settings": settings}


def _facts(home: Path, parts: Mapping[str, Any], workers: int) -> dict[str, Any]:
    champion: dict[str, dict[str, Any]] = {}
    cpu, peaks = 0.0, []
    for name, part in parts.items():
        for setting, assessed in part["settings"].items():
            champion.setdefault(setting, {})[name] = assessed.pop("champion")
        pieces = [part["fit"], *part["settings"].values()]
        cpu += sum(piece["cpu_seconds"] for piece in pieces)
        peaks.append(max(piece["peak_mb"] for piece in pieces))
    memory = max(peaks) if workers == 1 else peak_mb() + sum(sorted(peaks)[-workers:])
    return {
        "seconds": sum(_calls(home).values()),
        "cpu_seconds": round(cpu, 1),
        "peak_memory_mb": round(memory, 1),
        "processes": workers,
        "parts": dict(parts),
        "champion": champion,
    }
