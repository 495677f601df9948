"""Every fold held out once: the evaluation that does not depend on one lucky split."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from meta_med.evaluate import evaluate
from meta_med.fit import fit_all
from meta_med.fitted import Fitted, Prepared
from meta_med.judgement import held_out_records, judge
from meta_med.records import RecordTable
from meta_med.scored import Scored, join, score
from meta_med.splits import split_subjects
from meta_med.study import StudySpec

Progress = Callable[[str, int, int, Mapping[str, float]], None]


def evaluate_folds(folder: Path, study: StudySpec, progress: Progress | None = None) -> pd.DataFrame:
    """The evaluation table over all patient-level folds, fitted anew for each; written to `folds.parquet`.

    Resumable: what an interrupted call has fitted under `folds/` is kept.
    """
    table = RecordTable.load(folder / "records")
    parts = [
        _one_fold(folder / "folds" / str(f), study, table, f, progress) for f in range(study.splits.folds)
    ]
    found = evaluate(study.study, join(parts))
    found.to_parquet(folder / "folds.parquet", index=False)
    return found


def _one_fold(
    folder: Path, study: StudySpec, table: RecordTable, fold: int, progress: Progress | None
) -> Scored:
    study = replace(study, splits=replace(study.splits, fold=fold))
    prepared = Prepared.of(study, table, split_subjects(table, study.splits))
    fit_all(prepared, folder, progress)
    _, calibrations, forecasts = judge(prepared, Fitted.load(folder, prepared))
    return score(held_out_records(prepared), forecasts, calibrations)
