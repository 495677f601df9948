"""The opponent is chosen on one half of the patients and compared on the other: what that must not depend on."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from meta_med.calibrate.record_scores import Scored
from meta_med.evaluate.comparison.compare import compare
from meta_med.evaluate.comparison.cross_chosen import choices, cross_chosen, deals, fixed_baseline
from meta_med.evaluate.evaluation_table import POOLED
from tests.meta_med.scored_example import FACTOR, scored

BASELINES = ("last_value", "population")
RIVALS = ("a", "b", "c", "d", "e")


def cell(table: pd.DataFrame, **wanted: object) -> pd.Series:
    rows = table[(table[list(wanted)] == list(wanted.values())).all(axis=1)]
    return rows.iloc[0]


def taken(one: Scored, rows: np.ndarray) -> Scored:
    return replace(
        one,
        size=one.size[rows],
        subject=one.subject[rows],
        cohort=one.cohort[rows],
        scores={who: {k: s[rows] for k, s in own.items()} for who, own in one.scores.items()},
        age=one.age[rows],
    )


def of_equal_baselines(seed: int, n: int = 60) -> Scored:
    """A champion and five baselines that err by the same distribution, each by its own luck."""
    rng = np.random.default_rng(seed)
    one = scored(n=n, sizes=2, seed=seed)
    names = ("champion", *RIVALS)
    scores = {who: {("marker", "mae", "mmHg"): rng.gamma(4.0, 1.0, len(one.size))} for who in names}
    return replace(one, scores=scores)


def test_one_clear_best_baseline_gives_what_hindsight_gives() -> None:
    one = scored()
    hindsight = compare(one, BASELINES)
    wanted = {"outcome": "marker", "metric": "mae", "support_size": POOLED}
    best = cell(hindsight[hindsight["best"]], cohort="all", **wanted)
    found = cell(cross_chosen(one, BASELINES).table, **wanted)
    same = ["champion", "other", "relative", "relative_low", "relative_high", "n_patients", "n_predictions"]
    np.testing.assert_allclose(found[same].astype(float), best[same].astype(float))
    assert (found["against"], found["share"]) == ("last_value", 1.0)


def test_nobody_helps_to_choose_the_baseline_that_they_are_compared_with() -> None:
    """One patient's errors are made so large that they alone decide: only the other half's opponent changes."""
    rng = np.random.default_rng(0)
    rivals, person = rng.gamma(4.0, 1.0, (40, 3)), np.arange(40)
    before = choices(rivals, person)
    rivals[7] = [1e6, 1e6, 0.0]
    after, half = choices(rivals, person), deals(person)
    np.testing.assert_array_equal(after[7], before[7])
    apart = (half != half[:, [7]]).mean(0)
    np.testing.assert_array_less(
        apart - 1e-12, after[:, 2]
    )  # in these deals the third rival is chosen for them


def test_halves_are_equal_and_the_same_in_any_order() -> None:
    person = np.arange(41)
    half = deals(person)
    assert set(half.sum(1)) == {21}
    assert len(np.unique(half, axis=0)) == len(half)
    order = np.random.default_rng(0).permutation(41)
    np.testing.assert_array_equal(deals(person[order]), half[:, order])
    np.testing.assert_array_equal(deals(np.repeat(person, 2)), np.repeat(half, 2, axis=1))


def test_enough_new_cohorts_are_dealt_as_a_whole_and_few_within_each() -> None:
    person = np.arange(48)
    whole = deals(person, person % 12)
    for c in range(12):
        assert (whole[:, person % 12 == c] == whole[:, [c]]).all()
    assert set(whole.reshape(len(whole), 4, 12)[:, 0].sum(1)) == {6}
    within = deals(person, person % 3)
    assert {int(n) for c in range(3) for n in within[:, person % 3 == c].sum(1)} == {8}


def test_the_order_of_records_changes_nothing() -> None:
    one = of_equal_baselines(3)
    order = np.random.default_rng(1).permutation(len(one.size))
    shuffled = cross_chosen(taken(one, order), RIVALS).table
    pd.testing.assert_frame_equal(shuffled, cross_chosen(one, RIVALS).table, rtol=1e-9)


@pytest.mark.nightly
def test_an_equal_champion_looks_worse_with_hindsight_and_equal_to_a_cross_chosen_baseline() -> None:
    wanted = {"outcome": "marker", "metric": "mae", "support_size": 1}
    told, with_hindsight = [], []
    for seed in range(60):
        one = of_equal_baselines(seed)
        told.append(cell(cross_chosen(one, RIVALS).table, **wanted))
        every = compare(one, RIVALS)
        with_hindsight.append(cell(every[every["best"]], cohort="all", **wanted)["relative"])
    found = pd.DataFrame(told)
    assert np.mean(with_hindsight) > 0.05
    assert abs(found["relative"].mean()) < 0.02
    shown = (found["relative_high"] < 0) | (found["relative_low"] > 0)
    assert shown.mean() < 0.12


def test_a_cohorts_opponent_is_chosen_over_all_cohorts_together() -> None:
    """In the north the other baseline is better, in the south worse by more: it is the opponent of neither."""
    one, factor = scored(n=200), np.where(np.arange(200) % 2 == 0, 0.5, 2.0)
    own = {k: s * factor[one.subject] for k, s in one.scores["last_value"].items()}
    one = replace(one, scores={**one.scores, "population": own})
    cohorts = cross_chosen(one, BASELINES).cohorts
    assert set(cohorts["against"]) == {"last_value"}
    best = compare(one, ("last_value",))
    keys = ["outcome", "metric", "cohort"]
    best = best[best["against"] == "last_value"].merge(cohorts[keys], on=keys)
    assert len(best) == len(cohorts) == 6
    same = ["relative", "relative_low", "relative_high", "n_patients"]
    both = cohorts.merge(best, on=keys, suffixes=("", "_fixed"))
    for name in same:
        np.testing.assert_allclose(both[name].astype(float), both[f"{name}_fixed"].astype(float))


def test_without_own_records_the_learners_pool_is_not_chosen() -> None:
    one = scored({**FACTOR, "un_adapted": 0.5})
    table = cross_chosen(one, BASELINES).table
    chosen = table[table["metric"] == "mae"].groupby("support_size")["against"].unique()
    assert {k: v.tolist() for k, v in chosen.items()} == {
        POOLED: ["un_adapted"], 0: ["last_value"], 1: ["un_adapted"], 2: ["un_adapted"], 3: ["un_adapted"]
    }  # fmt: skip


def test_new_cohorts_have_intervals_over_cohorts_where_there_are_enough() -> None:
    one = scored(n=96)
    many = replace(one, cohort=one.subject % 12, cohort_names=[f"site {c}" for c in range(12)])
    assert set(cross_chosen(many, BASELINES, new_cohorts=True).table["n_cohorts"]) == {12}
    assert set(cross_chosen(one, BASELINES, new_cohorts=True).table["n_cohorts"]) == {0}


@pytest.mark.parametrize("n", [1, 2])
def test_one_patient_cannot_be_dealt(n: int) -> None:
    assert len(cross_chosen(scored(n=n), BASELINES).table) == (0 if n == 1 else 30)


def test_the_fixed_baseline_is_one_for_all_outcomes() -> None:
    better_in_events = {**FACTOR, "population": 0.95}
    one, other = scored(), scored(better_in_events)
    mixed = {
        who: {k: (other if k[0] == "event" else one).scores[who][k] for k in own}
        for who, own in one.scores.items()
    }
    found = compare(replace(one, scores=mixed), BASELINES)
    assert fixed_baseline(found) == "last_value"
