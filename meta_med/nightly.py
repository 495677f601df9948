"""The stages of a night as functions of its folder: a trained model is adapted to each current patient.

Nothing is fitted here. Patients whose records and cohort are those of an earlier night keep its forecasts.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from safetensors.numpy import load_file

from meta_med import run_files
from meta_med.cohorts.assemble import assemble_with_account
from meta_med.cohorts.persons import merge_persons
from meta_med.cohorts.record_table import Bools, Ints, RecordTable
from meta_med.cohorts.splits import Splits
from meta_med.episodes.prepared import Prepared
from meta_med.explain.explained import Explained, explained_tonight
from meta_med.meta_train.saved_predictors import load_forecasts
from meta_med.model_version.people import NOBODY
from meta_med.model_version.serving_model import ServingModel
from meta_med.serving.adapt import (
    AdaptedSubjects,
    Serving,
    next_records,
    not_trained_on,
    require_somebody,
    served_subjects,
)
from meta_med.serving.carry_over import SUBJECT, EarlierNight, joined, merged, save_adapted, taken
from meta_med.serving.guard_checks import guards_table
from meta_med.serving.over_time import horizon_rows, later_records
from meta_med.serving.pieces import Piece, adapt_in_pieces
from meta_med.serving.predict import predictions
from meta_med.serving.replay import Replayed, replayed_before, replayed_tonight, roles
from meta_med.serving.statuses import flag_texts, statuses
from meta_med.serving.tonight import Tonight
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
        earlier: the folder of a night with the same model and code, whose results are taken over for patients with
            the same records; None to adapt everybody.
        shards: folders of `adapt_shard`, tonight's forecasts of some of the others.

    """
    folder.mkdir(parents=True, exist_ok=True)
    now = _Current.of(model, _assembled(folder, model, valid, one_person), folder)
    del valid  # the rows of a million patients, which are records now
    piece, place = _adapted(folder, now, model, earlier, shards)
    save_adapted(folder, now.subject, piece.adapted)
    piece.explained.save(folder)
    _replay_and_statuses(folder, now, model, piece.adapted, place, withheld, earlier)
    status = pd.read_parquet(folder / run_files.STATUSES, columns=["outcome", "status"])
    shown = status.groupby(["outcome", "status"], sort=False).size().rename("predictions").reset_index()
    replayed = len(pd.read_parquet(folder / run_files.REPLAY, columns=["outcome"]))
    return StageSummary({**now.counts(model, place < 0), "replayed": replayed}, {"statuses": shown})


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
    subject = _Current.of(model, table, folder).subject
    number, of = shard
    own = table.person[subject] % of == number
    if earlier is not None:
        own &= EarlierNight.load(earlier).places(table, subject) < 0
    if own.any():
        chosen = _mask(table, subject[own])
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
    """Adapted forecasts as intervals in clinical units -> `predictions.parquet`, over time -> `over_time.parquet`.

    Rows of patients whose statuses were taken over from an earlier night are taken over too.
    """
    tonight = Tonight.load(folder)
    made, patients = _made_tonight(folder, model, tonight)
    status = _write(folder, tonight, made, run_files.PREDICTIONS, "status")
    reason = _write(folder, tonight, made, run_files.OVER_TIME, "reason")
    counts = {"predictions": len(status), "patients": patients, "over_time": int((reason == "").sum())}
    counted = status.to_frame().groupby("status").size().rename("predictions").reset_index()
    return StageSummary(dict(counts), {"statuses": counted})


def _write(
    folder: Path, tonight: Tonight, made: dict[str, pd.DataFrame], name: str, told: str
) -> "pd.Series[str]":
    """Write the rows of everybody into a file, and take those that were `made` out of memory; one column of them."""
    rows = tonight.joined(name, made.pop(name, None))
    rows.to_parquet(folder / name, index=False)
    return rows[told]


def _made_tonight(folder: Path, model: ServingModel, tonight: Tonight) -> tuple[dict[str, pd.DataFrame], int]:
    """File -> the rows of the fresh subjects; and the number of current patients."""
    table, subject = records(folder), load_file(folder / run_files.ALARMS)[SUBJECT]
    patients = len(np.unique(table.person[subject]))
    if not tonight.fresh.any():
        return {}, patients
    ready, serving = _serving(table, subject[tonight.fresh], model)
    del table
    rows = _predicted(folder, model, ready, serving, tonight)
    return dict(zip((run_files.PREDICTIONS, run_files.OVER_TIME), rows, strict=True)), patients


def _predicted(
    folder: Path, model: ServingModel, ready: Prepared, serving: Serving, tonight: Tonight
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The predictions of the fresh subjects, and those over time."""
    rows = np.flatnonzero(tonight.fresh)
    forecasts = {name: f.take(rows) for name, f in load_forecasts(folder / run_files.ADAPTED).items()}
    status = pd.read_parquet(folder / run_files.STATUSES)
    status = status[np.repeat(tonight.fresh, len(model.study.outcomes))].reset_index(drop=True)
    status = status.assign(subject=np.repeat(serving.subject, len(model.study.outcomes)))
    frame = predictions(serving, status, forecasts, model.champion, model.calibrations)
    everybody = np.ones(ready.table.n_subjects, dtype=bool)
    ahead = later_records(model, ready, everybody, serving)
    return frame, horizon_rows(model, serving, ahead, frame, status["instead"], forecasts)


def records(folder: Path) -> RecordTable:
    """The records of a night."""
    return RecordTable.load(folder / run_files.RECORDS)


@dataclass(frozen=True)
class _Current:
    """The records of a night, the splits of their subjects, and (R,) those who are predicted."""

    table: RecordTable
    splits: Splits
    subject: Ints

    @classmethod
    def of(cls, model: ServingModel, table: RecordTable, folder: Path) -> "_Current":
        """Raises `StudyMismatch` if nobody is current."""
        splits = model.people.splits_of(table)
        current = served_subjects(model.study, table, pd.read_parquet(folder / run_files.NEWEST))
        if model.study.serve.record == "newest":
            current &= not_trained_on(table, splits)
        require_somebody(current)
        return cls(table, splits, np.flatnonzero(current))

    @property
    def names(self) -> pd.Series:
        """(R,) names of the current subjects."""
        return pd.Series(self.table.subject_ids[self.subject].astype(str), dtype="str")

    def counts(self, model: ServingModel, adapted: Bools) -> dict[str, int | float | str]:
        """How many patients there are; `adapted`: (R,) for whom forecasts were computed tonight."""
        table = self.table
        current, new = (len(np.unique(table.person[s])) for s in (self.subject, self.subject[adapted]))
        return {
            "current_patients": current,
            "not_current": table.n_persons - current,
            "adapted": new,
            "carried_over": current - new,
            "new_patients": len(np.unique(table.person[self.splits.of_subject == NOBODY])),
            "new_cohorts": len(table.cohort_names) - len(model.columns.cohort_names),
        }


def _serving(table: RecordTable, subjects: Ints, model: ServingModel) -> tuple[Prepared, Serving]:
    """The records of some current subjects on the model's scale, and the predicted ones; without other subjects."""
    ready = model.prepared(table.of_subjects(_mask(table, subjects)))
    return ready, next_records(ready, np.ones(len(subjects), dtype=bool), model.evaluated)


def _adapted(
    folder: Path, now: _Current, model: ServingModel, earlier: Path | None, shards: Sequence[Path]
) -> tuple[Piece, Ints]:
    """What is adapted for the R current subjects, and (R,) the place in the earlier night of each; -1: none."""
    folders = [*([] if earlier is None else [earlier]), *shards]
    nights = [EarlierNight.load(place) for place in folders]
    places = [night.places(now.table, now.subject) for night in nights]
    rest, explained = np.ones(len(now.subject), dtype=bool), []
    for held_in, found in zip(folders, places, strict=True):
        explained.append((Explained.load(held_in), rest & (found >= 0)))
        rest = rest & (found < 0)
    made = None
    if rest.any():
        made = adapt_in_pieces(folder, now.table, _mask(now.table, now.subject[rest]), model)
        explained.append((made.explained, rest))
    if made is not None and rest.all():
        done = made.adapted
    else:
        held, place = joined(nights, places)
        done = merged(None if made is None else made.adapted, held, rest, place)
    nowhere = np.full(len(rest), -1)
    return Piece(done, explained_tonight(now.names, explained)), nowhere if earlier is None else places[0]


def _replay_and_statuses(
    folder: Path,
    now: _Current,
    model: ServingModel,
    done: AdaptedSubjects,
    place: Ints,
    withheld: frozenset[str],
    earlier: Path | None,
) -> None:
    """Write how earlier predictions would have done, who is withheld and why, and what the guards found."""
    held = now.table.of_patients(withheld)[now.subject]
    role, part = (of_all[now.subject] for of_all in roles(model, now.table, now.splits))
    subjects = pd.DataFrame({"subject_id": now.names, "part": part})
    before = None if earlier is None else Replayed.load(earlier)
    tonight = Tonight.all_fresh(held)
    # how long a patient is silent is measured from the newest record of all, which may be another one tonight
    if earlier is not None and model.study.serve.max_silence_days is None:
        tonight = Tonight.after(earlier, held, place, ~replayed_before(subjects, before))
    tonight.save(folder)
    fresh, made, serving = np.flatnonzero(tonight.fresh), None, None
    if len(fresh):
        _, serving = _serving(now.table, now.subject[fresh], model)
        made = _statuses(serving, model, taken(done, fresh), held[fresh])
    found = tonight.joined(run_files.STATUSES, made)
    found = found.assign(subject=np.repeat(now.subject, len(model.study.outcomes)))
    found.to_parquet(folder / run_files.STATUSES, index=False)
    person = now.table.person[now.subject]
    guards_table(model.guards(now.table), done.alarm, person).to_parquet(
        folder / run_files.GUARDS, index=False
    )
    replayed = replayed_tonight(model, serving, tonight, subjects, (role[fresh], part[fresh]), before)
    replayed.save(folder)


def _statuses(serving: Serving, model: ServingModel, done: AdaptedSubjects, held: Bools) -> pd.DataFrame:
    flags = flag_texts(done.alarm, serving.prepared, model.guards(serving.prepared.table), done.instead)
    frame = statuses(serving, held, flags, done.lost, model.few_events)
    instead = np.where(done.alarm.diverged[:, None], done.instead, "")
    return frame.assign(instead=instead.ravel())
