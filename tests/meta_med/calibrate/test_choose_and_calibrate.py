"""Champion and intervals where patients are divided into parts: nobody is judged by a fit that they were in."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest

from meta_med.calibrate import choose_and_calibrate as choosing
from meta_med.calibrate.calibration import Calibration
from meta_med.calibrate.champion import Champion, Tuning, choose_champion
from meta_med.calibrate.choose_and_calibrate import choose_and_calibrate
from meta_med.cohorts.splits import split_subjects
from meta_med.episodes.prepared import Prepared
from meta_med.episodes.queries import queries_of
from meta_med.forecast import Forecast, pool
from meta_med.meta_train.fit import fit_all
from meta_med.meta_train.predictors import CHAMPION, FittedPredictors, PartFit, load_parts
from meta_med.serving.fitted_guards import guards_of
from meta_med.study import LearnerSpec, SplitsSpec
from tests import scenario

PARTS = 3


@cache
def prepared() -> Prepared:
    learner = LearnerSpec(name="protonet", options=dict(scenario.SMALL["protonet"]))
    study = scenario.quick_study(learners=(learner,), splits=SplitsSpec(folds=3, parts=PARTS))
    return scenario.prepare(scenario.table(), study)


@cache
def fitted() -> tuple[FittedPredictors, list[PartFit]]:
    with TemporaryDirectory() as folder:
        fit_all(prepared(), Path(folder), processes=1)
        return FittedPredictors.load(Path(folder), prepared()), load_parts(Path(folder), prepared())


@cache
def chosen() -> tuple[Champion, dict[str, Calibration], dict[str, Forecast]]:
    whole, parts = fitted()
    return choose_and_calibrate(prepared(), whole, parts=parts)


def test_the_champion_is_chosen_and_calibrated_on_everybody_who_is_not_held_out() -> None:
    ready, (champion, calibrations, held_out) = prepared(), chosen()
    table = ready.table
    for d, outcome in enumerate(ready.study.outcomes):
        own = ready.rows("train")[~np.isnan(ready.truth(ready.rows("train"))[:, d])]
        people = len(np.unique(table.person[table.subject[own]]))
        assert calibrations[CHAMPION].patients[d] == people
        first = next(x for x in champion.decisions if x.outcome == outcome.name and x.stratum == 0)
        assert first.n_subjects > 0.6 * people  # all whose first record has the outcome
    assert len(held_out[CHAMPION].mean) == len(queries_of(ready, "held_out", "next"))


def test_held_out_patients_are_forecast_by_the_mean_of_the_fits_without_a_part() -> None:
    ready, (whole, parts) = prepared(), fitted()
    queries = queries_of(ready, "held_out", "next")
    together = whole.forecasts(ready, queries)
    each = [part.fitted.forecasts(ready, queries) for part in parts]
    equal = np.full((PARTS, len(ready.layout.outcomes)), 1 / PARTS)
    assert set(together) == {"protonet", *ready.study.baselines, "un_adapted"}
    for name, found in together.items():
        mean = pool([one[name] for one in each], equal, ready.layout)
        np.testing.assert_allclose(found.mean, mean.mean, atol=1e-6)
        np.testing.assert_allclose(found.scale, mean.scale, atol=1e-6)


def test_other_values_of_a_part_change_nothing_in_the_fit_without_it() -> None:
    ready, (_, parts) = prepared(), fitted()
    left = parts[0].prepared.splits.subjects("calibration")
    y = ready.table.y.copy()
    y[ready.table.rows_of(left), :2] *= 1.5
    changed = replace(ready, table=replace(ready.table, y=y)).of_part(0)
    with TemporaryDirectory() as folder:
        fit_all(changed, Path(folder), processes=1)
        again = FittedPredictors.load(Path(folder), changed)
    queries = queries_of(ready, "held_out", "next")
    before, after = (p.forecasts(parts[0].prepared, queries) for p in (parts[0].fitted, again))
    for name in before:
        np.testing.assert_array_equal(before[name].mean, after[name].mean)


def test_the_champion_that_is_calibrated_on_a_part_is_chosen_without_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, parts = fitted()
    asked: list[set[int]] = []

    def watched(tuning: Tuning, *rest: object) -> Champion:
        asked.append(set(tuning.subject.tolist()))
        return choose_champion(tuning, *rest)

    monkeypatch.setattr(choosing, "choose_champion", watched)
    choosing.choose_and_calibrate(prepared(), whole, parts=parts)
    table = prepared().table
    people = [set(table.person[p.prepared.splits.subjects("calibration")].tolist()) for p in parts]
    assert asked == [*(set().union(*people) - own for own in people), set().union(*people)]


def test_guards_are_fitted_on_everybody_by_fits_without_them() -> None:
    ready, (whole, parts) = prepared(), fitted()
    champion, calibrations, _ = chosen()
    guards = guards_of(ready, whole, champion, calibrations[CHAMPION], None, parts)
    everybody = int(ready.splits.subjects("calibration").sum())
    for cut in guards.cutoffs.values():
        assert 0.5 * everybody < cut.n <= everybody
        assert cut.n_held_out <= int(ready.splits.subjects("held_out").sum())


def test_many_patients_are_fitted_once() -> None:
    ready = prepared()
    once = Prepared.of(
        ready.study, ready.table, split_subjects(ready.table, replace(ready.study.splits, parts=1))
    )
    with TemporaryDirectory() as folder:
        assert load_parts(Path(folder), once) == []
