"""Covariates of rows without an outcome, as history: the last value before a record, known ahead of it.

Such rows are no records: they have nothing to predict, and counted among the k own records they would push outcomes out
of the support. What they tell reaches every predictor, at k = 0 too, by one more covariate for each that they hold.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

import pandas as pd

from meta_med.cohorts.outcome_columns import has_outcome
from meta_med.cohorts.row_filters import SUBJECT
from meta_med.study import CovariateSpec, StudySpec

BEFORE = "_before"
LEAST_SHARE = (
    0.05  # of the number of rows with an outcome: a column that is nearly always missing tells nothing
)


def with_history(study: StudySpec, rows: pd.DataFrame, known: Collection[str] | None = None) -> StudySpec:
    """The study with a covariate `NAME_before` for each one that is measured in rows without an outcome.

    Args:
        study: the configuration; it is unchanged with `records.rows_without_outcome: ignore`.
        rows: all rows that the study selects, with SUBJECT.
        known: the covariates of a trained model, which decide instead of the rows; None while there is none.

    """
    measured = [c for c in study.covariates if c.source_column in rows and _measured_at_a_record(c)]
    if study.records.rows_without_outcome == "ignore" or not measured:
        return study
    asked = {c.source_column for c in study.covariates if c.aggregate == "last"}
    names = {c.name for c in study.covariates}
    told = _told_without_outcome(study, rows, measured) if known is None else known
    added = [
        _last_before(c)
        for c in measured
        if c.source_column not in asked and c.name + BEFORE not in names and c.name + BEFORE in told
    ]
    return replace(study, covariates=(*study.covariates, *added)) if added else study


def _told_without_outcome(
    study: StudySpec, rows: pd.DataFrame, measured: Iterable[CovariateSpec]
) -> frozenset[str]:
    """The names of the covariates to be added: of those that enough rows without an outcome hold."""
    known = has_outcome(rows, study)
    ours = rows[SUBJECT].isin(rows.loc[known, SUBJECT]).to_numpy(dtype=bool)
    others, least = rows[~known & ours], LEAST_SHARE * known.sum()
    return frozenset(c.name + BEFORE for c in measured if others[c.source_column].notna().sum() > least)


def _measured_at_a_record(spec: CovariateSpec) -> bool:
    return not (spec.known_ahead or spec.kind == "event" or spec.aggregate)


def _last_before(spec: CovariateSpec) -> CovariateSpec:
    return replace(
        spec,
        name=spec.name + BEFORE,
        column=spec.source_column,
        known="ahead",
        aggregate="last",
        required=False,
        show=False,
    )
