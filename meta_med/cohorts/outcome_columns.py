"""Outcomes of a study as numeric columns, and their floors on log scales."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from meta_med.cohorts.account import RecordCounts
from meta_med.cohorts.covariates import apply_floor, numbers, require_columns
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.cohorts.row_filters import SUBJECT
from meta_med.cohorts.times import TIME
from meta_med.outcomes import kind_of
from meta_med.study import OutcomeSpec, StudyMismatch, StudySpec


def outcome_columns(study: StudySpec) -> set[str]:
    """The columns that outcomes are read from."""
    return {column for o in study.outcomes for column in _columns(o)}


def outcomes(frame: pd.DataFrame, study: StudySpec) -> Floats:
    """(n, D) the outcomes of each row in clinical units, NaN where missing.

    Raises:
        StudyMismatch: a column is missing in the records or not numeric; a binary outcome is not 0 or 1.

    """
    return np.column_stack([_outcome(frame, o) for o in study.outcomes])


def has_outcome(frame: pd.DataFrame, study: StudySpec) -> Bools:
    """(n,) rows with any outcome."""
    return np.asarray(~np.isnan(outcomes(frame, study)).all(1))


def may_have_outcome(frame: pd.DataFrame, study: StudySpec) -> pd.Series:
    """(n,) rows with a value of any outcome; all rows, where the newest record is predicted."""
    columns = sorted(outcome_columns(study))
    require_columns(frame, "records", columns)
    return frame[columns].notna().any(axis=1) | (study.serve.record == "newest")


def rows_with_outcome(frame: pd.DataFrame, y: Floats, *, newest: bool) -> Bools:
    """(n,) rows with an outcome, and with `newest` each subject's newest row.

    Raises:
        StudyMismatch: no row has any outcome.

    """
    keep: Bools = np.asarray(~np.isnan(y).all(1))
    if not keep.any():
        raise StudyMismatch("records: no record has any of the study's outcomes")
    if newest:
        keep |= ~frame.duplicated(SUBJECT, keep="last").to_numpy()
    return keep


def records_before(frame: pd.DataFrame, study: StudySpec) -> pd.Series:
    """(n,) number of the subject's rows with an outcome at earlier times; rows of one time are a set."""
    present = pd.Series(has_outcome(frame, study).astype(int), index=frame.index)
    before = present.groupby(frame[SUBJECT]).cumsum() - present
    return before.where(~frame.duplicated([SUBJECT, TIME])).ffill()


def _columns(spec: OutcomeSpec) -> tuple[str, ...]:
    return spec.any_positive or (spec.source_column,)


def _outcome(frame: pd.DataFrame, spec: OutcomeSpec) -> Floats:
    require_columns(frame, "records", list(_columns(spec)))
    values = np.column_stack([numbers(frame[c], f"outcomes.{spec.name}") for c in _columns(spec)])
    if not spec.any_positive:
        _refuse_stray_values(values[:, 0], spec)
        return np.asarray(values[:, 0])
    positive = (values > 0).any(1)
    return np.where(positive, 1.0, np.where(np.isnan(values).any(1), np.nan, 0.0))


def _refuse_stray_values(values: Floats, spec: OutcomeSpec) -> None:
    kind = kind_of(spec.kind)
    if other := int(kind.invalid_values(values).sum()):
        known = int((~np.isnan(values)).sum())
        raise StudyMismatch(f"outcomes.{spec.name}: {other:,} of {known:,} values are {kind.invalid_message}")


def apply_floors(
    y: Floats, cohort: Ints, cohort_names: Sequence[str], study: StudySpec, counts: RecordCounts
) -> Floats:
    """The outcomes (n, D) with values below a stated floor set to the floor.

    Leaving zeros out would remove the patients with the lowest values from training and evaluation, so values without a
    logarithm refuse the study unless it states a floor.

    Args:
        y: (n, D) as delivered; cohort: (n,) index of each row's cohort among the names.
        study: the configuration; counts: receives the counts of changed values.

    Raises:
        StudyMismatch: values have no logarithm; it gives their count.

    """
    out, mistakes, names = y.copy(), [], np.asarray(cohort_names, dtype=object)
    there = set(names[np.flatnonzero(np.bincount(cohort, minlength=len(names)))])
    for d, spec in enumerate(study.outcomes):
        unmet = len(set(spec.log_cohorts) - there)
        counts.add("W_WORD_NEVER_MET", unmet, study.records.source, f"outcomes.{spec.name}.log_cohorts")
        logged = np.asarray([name in spec.log_cohorts for name in names], dtype=bool)[cohort]
        logged |= spec.scale == "log"
        if not kind_of(spec.kind).standardised or not logged.any():
            continue
        out[:, d], floored, without = apply_floor(y[:, d], spec.floor, logged)
        counts.add("N_VALUE_FLOORED", floored, study.records.source, spec.source_column)
        if without:
            mistakes.append(_no_logarithm(spec, without, int((~np.isnan(y[logged, d])).sum())))
    if mistakes:
        raise StudyMismatch(" ".join(mistakes))
    return out


def _no_logarithm(spec: OutcomeSpec, without: int, of: int) -> str:
    key = "scale: log" if spec.scale == "log" else "log_cohorts"
    return (
        f"outcomes.{spec.name}: {without:,} of {of:,} values are zero or negative, and `{key}` needs positive values. "
        "Write `floor:` with the smallest value that can be measured: smaller ones are then set to it; "
        "or `scale: identity`; or let the contract quarantine such rows (hard_range)."
    )
