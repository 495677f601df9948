"""The stages of training as functions of a run folder: each reads the files of earlier stages and writes its own.

The functions have the names of the assets of the orchestration. The stages of a night are in `meta_med.nightly`.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from meta_med import run_files
from meta_med.calibrate import champion as choosing
from meta_med.calibrate.calibration import describe as describe_calibration
from meta_med.calibrate.calibration import read_calibrations, too_few_remarks
from meta_med.calibrate.champion import read_champion
from meta_med.calibrate.choose_and_calibrate import choose_and_calibrate, held_out_records
from meta_med.calibrate.over_time.horizon_calibration import calibrate_horizons, read_horizons
from meta_med.calibrate.over_time.horizon_scores import score_horizons
from meta_med.calibrate.record_scores import score
from meta_med.cohorts.assemble import assemble_with_account
from meta_med.cohorts.persons import merge_persons
from meta_med.cohorts.record_table import RecordTable
from meta_med.cohorts.splits import cohort_table, cohorts_left_out, split_subjects
from meta_med.episodes.prepared import Prepared, prepared
from meta_med.episodes.queries import record_use
from meta_med.episodes.withheld import require_enough
from meta_med.evaluate import leakage
from meta_med.evaluate.evaluation_table import POOLED, by_support_size
from meta_med.evaluate.evaluation_table import evaluate as evaluate_all
from meta_med.evaluate.horizon_check import horizon_check
from meta_med.evaluate.worse_than_baseline import summary as summary_of_worse
from meta_med.evaluate.worse_than_baseline import worse_than_baseline
from meta_med.explain.narrowing import narrowing, save_narrowing
from meta_med.explain.variants import Predictor
from meta_med.learners.registry import try_options
from meta_med.meta_train.fit import fit_all
from meta_med.meta_train.predictors import (
    CHAMPION,
    FittedPredictors,
    PartFit,
    load_parts,
    training_table,
)
from meta_med.meta_train.saved_predictors import load_forecasts, save_forecasts
from meta_med.serving.adapt import served_subjects
from meta_med.serving.fitted_guards import guards_of
from meta_med.study import StudySpec

Progress = Callable[[str, int, int, Mapping[str, float]], None]


@dataclass(frozen=True)
class StageSummary:
    """Result of a stage: counts and small tables, aggregates only."""

    counts: dict[str, int | float | str] = field(default_factory=dict)
    tables: dict[str, pd.DataFrame] = field(default_factory=dict)


def assemble(
    folder: Path,
    study: StudySpec,
    valid: Mapping[str, pd.DataFrame],
    one_person: Sequence[Sequence[str]] = (),
) -> StageSummary:
    """Valid source rows -> `records/`, each subject's newest source row -> `newest.parquet`, and their account.

    The account, `account.json`, states the use of every row. `one_person` are groups of subjects who may be one
    person: no split separates them.
    """
    for spec in study.learners:
        try_options(spec.name, spec.chosen)
    found = assemble_with_account(valid, study)
    table = merge_persons(found.table, one_person)
    table.save(folder / run_files.RECORDS)
    found.newest.to_parquet(folder / run_files.NEWEST)
    account = {**found.account.to_json(), "patients": table.n_persons}
    (folder / run_files.ACCOUNT).write_text(json.dumps(account), encoding="utf-8")
    seen = ~np.isnan(table.y)
    outcomes = pd.DataFrame({"outcome": [o.name for o in study.outcomes], "values": seen.sum(0)})
    shown = ["code", "source", "column", "unit", "count", "message"]
    tables = {
        "outcomes": outcomes,
        "rows_used": pd.DataFrame(account["sources"]),
        "rows_left_out": pd.DataFrame(account["counted"], columns=shown),
    }
    return StageSummary({**table.people, "records": table.n_records}, tables)


def cohorts(folder: Path, study: StudySpec) -> StageSummary:
    """Splits by person -> `splits.json`."""
    table = RecordTable.load(folder / run_files.RECORDS)
    splits = split_subjects(table, study.splits)
    splits.save(folder / run_files.SPLITS)
    by_split: dict[str, int | float | str] = {
        s: len(np.unique(table.person[splits.subjects(s)])) for s in splits.distinct
    }
    left_out = pd.DataFrame({"cohort": cohorts_left_out(table, study.splits)}, dtype="object")
    return StageSummary(
        {"cohorts": len(table.cohort_names), **by_split},
        {"cohorts": cohort_table(table, splits), "cohorts_left_out": left_out},
    )


def episodes(folder: Path, study: StudySpec) -> StageSummary:
    """Scaling from training subjects -> `scaling.json`; how many episodes each split and support size has.

    Raises:
        StudyMismatch: no outcome has enough patients to train, tune, calibrate and evaluate on.

    """
    ready = prepared(folder, study)
    require_enough(ready)
    (folder / run_files.SCALING).write_text(json.dumps(ready.scaling.to_json()))
    sizes: dict[str, Any] = {
        s: np.bincount(ready.support_size(ready.rows(s)), minlength=study.budget.max_support + 1)
        for s in ready.splits.distinct
    }
    table = pd.DataFrame({"support_size": np.arange(study.budget.max_support + 1), **sizes})
    use = record_use(ready)
    (folder / run_files.RECORD_USE).write_text(json.dumps(use.to_dict("records")), encoding="utf-8")
    return StageSummary({"episodes": int(ready.table.n_records)}, {"episodes": table, "record_use": use})


def meta_train(folder: Path, study: StudySpec, progress: Progress | None = None) -> StageSummary:
    """Every learner and baseline -> `models/`."""
    ready = prepared(folder, study)
    fit_all(ready, folder / run_files.MODELS, progress)
    fitted = FittedPredictors.load(folder / run_files.MODELS, ready)
    table = training_table(fitted, load_parts(folder / run_files.MODELS, ready))
    counts: dict[str, int | float | str] = {
        "learners": len(fitted.personalised),
        "baselines": len(fitted.baselines),
        "fits_of_each": ready.splits.parts,
        "stopped_on_a_loss_not_finite": int((table["stopped"] != "").sum()),
    }
    return StageSummary(counts, {"learners": table})


def calibrate(folder: Path, study: StudySpec, ready: Prepared | None = None) -> StageSummary:
    """Champion and intervals, each from its own split -> `champion.json`, `calibration.json`; guards too.

    `ready`: the records, where they are not those of the stages before.
    """
    ready = ready or prepared(folder, study)
    fitted = FittedPredictors.load(folder / run_files.MODELS, ready)
    parts = load_parts(folder / run_files.MODELS, ready)
    champion, calibrations, held_out = choose_and_calibrate(ready, fitted, parts=parts)
    save_forecasts(folder / run_files.HELD_OUT_FORECASTS, held_out)
    (folder / run_files.CHAMPION).write_text(json.dumps(champion.to_json()))
    facts = {name: c.to_json() for name, c in calibrations.items()}
    (folder / run_files.CALIBRATION).write_text(json.dumps(facts))
    horizons = calibrate_horizons(ready, fitted, champion, calibrations[CHAMPION], parts)
    (folder / run_files.HORIZONS).write_text(json.dumps(horizons.to_json()))
    save_narrowing(folder, narrowing(ready, Predictor(fitted, champion, calibrations[CHAMPION])))
    current = served_subjects(study, ready.table, pd.read_parquet(folder / run_files.NEWEST))
    guards = guards_of(ready, fitted, champion, calibrations[CHAMPION], current, parts)
    (folder / run_files.FITTED_GUARDS).write_text(json.dumps(guards.to_json()))
    blended = sum(d.predictor == choosing.BLEND for d in champion.decisions)
    decisions = choosing.describe(champion, ready.table.cohort_names, ready.withheld)
    table = pd.DataFrame(decisions).drop(columns="weights")
    rests_on = describe_calibration(calibrations[CHAMPION], ready.layout, ready.table.cohort_names)
    few = too_few_remarks(ready, calibrations[CHAMPION])
    (folder / run_files.TOO_FEW).write_text(json.dumps(few))
    too_few = pd.DataFrame([(o, text) for o, text in few.items()], columns=["outcome", "told"])
    tables = {"champions": table, "intervals": pd.DataFrame(rests_on), "too_few": too_few}
    return StageSummary({"decisions": len(champion.decisions), "blended": blended}, tables)


def evaluate(folder: Path, study: StudySpec, ready: Prepared | None = None) -> StageSummary:
    """The evaluation table on held-out subjects -> `evaluation.parquet`; leakage checks -> `leakage.parquet`.

    Where the champion is worse than a baseline -> `worse_than_baseline.json`; which horizons held-out subjects vouch
    for -> `horizon_check.parquet`. `ready`: the records, where they are not those of the stages before.
    """
    ready = ready or prepared(folder, study)
    forecasts = load_forecasts(folder / run_files.HELD_OUT_FORECASTS)
    calibrations = read_calibrations(folder)
    scored = score(held_out_records(ready), forecasts, calibrations)
    table = evaluate_all(study.study, scored)
    table.to_parquet(folder / run_files.EVALUATION, index=False)
    worse = worse_than_baseline(scored, ready.layout, study.baselines)
    (folder / run_files.WORSE).write_text(json.dumps([w.to_json() for w in worse]))
    fitted, champion = FittedPredictors.load(folder / run_files.MODELS, ready), read_champion(folder)
    found = leakage.run_checks(ready, fitted, champion)
    found.to_parquet(folder / run_files.LEAKAGE, index=False)
    horizons = read_horizons(folder)
    ahead = score_horizons(PartFit(ready, fitted), champion, calibrations[CHAMPION], horizons)
    over_time = horizon_check(ready, ahead, horizons)
    over_time.to_parquet(folder / run_files.HORIZON_CHECK, index=False)
    mae, coverage = by_support_size(table), by_support_size(table, "coverage_90")
    served = table[
        (table["predictor"] == CHAMPION) & (table["cohort"] == "all") & (table["outcome"] == "all")
    ]
    pooled = served[served["support_size"] == POOLED].set_index("metric")["value"]
    counts = {f"champion_{m}": float(pooled[m]) for m in ("mae", "coverage_90") if m in pooled}
    counts["leakage_checks_violated"] = float((found["verdict"] == leakage.VIOLATED).sum())
    counts["worse_than_a_baseline"] = float(sum(w.sure for w in worse))
    tables = {
        "mae_in_sd": mae.reset_index(),
        "coverage_90": coverage.reset_index(),
        "sentinels": found,
        "over_time": over_time,
        "worse_than_a_baseline": summary_of_worse(worse),
    }
    return StageSummary(dict(counts), tables)
