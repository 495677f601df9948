"""A night's forecasts over time: one row per patient, outcome and horizon."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from meta_med import nightly, run_files, stages
from meta_med.evaluate.horizon_check import FEW
from meta_med.meta_train.fit import fit_all
from meta_med.model_version.serving_model import ServingModel
from meta_med.published import reader, writer
from meta_med.published.engine import sqlite_url
from meta_med.serving.over_time import COLUMNS, NUMBERS
from meta_med.study import ServeSpec
from tests import scenario
from tests.published.small_release import NOW
from tests.served_model import model_of, release_of

DAYS = (182.625, 365.25, 730.5, 5000.0)
STUDY = scenario.quick_study(serve=ServeSpec(horizons_days=DAYS, max_age_days=900))


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a training on 150 patients: fifty are held out."""
    folder = tmp_path_factory.mktemp("trained")
    stages.assemble(folder, STUDY, {"visits": scenario.visits(150)})
    stages.cohorts(folder, STUDY)
    stages.episodes(folder, STUDY)
    fit_all(stages.prepared(folder, STUDY), folder / "models", processes=1)
    for stage in (stages.meta_train, stages.calibrate, stages.evaluate):
        stage(folder, STUDY)
    return folder


@pytest.fixture(scope="module")
def model(trained: Path) -> ServingModel:
    return model_of(trained, STUDY)


def night(
    folder: Path, model: ServingModel, visits: pd.DataFrame, earlier: Path | None = None
) -> pd.DataFrame:
    nightly.adapt(folder, model, {"visits": visits}, earlier=earlier, withheld=frozenset({"P003"}))
    nightly.predict(folder, model)
    return pd.read_parquet(folder / run_files.OVER_TIME)


@pytest.fixture(scope="module")
def rows(model: ServingModel, tmp_path_factory: pytest.TempPathFactory) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Over time, and the predictions of the same night."""
    folder = tmp_path_factory.mktemp("night")
    found = night(folder, model, scenario.visits(150))
    return found, pd.read_parquet(folder / run_files.PREDICTIONS)


Rows = tuple[pd.DataFrame, pd.DataFrame]


def test_every_patient_outcome_and_horizon_has_one_row(rows: Rows) -> None:
    over_time, predicted = rows
    assert list(over_time.columns) == list(COLUMNS)
    keys = over_time.groupby(["subject_id", "outcome"])["horizon_days"].apply(tuple)
    assert set(keys) == {DAYS}
    assert set(keys.index) == set(predicted.set_index(["subject_id", "outcome"]).index)


def test_the_study_s_own_horizon_is_the_prediction_itself(rows: Rows) -> None:
    over_time, predicted = rows
    key = ["subject_id", "outcome"]
    own = over_time[over_time["horizon_days"] == 365.25].set_index(key).sort_index()
    same = predicted.set_index(key).sort_index()
    columns = [*NUMBERS, "reason", "predicted_time_days"]
    pd.testing.assert_frame_equal(own[columns], same[columns])


def test_each_row_has_numbers_or_a_reason(rows: Rows) -> None:
    over_time, _ = rows
    others = over_time[over_time["horizon_days"] != 365.25]
    numbers = others[["mean", "probability"]].notna().any(axis=1)
    assert (numbers == (others["reason"] == "")).all()
    assert numbers.sum() > 100
    level = others[numbers & others["mean"].notna()]
    for inner, outer in ((50, 80), (80, 90)):
        assert (level[f"lower_{outer}"] <= level[f"lower_{inner}"]).all()
        assert (level[f"upper_{outer}"] >= level[f"upper_{inner}"]).all()
    assert ((level["lower_50"] < level["mean"]) & (level["mean"] < level["upper_50"])).all()


def test_a_horizon_that_nobody_vouches_for_is_not_published_and_its_absence_is_said(rows: Rows) -> None:
    over_time, _ = rows
    far = over_time[(over_time["horizon_days"] == 5000) & (over_time["subject_id"] != "P003")]
    assert far[list(NUMBERS)].isna().all(axis=None)
    assert far["reason"].str.startswith((FEW, "Last measured", "All records")).all()
    assert (far["reason"] == FEW).any()


def test_who_is_withheld_is_withheld_at_every_horizon(rows: Rows) -> None:
    over_time, predicted = rows
    own = over_time[over_time["subject_id"] == "P003"]
    assert own[list(NUMBERS)].isna().all(axis=None)
    assert set(own["reason"]) == set(predicted.loc[predicted["subject_id"] == "P003", "reason"])


def test_values_that_will_be_too_old_by_then_are_not_used(rows: Rows) -> None:
    """`serve.max_age_days` counts to the predicted time: a value of 300 days is too old two years from now."""
    over_time, predicted = rows
    age = predicted.set_index(["subject_id", "outcome"])["newest_value_age_days"]
    two_years = over_time[over_time["horizon_days"] == 730.5].set_index(["subject_id", "outcome"])
    told = two_years["reason"].str.startswith("Last measured more than")
    shown = two_years["reason"] == ""
    ahead = age.reindex(two_years.index) + 365.25
    assert told.any()
    assert shown.any()
    assert (ahead[shown].fillna(0) <= 900).all()


def test_further_ahead_is_less_sure(rows: Rows) -> None:
    over_time, _ = rows
    shown = over_time[(over_time["outcome"] == "marker") & (over_time["reason"] == "")]
    width = np.log(shown["upper_90"]) - np.log(shown["lower_90"])
    by_horizon = width.groupby(shown["horizon_days"]).mean()
    assert len(by_horizon) >= 2
    assert by_horizon.iloc[-1] > 0.9 * by_horizon.iloc[0]


def test_patients_without_news_keep_their_forecasts_to_the_last_byte(
    model: ServingModel, tmp_path: Path
) -> None:
    visits = scenario.visits(150)
    changed = visits.assign(pressure=visits["pressure"] + visits["id"].isin(["P010", "P011"]))
    night(tmp_path / "before", model, visits)
    night(tmp_path / "some", model, changed, tmp_path / "before")
    night(tmp_path / "whole", model, changed)
    some, whole = ((tmp_path / n / run_files.OVER_TIME).read_bytes() for n in ("some", "whole"))
    assert some == whole
    assert some != (tmp_path / "before" / run_files.OVER_TIME).read_bytes()


def test_a_release_holds_them_and_is_read_back(trained: Path, model: ServingModel, tmp_path: Path) -> None:
    night_folder = trained / run_files.NIGHT
    found = night(night_folder, model, scenario.visits(150))
    findings = pd.DataFrame(columns=["code"])
    release = release_of(trained, STUDY, {}, findings, night_folder)
    url = sqlite_url(tmp_path / "store.db")
    done = writer.publish(url, release, NOW)
    reader.verify(url, done.release_id)
    who = found["subject_id"].iloc[0]
    again = reader.horizons(url, done.release_id, who)
    expected = found[found["subject_id"] == who].sort_values(["outcome", "horizon_days"], ignore_index=True)
    pd.testing.assert_frame_equal(again[list(NUMBERS)], expected[list(NUMBERS)])
    assert again["reason"].tolist() == expected["reason"].tolist()
    check = reader.horizon_check(url, done.release_id)
    assert sorted(check["horizon_days"].unique()) == list(DAYS)
    assert check.loc[check["horizon_days"] == 5000, "reason"].eq(FEW).all()
    published = check[(check["reason"] == "") & (check["horizon_days"] != 365.25)]
    assert (published["n_patients"] >= 20).all()
    assert len(published)
