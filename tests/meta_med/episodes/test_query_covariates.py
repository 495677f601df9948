"""The covariates of a predicted record. In the little table each covariate is the number of its row."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from meta_med.cohorts.record_table import Ahead, RecordTable
from meta_med.episodes.contexts import ContextSize, context_of
from meta_med.episodes.model_records import ModelRecords
from meta_med.episodes.patient_episodes import PatientEpisodes, episodes_at
from meta_med.episodes.queries import Queries, usable_end
from meta_med.episodes.query_covariates import QueryCovariates, query_covariates
from meta_med.episodes.scaling import Scaling

LENGTHS = np.array([4, 1, 3])
UNIT = Scaling([True, True], [False, False], [0.0, 0.0], [1.0, 1.0], [False], [0.0], [1.0])


def numbered(ahead: Ahead = "carried") -> RecordTable:
    """Three subjects, a record every half year; y and both covariates are the row's number, 0.5 more for the next."""
    number = np.arange(LENGTHS.sum(), dtype=np.float64)
    x = np.stack([number, number], 1)
    return RecordTable(
        subject_ids=np.array(["a", "b", "c"]),
        offsets=np.r_[0, np.cumsum(LENGTHS)],
        time=number * 0.5,
        x=x,
        y=number[:, None],
        cohort=np.zeros(len(number), dtype=np.int64),
        cohort_names=("all",),
        covariates=("one", "two"),
        known_ahead=(True, False),
        log_covariate=(False, False),
        ahead=(ahead, "own"),
        next_x=x + 0.5,
    )


def known(table: RecordTable, rows: list[int], end: list[int], gap_days: float = 0.0) -> list[float]:
    found = query_covariates(table, np.asarray(rows), np.asarray(end), usable_end(table, gap_days))
    assert np.array_equal(found[:, 1], rows)
    return found[:, 0].tolist()


@pytest.mark.parametrize(
    ("ahead", "expected"),
    [
        ("own", [0, 3, 3, 3, 4]),
        ("computed", [0, 3, 3, 3, 4]),
        ("carried", [0, 2, 0, 0, 4]),
        ("planned", [0, 2.5, 0.5, 0, 4]),
        ("fixed", [0.5, 2.5, 0.5, 0.5, 4.5]),
        ("advances", [0, 2.5, 1.5, 1.5, 4]),
    ],
)
def test_a_value_follows_from_the_newest_record_that_may_be_used_or_is_its_own_at_entry(
    ahead: Ahead, expected: list[float]
) -> None:
    # rows predicted, and one past the newest record that may be used: the last two have none
    assert known(numbered(ahead), [0, 3, 3, 3, 4], [0, 3, 1, 0, 4]) == expected


def test_a_window_is_known_of_the_newest_usable_record_and_of_no_earlier_one() -> None:
    assert known(numbered("window"), [0, 3], [0, 3]) == [0, 3]
    assert np.isnan(known(numbered("window"), [3], [2])).all()
    assert known(numbered("window"), [3], [2], gap_days=200.0) == [3]


def test_what_advances_by_the_time_between_stays_the_record_s_own_to_the_last_bit() -> None:
    table = numbered("advances")
    age = 41.7 + table.time
    table = replace(table, x=np.stack([age, table.x[:, 1]], 1))
    assert QueryCovariates.of(table, UNIT) is None
    found = query_covariates(table, np.asarray([3]), np.asarray([1]), usable_end(table))
    assert found[0, 0] == age[3]


def test_static_covariates_need_nothing_formed() -> None:
    table = numbered()
    static = replace(table, x=np.stack([table.subject * 1.5, table.x[:, 1]], 1))
    assert QueryCovariates.of(static, UNIT) is None
    assert QueryCovariates.of(table, UNIT) is not None


def numbers_of(table: RecordTable) -> tuple[ModelRecords, Queries]:
    records, rows = ModelRecords.of(table, UNIT), np.arange(table.n_records)
    return records, Queries(rows, rows, np.minimum(rows - table.offsets[table.subject], 2))


def test_every_query_of_evaluation_has_it_whatever_the_record_itself_holds() -> None:
    records, queries = numbers_of(numbered())
    context = context_of(records, torch.zeros(1, 0, 0, dtype=torch.long))
    batch = episodes_at(records, context, queries, 2)
    assert batch.query.x[:, 0, 0].tolist() == [0, 0, 1, 2, 4, 5, 5, 6]
    assert bool(batch.query.x_observed[:, 0, 0].all())
    assert not bool(batch.query.x_observed[:, 0, 1].any())
    assert batch.support.x[3, :, 0].tolist() == [1, 2]  # earlier records have their own


def test_every_query_of_training_has_it_too() -> None:
    source = PatientEpisodes(
        ModelRecords.of(numbered(), UNIT),
        np.ones(3, dtype=bool),
        batch=64,
        context=ContextSize(2, 1),
        support=3,
        query=2,
    )
    start, seen = torch.as_tensor([0, 0, 0, 0, 4, 5, 5, 5]), 0
    for seed in range(8):
        batch = source.sample(1, torch.Generator().manual_seed(seed))
        first = batch.query.y[:, 0, 0]
        newest = torch.maximum(first - 1, start[first.long()])
        for place in range(2):
            here = batch.query.present[:, place]
            assert torch.equal(batch.query.x[here, place, 0], newest[here])
            seen += place * int(here.sum())
    assert seen > 0
