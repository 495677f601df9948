"""Leakage checks: silent on a sound model, and loud on each kind of leak they look for."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from meta_med.calibrate.champion import Champion
from meta_med.calibrate.choose_and_calibrate import choose_and_calibrate
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import Queries, queries_of
from meta_med.evaluate import leakage
from meta_med.evaluate.counterfactual import as_single_queries, other_patients
from meta_med.evaluate.leakage import HELD, NOT_JUDGED, VIOLATED, ForecastFunction, Forecasts
from meta_med.forecast import Forecast
from meta_med.meta_train.predictors import CHAMPION, UN_ADAPTED
from meta_med.outcomes import Outcome, OutcomeLayout
from tests import scenario


@pytest.fixture(scope="module")
def champion() -> Champion:
    return choose_and_calibrate(scenario.prepared(), scenario.fitted())[0]


@pytest.fixture(scope="module")
def sound(champion: Champion) -> ForecastFunction:
    return leakage.forecast_function(scenario.fitted(), champion)


@pytest.fixture(scope="module")
def watched(champion: Champion) -> pd.DataFrame:
    return leakage.run_checks(scenario.prepared(), scenario.fitted(), champion).set_index("sentinel")


def held_out() -> Queries:
    return queries_of(scenario.prepared(), "held_out", "next")


def truth_of(prepared: Prepared, queries: Queries) -> np.ndarray:
    """What stands in the predicted records: only a leak looks there."""
    return prepared.records.y[queries.rows].double().numpy()


def leaking(sound: ForecastFunction, share: float) -> ForecastFunction:
    """The same predictors, moved towards the truth that stands in the predicted record."""

    def forecast(prepared: Prepared, queries: Queries) -> Forecasts:
        found, truth = sound(prepared, queries), truth_of(prepared, queries)
        seen = prepared.records.y_observed[queries.rows].numpy()
        own = found[CHAMPION]
        mean = np.where(seen, own.mean + share * (truth - own.mean), own.mean)
        return {**found, CHAMPION: replace(own, mean=mean)}

    return forecast


def test_a_sound_model_passes_every_leakage_check(watched: pd.DataFrame) -> None:
    assert watched["verdict"].to_dict() == dict.fromkeys(leakage.CLAIMS, HELD)


def test_shuffled_outcomes_give_a_sound_model_less_than_a_constant_gives(watched: pd.DataFrame) -> None:
    assert watched.loc["shuffled_outcomes", "value"] < 0


def test_own_records_help_and_a_strangers_do_not(watched: pd.DataFrame) -> None:
    assert watched.loc["permuted_patient", "value"] < 0.3


def test_a_model_that_sees_the_predicted_value_has_skill_on_shuffled_outcomes(
    sound: ForecastFunction,
) -> None:
    found = leakage.shuffled_outcomes(scenario.prepared(), held_out(), leaking(sound, 0.6))
    assert found.verdict == VIOLATED
    assert found.value > 0.2


def test_a_model_that_sees_the_predicted_value_changes_when_that_is_left_out(sound: ForecastFunction) -> None:
    ready, queries, forecast = scenario.prepared(), held_out(), leaking(sound, 0.01)
    own = forecast(*as_single_queries(ready, queries))
    found = leakage.changed_future(ready, queries, forecast, own)
    assert found.verdict == VIOLATED
    assert "predictions changed" in found.evidence


def test_a_model_that_knows_the_patient_apart_from_the_records_keeps_its_gain(
    sound: ForecastFunction,
) -> None:
    """Half of the distance to the truth, whoever lends the records: as if it had trained on these patients."""
    ready, queries = scenario.prepared(), held_out()
    truth = np.where(ready.records.y_observed[queries.rows].numpy(), truth_of(ready, queries), np.nan)

    def forecast(prepared: Prepared, asked: Queries) -> Forecasts:
        found = sound(prepared, asked)
        if not asked.size.any():
            return found
        centre = np.nanmean(truth, 0)
        mean = np.nan_to_num(centre + 0.5 * (truth - centre))
        return {**found, CHAMPION: replace(found[CHAMPION], mean=mean)}

    found = leakage.permuted_patient(ready, queries, forecast, forecast(*as_single_queries(ready, queries)))
    assert found.verdict == VIOLATED
    assert found.value > 0.9


def test_with_few_patients_nothing_is_judged_that_needs_many(champion: Champion) -> None:
    ready = scenario.prepared()
    few = np.where(ready.splits.subjects("held_out").cumsum() <= 3, ready.splits.of_subject, 0)
    small = replace(ready, splits=replace(ready.splits, of_subject=few))
    verdicts = leakage.run_checks(small, scenario.fitted(), champion).set_index("sentinel")["verdict"]
    assert verdicts["shuffled_outcomes"] == verdicts["permuted_patient"] == NOT_JUDGED
    assert verdicts["changed_future"] == HELD


def test_without_a_gain_there_is_none_to_lose(sound: ForecastFunction) -> None:
    ready, queries = scenario.prepared(), held_out()

    def forecast(prepared: Prepared, asked: Queries) -> Forecasts:
        found = sound(prepared, asked)
        return {**found, CHAMPION: found[UN_ADAPTED]}

    found = leakage.permuted_patient(ready, queries, forecast, forecast(*as_single_queries(ready, queries)))
    assert found.verdict == NOT_JUDGED
    assert "no clear gain" in found.evidence


def test_a_constant_has_a_relative_loss_of_one() -> None:
    layout = OutcomeLayout.of([Outcome("a"), Outcome("b", "binary")])
    y = np.array([[1.0, 0.0], [2.0, 1.0], [4.0, 1.0], [np.nan, np.nan]])
    constant = Forecast(np.tile([2.0, 2 / 3], (4, 1)), np.ones((4, 2)), np.full(2, 1e6))
    loss = leakage.relative_loss(constant, y, layout)
    assert np.nanmean(loss) == pytest.approx(1.0)
    assert np.isnan(loss[3])


def test_a_query_as_its_own_subject_keeps_its_past_and_loses_its_future() -> None:
    ready, queries = scenario.prepared(), held_out()
    swapped, asked = as_single_queries(ready, queries)
    assert swapped.table.n_subjects == len(queries)
    np.testing.assert_array_equal(asked.rows, swapped.table.newest)
    np.testing.assert_array_equal(asked.size, queries.size)
    before, after = ready.episodes(queries), swapped.episodes(asked)
    for part in ("support_y", "support_x", "support_time", "x"):
        np.testing.assert_array_equal(getattr(before, part), getattr(after, part))
    assert np.isnan(after.y).all()


def test_donors_are_other_patients_with_as_many_records() -> None:
    ready, queries = scenario.prepared(), held_out()
    donor, found = other_patients(ready, queries, np.random.default_rng(0))
    subject = ready.table.subject[queries.rows]
    assert found.mean() > 0.9
    assert (subject[donor] != subject)[found].all()
    np.testing.assert_array_equal(queries.size[donor], queries.size)
    swapped, asked = as_single_queries(ready, queries, donor)
    np.testing.assert_array_equal(swapped.episodes(asked).support_y, ready.episodes(queries).support_y[donor])
