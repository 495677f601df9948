"""Which settings of a study can be evaluated on its records; one that cannot does not stop the others.

A setting is impossible where a fold leaves too few patients with a record that it predicts, where too few cohorts can
be left out, or where it asks nothing that an earlier setting does not ask: nobody has the records that it is about.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from meta_med.cohorts.cohort_folds import cohort_folds, leave_cohorts_out
from meta_med.cohorts.record_table import Ints, RecordTable
from meta_med.cohorts.splits import SPLITS, Split, Splits, split_subjects
from meta_med.enough import SPLIT_AND_TASK, needed_by
from meta_med.episodes.queries import main_setting, queries_of
from meta_med.study import Setting, StudyMismatch, StudySpec


def impossible_settings(table: RecordTable, study: StudySpec) -> dict[str, str]:
    """Setting -> why it cannot be evaluated on these records, as a sentence; the others can."""
    out: dict[str, str] = {}
    asked: dict[Setting, set[int]] = {}
    for setting in sorted(study.evaluation.settings, key=lambda name: name == "new_cohort"):
        why = _too_few_cohorts(table, study) if setting == "new_cohort" else ""
        if setting != "new_cohort":
            asked[setting] = _questions(table, study, setting)
            same = [s for s in asked if s != setting and s not in out and asked[s] >= asked[setting]]
            why = _asks_nothing_new(same[0]) if same and asked[setting] else ""
        main = next((s for s in asked if s not in out), main_setting(study))
        if why := why or _too_few_patients(table, study, setting, main):
            out[setting] = why
    return out


def possible_part(study: StudySpec, impossible: Mapping[str, str]) -> StudySpec:
    """The study with its possible settings only.

    Raises:
        StudyMismatch: there are none; it says why.

    """
    left = tuple(s for s in study.evaluation.settings if s not in impossible)
    if not left:
        each = " ".join(f"{setting}: {why}" for setting, why in impossible.items())
        raise StudyMismatch(f"evaluation.settings: none can be evaluated. {each}")
    return replace(study, evaluation=replace(study.evaluation, settings=left))


def _asks_nothing_new(other: str) -> str:
    return f"Every prediction that it asks for is asked for by {other} too: nobody has further records."


def _too_few_cohorts(table: RecordTable, study: StudySpec) -> str:
    try:
        cohort_folds(table, study)
    except StudyMismatch as mismatch:
        return f"{mismatch}."
    return ""


def _too_few_patients(table: RecordTable, study: StudySpec, setting: Setting, main: Setting) -> str:
    """The first fold in which no outcome has enough patients in every split; "" if there is none."""
    asked = main if setting == "new_cohort" else setting
    for splits in _folds(table, study, setting):
        own = _Folded(study, table, splits)
        counts = np.stack([own.patients(split, asked) for split in SPLITS])
        short = counts < np.asarray([[needed_by(split)] for split in SPLITS])
        if short.any(0).all():
            return _few(SPLITS[int(short.any(1).argmax())])
    return ""


def _few(split: Split) -> str:
    who, task = SPLIT_AND_TASK[split]
    least = needed_by(split)
    patients = "patient" if least == 1 else "patients"
    return f"A fold has fewer than {least} {who} {patients} with a record that it predicts, too few {task}."


def _folds(table: RecordTable, study: StudySpec, setting: Setting) -> Iterator[Splits]:
    if setting == "new_cohort":
        for fold in range(cohort_folds(table, study)):
            yield leave_cohorts_out(table, study, fold)
    else:
        for fold in range(study.splits.folds):
            yield split_subjects(table, replace(study.splits, fold=fold, leave_cohorts_out=0))


def _questions(table: RecordTable, study: StudySpec, setting: Setting) -> set[int]:
    """One number for each prediction that the setting asks for, of all patients."""
    everybody = Splits(np.zeros(table.n_subjects, dtype=np.int64))
    queries = queries_of(_Folded(study, table, everybody), SPLITS[0], setting, thinned=False)
    most = study.budget.max_support + 1
    key = (queries.rows * (table.n_records + 1) + queries.end) * most + queries.size
    return set(key.tolist())


@dataclass(frozen=True)
class _Folded:
    """A study's records in the split of one fold."""

    study: StudySpec
    table: RecordTable
    splits: Splits

    def rows(self, split: Split) -> Ints:
        """Rows of a split's subjects."""
        return self.table.rows_of(self.splits.subjects(split))

    def patients(self, split: Split, setting: Setting) -> Ints:
        """(D,) number of persons with a predicted value of each outcome."""
        rows = queries_of(self, split, setting).rows
        person, seen = self.table.person[self.table.subject[rows]], ~np.isnan(self.table.y[rows])
        return np.asarray([len(np.unique(person[column])) for column in seen.T], dtype=np.int64)
