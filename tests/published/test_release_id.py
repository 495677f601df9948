"""A release's id says what is in it, nothing else."""

import pandas as pd
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from meta_med.published.content.columns import BLOCK, block_of, blocks_of, sha256_of
from meta_med.published.content.row_hash import rows_sha256
from meta_med.published.release import Release
from tests.examples import examples

values = st.lists(st.tuples(st.text(), st.floats(), st.one_of(st.none(), st.integers(-(2**53), 2**53))))


def made(rows: list[tuple], names: list[str]) -> Release:
    frame = pd.DataFrame(rows, columns=["a", "b", "c"])
    return Release("s", {name: frame.copy() for name in names}, {"seed": 1, "counts": {"rows": len(rows)}})


@given(values)
@examples(60)
def test_equal_content_has_the_same_id_whatever_the_order_of_its_tables(rows: list[tuple]) -> None:
    assert made(rows, ["x", "y"]).release_id == made(list(rows), ["y", "x"]).release_id


@given(values.filter(bool), st.data())
@examples(60)
def test_one_changed_number_changes_the_id(rows: list[tuple], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    other = list(rows)
    other[place] = (rows[place][0], 12345.6789 if rows[place][1] != 12345.6789 else 0.5, rows[place][2])
    assert made(rows, ["x"]).release_id != made(other, ["x"]).release_id


def test_study_and_manifest_are_part_of_the_id() -> None:
    ids = {Release(study, {}, {"seed": seed}).release_id for study in "ab" for seed in (1, 2)}
    assert len(ids) == 4


def test_the_hash_of_an_older_release_does_not_depend_on_how_rows_arrive() -> None:
    rows = [("a", 1.5, None)] * 2500
    assert rows_sha256([("x", rows), ("y", [])]) == rows_sha256([("y", iter([])), ("x", iter(rows))])
    assert rows_sha256([("x", rows)]) != rows_sha256([("x", rows[1:])])


SCHEMA = pa.schema([("a", pa.large_string()), ("b", pa.float64()), ("c", pa.int64())])
cells = st.tuples(
    st.one_of(st.none(), st.text()),
    st.one_of(st.none(), st.floats(allow_nan=False, allow_infinity=False)),
    st.one_of(st.none(), st.integers(-(2**53), 2**53)),
)


def as_table(rows: list[tuple]) -> pa.Table:
    return pa.table([pa.array([r[i] for r in rows], t) for i, t in enumerate(SCHEMA.types)], schema=SCHEMA)


@given(st.lists(cells, min_size=1))
@examples(60)
def test_rows_from_a_database_have_the_hash_of_the_table_they_were_in(rows: list[tuple]) -> None:
    ours = sha256_of([("x", blocks_of(as_table(rows)))])
    assert ours == sha256_of([("x", [block_of(rows, SCHEMA)])])
    assert ours == sha256_of([("x", blocks_of(as_table([rows[0], *rows]).slice(1)))])


@given(st.lists(cells, min_size=1), st.data())
@examples(60)
def test_one_other_cell_changes_the_hash_and_a_missing_one_is_not_an_empty_one(
    rows: list[tuple], data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    other = data.draw(cells.filter(lambda row: row != rows[place]))
    changed = [*rows[:place], other, *rows[place + 1 :]]
    assert sha256_of([("x", blocks_of(as_table(rows)))]) != sha256_of([("x", blocks_of(as_table(changed)))])


def test_tables_longer_than_a_block_are_hashed_and_told_apart_as_a_whole() -> None:
    rows = [("a", 1.5, None)] * (BLOCK + 3)
    whole = sha256_of([("x", blocks_of(as_table(rows)))])
    assert whole == sha256_of([("x", [block_of(rows[:BLOCK], SCHEMA), block_of(rows[BLOCK:], SCHEMA)])])
    assert whole != sha256_of([("x", blocks_of(as_table(rows[1:])))])
