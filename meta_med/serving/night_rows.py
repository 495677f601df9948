"""The rows of a night that a release is made of: all, or only those of patients who changed since the release before.

The others are known to have the same rows without making them: adapting, predicting and replaying took theirs over from
the night of that release (`tonight`), and their row of `subjects` is the same.
"""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from meta_med import run_files
from meta_med.cohorts.columns.text_places import places_among
from meta_med.cohorts.record_table import Bools
from meta_med.explain.explained import FILES
from meta_med.published.content.carried import Kept, Saved
from meta_med.serving.statuses import WITHHELD
from meta_med.serving.tonight import kept_from

BY = "subject_id"


@dataclass(frozen=True)
class ReleaseBefore:
    """The patients of the release before, as its run saved them, and the folder of its night."""

    saved: Saved
    night: Path


def kept_patients(folder: Path, subjects: pd.DataFrame, before: ReleaseBefore | None) -> Kept | None:
    """The patients whose rows are those of the release before; None where that is known of nobody.

    Args:
        folder: of the night.
        subjects: (P,) rows of the published `subjects` table.
        before: the release before; None where all rows are made anew.

    """
    same = None if before is None else kept_from(folder, before.night)
    if before is None or same is None or len(same) != len(subjects):
        return None
    # needs SQLAlchemy, without which the science can be imported
    from meta_med.published.content.release_content import subjects_table

    table = subjects_table(subjects)
    place = np.where(same, places_among(table[BY], before.saved.patients), -1)
    mask = before.saved.same_subjects(table, place)
    return before.saved.kept(mask, place) if mask.any() else None


@dataclass(frozen=True)
class NightRows:
    """Rows of the files in a night's folder.

    Attributes:
        folder: of the night.
        patients: the patients whose rows are read; None to read everybody's.

    """

    folder: Path
    patients: pa.Array | None

    @classmethod
    def without(cls, folder: Path, subjects: pd.DataFrame, kept: Kept | None) -> "NightRows":
        """The rows of all patients of `subjects` but those who are kept."""
        names = None if kept is None else pa.array(subjects.loc[~kept.mask, BY], type=pa.large_string())
        return cls(folder, names)

    def read(self, name: str) -> pd.DataFrame:
        """The rows of a file that names subjects."""
        only = None if self.patients is None else pc.field(BY).isin(self.patients)
        return pd.read_parquet(self.folder / name, filters=only)

    def of(self, names: "pd.Series[str] | np.ndarray") -> Bools:
        """Whose rows are read, for the patients of these names (n,)."""
        if self.patients is None:
            return np.ones(len(names), dtype=bool)
        return places_among(names, self.patients) >= 0

    def explained(self) -> dict[str, pd.DataFrame]:
        """Table -> rows that explain predictions which are shown and are the champion's, not those of a fallback."""
        tables = {name: self.read(file) for name, (file, _) in FILES.items()}
        own = (self._statuses["status"] != WITHHELD) & (self._statuses["instead"] == "")
        if own.all():
            return tables
        shown = _Shown.of(self.read(run_files.PREDICTIONS)[own.to_numpy()])
        return {name: rows[shown.has(rows)].reset_index(drop=True) for name, rows in tables.items()}

    @cached_property
    def _statuses(self) -> pd.DataFrame:
        """The rows of the statuses, which stand in the order of the predictions and have no names."""
        rows = pd.read_parquet(self.folder / run_files.STATUSES, columns=["status", "instead"])
        if self.patients is None:
            return rows
        names = pq.read_table(self.folder / run_files.PREDICTIONS, columns=[BY])[BY]
        read: Bools = pc.is_in(names, value_set=self.patients.cast(names.type)).to_numpy()
        return rows[read]


@dataclass(frozen=True)
class _Shown:
    """Subjects, outcomes, and (S + 1, D + 1) which pairs are shown; the last of each stands for unknown ones."""

    subjects: pd.Index
    outcomes: pd.Index
    pairs: Bools

    @classmethod
    def of(cls, rows: pd.DataFrame) -> "_Shown":
        subject, outcome = (pd.Index(rows[name]) for name in (BY, "outcome"))
        subjects, outcomes = subject.unique(), outcome.unique()
        pairs = np.zeros((len(subjects) + 1, len(outcomes) + 1), dtype=bool)
        pairs[places_among(subject, subjects), places_among(outcome, outcomes)] = True
        return cls(subjects, outcomes, pairs)

    def has(self, rows: pd.DataFrame) -> Bools:
        """(n,) whether the prediction that each row is about is shown."""
        subject, outcome = (
            places_among(rows[name], index)
            for index, name in ((self.subjects, BY), (self.outcomes, "outcome"))
        )
        return np.asarray(self.pairs[subject, outcome])
