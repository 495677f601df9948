"""A patient's predictive distribution, as records arrive."""

import numpy as np
import pytest
from scipy import integrate, stats

from meta_med.baselines.hierarchical import predictive
from meta_med.baselines.hierarchical.group_model import GroupModel
from meta_med.baselines.hierarchical.predictive import Patients, predicted_quantiles
from tests.meta_med.baselines.hierarchical.dense import covariance
from tests.meta_med.baselines.hierarchical.made import made_runs

P = (0.05, 0.5, 0.95)


@pytest.fixture(scope="module")
def group() -> GroupModel:
    return GroupModel.fit(made_runs(apart=1.0), np.array([0]), seed=0)


def test_the_median_is_that_of_dense_mixtures(group: GroupModel) -> None:
    runs = made_runs(patients=5, seed=9)
    found = predicted_quantiles(
        group, 1, (runs.time, runs.x, runs.y), (np.full(5, 1.5), runs.x[:, 0]), (0.5,)
    )
    for b in range(5):
        seen = ~np.isnan(runs.y[b])
        t = np.r_[runs.time[b, seen], 1.5]
        t = (t - t[0]) / group.gap
        scores = group.warp.scored(runs.y[b, seen]) - group.covariates.at(runs.x[b, seen])
        log, mean, sd = np.empty((3, len(group.courses)))
        for m in range(len(group.courses)):
            dense = covariance(group.courses, m, t, group.variance[1, m])
            centre = group.mean[1, m] + group.courses.drift[m] * t
            gain = np.linalg.solve(dense[:-1, :-1], dense[:-1, -1])
            log[m] = stats.multivariate_normal(centre[:-1], dense[:-1, :-1]).logpdf(scores)
            mean[m] = centre[-1] + gain @ (scores - centre[:-1]) + group.covariates.at(runs.x[b, :1])[0]
            sd[m] = np.sqrt(dense[-1, -1] - gain @ dense[:-1, -1])
        weight = np.exp(group.log_weight + log - (group.log_weight + log).max())
        weight /= weight.sum()
        median = group.warp.scored(found[b])[0]
        below, _ = integrate.quad(
            lambda v, w=weight, at=mean, s=sd: float(w @ stats.norm.pdf(v, at, s)), -30.0, median, limit=200
        )
        assert below == pytest.approx(0.5, abs=1e-7)


def test_adding_records_one_by_one_is_predicting_from_all(group: GroupModel) -> None:
    runs = made_runs(patients=9, seed=4)
    nothing = (part[:, :0] for part in (runs.time, runs.x, runs.y))
    patients = Patients.of(group, 0, *nothing)
    for i in range(runs.y.shape[1]):
        patients = patients.given(runs.time[:, i], runs.x[:, i], runs.y[:, i])
        known = Patients.of(group, 0, runs.time[:, : i + 1], runs.x[:, : i + 1], runs.y[:, : i + 1])
        ahead = np.full(9, 1.0), runs.x[:, 0]
        np.testing.assert_allclose(
            patients.quantiles(*ahead, P), known.quantiles(*ahead, P), rtol=0, atol=1e-10
        )


def test_padding_and_the_block_change_nothing(group: GroupModel, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = made_runs(patients=9, seed=4)
    query = np.zeros(9) + 1.0, runs.x[:, 0]
    once = predicted_quantiles(group, 0, (runs.time, runs.x, runs.y), query, P)
    padded = [np.concatenate([np.full_like(v[:, :2], np.nan), v], 1) for v in (runs.time, runs.x, runs.y)]
    np.testing.assert_allclose(predicted_quantiles(group, 0, tuple(padded), query, P), once, atol=1e-10)
    monkeypatch.setattr(predictive, "AT_ONCE", 64)
    np.testing.assert_allclose(
        predicted_quantiles(group, 0, (runs.time, runs.x, runs.y), query, P), once, atol=1e-10
    )


def test_quantiles_are_in_order_and_narrower_with_own_records(group: GroupModel) -> None:
    runs = made_runs(patients=9, seed=4)
    query = np.zeros(9) + 1.0, runs.x[:, 0]
    own = (runs.time, runs.x, runs.y)
    alone = predicted_quantiles(group, 0, tuple(v[:, :0] for v in own), query, P)
    known = predicted_quantiles(group, 0, own, query, P)
    assert (np.diff(alone, axis=1) > 0).all()
    assert (np.diff(known, axis=1) > 0).all()
    assert ((known[:, 2] - known[:, 0]) < 0.8 * (alone[:, 2] - alone[:, 0])).all()
