"""The marginal likelihood of a cohort is that of all of its series together, with a shared mean."""

import numpy as np
import pytest
from scipy import stats
from scipy.linalg import block_diag

from meta_med.baselines.hierarchical import evidence
from meta_med.baselines.hierarchical.evidence import CohortSeries, cohort_evidence
from tests.meta_med.baselines.hierarchical.dense import courses, covariance, series


@pytest.mark.parametrize("at_once", [6, 10_000])
def test_it_is_the_dense_normal_density(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "AT_ONCE", at_once)
    models, (time, y) = courses(), series()
    cohort = np.array([0, 1, 0, 1, 1, 0, 2])
    found = cohort_evidence(models, CohortSeries(time, y, cohort, 3), models.between)
    for k in range(3):
        for m in range(6):
            seen = [(time[b, ~np.isnan(y[b])], y[b, ~np.isnan(y[b])]) for b in np.flatnonzero(cohort == k)]
            own = [(t - t[0], v) for t, v in seen if len(t)]
            rest = np.concatenate([v - models.drift[m] * t for t, v in own])
            dense = block_diag(*[covariance(models, m, t) for t, _ in own])
            shared = stats.multivariate_normal(cov=dense + models.between[m]).logpdf(rest)
            np.testing.assert_allclose(found.log[k, m], shared, rtol=1e-9, atol=1e-9)
            solved = np.linalg.solve(dense, np.stack([rest, np.ones(len(rest))], 1)).sum(0)
            precision = solved[1] + 1 / models.between[m]
            np.testing.assert_allclose(found.mean[k, m], solved[0] / precision, rtol=1e-9, atol=1e-12)
            np.testing.assert_allclose(found.variance[k, m], 1 / precision, rtol=1e-9)
