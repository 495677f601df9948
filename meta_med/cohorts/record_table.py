"""Records as sorted columns with offsets: one row per (subject, time), ragged, without loops over subjects."""

import json
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Literal

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from meta_med.cohorts import doses
from meta_med.study import DAYS_PER_YEAR

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]
Ahead = Literal["own", "computed", "window", "carried", "advances", "doses", "planned", "fixed"]
"""Where the predicted record's value of a covariate known ahead comes from: it is the record's own, computed from its
time or from rows strictly before it, or over a window of rows up to the newest record that may be used; or it is made
from that newest record: carried over, advanced by the time between, its doses decayed, as that record plans it, or
fixed by the study (`episodes.query_covariates`)."""
NEAR_DAYS = 1e-6  # tolerance for rounded times at the end of the gap
ARRAYS = ("offsets", "time", "x", "y", "cohort", "next_x")


@dataclass(frozen=True)
class RecordTable:
    """All records of a study, sorted by (subject, time).

    What follows from them for every record is computed once: blocks of a few subjects ask for it again and again.

    Attributes:
        subject_ids: (n_subjects,) str; sorted.
        offsets: (n_subjects + 1,); records of subject s are rows offsets[s]:offsets[s + 1].
        time: (n,) years on the study's own axis, strictly increasing within a subject.
        x: (n, F) covariates as numbers (categories one-hot); NaN where missing.
        y: (n, D) outcomes in clinical units (0/1 for binary); NaN where missing.
        cohort: (n,) index into cohort_names: the subject's cohort at that record.
        covariates, known_ahead: (F,) names; whether a covariate is known before the record is made.
        ahead: (F,) where the value in a predicted record comes from; empty: each is the record's own.
        next_x: (n, F) as known at each record, the values of one that follows it by the study's horizon, where they are
            neither `carried` nor follow from the time between (`computed`, `window`: at each subject's newest record
            only); NaN elsewhere. No rows where there are no such values.
        log_covariate: (F,) whether it is modelled on the log scale.
        most: (F,) how many levels its category keeps; 0: all.
        by_cohort: (F,) whether it is centred by cohort.
        person_ids: (n_subjects,) str: the person of each subject, for splits; one person may have several series.
            Empty: each subject is a person.
        patient_ids: (n_subjects,) str: the patient identifier of each subject in the source table. Empty: subjects
            are patients.

    """

    subject_ids: NDArray[np.str_]
    offsets: Ints
    time: Floats
    x: Floats
    y: Floats
    cohort: Ints
    cohort_names: tuple[str, ...]
    covariates: tuple[str, ...]
    known_ahead: tuple[bool, ...]
    log_covariate: tuple[bool, ...]
    most: tuple[int, ...] = ()
    by_cohort: tuple[bool, ...] = ()
    ahead: tuple[Ahead, ...] = ()
    next_x: Floats = field(default_factory=lambda: np.zeros((0, 0)))
    person_ids: NDArray[np.str_] = field(default_factory=lambda: np.asarray([], dtype=np.str_))
    patient_ids: NDArray[np.str_] = field(default_factory=lambda: np.asarray([], dtype=np.str_))

    @cached_property
    def person(self) -> Ints:
        """(n_subjects,) index of each subject's person; persons are numbered by first appearance."""
        if not len(self.person_ids) or np.array_equal(self.person_ids, self.subject_ids):
            return np.arange(self.n_subjects)
        _, first, code = np.unique(self.person_ids, return_index=True, return_inverse=True)
        rank = np.empty(len(first), dtype=np.int64)
        rank[np.argsort(first)] = np.arange(len(first))
        return np.asarray(rank[code])

    @property
    def n_persons(self) -> int:
        """Number of persons; some may have several series."""
        return int(self.person.max(initial=-1)) + 1

    @property
    def people(self) -> dict[str, int]:
        """The number of patients, and that of their series where some have several."""
        several = self.n_subjects > self.n_persons
        return {"patients": self.n_persons, **({"series": self.n_subjects} if several else {})}

    def persons_of(self, subjects: Collection[str]) -> int:
        """Number of persons among these subjects."""
        return int(np.count_nonzero(np.bincount(self.person[self.has(subjects)])))

    def has(self, subjects: Collection[str]) -> Bools:
        """(n_subjects,) which subjects are among these."""
        return _among(self._subject_texts, subjects)

    @cached_property
    def _subject_texts(self) -> pa.Array:
        """The subjects' names in Arrow: making texts of a million names takes as long as looking them up."""
        return _texts(self.subject_ids)

    @property
    def n_records(self) -> int:
        """Number of rows."""
        return len(self.time)

    @property
    def n_subjects(self) -> int:
        """Number of subjects."""
        return len(self.subject_ids)

    @cached_property
    def subject(self) -> Ints:
        """(n,) index of each row's subject."""
        return np.repeat(np.arange(self.n_subjects), np.diff(self.offsets))

    def of_patients(self, ids: Collection[str]) -> Bools:
        """(n_subjects,) mask of the subjects of these patients of the source table."""
        return _among(_texts(self.patients), ids)

    @property
    def patients(self) -> NDArray[np.str_]:
        """(n_subjects,) patient identifier of each subject in the source table."""
        return self.patient_ids if len(self.patient_ids) else self.subject_ids

    @cached_property
    def position(self) -> Ints:
        """(n,) how many records the subject has before each row."""
        return np.arange(self.n_records) - np.repeat(self.offsets[:-1], np.diff(self.offsets))

    @property
    def entry_cohort(self) -> Ints:
        """(n_subjects,) the cohort at the subject's first record."""
        return self.cohort[self.offsets[:-1]]

    @cached_property
    def cohort_before(self) -> Ints:
        """(n,) the cohort known before each record: that of the previous record; its own at entry."""
        before = np.maximum(
            np.arange(self.n_records) - 1, np.repeat(self.offsets[:-1], np.diff(self.offsets))
        )
        return self.cohort[before]

    @property
    def newest(self) -> Ints:
        """(n_subjects,) row of each subject's newest record."""
        return self.offsets[1:] - 1

    def rows_of(self, subjects: Bools) -> Ints:
        """Rows of the subjects that a mask (n_subjects,) selects."""
        return np.flatnonzero(np.repeat(subjects, np.diff(self.offsets)))

    def of_subjects(self, kept: Bools) -> "RecordTable":
        """The records of the subjects that a mask (n_subjects,) selects."""
        rows = self.rows_of(kept)
        return replace(
            self,
            subject_ids=self.subject_ids[kept],
            offsets=np.append(0, np.cumsum(np.diff(self.offsets)[kept])),
            **{name: getattr(self, name)[rows] for name in ("time", "x", "y", "cohort")},
            next_x=self.next_x[rows] if len(self.next_x) else self.next_x,
            person_ids=self.person_ids[kept] if len(self.person_ids) else self.person_ids,
            patient_ids=self.patient_ids[kept] if len(self.patient_ids) else self.patient_ids,
        )

    def save(self, folder: Path) -> None:
        """Write columns (safetensors) and names (JSON)."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays = {n: np.ascontiguousarray(getattr(self, n)) for n in ARRAYS}
        save_file(arrays, folder / "records.safetensors")
        names = {
            "subject_ids": self.subject_ids.tolist(),
            "cohort_names": self.cohort_names,
            "covariates": self.covariates,
            "known_ahead": self.known_ahead,
            "log_covariate": self.log_covariate,
            "most": self.most,
            "by_cohort": self.by_cohort,
            "ahead": self.ahead,
            "person_ids": self.person_ids.tolist(),
            "patient_ids": self.patient_ids.tolist(),
        }
        (folder / "records.json").write_text(json.dumps(names))

    @classmethod
    def load(cls, folder: Path) -> "RecordTable":
        """Read what `save` wrote."""
        names = json.loads((folder / "records.json").read_text())
        arrays = load_file(folder / "records.safetensors")
        return cls(
            subject_ids=np.asarray(names["subject_ids"], dtype=np.str_),
            **{name: arrays[name] for name in ARRAYS},
            cohort_names=tuple(names["cohort_names"]),
            covariates=tuple(names["covariates"]),
            known_ahead=tuple(names["known_ahead"]),
            log_covariate=tuple(names["log_covariate"]),
            most=tuple(names["most"]),
            by_cohort=tuple(names["by_cohort"]),
            ahead=tuple(names["ahead"]),
            person_ids=np.asarray(names["person_ids"], dtype=np.str_),
            patient_ids=np.asarray(names["patient_ids"], dtype=np.str_),
        )


def _texts(names: NDArray[np.str_]) -> pa.Array:
    return pa.array(names.tolist(), type=pa.large_string())


def _among(names: pa.Array, wanted: Collection[str]) -> Bools:
    """(n,) which names are wanted, by Arrow: `np.isin` compares every pair of unlike types of text."""
    column = wanted.array if isinstance(wanted, pd.Series | pd.Index) else wanted
    others = column if isinstance(column, pd.api.extensions.ExtensionArray) else list(column)
    known = pa.array(others, type=pa.large_string(), from_pandas=True)
    return np.asarray(pc.is_in(names, value_set=known))


def with_newest_hidden(table: RecordTable, subjects: Bools) -> RecordTable:
    """The table without the outcomes of the newest record of these (n_subjects,) subjects, which is to be predicted.

    Others keep theirs: what is counted over training patients must not depend on whom is served.
    """
    y = table.y.copy()
    y[table.newest[subjects]] = np.nan
    return replace(table, y=y)


def with_next_records(table: RecordTable, years_ahead: float, advancing: tuple[str, ...]) -> RecordTable:
    """The table with one more, empty record per subject: the one to be predicted, `years_ahead` of the newest.

    Covariates known ahead are as the newest record tells them: carried over, or its `next_x`; those in `advancing` grow
    with time. Covariates measured at a record and all outcomes are missing. Doses decay; those known ahead are added.
    """
    newest = table.newest
    at = np.asarray(table.offsets[1:])
    x = table.x[newest].copy()
    x[:, ~np.asarray(table.known_ahead)] = np.nan
    x = doses.decayed(x, table.covariates, np.full(len(x), years_ahead))
    for name in advancing:
        x[:, table.covariates.index(name)] += years_ahead
    if len(table.next_x):
        told = [source in ("computed", "window", "planned", "fixed") for source in table.ahead]
        x[:, told] = table.next_x[newest][:, told]
    return replace(
        table,
        offsets=table.offsets + np.arange(table.n_subjects + 1),
        time=np.insert(table.time, at, table.time[newest] + years_ahead),
        x=np.insert(table.x, at, x, axis=0),
        y=np.insert(table.y, at, np.nan, axis=0),
        cohort=np.insert(table.cohort, at, table.cohort[newest]),
        next_x=np.insert(table.next_x, at, np.nan, axis=0) if len(table.next_x) else table.next_x,
    )


def newest_usable(offsets: Ints, time: Floats, gap_days: float = 0.0) -> Ints:
    """(n,) one past the newest own record that lies at least `gap_days` before each record.

    Args:
        offsets, time: as of a RecordTable; gap_days: the study's `records.gap_days`.

    """
    start = np.repeat(offsets[:-1], np.diff(offsets))
    end, gap = np.arange(len(time)), (gap_days - NEAR_DAYS) / DAYS_PER_YEAR
    while gap > 0:  # one pass per record within the gap, for all rows at once
        near = (end > start) & (time - time[end - 1] < gap)
        if not near.any():
            break
        end -= near
    return end
