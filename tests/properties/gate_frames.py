"""Damaged tables: the base table with cells, columns and rows that nobody promised."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from tests.bad_inputs.base_table import base_table

ODD_CELLS = (
    None, "", " ", "NULL", "nan", "-999", -999, "1,5", "1e400", float("inf"), "=1+1", "P0001", "P\u200b1", "\ud7ff",
    "9" * 400, "2023-02-29", "9999-12-31T00:00:00Z", "2021-03-28T02:30:00", "0", 0, -1, 10**18, True, "x" * 5000,
    "a\nb", 'a"b', "a,b", "\x00", "\ufffd", Decimal("1.5"), date(2021, 1, 1), b"bytes", ("a", 1),
)  # fmt: skip


@dataclass(frozen=True)
class Spoiled:
    """A table and what was done to it, for whoever reads a failure."""

    table: pd.DataFrame
    steps: tuple[str, ...]


def _retyped(column: "pd.Series[object]") -> "dict[str, Callable[[], object]]":
    n = len(column)
    return {
        "category": lambda: column.where(column.map(pd.api.types.is_hashable), None).astype("category"),
        "text": lambda: column.astype(str),
        "numbers": lambda: np.arange(n),
        "huge numbers": lambda: np.full(n, 2**62),
        "nothing": lambda: [None] * n,
        "not a number": lambda: np.full(n, np.nan),
        "truth": lambda: np.arange(n) % 2 == 0,
        "moments": lambda: pd.date_range("1960-01-01", periods=n, freq="3h", tz="Asia/Tokyo"),
        "local moments": lambda: pd.date_range("2021-01-01", periods=n, freq="30min"),
        "durations": lambda: pd.to_timedelta(np.arange(n), unit="h"),
        "lists": lambda: [[i] for i in range(n)],
        "mixed": lambda: [ODD_CELLS[i % len(ODD_CELLS)] for i in range(n)],
    }


@st.composite
def spoiled(draw: st.DrawFn) -> Spoiled:
    """One to four things that happen to the table."""
    table = base_table(seed=draw(st.integers(0, 3)), patients=draw(st.sampled_from([1, 3, 12])))
    steps = []
    for _ in range(draw(st.integers(1, 4))):
        table, step = draw(_step(table))
        steps.append(step)
    return Spoiled(table, tuple(steps))


@st.composite
def _step(draw: st.DrawFn, table: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    names = list(dict.fromkeys(table.columns))
    name = draw(st.sampled_from(names)) if names else ""
    rows = st.integers(0, max(0, len(table) - 1))
    match draw(st.sampled_from(["cell", "cell", "retype", "drop", "rename", "rows", "again", "conflict"])):
        case "cell" if len(table) and names:
            value, row = draw(st.sampled_from(ODD_CELLS)), draw(rows)
            cells = table[name].astype(object).to_list() if table.columns.is_unique else [None] * len(table)
            cells[row] = value
            return table.assign(
                **{name: pd.Series(cells, index=table.index, dtype=object)}
            ), f"{name}[{row}]={value!r}"
        case "retype" if len(table) and table.columns.is_unique:
            kind = draw(st.sampled_from(sorted(_retyped(pd.Series([0])))))
            return table.assign(**{name: _retyped(table[name])[kind]()}), f"{name} as {kind}"
        case "drop":
            return table.drop(columns=name), f"no {name}"
        case "rename":
            other = draw(st.sampled_from([*names, name.upper(), f" {name} ", "", "notes", "full_name"]))
            return table.rename(columns={name: other}), f"{name} is {other!r}"
        case "rows":
            keep = draw(st.integers(0, len(table)))
            return table.iloc[:keep], f"{keep} rows"
        case "again":
            return pd.concat([table, table.iloc[: draw(rows) + 1]]), "rows again"
        case _:
            changed = table.iloc[: draw(rows) + 1]
            if "outcome" in changed and changed.columns.is_unique:
                changed = changed.assign(outcome=7.5)
            return pd.concat([table, changed]), "rows again with another outcome"
