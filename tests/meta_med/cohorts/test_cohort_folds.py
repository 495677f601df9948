"""Cohorts left out whole: who is held out, who validates, who lends context, and that nobody is in two places."""

from dataclasses import replace

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from meta_med.cohorts.assign import OTHER
from meta_med.cohorts.cohort_folds import cohort_folds, cohort_sizes, leave_cohorts_out
from meta_med.cohorts.record_table import RecordTable
from meta_med.cohorts.splits import SPLITS, Splits
from meta_med.episodes.prepared import Prepared
from meta_med.study import BudgetSpec, EvaluationSpec, OutcomeSpec, StudyMismatch, StudySpec
from tests import scenario
from tests.examples import examples

quick = examples(40)


def table_of(
    cohort: np.ndarray, person: np.ndarray | None = None, names: tuple[str, ...] = ()
) -> RecordTable:
    """One subject an entry, with two records each."""
    n, k = len(cohort), int(cohort.max()) + 1
    return RecordTable(
        subject_ids=np.array([f"S{i:04d}" for i in range(n)]),
        offsets=np.arange(n + 1) * 2,
        time=np.tile([0.0, 1.0], n),
        x=np.zeros((2 * n, 1)),
        y=np.arange(2.0 * n)[:, None],
        cohort=np.repeat(cohort, 2),
        cohort_names=names or tuple(f"cohort {c}" for c in range(k)),
        covariates=("x",),
        known_ahead=(True,),
        log_covariate=(False,),
        person_ids=np.array([], dtype=np.str_) if person is None else np.array([f"P{p:04d}" for p in person]),
    )


def asking(**evaluation: object) -> StudySpec:
    usual = {"settings": ("next", "new_cohort"), "cohort_sizes": (0, 2, 5)}
    return scenario.study(evaluation=EvaluationSpec(**{**usual, **evaluation}))


@st.composite
def cohorts(draw: st.DrawFn) -> np.ndarray:
    sizes = draw(st.lists(st.integers(1, 25), min_size=4, max_size=9))
    return np.repeat(np.arange(len(sizes)), sizes)


def of(splits: Splits, split: str) -> np.ndarray:
    return splits.subjects(split)


@quick
@given(cohorts(), st.integers(1, 2), st.integers(0, 3))
def test_no_cohort_is_in_two_roles(cohort: np.ndarray, out: int, fold: int) -> None:
    table = table_of(cohort)
    splits = leave_cohorts_out(table, asking(cohorts_out=out), fold)
    roles = [set(cohort[of(splits, s)]) for s in ("train", "held_out")]
    validation = set(cohort[of(splits, "tuning")]) | set(cohort[of(splits, "calibration")])
    assert not roles[0] & roles[1]
    assert not validation & (roles[0] | roles[1])
    assert len(roles[1]) == out
    assert roles[0]


@quick
@given(cohorts(), st.integers(0, 3))
def test_who_lends_context_is_never_predicted_and_never_more_than_half_of_a_cohort(
    cohort: np.ndarray, fold: int
) -> None:
    splits = leave_cohorts_out(table_of(cohort), asking(), fold)
    lends = splits.lends >= 0
    assert (splits.of_subject[lends] == -1).all()
    for c in set(cohort[lends]):
        own = cohort == c
        assert lends[own].sum() == min(5, own.sum() // 2)
        assert sorted(splits.lends[own & lends]) == list(range(lends[own].sum()))
        assert not of(splits, "train")[own].any()


@pytest.mark.parametrize("fold", range(5))
def test_validation_cohorts_are_dealt_half_to_tuning_and_half_to_calibration(fold: int) -> None:
    cohort = np.repeat(np.arange(5), 2000)
    splits = leave_cohorts_out(table_of(cohort), asking(), fold)
    asked = of(splits, "tuning") | of(splits, "calibration")
    assert asked.any()
    for c in set(cohort[asked]):
        own = asked & (cohort == c)
        # within four standard errors of a fair coin for each person
        assert of(splits, "tuning")[own].mean() == pytest.approx(0.5, abs=2 / np.sqrt(own.sum()))


@quick
@given(st.integers(0, 2**32 - 1), st.integers(0, 3))
def test_no_person_is_in_two_splits_nor_lends_where_they_are_predicted(seed: int, fold: int) -> None:
    rng = np.random.default_rng(seed)
    cohort, person = rng.integers(0, 6, 80), rng.integers(0, 40, 80)
    cohort[:6] = np.arange(6)
    splits = leave_cohorts_out(table_of(cohort, person), asking(), fold)
    for p in set(person):
        assert len(set(splits.of_subject[person == p]) - {-1}) <= 1
        own = person == p
        for c in set(cohort[own]):
            assert len(set((splits.lends >= 0)[own & (cohort == c)])) == 1


def test_validation_cohorts_are_such_whose_persons_are_not_held_out_already() -> None:
    """Six measurements of the same sixty persons and two of others: holding out one of the six leaves the two."""
    shared, others = np.tile(np.arange(60), 6), 100 + np.arange(80)
    cohort = np.r_[np.repeat(np.arange(6), 60), np.repeat([6, 7], 40)]
    table = table_of(cohort, np.r_[shared, others])
    for fold in range(8):
        splits = leave_cohorts_out(table, asking(), fold)
        if set(cohort[of(splits, "held_out")]) < set(range(6)):
            assert set(cohort[of(splits, "tuning")]) == {6, 7}


def test_small_cohorts_validate_together_but_never_more_than_half_of_them() -> None:
    cohort = np.repeat(np.arange(9), 12)
    splits = leave_cohorts_out(table_of(cohort), asking(), 0)
    assert len(set(cohort[of(splits, "tuning")])) == 4
    assert len(set(cohort[of(splits, "train")])) == 4


def test_over_the_folds_each_cohort_is_held_out_once() -> None:
    cohort = np.repeat(np.arange(4), 10)
    table, study = table_of(cohort), asking(cohort_folds=9)
    assert cohort_folds(table, study) == 4
    held = [set(cohort[of(leave_cohorts_out(table, study, f), "held_out")]) for f in range(4)]
    assert sorted(c for one in held for c in one) == [0, 1, 2, 3]


def test_the_pool_of_small_cohorts_is_always_trained_on() -> None:
    cohort = np.repeat(np.arange(5), 10)
    table = table_of(cohort, names=("a", "b", "c", "d", OTHER))
    for fold in range(4):
        assert of(leave_cohorts_out(table, asking(), fold), "train")[cohort == 4].all()


def test_a_subject_that_moves_into_a_left_out_cohort_is_not_trained_on() -> None:
    table = table_of(np.repeat(np.arange(4), 10))
    held = leave_cohorts_out(table, asking(), 0)
    left_out = table.entry_cohort[of(held, "held_out")][0]
    mover = int(np.flatnonzero(of(held, "train"))[0])
    moved = table.cohort.copy()
    moved[2 * mover + 1] = left_out
    splits = leave_cohorts_out(replace(table, cohort=moved), asking(), 0)
    assert splits.of_subject[mover] == -1


def test_too_few_cohorts_are_refused() -> None:
    with pytest.raises(StudyMismatch, match="new_cohort with 1 cohorts out needs 3 cohorts, the study has 2"):
        cohort_folds(table_of(np.repeat([0, 1], 10)), asking())


def test_a_cohort_without_a_scale_of_its_own_is_not_asked() -> None:
    alike = asking()
    by_cohort = replace(alike, outcomes=(OutcomeSpec(name="level", standardise="cohort"),))
    assert cohort_sizes(alike) == (0, 2, 5)
    assert cohort_sizes(by_cohort) == (2, 5)


@pytest.mark.parametrize("m", [0, 2, 5])
def test_the_context_of_a_left_out_cohort_is_records_of_its_first_m_lenders_only(m: int) -> None:
    cohort = np.repeat(np.arange(4), 12)
    table = table_of(cohort)
    study = replace(asking(), outcomes=(OutcomeSpec(name="level"),), budget=BudgetSpec(context_records=192))
    splits = leave_cohorts_out(table, study, 1)
    ready = Prepared.of(study, table, splits).lending(m)
    lenders = (splits.lends >= 0) & (splits.lends < m)
    for c in set(cohort[splits.lends >= 0]):
        found = ready.context.y[c][ready.context.present[c]]
        rows = table.rows_of(lenders & (cohort == c))
        expected = ready.records.y[torch.as_tensor(rows)]
        assert sorted(found[:, 0].tolist()) == sorted(expected[:, 0].tolist())


def test_every_role_is_one_that_the_rest_of_the_product_knows() -> None:
    splits = leave_cohorts_out(table_of(np.repeat(np.arange(5), 12)), asking(), 0)
    assert set(splits.of_subject) == {-1, *range(len(SPLITS))}
