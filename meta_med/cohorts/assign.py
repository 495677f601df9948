"""Cohorts by stated rules: every record has the cohort that its subject belongs to at that time."""

import itertools
from collections.abc import Sequence

import numpy as np
import pandas as pd

from meta_med.cohorts.account import RecordCounts
from meta_med.cohorts.columns.text_places import begins
from meta_med.cohorts.covariates import match_words, numbers, texts, unmatched_words
from meta_med.cohorts.record_table import Ints
from meta_med.study import CohortFactor, CohortsSpec, StudyMismatch

EVERYONE, OTHER = "everyone", "other cohorts"
RESERVED = frozenset({"all", "", OTHER})
"""Names with a meaning of their own in result tables, which no cohort may have."""
QUOTE = '"'


def assign_cohorts(
    frame: pd.DataFrame,
    subject: str,
    spec: CohortsSpec,
    counts: RecordCounts | None = None,
    source: str = "records",
    person: str = "",
    known: Sequence[str] = (),
) -> tuple[Ints, tuple[str, ...]]:
    """Cohort index of each row, and the cohorts' names (sorted, those known first).

    Small cohorts are pooled into one, so that each task of meta-training has enough persons. Different combinations
    of levels have different names, also where levels hold commas and quotes, and no cohort has a reserved name.

    Args:
        frame: records, sorted by (subject, time).
        subject: the column of the subject.
        spec: the cohort rule.
        counts: receives the counts of undeclared values; source: the table they are counted for.
        person: the column of the person, by which a cohort's size is counted; "": that of the subject.
        known: the cohorts of a trained model, in its order. They stay cohorts whatever their size; others are pooled
            where the model has pooled cohorts, else they follow under their own names.

    Raises:
        StudyMismatch: a column is missing in the records, or is not numeric where it has bands; the `values` of a
            factor match nothing that was delivered.

    """
    if not spec.factors:
        return np.zeros(len(frame), dtype=np.int64), (EVERYONE,)
    counts = RecordCounts() if counts is None else counts
    levels = [pd.factorize(_levels(frame, subject, f, counts, source), sort=True) for f in spec.factors]
    group, names = _combined(levels)
    if known:
        labels = [name if name in known or OTHER not in known else OTHER for name in names]
    else:
        size = (
            pd.Series(frame[person or subject].to_numpy()).groupby(group).nunique().reindex(range(len(names)))
        )
        labels = [name if n >= spec.min_subjects else OTHER for name, n in zip(names, size, strict=True)]
    new = sorted(set(labels) - set(known))
    ordered = {name: place for place, name in enumerate((*known, *new))}
    return np.asarray([ordered[name] for name in labels], dtype=np.int64)[group], tuple(ordered)


def _combined(levels: list[tuple[np.ndarray, pd.Index]]) -> tuple[Ints, list[str]]:
    """(n,) index of each row's combination of levels, and a unique name of each combination."""
    shape = [len(texts_of) for _, texts_of in levels]
    flat = np.ravel_multi_index([codes for codes, _ in levels], shape)
    group, found = pd.factorize(flat, sort=True)
    parts = [[str(text) for text in texts_of] for _, texts_of in levels]
    if len(levels) > 1:
        parts = [[_quoted(text) for text in part] for part in parts]
    names = [
        ", ".join(part[i] for part, i in zip(parts, place, strict=True))
        for place in zip(*np.unravel_index(found, shape), strict=True)
    ]
    taken = set(names)
    labels = [_unique_name(f"cohort {n or 'without a name'}", taken) if n in RESERVED else n for n in names]
    return np.asarray(group, dtype=np.int64), labels


def _quoted(text: str) -> str:
    """A level in quotes where it holds the separator, as in a CSV file."""
    if ", " in text or text.startswith((QUOTE, " ")) or text.endswith(","):
        return QUOTE + text.replace(QUOTE, 2 * QUOTE) + QUOTE
    return text


def _unique_name(name: str, taken: set[str]) -> str:
    """The name, extended until it is not among those taken."""
    while name in taken:
        name += " (cohort)"
    return name


def _levels(
    frame: pd.DataFrame, subject: str, factor: CohortFactor, counts: RecordCounts, source: str
) -> pd.Series:
    if factor.column not in frame:
        raise StudyMismatch(f"cohorts: no column {factor.column} in the records")
    values = frame[factor.column]
    if factor.at == "entry":
        # the first record's value, even if it is missing: a later value must not decide an earlier cohort
        begin = begins(frame[subject])
        values = values[begin].take(np.cumsum(begin) - 1).set_axis(frame.index)
    values = values.rename(factor.column)
    if factor.bands:
        return _banded(pd.Series(numbers(values, f"cohorts.{factor.column}"), index=values.index), factor)
    level = _mapped_labels(values, factor, counts, source) if factor.values else texts(values)
    unknown = _unique_name(f"{factor.column} unknown", set(level.dropna().unique()))
    return level.fillna(unknown).astype(str)


def _mapped_labels(values: pd.Series, factor: CohortFactor, counts: RecordCounts, source: str) -> pd.Series:
    """The label of each declared level; missing where the study does not declare it."""
    word, key = match_words(values, factor.values), f"cohorts.{factor.column}.values"
    delivered, undeclared = int(values.notna().sum()), int((values.notna() & word.isna()).sum())
    if delivered and undeclared == delivered:
        raise StudyMismatch(
            f"{key}: column {factor.column} has {delivered:,} values, and none of them matches this key; write "
            "the values exactly as the column has them"
        )
    counts.add("W_COHORT_UNDECLARED", undeclared, source, factor.column)
    counts.add("W_WORD_NEVER_MET", len(unmatched_words(values, factor.values)), source, key)
    return word.map(dict(zip(factor.values, factor.labels or factor.values, strict=True)))


def _banded(values: pd.Series, factor: CohortFactor) -> pd.Series:
    edges = [-np.inf, *factor.bands, np.inf]
    labels = factor.labels or tuple(f"{factor.column} {a:g}-{b:g}" for a, b in itertools.pairwise(edges))
    banded = pd.cut(values, edges, right=False, labels=list(labels)).astype(object)
    return banded.fillna(f"{factor.column} unknown").astype(str)
