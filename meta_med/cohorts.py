"""Cohorts by stated rules: every record gets the cohort its subject belongs to at that time."""

import itertools

import numpy as np
import pandas as pd

from meta_med.records import Ints
from meta_med.study import CohortFactor, CohortsSpec, StudyMismatch

EVERYONE, OTHER = "everyone", "other cohorts"


def assign_cohorts(frame: pd.DataFrame, subject: str, spec: CohortsSpec) -> tuple[Ints, tuple[str, ...]]:
    """Cohort index of each row, and the cohorts' names (sorted).

    Rows must be sorted by (subject, time). Small cohorts are pooled into one, so that each task of
    meta-training has somebody to learn from.
    """
    if not spec.factors:
        return np.zeros(len(frame), dtype=np.int64), (EVERYONE,)
    levels = [_levels(frame, subject, factor) for factor in spec.factors]
    name = pd.Series([", ".join(parts) for parts in zip(*levels, strict=True)], index=frame.index)
    name = name.where(~name.isin(_small(name, frame[subject], spec.min_subjects)), OTHER)
    codes, names = pd.factorize(name, sort=True)
    return codes.astype(np.int64), tuple(str(n) for n in names)


def _small(name: pd.Series, subject: pd.Series, least: int) -> list[str]:
    size = subject.groupby(name).nunique()
    return [str(n) for n in size.index[size < least]]


def _levels(frame: pd.DataFrame, subject: str, factor: CohortFactor) -> pd.Series:
    if factor.column not in frame:
        raise StudyMismatch(f"cohorts: no column {factor.column} in the records")
    values = frame[factor.column]
    if factor.at == "entry":
        # the first record's own value, missing or not: a later one must not decide an earlier cohort
        first = frame.drop_duplicates(subject).set_index(subject)[factor.column]
        values = frame[subject].map(first)
    if factor.bands:
        return _banded(values.astype(float), factor)
    text = values.map(level_text)
    if factor.values:
        text = text.map(dict(zip(factor.values, factor.labels or factor.values, strict=True)))
    return text.fillna(f"{factor.column} unknown").astype(str)


def _banded(values: pd.Series, factor: CohortFactor) -> pd.Series:
    edges = [-np.inf, *factor.bands, np.inf]
    labels = factor.labels or tuple(f"{factor.column} {a:g}-{b:g}" for a, b in itertools.pairwise(edges))
    banded = pd.cut(values, edges, right=False, labels=list(labels)).astype(object)
    return banded.fillna(f"{factor.column} unknown").astype(str)


def level_text(value: object) -> str | None:
    """A level as text: 1.0 and 1 are the same level."""
    if pd.isna(value):  # type: ignore[call-overload]
        return None
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
