"""Counterfactual queries: each query becomes a subject of its own, with its history replaced or its future removed.

Leakage checks compare the forecasts of the same queries under different histories.
"""

from dataclasses import replace

import numpy as np

from meta_med.cohorts.record_table import Ahead, Bools, Floats, Ints, RecordTable
from meta_med.cohorts.splits import SPLITS, Splits
from meta_med.episodes.model_records import ModelRecords
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries

MOST_SHIFTS = 8
FROM_EARLIER: tuple[Ahead, ...] = ("carried", "doses", "planned", "fixed")


def as_single_queries(
    prepared: Prepared, queries: Queries, donor: Ints | None = None
) -> tuple[Prepared, Queries]:
    """R queries as R subjects with only the records that may be used: those before the predicted one, and that one.

    In the predicted record, outcomes, the covariates measured at it and those that are carried over from an earlier
    record are missing; no record follows it. With a donor's records it keeps what was known of its own covariates, but
    for windows over earlier rows, which are the donor's.

    Args:
        prepared: the study.
        queries: R queries.
        donor: (R,) for each query, the query whose earlier records and time to the predicted one it gets; by default
            its own.

    """
    own = np.arange(len(queries))
    source, predicted = _rows(prepared.table, queries, own if donor is None else donor)
    table = _table(prepared.table, queries, source, predicted, own if donor is None else donor)
    x, y = table.x.copy(), table.y.copy()
    y[predicted] = np.nan
    x[predicted] = _as_predicted(prepared, queries, donor)
    if donor is not None:
        table = replace(table, ahead=())
    size = queries.size if donor is None else queries.size[donor]
    return _with_table(prepared, replace(table, x=x, y=y)), Queries(predicted, predicted, size)


def _as_predicted(prepared: Prepared, queries: Queries, donor: Ints | None) -> Floats:
    """(R, F) covariates of the predicted records: what is missing has to follow from earlier records."""
    table, known = prepared.table, prepared.covariates_of(queries)
    known[:, ~np.asarray(table.known_ahead)] = np.nan
    source = np.asarray(table.ahead or ["own"] * known.shape[1])
    if donor is not None:
        return np.where(source == "window", known[donor], known)
    earlier = queries.end > table.offsets[:-1][table.subject[queries.rows]]
    known[np.ix_(earlier, np.isin(source, FROM_EARLIER))] = np.nan
    return known


def _with_table(prepared: Prepared, table: RecordTable) -> Prepared:
    """The study with another record table, all of held-out subjects; scaling and context stay those of training."""
    records = ModelRecords.of(table, prepared.scaling, gap_days=prepared.study.records.gap_days)
    records = records.without(prepared.hidden)
    held_out = np.full(table.n_subjects, SPLITS.index("held_out"))
    return replace(prepared, table=table, records=records, splits=Splits(held_out))


def other_patients(prepared: Prepared, queries: Queries, rng: np.random.Generator) -> tuple[Ints, Bools]:
    """For each query, another patient's query of the same support size, in the same cohort where there is one.

    Returns:
        (R,) the donor of each query; (R,) whether one was found.

    """
    cohort, person = queries.cohort(prepared.table), persons(prepared, queries)
    donor = _next_person(queries.size * len(prepared.table.cohort_names) + cohort, person, rng)
    if prepared.scaling.cohorts is None:  # else another cohort's values are in no comparable unit
        anywhere = _next_person(queries.size, person, rng)
        donor = np.where(person[donor] == person, anywhere, donor)
    return donor, np.asarray(person[donor] != person)


def _next_person(group: Ints, person: Ints, rng: np.random.Generator) -> Ints:
    """(R,) for each entry, the next entry of another person in a random order of its group; itself if there is none."""
    order = np.lexsort((rng.random(len(group)), group))
    _, first, count = np.unique(group[order], return_index=True, return_counts=True)
    first, count, who = np.repeat(first, count), np.repeat(count, count), person[order]
    place, chosen = np.arange(len(order)) - first, np.arange(len(order))
    for shift in range(1, MOST_SHIFTS + 1):
        chosen = np.where(who[chosen] == who, first + (place + shift) % count, chosen)
    donor = np.empty(len(order), dtype=np.int64)
    donor[order] = order[chosen]
    return donor


def persons(prepared: Prepared, queries: Queries) -> Ints:
    """(R,) index of the person whose record is predicted."""
    return np.asarray(prepared.table.person[prepared.table.subject[queries.rows]])


def _rows(table: RecordTable, queries: Queries, donor: Ints) -> tuple[Ints, Ints]:
    """Source row of each row of the new table, and the rows of the predicted records in it."""
    start = table.offsets[:-1][table.subject[queries.rows]][donor]
    length = queries.end[donor] - start
    predicted = np.cumsum(length + 1) - 1
    place = np.arange(predicted[-1] + 1) - np.repeat(predicted - length, length + 1)
    source = np.repeat(start, length + 1) + place
    source[predicted] = queries.rows
    return source, predicted


def _table(table: RecordTable, queries: Queries, source: Ints, predicted: Ints, donor: Ints) -> RecordTable:
    offsets = np.append(0, predicted + 1)
    time, cohort = table.time[source], table.cohort[source]
    time[predicted] = table.time[queries.rows[donor]]
    donated = np.repeat(donor != np.arange(len(donor)), np.diff(offsets))
    # a donor's records get the cohort of the query: only the person is replaced
    cohort = np.where(donated, np.repeat(queries.cohort(table), np.diff(offsets)), cohort)
    return replace(
        table,
        subject_ids=np.arange(len(donor)).astype(np.str_),
        offsets=offsets,
        time=time,
        x=table.x[source],
        next_x=table.next_x[source] if len(table.next_x) else table.next_x,
        y=table.y[source],
        cohort=cohort,
        person_ids=np.empty(0, dtype=np.str_),
        patient_ids=np.empty(0, dtype=np.str_),
    )
