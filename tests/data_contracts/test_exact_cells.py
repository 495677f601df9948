"""The same values are the same rows from CSV, Parquet and data frames, of any type: exact, held, or refused."""

import datetime as dt
import io
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_contracts.columns.cast_column import as_series, cast_column
from data_contracts.contract.model import Column, Kind, Table
from data_contracts.reading.arrow_cells import plain_cells
from data_contracts.reading.file_format import Snapshot
from data_contracts.reading.parquet_reader import read_parquet
from tests.examples import examples


def snapshot(column: Any, **options: Any) -> Snapshot:
    out = io.BytesIO()
    pq.write_table(pa.table({"x": column}), out, **options)
    return Snapshot(file="t.parquet", sha256="", size=1, content=out.getvalue(), form="parquet")


def typed(pieces: Any, kind: Kind, rows: int, **more: Any) -> tuple["pd.Series[Any]", dict[str, list[int]]]:
    """The column under its type, and by code the places that do not fit."""
    column = Column(name="x", kind=kind, **more)
    parsed = cast_column(pieces, column, Table(name="t", columns=(column,), rules=()), rows)
    bad = {code: np.flatnonzero(mask).tolist() for code, mask in parsed.bad.items()}
    return as_series(parsed), bad


def of_parquet(column: Any, kind: Kind, **more: Any) -> tuple["pd.Series[Any]", dict[str, list[int]]]:
    options = more.pop("options", {})
    return typed(read_parquet(snapshot(column, **options)).pieces("0"), kind, len(column), **more)


def of_text(
    cells: list[str | None], kind: Kind, **more: Any
) -> tuple["pd.Series[Any]", dict[str, list[int]]]:
    return typed([pa.array([c or "" for c in cells], pa.string())], kind, len(cells), **more)


INTEGERS: dict[str, tuple[int, int, Any]] = {
    "int8": (-(2**7), 2**7 - 1, pa.int8()), "uint32": (0, 2**32 - 1, pa.uint32()),
    "int64": (-(2**63), 2**63 - 1, pa.int64()), "uint64": (0, 2**64 - 1, pa.uint64()),
    "decimal": (-(10**30), 10**30, pa.decimal128(38, 0)), "string": (-(10**20), 10**20, pa.string()),
    "string_view": (-(10**20), 10**20, pa.string_view()), "large_string": (-(10**20), 10**20, pa.large_string()),
}  # fmt: skip


@st.composite
def whole_numbers(draw: st.DrawFn) -> tuple[str, list[int | None]]:
    kind = draw(st.sampled_from(sorted(INTEGERS)))
    low, high, _ = INTEGERS[kind]
    near = st.sampled_from([2**53 - 1, 2**53, 2**53 + 1, 2**63 - 1, 2**63, 7, 0, 10**17]).filter(
        lambda v: low <= v <= high
    )
    return kind, draw(st.lists(near | st.integers(low, high) | st.none(), min_size=1, max_size=6))


def as_column(kind: str, values: list[int | None]) -> Any:
    of = INTEGERS[kind][2]
    text = "string" in kind
    cells = [
        None if v is None else str(v) if text else Decimal(v) if kind == "decimal" else v for v in values
    ]
    return pa.array(cells, of)


@examples(40)
@given(whole_numbers(), st.booleans())
def test_identifiers_are_their_very_digits_whatever_type_they_came_in(
    given_as: tuple[str, list[int | None]], dictionary: bool
) -> None:
    kind, values = given_as
    column = as_column(kind, values)
    if dictionary and kind != "string_view":
        column = column.dictionary_encode()
    cells, bad = of_parquet(column, "string", role="subject")
    assert bad == {}
    assert [None if pd.isna(c) else c for c in cells] == [None if v is None else str(v) for v in values]


@examples(40)
@given(whole_numbers())
def test_whole_numbers_are_exact_or_out_of_range_as_in_csv(given_as: tuple[str, list[int | None]]) -> None:
    kind, values = given_as
    cells, bad = of_parquet(as_column(kind, values), "integer")
    in_csv, bad_in_csv = of_text([None if v is None else str(v) for v in values], "integer")
    pd.testing.assert_series_equal(cells, in_csv)
    assert {k: v for k, v in bad.items() if v} == {k: v for k, v in bad_in_csv.items() if v}
    exact = [v for v in values if v is not None and abs(v) < 2**53]
    assert [int(c) for c in cells.dropna()] == exact


FLOATS = (
    st.floats(width=64)
    | st.integers(-(2**54), 2**54).map(float)
    | st.sampled_from([1e17, 1e17 + 16, 2.0**53, 1e10])
)


@examples(40)
@given(st.lists(FLOATS | st.none(), min_size=1, max_size=6))
def test_identifiers_that_came_as_floats_are_exact_or_held(values: list[float | None]) -> None:
    cells, bad = of_parquet(pa.array(values, pa.float64(), from_pandas=False), "string", role="subject")
    held = {i for places in bad.values() for i in places}
    for place, (value, cell) in enumerate(zip(values, cells, strict=True)):
        if value is None or np.isnan(value):
            assert pd.isna(cell)
        elif np.isinf(value) or abs(value) >= 2**53:
            assert place in held
            assert pd.isna(cell)
        else:
            assert cell == (str(int(value)) if value == int(value) else cell)
            assert float(cell) == value


MOMENTS = st.datetimes(dt.datetime(1, 1, 2), dt.datetime(9999, 12, 30))


@examples(40)
@given(
    st.lists(MOMENTS | st.none(), min_size=1, max_size=5), st.sampled_from(["us", "ms", "s", "ns", "int96"])
)
def test_moments_are_those_of_the_calendar_in_every_unit(values: list[dt.datetime | None], unit: str) -> None:
    if unit == "ns":
        values = [v and v.replace(year=1700 + v.year % 500) for v in values]
    if unit in {"ms", "s"}:
        values = [v and v.replace(microsecond=0) for v in values]
    column = pa.array(values, pa.timestamp("us"))
    options = {"use_deprecated_int96_timestamps": True} if unit == "int96" else {}
    column = column if unit == "int96" else column.cast(pa.timestamp(unit))
    cells, bad = of_parquet(column, "timestamp", timezone="UTC", options=options)
    assert not any(bad.values())
    assert [None if pd.isna(c) else c.to_pydatetime() for c in cells] == values
    written, bad_in_csv = of_text([v and v.isoformat() + "Z" for v in values], "timestamp")
    assert not any(bad_in_csv.values())
    pd.testing.assert_series_equal(cells, written)


@pytest.mark.parametrize(
    ("column", "kind"),
    [
        (pa.array([2**40, 0], pa.timestamp("s")), "timestamp"),
        (pa.array([2**62, 0], pa.timestamp("us")), "timestamp"),
        (pa.array([2**31 - 1, 0], pa.date32()), "date"),
        (pa.array([-(2**31), 0], pa.date32()), "date"),
    ],
)
def test_a_moment_that_no_calendar_has_is_held_and_never_wraps(column: Any, kind: Kind) -> None:
    cells, bad = of_parquet(column, kind, timezone="UTC" if kind == "timestamp" else "")
    assert bad["Q_TYPE"] == [0]
    assert list(cells.isna()) == [True, False]


def test_nanoseconds_beside_far_years_do_not_cost_the_far_ones() -> None:
    cells, bad = of_text(["2605-01-05T00:00:00Z", "1969-12-31T23:59:59.999999999Z"], "timestamp")
    assert not any(bad.values())
    assert [str(c) for c in cells] == ["2605-01-05 00:00:00", "1969-12-31 23:59:59.999999"]
    native, _ = of_parquet(pa.array([-1], pa.timestamp("ns", tz="UTC")), "timestamp")
    assert str(native[0]) == "1969-12-31 23:59:59.999999"


ODD: list[Any] = [
    pa.array([1, None], pa.duration("ns")), pa.array([[1], None]), pa.array([{"a": 1}, None]), pa.nulls(2),
    pa.array([dt.time(1, 2), None]), pa.array([b"ab", b"\xff"]), pa.array([True, None]),
    pa.array([Decimal("1.50"), None], pa.decimal256(50, 2)), pa.array([1.5, None], pa.float16()),
    pa.array(["a", None], pa.string_view()), pa.array([b"a", None], pa.binary_view()),
    pa.ExtensionArray.from_storage(pa.uuid(), pa.array([bytes(range(16)), None], pa.binary(16))),
    pa.array(["x", None]).dictionary_encode(),
]  # fmt: skip


@pytest.mark.parametrize("kind", ["string", "number", "integer", "date", "timestamp"])
@pytest.mark.parametrize("column", ODD, ids=lambda c: str(c.type))
def test_no_type_of_parquet_breaks_the_gate_or_loses_a_cell(column: Any, kind: Kind) -> None:
    """Every filled cell has a value or a reason."""
    cells, bad = of_parquet(column, kind)
    for place, filled in enumerate(column.is_valid().to_pylist()):
        reasons = [code for code, places in bad.items() if place in places]
        assert bool(cells.notna()[place]) != bool(reasons) if filled else not reasons


def test_a_span_of_time_is_no_number_and_a_uuid_is_its_text() -> None:
    assert of_parquet(ODD[0], "number")[1]["Q_TYPE"] == [0]
    assert of_parquet(ODD[11], "string")[0][0] == "00010203-0405-0607-0809-0a0b0c0d0e0f"


def test_a_column_is_found_beside_one_whose_name_begins_like_it() -> None:
    out = io.BytesIO()
    pq.write_table(pa.table({"a.b": [1, 2], "a": [3, 4]}), out)
    file = Snapshot(file="t.parquet", sha256="", size=1, content=out.getvalue(), form="parquet")
    assert [p.to_pylist() for p in read_parquet(file).pieces("1")] == [[3, 4]]


def test_runs_are_plain_cells() -> None:
    runs = pa.RunEndEncodedArray.from_arrays(pa.array([2, 3], pa.int32()), pa.array(["7", "007"]))
    assert plain_cells(runs).to_pylist() == ["7", "7", "007"]
