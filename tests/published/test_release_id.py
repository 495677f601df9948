"""A release's id says what is in it, nothing else."""

from dataclasses import replace
from random import Random
from typing import Any

import pandas as pd
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from meta_med.published.content.columns import BLOCK, block_of, blocks_of, sha256_of
from meta_med.published.content.row_hash import rows_sha256
from meta_med.published.release import Release
from tests.examples import examples
from tests.published.small_release import small_release

cells_of_records = st.lists(
    st.tuples(
        st.integers(0, 3),
        st.one_of(st.none(), st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))),
        st.floats(allow_nan=False, allow_infinity=False),
    )
)


def made(rows: list[tuple[int, str | None, float]], reverse: bool = False, **facts: Any) -> Release:
    """A release of four patients with these records: patient, outcome, value."""
    whole = small_release(1, n=4)
    records = pd.DataFrame(
        {
            "subject_id": [f"P{i:05d}" for i, _, _ in rows],
            "time_days": 1.0,
            "outcome": "bili",
            "value": [value for _, _, value in rows],
        }
    )
    predictions = whole.frames["predictions"]
    reasons = pd.Series([""] * len(predictions), dtype="str")
    for i, reason, _ in rows:
        reasons[i] = reason
    frames = {**whole.frames, "records": records, "predictions": predictions.assign(reason=reasons)}
    names = list(frames)[:: -1 if reverse else 1]
    return Release("s", {name: frames[name].copy() for name in names}, {"seed": 1, **facts})


@given(cells_of_records)
@examples(60)
def test_equal_content_has_the_same_id_whatever_the_order_of_its_tables(rows: list[tuple]) -> None:
    assert made(rows).release_id == made(list(rows), reverse=True).release_id


@given(cells_of_records, st.randoms())
@examples(60)
def test_rows_of_other_patients_between_those_of_one_do_not_matter_but_their_own_order_does(
    rows: list[tuple], random: Random
) -> None:
    order = [i for i, _, _ in rows]
    random.shuffle(order)
    queues = {i: iter([row for row in rows if row[0] == i]) for i in range(4)}
    assert made([next(queues[i]) for i in order]).release_id == made(rows).release_id


@given(cells_of_records.filter(bool), st.data())
@examples(60)
def test_one_changed_number_changes_the_id(rows: list[tuple], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(rows) - 1))
    other, (patient, reason, value) = list(rows), rows[place]
    other[place] = (patient, reason, 12345.6789 if value != 12345.6789 else 0.5)
    assert made(rows).release_id != made(other).release_id


def test_study_and_manifest_are_part_of_the_id() -> None:
    whole = small_release(1)
    ids = {replace(whole, study=study, manifest={"seed": s}).release_id for study in "ab" for s in (1, 2)}
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
