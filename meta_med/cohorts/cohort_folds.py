"""Leave-cohorts-out folds: how a model performs in a hospital, trial arm or diagnosis group that it has not seen.

Cohorts are held out in turn. About a quarter of the others are left out of training too: champion and calibration are
fitted on their subjects, so that they too are chosen for unseen cohorts. Some subjects of every cohort that is left out
lend their records as its context and are never predicted.

Cohorts are few and contexts have a size, so both are counted off in the order of a keyed hash (`persons.places`): a
new cohort moves those behind it by one, and a new person at most one lender. Whether a person of a validation cohort
tunes or calibrates depends on the person alone.
"""

import numpy as np

from meta_med.cohorts.assign import OTHER
from meta_med.cohorts.persons import person_places
from meta_med.cohorts.record_table import Ints, RecordTable
from meta_med.cohorts.splits import SPLITS, Splits, cohort_order
from meta_med.study import StudyMismatch, StudySpec

TRAINED, VALIDATION, LEFT_OUT = 0, 1, 2
VALIDATION_SHARE = 0.25  # of the cohorts that are not held out; up to half of them
VALIDATION_PERSONS = 100  # where they have fewer persons than this


def cohort_sizes(study: StudySpec) -> tuple[int, ...]:
    """The evaluated numbers m of subjects that lend context in a new cohort.

    Where outcomes are standardised by cohort, a cohort without subjects has no scale, so m = 0 is left out.
    """
    by_cohort = any(o.standardise == "cohort" for o in study.outcomes)
    return tuple(m for m in study.evaluation.cohort_sizes if m > 0 or not by_cohort)


def cohort_folds(table: RecordTable, study: StudySpec) -> int:
    """Number of folds: `evaluation.cohort_folds`, or fewer where there are not enough cohorts.

    Raises:
        StudyMismatch: too few cohorts for held-out, validation and training ones.

    """
    at_a_time, proper = study.evaluation.cohorts_out, len(_proper_cohorts(table))
    if len(table.cohort_names) < at_a_time + 2:
        raise StudyMismatch(
            f"evaluation.settings: new_cohort with {at_a_time} cohorts out needs {at_a_time + 2} cohorts, "
            f"the study has {len(table.cohort_names)}"
        )
    return min(study.evaluation.cohort_folds, max(1, proper // at_a_time))


def leave_cohorts_out(table: RecordTable, study: StudySpec, fold: int) -> Splits:
    """Splits by whole cohorts.

    Held-out cohorts are `held_out`; the persons of validation cohorts are divided between `tuning` and `calibration`;
    the other cohorts are `train`. A person with records in cohorts of two roles is used in the stricter one and is in
    no split otherwise. The pooled "other cohorts" are always trained on.
    """
    kind = _roles(table, study, fold)
    role = kind[table.entry_cohort]
    strictest = np.full(int(table.person.max()) + 1, TRAINED)
    np.maximum.at(strictest, table.person[table.subject], kind[table.cohort])
    usable = role == strictest[table.person]
    of = np.where(usable & (role == TRAINED), SPLITS.index("train"), -1)
    strangers = np.flatnonzero(usable & (role != TRAINED))
    place, length = _in_line(table, strangers, study.splits.seed)
    lends = np.full(table.n_subjects, -1)
    lending = place < np.minimum(max(cohort_sizes(study), default=0), length // 2)
    lends[strangers[lending]] = place[lending]
    tunes = person_places(table, study.splits.seed, "validate")[strangers] < 0.5
    dealt = np.where(tunes, SPLITS.index("tuning"), SPLITS.index("calibration"))
    dealt = np.where(role[strangers] == LEFT_OUT, SPLITS.index("held_out"), dealt)
    of[strangers[~lending]] = dealt[~lending]
    return Splits(of.astype(np.int64), lends.astype(np.int64))


def _in_line(table: RecordTable, subjects: Ints, seed: int) -> tuple[Ints, Ints]:
    """(n,) the person's position in its cohort, by the keyed hash, and (n,) the number of persons in that cohort."""
    person, cohort = table.person[subjects], table.entry_cohort[subjects]
    order = np.lexsort((person, person_places(table, seed, "lend")[subjects], cohort))
    new_cohort = np.r_[True, np.diff(cohort[order]) != 0][: len(order)]
    new_person = np.r_[True, np.diff(person[order]) != 0][: len(order)] | new_cohort
    count = np.cumsum(new_person)
    start = np.maximum.accumulate(np.where(new_cohort, count, 0))
    place = np.empty(len(order), dtype=np.int64)
    place[order] = count - start
    length = np.zeros(len(table.cohort_names), dtype=np.int64)
    np.maximum.at(length, cohort, place + 1)
    return place, length[cohort]


def _proper_cohorts(table: RecordTable) -> Ints:
    """Cohorts without the pooled "other cohorts"."""
    return np.flatnonzero(np.asarray(table.cohort_names) != OTHER)


def _order(table: RecordTable, seed: int) -> Ints:
    """The proper cohorts in the order in which they are left out."""
    proper = _proper_cohorts(table)
    return proper[cohort_order([table.cohort_names[cohort] for cohort in proper], seed)]


def _roles(table: RecordTable, study: StudySpec, fold: int) -> Ints:
    """(n_cohorts,) TRAINED, VALIDATION or LEFT_OUT in this fold."""
    n = study.evaluation.cohorts_out
    order = np.roll(_order(table, study.splits.seed), -fold * n)
    out, rest = order[:n], order[n:]
    kind = np.full(len(table.cohort_names), TRAINED)
    kind[out] = LEFT_OUT
    own, free = _persons(table, out)
    mixed = free[rest] < own[rest] / 2  # most of its persons are also in a held-out cohort, and not available
    rest = rest[np.argsort(mixed, kind="stable")]
    wanted = max(1, round(len(rest) * VALIDATION_SHARE))
    enough = int(np.searchsorted(np.cumsum(free[rest]), VALIDATION_PERSONS)) + 1
    kind[rest[: max(1, min(max(wanted, enough), len(rest) // 2))]] = VALIDATION
    return kind


def _persons(table: RecordTable, out: Ints) -> tuple[Ints, Ints]:
    """(n_cohorts,) persons by entry cohort, and those of them without a record in a cohort of `out`."""
    touches = np.bincount(table.person[table.subject], np.isin(table.cohort, out)) > 0
    pairs = np.unique(np.stack([table.entry_cohort, table.person]), axis=1)
    n = len(table.cohort_names)
    return np.bincount(pairs[0], minlength=n), np.bincount(pairs[0][~touches[pairs[1]]], minlength=n)
