"""The learning curve: nested subsets, the same held-out patients, one row a predictor and size."""

import itertools
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from meta_med.cohorts.assemble import assemble
from meta_med.cohorts.record_table import RecordTable
from meta_med.cohorts.splits import split_subjects
from meta_med.evaluate.comparison import learning_curve as curve
from meta_med.evaluate.comparison.learning_curve import (
    COHORTS,
    PATIENTS,
    curve_points,
    learning_curve,
    strongest_learner,
)
from meta_med.study import CohortFactor, CohortsSpec, EvaluationSpec
from tests import scenario

STUDY = replace(
    scenario.quick_study(),
    cohorts=CohortsSpec(factors=(CohortFactor(column="ward"),), min_subjects=5),
    evaluation=EvaluationSpec(settings=("next", "new_cohort"), cohort_sizes=(0, 5), cohort_folds=2),
    budget=replace(scenario.quick_study().budget, processes=1),
)
SHARES = (0.3, 1.0)


def visits() -> pd.DataFrame:
    frame = scenario.visits(100)
    return frame.assign(ward=frame["id"].str[-1].map(lambda digit: f"ward {int(digit) % 8}"))


@pytest.fixture(scope="module")
def table() -> RecordTable:
    return assemble({"visits": visits()}, STUDY)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, table: RecordTable) -> Path:
    place = tmp_path_factory.mktemp("curve")
    table.save(place / "records")
    return place


@pytest.fixture(scope="module")
def found(folder: Path) -> pd.DataFrame:
    return learning_curve(folder, STUDY, SHARES)


def test_each_predictor_has_a_row_for_each_size(found: pd.DataFrame) -> None:
    assert tuple(found.columns) == curve.COLUMNS
    assert set(found["predictor"]) == {"protonet", "mixed_model"}
    patients = found[(found["varied"] == PATIENTS) & (found["predictor"] == "mixed_model")]
    assert patients[PATIENTS].is_monotonic_increasing
    assert patients[COHORTS].iloc[-1] == 8
    cohorts = found[(found["varied"] == COHORTS) & (found["predictor"] == "mixed_model")]
    assert cohorts[COHORTS].is_monotonic_increasing
    assert cohorts[COHORTS].nunique() >= 2


def test_the_held_out_patients_are_the_same_at_every_size(found: pd.DataFrame) -> None:
    assert all(len(set(part["n_held_out"])) == 1 for _, part in found.groupby("varied"))
    assert ((found["low"] <= found["value"]) & (found["value"] <= found["high"])).all()


def test_finished_points_are_not_fitted_again(
    folder: Path, found: pd.DataFrame, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(curve, "fit_all", lambda *_, **__: pytest.fail("fitted again"))
    pd.testing.assert_frame_equal(learning_curve(folder, STUDY, SHARES), found)


def test_more_is_always_added_to_what_was_there_and_nobody_else_is_trained_on(table: RecordTable) -> None:
    train = split_subjects(table, STUDY.splits).subjects("train")
    for varied in (PATIENTS, COHORTS):
        sets = [p.train for p in curve_points(table, STUDY, SHARES) if p.varied == varied]
        assert all((small <= large).all() for small, large in itertools.pairwise(sets))
        if varied == PATIENTS:
            np.testing.assert_array_equal(sets[-1], train)
            assert set(table.entry_cohort[sets[0]]) == set(range(8))


def test_two_shares_with_the_same_patients_are_one_point(table: RecordTable) -> None:
    points = curve_points(table, STUDY, (0.51, 0.5100001, 1.0))
    assert len([p for p in points if p.varied == PATIENTS]) == 2


def test_the_strongest_learner_has_most_weight_in_the_decisions(tmp_path: Path) -> None:
    assert strongest_learner(tmp_path, STUDY) == "protonet"
    (tmp_path / "champion.json").write_text(
        '{"decisions": [{"weights": {"bayesian_head": 0.4, "protonet": 0.1, "mixed_model": 0.5}}]}'
    )
    assert strongest_learner(tmp_path, STUDY) == "bayesian_head"
