"""Cohorts by stated rules: every record gets the cohort its subject belongs to at that time."""

import itertools
import json
from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from meta_med.records import Ints
from meta_med.study import CohortFactor, CohortsSpec, StudyMismatch

EVERYONE, OTHER = "everyone", "other cohorts"
QUOTED = 'cohort "'
ALL = "all"  # of the evaluation table: every cohort together


def assign_cohorts(frame: pd.DataFrame, subject: str, spec: CohortsSpec) -> tuple[Ints, tuple[str, ...]]:
    """Cohort index of each row, and the cohorts' names (sorted).

    Rows must be sorted by (subject, time). Small cohorts are pooled into one, so that each task of
    meta-training has somebody to learn from.
    """
    if not spec.factors:
        return np.zeros(len(frame), dtype=np.int64), (EVERYONE,)
    levels = [_levels(frame, subject, factor) for factor in spec.factors]
    name = _names(levels)
    name = name.where(~name.isin(_small(name, frame[subject], spec.min_subjects)), OTHER)
    codes, names = pd.factorize(name, sort=True)
    return codes.astype(np.int64), tuple(str(n) for n in names)


def _names(levels: Sequence[pd.Series]) -> pd.Series:
    """A name for each combination of levels, no other combination's and none that the tables keep for themselves.

    Levels are names from the data: a clinic may be called "all", or "North, 3" beside a ward 3 of "North".
    """
    parts = pd.concat(levels, axis=1, ignore_index=True)
    combinations = list(parts.drop_duplicates().itertuples(index=False, name=None))
    plain = Counter(", ".join(combination) for combination in combinations)
    told = {c: _told_apart(c, plain) for c in combinations}
    return pd.Series([told[row] for row in parts.itertuples(index=False, name=None)], index=parts.index)


def _told_apart(combination: tuple[str, ...], plain: Mapping[str, int]) -> str:
    name = ", ".join(combination)
    if plain[name] > 1 or name in {ALL, OTHER} or name.startswith(QUOTED):
        # in quotes, as JSON writes them, no two combinations are alike
        quoted = ", ".join(json.dumps(level, ensure_ascii=False) for level in combination)
        return f"{QUOTED[:-1]}{quoted}"
    return name


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
    unknown = f"{factor.column} unknown"
    text = text.mask(text == unknown, json.dumps(unknown, ensure_ascii=False))
    return text.fillna(unknown).astype(str)


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
