"""Adding a kind of outcome: one class and one line of the registry carry counts from a study to its predictions."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
import torch
from scipy import stats
from torch import Tensor

from meta_med.calibrate.choose_and_calibrate import choose_and_calibrate, held_out_records
from meta_med.calibrate.record_scores import score
from meta_med.cohorts.assemble import assemble
from meta_med.cohorts.record_table import Bools, Floats
from meta_med.episodes.input_errors import UnknownLabel
from meta_med.episodes.prepared import Prepared
from meta_med.evaluate.comparison.compare import best_baselines, compare
from meta_med.evaluate.evaluation_table import evaluate
from meta_med.evaluate.leakage import relative_loss
from meta_med.learners import create
from meta_med.meta_train.fit import fit_all
from meta_med.meta_train.predictors import CHAMPION, FittedPredictors
from meta_med.outcomes import (
    CalibratedForecast,
    Metric,
    Outcome,
    OutcomeKind,
    OutcomeLayout,
    UnsupportedByKind,
)
from meta_med.outcomes.registry import KINDS
from meta_med.serving.adapt import adapt_subjects, next_records
from meta_med.serving.fitted_guards import guards_of
from meta_med.serving.predict import predictions
from meta_med.serving.statuses import statuses
from meta_med.study import LearnerSpec, OutcomeSpec, StudyMismatch, StudySpec
from tests import scenario

RATE = "fall_rate_error"


class Count(OutcomeKind):
    """A number of events: Poisson, with the logarithm of its mean as location; neither standardised nor an interval."""

    name = "count"
    metrics: ClassVar[tuple[Metric, ...]] = (
        Metric(RATE, "mean absolute error of the count", "MAE"),
        Metric("poisson", "Poisson log score", "log score", unit="nats", error=False),
    )
    proper = "poisson"
    invalid_message = "no whole numbers from 0"

    def allowed(self, width: int) -> str:
        return "whole numbers from 0"

    def invalid_targets(self, y: Tensor, width: int) -> Tensor:
        return (y < 0) | (y.round() != y)

    def expected(self, location: Tensor) -> Tensor:
        return location.exp()

    def location(self, expected: Tensor) -> Tensor:
        return expected.log()

    def at_zero(self, width: int) -> float:
        return 1.0

    def log_likelihood(self, y: Tensor, location: Tensor, scale: Tensor | None, df: Tensor | None) -> Tensor:
        return y * location - location.exp() - (y + 1).lgamma()

    def centre(self, location: Tensor) -> Tensor:
        return location[..., 0].exp()

    def link(self, mean: Floats) -> Floats:
        return np.log(np.maximum(mean, 1e-2))

    def inverse_link(self, value: Floats) -> Floats:
        return np.exp(value)

    def error(self, y: Floats, mean: Floats) -> Floats:
        return np.abs(y - mean)

    def best_constant(self, y: Floats) -> float:
        return float(np.median(y))

    def scores(
        self, y: Floats, forecast: CalibratedForecast, back: Callable[[Floats], Floats]
    ) -> dict[str, Floats]:
        mean = np.maximum(forecast.mean, 1e-2)
        return {RATE: np.abs(y - forecast.mean), "poisson": -stats.poisson.logpmf(y, mean)}

    def blend_score(
        self, mean: Floats, scale: Floats, y: Floats, width: float
    ) -> tuple[Floats, Floats, Floats]:
        rate = np.exp(width * mean)
        return rate - y * width * mean, width * (rate - y), np.zeros_like(mean)

    def invalid_values(self, values: Floats) -> Bools:
        return (values < 0) | (values != np.round(values)) & ~np.isnan(values)


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "count", Count())


def outcomes() -> tuple[Outcome, ...]:
    return (
        Outcome("level"),
        Outcome("falls", "count"),
        Outcome("event", "binary"),
        Outcome("visits", "count"),
    )


def batch(seed: int = 0):
    """Drawn episodes whose counts depend on the first covariate."""
    drawn = scenario.random_batch(seed, outcomes=outcomes(), subjects=24, dtype=torch.float64)
    parts = {}
    for name in ("context", "support", "query"):
        records, y = getattr(drawn, name), getattr(drawn, name).y.clone()
        rate = (0.5 + records.x[..., 0].nan_to_num()).exp()
        y[..., 1], y[..., 3] = rate.round(), (2 * rate).round()
        parts[name] = replace(records, y=y)
    return replace(drawn, **parts)


def test_counts_take_a_column_each_and_stand_between_the_others() -> None:
    layout = OutcomeLayout.of(outcomes())
    assert [(c.start, c.stop) for c in layout.columns] == [(0, 1), (1, 2), (2, 4), (4, 5)]
    assert (layout.scaled, layout.unscaled, layout.classes) == ((0,), (1, 2, 3), (2,))
    assert [places for _, places in layout.groups] == [(0,), (1, 3), (2,)]
    values, _ = layout.targets(torch.tensor([0.5, 3.0, 1.0, 7.0]), torch.ones(4, dtype=torch.bool))
    assert values.tolist() == [0.5, 3.0, 0.0, 1.0, 7.0]


@pytest.mark.parametrize("name", ["maml", "anil", "mann", "neural_process"])
def test_a_learner_learns_counts_by_their_own_likelihood(name: str) -> None:
    torch.manual_seed(0)
    learner = create(name, outcomes(), 3, **scenario.SMALL[name]).double()
    told, optimizer = batch(), torch.optim.Adam(learner.parameters(), 0.02)
    before = float(learner.loss(told).detach())
    for _ in range(40):
        optimizer.zero_grad()
        learner.loss(told).backward()
        optimizer.step()
    assert float(learner.loss(told).detach()) < before - 0.1
    prediction = learner.adapt(told.context, told.cohort, told.support).predict(told.query)
    values, seen = prediction.log_likelihood(told.query)
    for d, column in ((1, 1), (3, 4)):
        rate = prediction.location[..., column].exp().detach().numpy()
        expected = stats.poisson.logpmf(told.query.y[..., d].numpy(), rate)
        np.testing.assert_allclose(values[..., d].detach().numpy()[seen[..., d]], expected[seen[..., d]])


@pytest.mark.parametrize("name", ["protonet", "siamese", "bayesian_head", "deep_kernel", "neural_process"])
def test_a_learner_that_has_no_form_for_counts_says_so(name: str) -> None:
    options = {"history": True} if name == "neural_process" else {}
    with pytest.raises(UnsupportedByKind, match="no form for outcome 'falls' of kind 'count'"):
        create(name, outcomes(), 3, **options)


def test_what_is_no_count_is_refused_at_the_door() -> None:
    torch.manual_seed(0)
    learner, told = create("maml", outcomes(), 3, width=8).double(), batch()
    y = told.support.y.clone()
    y[..., 1] = 1.5
    with pytest.raises(UnknownLabel, match=r"support.y: expected whole numbers from 0 for outcome 'falls'"):
        learner.adapt(told.context, told.cohort, replace(told.support, y=y))


def study() -> StudySpec:
    spec = scenario.quick_study(baselines=("population", "last_value", "shrunk_mean", "mixed_model"))
    falls = OutcomeSpec(name="falls", kind="count", unit="falls")  # type: ignore[arg-type]
    return replace(
        spec,
        outcomes=(spec.outcomes[0], falls, spec.outcomes[2]),
        learners=(LearnerSpec(name="maml", options=dict(scenario.SMALL["maml"])),),
    )


def visits():
    frame = scenario.visits()
    rate = 2.0 * np.sqrt(frame["marker"])
    return frame.assign(falls=np.random.default_rng(0).poisson(rate).astype(float))


def test_source_values_that_are_no_counts_refuse_the_study() -> None:
    with pytest.raises(StudyMismatch, match=r"outcomes.falls: 1 of .* values are no whole numbers from 0"):
        assemble({"visits": visits().assign(falls=lambda f: f["falls"].where(f.index != 3, 0.5))}, study())


@pytest.fixture(scope="module")
def fitted(tmp_path_factory: pytest.TempPathFactory) -> tuple[Prepared, FittedPredictors]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(KINDS, "count", Count())
        ready = scenario.prepare(assemble({"visits": visits()}, study()), study())
        folder: Path = tmp_path_factory.mktemp("counts")
        fit_all(ready, folder, processes=1)
        return ready, FittedPredictors.load(folder, ready)


def test_a_study_of_counts_is_fitted_chosen_scored_and_compared(
    fitted: tuple[Prepared, FittedPredictors],
) -> None:
    ready, models = fitted
    assert (ready.scaling.y_mean[1], ready.scaling.y_sd[1]) == (0.0, 1.0)
    champion, calibrations, forecasts = choose_and_calibrate(ready, models)
    served, judged = forecasts[CHAMPION], held_out_records(ready)
    assert (served.mean[:, 1] > 0).all()
    assert np.isnan(served.scale[:, 1]).all()
    assert calibrations[CHAMPION].line[1].tolist() == [0.0, 1.0]
    scored = score(judged, forecasts, calibrations)
    error = scored.scores[CHAMPION]["falls", RATE, "falls"]
    np.testing.assert_allclose(error, np.abs(judged.y[:, 1] - served.mean[:, 1]))
    table = evaluate("counts", scored)
    assert set(table[table["outcome"] == "falls"]["metric"]) == {RATE, "poisson", "helped", "harmed"}
    assert "poisson" not in set(table[table["outcome"] == "all"]["metric"])
    best = best_baselines(compare(scored, list(models.baselines)))
    assert best["falls"] in models.baselines
    assert 0.3 < np.nanmean(relative_loss(served, judged.y, ready.layout)) < 1.2
    assert {d.outcome for d in champion.decisions} == {"marker", "falls", "swelling"}


def test_a_served_count_is_a_mean_without_an_interval(fitted: tuple[Prepared, FittedPredictors]) -> None:
    ready, models = fitted
    champion, calibrations, _ = choose_and_calibrate(ready, models)
    serving = next_records(ready, np.ones(ready.table.n_subjects, dtype=bool))
    guards = guards_of(ready, models, champion, calibrations[CHAMPION])
    done = adapt_subjects(serving, models, champion, calibrations[CHAMPION], guards)
    shape = (len(serving.rows), 3)
    frame = statuses(serving, np.zeros(len(serving.rows), dtype=bool), np.full(shape, ""), done.lost)
    frame = frame.assign(instead=np.where(done.alarm.diverged[:, None], done.instead, "").ravel())
    shown = predictions(serving, frame, done.forecasts, champion, calibrations)
    falls = shown[(shown["outcome"] == "falls") & (shown["status"] != "withheld")]
    assert len(falls)
    assert (falls["mean"] > 0).all()
    assert falls[["probability", "lower_90", "upper_90"]].isna().all(axis=None)
    assert not falls["reason"].str.contains("interval").any()
