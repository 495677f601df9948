"""The distance of two patients: symmetric, without unit, date and name; and who may be a neighbour."""

import json
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.published.release import LEAST_PATIENTS
from meta_med.published.similar.distance import (
    STRANGERS,
    comparable,
    courses_of,
    distances,
    features_of,
    nearest,
)
from meta_med.published.similar.pool import Pool
from tests.examples import examples

YEAR = 365.25
steps = st.sampled_from([0.0, 0.5 * YEAR, YEAR])
seeds = st.integers(0, 2**32 - 1)


def made(seed: int, n: int = 24) -> Pool:
    """Patients of two cohorts with one to six records each, of which some lack an outcome."""
    rng = np.random.default_rng(seed)
    names = [f"P{i:02d}" for i in range(n)]
    who = np.repeat(names, rng.integers(1, 7, n))
    times = np.cumsum(rng.uniform(30, 500, len(who)))
    values = {"bili": np.exp(rng.normal(size=len(who))), "albumin": rng.normal(3.5, 0.4, len(who))}
    wide = pd.DataFrame({"subject_id": who, "time_days": times, **values})
    long = wide.melt(["subject_id", "time_days"], var_name="outcome", value_name="value")
    display = [
        json.dumps({"age": f"{age:.1f} years", "sex": sex})
        for age, sex in zip(rng.uniform(30, 80, n), rng.choice(["female", "male"], n), strict=True)
    ]
    subjects = pd.DataFrame({"subject_id": names, "cohort": rng.choice(["A", "B"], n), "display": display})
    outcomes = pd.DataFrame({"name": ["bili", "albumin"], "scale": ["log", "identity"]})
    return Pool(subjects.assign(person=names), long[rng.random(len(long)) > 0.2], outcomes)


def all_distances(pool: Pool, step: float = YEAR) -> np.ndarray:
    features = features_of(pool, step)
    return np.stack([distances(features, own) for own in range(len(pool.subjects))])


@examples(12)
@given(seed=seeds, step=steps)
def test_it_is_symmetric_never_negative_and_zero_to_oneself(seed: int, step: float) -> None:
    found = all_distances(made(seed), step)
    np.testing.assert_array_equal(found, found.T)
    assert np.nanmin(found) == 0
    np.testing.assert_array_equal(np.diag(found), 0)


@examples(12)
@given(seed=seeds, factor=st.floats(1e-3, 1e3), days=st.floats(-1e4, 1e4))
def test_neither_a_unit_nor_a_date_changes_it(seed: int, factor: float, days: float) -> None:
    pool = made(seed)
    first = pool.records["subject_id"] == "P00"
    told = pool.records["value"] * factor
    moved = pool.records["time_days"] + np.where(first, days, 0.0)
    changed = replace(pool, records=pool.records.assign(value=told, time_days=moved))
    np.testing.assert_allclose(all_distances(changed), all_distances(pool), atol=1e-5)


@examples(12)
@given(seed=seeds)
def test_it_does_not_depend_on_names_or_the_order_of_rows(seed: int) -> None:
    pool = made(seed)
    shuffled = replace(pool, records=pool.records.sample(frac=1.0, random_state=seed % 2**31))
    np.testing.assert_allclose(all_distances(shuffled), all_distances(pool))


@examples(6)
@given(seed=seeds, step=steps)
def test_values_before_the_newest_record_lie_on_a_line_between_own_values(seed: int, step: float) -> None:
    """Against numpy's interpolation of one patient after the other."""
    pool = made(seed)
    points = step * np.arange(4) if step else np.zeros(1)
    reach = step or np.inf
    for name, course in zip(pool.outcomes["name"], courses_of(pool, step), strict=True):
        for i, subject in enumerate(pool.subjects["subject_id"]):
            rows = pool.records[pool.records["subject_id"] == subject]
            own = rows[rows["outcome"] == name].sort_values("time_days")
            at = rows["time_days"].max() - points
            known = (at >= own["time_days"].min() - 1e-6) & (at - own["time_days"].max() <= reach)
            assert (np.isfinite(course[i]) == known).all()
            values = np.log(own["value"]) if name == "bili" else own["value"]
            if known.any():
                np.testing.assert_allclose(
                    course[i][known], np.interp(at[known], own["time_days"], values), atol=1e-9
                )


def test_two_patients_picked_at_random_are_about_one_apart() -> None:
    found = all_distances(made(1, n=200))
    apart = found[~np.eye(len(found), dtype=bool)]
    assert np.nanmean(apart) == pytest.approx(STRANGERS, abs=0.15)


@examples(12)
@given(seed=seeds, own=st.integers(0, 23), step=steps)
def test_neighbours_are_others_and_the_nearest_of_those_who_can_be_compared(
    seed: int, own: int, step: float
) -> None:
    pool = made(seed)
    name = pool.subjects["subject_id"][own]
    found = nearest(pool, name, step)
    features = features_of(pool, step)
    far = np.where(comparable(features, own), distances(features, own), np.nan)
    far[own] = np.nan
    assert name not in {neighbour.subject_id for neighbour in found}
    near = np.sort(far[far < STRANGERS])[:3]
    np.testing.assert_array_equal([neighbour.distance for neighbour in found], near)


def test_series_of_the_same_person_are_no_neighbours_and_others_count_once() -> None:
    pool = made(3)
    twins = [(i + 1) // 2 for i in range(len(pool.subjects))]
    pool = replace(pool, subjects=pool.subjects.assign(person=twins))
    found = [neighbour.subject_id for neighbour in nearest(pool, "P01", YEAR)]
    persons = [twins[int(name[1:])] for name in found]
    assert found
    assert twins[1] not in persons
    assert len(set(persons)) == len(persons)


def test_a_patient_without_records_has_no_neighbours_and_is_none() -> None:
    pool = made(5)
    without = replace(pool, records=pool.records[pool.records["subject_id"] != "P04"])
    assert nearest(without, "P04", YEAR) == ()
    every = [nearest(without, name, YEAR, most=99) for name in without.subjects["subject_id"]]
    assert "P04" not in {neighbour.subject_id for near in every for neighbour in near}


@pytest.mark.parametrize("size", [LEAST_PATIENTS - 1, LEAST_PATIENTS])
def test_nobody_of_a_cohort_of_few_people_is_compared(size: int) -> None:
    pool = made(7, n=40)
    pool = replace(pool, subjects=pool.subjects.assign(cohort=["small"] * size + ["large"] * (40 - size)))
    kept = pool.without_small_cohorts("P39").subjects
    assert (kept["cohort"] == "small").sum() == (size if size >= LEAST_PATIENTS else 0)
    own = pool.without_small_cohorts("P00").subjects["subject_id"]
    assert "P00" in set(own)


def test_people_are_counted_and_not_their_series() -> None:
    pool = made(7, n=40)
    of_few = pool.subjects.assign(cohort="A", person=[i % (LEAST_PATIENTS - 1) for i in range(40)])
    kept = replace(pool, subjects=of_few).without_small_cohorts("P00")
    assert kept.subjects["subject_id"].tolist() == ["P00"]
    assert set(kept.records["subject_id"]) == {"P00"}
