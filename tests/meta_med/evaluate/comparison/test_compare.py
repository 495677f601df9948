"""Champion against the baselines, on scores whose answers are known."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from meta_med.evaluate.comparison.compare import best_baselines, compare
from meta_med.evaluate.evaluation_table import POOLED
from tests.meta_med.scored_example import FACTOR, scored

BASELINES = ("last_value", "population")


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return compare(scored(), BASELINES)


def rows(table: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    return table[(table[list(wanted)] == list(wanted.values())).all(axis=1)]


def test_a_champion_that_errs_a_fifth_less_is_found_to(table: pd.DataFrame) -> None:
    found = rows(
        table, outcome="marker", metric="mae", cohort="all", support_size=POOLED, against="last_value"
    )
    line = found.iloc[0]
    assert line["relative"] == pytest.approx(-0.2, abs=0.03)
    assert line["relative_low"] < line["relative"] < line["relative_high"] < 0
    assert line["difference"] == pytest.approx(line["champion"] - line["other"])
    assert (line["n_patients"], line["n_predictions"]) == (60, 180)


def test_pairing_makes_the_interval_narrower_than_those_of_the_errors(table: pd.DataFrame) -> None:
    one, pair = scored(), rows(table, outcome="marker", metric="mae", cohort="all", support_size=1)
    error = one.scores["champion"]["marker", "mae", "mmHg"][one.size == 1]
    alone = 2 * 1.96 * error.std() / np.sqrt(len(error))
    assert (pair["high"] - pair["low"]).iloc[0] < alone / 2


def test_the_best_baseline_of_a_cell_is_the_one_of_lowest_error(table: pd.DataFrame) -> None:
    best = table[table["best"]]
    assert set(best["against"]) == {"last_value"}
    assert not best.duplicated(["outcome", "metric", "cohort", "support_size"]).any()
    assert best_baselines(table) == {"marker": "last_value", "all": "last_value", "event": "last_value"}


def test_without_own_records_the_learners_pool_is_no_rival(table: pd.DataFrame) -> None:
    assert "un_adapted" not in set(rows(table, support_size=0)["against"])
    assert "un_adapted" in set(rows(table, support_size=1)["against"])


def test_cohorts_are_compared_over_all_their_own_records(table: pd.DataFrame) -> None:
    cohorts = table[table["cohort"] != "all"]
    assert set(cohorts["cohort"]) == {"north", "south"}
    assert set(cohorts["support_size"]) == {POOLED}


def test_where_nobody_has_own_records_all_is_k_0() -> None:
    found = compare(scored(sizes=1), BASELINES)
    assert set(found["support_size"]) == {0}
    assert set(found["cohort"]) == {"all", "north", "south"}


def test_a_champion_like_the_baseline_is_told_apart_as_often_as_chance_has_it() -> None:
    same = {**FACTOR, "champion": 1.0, "population": 2.0}
    told = []
    for seed in range(25):
        found = compare(scored(same, n=40, sizes=2, seed=seed), ("last_value",))
        line = rows(found, outcome="marker", metric="mae", cohort="all", support_size=1).iloc[0]
        told.append(line["low"] > 0 or line["high"] < 0)
    assert np.mean(told) < 0.25


def test_every_patient_weighs_the_same_where_that_is_said() -> None:
    one = scored({**FACTOR, "champion": 1.0}, n=20, sizes=3)
    many = one.subject == 0
    for key in one.scores["champion"]:
        one.scores["champion"][key][many] += 100.0
    found = compare(one, ("last_value",))
    line = rows(found, outcome="marker", metric="mae", cohort="all", support_size=POOLED).iloc[0]
    assert line["by_patient"] == pytest.approx(line["difference"], rel=0.01)  # as many records each
    kept = np.flatnonzero(~many | (one.size == 1))
    few = compare(_some(one, kept), ("last_value",))
    line = rows(few, outcome="marker", metric="mae", cohort="all", support_size=POOLED).iloc[0]
    assert line["by_patient"] > 1.5 * line["difference"]


def _some(one, kept):
    from meta_med.calibrate.record_scores import Scored

    return Scored(
        one.size[kept], one.subject[kept], one.cohort[kept], one.cohort_names,
        {p: {k: s[kept] for k, s in keys.items()} for p, keys in one.scores.items()},
        {n: y[kept] for n, y in one.events.items()},
        {p: {n: q[kept] for n, q in qs.items()} for p, qs in one.probabilities.items()},
    )  # fmt: skip


def test_a_question_about_new_cohorts_is_answered_over_cohorts_where_there_are_enough() -> None:
    one = scored(n=240)
    many = replace(one, cohort=one.subject % 12, cohort_names=[f"site {c}" for c in range(12)])
    found = compare(many, BASELINES, new_cohorts=True)
    whole = found["cohort"] == "all"
    assert set(found.loc[whole, "n_cohorts"]) == {12}
    assert set(found.loc[~whole, "n_cohorts"]) == {0}
    assert set(compare(one, BASELINES, new_cohorts=True)["n_cohorts"]) == {0}
    known = compare(many, BASELINES)
    assert set(known["n_cohorts"]) == {0}
    assert found["n_patients"].tolist() == known["n_patients"].tolist()
    assert found["difference"].to_numpy() == pytest.approx(known["difference"].to_numpy())
