"""Splits by person; their laws are in tests/properties."""

from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.assemble import assemble, assemble_with_account
from meta_med.cohorts.persons import places
from meta_med.cohorts.record_table import RecordTable
from meta_med.cohorts.splits import (
    Splits,
    cohorts_left_out,
    nearest_seed,
    split_subjects,
)
from meta_med.study import SplitsSpec, StudyMismatch, StudySpec
from orchestration.study.load import load
from tests import scenario


def test_the_same_seed_gives_the_same_splits_and_another_one_others() -> None:
    table = scenario.table()
    one = split_subjects(table, SplitsSpec(seed=1)).of_subject
    assert np.array_equal(one, split_subjects(table, SplitsSpec(seed=1)).of_subject)
    assert not np.array_equal(one, split_subjects(table, SplitsSpec(seed=2)).of_subject)


@pytest.mark.parametrize("fold", [-1, 5])
def test_a_fold_that_does_not_exist_is_refused(fold: int) -> None:
    with pytest.raises(ValueError, match=r"splits.fold: expected 0\.\.4"):
        split_subjects(scenario.table(), SplitsSpec(fold=fold))


def test_shares_that_leave_nobody_to_train_on_are_refused() -> None:
    with pytest.raises(ValueError, match="nobody to train on"):
        split_subjects(scenario.table(), SplitsSpec(tuning=0.4, calibration=0.4))


def test_leaving_cohorts_out_takes_another_cohort_each_fold() -> None:
    table = scenario.table()
    left_out = []
    for fold in range(2):
        held_out = split_subjects(table, SplitsSpec(folds=2, fold=fold, leave_cohorts_out=1)).subjects(
            "held_out"
        )
        left_out.append(set(table.entry_cohort[held_out]))
    assert left_out[0] | left_out[1] == {0, 1}
    assert all(len(cohorts) == 1 for cohorts in left_out)


def test_a_named_cohort_is_held_out_whole_and_every_other_is_used() -> None:
    table = scenario.table()
    name = table.cohort_names[1]
    splits = split_subjects(table, SplitsSpec(leave_cohorts_out=(name,)))
    assert np.array_equal(splits.subjects("held_out"), table.entry_cohort == 1)
    assert cohorts_left_out(table, SplitsSpec(leave_cohorts_out=(name,))) == (name,)
    others = table.entry_cohort == 0
    assert all((splits.subjects(s) & others).any() for s in ("train", "tuning", "calibration"))


def test_who_moves_into_a_named_cohort_later_is_held_out_too() -> None:
    table = scenario.table()
    moved = np.flatnonzero((table.entry_cohort == 0) & (np.diff(table.offsets) > 1))[0]
    cohort = table.cohort.copy()
    cohort[table.newest[moved]] = 1
    table = replace(table, cohort=cohort)
    for left_out in ((table.cohort_names[1],), 1):
        spec = SplitsSpec(folds=2, leave_cohorts_out=left_out)
        splits = split_subjects(table, spec)
        used = table.rows_of(~splits.subjects("held_out"))
        assert not set(np.asarray(table.cohort_names)[table.cohort[used]]) & set(
            cohorts_left_out(table, spec)
        )


def test_all_series_of_a_person_in_a_named_cohort_are_held_out() -> None:
    table = scenario.table()
    first, other = (np.flatnonzero(table.entry_cohort == c)[0] for c in (0, 1))
    person = table.subject_ids.copy()
    person[first] = person[other]
    splits = split_subjects(
        replace(table, person_ids=person), SplitsSpec(leave_cohorts_out=(table.cohort_names[1],))
    )
    assert splits.subjects("held_out")[[first, other]].all()


def test_a_cohort_that_does_not_exist_is_refused_with_those_that_do() -> None:
    table = scenario.table()
    name = table.cohort_names[0]
    with pytest.raises(StudyMismatch) as refused:
        split_subjects(table, SplitsSpec(leave_cohorts_out=(name + "x", "nowhere")))
    assert f'no cohort "{name}x" (did you mean "{name}"?), "nowhere"' in str(refused.value)
    assert all(f'"{known}"' in str(refused.value) for known in table.cohort_names)


@pytest.mark.parametrize("left_out", [2, 5])
def test_cohorts_that_leave_nobody_to_train_on_are_refused(left_out: int) -> None:
    table = scenario.table()
    for spec in (SplitsSpec(leave_cohorts_out=left_out), SplitsSpec(leave_cohorts_out=table.cohort_names)):
        with pytest.raises(StudyMismatch, match="all 2 cohorts are left out"):
            split_subjects(table, spec)


@pytest.mark.parametrize("parts", [1, 3])
def test_saved_splits_are_read_back(tmp_path: Path, parts: int) -> None:
    splits = split_subjects(scenario.table(), SplitsSpec(parts=parts))
    splits.save(tmp_path / "splits.json")
    found = Splits.load(tmp_path / "splits.json")
    for name, value in vars(splits).items():
        np.testing.assert_array_equal(getattr(found, name), value)


def parts_of(splits: Splits) -> list[Splits]:
    return [splits.of_part(part) for part in range(splits.parts)]


@pytest.mark.parametrize("parts", [2, 3, 5])
def test_everybody_who_is_not_held_out_is_predicted_once_by_a_fit_without_them(parts: int) -> None:
    splits = split_subjects(scenario.table(), SplitsSpec(parts=parts, seed=parts))
    predicted = np.stack([part.subjects("calibration") for part in parts_of(splits)])
    np.testing.assert_array_equal(predicted.sum(0), splits.subjects("train"))
    for part in parts_of(splits):
        roles = np.stack([part.subjects(s) for s in ("train", "tuning", "calibration", "held_out")])
        assert (roles.sum(0) == 1).all()
        np.testing.assert_array_equal(part.subjects("held_out"), splits.subjects("held_out"))


def test_with_parts_everybody_who_is_not_held_out_trains_tunes_and_calibrates() -> None:
    table = scenario.table()
    splits, once = (split_subjects(table, SplitsSpec(parts=parts)) for parts in (3, 1))
    np.testing.assert_array_equal(splits.subjects("held_out"), once.subjects("held_out"))
    for split in ("train", "tuning", "calibration"):
        np.testing.assert_array_equal(splits.subjects(split), ~splits.subjects("held_out"))
    assert splits.distinct == ("train", "held_out")


@pytest.mark.parametrize("fold", range(4))
def test_parts_have_each_cohort_in_proportion_as_far_as_chance_goes(fold: int) -> None:
    table = many_people("{}", cohorts=3)
    spec = SplitsSpec(folds=4, fold=fold, parts=3, tuning=0.15)
    for part in parts_of(split_subjects(table, spec)):
        rest = ~part.subjects("held_out")
        for c in range(3):
            here = rest & (table.entry_cohort == c)
            assert_share(part.subjects("calibration")[here], 1 / 3)
            assert_share(part.subjects("tuning")[here], 0.15 * 4 / 3)


def many_people(form: str, n: int = 10_000, cohorts: int = 1) -> RecordTable:
    """One record of each of so many people, whose identifiers are written in one form; cohorts alternate."""
    return RecordTable(
        subject_ids=np.asarray([form.format(i) for i in range(n)]),
        offsets=np.arange(n + 1),
        time=np.zeros(n),
        x=np.zeros((n, 1)),
        y=np.zeros((n, 1)),
        cohort=np.arange(n) % cohorts,
        cohort_names=tuple(f"cohort {c}" for c in range(cohorts)),
        covariates=("x",),
        known_ahead=(True,),
        log_covariate=(False,),
    )


def assert_share(chosen: np.ndarray, share: float) -> None:
    """The share of a mask is this one, within four standard errors of independent draws."""
    assert chosen.mean() == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / len(chosen)))


@pytest.mark.parametrize("form", ["{}", "{:08d}", "patient {} of ward 3", "1974-{:05d}"])
@pytest.mark.parametrize("seed", [0, 1, 2026])
def test_of_ten_thousand_people_each_split_has_its_share(form: str, seed: int) -> None:
    table = many_people(form)
    for fold in range(5):
        splits = split_subjects(table, SplitsSpec(fold=fold, seed=seed))
        for split, share in (("held_out", 0.2), ("tuning", 0.15), ("calibration", 0.2), ("train", 0.45)):
            assert_share(splits.subjects(split), share)


def test_over_the_folds_everybody_is_held_out_once_and_trains_in_others() -> None:
    table = many_people("{}", n=500)
    trains = sum(
        split_subjects(table, SplitsSpec(fold=fold)).subjects("train").astype(int) for fold in range(5)
    )
    assert trains.min() >= 2


def test_places_of_another_seed_or_use_are_independent() -> None:
    names = [str(i) for i in range(10_000)]
    deals = [places(names, 0, "split"), places(names, 1, "split"), places(names, 0, "validate")]
    correlation = np.corrcoef(deals) - np.eye(3)
    assert np.abs(correlation).max() < 4 / np.sqrt(10_000)


def test_a_place_is_the_same_for_ever() -> None:
    """Values worked out by hand from the definition: a change of them re-deals every study."""
    for name, seed in (("007", 0), ("7", 0), ("7", 2026), ("ünal", 3)):
        digest = blake2b(name.encode(), digest_size=6, key=str(seed).encode(), person=b"split").digest()
        assert places([name], seed, "split").tolist() == [int.from_bytes(digest, "big") / 2**48]
    assert places(["007", "7"], 0, "split").round(6).tolist() == [0.922256, 0.805565]


def by_patient(ids: list[object]) -> dict[str, int]:
    """Identifier -> split, of a table in which the column of identifiers holds these values."""
    first = scenario.visits(len(ids)).drop_duplicates("id")
    table = assemble_with_account({"visits": first.assign(id=ids)}, scenario.study()).table
    splits = split_subjects(table, SplitsSpec(seed=5))
    return dict(zip(table.subject_ids.tolist(), splits.of_subject.tolist(), strict=True))


def test_an_identifier_counts_by_its_text_however_the_table_holds_it() -> None:
    numbers = by_patient(list(range(1, 61)))
    assert by_patient([float(i) for i in range(1, 61)]) == numbers
    assert by_patient([str(i) for i in range(1, 61)]) == numbers
    assert by_patient([f"{i:03d}" for i in range(1, 61)]) != {f"{int(k):03d}": v for k, v in numbers.items()}


@pytest.mark.parametrize("folds", [3, 5])
def test_the_nearest_seed_of_a_small_study_keeps_every_split_within_two_people_of_its_share(
    folds: int,
) -> None:
    table = many_people("{}", n=24)
    spec = SplitsSpec(folds=folds, tuning=0.2, calibration=0.2)
    seed = nearest_seed(table, spec)
    assert nearest_seed(table, replace(spec, seed=7)) == seed
    share = {"held_out": 1 / folds, "tuning": 0.2, "calibration": 0.2}
    for fold in range(folds):
        splits = split_subjects(table, replace(spec, seed=seed, fold=fold))
        for split, part in share.items():
            assert abs(splits.subjects(split).sum() - 24 * part) <= 2


def test_one_more_patient_of_pbc_moves_none_of_the_312() -> None:
    study = load("pbc")
    visits = pd.read_csv(study.sources["visits"])
    assert visits["id"].nunique() == 312
    new = visits[visits["id"] == visits["id"].iloc[0]].assign(
        id=visits["id"].max() + 1, day=lambda v: v["day"] + 1
    )
    before, after = (
        {fold: split_of_each(frame, study.spec, fold) for fold in range(5)}
        for frame in (visits, pd.concat([new, visits]))
    )
    for fold in range(5):
        assert len(before[fold]) == 312
        assert {name: after[fold][name] for name in before[fold]} == before[fold]


def split_of_each(visits: pd.DataFrame, study: StudySpec, fold: int) -> dict[str, int]:
    table = assemble({"visits": visits}, study)
    of = split_subjects(table, replace(study.splits, fold=fold)).of_subject
    return dict(zip(table.subject_ids.tolist(), of.tolist(), strict=True))


def test_parts_of_which_one_leaves_nobody_to_train_on_are_refused() -> None:
    with pytest.raises(ValueError, match="parts and tuning leave nobody"):
        split_subjects(scenario.table(), SplitsSpec(parts=2, tuning=0.5, calibration=0.1))
