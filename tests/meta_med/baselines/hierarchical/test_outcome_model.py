"""One outcome: cohorts share their courses, or not."""

from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from meta_med.baselines.hierarchical.outcome_model import TAILS, OutcomeModel, matching_df
from meta_med.baselines.hierarchical.runs import Runs
from meta_med.episodes.episode_arrays import Episodes
from tests.meta_med.baselines.hierarchical.made import made_runs, nobody

NONE = np.zeros(0, dtype=int)


def episodes(runs: Runs) -> Episodes:
    """Each patient's last record, from the ones before."""
    shape = len(runs)
    return Episodes(
        runs.y[:, :-1, None],
        runs.x[:, :-1],
        runs.time[:, :-1],
        runs.x[:, -1],
        runs.y[:, -1:],
        runs.cohort,
        np.arange(shape),
    )


def fitted(runs: Runs) -> OutcomeModel:
    return OutcomeModel.fit(runs, episodes(runs), 0, NONE, seed=0)


def test_alike_cohorts_share_their_courses() -> None:
    assert not fitted(made_runs(patients=60, cohorts=3)).own


def test_cohorts_that_move_in_other_ways_have_their_own() -> None:
    steady, jumpy = made_runs(cohorts=1, noise=0.03), made_runs(cohorts=1, noise=2.0, seed=1)
    both = Runs(
        *(np.concatenate([a, b]) for a, b in zip(vars(steady).values(), vars(jumpy).values(), strict=True))
    )
    model = fitted(replace(both, cohort=np.repeat([0, 1], 40)))
    assert sorted(model.own) == [0, 1]
    lent = replace(made_runs(patients=10, cohorts=1, noise=0.03, seed=2), cohort=np.full(10, 7))
    told = model.conditioned(lent)
    assert told.cohorts.tolist() == [7]
    asked = replace(episodes(lent), cohort=np.full(10, 7))
    width = [np.diff(model.quantiles(asked, (0.05, 0.95), known), axis=1).mean() for known in ({7: told}, {})]
    assert width[0] < 0.7 * width[1]


def test_a_cohort_without_lenders_is_an_average_one() -> None:
    model = fitted(made_runs())
    found = model.conditioned(nobody(made_runs()))
    np.testing.assert_array_equal(found.mean, 0.0)


@pytest.mark.parametrize("df", [3.0, 8.0, 50.0])
def test_the_tails_of_a_student_t_give_its_degrees_of_freedom(df: float) -> None:
    assert matching_df(stats.t.ppf(TAILS, df)[None]) == pytest.approx(df, rel=1e-3)


def test_tails_without_width_are_normal() -> None:
    assert matching_df(np.zeros((3, 4))) == 200.0
