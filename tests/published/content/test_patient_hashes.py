"""A patient's hash is of that patient's rows alone, wherever they stand, and of each value in them."""

import numpy as np
import pyarrow as pa
import pytest

from meta_med.published.content.patient_hashes import other_sum, patient_sums

IDS = ["a", "a", "b", "c", "c", "c"]


def table(
    ids: list[str] = IDS, value: list[float | None] | None = None, word: list[str | None] | None = None
) -> pa.Table:
    values = list(map(float, range(len(ids)))) if value is None else value
    words = ["x"] * len(ids) if word is None else word
    return pa.table(
        {
            "subject_id": pa.array(ids, pa.large_string()),
            "value": pa.array(values, pa.float64()),
            "word": pa.array(words, pa.large_string()),
            "count": pa.array(range(len(ids)), pa.int64()),
        }
    )


def sums(**tables: pa.Table) -> dict[str, int]:
    patients = sorted({name for each in tables.values() for name in each["subject_id"].to_pylist()})
    found = patient_sums(tables, pa.array(patients, pa.large_string()))
    return dict(zip(patients, found.tolist(), strict=True))


def test_other_patients_rows_do_not_matter() -> None:
    alone, whole = sums(t=table().slice(2, 1)), sums(t=table())
    assert alone == {"b": whole["b"]}
    order = [5, 0, 3, 2, 1, 4]
    mixed = sums(t=table().take([3, 0, 4, 2, 1, 5]))
    assert mixed == whole
    assert sums(t=table().take(order))["a"] == whole["a"]
    assert sums(t=table().take(order))["c"] != whole["c"]  # another order of its own rows


@pytest.mark.parametrize(
    "other",
    [
        {"value": [0.0, 1.0, 2.0, 3.0, 4.0, 5.0 + 1e-15]},
        {"value": [0.0, 1.0, 2.0, 3.0, 4.0, None]},
        {"word": ["x", "x", "x", "x", "x", ""]},
        {"word": ["x", "x", "x", "x", "x", None]},
    ],
    ids=["a value", "a missing value", "an empty word", "a missing word"],
)
def test_each_value_matters(other: dict) -> None:
    plain, changed = sums(t=table()), sums(t=table(**other))
    assert changed["c"] != plain["c"]
    assert (changed["a"], changed["b"]) == (plain["a"], plain["b"])
    assert sums(t=table(word=["x"] * 5 + [""]))["c"] != sums(t=table(word=["x"] * 5 + [None]))["c"]


def test_a_row_belongs_to_its_table_and_its_column() -> None:
    assert sums(t=table()) != sums(other=table())
    names = ["subject_id", "count", "word", "value"]
    assert sums(t=table()) == sums(t=table().select(names))
    renamed = table().rename_columns(["subject_id", "size", "word", "count"])
    assert sums(t=table()) != sums(t=renamed)


def test_patients_of_several_tables_and_a_selection() -> None:
    both = sums(t=table(), more=table(["b", "d"]))
    assert both.keys() == {"a", "b", "c", "d"}
    assert both["a"] == sums(t=table())["a"]
    chosen = pa.array(["b", "z"], pa.large_string())
    found = patient_sums({"t": table(), "more": table(["b", "d"])}, chosen)
    assert found.tolist() == [both["b"], 0]


def test_tables_of_no_patient_have_one_sum() -> None:
    rows = table().drop_columns("subject_id")
    assert other_sum({"t": table()}).tolist() == [0]
    assert other_sum({"t": rows}) != other_sum({"t": rows.take([1, 0, 2, 3, 4, 5])})
    assert other_sum({"t": rows, "more": rows}).dtype == np.uint64


def test_hashes_are_those_that_stores_hold() -> None:
    """Another number here would call every sealed release changed: then it must be a new revision."""
    assert sums(t=table().slice(2, 1)) == {"b": 1443763312786905041}
