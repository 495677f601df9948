"""The learning curve: error against the number of training patients, and of training cohorts.

The held-out patients are the same at every point, and the training subsets are nested, so that points differ only by
the added data. Scaling is that of all training patients, so that errors share a unit. For the curve over cohorts, whole
cohorts are held out.
"""

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from meta_med import run_files
from meta_med.cohorts.cohort_folds import leave_cohorts_out
from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable
from meta_med.cohorts.splits import Splits, split_subjects
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import main_setting, queries_of
from meta_med.evaluate.counterfactual import persons
from meta_med.evaluate.intervals import ratio
from meta_med.forecast import Forecast
from meta_med.meta_train.fit import fit_all
from meta_med.meta_train.outer_loop import choose_device
from meta_med.meta_train.predictors import FittedPredictors, forecasts_of
from meta_med.metrics import per_subject_mean
from meta_med.outcomes import OutcomeLayout
from meta_med.study import StudySpec
from meta_med.workers import Progress, in_processes

SHARES = (0.1, 0.25, 0.5, 1.0)
BASELINES = ("mixed_model", "boosted_lags")
PATIENTS, COHORTS = "n_patients", "n_cohorts"
LEAST_PATIENTS = 10
LEAST_COHORTS = 6  # for a curve over cohorts
COLUMNS = ("varied", "share", PATIENTS, COHORTS, "predictor", "metric", "value", "low", "high", "n_held_out")


@dataclass(frozen=True)
class CurvePoint:
    """One fit: the axis that is varied, the share of it, and the mask of training subjects."""

    varied: str
    share: float
    train: Bools

    @property
    def folder(self) -> str:
        """Name of its folder below `curve/`."""
        return f"{self.varied}-{self.share:g}"


def learning_curve(
    folder: Path, study: StudySpec, shares: Sequence[float] = SHARES, progress: Progress | None = None
) -> pd.DataFrame:
    """Error of the strongest learner and two baselines as training grows: one row per predictor and size (COLUMNS).

    `value` is the mean absolute error over continuous outcomes in training standard deviations (the Brier score
    where there are none), averaged over held-out patients with own records, with its 95 % interval.

    Args:
        folder: where `assemble` wrote `records/`; finished points are kept under `curve/` and not done again.
        study: the configuration.
        shares: of the training patients (of every cohort alike) and of the cohorts.
        progress: is called with the steps of meta-training.

    """
    table = RecordTable.load(folder / run_files.RECORDS)
    reduced = _reduced(study, strongest_learner(folder, study))
    points = curve_points(table, reduced, shares)
    pending = [
        (folder, reduced, p)
        for p in points
        if not (folder / run_files.CURVE / p.folder / "found.json").exists()
    ]
    wanted = study.budget.processes or os.cpu_count() or 1
    workers = 1 if choose_device("auto") != "cpu" else min(wanted, len(pending))
    if workers > 1:
        in_processes(_fit_and_evaluate, pending, workers, progress)
    else:
        for arguments in pending:
            _fit_and_evaluate(*arguments, progress)
    rows = [json.loads((folder / run_files.CURVE / p.folder / "found.json").read_text()) for p in points]
    return pd.DataFrame([row for found in rows for row in found], columns=list(COLUMNS))


def curve_points(table: RecordTable, study: StudySpec, shares: Sequence[float]) -> list[CurvePoint]:
    """The fits, without those that have the same training subjects as another or fewer than LEAST_PATIENTS."""
    points: list[CurvePoint] = []
    for varied, splits in _axes(table, study).items():
        train = splits.subjects("train")
        rng = np.random.default_rng([study.seed, len(points)])
        place = (
            _patients_place(table, train, rng) if varied == PATIENTS else _cohorts_place(table, train, rng)
        )
        sizes = set()
        for share in sorted(shares):
            chosen = train & (place < share)
            if chosen.sum() >= LEAST_PATIENTS and chosen.sum() not in sizes:
                points.append(CurvePoint(varied, share, chosen))
            sizes.add(int(chosen.sum()))
    return points


def strongest_learner(folder: Path, study: StudySpec) -> str:
    """The learner with the most weight in the champion's decisions; the study's first where there are none yet."""
    weight = {spec.name: 0.0 for spec in study.learners}
    for decision in _decisions(folder, main_setting(study)):
        for name, share in decision["weights"].items():
            weight[name] = weight.get(name, 0.0) + share
    return max((s.name for s in study.learners), key=lambda name: weight[name])


def _decisions(folder: Path, setting: str) -> list[dict[str, dict[str, float]]]:
    """Decisions of the served champion and of cross-fitting, as far as they exist."""
    served = folder / run_files.CHAMPION
    found = json.loads(served.read_text())["decisions"] if served.exists() else []
    for path in sorted((folder / run_files.CROSSFIT).glob(f"*/patients-*/{setting}.json")):
        found += json.loads(path.read_text())["champion"]
    return list(found)


def _reduced(study: StudySpec, learner: str) -> StudySpec:
    """The study with one seed of one learner, and the baselines that it is compared with."""
    spec = next(s for s in study.learners if s.name == learner)
    kept = tuple(b for b in BASELINES if b in study.baselines) or study.baselines[:1]
    return replace(study, learners=(replace(spec, seeds=1),), baselines=kept)


def _axes(table: RecordTable, study: StudySpec) -> dict[str, Splits]:
    patients = replace(study.splits, leave_cohorts_out=0)
    axes = {PATIENTS: split_subjects(table, patients)}
    if len(table.cohort_names) >= max(LEAST_COHORTS, 2 * study.evaluation.cohorts_out + 2):
        axes[COHORTS] = leave_cohorts_out(table, study, 0)
    return axes


def _patients_place(table: RecordTable, train: Bools, rng: np.random.Generator) -> Floats:
    """(n_subjects,) in [0, 1): random rank among the cohort's training persons, so that every share has all cohorts."""
    chance = rng.random(int(table.person.max()) + 1)[table.person]
    order = np.lexsort((chance, table.entry_cohort, ~train))[: int(train.sum())]
    size = np.bincount(table.entry_cohort[order], minlength=len(table.cohort_names))
    start = np.cumsum(size) - size
    cohort = table.entry_cohort[order]
    place = np.ones(table.n_subjects)
    place[order] = (np.arange(len(order)) - start[cohort] + 0.5) / size[cohort]
    return place


def _cohorts_place(table: RecordTable, train: Bools, rng: np.random.Generator) -> Floats:
    """(n_subjects,) in [0, 1): random rank of the subject's cohort among the training cohorts; the first is 0."""
    cohorts = rng.permutation(np.unique(table.entry_cohort[train]))
    place = np.ones(len(table.cohort_names))
    place[cohorts] = np.arange(len(cohorts)) / len(cohorts)
    return place[table.entry_cohort]


def _fit_and_evaluate(folder: Path, study: StudySpec, point: CurvePoint, progress: Progress | None) -> None:
    """Fit one point, evaluate it on the held-out subjects of its axis, and write the result."""
    table = RecordTable.load(folder / run_files.RECORDS)
    splits = _axes(table, study)[point.varied]
    place = folder / run_files.CURVE / point.folder
    whole = Prepared.of(study, table, splits)
    of = np.where(splits.subjects("train") & ~point.train, -1, splits.of_subject)
    prepared = Prepared.with_scaling(study, table, replace(splits, of_subject=of), whole.scaling)
    fit_all(prepared, place / run_files.MODELS, progress, processes=1)
    found = _errors(prepared, FittedPredictors.load(place / run_files.MODELS, prepared), point)
    (place / "found.json").write_text(json.dumps(found))


def _errors(prepared: Prepared, fitted: FittedPredictors, point: CurvePoint) -> list[dict[str, object]]:
    queries = queries_of(prepared, "held_out", main_setting(prepared.study))
    if queries.size.any():
        queries = queries.take(np.flatnonzero(queries.size > 0))
    y, seen = (getattr(prepared.records, n)[queries.rows].double().cpu().numpy() for n in ("y", "y_observed"))
    y = np.where(seen > 0, y, np.nan)
    person = persons(prepared, queries)
    forecasts = {n: fitted.learner_forecast(n, prepared, queries) for n in fitted.learners}
    forecasts |= forecasts_of({**fitted.closed_forms, **fitted.baselines}, prepared, queries)
    train = prepared.table.rows_of(point.train)
    head = {
        "varied": point.varied,
        "share": point.share,
        PATIENTS: len(np.unique(prepared.table.person[point.train])),
        COHORTS: len(np.unique(prepared.table.cohort[train])),
    }
    layout = prepared.layout
    positions = layout.scaled or tuple(range(len(layout.outcomes)))
    headline = layout.kinds[positions[0]].metrics[0].name
    metric = {"metric": f"{headline}_in_sd" if layout.scaled else headline}
    return [
        {**head, "predictor": n, **metric, **_mean(_error(f, y, layout, positions), person)}
        for n, f in forecasts.items()
    ]


def _error(forecast: Forecast, y: Floats, layout: OutcomeLayout, positions: Sequence[int]) -> Floats:
    """(R,) mean error over these outcomes (positions in D): absolute, or squared for a probability."""
    error = np.stack([layout.kinds[d].error(y[:, d], forecast.mean[:, d]) for d in positions], 1)
    count = (~np.isnan(error)).sum(1)
    return np.where(count > 0, np.nansum(error, 1) / np.maximum(count, 1), np.nan)


def _mean(error: Floats, person: Ints) -> dict[str, float | int]:
    each, _ = per_subject_mean(error, person)
    found = ratio(each[:, None], np.ones((len(each), 1)), least=0.0)
    numbers = {"value": found.value, "low": found.low, "high": found.high}
    return {name: float(value[0]) for name, value in numbers.items()} | {"n_held_out": len(each)}
