"""What is held back can be found again: file, line, rule, code and the row as it was delivered."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from data_contracts.bundled.tables import bundled
from data_contracts.contract import load
from data_contracts.gate import validate
from data_contracts.reading.parquet_reader import ParquetRows
from data_contracts.validation import held_rows
from data_contracts.validation.result import QUARANTINE_COLUMNS, GateResult


@pytest.fixture
def held(tmp_path: Path) -> GateResult:
    lines = bundled("pbc/visits.csv").read_text().splitlines()
    lines[10] = lines[10].replace(lines[10].split(",")[0], "=HYPERLINK()", 1)
    lines[20] = "=1+1" + lines[20]
    (tmp_path / "visits.csv").write_text("\n".join(lines) + "\n")
    return validate(load("pbc"), {"visits": tmp_path / "visits.csv"})


def test_a_held_row_has_its_line_and_its_original_text(held: GateResult, tmp_path: Path) -> None:
    assert tuple(held.quarantined.columns) == QUARANTINE_COLUMNS
    lines = (tmp_path / "visits.csv").read_text().splitlines()
    for row in held.quarantined.itertuples():
        assert lines[row.line - 1] == row.raw
        assert (row.source, row.file) == ("visits", "visits.csv")


def test_it_is_written_exactly_and_for_spreadsheets_without_formulas(
    held: GateResult, tmp_path: Path
) -> None:
    exact, readable = held_rows.write(held, tmp_path / "q")
    pd.testing.assert_frame_equal(pd.read_parquet(exact), held.quarantined, check_dtype=False)
    raw = pd.read_csv(readable)["raw"]
    assert raw.str.startswith("'=").all()
    assert (raw.str[1:] == held.quarantined["raw"]).all()


def test_a_held_time_that_no_calendar_has_is_told_as_the_number_it_is_written_as(tmp_path: Path) -> None:
    import pyarrow as pa
    from pyarrow import parquet

    beyond = {
        "time": pa.array([2**62, 0, None], pa.timestamp("us", tz="UTC")),
        "day": pa.array([0, 10**7, None], pa.date32()),
        "times": pa.array([[0], None, [2**62]], pa.list_(pa.timestamp("us"))),
        "patient": pa.array(["A", "B", "C"]),
    }
    parquet.write_table(pa.table(beyond), tmp_path / "t.parquet")
    rows = ParquetRows((tmp_path / "t.parquet").read_bytes()).text(np.array([2, 0, 1]))
    assert [json.loads(row) for row in rows] == [
        {"time": None, "day": None, "times": None, "patient": "C"},
        {"time": 2**62, "day": "1970-01-01", "times": ["1970-01-01 00:00:00"], "patient": "A"},
        {"time": "1970-01-01 00:00:00+00:00", "day": 10**7, "times": None, "patient": "B"},
    ]


def test_an_empty_quarantine_has_the_same_columns(tmp_path: Path) -> None:
    result = validate(load("pbc"), {"visits": bundled("pbc/visits.csv")})
    exact, readable = held_rows.write(result, tmp_path)
    assert tuple(pd.read_parquet(exact).columns) == tuple(pd.read_csv(readable).columns) == QUARANTINE_COLUMNS


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf", b"\xef\xbb\xbf" * 2])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_a_held_row_is_kept_to_the_byte_whatever_ends_its_lines(
    tmp_path: Path, mark: bytes, end: bytes
) -> None:
    rows = bundled("pbc/visits.csv").read_bytes().splitlines()
    first = rows[1].split(b",")[0]
    held = [rows[5].replace(first, b"=" + first, 1), rows[9] + b',"two' + end + b'\xc3\xa9 lines"']
    rows[5], rows[9] = held
    path = tmp_path / "visits.csv"
    path.write_bytes(mark + end.join(rows) + end)
    found = validate(load("pbc"), {"visits": path}).quarantined
    assert {raw.encode() for raw in found["raw"]} >= set(held)
    content = path.read_bytes()
    assert all(end + raw.encode() + end in content for raw in found["raw"])
