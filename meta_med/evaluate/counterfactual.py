"""Queries told anew: each becomes a subject of its own, so that its past can be swapped and its future left out.

What is asked about a record stays the same question; only what stands around it is under control. Leakage checks
compare forecasts of the same questions told in different ways.
"""

from dataclasses import replace

import numpy as np

from meta_med.cohorts.record_table import Bools, Ints, RecordTable
from meta_med.cohorts.splits import SPLITS, Splits
from meta_med.episodes.patient_episodes import ModelRecords
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries

MOST_SHIFTS = 8


def retold(prepared: Prepared, queries: Queries, lender: Ints | None = None) -> tuple[Prepared, Queries]:
    """R queries as R subjects, who have only what may be used: the own records before it, and the predicted one.

    In the predicted record outcomes and covariates measured at it are missing, and nothing follows it.

    Args:
        prepared: the study; queries: R questions.
        lender: (R,) for each query the one whose earlier records it gets, with their distance in time; its own
            where omitted.

    """
    own = np.arange(len(queries))
    source, predicted = _rows(prepared.table, queries, own if lender is None else lender)
    table = _table(prepared.table, queries, source, predicted, own if lender is None else lender)
    blank = np.asarray(prepared.table.known_ahead)
    x, y = table.x.copy(), table.y.copy()
    y[predicted] = np.nan
    x[np.ix_(predicted, ~blank)] = np.nan
    size = queries.size if lender is None else queries.size[lender]
    return with_table(prepared, replace(table, x=x, y=y)), Queries(predicted, predicted, size)


def with_table(prepared: Prepared, table: RecordTable) -> Prepared:
    """The study over other records, all of held-out subjects; scaling and contexts are those of training."""
    records = ModelRecords.of(table, prepared.scaling, gap_days=prepared.study.records.gap_days)
    records = records.without(prepared.hidden)
    held_out = np.full(table.n_subjects, SPLITS.index("held_out"))
    return replace(prepared, table=table, records=records, splits=Splits(held_out))


def strangers(prepared: Prepared, queries: Queries, rng: np.random.Generator) -> tuple[Ints, Bools]:
    """For each query another person's query of the same support size, of the same cohort where there is one.

    Returns:
        (R,) whose records it gets; (R,) whether a stranger was found.

    """
    cohort, person = queries.cohort(prepared.table), persons(prepared, queries)
    lender = _next_person(queries.size * len(prepared.table.cohort_names) + cohort, person, rng)
    if prepared.scaling.cohorts is None:  # else another cohort's values are in no comparable unit
        anywhere = _next_person(queries.size, person, rng)
        lender = np.where(person[lender] == person, anywhere, lender)
    return lender, np.asarray(person[lender] != person)


def _next_person(group: Ints, person: Ints, rng: np.random.Generator) -> Ints:
    """(R,) within its group, in random order, the next entry of another person; its own place if there is none."""
    order = np.lexsort((rng.random(len(group)), group))
    _, first, count = np.unique(group[order], return_index=True, return_counts=True)
    first, count, who = np.repeat(first, count), np.repeat(count, count), person[order]
    place, chosen = np.arange(len(order)) - first, np.arange(len(order))
    for shift in range(1, MOST_SHIFTS + 1):
        chosen = np.where(who[chosen] == who, first + (place + shift) % count, chosen)
    lender = np.empty(len(order), dtype=np.int64)
    lender[order] = order[chosen]
    return lender


def persons(prepared: Prepared, queries: Queries) -> Ints:
    """(R,) whose record is predicted."""
    return np.asarray(prepared.table.person[prepared.table.subject[queries.rows]])


def _rows(table: RecordTable, queries: Queries, lender: Ints) -> tuple[Ints, Ints]:
    """Source row of each row of the new table, and where in it the predicted records stand."""
    start = table.offsets[:-1][table.subject[queries.rows]][lender]
    length = queries.end[lender] - start
    predicted = np.cumsum(length + 1) - 1
    place = np.arange(predicted[-1] + 1) - np.repeat(predicted - length, length + 1)
    source = np.repeat(start, length + 1) + place
    source[predicted] = queries.rows
    return source, predicted


def _table(table: RecordTable, queries: Queries, source: Ints, predicted: Ints, lender: Ints) -> RecordTable:
    offsets = np.append(0, predicted + 1)
    time, cohort = table.time[source], table.cohort[source]
    time[predicted] = table.time[queries.rows[lender]]
    lent = np.repeat(lender != np.arange(len(lender)), np.diff(offsets))
    # a stranger's records are read in the cohort of the patient they are given to: only the person is swapped
    cohort = np.where(lent, np.repeat(queries.cohort(table), np.diff(offsets)), cohort)
    return replace(
        table,
        subject_ids=np.arange(len(lender)).astype(np.str_),
        offsets=offsets,
        time=time,
        x=table.x[source],
        y=table.y[source],
        cohort=cohort,
        person_ids=np.empty(0, dtype=np.str_),
        patient_ids=np.empty(0, dtype=np.str_),
    )
