"""The accepted rows of one table, a column at a time: a report never holds a large table as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from data_contracts.accepted import AcceptedTables
from data_contracts.terms import Table


@dataclass(frozen=True)
class AcceptedRows:
    """What was accepted of one table, wherever it lies."""

    valid: Mapping[str, pd.DataFrame] = field(repr=False)
    table: Table

    def __len__(self) -> int:
        return count(self.valid, self.table.name)

    @property
    def columns(self) -> list[str]:
        """The contract's columns that the rows have."""
        name = self.table.name
        there = self.valid.judged[name].frame if isinstance(self.valid, AcceptedTables) else self.valid[name]
        return [c.name for c in self.table.columns if c.name in there]

    def __getitem__(self, column: str) -> "pd.Series[Any]":
        if isinstance(self.valid, AcceptedTables):
            return self.valid.column(self.table.name, column)
        return self.valid[self.table.name][column]


def count(valid: Mapping[str, pd.DataFrame], table: str) -> int:
    """How many rows of a table were accepted."""
    if table not in valid:
        return 0
    return valid.count(table) if isinstance(valid, AcceptedTables) else len(valid[table])
