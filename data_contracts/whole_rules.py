"""Rules about a table as a whole: counts, medians, missingness, patients that look alike."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pandas as pd

from data_contracts.checks import CheckSpec
from data_contracts.engine import definite
from data_contracts.findings import Note
from data_contracts.terms import Table
from data_contracts.typing_rules import Mask

_ENOUGH_ROWS = 30


@dataclass(frozen=True, kw_only=True)
class View:
    """What a rule about the whole sees: every row, which of them stay, and the table's terms."""

    frame: pd.DataFrame
    kept: Mask
    table: Table
    now: datetime

    def values(self, column: str) -> "pd.Series":
        """The column in the rows that stay."""
        return self.frame.loc[self.kept, column]

    def subjects(self) -> "pd.Series":
        """The patient of each row that stays."""
        return self.values(self.table.subject or "")


WholeRule = Callable[[View, CheckSpec], Iterator[Note]]


def whole_table_notes(
    frame: pd.DataFrame, kept: Mask, specs: Sequence[CheckSpec], table: Table, now: datetime
) -> list[Note]:
    """What every rule about the whole has to say."""
    view = View(frame=frame, kept=kept, table=table, now=now)
    return [n for s in specs if s.rule in WHOLE_RULES for n in WHOLE_RULES[s.rule](view, s)]


def row_count(view: View, spec: CheckSpec) -> Iterator[Note]:
    """As many rows as expected."""
    rows = len(view.frame)
    low, high = spec.arguments.get("min", 0), spec.arguments.get("max", np.inf)
    if not low <= rows <= high:
        message = f"The table has {rows:,} rows; the contract expects {low:,} to {high:,}."
        yield Note(code=spec.code, message=message, rule=spec.name, count=rows)


WHOLE_RULES: dict[str, WholeRule] = {"row_count": row_count}
