"""Champion and challenger: the paired bootstrap, and what follows from its interval."""

from dataclasses import replace

import numpy as np
import pytest

from meta_med.calibrate.choose_and_calibrate import choose_and_calibrate
from meta_med.enough import needed
from meta_med.forecast import Forecast
from meta_med.meta_train.predictors import FittedPredictors
from meta_med.model_version.compare import Difference, Judged, ModelComparison, compare
from tests import scenario

MARGIN = 0.02


class Blurred(FittedPredictors):
    """The same predictors with an error of their own in every mean."""

    def forecasts(self, prepared, queries) -> dict[str, Forecast]:
        found = super().forecasts(prepared, queries)
        noise = np.random.default_rng(0).normal(size=(len(queries), 3)) * [1.5, 1.5, 0.0]
        return {name: Forecast(f.mean + noise, f.scale, f.df) for name, f in found.items()}


@pytest.fixture(scope="module")
def model() -> Judged:
    ready, fitted = scenario.prepared(), scenario.fitted()
    champion, calibrations, _ = choose_and_calibrate(ready, fitted)
    return Judged(ready, fitted, champion, calibrations)


@pytest.fixture(scope="module")
def blurred(model: Judged) -> Judged:
    return replace(model, fitted=Blurred(**vars(model.fitted)))


def held_out(model: Judged) -> np.ndarray:
    return model.prepared.splits.subjects("held_out")


def test_a_model_is_not_worse_than_itself(model: Judged) -> None:
    found = compare(model, model, held_out(model), MARGIN)
    assert found.overall is not None
    assert (found.overall.value, found.overall.low, found.overall.high) == (0.0, 0.0, 0.0)
    assert found.shown_not_worse
    assert {d.outcome for d in found.outcomes} == {"marker", "pressure", "swelling"}
    assert found.patients == held_out(model).sum()


def test_a_worse_model_is_found_out_and_the_other_way_round_is_better(model: Judged, blurred: Judged) -> None:
    worse, better = (
        compare(one, other, held_out(model), MARGIN) for one, other in ((blurred, model), (model, blurred))
    )
    assert not worse.shown_not_worse
    assert set(worse.surely_worse) == {"marker", "pressure", "all"}
    assert better.shown_not_worse
    assert better.overall is not None
    assert better.overall.high < 0


def test_too_few_patients_are_no_evidence(model: Judged) -> None:
    few = np.zeros_like(held_out(model))
    few[np.flatnonzero(held_out(model))[: needed("compare") - 1]] = True
    found = compare(model, model, few, MARGIN)
    assert found.overall is None
    assert not found.shown_not_worse


def test_the_interval_depends_on_the_seed_only(model: Judged, blurred: Judged) -> None:
    one, two, three = (compare(blurred, model, held_out(model), MARGIN, seed) for seed in (1, 1, 2))
    assert one == two
    assert one.overall is not None
    assert three.overall is not None
    assert one.overall.value == three.overall.value
    assert one.overall.low != three.overall.low


@pytest.mark.parametrize(
    ("low", "high", "shown", "surely"),
    [(-0.05, 0.02, True, False), (-0.05, 0.021, False, False), (0.01, 0.03, False, False),
     (0.03, 0.05, False, True), (-0.1, -0.05, True, False)],
)  # fmt: skip
def test_the_whole_interval_lies_below_the_margin_or_nothing_is_shown(
    low: float, high: float, shown: bool, surely: bool
) -> None:
    found = ModelComparison(50, MARGIN, Difference("all", 50, (low + high) / 2, low, high), ())
    assert found.shown_not_worse is shown
    assert bool(found.surely_worse) is surely


def test_one_outcome_that_is_surely_worse_is_not_made_up_for_by_others() -> None:
    overall = Difference("all", 50, -0.2, -0.3, -0.1)
    bad, good = Difference("a", 50, 0.1, 0.05, 0.2), Difference("b", 50, -0.5, -0.6, -0.4)
    found = ModelComparison(50, MARGIN, overall, (bad, good))
    assert found.surely_worse == ("a",)
    assert not found.shown_not_worse
