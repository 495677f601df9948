"""What a study has too few patients for: outcomes that nothing may be said of, and how many own records were judged.

Patients are counted who are asked about, with a value of the outcome on model scale; a person with several series is
one. The numbers that they are held against stand in `enough`.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

import numpy as np

from meta_med.calibrate.strata import STRATA, stratum_of
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.cohorts.splits import SPLITS, Split
from meta_med.enough import SPLIT_AND_TASK, needed, needed_by, too_few
from meta_med.episodes.queries import Queries, SplitRecords, main_setting, queries_of
from meta_med.episodes.scaling import Scaling
from meta_med.study import StudyMismatch

if TYPE_CHECKING:
    pass

FITTED_ON: tuple[Split, ...] = ("train", "tuning", "calibration")


class ScaledRecords(SplitRecords, Protocol):
    """Records and split of a study, and how they come on model scale, as `Prepared` holds them."""

    @property
    def scaling(self) -> Scaling:
        """Fitted on training patients."""


Counts = Mapping[Split, Ints]  # (D,) patients by outcome


def patients_by_split(prepared: ScaledRecords) -> Counts:
    """How many patients with each outcome every split has, among those the main setting asks about."""
    return {split: _patients(prepared, *_asked(prepared, split)) for split in SPLITS}


def withheld_outcomes(prepared: ScaledRecords, counts: Counts) -> dict[str, str]:
    """Outcome -> why nothing is learned and told of it: a split that predictors are made on has too few patients."""
    return _short(prepared, counts, FITTED_ON)


def require_enough(prepared: ScaledRecords, splits: Sequence[Split] = SPLITS) -> None:
    """Refuse a study none of whose outcomes has enough patients.

    Raises:
        StudyMismatch: it names each outcome's splits that lack patients, with how many there are and are needed.

    """
    counts = patients_by_split(prepared)
    if len(_short(prepared, counts, splits)) < len(prepared.study.outcomes):
        return
    each = "; ".join(
        f"outcome {o.name}: " + ", ".join(_lack(s, int(counts[s][d])) for s in splits)
        for d, o in enumerate(prepared.study.outcomes)
    )
    raise StudyMismatch(
        f"splits: too few patients to learn, choose, calibrate and judge from. {each}. More patients are needed; "
        "splits.folds, tuning and calibration say how they are shared out."
    )


def evaluated_sizes(prepared: ScaledRecords) -> Bools:
    """(D, max_support + 1) numbers of own records that an outcome's predictions were judged at.

    A number counts as judged where its stratum holds enough held-out patients, up to the largest one that was asked.
    """
    queries, seen = _asked(prepared, "held_out")
    sizes = np.arange(prepared.study.budget.max_support + 1)
    out = np.zeros((seen.shape[1], len(sizes)), dtype=bool)
    for s in range(len(STRATA)):
        here = stratum_of(queries.size) == s
        own = seen & here[:, None]
        enough = _patients(prepared, queries, own) >= needed("evaluate")
        largest = np.where(own, queries.size[:, None], -1).max(0, initial=-1)
        out |= enough[:, None] & (stratum_of(sizes) == s) & (sizes <= largest[:, None])
    return out


def served_sizes(judged: Bools, size: Ints) -> Ints:
    """(R, D) own records that are used for patients who have `size` (R,): the largest number judged; -1 for none."""
    sizes = np.arange(judged.shape[1])
    last = np.maximum.accumulate(np.where(judged, sizes, -1), 1)
    return np.asarray(last[:, size].T)


def _short(prepared: ScaledRecords, counts: Counts, splits: Sequence[Split]) -> dict[str, str]:
    out = {}
    for d, outcome in enumerate(prepared.study.outcomes):
        lacking = [too_few(split) for split in splits if counts[split][d] < needed_by(split)]
        if lacking:
            out[outcome.name] = " ".join(lacking)
    return out


def _lack(split: Split, n: int) -> str:
    least = needed_by(split)
    found = f"{n} {SPLIT_AND_TASK[split][0]} patient{'' if n == 1 else 's'}"
    return f"{found} ({least} needed)" if n < least else found


def _asked(prepared: ScaledRecords, split: Split) -> tuple[Queries, Bools]:
    """What the main setting asks about a split, all of it of training patients; (R, D) where the outcome is known."""
    setting = main_setting(prepared.study)
    queries = queries_of(prepared, split, setting, thinned=split != "train")
    return queries, ~np.isnan(_values(prepared, queries.rows))


def _values(prepared: ScaledRecords, rows: Ints) -> Floats:
    return prepared.scaling.outcomes(prepared.table.y[rows], prepared.table.cohort[rows])


def _patients(prepared: ScaledRecords, queries: Queries, seen: Bools) -> Ints:
    """(D,) persons among the queries who have the outcome."""
    person = prepared.table.person[prepared.table.subject[queries.rows]]
    return np.asarray([len(np.unique(person[column])) for column in seen.T], dtype=np.int64)
