"""A patient's split is a function of the patient's identifier: whoever else is added, removed or moved changes nothing.

A held-out patient who became a training one would make every later evaluation dishonest.
"""

from dataclasses import replace

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from meta_med.cohorts.cohort_folds import leave_cohorts_out
from meta_med.cohorts.persons import merge_persons, person_places, places, spelling
from meta_med.cohorts.record_table import RecordTable
from meta_med.cohorts.splits import Splits, cohort_order, split_subjects
from meta_med.study import EvaluationSpec, SplitsSpec
from tests import scenario
from tests.examples import examples

quick = examples(60)
identifiers = st.one_of(
    st.integers(0, 10**9).map(str),
    st.sampled_from(["7", "07", "007", "P7", "p-7", "Ünal", "7.0"]),
    st.text(min_size=1, max_size=12).filter(lambda text: bool(spelling(text)) and "\x00" not in text),
)
people = st.lists(identifiers, min_size=1, max_size=30, unique_by=spelling)
specs = st.builds(
    SplitsSpec,
    folds=st.integers(2, 8),
    fold=st.integers(0, 1),
    parts=st.sampled_from([1, 1, 2, 3, 5]),
    tuning=st.floats(0.05, 0.2),
    calibration=st.floats(0.05, 0.2),
    seed=st.integers(0, 2**31 - 1),
)


def table_of(names: list[str], rng: np.random.Generator) -> RecordTable:
    """One subject a name, each with one to three records in a drawn cohort of four."""
    records = rng.integers(1, 4, len(names))
    n = int(records.sum())
    return RecordTable(
        subject_ids=np.asarray(names, dtype=np.str_),
        offsets=np.r_[0, np.cumsum(records)],
        time=np.arange(n, dtype=np.float64),
        x=np.zeros((n, 1)),
        y=rng.normal(size=(n, 1)),
        cohort=np.repeat(rng.integers(0, 4, len(names)), records),
        cohort_names=("a", "b", "c", "d"),
        covariates=("x",),
        known_ahead=(True,),
        log_covariate=(False,),
    )


def of_each(table: RecordTable, splits: Splits) -> dict[str, tuple[int, ...]]:
    """Identifier -> the split, and the role in the fit of each part."""
    parts = [splits.of_part(part).of_subject for part in range(splits.parts)] if splits.cross_fitted else []
    columns = np.stack([splits.of_subject, *parts], axis=1)
    return {str(name): tuple(row) for name, row in zip(table.subject_ids, columns.tolist(), strict=True)}


@quick
@given(people, specs, st.integers(0, 2**32 - 1), st.data())
def test_others_who_come_go_or_are_reordered_change_nobodys_split_or_part(
    names: list[str], spec: SplitsSpec, seed: int, data: st.DataObject
) -> None:
    rng = np.random.default_rng(seed)
    everybody = of_each(table := table_of(names, rng), split_subjects(table, spec))
    some = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    left = of_each(table := table_of(some, rng), split_subjects(table, spec))
    assert left == {name: everybody[name] for name in some}


@quick
@given(people, st.integers(2, 8), st.integers(0, 2**31 - 1))
def test_in_every_fold_others_change_nothing_either(names: list[str], folds: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    half = names[::2]
    for fold in range(folds):
        spec = SplitsSpec(folds=folds, fold=fold, tuning=0.1, calibration=0.1, seed=seed)
        whole, part = table_of(names, rng), table_of(half, rng)
        everybody = of_each(whole, split_subjects(whole, spec))
        assert of_each(part, split_subjects(part, spec)) == {name: everybody[name] for name in half}


@quick
@given(people, specs, st.data())
def test_one_person_under_several_names_is_where_one_of_them_is_and_nobody_else_moves(
    names: list[str], spec: SplitsSpec, data: st.DataObject
) -> None:
    table = table_of(names, np.random.default_rng(0))
    group = data.draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
    apart = of_each(table, split_subjects(table, spec))
    linked = merge_persons(table, [group])
    together = of_each(linked, split_subjects(linked, spec))
    assert {name: together[name] for name in names if name not in group} == {
        name: apart[name] for name in names if name not in group
    }
    first = min(group, key=lambda name: (spelling(name), name))
    assert {together[name] for name in group} == {apart[first]}


@quick
@given(people, st.integers(0, 2**31 - 1), st.randoms(use_true_random=False))
def test_case_blanks_and_forms_of_unicode_do_not_move_a_person(names: list[str], seed: int, random) -> None:
    def written_otherwise(name: str) -> str:
        blank = random.randint(0, len(name))
        return name[:blank] + " " + name[blank:]

    np.testing.assert_array_equal(
        places(names, seed, "split"), places(map(written_otherwise, names), seed, "split")
    )


@quick
@given(st.lists(identifiers, min_size=2, max_size=12, unique_by=spelling), st.integers(0, 2**31 - 1))
def test_a_cohort_that_is_added_changes_the_order_of_no_others(names: list[str], seed: int) -> None:
    whole = [names[i] for i in cohort_order(names, seed)]
    fewer = names[1:][::-1]
    assert [fewer[i] for i in cohort_order(fewer, seed)] == [name for name in whole if name != names[0]]


@quick
@given(st.lists(st.integers(2, 20), min_size=5, max_size=8), st.integers(0, 4), st.integers(0, 2**31 - 1))
def test_a_new_patient_of_a_left_out_cohort_changes_at_most_one_other(
    sizes: list[int], fold: int, seed: int
) -> None:
    study = scenario.study(
        splits=SplitsSpec(seed=seed), evaluation=EvaluationSpec(settings=("new_cohort",), cohort_sizes=(0, 3))
    )
    cohort = np.repeat(np.arange(len(sizes)), sizes)
    names = [f"S{i}" for i in range(len(cohort))]
    table = replace(
        table_of(names, np.random.default_rng(0)),
        offsets=np.arange(len(names) + 1),
        cohort=cohort,
        cohort_names=tuple(f"cohort {c}" for c in range(len(sizes))),
    )
    before = leave_cohorts_out(without_last(table), study, fold)
    after = leave_cohorts_out(table, study, fold)
    # one person more may change how many cohorts validate: the claim is about cohorts that keep their role
    assume(validating(before, cohort[:-1]) == validating(after, cohort))
    changed = before.of_subject != after.of_subject[:-1]
    assert changed.sum() <= 1
    tunes = person_places(table, seed, "validate") < 0.5
    assert set(tunes[after.subjects("tuning")]) <= {True}
    assert set(tunes[after.subjects("calibration")]) <= {False}


def without_last(table: RecordTable) -> RecordTable:
    return replace(
        table,
        subject_ids=table.subject_ids[:-1],
        offsets=table.offsets[:-1],
        cohort=table.cohort[: table.offsets[-2]],
    )


def validating(splits: Splits, cohort: np.ndarray) -> set[int]:
    """The cohorts in which somebody tunes, calibrates or lends context."""
    asked = splits.subjects("tuning") | splits.subjects("calibration") | (splits.lends >= 0)
    return set(cohort[asked].tolist())
