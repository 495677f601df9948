"""Episodes of patients. Every record of the little table carries its own row number as its outcome."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from meta_med.cohorts.record_table import RecordTable
from meta_med.episodes.batch import EpisodeBatch, Records
from meta_med.episodes.contexts import ContextSize
from meta_med.episodes.model_records import ModelRecords
from meta_med.episodes.patient_episodes import PatientEpisodes, episodes_at
from meta_med.episodes.queries import Queries
from meta_med.episodes.scaling import Scaling

LENGTHS = np.array([1, 4, 7, 2, 3, 9, 5, 1, 6, 2])
UNIT = Scaling([True, True], [False, False], [0.0, 0.0], [1.0, 1.0], [False], [0.0], [1.0])


def numbered(missing: tuple[int, ...] = ()) -> RecordTable:
    """Ten subjects of two cohorts; y and both covariates are the row's number; the second is at-record."""
    n = int(LENGTHS.sum())
    number = np.arange(n, dtype=np.float64)
    y = number[:, None].copy()
    y[list(missing)] = np.nan
    subject = np.repeat(np.arange(len(LENGTHS)), LENGTHS)
    return RecordTable(
        subject_ids=np.array([f"S{i}" for i in range(len(LENGTHS))]),
        offsets=np.r_[0, np.cumsum(LENGTHS)],
        time=number * 0.5,
        x=np.stack([number, number], 1) % 7,
        y=y,
        cohort=subject % 2,
        cohort_names=("even", "odd"),
        covariates=("ahead", "at_record"),
        known_ahead=(True, False),
        log_covariate=(False, False),
    )


def records_of(table: RecordTable) -> ModelRecords:
    return ModelRecords.of(table, UNIT)


def numbers(records: Records, b: int) -> list[int]:
    """Row numbers of the records that are there and have their outcome."""
    return records.y[b][records.y_observed[b]].int().tolist()


def nothing(rows: int) -> Records:
    return Records.empty(rows, records_of(numbered()).query(torch.arange(2), torch.arange(2), 1))


def at(rows: list[int], size: int = 4, table: RecordTable | None = None) -> EpisodeBatch:
    every = np.array(rows)
    queries = Queries(every, every, np.full(len(rows), size))
    return episodes_at(records_of(table or numbered()), nothing(2), queries, 4)


@pytest.mark.parametrize("size", [0, 1, 2, 4])
def test_support_is_the_most_recent_own_records_strictly_earlier(size: int) -> None:
    table = numbered()
    batch = at(list(range(table.n_records)), size)
    for row in range(table.n_records):
        own = range(table.offsets[table.subject[row]], row)
        assert numbers(batch.support, row) == list(own)[len(own) - min(size, len(own)) :]
    assert bool((batch.support.time[batch.support.present] < 0).all())


def test_support_is_right_aligned() -> None:
    present = at(list(range(int(LENGTHS.sum())))).support.present
    assert bool((present[:, 1:] >= present[:, :-1]).all())


def test_the_query_stands_at_time_zero_and_hides_what_is_measured_at_it() -> None:
    batch = at([8, 3])
    assert batch.query.time.tolist() == [[0.0], [0.0]]
    assert batch.query.x_observed.tolist() == [[[True, False]], [[True, False]]]
    assert bool((batch.query.x[..., 1] == 0).all())
    assert batch.query.y[:, 0, 0].tolist() == [8.0, 3.0]
    assert bool(batch.support.x_observed[0][batch.support.present[0]].all())


def test_time_is_relative_to_the_predicted_record() -> None:
    batch = at([9])
    assert batch.support.time[0, batch.support.present[0]].tolist() == [-2.0, -1.5, -1.0, -0.5]


def test_missing_values_are_masked_not_zero() -> None:
    batch = at([9], table=numbered(missing=(7,)))
    assert batch.support.y_observed[0, :, 0].tolist() == [True, True, False, True]


def test_extreme_covariates_are_bounded_on_model_scale() -> None:
    table = numbered()
    table = replace(table, x=np.full_like(table.x, 1e9))
    assert float(records_of(table).x.max()) == 8.0


def draws(n: int = 30, **sizes: float):
    """(source, batch) of many seeds."""
    table = numbered(missing=(6,))
    sizes = {"batch": 40, "context": ContextSize(3, 2), "support": 3, "query": 2, **sizes}
    subjects = np.array([True] * 8 + [False] * 2)
    for seed in range(n):
        source = PatientEpisodes(records_of(table), subjects, **sizes)
        yield table, source.sample(2, torch.Generator().manual_seed(seed))


def test_no_subject_that_is_predicted_lends_context() -> None:
    for table, batch in draws():
        lenders = {table.subject[int(v)] for v in batch.context.y[batch.context.present][:, 0]}
        predicted = set(table.subject[batch.query.y[:, 0, 0].int().numpy()])
        assert not lenders & predicted


def test_context_comes_from_the_same_cohort() -> None:
    for table, batch in draws():
        for k in range(2):
            assert {table.cohort[v] for v in numbers(batch.context, k)} <= {k}
        assert table.cohort[batch.query.y[:, 0, 0].int().numpy()].tolist() == batch.cohort.tolist()


def test_only_the_given_subjects_are_drawn() -> None:
    for table, batch in draws():
        for part in (batch.context, batch.support, batch.query):
            assert max(table.subject[part.y[part.y_observed].int().numpy()]) < 8


def test_what_is_predicted_first_has_an_outcome() -> None:
    assert all(bool(batch.query.y_observed[:, 0].any(-1).all()) for _, batch in draws())


def test_support_and_query_are_the_same_subjects_and_support_is_earlier() -> None:
    for table, batch in draws():
        for b in range(len(batch.cohort)):
            query, support = numbers(batch.query, b), numbers(batch.support, b)
            assert len({*table.subject[query], *table.subject[support]}) == 1
            assert not support or max(support) < min(query)


def test_every_support_size_is_practised() -> None:
    sizes = torch.cat([batch.support.present.sum(1) for _, batch in draws()])
    assert set(sizes.tolist()) == {0, 1, 2, 3}


def test_supports_may_be_the_first_records_however_late_the_query() -> None:
    for table, batch in draws(from_first=1.0):
        for b in range(len(batch.cohort)):
            support, query = numbers(batch.support, b), numbers(batch.query, b)
            start = table.offsets[table.subject[query[0]]]
            own = [row for row in range(start, query[0]) if row != 6]  # row 6 has no outcome
            assert support == own[: len(support)]


def test_cohorts_with_few_lenders_or_none_are_practised() -> None:
    lent = [
        torch.cat([batch.context.present.any(2).sum(1) for _, batch in draws(80, thin_context=t)])
        for t in (True, False)
    ]
    assert 0 in lent[0].tolist()
    assert float(lent[0].float().mean()) < float(lent[1].float().mean())


def test_the_same_generator_gives_the_same_batch() -> None:
    one, other = ([b for _, b in draws(2)] for _ in range(2))
    assert all(torch.equal(a.support.y, b.support.y) for a, b in zip(one, other, strict=True))


def test_fewer_cohorts_than_there_are_may_be_drawn() -> None:
    source = PatientEpisodes(
        records_of(numbered()),
        np.ones(10, dtype=bool),
        batch=8,
        context=ContextSize(2, 2),
        support=2,
        query=1,
    )
    batch = source.sample(1, torch.Generator().manual_seed(0))
    assert len(batch.context) == 1
    assert set(batch.cohort.tolist()) <= {0}
