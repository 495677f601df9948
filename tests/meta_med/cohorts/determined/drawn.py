"""Drawn records for the tests of outcomes that are known before their record."""

import numpy as np
import pandas as pd

from meta_med.cohorts.assemble import assemble
from meta_med.cohorts.record_table import RecordTable
from meta_med.study import CohortsSpec, CovariateSpec, OutcomeSpec, RecordsSpec, StudySpec, TimeSpec
from tests import scenario

PATIENTS, VISITS = 60, 4


def visits(patients: int = PATIENTS, each: int = VISITS, seed: int = 0) -> pd.DataFrame:
    """Visits with columns to choose outcomes and covariates from.

    score: changes; died: binary, changes; group: a category of the patient; sex, height: constant in a patient.
    """
    rng = np.random.default_rng(seed)
    who = np.repeat(np.arange(patients), each)
    level = rng.normal(size=patients)[who]
    return pd.DataFrame(
        {
            "id": [f"P{w:03d}" for w in who],
            "day": np.tile(np.arange(each) * 30.0, patients),
            "score": 50 + 5 * level + 3 * rng.normal(size=len(who)),
            "sick": (level + rng.normal(size=len(who)) > 0.3).astype(float),
            "sex": (rng.random(patients) < 0.5).astype(float)[who],
            "height": rng.normal(170, 9, patients).round(1)[who],
            "group": rng.choice(["a", "b", "c"], patients)[who],
        }
    )


def study(outcome: OutcomeSpec, *covariates: CovariateSpec, **changes) -> StudySpec:
    """A study of `visits` with this outcome."""
    records = RecordsSpec(source="visits", subject="id", time=TimeSpec(column="day"))
    spec = {"records": records, "outcomes": (outcome,), "covariates": covariates, "cohorts": CohortsSpec()}
    return scenario.study(**{**spec, **changes})


def records(frame: pd.DataFrame, spec: StudySpec) -> RecordTable:
    """The records of a study."""
    return assemble({"visits": frame}, spec)
