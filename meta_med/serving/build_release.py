"""The release of a night: all published tables, from the files of its stages and the model that predicted."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pandas as pd

from meta_med import run_files
from meta_med.cohorts.record_table import RecordTable, with_newest_hidden
from meta_med.cohorts.splits import cohort_table
from meta_med.model_version.serving_model import ServingModel
from meta_med.published.release import Release
from meta_med.serving.night_rows import NightRows, ReleaseBefore, kept_patients
from meta_med.serving.patient_rows import record_rows, subject_rows
from meta_med.serving.release_frames import release_frames


def build_release(
    folder: Path,
    model: ServingModel,
    facts: Mapping[str, Any],
    findings: pd.DataFrame,
    quality: Mapping[str, pd.DataFrame] | None = None,
    remarks: Mapping[str, str] | None = None,
    cross_fitted: pd.DataFrame | None = None,
    before: ReleaseBefore | None = None,
) -> Release:
    """All published tables as one release.

    Args:
        folder: of the night; model: the one that predicted.
        facts: further entries of the manifest.
        findings: the gate's findings.
        quality: published tables of the data's quality.
        remarks: subject -> the gate's remarks, in words.
        cross_fitted: the evaluation table of all patients, each held out once.
        before: the release before, from which the rows of patients who did not change are kept; None to make all rows.

    """
    study, ready = model.study, model.study_records(RecordTable.load(folder / run_files.RECORDS))
    predicted = pd.read_parquet(folder / run_files.PREDICTIONS, columns=["subject_id", "status"])
    if study.serve.record == "newest":
        served = ready.table.has(predicted["subject_id"].unique())
        ready = replace(ready, table=with_newest_hidden(ready.table, served))
    newest = pd.read_parquet(folder / run_files.NEWEST)
    subjects = subject_rows(ready, newest, predicted, remarks or {})
    # a published name needs all names of a person
    kept = None if study.records.person else kept_patients(folder, subjects, before)
    rows = NightRows.without(folder, subjects, kept)
    frames = release_frames(
        ready,
        newest=newest,
        subjects=subjects,
        records=record_rows(
            ready, ready.table.has(subjects.loc[rows.of(subjects["subject_id"]), "subject_id"])
        ),
        predicted=rows.read(run_files.PREDICTIONS),
        over_time=rows.read(run_files.OVER_TIME),
        replay=rows.read(run_files.REPLAY),
        explained=rows.explained(),
        horizon_check=model.horizon_check,
        evaluation=pd.read_parquet(model.folder / run_files.EVALUATION),
        cross_fitted=cross_fitted,
        champion=model.champion,
        cohorts=cohort_table(ready.table, ready.splits),
        findings=findings,
        guards=pd.read_parquet(folder / run_files.GUARDS),
        sentinels=pd.read_parquet(model.folder / run_files.LEAKAGE),
        quality=quality or {},
    )
    models = sorted((model.folder / run_files.MODELS).rglob("manifest.json"))
    content = hashlib.sha256(b"".join(m.read_bytes() for m in models)).hexdigest()
    manifest = {
        "title": study.title,
        "model": model.version,
        "models_sha256": content,
        "seed": study.seed,
        "series": bool(study.records.series or study.records.person),
        "patients": ready.table.persons_of(subjects["subject_id"]),
        "predictors": sorted(model.calibrations),
        "baselines": list(study.baselines),
        "too_few": json.loads((model.folder / run_files.TOO_FEW).read_text()),
        "other_units": {
            o.name: [asdict(unit) for unit in o.other_units] for o in study.outcomes if o.other_units
        },
        "worse_than_baseline": json.loads((model.folder / run_files.WORSE).read_text()),
        **facts,
    }
    return Release(study.study, frames, manifest, kept)
