"""Which horizons held-out patients vouch for."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.calibrate.over_time.horizon_calibration import HorizonCalibration
from meta_med.calibrate.over_time.horizon_scores import HorizonScores, join_horizon_scores
from meta_med.evaluate.horizon_check import (
    FEW,
    NO_INTERVAL,
    ONE_TIME,
    TOO_NARROW,
    horizon_check,
    horizon_table,
    pooled_table,
)
from meta_med.study import ServeSpec
from tests import scenario

NAMES = ("marker", "pressure", "swelling")
DAYS = (100.0, 200.0, 400.0)
OWN = 200.0


def scores(patients: int, inside: float = 0.9, horizon: int = 2) -> HorizonScores:
    """Two records a patient at one horizon; this share of them in each interval, of the third outcome a risk of 0.3."""
    n = 2 * patients
    hit = (np.arange(n) < round(inside * n)).astype(float)
    nothing = np.full((n, 1), np.nan)
    return HorizonScores(
        horizon=np.full(n, horizon),
        subject=np.arange(n) % patients,
        inside=np.concatenate([np.tile(hit[:, None, None], (1, 2, 3)), np.full((n, 1, 3), np.nan)], 1),
        pooled=np.concatenate([np.tile(1 - hit[:, None], (1, 2)), nothing], 1),
        event=np.concatenate([nothing, nothing, np.tile([[0.0], [1.0]], (patients, 1))], 1),
        probability=np.concatenate([nothing, nothing, np.full((n, 1), 0.3)], 1),
    )


def reasons(found: HorizonScores, **changes) -> dict[tuple[str, float], str]:
    ready = scenario.prepared()
    ready = replace(ready, study=replace(ready.study, serve=ServeSpec(horizon_days=OWN)))
    ready = replace(ready, **{k: v for k, v in changes.items() if k == "table"})
    horizons = changes.get("horizons", HorizonCalibration.unchanged(DAYS, 3))
    table = horizon_check(ready, found, horizons)
    return table.set_index(["outcome", "horizon_days"])["reason"].to_dict()


def test_the_shares_are_counted_over_values_and_the_interval_over_patients() -> None:
    row = (
        horizon_table(scores(50, 0.9), NAMES, DAYS)
        .set_index(["outcome", "horizon_days"])
        .loc[("marker", 400)]
    )
    assert row["coverage_90"] == pytest.approx(0.9)
    assert row["pooled_coverage_90"] == pytest.approx(0.1)
    assert row["coverage_90_low"] < 0.9 < row["coverage_90_high"]
    assert (row["n_patients"], row["n_predictions"]) == (50, 100)
    assert np.isnan(row["predicted"])


def test_a_risk_has_predicted_and_observed_shares() -> None:
    table = horizon_table(scores(50), NAMES, DAYS).set_index(["outcome", "horizon_days"])
    row = table.loc[("swelling", 400)]
    assert (row["predicted"], row["observed"]) == (pytest.approx(0.3), pytest.approx(0.5))
    assert np.isnan(row["coverage_90"])
    assert table.loc[("swelling", 100), "n_patients"] == 0


def test_a_horizon_is_published_where_enough_patients_vouch_for_it_and_else_says_why() -> None:
    found = reasons(scores(20))
    assert found["marker", 400] == found["swelling", 400] == ""
    assert found["marker", 100] == FEW
    assert reasons(scores(19))["marker", 400] == FEW


def test_the_study_s_own_horizon_is_published_as_its_prediction_is() -> None:
    assert reasons(scores(3))["marker", OWN] == ""


def test_an_interval_that_surely_holds_too_few_values_is_not_published() -> None:
    assert reasons(scores(100, 0.6))["marker", 400] == TOO_NARROW
    assert reasons(scores(20, 0.8))["marker", 400] == ""  # of twenty patients, chance may have done it


def test_no_interval_no_horizon() -> None:
    horizons = HorizonCalibration.unchanged(DAYS, 3)
    horizons.factor[2, 0] = np.nan
    found = reasons(scores(50), horizons=horizons)
    assert found["marker", 400] == NO_INTERVAL
    assert found["pressure", 400] == ""


def test_covariates_that_are_computed_for_one_time_allow_that_time_only() -> None:
    table = scenario.table()
    table = replace(table, ahead=("window", *["own"] * (len(table.covariates) - 1)))  # type: ignore[arg-type]
    found = reasons(scores(50), table=table)
    assert found["marker", 400] == found["swelling", 100] == ONE_TIME
    assert found["marker", OWN] == ""


def test_over_all_outcomes_and_folds() -> None:
    both = join_horizon_scores([scores(30, 1.0), replace(scores(30, 0.8), subject=np.arange(60) % 30 + 30)])
    table = pooled_table(both, DAYS)
    assert table["horizon_days"].tolist() == [400.0]
    row = table.iloc[0]
    assert row["coverage_90"] == pytest.approx(0.9)
    assert row["n_patients"] == 60


def test_scores_are_kept(tmp_path) -> None:
    found = scores(5)
    found.save(tmp_path / "scores")
    again = HorizonScores.load(tmp_path / "scores")
    for name, values in vars(found).items():
        np.testing.assert_array_equal(getattr(again, name), values)
