"""Outcomes that are withheld for too few patients, and the numbers of own records that were evaluated.

A patient counts if a query of theirs has a value of the outcome on model scale; a person with several series counts
once. The minimum numbers are in `enough`.
"""

from collections.abc import Mapping, Sequence
from typing import Protocol

import numpy as np

from meta_med.calibrate.strata import STRATA, stratum_of
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.cohorts.splits import SEEDS, SPLITS, Split, nearest_seed
from meta_med.enough import SPLIT_AND_TASK, needed, needed_by, too_few
from meta_med.episodes.queries import Queries, SplitRecords, main_setting, queries_of
from meta_med.episodes.scaling import Scaling
from meta_med.study import StudyMismatch

FEW_PERSONS = 1000  # with more of them, no seed strays far from the shares
FITTED_ON: tuple[Split, ...] = ("train", "tuning", "calibration")


class ScaledRecords(SplitRecords, Protocol):
    """Records, split and scaling of a study; `Prepared` is one."""

    @property
    def scaling(self) -> Scaling:
        """Fitted on training patients."""


Counts = Mapping[Split, Ints]  # (D,) patients by outcome


def patients_by_split(prepared: ScaledRecords) -> Counts:
    """Patients with each outcome in every split, among the queries of the main setting."""
    return {split: _patients(prepared, *_asked(prepared, split)) for split in SPLITS}


def withheld_outcomes(prepared: ScaledRecords, counts: Counts) -> dict[str, str]:
    """Outcome -> why it is withheld: a split that is used for fitting has too few patients."""
    return _short(prepared, counts, FITTED_ON)


def require_enough(prepared: ScaledRecords, splits: Sequence[Split] = SPLITS) -> None:
    """Refuse a study in which no outcome has enough patients.

    Raises:
        StudyMismatch: it names the splits with too few patients of each outcome, with their number and the minimum.

    """
    counts = patients_by_split(prepared)
    if len(_short(prepared, counts, splits)) < len(prepared.study.outcomes):
        return
    each = "; ".join(
        f"outcome {o.name}: " + ", ".join(_lack(s, int(counts[s][d])) for s in splits)
        for d, o in enumerate(prepared.study.outcomes)
    )
    raise StudyMismatch(
        f"splits: too few patients to train, tune, calibrate and evaluate on. {each}. More patients are needed; "
        f"splits.folds, tuning and calibration set how they are divided{_by_another_seed(prepared)}."
    )


def _by_another_seed(prepared: ScaledRecords) -> str:
    """The advice to deal few patients by another seed, where they are dealt and not left out by their cohorts."""
    spec = prepared.study.splits
    if spec.leave_cohorts_out or len(prepared.splits.lends) or prepared.table.n_persons > FEW_PERSONS:
        return ""
    seed = nearest_seed(prepared.table, spec)
    return (
        f", and splits.seed deals them: of the seeds 0 to {SEEDS - 1}, {seed} comes nearest to these shares. Change it "
        "before any result is looked at"
    )


def evaluated_sizes(prepared: ScaledRecords) -> Bools:
    """(D, max_support + 1) mask of the support sizes at which an outcome was evaluated.

    A size counts where its stratum has enough held-out patients, up to the largest size among the queries. Where the
    study states `evaluation.support_sizes`, only these count: a patient with another number of own records is served
    from the largest of them that they have (`served_sizes`).
    """
    queries, seen = _asked(prepared, "held_out")
    sizes = np.arange(prepared.study.budget.max_support + 1)
    stated = prepared.study.evaluation.support_sizes
    asked = np.ones(len(sizes), dtype=bool) if stated is None else np.isin(sizes, stated)
    out = np.zeros((seen.shape[1], len(sizes)), dtype=bool)
    for s in range(len(STRATA)):
        here = stratum_of(queries.size) == s
        own = seen & here[:, None]
        enough = _patients(prepared, queries, own) >= needed("evaluate")
        largest = np.where(own, queries.size[:, None], -1).max(0, initial=-1)
        out |= enough[:, None] & asked & (stratum_of(sizes) == s) & (sizes <= largest[:, None])
    return out


def served_sizes(evaluated: Bools, size: Ints) -> Ints:
    """(R, D) support size used for patients with `size` (R,) own records: the largest one evaluated; -1 for none."""
    sizes = np.arange(evaluated.shape[1])
    last = np.maximum.accumulate(np.where(evaluated, sizes, -1), 1)
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
    """Queries of the main setting (not thinned for training patients), and (R, D) where the outcome is known."""
    setting = main_setting(prepared.study)
    queries = queries_of(prepared, split, setting, thinned=split != "train")
    return queries, ~np.isnan(_values(prepared, queries.rows))


def _values(prepared: ScaledRecords, rows: Ints) -> Floats:
    return prepared.scaling.outcomes(prepared.table.y[rows], prepared.table.cohort[rows])


def _patients(prepared: ScaledRecords, queries: Queries, seen: Bools) -> Ints:
    """(D,) number of persons among the queries with the outcome."""
    person = prepared.table.person[prepared.table.subject[queries.rows]]
    return np.asarray([len(np.unique(person[column])) for column in seen.T], dtype=np.int64)
