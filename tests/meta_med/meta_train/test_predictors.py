"""Everything a study has learned: fitting, saving, resuming, and the one way to ask for a forecast."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from meta_med.checkpoints import CheckpointError
from meta_med.episodes.queries import most_recent, queries_of
from meta_med.forecast import pool
from meta_med.meta_train.chunks import CHUNK
from meta_med.meta_train.fit import fit_all, fits_of, tuning_episodes
from meta_med.meta_train.predictors import FittedPredictors, forecasts_of
from meta_med.meta_train.saved_predictors import new_learner, save_baseline, save_learner
from meta_med.study import BudgetSpec, LearnerSpec
from tests import scenario


def test_every_predictor_of_a_study_gives_a_forecast_of_every_record() -> None:
    ready = scenario.prepared()
    queries = queries_of(ready, "held_out", "next")
    found = scenario.fitted().forecasts(ready, queries)
    assert set(found) == {*scenario.LEARNERS, *scenario.BASELINES, "un_adapted"}
    for forecast in found.values():
        assert np.isfinite(forecast.mean).all()
        assert forecast.mean.shape == (len(queries), 3)
        assert (forecast.scale[:, :2] > 0).all()
        assert ((forecast.mean[:, 2] > 0) & (forecast.mean[:, 2] < 1)).all()


def test_a_patient_whose_numbers_no_learner_can_hold_loses_their_own_forecast_alone() -> None:
    ready, fitted = scenario.prepared(), scenario.fitted()
    queries = queries_of(ready, "held_out", "next")
    subject = ready.table.subject[queries.rows]
    chosen = subject[np.argmax(queries.size)]
    absurd = subject == chosen
    y = ready.records.y.clone()
    y[torch.as_tensor(ready.table.subject == chosen), 0] = 1e30
    found = fitted.learner_forecast("maml", replace(ready, records=replace(ready.records, y=y)), queries)
    plain = fitted.learner_forecast("maml", ready, queries)
    own = absurd & (queries.size > 0)
    assert own.any()
    assert np.isnan(found.mean[own, 0]).all()
    assert np.isnan(found.scale[own, 0]).all()
    np.testing.assert_allclose(found.mean[~absurd], plain.mean[~absurd], atol=1e-6)


def test_un_adapted_is_the_pool_of_the_learners_without_own_records() -> None:
    ready, fitted = scenario.prepared(), scenario.fitted()
    queries = queries_of(ready, "held_out", "next")
    each = [fitted.learner_forecast(n, ready, queries.at_most(0)) for n in scenario.LEARNERS]
    equal = np.full((len(each), each[0].mean.shape[1]), 1 / len(each))
    np.testing.assert_allclose(fitted.un_adapted(ready, queries).mean, pool(each, equal, ready.layout).mean)


def test_a_learner_in_closed_form_is_fitted_once_saved_and_counted_among_the_learners(tmp_path: Path) -> None:
    known = scenario.prepared()
    learners = (LearnerSpec(name="hierarchical_mixed", seeds=3),)
    ready = replace(known, study=replace(known.study, learners=learners, baselines=("last_value",)))
    assert [fit.folder for fit in fits_of(ready.study)] == ["last_value", "hierarchical_mixed"]
    fit_all(ready, tmp_path, processes=1)
    fitted, queries = FittedPredictors.load(tmp_path, ready), queries_of(ready, "held_out", "next")
    found = fitted.forecasts(ready, queries)
    assert fitted.personalised == ("hierarchical_mixed",)
    assert set(found) == {"hierarchical_mixed", "last_value", "un_adapted"}
    plain = forecasts_of(fitted.closed_forms, ready, queries.at_most(0))["hierarchical_mixed"]
    np.testing.assert_allclose(found["un_adapted"].mean, plain.mean, atol=1e-9)


def test_several_lists_of_queries_are_answered_in_one_pass_that_asks_nothing_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    ready, fitted = scenario.prepared(), scenario.fitted()
    one = queries_of(ready, "held_out", "next")
    lists = [one, one.at_most(1), one.take(np.arange(0))]
    alone = [fitted.forecasts(ready, queries) for queries in lists[:2]]
    asked = []
    whole = FittedPredictors.forecasts
    monkeypatch.setattr(FittedPredictors, "forecasts", lambda *a: (asked.append(a[2]), whole(*a))[1])
    answers = fitted.answers(ready, lists)
    assert len(asked) == 1
    assert len(asked[0]) == len(
        {*zip(*(np.r_[one.rows, one.rows], np.r_[lists[0].size, lists[1].size]), strict=True)}
    )
    assert [len(a.queries) for a in answers] == [len(queries) for queries in lists]
    for answer, found in zip(answers, alone, strict=False):
        assert answer.forecasts.keys() == found.keys()
        for name, forecast in found.items():
            np.testing.assert_allclose(answer.forecasts[name].mean, forecast.mean, atol=1e-6)


def test_many_records_are_forecast_in_chunks_with_the_same_numbers() -> None:
    ready, fitted = scenario.prepared(), scenario.fitted()
    rows = np.resize(ready.rows("held_out"), CHUNK + 10)
    found = fitted.learner_forecast("bayesian_head", ready, most_recent(ready, rows)).mean
    once = fitted.learner_forecast("bayesian_head", ready, queries_of(ready, "held_out", "next")).mean
    np.testing.assert_allclose(found, np.resize(once, found.shape), atol=1e-6)


def save(fitted: FittedPredictors, folder: Path) -> None:
    """Every predictor, as fitting leaves it."""
    for name, seeds in fitted.learners.items():
        for i, trained in enumerate(seeds):
            save_learner(folder / f"{name}-{i}", trained)
    for name, (baseline,) in fitted.baselines.items():
        save_baseline(folder / name, baseline)


def test_what_was_saved_forecasts_the_same(tmp_path: Path) -> None:
    ready, fitted = scenario.prepared(), scenario.fitted()
    save(fitted, tmp_path)
    queries = queries_of(ready, "held_out", "next")
    one, other = (
        fitted.forecasts(ready, queries),
        FittedPredictors.load(tmp_path, ready).forecasts(ready, queries),
    )
    assert all(np.array_equal(one[n].mean, other[n].mean) for n in one)


def test_why_meta_training_stopped_early_is_kept_with_the_model(tmp_path: Path) -> None:
    ready, fitted = scenario.prepared(), scenario.fitted()
    why = "meta-training stopped at step 3: the loss is not finite; cohort stage 4"
    halted = {n: [replace(t, stopped=why) for t in seeds] for n, seeds in fitted.learners.items()}
    save(FittedPredictors(halted, fitted.baselines), tmp_path)
    found = FittedPredictors.load(tmp_path, ready).learners
    assert [t.stopped for seeds in found.values() for t in seeds] == [why] * sum(map(len, halted.values()))


def test_a_learner_whose_file_was_changed_is_refused(tmp_path: Path) -> None:
    save(scenario.fitted(), tmp_path)
    path = tmp_path / "maml-0" / "tensors.safetensors"
    path.write_bytes(path.read_bytes()[:-4] + b"\x00\x00\x80\x7f")
    with pytest.raises(CheckpointError, match="maml-0"):
        FittedPredictors.load(tmp_path, scenario.prepared())


def test_learners_see_their_own_history_unless_their_options_say_otherwise() -> None:
    ready = scenario.prepared()
    for options, expected in (({}, True), ({"history": False}, False)):
        learner = new_learner(LearnerSpec(name="protonet", options=options), ready, 0)
        assert learner.features.own_history == expected


def test_the_seed_of_a_learner_leaves_the_global_one_alone() -> None:
    torch.manual_seed(0)
    before = torch.get_rng_state()
    one, other = (new_learner(LearnerSpec(name="maml"), scenario.prepared(), seed) for seed in (1, 2))
    assert torch.equal(before, torch.get_rng_state())
    assert not torch.equal(one.layers[0].weight, other.layers[0].weight)


def test_every_seed_of_every_learner_and_every_baseline_is_a_fit() -> None:
    study = scenario.study(learners=(LearnerSpec(name="maml", seeds=2), LearnerSpec(name="protonet")))
    folders = [fit.folder for fit in fits_of(study)]
    assert sorted(folders) == sorted(["maml-0", "maml-1", "protonet-0", *scenario.BASELINES])
    assert folders[0] == "boosted_lags"


def quick_prepared():
    return scenario.prepare(scenario.table(), scenario.quick_study(splits=scenario.prepared().study.splits))


def test_only_what_is_missing_is_fitted_again(tmp_path: Path) -> None:
    ready, told = quick_prepared(), []
    fit_all(ready, tmp_path, processes=1)
    written = {p: p.stat().st_mtime_ns for p in tmp_path.rglob("*.safetensors")}
    assert not (tmp_path / "unfinished").exists()
    shutil.rmtree(tmp_path / "protonet-0")
    fit_all(ready, tmp_path, progress=lambda name, *_: told.append(name), processes=1)
    assert set(told) == {"protonet-0"}
    changed = {p.parent.name for p, when in written.items() if p.stat().st_mtime_ns != when}
    assert changed == {"protonet-0"}


@pytest.mark.nightly
def test_worker_processes_tell_how_far_they_have_come(tmp_path: Path) -> None:
    told = []
    fit_all(quick_prepared(), tmp_path, progress=lambda *message: told.append(message), processes=2)
    assert {(name, step, steps) for name, step, steps, _ in told} >= {
        ("protonet-0", 12, 12),
        ("bayesian_head-0", 12, 12),
    }
    assert {p.name for p in tmp_path.iterdir()} == {
        "protonet-0",
        "bayesian_head-0",
        "last_value",
        "mixed_model",
    }


def test_several_seeds_are_pooled(tmp_path: Path) -> None:
    spec = LearnerSpec(name="protonet", options=dict(scenario.SMALL["protonet"]), seeds=2)
    study = scenario.quick_study(
        learners=(spec,), baselines=("last_value",), budget=BudgetSpec(steps=4, batch_subjects=8)
    )
    ready = scenario.prepare(scenario.table(), study)
    fit_all(ready, tmp_path, processes=1)
    fitted, queries = FittedPredictors.load(tmp_path, ready), queries_of(ready, "held_out", "next")
    alone = [
        FittedPredictors({"protonet": [t]}, {}).learner_forecast("protonet", ready, queries)
        for t in fitted.learners["protonet"]
    ]
    pooled = fitted.learner_forecast("protonet", ready, queries)
    np.testing.assert_allclose(
        pooled.mean, pool(alone, np.full((2, alone[0].mean.shape[1]), 0.5), ready.layout).mean
    )
    assert not np.allclose(alone[0].mean, alone[1].mean)


def test_tuning_episodes_are_of_tuning_subjects_and_always_the_same() -> None:
    ready = scenario.prepared()
    (one,), (other,) = tuning_episodes(ready), tuning_episodes(ready)
    assert len(one.cohort) == len(ready.rows("tuning"))
    assert torch.equal(one.query.y, other.query.y)
    expected = ready.records.y[torch.as_tensor(ready.rows("tuning"))]
    assert torch.equal(one.query.y[:, 0], expected)
