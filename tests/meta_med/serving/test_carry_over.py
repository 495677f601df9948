"""Who is the same as in an earlier night: every value of every record, and the cohort."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.cohorts.record_table import RecordTable
from meta_med.serving.carry_over import same_subjects
from tests import scenario

WHO = int(np.flatnonzero(np.diff(scenario.table().offsets) > 1)[3])
"""A subject with several records."""


def changed(name: str) -> RecordTable:
    """The table with one value of one record of a subject changed."""
    table = scenario.table()
    row = int(table.offsets[WHO])
    values = getattr(table, name).copy()
    if name == "cohort":
        values[row] = 1 - values[row]
    elif values.ndim == 1:
        values[row] -= 1e-9
    else:
        values[row, 0] = np.nan if not np.isnan(values[row, 0]) else 1.0
    return replace(table, **{name: values})


def test_nobody_changed() -> None:
    table = scenario.table()
    np.testing.assert_array_equal(same_subjects(table, table), np.arange(table.n_subjects))


@pytest.mark.parametrize("name", ["time", "x", "y", "cohort"])
def test_one_value_of_one_record_makes_that_subject_another(name: str) -> None:
    found = same_subjects(scenario.table(), changed(name))
    assert np.flatnonzero(found < 0).tolist() == [WHO]


def without(table: RecordTable, subject: int) -> RecordTable:
    """The table without a subject."""
    keep = np.arange(table.n_subjects) != subject
    rows = table.rows_of(keep)
    lengths = np.diff(table.offsets)[keep]
    return replace(
        table,
        subject_ids=table.subject_ids[keep],
        person_ids=table.person_ids[keep],
        patient_ids=table.patient_ids[keep],
        offsets=np.append(0, np.cumsum(lengths)),
        **{name: getattr(table, name)[rows] for name in ("time", "x", "y", "cohort")},
    )


def test_who_joins_is_new_and_who_leaves_moves_nobody() -> None:
    table = scenario.table()
    fewer = without(table, WHO)
    joined = same_subjects(fewer, table)
    assert np.flatnonzero(joined < 0).tolist() == [WHO]
    left = same_subjects(table, fewer)
    assert (table.subject_ids[left] == fewer.subject_ids).all()


def test_one_more_record_makes_a_subject_another() -> None:
    table = scenario.table()
    row = int(table.offsets[WHO + 1]) - 1
    kept = np.delete(np.arange(table.n_records), row)
    offsets = table.offsets - (np.arange(table.n_subjects + 1) > WHO)
    shorter = replace(
        table, offsets=offsets, **{n: getattr(table, n)[kept] for n in ("time", "x", "y", "cohort")}
    )
    assert np.flatnonzero(same_subjects(shorter, table) < 0).tolist() == [WHO]


def test_cohorts_are_compared_by_name_not_by_number() -> None:
    table = scenario.table()
    swapped = replace(table, cohort=1 - table.cohort, cohort_names=table.cohort_names[::-1])
    assert (same_subjects(table, swapped) >= 0).all()


def test_with_other_covariates_everybody_is_another() -> None:
    table = scenario.table()
    other = replace(table, covariates=(*table.covariates[:-1], "another"))
    assert (same_subjects(table, other) < 0).all()
