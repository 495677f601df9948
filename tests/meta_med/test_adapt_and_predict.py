"""Serving: everybody's next record, from their own records, with a status that says how far it is personal."""

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
    current_subjects,
    next_records,
    not_trained_on,
)
from meta_med.serving.fitted_guards import guards_of
from meta_med.serving.guards import Guards
from meta_med.serving.predict import predictions
from meta_med.serving.statuses import COHORT, PERSONALISED, WITHHELD, statuses
from meta_med.study import ServeSpec, TimeSpec
from tests import scenario

OUTCOMES = ["marker", "pressure", "swelling"]
Judgement = tuple[Champion, dict[str, Calibration], dict[str, Forecast]]


def serving(ready: Prepared | None = None, **serve) -> Serving:
    ready = ready or scenario.prepared()
    study = replace(ready.study, serve=ServeSpec(**serve))
    return next_records(replace(ready, study=study), np.ones(ready.table.n_subjects, dtype=bool))


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


def frame_of(
    found: Serving, withheld: np.ndarray | None = None, done: AdaptedSubjects | None = None
) -> pd.DataFrame:
    shape = (len(found.rows), len(OUTCOMES))
    withheld = np.zeros(len(found.rows), dtype=bool) if withheld is None else withheld
    flags, lost = np.full(shape, ""), np.zeros(shape, dtype=bool) if done is None else done.lost
    return statuses(found, withheld, flags, lost)


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


def without_pressure(subject: int) -> Prepared:
    """The study with one patient whose pressure was never measured."""
    ready = scenario.prepared()
    y = ready.table.y.copy()
    y[ready.table.offsets[subject] : ready.table.offsets[subject + 1], 1] = np.nan
    changed = Prepared.with_scaling(ready.study, replace(ready.table, y=y), ready.splits, ready.scaling)
    return replace(changed, context=ready.context)


def test_the_next_record_is_expected_one_horizon_after_the_newest() -> None:
    table = scenario.table()
    found = serving(horizon_days=365.25)
    np.testing.assert_allclose(found.prepared.table.time[found.rows], table.time[table.newest] + 1.0)
    marker_known = ~np.isnan(table.y[table.newest, 0])
    np.testing.assert_allclose(found.age[marker_known, 0], 1.0, atol=1e-5)


def test_the_newest_record_itself_is_predicted_with_its_facts_and_without_its_outcomes() -> None:
    table, found = scenario.table(), serving(record="newest")
    np.testing.assert_array_equal(found.rows, table.newest)
    np.testing.assert_array_equal(found.prepared.table.x, table.x)
    assert np.isnan(found.prepared.table.y[found.rows]).all()
    np.testing.assert_array_equal(found.queries.end, table.newest)


def test_the_newest_record_is_predicted_of_those_from_whose_outcome_nothing_has_learned() -> None:
    ready = scenario.prepared()
    y = ready.table.y.copy()
    y[ready.table.newest[0]] = np.nan
    wanted = ready.splits.subjects("held_out") | (np.arange(ready.table.n_subjects) == 0)
    found = not_trained_on(replace(ready, table=replace(ready.table, y=y)))
    assert found[0]
    np.testing.assert_array_equal(found[1:] >= wanted[1:], True)
    assert not found.all()


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


def test_scaling_and_contexts_are_those_of_training() -> None:
    found = serving().prepared
    assert found.scaling is scenario.prepared().scaling
    assert found.context is scenario.prepared().context


def test_all_own_records_up_to_the_largest_support_are_used() -> None:
    found = serving()
    most = found.prepared.study.budget.max_support
    expected = np.minimum(np.diff(scenario.table().offsets), most)
    np.testing.assert_array_equal(found.prepared.support_size(found.rows), expected)


def test_only_subjects_that_meet_every_condition_are_current() -> None:
    ready = scenario.prepared()
    n = ready.table.n_subjects
    newest = pd.DataFrame({"alive": np.arange(n) % 2 * 1.0, "ward": ["x", "y", "z", "z"] * (n // 4)})
    found = current_subjects(ready, newest, ServeSpec(where={"alive": ("1",), "ward": ("y", "z")}))
    np.testing.assert_array_equal(found, (newest["alive"] == 1) & newest["ward"].isin(["y", "z"]))


def test_a_condition_on_a_column_that_is_not_there_is_refused() -> None:
    ready = scenario.prepared()
    with pytest.raises(ValueError, match=r"serve.where: no column ward"):
        current_subjects(ready, pd.DataFrame({"a": []}), ServeSpec(where={"ward": ("x",)}))


def test_a_delivery_without_a_current_patient_is_refused_by_name() -> None:
    ready = scenario.prepared()
    with pytest.raises(ValueError, match="no patient of this delivery is current"):
        next_records(ready, np.zeros(ready.table.n_subjects, dtype=bool))


def status_of(frame: pd.DataFrame, subject: int, outcome: str) -> pd.Series:
    return frame[(frame["subject"] == subject) & (frame["outcome"] == outcome)].iloc[0]


def test_a_patient_with_own_values_is_personalised() -> None:
    found = serving()
    frame = frame_of(found)
    row = status_of(frame, 0, "marker")
    assert (row["status"], row["reason"]) == (PERSONALISED, "")
    assert row["newest_value_age_days"] == pytest.approx(365.25, abs=0.01)


def test_an_outcome_never_measured_gets_the_cohorts_prediction_and_says_so() -> None:
    found = serving(without_pressure(0))
    frame = frame_of(found)
    row = status_of(frame, 0, "pressure")
    assert (row["status"], row["support_size"]) == (COHORT, 0)
    assert "None of the records used" in row["reason"]
    assert np.isnan(row["newest_value_age_days"])
    assert status_of(frame, 0, "marker")["status"] == PERSONALISED


def test_a_value_that_is_too_old_is_withheld() -> None:
    found = serving(max_age_days=300.0)
    frame = frame_of(found)
    assert set(frame[frame["outcome"] == "marker"]["status"]) == {WITHHELD}
    assert "more than 300 days" in frame["reason"].iloc[0]


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


def test_the_age_of_a_value_too_long_ago_to_be_used_counts_for_the_limit_and_is_not_shown_as_the_newest() -> (
    None
):
    ready = scenario.prepared()
    most = ready.study.budget.max_support
    subject = int(np.diff(ready.table.offsets).argmax())
    first = ready.table.offsets[subject]
    y = ready.table.y.copy()
    y[first + 1 : ready.table.offsets[subject + 1], 1], y[first, 1] = np.nan, 120.0
    budget = replace(ready.study.budget, max_support=min(most, int(np.diff(ready.table.offsets).max()) - 1))
    changed = Prepared.with_scaling(
        replace(ready.study, budget=budget), replace(ready.table, y=y), ready.splits, ready.scaling
    )
    found = serving(replace(changed, context=ready.context), max_age_days=10_000.0)
    row = status_of(frame_of(found), subject, "pressure")
    assert (row["status"], row["support_size"]) == (COHORT, 0)
    assert np.isnan(row["newest_value_age_days"])
    strict = serving(replace(changed, context=ready.context), max_age_days=1.0)
    assert status_of(frame_of(strict), subject, "pressure")["status"] == WITHHELD


def test_a_patient_not_heard_of_for_too_long_is_withheld_where_times_are_dates() -> None:
    ready = scenario.prepared()
    dated = replace(
        ready.study, records=replace(ready.study.records, time=TimeSpec(column="day", unit="date"))
    )
    newest = ready.table.time[ready.table.newest]
    limit = float((newest.max() - np.median(newest)) * 365.25)
    found = serving(replace(ready, study=dated), max_age_days=1e9, max_silence_days=limit)
    frame = frame_of(found)
    silent = frame.groupby("subject")["status"].agg(lambda s: set(s) == {WITHHELD})
    assert silent.tolist() == ((newest.max() - newest) * 365.25 > limit + 1e-9).tolist()
