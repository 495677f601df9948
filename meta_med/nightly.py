"""The stages of a night as functions of its folder: a trained model is adapted to each current patient.

Nothing is fitted here. Patients whose records and cohort are those of an earlier night keep its forecasts.
"""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from meta_med import run_files
from meta_med.cohorts.assemble import assemble_with_account
from meta_med.cohorts.persons import merge_persons
from meta_med.cohorts.record_table import RecordTable
from meta_med.meta_train.predictors import CHAMPION, load_forecasts
from meta_med.model_version.people import NOBODY
from meta_med.model_version.serving_model import ServingModel
from meta_med.serving.adapt import (
    AdaptedSubjects,
    Serving,
    adapt_subjects,
    next_records,
    not_trained_on,
    served_subjects,
)
from meta_med.serving.carry_over import EarlierNight, merged, save_adapted
from meta_med.serving.guard_checks import guards_table
from meta_med.serving.predict import predictions
from meta_med.serving.statuses import flag_texts, statuses
from meta_med.stages import StageSummary


def adapt(
    folder: Path,
    model: ServingModel,
    valid: Mapping[str, pd.DataFrame],
    one_person: Sequence[Sequence[str]] = (),
    withheld: frozenset[str] = frozenset(),
    earlier: Path | None = None,
) -> StageSummary:
    """Valid rows -> records with the model's columns, forecasts of each current patient's next one, and statuses.

    Args:
        folder: of the night; model: the trained model.
        valid: source -> rows that passed the gate; one_person: groups of subjects who may be one person.
        withheld: patients whose predictions are withheld.
        earlier: the folder of a night with the same model and code, whose forecasts are taken over for patients with
            the same records; None to adapt everybody.

    """
    folder.mkdir(parents=True, exist_ok=True)
    found = assemble_with_account(valid, model.study, model.columns)
    table = merge_persons(found.table, one_person)
    table.save(folder / run_files.RECORDS)
    found.newest.to_parquet(folder / run_files.NEWEST)
    account = {**found.account.to_json(), "patients": table.n_persons}
    (folder / run_files.ACCOUNT).write_text(json.dumps(account), encoding="utf-8")
    serving = _serving(folder, model, table)
    done, changed = _adapted(serving, table, model, earlier)
    save_adapted(folder, serving.subject, done)
    frame = _statuses(folder, serving, model, done, withheld)
    shown = frame.groupby(["outcome", "status"], sort=False).size().rename("predictions").reset_index()
    return StageSummary(_counts(serving, model, changed), {"statuses": shown})


def predict(folder: Path, model: ServingModel) -> StageSummary:
    """Adapted forecasts as intervals in clinical units -> `predictions.parquet`."""
    serving = _serving(folder, model, records(folder))
    forecasts = load_forecasts(folder / run_files.ADAPTED)
    status = pd.read_parquet(folder / run_files.STATUSES)
    frame = predictions(serving, status, forecasts, model.champion, model.calibrations)
    frame.to_parquet(folder / run_files.PREDICTIONS, index=False)
    people = serving.prepared.table.persons_of(frame["subject_id"].unique())
    counted = frame.groupby("status").size().rename("predictions").reset_index()
    return StageSummary({"predictions": len(frame), "patients": people}, {"statuses": counted})


def records(folder: Path) -> RecordTable:
    """The records of a night."""
    return RecordTable.load(folder / run_files.RECORDS)


def _serving(folder: Path, model: ServingModel, table: RecordTable) -> Serving:
    ready = model.prepared(table)
    current = served_subjects(ready, pd.read_parquet(folder / run_files.NEWEST))
    if model.study.serve.record == "newest":
        current &= not_trained_on(ready)
    return next_records(ready, current, model.evaluated)


def _adapted(
    serving: Serving, table: RecordTable, model: ServingModel, earlier: Path | None
) -> tuple[AdaptedSubjects, np.ndarray]:
    """What is adapted for the R current subjects of the table, and (R,) for whom it was computed tonight."""
    if earlier is None:
        return _adapt_some(serving, model), np.ones(len(serving.rows), dtype=bool)
    night = EarlierNight.load(earlier)
    place = night.places(table, serving.subject)
    changed = place < 0
    if changed.all():
        return _adapt_some(serving, model), changed
    new = _adapt_some(serving.only(changed), model) if changed.any() else None
    return merged(new, night.adapted, changed, place), changed


def _adapt_some(serving: Serving, model: ServingModel) -> AdaptedSubjects:
    ready = serving.prepared
    fitted, guards = model.fitted(ready), model.guards(ready.table)
    return adapt_subjects(serving, fitted, model.champion, model.calibrations[CHAMPION], guards)


def _statuses(
    folder: Path,
    serving: Serving,
    model: ServingModel,
    done: AdaptedSubjects,
    withheld: frozenset[str],
) -> pd.DataFrame:
    """Write who is withheld and why, and what the guards found; the statuses."""
    table, guards = serving.prepared.table, model.guards(serving.prepared.table)
    person = table.person[serving.subject]
    guards_table(guards, done.alarm, person).to_parquet(folder / run_files.GUARDS, index=False)
    held = table.of_patients(withheld)[serving.subject]
    flags = flag_texts(done.alarm, serving.prepared, guards, done.instead)
    frame = statuses(serving, held, flags, done.lost, model.few_events)
    instead = np.where(done.alarm.diverged[:, None], done.instead, "")
    frame.assign(instead=instead.ravel()).to_parquet(folder / run_files.STATUSES, index=False)
    return frame


def _counts(serving: Serving, model: ServingModel, changed: np.ndarray) -> dict[str, int | float | str]:
    table, splits = serving.prepared.table, serving.prepared.splits
    current = table.persons_of(table.subject_ids[serving.subject])
    adapted = table.persons_of(table.subject_ids[serving.subject[changed]])
    return {
        "current_patients": current,
        "not_current": table.n_persons - current,
        "adapted": adapted,
        "carried_over": current - adapted,
        "new_patients": len(np.unique(table.person[splits.of_subject == NOBODY])),
        "new_cohorts": len(table.cohort_names) - len(model.columns.cohort_names),
    }
