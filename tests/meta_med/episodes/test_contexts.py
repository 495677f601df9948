"""Contexts lend whole series. Every record of the little table carries its own row number as its outcome."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from meta_med.cohorts.record_table import RecordTable
from meta_med.cohorts.splits import Splits
from meta_med.episodes.batch import Records
from meta_med.episodes.contexts import ContextSize, Lending, context_of, fixed_rows
from meta_med.study import BudgetSpec
from tests import scenario
from tests.meta_med.episodes.test_patient_episodes import LENGTHS, numbered, records_of

EVERYBODY = np.ones(len(LENGTHS), dtype=bool)


def fixed(
    subjects: np.ndarray, size: ContextSize, seed: int = 0, table: RecordTable | None = None
) -> Records:
    records = records_of(numbered() if table is None else table)
    return context_of(records, torch.as_tensor(fixed_rows(records, subjects, 2, size, seed)))


def series(context: Records) -> list[list[int]]:
    """The row numbers of each lender who is there."""
    flat = context.merged(0)
    return [flat.y[i][flat.y_observed[i]].int().tolist() for i in range(len(flat)) if flat.present[i].any()]


def test_a_lender_lends_consecutive_records_of_one_subject_and_at_most_once() -> None:
    table = numbered()
    for seed in range(20):
        found = series(fixed(EVERYBODY, ContextSize(5, 3), seed))
        lenders = [table.subject[rows].tolist() for rows in found]
        assert [len(set(subjects)) for subjects in lenders] == [1] * 10
        assert len({subjects[0] for subjects in lenders}) == 10
        assert all(np.diff(rows).tolist() == [1] * (len(rows) - 1) for rows in found)
        assert [len(rows) for rows in found] == [min(LENGTHS[s[0]], 3) for s in lenders]


def test_every_window_of_a_long_series_is_lent_sometimes() -> None:
    only = np.arange(10) == 5
    first = {series(fixed(only, ContextSize(1, 3), seed))[0][0] for seed in range(80)}
    start = int(numbered().offsets[5])
    assert first == set(range(start, start + 7))


def test_records_without_an_outcome_are_not_lent() -> None:
    table = numbered(missing=(6,))
    assert all(6 not in rows for rows in series(fixed(EVERYBODY, ContextSize(5, 12), table=table)))


def test_times_are_those_between_a_lenders_records_and_the_newest_is_one_unit_before_prediction() -> None:
    found = fixed(EVERYBODY, ContextSize(5, 12)).merged(0)
    for i in range(len(found)):
        time = found.time[i][found.present[i]].tolist()
        assert time == [-1.0 - 0.5 * (len(time) - 1 - j) for j in range(len(time))]


def test_lenders_are_of_the_cohort_only() -> None:
    table, found = numbered(), fixed(EVERYBODY, ContextSize(5, 4))
    for k in range(2):
        rows = found.y[k][found.y_observed[k]].int().numpy()
        assert set(table.cohort[rows]) == {k}


def test_a_fixed_context_repeats_with_its_seed_and_leaves_gaps_where_a_cohort_is_small() -> None:
    one, other = (fixed(np.arange(10) < 2, ContextSize(6, 3), 3) for _ in range(2))
    assert torch.equal(one.y, other.y)
    assert one.present.sum((1, 2)).tolist() == [1, 3]


def test_a_cohort_without_training_subjects_has_an_empty_context() -> None:
    assert not bool(fixed(~EVERYBODY, ContextSize(3, 2)).present.any())


def test_lenders_are_drawn_alike_whatever_the_number_of_their_records() -> None:
    records = records_of(numbered())
    lending, everybody = Lending(records, torch.ones(10, dtype=torch.bool)), torch.ones(10, dtype=torch.bool)
    generator, count = torch.Generator().manual_seed(0), np.zeros(10)
    for _ in range(600):
        rows = lending.drawn(torch.tensor([0, 1]), ContextSize(1, 2), everybody, generator)
        np.add.at(count, records.subject[rows[:, 0, 0]].numpy(), 1)
    assert count.sum() == 1200
    assert np.abs(count - 120).max() < 45  # four standard deviations


@pytest.mark.parametrize(
    ("budget", "lenders", "records"),
    [(8, 8, 1), (32, 16, 2), (64, 16, 4), (128, 16, 8), (256, 32, 8), (0, 0, 1)],
)
def test_room_is_for_people_first(budget: int, lenders: int, records: int) -> None:
    """The longest series of the table has 8 records."""
    table = scenario.table()
    spec = replace(scenario.study(), budget=BudgetSpec(context_records=budget))
    nobody = Splits(np.zeros(table.n_subjects, dtype=np.int64))
    assert ContextSize.of(spec, table, nobody) == ContextSize(lenders, records)


def test_every_lender_of_a_left_out_cohort_has_room() -> None:
    table, spec = scenario.table(), replace(scenario.study(), budget=BudgetSpec(context_records=8))
    lends = np.full(table.n_subjects, -1)
    lends[:20] = np.arange(20)
    splits = Splits(np.zeros(table.n_subjects, dtype=np.int64), lends)
    assert ContextSize.of(spec, table, splits).lenders == 20
