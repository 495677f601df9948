"""How it did for each current patient: their earlier records, each predicted from the own records before it.

The path is that of serving: the same champion, intervals and guards, with support strictly before the predicted record.
A record is predicted for the time at which it came. Patients of a training that was divided into parts are predicted
by the fits without their part, which have not seen them. Rows of the published `replay` table.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from meta_med import run_files
from meta_med.calibrate.conformal import LEVELS
from meta_med.cohorts.columns.text_places import places_among
from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable
from meta_med.cohorts.splits import SPLITS, Splits
from meta_med.episodes.prepared import Prepared
from meta_med.meta_train.predictors import CHAMPION, PartFit
from meta_med.model_version.people import HELD_OUT, NO_PART, NOBODY
from meta_med.model_version.serving_model import ServingModel
from meta_med.serving.adapt import FALLBACK, AdaptedSubjects, Serving, adapt_subjects
from meta_med.serving.ages import newest_before
from meta_med.serving.predict import clinical_columns, with_fallbacks
from meta_med.serving.splice import spliced_by_subject
from meta_med.serving.statuses import WITHHELD, statuses
from meta_med.serving.tonight import Tonight
from meta_med.study import DAYS_PER_YEAR

AT_ONCE = 131_072
"""Records that are predicted in one piece; forecasts do not depend on it (`blocks`)."""
OUT_OF_PART, NEW = "out_of_part", "new"
"""Roles beside the splits: predicted by the fits without the patient's part; joined after the training."""
NUMBERS = (
    "mean",
    *(f"{side}_{round(100 * p)}" for p in LEVELS for side in ("lower", "upper")),
    "probability",
)
COLUMNS = (
    "subject_id", "outcome", "own_records", "time_days", "value", "last_value", *NUMBERS, "support_size", "reason",
    "role",
)  # fmt: skip
_TEXTS, _COUNTS = ("subject_id", "outcome", "reason", "role"), ("own_records", "support_size")


@dataclass(frozen=True)
class Replayed:
    """Rows of the replay, and (subject_id, part) of every subject that it was computed for, those without rows too."""

    rows: pd.DataFrame
    subjects: pd.DataFrame

    @classmethod
    def load(cls, folder: Path) -> "Replayed":
        """Read the folder of a night."""
        return cls(pd.read_parquet(folder / run_files.REPLAY), pd.read_parquet(folder / run_files.REPLAYED))

    def save(self, folder: Path) -> None:
        """Write into the folder of a night."""
        self.rows.to_parquet(folder / run_files.REPLAY, index=False)
        self.subjects.to_parquet(folder / run_files.REPLAYED, index=False)


def roles(model: ServingModel, table: RecordTable, splits: Splits) -> tuple[np.ndarray, Ints]:
    """(n_subjects,) the role of each subject in the model's training, and the part that they were in."""
    split, part = splits.of_subject, model.people.parts_of(table)
    named = np.asarray([*SPLITS, NEW], dtype=object)[split]  # NOBODY is the last one
    seen = ~np.isin(split, (NOBODY, HELD_OUT))
    return np.where(seen & (part != NO_PART), OUT_OF_PART, named), np.where(seen, part, NO_PART)


def replay(
    model: ServingModel, serving: Serving, chosen: Bools, of_training: tuple[np.ndarray, Ints]
) -> pd.DataFrame:
    """Rows of the current subjects in a mask (R,), by subject, outcome and time.

    Args:
        model: the trained model.
        serving: the predicted records of all current subjects, behind their own ones.
        chosen: whose earlier records are predicted.
        of_training: `roles` of the subjects of its table.

    """
    ready, (role, part) = serving.prepared, of_training
    of, rows = earlier_rows(serving, chosen, model.study.serve.replay_records)
    parts = []
    for one in np.unique(part[serving.subject[of]]):
        here = part[serving.subject[of]] == one
        fit = PartFit(ready, model.fitted(ready)) if one == NO_PART else model.without_part(ready, int(one))
        parts += [_rows_of(model, fit, piece, role) for piece in _pieces(of[here], rows[here])]
    if not parts:
        return _typed(pd.DataFrame(columns=list(COLUMNS)))
    found = pd.concat(parts).sort_values(["subject_id", "place", "own_records"], ignore_index=True)
    return _typed(found[list(COLUMNS)])


def _typed(rows: pd.DataFrame) -> pd.DataFrame:
    """Each column in one type, whoever is in the rows, so that a file of them has the same bytes."""
    kinds = {n: "str" if n in _TEXTS else "int64" if n in _COUNTS else "float64" for n in COLUMNS}
    return rows.astype(kinds)


def earlier_rows(serving: Serving, chosen: Bools, most: int) -> tuple[Ints, Ints]:
    """The newest `most` records before each chosen subject's predicted one, if they have a value of any outcome.

    Returns:
        (M,) place of the record's subject among the R current ones, and (M,) its row.

    """
    table, places = serving.prepared.table, np.flatnonzero(chosen)
    end = serving.rows[places]
    first = np.maximum(end - most, table.offsets[serving.subject[places]])
    count = end - first
    before = np.repeat(np.cumsum(count) - count, count)
    rows = np.repeat(first, count) + np.arange(count.sum()) - before
    measured = np.isfinite(serving.prepared.truth(rows)).any(1)
    return np.repeat(places, count)[measured], rows[measured]


def _pieces(of: Ints, rows: Ints) -> Iterator[Ints]:
    """The rows in pieces of whole subjects, of about AT_ONCE records."""
    new = np.r_[0, np.flatnonzero(np.diff(of)) + 1]
    starts = new[np.r_[True, np.diff(new // AT_ONCE) > 0]]
    yield from (piece for piece in np.split(rows, starts[1:]) if len(piece))


def _rows_of(model: ServingModel, fit: PartFit, rows: Ints, role: np.ndarray) -> pd.DataFrame:
    """Rows of these records (M,), with `place`, the position of the outcome in the study; `role` of each subject."""
    serving = before_records(fit.prepared, rows, model.evaluated)
    prepared, table = serving.prepared, serving.prepared.table
    guards, calibrations = model.guards(table), model.calibrations
    done = adapt_subjects(
        serving, fit.fitted, model.champion, calibrations[CHAMPION], guards, un_adapted=False
    )
    frame = _predicted(serving, model, done)
    d = len(prepared.layout.outcomes)
    subject = table.subject[rows]
    frame = frame.assign(
        subject_id=np.repeat(table.subject_ids[subject], d),
        place=np.tile(np.arange(d), len(rows)),
        own_records=np.repeat(table.position[rows], d),
        time_days=np.repeat(table.time[rows] * (DAYS_PER_YEAR if prepared.study.dated else 1.0), d),
        value=_measured(prepared, rows).ravel(),
        last_value=_last_values(table, rows).ravel(),
        role=np.repeat(role[subject], d),
    )
    return frame[frame["value"].notna()]


def before_records(prepared: Prepared, rows: Ints, evaluated: Bools) -> Serving:
    """The records at `rows` (M,) as records to be predicted; how long a patient is silent today does not count."""
    study = replace(prepared.study, serve=replace(prepared.study.serve, max_silence_days=None))
    table = prepared.table
    newest = newest_before(table, rows)
    age = np.where(newest >= 0, table.time[rows][:, None] - table.time[np.maximum(newest, 0)], np.nan)
    age = np.where(study.dated, age, np.nan)
    return Serving(replace(prepared, study=study), rows, table.subject[rows], age, evaluated)


def _predicted(serving: Serving, model: ServingModel, done: AdaptedSubjects) -> pd.DataFrame:
    """Numbers in clinical units, support size and the reason where there are none: (M * D) rows."""
    nobody = np.zeros(len(serving.rows), dtype=bool)
    flags = np.full(done.lost.shape, "", dtype=object)
    frame = statuses(serving, nobody, flags, done.lost, {})
    columns = clinical_columns(serving, done.forecasts[CHAMPION], model.calibrations[CHAMPION], "")
    instead = np.where(done.alarm.diverged[:, None], done.instead, "").ravel()
    frame = frame.assign(**columns, predictor="", instead=instead)
    frame = with_fallbacks(serving, frame, done.forecasts[FALLBACK], model.calibrations)
    withheld = frame["status"] == WITHHELD
    frame.loc[withheld, list(NUMBERS)] = np.nan
    return frame.assign(reason=np.where(withheld, frame["reason"], ""))


def _last_values(table: RecordTable, rows: Ints) -> Floats:
    """(M, D) the newest own value of each outcome before these rows; NaN where there is none."""
    newest = newest_before(table, rows)
    values = np.take_along_axis(table.y, np.maximum(newest, 0), axis=0)
    return np.where(newest >= 0, values, np.nan)


def _measured(prepared: Prepared, rows: Ints) -> Floats:
    """(M, D) what came, in clinical units; NaN where it was not measured, or the outcome is withheld."""
    values = prepared.table.y[rows].copy()
    values[:, prepared.hidden] = np.nan
    return values


def replayed_tonight(
    model: ServingModel,
    serving: Serving | None,
    tonight: Tonight,
    subjects: pd.DataFrame,
    roles_of_fresh: tuple[np.ndarray, Ints],
    earlier: Replayed | None,
) -> Replayed:
    """The replay of tonight: of an earlier night for who is as they were then, else computed.

    Args:
        model: the trained model.
        serving: the predicted records of the fresh subjects, without other subjects; None where there is none.
        tonight: the R current subjects. Who is withheld for records that contradict each other has no replay.
        subjects: (R,) their subject_id and part.
        roles_of_fresh: `roles` of the fresh subjects.
        earlier: of that night; None where there is none.

    """
    shown, rows = ~tonight.held, _typed(pd.DataFrame(columns=list(COLUMNS)))
    if serving is not None:
        rows = replay(model, serving, shown[tonight.fresh], roles_of_fresh)
    if earlier is not None:
        taken = [~(tonight.fresh | tonight.held), tonight.fresh & shown]
        rows = _typed(spliced_by_subject([earlier.rows, rows], subjects["subject_id"], taken))
    return Replayed(rows, subjects[shown].reset_index(drop=True))


def replayed_before(subjects: pd.DataFrame, earlier: Replayed | None) -> Bools:
    """(R,) which subjects (subject_id and part) have a replay of an earlier night, by the same fits."""
    if earlier is None:
        return np.zeros(len(subjects), dtype=bool)
    place = places_among(subjects["subject_id"], earlier.subjects["subject_id"])
    same = place >= 0
    same[same] = earlier.subjects["part"].to_numpy()[place[same]] == subjects["part"].to_numpy()[same]
    return same
