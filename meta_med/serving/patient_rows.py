"""The published rows about patients that are no results: who they are, and what was measured.

Made by array operations, so that a release of a million patients costs a million times that of one and no more.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from meta_med.cohorts.columns.text_places import places_among
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.cohorts.row_filters import SUBJECT
from meta_med.cohorts.splits import SPLITS
from meta_med.episodes.prepared import StudyRecords
from meta_med.serving.statuses import COHORT, PERSONALISED, WITHHELD
from meta_med.study import DAYS_PER_YEAR, CovariateSpec

NEW = "new"
"""In place of a split: the patient joined after the model was trained."""
BEST_FIRST = (PERSONALISED, COHORT, WITHHELD)


def subject_rows(
    prepared: StudyRecords, newest: pd.DataFrame, predicted: pd.DataFrame, remarks: Mapping[str, str]
) -> pd.DataFrame:
    """Rows of the published `subjects` table: who is predicted.

    Args:
        prepared: the study's records.
        newest: newest source row of each subject.
        predicted: rows of `predictions`.
        remarks: patient -> what was held back or doubted of their records.

    """
    table = prepared.table
    shown, best = _best_statuses(predicted)
    index = np.flatnonzero(table.has(shown.to_numpy()))
    ids = pd.Series(table.subject_ids[index].astype(object), dtype="str")
    rows = newest.take(places_among(ids, newest[SUBJECT]))
    split = np.asarray((*SPLITS, NEW))[prepared.splits.of_subject[index]]
    return pd.DataFrame(
        {
            "subject_id": ids,
            "cohort": np.asarray(table.cohort_names)[table.cohort[table.newest[index]]],
            "split": split,
            "n_records": np.diff(table.offsets)[index],
            "newest_record_days": _days(prepared, table.time[table.newest[index]]),
            "status": np.asarray(BEST_FIRST)[best[places_among(ids, shown)]],
            "display": _displays([c for c in prepared.study.covariates if c.show], rows),
            "remarks": [remarks.get(name, "") for name in table.patients[index].tolist()],
        }
    )


def record_rows(prepared: StudyRecords, subjects: Bools) -> pd.DataFrame:
    """Rows of the published `records` table: each value that was measured, by subject, outcome and time.

    Args:
        prepared: the study's records; subjects: (n_subjects,) whose.

    """
    table, names = prepared.table, [o.name for o in prepared.layout.outcomes]
    rows, alphabetic = table.rows_of(subjects), np.argsort(np.asarray(names, dtype=object))
    row, outcome = _by_outcome(np.diff(table.offsets)[subjects], len(names))
    value = table.y[rows[row], alphabetic[outcome]]
    known = ~np.isnan(value)
    row, outcome = rows[row[known]], outcome[known]
    # where times are only an order this is the position in it; predictions then have no time
    when = table.time * DAYS_PER_YEAR if prepared.study.dated else table.time
    return pd.DataFrame(
        {
            "subject_id": _texts_at(table.subject_ids, table.subject[row]),
            "time_days": when[row],
            "outcome": _texts_at([names[i] for i in alphabetic], outcome),
            "value": value[known],
        }
    )


def _by_outcome(counts: Ints, outcomes: int) -> tuple[Ints, Ints]:
    """The row and the outcome of every value, where the rows of a subject are taken once for each outcome.

    Args:
        counts: (S,) rows of each subject; outcomes: how many there are.

    """
    first = np.repeat(np.cumsum(counts) - counts, counts)
    each, position = np.repeat(counts, counts), np.arange(len(first)) - first
    row, outcome = (np.empty(len(first) * outcomes, dtype=np.int64) for _ in range(2))
    for number in range(outcomes):
        place = first * outcomes + number * each + position
        row[place], outcome[place] = np.arange(len(first)), number
    return row, outcome


def _texts_at(texts: Sequence[str] | np.ndarray, places: Ints) -> pd.Series:
    """The texts at these places, taken without making each of them an object."""
    return pd.Series(pd.array(np.asarray(texts), dtype="str").take(places))


def _best_statuses(predicted: pd.DataFrame) -> "tuple[pd.Index[str], Ints]":
    """The subjects, and for each the place in BEST_FIRST of the best status of any of their predictions."""
    rank = pd.Categorical(predicted["status"], categories=BEST_FIRST).codes
    code, subjects = pd.factorize(predicted["subject_id"])
    return pd.Index(subjects), pd.Series(rank).groupby(code).min().to_numpy(dtype=np.int64)


def _days(prepared: StudyRecords, years: Floats) -> Floats:
    """Times as days; missing where times are only an order."""
    return np.where(prepared.study.dated, years * DAYS_PER_YEAR, np.nan)


def _displays(shown: Sequence[CovariateSpec], rows: pd.DataFrame) -> list[str]:
    """What is shown of each patient, as JSON; rows with the same values are put into words once."""
    there = [c for c in shown if c.source_column in rows]
    if not there:
        return [json.dumps({})] * len(rows)
    told: dict[tuple[Any, ...], str] = {}
    out = []
    for values in zip(*(rows[c.source_column].tolist() for c in there), strict=True):
        if values not in told:
            told[values] = json.dumps(_display(there, values))
        out.append(told[values])
    return out


def _display(shown: Sequence[CovariateSpec], values: Sequence[Any]) -> dict[str, str]:
    out = {}
    for covariate, value in zip(shown, values, strict=True):
        if value is not None and not pd.isna(value):
            text = f"{value:.1f}".removesuffix(".0") if isinstance(value, float) else str(value)
            out[covariate.name] = f"{text} {covariate.unit}".strip()
    return out
