"""Splitting by record flatters; splitting by patient tells."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.cohorts.record_table import RecordTable
from meta_med.evaluate.comparison.record_wise import record_wise_claim
from meta_med.study import CovariateSpec
from tests.meta_med.scored_example import SPEC


def table(n: int = 25, each: int = 16) -> RecordTable:
    """A voice that gives the person away, and says nothing else about the outcome."""
    rng = np.random.default_rng(0)
    subject = np.repeat(np.arange(n), each)
    level, voice = rng.normal(size=n), rng.normal(size=(n, 3))
    rows = n * each
    x = voice[subject] + 0.01 * rng.normal(size=(rows, 3))
    y = np.stack([level[subject] + 0.05 * rng.normal(size=rows), np.full(rows, np.nan)], 1)
    return RecordTable(
        subject_ids=np.asarray([f"p{i}" for i in range(n)]),
        offsets=np.arange(n + 1) * each,
        time=np.tile(np.arange(each, dtype=float), n),
        x=x,
        y=y,
        cohort=np.zeros(rows, dtype=int),
        cohort_names=("all of them",),
        covariates=("a", "b", "c"),
        known_ahead=(True,) * 3,
        log_covariate=(False,) * 3,
    )


def test_a_forest_that_recognises_patients_looks_good_until_patients_are_held_out() -> None:
    study = replace(SPEC, covariates=(CovariateSpec(name="voice", known="ahead"),))
    claim = record_wise_claim(table(), study)
    assert claim["outcome"] == "marker"
    assert claim["by_record"] < 0.3
    assert claim["by_patient"] > 0.6


@pytest.mark.parametrize(("n", "each"), [(4, 4), (300, 1)])
def test_few_records_or_one_a_patient_claim_nothing(n: int, each: int) -> None:
    assert record_wise_claim(table(n, each), replace(SPEC, covariates=(CovariateSpec(name="voice"),))) == {}


def test_what_never_changes_within_a_patient_or_is_not_known_yet_claims_nothing() -> None:
    records = table()
    constant = records.x[np.repeat(records.offsets[:-1], 16)]
    assert record_wise_claim(replace(records, x=constant), SPEC) == {}
    assert record_wise_claim(replace(records, known_ahead=(False,) * 3), SPEC) == {}
