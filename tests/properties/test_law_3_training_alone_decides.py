"""Law 3: nobody stands in two splits, and training subjects alone decide scaling and cohort contexts."""

from dataclasses import replace

import numpy as np
import torch
from hypothesis import assume, given
from hypothesis import strategies as st

from meta_med.cohorts.record_table import RecordTable
from meta_med.cohorts.splits import SPLITS, split_subjects
from meta_med.episodes.prepared import Prepared
from meta_med.study import SplitsSpec
from tests import scenario
from tests.examples import examples

quick = examples(40)


@st.composite
def entry_cohorts(draw: st.DrawFn, least: int = 1, most: int = 40) -> RecordTable:
    """Subjects with one record each, in cohorts of very different sizes."""
    sizes = draw(st.lists(st.integers(least, most), min_size=1, max_size=6))
    cohort = np.repeat(np.arange(len(sizes)), sizes)
    n = len(cohort)
    return RecordTable(
        subject_ids=np.array([f"S{i:04d}" for i in range(n)]),
        offsets=np.arange(n + 1),
        time=np.zeros(n),
        x=np.zeros((n, 1)),
        y=np.zeros((n, 1)),
        cohort=cohort,
        cohort_names=tuple(f"cohort {c}" for c in range(len(sizes))),
        covariates=("x",),
        known_ahead=(True,),
        log_covariate=(False,),
    )


@quick
@given(entry_cohorts(), st.integers(2, 6), st.integers(0, 99))
def test_each_subject_is_held_out_exactly_once_over_the_folds(
    table: RecordTable, folds: int, seed: int
) -> None:
    held_out = [
        split_subjects(table, SplitsSpec(folds=folds, fold=f, seed=seed)).subjects("held_out")
        for f in range(folds)
    ]
    assert np.array_equal(np.sum(held_out, 0), np.ones(table.n_subjects))


@quick
@given(entry_cohorts(), st.integers(0, 4), st.integers(0, 99))
def test_every_subject_is_in_exactly_one_split(table: RecordTable, fold: int, seed: int) -> None:
    splits = split_subjects(table, SplitsSpec(fold=fold, seed=seed))
    assert np.array_equal(sum(splits.subjects(s).astype(int) for s in SPLITS), np.ones(table.n_subjects))


@quick
@given(entry_cohorts(least=1000, most=2000), st.integers(0, 4), st.integers(0, 99))
def test_every_cohort_is_shared_out_in_the_same_proportions(table: RecordTable, fold: int, seed: int) -> None:
    """As far as chance goes: a place is that of the person, whatever the cohort."""
    splits = split_subjects(table, SplitsSpec(fold=fold, seed=seed))
    for c in range(len(table.cohort_names)):
        own = table.entry_cohort == c
        for split, share in (("held_out", 0.2), ("tuning", 0.15), ("calibration", 0.2)):
            found = splits.subjects(split)[own].mean()
            allowed = 5.5 * np.sqrt(share * (1 - share) / own.sum())
            assert abs(found - share) <= allowed, f"{split}: {found:.3f} of {own.sum()}"


@quick
@given(entry_cohorts(), st.integers(1, 3), st.integers(0, 4))
def test_cohorts_left_out_are_held_out_whole(table: RecordTable, left_out: int, fold: int) -> None:
    assume(left_out < len(table.cohort_names))
    splits = split_subjects(table, SplitsSpec(fold=fold, leave_cohorts_out=left_out))
    held_out = splits.subjects("held_out")
    whole = [held_out[table.entry_cohort == c] for c in range(len(table.cohort_names))]
    assert all(mask.all() or not mask.any() for mask in whole)
    assert sum(mask.all() for mask in whole) == left_out


@examples(15)
@given(st.integers(0, 2**32 - 1))
def test_other_values_of_the_other_subjects_change_neither_scaling_nor_contexts(seed: int) -> None:
    rng = np.random.default_rng(seed)
    before = scenario.prepared()
    other = ~before.splits.subjects("train")[before.table.subject]
    x, y = before.table.x.copy(), before.table.y.copy()
    x[other] = rng.normal(size=x[other].shape) * 1000
    y[other] = np.where(rng.random(y[other].shape) < 0.5, np.nan, 1e6)
    after = Prepared.of(before.study, replace(before.table, x=x, y=y), before.splits)
    assert after.scaling == before.scaling
    for name, tensor in vars(before.context).items():
        assert torch.equal(getattr(after.context, name), tensor)


def test_the_claim_can_fail_because_training_subjects_do_decide() -> None:
    before = scenario.prepared()
    train = before.splits.subjects("train")[before.table.subject]
    y = np.where(train[:, None], before.table.y + 1, before.table.y)
    after = Prepared.of(before.study, replace(before.table, y=y), before.splits)
    assert after.scaling != before.scaling


@examples(10)
@given(st.integers(0, 2**32 - 1))
def test_contexts_hold_records_of_training_subjects_of_the_same_cohort_only(seed: int) -> None:
    spec = scenario.study(seed=seed % 1000)
    ready = Prepared.of(spec, scenario.table(), scenario.prepared().splits)
    train = ready.splits.subjects("train")[ready.table.subject]
    for c in range(len(ready.table.cohort_names)):
        own = ready.records.y[torch.as_tensor(train & (ready.table.cohort == c))]
        for value in ready.context.y[c][ready.context.present[c]]:
            assert bool((own == value).all(1).any())
