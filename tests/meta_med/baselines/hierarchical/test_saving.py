"""An outcome model as arrays, and back."""

import json

import numpy as np

from meta_med.baselines.hierarchical.outcome_model import OutcomeModel
from meta_med.baselines.hierarchical.saving import arrays_of, facts_of, outcome_model
from tests.meta_med.baselines.hierarchical.made import made_runs
from tests.meta_med.baselines.hierarchical.test_outcome_model import episodes


def test_a_model_is_rebuilt_from_arrays_and_json() -> None:
    runs = made_runs()
    model = OutcomeModel.fit(runs, episodes(runs), 0, np.array([0]), seed=0)
    again = outcome_model(0, arrays_of(model), json.loads(json.dumps(facts_of(model))))
    p = (0.1, 0.5, 0.9)
    np.testing.assert_array_equal(again.quantiles(episodes(runs), p), model.quantiles(episodes(runs), p))


def test_no_two_arrays_share_memory() -> None:
    runs = made_runs()
    arrays = list(arrays_of(OutcomeModel.fit(runs, episodes(runs), 0, np.array([0]), seed=0)).values())
    assert not any(np.shares_memory(a, b) for i, a in enumerate(arrays) for b in arrays[:i])
