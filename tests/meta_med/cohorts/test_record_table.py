"""Records as sorted columns with offsets."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from meta_med.cohorts.record_table import RecordTable, with_next_records
from tests import scenario


def test_position_counts_the_subjects_earlier_records() -> None:
    table = scenario.table()
    for s in range(table.n_subjects):
        rows = slice(table.offsets[s], table.offsets[s + 1])
        assert table.position[rows].tolist() == list(range(table.offsets[s + 1] - table.offsets[s]))
        assert set(table.subject[rows]) == {s}


def test_time_is_strictly_increasing_within_a_subject() -> None:
    table = scenario.table()
    same = table.subject[1:] == table.subject[:-1]
    assert (np.diff(table.time)[same] > 0).all()


def test_rows_of_selects_whole_subjects() -> None:
    table = scenario.table()
    chosen = np.zeros(table.n_subjects, dtype=bool)
    chosen[[0, 7]] = True
    assert set(table.subject[table.rows_of(chosen)]) == {0, 7}
    assert len(table.rows_of(chosen)) == np.diff(table.offsets)[[0, 7]].sum()


def test_a_saved_table_is_read_back_whole(tmp_path: Path) -> None:
    table = scenario.table()
    table.save(tmp_path / "records")
    again = RecordTable.load(tmp_path / "records")
    for name, value in vars(table).items():
        found = getattr(again, name)
        same = (
            np.array_equal(value, found, equal_nan=True)
            if name in ("x", "y", "time")
            else np.array_equal(value, found)
        )
        assert same, name


def test_the_next_record_is_empty_but_for_what_is_known_ahead() -> None:
    table = scenario.table()
    longer = with_next_records(table, 0.5, ("age", "years_since_entry"))
    new = longer.newest
    assert longer.n_records == table.n_records + table.n_subjects
    assert np.isnan(longer.y[new]).all()
    np.testing.assert_allclose(longer.time[new], table.time[table.newest] + 0.5)
    np.testing.assert_array_equal(longer.cohort[new], table.cohort[table.newest])
    age, dose = table.covariates.index("age"), table.covariates.index("dose")
    female, since = table.covariates.index("sex=f"), table.covariates.index("years_since_entry")
    np.testing.assert_allclose(longer.x[new, age], table.x[table.newest, age] + 0.5)
    np.testing.assert_allclose(longer.x[new, since], table.x[table.newest, since] + 0.5)
    np.testing.assert_array_equal(longer.x[new, female], table.x[table.newest, female])
    assert np.isnan(longer.x[new, dose]).all()


def test_the_earlier_records_stay_as_they_are() -> None:
    table = scenario.table()
    longer = with_next_records(table, 0.5, ())
    old = np.delete(np.arange(longer.n_records), longer.newest)
    for name in ("time", "x", "y", "cohort"):
        assert np.array_equal(getattr(longer, name)[old], getattr(table, name), equal_nan=True)
    assert np.array_equal(longer.subject[old], table.subject)


def test_a_patient_is_found_with_all_their_series_and_nobody_whose_identifier_only_looks_like_one() -> None:
    nobody = np.asarray([], dtype=np.str_)
    plain = replace(scenario.table(), subject_ids=np.asarray(["a", "b", "b/1", "b/2"]), patient_ids=nobody)
    assert np.flatnonzero(plain.of_patients({"b"})).tolist() == [1]
    series = replace(plain, patient_ids=np.asarray(["a", "b", "b", "b/2"]))
    assert series.of_patients({"b"}).tolist() == [False, True, True, False]
    assert series.of_patients({"b/2"}).tolist() == [False, False, False, True]


def test_persons_are_numbered_as_they_first_appear() -> None:
    table = replace(scenario.table(), person_ids=np.asarray(["z", "a", "z", "m"]))
    assert table.person.tolist() == [0, 1, 0, 2]
