"""Law 5: without own records the prediction is the cohort's; with more of them intervals do not widen on average."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from meta_med.episodes.batch import Records
from meta_med.episodes.queries import most_recent
from meta_med.learners import create, names
from tests import scenario
from tests.examples import EACH, examples

TOLERATED = 1.01  # of the mean width: the fit is small, the scales are meta-learned


@pytest.mark.parametrize("history", [True, False])
@pytest.mark.parametrize("name", names())
@examples(15, EACH)
@given(seed=st.integers(0, 2**32 - 1))
def test_no_support_and_masked_support_give_the_cohorts_prediction(
    name: str, history: bool, seed: int
) -> None:
    torch.manual_seed(seed)
    learner = create(name, scenario.MIXED, 3, history=history, **scenario.SMALL.get(name, {})).double().eval()
    batch = scenario.random_batch(seed)
    masked = learner.adapt(batch.context, batch.cohort, batch.support.without_records())
    none = learner.adapt(batch.context, batch.cohort, Records.empty(len(batch.cohort), batch.support))
    one, other = masked.predict(batch.query), none.predict(batch.query)
    torch.testing.assert_close(one.location, other.location, rtol=1e-10, atol=1e-10)
    torch.testing.assert_close(one.scale, other.scale, rtol=1e-10, atol=1e-10)


@pytest.mark.parametrize("name", names())
def test_without_own_records_only_cohort_and_query_speak(name: str) -> None:
    """Two subjects of one cohort with the same query get the same prediction, whatever their own records."""
    torch.manual_seed(0)
    learner = create(name, scenario.MIXED, 3, history=True, **scenario.SMALL.get(name, {})).double().eval()
    batch = scenario.random_batch(1, cohorts=1, subjects=4)
    query = batch.query.select(torch.tensor([0, 0, 0, 0]))
    adapted = learner.adapt(batch.context, batch.cohort, batch.support.without_records())
    location = adapted.predict(query).location
    torch.testing.assert_close(location, location[:1].expand_as(location), rtol=1e-10, atol=1e-10)
    own = learner.adapt(batch.context, batch.cohort, batch.support).predict(query).location
    assert not torch.allclose(own, own[:1].expand_as(own))


@pytest.mark.parametrize("name", scenario.LEARNERS)
def test_intervals_do_not_widen_with_the_support_size_on_average(name: str) -> None:
    ready, fitted = scenario.prepared(), scenario.fitted()
    rows = np.flatnonzero(ready.support_size(np.arange(ready.table.n_records)) >= 5)
    continuous = list(ready.layout.scaled)
    width = [
        fitted.learner_forecast(name, ready, most_recent(ready, rows, k)).scale[:, continuous].mean()
        for k in range(6)
    ]
    assert all(width[k] <= width[0] * TOLERATED for k in range(1, 6)), width
    assert np.mean(width[3:]) <= np.mean(width[:3]) * TOLERATED, width


@pytest.mark.parametrize("name", scenario.LEARNERS)
def test_own_records_halve_the_error_where_patients_differ(name: str) -> None:
    """On this source own levels explain most of the variance, so adaptation must be worth something."""
    ready, fitted = scenario.prepared(), scenario.fitted()
    rows = ready.rows("held_out")
    rows = rows[ready.support_size(rows) >= 2]
    y = ready.scaling.outcomes(ready.table.y[rows])[:, 0]
    adapted = np.abs(fitted.learner_forecast(name, ready, most_recent(ready, rows)).mean[:, 0] - y).mean()
    cohort = np.abs(fitted.learner_forecast(name, ready, most_recent(ready, rows, 0)).mean[:, 0] - y).mean()
    assert adapted < 0.6 * cohort
