"""A release's id says what is in it, nothing else."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from meta_med.published.content import sha256_of
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


def test_the_hash_of_rows_does_not_depend_on_how_they_arrive() -> None:
    rows = [("a", 1.5, None)] * 2500
    assert sha256_of([("x", rows), ("y", [])]) == sha256_of([("y", iter([])), ("x", iter(rows))])
    assert sha256_of([("x", rows)]) != sha256_of([("x", rows[1:])])
