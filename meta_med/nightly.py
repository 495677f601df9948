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
from meta_med.cohorts.record_table import Bools, Ints, RecordTable
from meta_med.episodes.prepared import Prepared
from meta_med.explain.explained import Explained, explained_tonight, subject_names
from meta_med.meta_train.saved_predictors import load_forecasts
from meta_med.model_version.people import NOBODY
from meta_med.model_version.serving_model import ServingModel
from meta_med.serving.adapt import (
    AdaptedSubjects,
    Serving,
    next_records,
    not_trained_on,
    served_subjects,
)
from meta_med.serving.carry_over import EarlierNight, joined, merged, save_adapted
from meta_med.serving.guard_checks import guards_table
from meta_med.serving.over_time import horizon_rows, later_records
from meta_med.serving.pieces import Piece, adapt_in_pieces
from meta_med.serving.predict import predictions
from meta_med.serving.replay import Replayed, replayed_tonight
from meta_med.serving.statuses import flag_texts, statuses
from meta_med.stages import StageSummary


def adapt(
    folder: Path,
    model: ServingModel,
    valid: Mapping[str, pd.DataFrame],
    one_person: Sequence[Sequence[str]] = (),
    withheld: frozenset[str] = frozenset(),
    earlier: Path | None = None,
    shards: Sequence[Path] = (),
) -> StageSummary:
    """Valid rows -> records with the model's columns, forecasts of each current patient's next one, and statuses.

    Args:
        folder: of the night; model: the trained model.
        valid: source -> rows that passed the gate; one_person: groups of subjects who may be one person.
        withheld: patients whose predictions are withheld.
        earlier: the folder of a night with the same model and code, whose forecasts are taken over for patients with
            the same records; None to adapt everybody.
        shards: folders of `adapt_shard`, tonight's forecasts of some of the others.

    """
    folder.mkdir(parents=True, exist_ok=True)
    table = _assembled(folder, model, valid, one_person)
    del valid  # the rows of a million patients, which are records now
    serving = _serving(folder, model, table)
    tonight, changed = _adapted(folder, serving, table, model, earlier, shards)
    done = tonight.adapted
    save_adapted(folder, serving.subject, done)
    tonight.explained.save(folder)
    replayed = _replayed(serving, model, changed, earlier, withheld)
    replayed.save(folder)
    frame = _statuses(folder, serving, model, done, withheld)
    shown = frame.groupby(["outcome", "status"], sort=False).size().rename("predictions").reset_index()
    counts = {**_counts(serving, model, changed), "replayed": len(replayed.rows)}
    return StageSummary(counts, {"statuses": shown})


def adapt_shard(
    folder: Path,
    model: ServingModel,
    valid: Mapping[str, pd.DataFrame],
    one_person: Sequence[Sequence[str]] = (),
    earlier: Path | None = None,
    shard: tuple[int, int] = (0, 1),
) -> int:
    """Adapt a share of the patients who changed, for `adapt` to take over; the number of subjects.

    Who is in which shard follows from tonight's rows alone, and a subject's forecasts depend on nobody else: any number
    of shards gives the same bytes.

    Args:
        folder: of the shard; model, valid, one_person, earlier: as of `adapt`.
        shard: its number from 0, and how many there are.

    """
    folder.mkdir(parents=True, exist_ok=True)
    found = assemble_with_account(valid, model.study, model.columns)
    table = merge_persons(found.table, one_person)
    found.newest.to_parquet(folder / run_files.NEWEST)
    serving = _serving(folder, model, table)
    number, of = shard
    own = table.person[serving.subject] % of == number
    if earlier is not None:
        own &= EarlierNight.load(earlier).places(table, serving.subject) < 0
    if own.any():
        chosen = _mask(table, serving.subject[own])
        adapt_in_pieces(folder, table, chosen, model).save(folder)
        table.of_subjects(chosen).save(folder / run_files.RECORDS)
    return int(own.sum())


def _assembled(
    folder: Path,
    model: ServingModel,
    valid: Mapping[str, pd.DataFrame],
    one_person: Sequence[Sequence[str]],
) -> RecordTable:
    """The records of valid rows; they, each subject's newest row and the account of all rows are written."""
    found = assemble_with_account(valid, model.study, model.columns)
    table = merge_persons(found.table, one_person)
    table.save(folder / run_files.RECORDS)
    found.newest.to_parquet(folder / run_files.NEWEST)
    account = {**found.account.to_json(), "patients": table.n_persons}
    (folder / run_files.ACCOUNT).write_text(json.dumps(account), encoding="utf-8")
    return table


def _mask(table: RecordTable, subjects: Ints) -> Bools:
    """(n_subjects,) mask of some subjects."""
    chosen = np.zeros(table.n_subjects, dtype=bool)
    chosen[subjects] = True
    return chosen


def predict(folder: Path, model: ServingModel) -> StageSummary:
    """Adapted forecasts as intervals in clinical units -> `predictions.parquet`, over time -> `over_time.parquet`."""
    table = records(folder)
    ready, current = _current(folder, model, table)
    serving = next_records(ready, current, model.evaluated)
    forecasts = load_forecasts(folder / run_files.ADAPTED)
    status = pd.read_parquet(folder / run_files.STATUSES)
    frame = predictions(serving, status, forecasts, model.champion, model.calibrations)
    frame.to_parquet(folder / run_files.PREDICTIONS, index=False)
    ahead = later_records(model, ready, current, serving)
    over_time = horizon_rows(model, serving, ahead, frame, status["instead"], forecasts)
    over_time.to_parquet(folder / run_files.OVER_TIME, index=False)
    people = serving.prepared.table.persons_of(frame["subject_id"].unique())
    counted = frame.groupby("status").size().rename("predictions").reset_index()
    counts = {
        "predictions": len(frame),
        "patients": people,
        "over_time": int((over_time["reason"] == "").sum()),
    }
    return StageSummary(dict(counts), {"statuses": counted})


def records(folder: Path) -> RecordTable:
    """The records of a night."""
    return RecordTable.load(folder / run_files.RECORDS)


def _serving(folder: Path, model: ServingModel, table: RecordTable) -> Serving:
    return next_records(*_current(folder, model, table), model.evaluated)


def _current(folder: Path, model: ServingModel, table: RecordTable) -> tuple[Prepared, Bools]:
    """The records on the model's scale, and the mask of the subjects who are predicted."""
    ready = model.prepared(table)
    current = served_subjects(ready, pd.read_parquet(folder / run_files.NEWEST))
    if model.study.serve.record == "newest":
        current &= not_trained_on(ready)
    return ready, current


def _adapted(
    folder: Path,
    serving: Serving,
    table: RecordTable,
    model: ServingModel,
    earlier: Path | None,
    shards: Sequence[Path],
) -> tuple[Piece, Bools]:
    """What is adapted for the R current subjects of the table, and (R,) for whom it was computed tonight."""
    folders = [*([] if earlier is None else [earlier]), *shards]
    nights = [EarlierNight.load(place) for place in folders]
    places = [night.places(table, serving.subject) for night in nights]
    rest, explained = np.ones(len(serving.rows), dtype=bool), []
    for held_in, found in zip(folders, places, strict=True):
        explained.append((Explained.load(held_in), rest & (found >= 0)))
        rest = rest & (found < 0)
    made = adapt_in_pieces(folder, table, _mask(table, serving.subject[rest]), model) if rest.any() else None
    if made is not None:
        explained.append((made.explained, rest))
    if made is not None and rest.all():
        done = made.adapted
    else:
        held, place = joined(nights, places)
        done = merged(None if made is None else made.adapted, held, rest, place)
    changed = np.ones(len(rest), dtype=bool) if earlier is None else places[0] < 0
    return Piece(done, explained_tonight(subject_names(serving), explained)), changed


def _replayed(
    serving: Serving, model: ServingModel, changed: Bools, earlier: Path | None, withheld: frozenset[str]
) -> Replayed:
    """How earlier predictions would have done; not for patients with records that contradict each other."""
    table = serving.prepared.table
    held = table.subject_ids[table.of_patients(withheld)].tolist()
    before = None if earlier is None else Replayed.load(earlier)
    return replayed_tonight(model, serving, changed, before, held)


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
