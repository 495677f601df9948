"""Small synthetic studies, the same on every machine: the one place that tests of the science draw data from.

Patients of two sites have a level of their own (`marker`, on the log scale; `pressure`), a slow drift and visit
noise, so that own records help; `swelling` (binary) follows the marker. `dose` is measured at the visit.
"""

import os
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from uuid import uuid4

import numpy as np
import pandas as pd
import torch
from filelock import FileLock

from meta_med.cohorts.assemble import assemble
from meta_med.cohorts.record_table import RecordTable
from meta_med.cohorts.splits import split_subjects
from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.episodes.prepared import Prepared
from meta_med.meta_train.fit import fit_all
from meta_med.meta_train.predictors import FittedPredictors
from meta_med.outcomes import Outcome
from meta_med.study import (
    BudgetSpec,
    CohortFactor,
    CohortsSpec,
    CovariateSpec,
    LearnerSpec,
    OtherUnit,
    OutcomeSpec,
    RecordsSpec,
    SplitsSpec,
    StudySpec,
    TimeSpec,
)

LEARNERS = ("maml", "protonet", "neural_process", "bayesian_head")
BASELINES = (
    "population",
    "cohort_offset",
    "last_value",
    "patient_mean",
    "shrunk_mean",
    "mixed_model",
    "boosted_lags",
)
SMALL = {
    "maml": {"width": 16},
    "fomaml": {"width": 16, "inner_steps": 2},
    "reptile": {"width": 16, "inner_steps": 3},
    "anil": {"width": 16, "inner_steps": 2},
    "meta_sgd": {"width": 16},
    "protonet": {"width": 16, "embedding": 8},
    "siamese": {"width": 16, "embedding": 8},
    "mann": {"width": 16, "slots": 8, "keys": 6, "content": 6},
    "neural_process": {"width": 16, "heads": 2, "layers": 1},
    "bayesian_head": {"width": 16, "features": 6},
    "deep_kernel": {"width": 16, "features": 6, "embedding": 2},
    "hierarchical_mixed": {"width": 16, "models": 6},
}


def study(**changes) -> StudySpec:
    """The study of `visits`, with as small a budget as still teaches something."""
    spec = StudySpec(
        study="synthetic",
        title="A synthetic study",
        contract="synthetic",
        sources={"visits": "visits.csv"},
        records=RecordsSpec(source="visits", subject="id", time=TimeSpec(column="day")),
        outcomes=(
            OutcomeSpec(
                name="marker",
                unit="mg/dL",
                other_units=(OtherUnit(unit="umol/L", factor=17.1),),
                scale="log",
                reference_range=(0.3, 1.2),
            ),
            OutcomeSpec(name="pressure", unit="mmHg"),
            OutcomeSpec(name="swelling", kind="binary"),
        ),
        covariates=(
            CovariateSpec(name="age", known="ahead", advances=True, unit="years", show=True),
            CovariateSpec(name="sex", known="ahead", kind="category", show=True),
            CovariateSpec(name="dose", known="at_record"),
        ),
        cohorts=CohortsSpec(factors=(CohortFactor(column="site"),)),
        learners=tuple(LearnerSpec(name=n, options=dict(SMALL[n])) for n in LEARNERS),
        baselines=BASELINES,
        budget=BudgetSpec(
            steps=60, batch_subjects=24, context_records=8, max_support=6, evaluate_every=20, max_query=1
        ),
    )
    return replace(spec, **changes)


def visits(n_subjects: int = 100, seed: int = 0, most_visits: int = 8) -> pd.DataFrame:
    """The source table, one row a visit, sorted by patient and day."""
    rng = np.random.default_rng(seed)
    count = rng.integers(1, most_visits + 1, n_subjects)
    who = np.repeat(np.arange(n_subjects), count)
    first = np.r_[True, who[1:] != who[:-1]]
    gap = np.where(first, 0, rng.integers(120, 500, len(who)))
    day = pd.Series(gap).groupby(who).cumsum().to_numpy()
    site, level, lift = (
        rng.integers(0, 2, n_subjects),
        rng.normal(size=n_subjects),
        rng.normal(size=n_subjects),
    )
    marker = 0.6 * site[who] + 0.9 * level[who] + day / 365.25 * 0.05 + 0.25 * rng.normal(size=len(who))
    pressure = 120 + 12 * lift[who] + 5 * level[who] + 4 * rng.normal(size=len(who))
    swelling = (rng.random(len(who)) < 1 / (1 + np.exp(1.0 - 1.5 * marker))).astype(float)
    frame = pd.DataFrame(
        {
            "id": [f"P{w:03d}" for w in who],
            "day": day,
            "site": np.where(site[who] == 0, "north", "south"),
            "age": np.round(rng.uniform(30, 70, n_subjects), 1)[who],
            "sex": rng.choice(["f", "m"], n_subjects)[who],
            "dose": rng.normal(size=len(who)) + 0.3 * marker,
            "marker": np.exp(marker),
            "pressure": pressure,
            "swelling": swelling,
        }
    )
    frame.loc[rng.random(len(frame)) < 0.1, "pressure"] = np.nan
    frame.loc[rng.random(len(frame)) < 0.1, "dose"] = np.nan
    return frame


@cache
def table() -> RecordTable:
    """The assembled records."""
    return assemble({"visits": visits()}, study())


@cache
def prepared() -> Prepared:
    """The records on model scale, split 0 of five."""
    return prepare(table())


def prepare(records: RecordTable, spec: StudySpec | None = None) -> Prepared:
    """Any table of the same shape, split as usual."""
    spec = study() if spec is None else spec
    return Prepared.of(spec, records, split_subjects(records, spec.splits))


@cache
def fitted_folder() -> Path:
    """Where every learner and baseline of `prepared` was fitted, once for all processes of a test run."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)
    folder = Path(gettempdir()) / f"meta-med-tests-{run}"
    with FileLock(f"{folder}.lock"):
        fit_all(prepared(), folder, processes=1)  # what stands there already is not fitted again
    return folder


@cache
def fitted() -> FittedPredictors:
    """All predictors, fitted."""
    return FittedPredictors.load(fitted_folder(), prepared())


def quick_study(**changes) -> StudySpec:
    """Two cheap learners, two cheap baselines, three folds: for whole passes through the stages."""
    small = study(
        learners=tuple(LearnerSpec(name=n, options=dict(SMALL[n])) for n in ("protonet", "bayesian_head")),
        baselines=("last_value", "mixed_model"),
        splits=SplitsSpec(folds=3),
        budget=BudgetSpec(
            steps=12, batch_subjects=16, context_records=4, max_support=4, evaluate_every=6, max_query=1
        ),
    )
    return replace(small, **changes)


MIXED = (
    Outcome("marker"),
    Outcome("swelling", "binary"),
    Outcome("grade", "categorical", n_classes=3),
    Outcome("pressure"),
)


def random_records(
    rows: int,
    n: int,
    *,
    covariates: int,
    outcomes: tuple[Outcome, ...] = MIXED,
    generator: torch.Generator,
    dtype: torch.dtype = torch.float64,
    padded: float = 0.2,
    missing: float = 0.2,
    query: bool = False,
) -> Records:
    """Drawn records (rows, n): some padding, some missing, times before 0 (after it for a query)."""

    def chance(*shape: int) -> torch.Tensor:
        return torch.rand(*shape, generator=generator, dtype=torch.float64)

    time = 3.0 * chance(rows, n).sort(1).values
    y = torch.empty(rows, n, len(outcomes), dtype=dtype)
    for d, outcome in enumerate(outcomes):
        drawn = torch.randn(rows, n, generator=generator, dtype=torch.float64)
        if outcome.kind != "continuous":
            drawn = torch.randint(0, outcome.width, (rows, n), generator=generator)
        y[..., d] = drawn.to(dtype)
    return Records(
        x=torch.randn(rows, n, covariates, generator=generator, dtype=torch.float64).to(dtype),
        x_observed=chance(rows, n, covariates) >= missing,
        time=(time if query else time - 4.0).to(dtype),
        y=y,
        y_observed=chance(rows, n, len(outcomes)) >= missing,
        present=chance(rows, n) >= padded,
    )


def random_context(cohorts: int, lenders: int, lent: int | None, **same) -> Records:
    """Drawn records (cohorts, lenders), or (cohorts, lenders, lent)."""
    if lent is None:
        return random_records(cohorts, lenders, **same)
    flat = random_records(cohorts * lenders, lent, **same)
    return Records(**{k: v.unflatten(0, (cohorts, lenders)) for k, v in vars(flat).items()})


def random_batch(
    seed: int,
    *,
    cohorts: int = 2,
    context: int = 4,
    lent: int | None = None,
    subjects: int = 5,
    support: int = 3,
    query: int = 2,
    covariates: int = 3,
    outcomes: tuple[Outcome, ...] = MIXED,
    dtype: torch.dtype = torch.float64,
) -> EpisodeBatch:
    """A drawn batch with padding and missing values everywhere.

    The context has one record of each lender, or up to `lent`.
    """
    generator = torch.Generator().manual_seed(seed)
    same = {"covariates": covariates, "outcomes": outcomes, "generator": generator, "dtype": dtype}
    return EpisodeBatch(
        context=random_context(cohorts, context, lent, **same),
        cohort=torch.randint(0, cohorts, (subjects,), generator=generator),
        support=random_records(subjects, support, **same),
        query=random_records(subjects, query, **same, query=True),
    )
