"""The release of a night: all published tables, from the files of its stages and the model that predicted."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from meta_med import run_files
from meta_med.cohorts.columns.text_places import places_among
from meta_med.cohorts.record_table import Bools, RecordTable, with_newest_hidden
from meta_med.cohorts.splits import cohort_table
from meta_med.explain.explained import Explained
from meta_med.model_version.serving_model import ServingModel
from meta_med.published.release import Release
from meta_med.serving.release_frames import release_frames
from meta_med.serving.statuses import WITHHELD


def build_release(
    folder: Path,
    model: ServingModel,
    facts: Mapping[str, Any],
    findings: pd.DataFrame,
    quality: Mapping[str, pd.DataFrame] | None = None,
    remarks: Mapping[str, str] | None = None,
    cross_fitted: pd.DataFrame | None = None,
) -> Release:
    """All published tables as one release.

    Args:
        folder: of the night; model: the one that predicted.
        facts: further entries of the manifest.
        findings: the gate's findings.
        quality: published tables of the data's quality.
        remarks: subject -> the gate's remarks, in words.
        cross_fitted: the evaluation table of all patients, each held out once.

    """
    study, predicted = model.study, pd.read_parquet(folder / run_files.PREDICTIONS)
    ready = model.study_records(RecordTable.load(folder / run_files.RECORDS))
    if study.serve.record == "newest":
        served = ready.table.has(predicted["subject_id"].unique())
        ready = replace(ready, table=with_newest_hidden(ready.table, served))
    frames = release_frames(
        ready,
        newest=pd.read_parquet(folder / run_files.NEWEST),
        predicted=predicted,
        over_time=pd.read_parquet(folder / run_files.OVER_TIME),
        replay=pd.read_parquet(folder / run_files.REPLAY),
        explained=_of_shown(folder),
        horizon_check=model.horizon_check,
        evaluation=pd.read_parquet(model.folder / run_files.EVALUATION),
        cross_fitted=cross_fitted,
        champion=model.champion,
        cohorts=cohort_table(ready.table, ready.splits),
        findings=findings,
        guards=pd.read_parquet(folder / run_files.GUARDS),
        sentinels=pd.read_parquet(model.folder / run_files.LEAKAGE),
        quality=quality or {},
        remarks=remarks or {},
    )
    models = sorted((model.folder / run_files.MODELS).rglob("manifest.json"))
    content = hashlib.sha256(b"".join(m.read_bytes() for m in models)).hexdigest()
    manifest = {
        "title": study.title,
        "model": model.version,
        "models_sha256": content,
        "seed": study.seed,
        "series": bool(study.records.series or study.records.person),
        "patients": ready.table.persons_of(predicted["subject_id"].unique()),
        "predictors": sorted(model.calibrations),
        "baselines": list(study.baselines),
        "too_few": json.loads((model.folder / run_files.TOO_FEW).read_text()),
        "other_units": {
            o.name: [asdict(unit) for unit in o.other_units] for o in study.outcomes if o.other_units
        },
        "worse_than_baseline": json.loads((model.folder / run_files.WORSE).read_text()),
        **facts,
    }
    return Release(study.study, frames, manifest)


def _of_shown(folder: Path) -> dict[str, pd.DataFrame]:
    """Table -> rows that explain predictions which are shown and are the champion's, not those of a fallback."""
    statuses, predicted = (pd.read_parquet(folder / n) for n in (run_files.STATUSES, run_files.PREDICTIONS))
    own = (statuses["status"] != WITHHELD) & (statuses["instead"] == "")
    tables = Explained.load(folder).tables
    if own.all():
        return dict(tables)
    shown = _Shown.of(predicted[own.to_numpy()])
    return {name: rows[shown.has(rows)].reset_index(drop=True) for name, rows in tables.items()}


@dataclass(frozen=True)
class _Shown:
    """Subjects, outcomes, and (S + 1, D + 1) which pairs are shown; the last of each stands for unknown ones."""

    subjects: pd.Index
    outcomes: pd.Index
    pairs: Bools

    @classmethod
    def of(cls, rows: pd.DataFrame) -> "_Shown":
        subject, outcome = (pd.Index(rows[name]) for name in ("subject_id", "outcome"))
        subjects, outcomes = subject.unique(), outcome.unique()
        pairs = np.zeros((len(subjects) + 1, len(outcomes) + 1), dtype=bool)
        pairs[places_among(subject, subjects), places_among(outcome, outcomes)] = True
        return cls(subjects, outcomes, pairs)

    def has(self, rows: pd.DataFrame) -> Bools:
        """(n,) whether the prediction that each row is about is shown."""
        subject, outcome = (
            places_among(rows[name], index)
            for index, name in ((self.subjects, "subject_id"), (self.outcomes, "outcome"))
        )
        return np.asarray(self.pairs[subject, outcome])
