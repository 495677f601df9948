"""The baseline without learners: chosen by what is judged, on tuning patients, by outcome and stratum."""

import numpy as np
import pytest

from meta_med.calibrate.baseline_choice import choose_baselines
from meta_med.calibrate.champion import Tuning
from meta_med.calibrate.strata import STRATA, stratum_of
from meta_med.cohorts.record_table import Floats, Ints
from meta_med.episodes.scaling import Scaling
from meta_med.forecast import NORMAL, Forecast
from meta_med.outcomes import Outcome, OutcomeLayout

BASELINES = ["population", "last_value"]


def scaling(*, log: bool = False) -> Scaling:
    return Scaling(
        x_used=[True], x_log=[False], x_mean=[0.0], x_sd=[1.0], y_log=[log], y_mean=[0.0], y_sd=[1.0]
    )


def forecast(mean: Floats, scale: float = 1.0, df: float = NORMAL) -> Forecast:
    return Forecast(mean[:, None], np.full((len(mean), 1), scale), np.array([df]))


def tuning(forecasts: dict[str, Forecast], y: Floats, size: Ints, subject: Ints) -> Tuning:
    return Tuning(forecasts, y[:, None], size[:, None], subject, 0 * size)


def test_each_stratum_has_the_baseline_that_errs_least_there() -> None:
    subject, size = np.repeat(np.arange(40), 2), np.tile([0, 4], 40)
    y = np.random.default_rng(0).normal(size=80)
    said = {
        "population": forecast(y + np.where(size == 0, 0.1, 1.0)),
        "last_value": forecast(y + np.where(size == 0, 1.0, 0.1)),
    }
    found = choose_baselines(
        tuning(said, y, size, subject), scaling(), OutcomeLayout.of([Outcome("a")]), BASELINES
    )
    assert found.chosen.tolist() == [[0, *[1] * (len(STRATA) - 1)]]
    served = found.forecast(said, size[:, None])
    assert np.abs(served.mean[:, 0] - y) == pytest.approx(0.1)
    assert (found.chosen[0, stratum_of(size)] == (size > 0)).all()


def test_it_is_chosen_by_the_error_in_clinical_units_not_by_what_it_claims_of_itself() -> None:
    """On logs, the wrong one is nearer on the whole; in units, the large values decide."""
    y = np.repeat([0.0, 5.0], 30)
    said = {
        "population": forecast(y + np.where(y > 1, 0.0, 0.9), scale=50.0),
        "last_value": forecast(y + np.where(y > 1, 0.3, 0.0), scale=0.3),
    }
    asked = tuning(said, y, np.ones(60, dtype=np.int64), np.arange(60))
    layout = OutcomeLayout.of([Outcome("a")])
    assert choose_baselines(asked, scaling(), layout, BASELINES).chosen[0, 1] == 1
    assert choose_baselines(asked, scaling(log=True), layout, BASELINES).chosen[0, 1] == 0


def test_a_forecast_that_is_no_number_is_never_chosen() -> None:
    y = np.zeros(30)
    said = {"population": forecast(np.where(np.arange(30) < 1, np.nan, y)), "last_value": forecast(y + 1)}
    asked = tuning(said, y, np.zeros(30, dtype=np.int64), np.arange(30))
    assert (choose_baselines(asked, scaling(), OutcomeLayout.of([Outcome("a")]), BASELINES).chosen[0, 0]) == 1


def test_without_a_tuning_patient_a_safe_one_is_served() -> None:
    said = {name: forecast(np.zeros(3)) for name in ("population", "mixed_model")}
    asked = tuning(said, np.full(3, np.nan), np.zeros(3, dtype=np.int64), np.arange(3))
    layout = OutcomeLayout.of([Outcome("a")])
    assert (choose_baselines(asked, scaling(), layout, ["population", "mixed_model"]).chosen == 1).all()


def test_who_is_forecast_together_changes_nothing() -> None:
    size = np.array([0, 3, 8])
    said = {"population": forecast(np.arange(3.0), df=4.0), "last_value": forecast(np.arange(3.0) + 1)}
    asked = tuning(said, np.array([0.0, 2.0, 3.0]), size, np.arange(3))
    found = choose_baselines(asked, scaling(), OutcomeLayout.of([Outcome("a")]), BASELINES)
    together, alone = found.forecast(said, size[:, None]), []
    for i in range(3):
        one = {name: f.take(np.array([i])) for name, f in said.items()}
        alone.append(found.forecast(one, size[[i], None]))
    assert np.array_equal(together.mean, np.concatenate([f.mean for f in alone]))
    assert np.array_equal(together.scale, np.concatenate([f.scale for f in alone]))
