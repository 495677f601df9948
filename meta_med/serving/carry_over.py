"""What a night takes over from an earlier one: the forecasts of subjects whose records and cohort are the same.

They must be of the same model version and code. A subject's forecasts depend on nothing else (`blocks`), so that the
result is that of adapting everybody. Records are compared value by value, not by a hash.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from meta_med import run_files
from meta_med.cohorts.record_table import Bools, Floats, Ints, RecordTable
from meta_med.forecast import Forecast
from meta_med.meta_train.saved_predictors import load_forecasts, save_forecasts
from meta_med.serving.adapt import AdaptedSubjects
from meta_med.serving.guard_checks import Alarm

SUBJECT, FALLBACK_CODE = "subject", "instead"


@dataclass(frozen=True)
class EarlierNight:
    """The records of an earlier night, and (R,) its current subjects with what was adapted for them."""

    table: RecordTable
    subject: Ints
    adapted: AdaptedSubjects

    @classmethod
    def load(cls, folder: Path) -> "EarlierNight":
        """Read the folder of a night."""
        arrays = load_file(folder / run_files.ALARMS)
        names = np.asarray(
            json.loads((folder / run_files.FALLBACKS).read_text(encoding="utf-8")), dtype=object
        )
        alarm = Alarm(arrays["covariates"], arrays["trajectory"], arrays["diverged"])
        adapted = AdaptedSubjects(
            load_forecasts(folder / run_files.ADAPTED), alarm, names[arrays[FALLBACK_CODE]], arrays["lost"]
        )
        return cls(RecordTable.load(folder / run_files.RECORDS), arrays[SUBJECT], adapted)

    def places(self, table: RecordTable, subject: Ints) -> Ints:
        """(R,) for each current subject of tonight's table the place in this night that holds for them, -1: none."""
        earlier = same_subjects(self.table, table)[subject]
        place = np.full(self.table.n_subjects, -1)
        place[self.subject] = np.arange(len(self.subject))
        return np.where(earlier >= 0, place[np.maximum(earlier, 0)], -1)


def save_adapted(folder: Path, subject: Ints, adapted: AdaptedSubjects) -> None:
    """Write what was adapted for the current subjects (R,) into the folder of a night."""
    save_forecasts(folder / run_files.ADAPTED, adapted.forecasts)
    names, code = np.unique(adapted.instead.astype(str), return_inverse=True)
    alarm = adapted.alarm
    arrays = {
        SUBJECT: subject,
        FALLBACK_CODE: code.reshape(adapted.instead.shape),
        "lost": adapted.lost,
        "covariates": alarm.covariates,
        "trajectory": alarm.trajectory,
        "diverged": alarm.diverged,
    }
    save_file({name: np.ascontiguousarray(a) for name, a in arrays.items()}, folder / run_files.ALARMS)
    (folder / run_files.FALLBACKS).write_text(json.dumps(names.tolist()), encoding="utf-8")


def same_subjects(before: RecordTable, now: RecordTable) -> Ints:
    """(n_subjects,) for each subject of `now` the index of the same one in `before`, if all records are equal; else -1.

    Nobody is the same where the tables have different covariates.
    """
    nobody = np.full(now.n_subjects, -1)
    if before.covariates != now.covariates or before.n_subjects == 0:
        return nobody
    place = np.minimum(np.searchsorted(before.subject_ids, now.subject_ids), before.n_subjects - 1)
    lengths = [np.diff(t.offsets) for t in (before, now)]
    found = (before.subject_ids[place] == now.subject_ids) & (lengths[0][place] == lengths[1])
    rows = now.rows_of(found)
    earlier = before.offsets[place[now.subject[rows]]] + now.position[rows]
    equal = np.ones(now.n_records, dtype=bool)
    equal[rows] = _equal_rows(before, earlier, now, rows)
    whole = np.logical_and.reduceat(equal, now.offsets[:-1])
    return np.where(found & whole, place, nobody)


def _equal_rows(before: RecordTable, earlier: Ints, now: RecordTable, rows: Ints) -> Bools:
    """(r,) whether the rows of both tables hold the same values and cohorts."""
    known = {name: place for place, name in enumerate(now.cohort_names)}
    place = np.asarray([known.get(name, -1) for name in before.cohort_names], dtype=np.int64)
    equal = np.asarray(place[before.cohort[earlier]] == now.cohort[rows], dtype=bool)
    for name in ("time", "x", "y", "next_x"):
        one, other = getattr(before, name), getattr(now, name)
        if len(one) and len(other):
            equal &= _same(one[earlier], other[rows])
        elif len(one) != len(other):
            return np.zeros(len(rows), dtype=bool)
    return equal


def _same(one: Floats, other: Floats) -> Bools:
    """(r,) whether all values of a row are equal, missing ones too."""
    same = (one == other) | (np.isnan(one) & np.isnan(other))
    return np.asarray(same if same.ndim == 1 else same.all(1))


def merged(
    new: AdaptedSubjects | None, earlier: AdaptedSubjects, changed: Bools, place: Ints
) -> AdaptedSubjects:
    """What was adapted for all R current subjects.

    Args:
        new: of the changed ones, in their order; None where nobody changed.
        earlier: of an earlier night; changed: (R,); place: (R,) in the earlier night, for the others.

    """
    old = taken(earlier, place[~changed])
    if new is None:
        return old
    order = np.argsort(np.concatenate([np.flatnonzero(changed), np.flatnonzero(~changed)]))
    return taken(joined_adapted([new, old]), order)


def joined(nights: Sequence[EarlierNight], places: Sequence[Ints]) -> tuple[AdaptedSubjects, Ints]:
    """What several nights hold as one, and (R,) for each subject the place in it, -1: none; the first night counts.

    Args:
        nights: at least one; places: of each night, (R,) as of `EarlierNight.places`.

    """
    place, before = places[0], len(nights[0].subject)
    for night, own in zip(nights[1:], places[1:], strict=True):
        place, before = np.where((place < 0) & (own >= 0), own + before, place), before + len(night.subject)
    return joined_adapted([night.adapted for night in nights]), place


def taken(adapted: AdaptedSubjects, rows: Ints) -> AdaptedSubjects:
    """What was adapted for some of the subjects, by their places."""
    alarm = Alarm(*(values[rows] for values in vars(adapted.alarm).values()))
    forecasts = {name: f.take(rows) for name, f in adapted.forecasts.items()}
    return replace(
        adapted, forecasts=forecasts, alarm=alarm, instead=adapted.instead[rows], lost=adapted.lost[rows]
    )


def joined_adapted(parts: Sequence[AdaptedSubjects]) -> AdaptedSubjects:
    """What was adapted for several groups of subjects by one model, in their order; at least one group."""
    if len(parts) == 1:
        return parts[0]
    alarms = zip(*(vars(part.alarm).values() for part in parts), strict=True)
    return AdaptedSubjects(
        forecasts=_joined_forecasts([part.forecasts for part in parts]),
        alarm=Alarm(*(np.concatenate(each) for each in alarms)),
        instead=np.concatenate([part.instead.astype(object) for part in parts]),
        lost=np.concatenate([part.lost for part in parts]),
    )


def _joined_forecasts(parts: Sequence[Mapping[str, Forecast]]) -> dict[str, Forecast]:
    """Forecasts of one model: their degrees of freedom are the same."""
    return {
        name: Forecast(
            np.concatenate([part[name].mean for part in parts]),
            np.concatenate([part[name].scale for part in parts]),
            first.df,
        )
        for name, first in parts[0].items()
    }
