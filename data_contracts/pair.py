"""This delivery of a table and the one before, side by side."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from data_contracts.coded import coded
from data_contracts.terms import Table


@dataclass(frozen=True, kw_only=True)
class Pair:
    """This delivery of a table, and the one before."""

    new: pd.DataFrame
    old: pd.DataFrame
    table: Table
    same_bytes: bool = False
    """The two files are one and the same."""

    def of_subjects(self, column: str) -> "tuple[pd.Series[Any], pd.Series[Any]]":
        """(new, old): each patient's last value, as plain text so that two sets of categories compare."""
        subject = self.table.subject or ""
        new, old = (of_each_subject(f, subject, column) for f in (self.new, self.old))
        return new, old

    @property
    def who_and_when(self) -> list[str]:
        """The columns that tell records: the patient, and the time where there is one."""
        return [c for c in (self.table.subject, self.table.time) if c]

    def added(self) -> pd.DataFrame:
        """The rows after everything in the previous delivery: all that is new where deliveries accumulate."""
        time = self.table.time
        return self.new if time is None else self.new[self.new[time] > self.old[time].max()]


def of_each_subject(
    frame: pd.DataFrame, subject: str, column: str, *, first: bool = False
) -> "pd.Series[Any]":
    """Each patient's last value of the column (or first), by patient; who has none is left out."""
    patients = coded(frame[subject])
    rows = np.flatnonzero(patients.there & frame[column].notna().to_numpy())
    rows = rows[::-1] if first else rows
    chosen = np.full(len(patients.values), -1)
    # where a place is written several times, the last one stays
    chosen[patients.codes[rows]] = rows
    found = chosen >= 0
    values = plain(frame[column].take(chosen[found]))
    return values.set_axis(pd.Index(patients.values[found]))


def plain(values: "pd.Series[Any]") -> "pd.Series[Any]":
    """The values without their own delivery's categories, which pandas will not compare with another's."""
    dtype = values.dtype
    return values.astype(dtype.categories.dtype) if isinstance(dtype, pd.CategoricalDtype) else values
