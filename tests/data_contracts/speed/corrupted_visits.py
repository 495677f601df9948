"""Visits that break the promises of the bench's contract in drawn ways, as tables and as files of any layout."""

import io
from collections.abc import Callable
from datetime import UTC, datetime
from functools import reduce

import numpy as np
import pandas as pd
import pyarrow as pa
from hypothesis import strategies as st
from pyarrow import parquet

from data_contracts.bench.visits import CONTRACT, visits
from data_contracts.contract import load

NOW = datetime(2026, 1, 1, tzinfo=UTC)
TABLE = load(CONTRACT).tables["visits"]
NUMBERS = ("age", "weight_kg", "creatinine_mg_dl", "glucose_mg_dl", "sbp_mmhg", "outcome")
Corruption = Callable[[pd.DataFrame, np.random.Generator], pd.DataFrame]


def _rows(frame: pd.DataFrame, rng: np.random.Generator) -> np.ndarray:
    return rng.choice(len(frame), size=max(1, int(rng.choice([1, 3, len(frame) // 8, len(frame) // 2]))))


def _cells(columns: tuple[str, ...], values: list[object]) -> Corruption:
    def corrupt(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
        column = str(rng.choice(columns))
        frame[column] = frame[column].astype(object)
        frame.loc[_rows(frame, rng), column] = values[rng.integers(len(values))]
        return frame

    return corrupt


def _repeat(changed: bool) -> Corruption:
    def corrupt(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
        copies = frame.iloc[_rows(frame, rng)].copy()
        if changed:
            copies["outcome"] = 0.5
        return pd.concat([frame, copies], ignore_index=True)

    return corrupt


def _times_ten(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    column = str(rng.choice(NUMBERS))
    rows = _rows(frame, rng)
    frame.loc[rows, column] = pd.to_numeric(frame[column], errors="coerce")[rows] * 10
    return frame


def _shuffled(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    return frame.iloc[rng.permutation(len(frame))].reset_index(drop=True)


def _twins(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    one = frame[frame["patient_id"] == rng.choice(frame["patient_id"].dropna().astype(str))]
    return pd.concat([frame, one.assign(patient_id="TWIN")], ignore_index=True)


def _frozen(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    column = str(rng.choice(NUMBERS))
    return frame.assign(**{column: frame.groupby("patient_id")[column].transform("first")})


def _leaked(frame: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    return frame.assign(**{str(rng.choice(NUMBERS[1:5])): frame["outcome"]})


CORRUPTIONS: tuple[Corruption, ...] = (
    _cells(NUMBERS, [None, -999, -1.5, 1e9, np.inf, "abc", "1,5", " 7 ", "NA", -0.0, 0.0]),
    _cells(("on_drug",), [None, 2, 0.5, "yes"]),
    _cells(("patient_id", "cohort_id"), [None, " C1 ", "a;b", "NA", "P1\n", "\u0661", ""]),
    _cells(("sex",), [None, "f", " M", "x", "?", "F "]),
    _cells(("time",), [None, "2022-03-04", "2022-03-04T10:00:00", "2022-03-04T10:00:00+02:00", "2099-01-01T00:00:00Z"]),
    _cells(("date_of_birth",), [None, "1950-02-30", "01.02.1950", "1950-02-03", "1850-01-01", "2030-01-01"]),
    _repeat(changed=False),
    _repeat(changed=True),
    _times_ten,
    _shuffled,
    _twins,
    _frozen,
    _leaked,
)  # fmt: skip


def corrupted(seed: int, which: list[int], patients: int = 24) -> pd.DataFrame:
    """A table with some of the corruptions, one after the other, each at drawn places."""
    rng = np.random.default_rng(seed)
    table = visits(8 * patients, seed=seed).assign(on_drug=lambda f: f["on_drug"].astype(object))
    return reduce(lambda frame, at: CORRUPTIONS[at](frame, rng), which, table)


def written(frame: pd.DataFrame) -> pd.DataFrame:
    """The table as a file can hold it: columns of several types become text."""
    return frame.apply(lambda column: column.map(_text) if column.dtype == object else column)


def _text(cell: object) -> str | None:
    if cell is None or cell is pd.NaT or (isinstance(cell, float) and np.isnan(cell)):
        return None
    if isinstance(cell, pd.Timestamp):
        return cell.strftime("%Y-%m-%dT%H:%M:%SZ" if cell.tzinfo else "%Y-%m-%d")
    return str(cell)


def as_parquet(frame: pd.DataFrame, rows_a_group: int) -> bytes:
    """Bytes of a Parquet file with so many rows in each row group."""
    out = io.BytesIO()
    parquet.write_table(pa.Table.from_pandas(frame, preserve_index=False), out, row_group_size=rows_a_group)
    return out.getvalue()


SEEDS = st.integers(0, 10_000)
WHICH = st.lists(st.integers(0, len(CORRUPTIONS) - 1), max_size=4)
