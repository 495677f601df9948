"""Serving: everybody's next record, predicted from their own records, in the units and intervals that are shown."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from meta_med.calibrate.calibration import Calibration
from meta_med.calibrate.champion import Champion
from meta_med.calibrate.choose_and_calibrate import choose_and_calibrate, held_out_records
from meta_med.calibrate.record_scores import score
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import most_recent
from meta_med.forecast import Forecast
from meta_med.meta_train.predictors import CHAMPION, CHOSEN_BASELINE, UN_ADAPTED
from meta_med.serving.adapt import (
    AdaptedSubjects,
    Serving,
    adapt_subjects,
)
from meta_med.serving.fitted_guards import guards_of
from meta_med.serving.guards import Guards
from meta_med.serving.predict import predictions
from meta_med.serving.statuses import WITHHELD
from tests import scenario
from tests.meta_med.serving.everybody import OUTCOMES, frame_of, serving

Judgement = tuple[Champion, dict[str, Calibration], dict[str, Forecast]]


@pytest.fixture(scope="module")
def judgement() -> Judgement:
    return choose_and_calibrate(scenario.prepared(), scenario.fitted())


@pytest.fixture(scope="module")
def guards(judgement: Judgement) -> Guards:
    champion, calibrations, _ = judgement
    return guards_of(scenario.prepared(), scenario.fitted(), champion, calibrations[CHAMPION])


def watched(judgement: Judgement, guards: Guards, found: Serving) -> AdaptedSubjects:
    champion, calibrations, _ = judgement
    return adapt_subjects(found, scenario.fitted(), champion, calibrations[CHAMPION], guards)


def limited(low: float, high: float) -> Prepared:
    """The study whose pressure has a hard range: the same patients and models."""
    ready = scenario.prepared()
    limits = [[None, None], [low, high], [None, None]]
    return replace(ready, scaling=replace(ready.scaling, y_limits=limits))


def test_no_forecast_and_no_interval_goes_beyond_the_hard_range_and_coverage_is_kept() -> None:
    """Pressures lie between 100 and 145 here; an interval from another outcome's scale would not stop there."""
    observed = scenario.table().y[:, 1]
    low, high = float(np.nanmin(observed)), float(np.nanmax(observed))
    ready = limited(low, high)
    champion, calibrations, forecasts = choose_and_calibrate(ready, scenario.fitted())
    own = guards_of(ready, scenario.fitted(), champion, calibrations[CHAMPION])
    frame = served((champion, calibrations, forecasts), own, serving(ready))
    shown = frame[(frame["outcome"] == "pressure") & (frame["status"] != WITHHELD)]
    numbers = shown[["mean", "lower_50", "upper_50", "lower_90", "upper_90", "unadapted_mean"]]
    assert ((numbers >= low) & (numbers <= high)).all(axis=None)
    assert (numbers[["lower_90", "upper_90"]].isin([low, high])).any(axis=None)
    edges = ready.scaling.limits(np.zeros(1, dtype=np.int64))
    for name in (*scenario.LEARNERS, *scenario.BASELINES):
        assert (forecasts[name].mean[:, 1] >= edges[0][0, 1]).all(), name
        assert (forecasts[name].mean[:, 1] <= edges[1][0, 1]).all(), name
    free = choose_and_calibrate(scenario.prepared(), scenario.fitted())
    covered = [
        score(held_out_records(r), f, c).scores[CHAMPION]["pressure", "coverage_90", "share"]
        for r, (_, c, f) in ((ready, (champion, calibrations, forecasts)), (scenario.prepared(), free))
    ]
    assert np.nanmean(covered[0]) == pytest.approx(np.nanmean(covered[1]), abs=0.03)


def served(
    judgement: Judgement, guards: Guards, found: Serving, withheld: np.ndarray | None = None
) -> pd.DataFrame:
    champion, calibrations, _ = judgement
    done = watched(judgement, guards, found)
    instead = np.where(done.alarm.diverged[:, None], done.instead, "").ravel()
    frame = frame_of(found, withheld, done).assign(instead=instead)
    return predictions(found, frame, done.forecasts, champion, calibrations)


@pytest.fixture(scope="module")
def everybody(judgement: Judgement, guards: Guards) -> pd.DataFrame:
    return served(judgement, guards, serving())


def test_the_outcomes_of_a_newest_record_move_no_prediction_of_it(
    judgement: Judgement, guards: Guards
) -> None:
    ready = scenario.prepared()
    y = ready.table.y.copy()
    y[ready.table.newest] += 1e3
    changed = Prepared.with_scaling(ready.study, replace(ready.table, y=y), ready.splits, ready.scaling)
    one, other = (
        watched(judgement, guards, serving(p, record="newest"))
        for p in (ready, replace(changed, context=ready.context))
    )
    np.testing.assert_array_equal(one.forecasts[CHAMPION].mean, other.forecasts[CHAMPION].mean)
    np.testing.assert_array_equal(one.alarm.trajectory, other.alarm.trajectory)


def test_a_patient_whose_records_contradict_each_other_is_withheld(
    judgement: Judgement, guards: Guards
) -> None:
    found = serving()
    withheld = np.arange(len(found.rows)) == 3
    frame = served(judgement, guards, found, withheld)
    own = frame["subject_id"] == scenario.table().subject_ids[3]
    assert set(frame[own]["status"]) == {WITHHELD}
    assert (
        frame[own][["mean", "probability", "lower_90", "upper_50", "unadapted_mean", "unadapted_upper_90"]]
        .isna()
        .all(axis=None)
    )
    assert frame[~own & (frame["outcome"] == "marker")]["mean"].notna().all()


def test_each_current_patient_has_one_row_an_outcome(everybody: pd.DataFrame) -> None:
    assert len(everybody) == scenario.table().n_subjects * 3
    assert everybody["outcome"].tolist()[:3] == OUTCOMES
    assert not everybody.duplicated(["subject_id", "outcome"]).any()


def test_intervals_are_nested_around_the_mean(everybody: pd.DataFrame) -> None:
    row = everybody[everybody["outcome"] != "swelling"]
    order = ["lower_90", "lower_80", "lower_50", "mean", "upper_50", "upper_80", "upper_90"]
    assert (np.diff(row[order].to_numpy(), axis=1) >= 0).all()


def test_values_are_in_clinical_units(everybody: pd.DataFrame) -> None:
    marker = everybody[everybody["outcome"] == "marker"]
    pressure = everybody[everybody["outcome"] == "pressure"]
    assert (marker[["lower_90", "mean"]] > 0).all(axis=None)  # the log scale never gives a negative value
    assert pressure["mean"].between(60, 180).all()


def test_probabilities_stand_where_the_outcome_is_binary_and_nowhere_else(everybody: pd.DataFrame) -> None:
    binary = everybody["outcome"] == "swelling"
    assert everybody[binary]["probability"].between(0, 1).all()
    assert everybody[binary][["mean", "lower_90", "upper_90", "unadapted_mean"]].isna().all(axis=None)
    assert everybody[~binary][["probability", "unadapted_probability"]].isna().all(axis=None)


def test_the_predictor_that_is_named_is_the_champions_choice(
    judgement: Judgement, everybody: pd.DataFrame
) -> None:
    champion = judgement[0]
    found = serving()
    size = found.prepared.support_size(found.rows)
    for i in (0, 5, 17):
        for d, outcome in enumerate(OUTCOMES):
            stratum = int(np.searchsorted([0, 1, 2, 3, 6], size[i], side="right")) - 1
            expected = champion.decisions[d * 5 + stratum].predictor
            assert everybody.iloc[3 * i + d]["predictor"] == expected
            assert everybody.iloc[3 * i + d]["outcome"] == outcome


def test_the_un_adapted_prediction_is_the_same_for_patients_who_differ_only_in_their_records(
    judgement: Judgement, guards: Guards
) -> None:
    ready = scenario.prepared()
    y = ready.table.y.copy()
    y[ready.table.offsets[0] : ready.table.offsets[1], 0] *= 5
    other = Prepared.with_scaling(ready.study, replace(ready.table, y=y), ready.splits, ready.scaling)
    frames = [
        served(judgement, guards, serving(r)).iloc[0] for r in (ready, replace(other, context=ready.context))
    ]
    assert frames[0]["unadapted_mean"] == frames[1]["unadapted_mean"]
    assert frames[1]["mean"] > 2 * frames[0]["mean"]


def test_intervals_of_held_out_patients_cover_about_as_often_as_they_say(judgement: Judgement) -> None:
    _, calibrations, forecasts = judgement
    ready = scenario.prepared()
    rows = ready.rows("held_out")
    y, own = ready.scaling.outcomes(ready.table.y[rows]), ready.own_values(most_recent(ready, rows))
    inside = [
        np.abs(y[:, d] - forecasts[CHAMPION].mean[:, d])
        <= calibrations[CHAMPION].half_width(forecasts[CHAMPION], d, own[:, d], ready.table.cohort[rows], 0.9)
        for d in (0, 1)
    ]
    seen = ~np.isnan(y[:, :2].T)
    assert 0.8 < np.asarray(inside)[seen].mean() <= 1.0


def test_the_champion_is_judged_beside_everybody_else(judgement: Judgement) -> None:
    _, calibrations, held_out = judgement
    everybody_else = {*scenario.LEARNERS, *scenario.BASELINES, UN_ADAPTED, CHOSEN_BASELINE}
    assert set(calibrations) == set(held_out) == {*everybody_else, CHAMPION}
