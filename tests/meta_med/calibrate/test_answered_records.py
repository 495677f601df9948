"""Lenders' records: each predicted once, and never from the lender's own ones in the context."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from meta_med.calibrate.answered_records import AnsweredRecords, of_lenders
from meta_med.cohorts.assemble import assemble
from meta_med.cohorts.cohort_folds import leave_cohorts_out
from meta_med.episodes.prepared import Prepared, lending_subjects
from meta_med.meta_train.fit import fit_all
from meta_med.meta_train.predictors import FittedPredictors
from tests.meta_med.calibrate.test_crossfit import a_study, visits_of_four_sites

LENT = 3
MARKER = 0


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> tuple[Prepared, FittedPredictors]:
    """Two sites in training, one that validates and one held out, each lending three patients."""
    study = replace(a_study(), baselines=("mixed_model", "last_value"))
    table = assemble({"visits": visits_of_four_sites()}, study)
    prepared = Prepared.of(study, table, leave_cohorts_out(table, study, 0))
    folder: Path = tmp_path_factory.mktemp("lenders")
    fit_all(prepared, folder, processes=1)
    return prepared, FittedPredictors.load(folder, prepared)


def answered(prepared: Prepared, fitted: FittedPredictors, lent: int = LENT) -> AnsweredRecords:
    found = of_lenders(prepared, fitted, "next", lent)
    assert found is not None
    return found


def test_every_record_of_every_lender_is_predicted_once(known: tuple[Prepared, FittedPredictors]) -> None:
    prepared, fitted = known
    for lent in (1, 2, LENT):
        found = answered(prepared, fitted, lent)
        lenders = np.flatnonzero(lending_subjects(prepared.splits, lent))
        assert set(found.subject) == set(prepared.table.person[lenders])
        assert (found.own[:, MARKER] == 0).sum() == len(lenders)
        assert set(found.cohort) == set(prepared.table.entry_cohort[lenders])
    assert of_lenders(prepared, fitted, "next", 0) is None


def test_a_lender_is_not_predicted_from_its_own_records_in_the_context(
    known: tuple[Prepared, FittedPredictors],
) -> None:
    """Multiply the values of one lender by ten: its prediction from no own record stays, the others' move."""
    prepared, fitted = known
    table, splits = prepared.table, prepared.splits
    who = int(np.flatnonzero(splits.lends == 0)[0])
    y = table.y.copy()
    y[table.rows_of(np.arange(table.n_subjects) == who), MARKER] *= 10
    changed = Prepared.with_scaling(prepared.study, replace(table, y=y), splits, prepared.scaling)
    before, after = answered(prepared, fitted), answered(changed, fitted)
    first = (before.own[:, MARKER] == 0) & (before.cohort == table.entry_cohort[who])
    own = before.subject == table.person[who]
    one, other = (found.forecasts["mixed_model"].mean[:, MARKER] for found in (before, after))
    np.testing.assert_array_equal(one[first & own], other[first & own])
    assert (np.abs(one - other)[first & ~own] > 1e-6).all()


def test_nobody_lends_where_no_cohort_is_left_out(known: tuple[Prepared, FittedPredictors]) -> None:
    prepared, fitted = known
    none = replace(prepared, splits=replace(prepared.splits, lends=np.full(prepared.table.n_subjects, -1)))
    assert of_lenders(none, fitted, "next", LENT) is None
