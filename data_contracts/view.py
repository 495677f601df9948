"""What a rule about a table as a whole gets to see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import pandas as pd

from data_contracts.arrow_cells import Mask
from data_contracts.checks import CheckSpec
from data_contracts.coded import Coded, coded
from data_contracts.findings import Note
from data_contracts.slices import Part
from data_contracts.terms import Table


@dataclass(frozen=True, kw_only=True)
class View:
    """What a rule about the whole sees: every row, which of them stay, and the table's terms."""

    frame: pd.DataFrame
    kept: Mask
    table: Table
    now: datetime

    def values(self, column: str) -> "pd.Series[Any]":
        """The column in the rows that stay."""
        return self.frame[column] if self.kept.all() else self.frame.loc[self.kept, column]

    def subjects(self) -> Coded:
        """The patient of each row that stays."""
        return coded(self.values(self.table.subject or ""))

    def at(self, part: Part, spec: CheckSpec) -> "View":
        """The same view of some of the rows, with the columns that the rule may read."""
        if part.positions is None:
            return self
        beside = [r.column for r in self.table.rules if r.rule == spec.rule == "typical_median"]
        read = dict.fromkeys(filter(None, (*spec.columns, self.table.subject, *beside)))
        frame = self.frame[[c for c in read if c in self.frame]].take(part.positions)
        return replace(self, frame=frame, kept=self.kept[part.positions])


WholeRule = Callable[[View, CheckSpec], Iterator[Note]]


def on_column(spec: CheckSpec, message: str, count: int, code: str = "", column: str = "") -> Note:
    """What a rule says of its column, or of another one of its table."""
    return Note(
        code=code or spec.code, message=message, rule=spec.name, column=column or spec.column, count=count
    )
