"""A population model is moved into a new cohort by what its context shows, and by no more."""

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from meta_med.baselines.cohort_offset import CohortOffset
from meta_med.episodes.episode_arrays import Episodes
from meta_med.outcomes import Outcome, OutcomeLayout

LAYOUT = OutcomeLayout.of([Outcome("a"), Outcome("b", "binary")])
N_COHORTS, EACH, NEW = 12, 40, 12


def patients(cohort: np.ndarray, level: np.ndarray, seed: int) -> Episodes:
    """One record a patient: a covariate, the cohort's level, noise; the binary outcome follows the same score."""
    rng = np.random.default_rng(seed)
    n = len(cohort)
    x = rng.normal(size=(n, 1))
    score = x[:, 0] + level[cohort]
    y = np.stack([score + 0.5 * rng.normal(size=n), rng.random(n) < 1 / (1 + np.exp(-score))], 1).astype(
        float
    )
    nothing = {
        "support_y": np.zeros((n, 0, 2)),
        "support_x": np.zeros((n, 0, 1)),
        "support_time": np.zeros((n, 0)),
    }
    return Episodes(**nothing, x=x, y=y, cohort=cohort, subject=np.arange(n))


@cache
def trained() -> tuple[CohortOffset, np.ndarray]:
    """Fitted on twelve cohorts whose levels differ by one; and the levels, the new cohort's last."""
    level = np.append(np.random.default_rng(5).normal(size=N_COHORTS), 2.0)
    train = patients(np.repeat(np.arange(N_COHORTS), EACH), level, 0)
    return CohortOffset(LAYOUT).fit(train).fit_scale(train), level


def asked(cohort: int, m: int) -> Episodes:
    """New patients of a cohort, with m patients of each cohort as context."""
    _, level = trained()
    lent = patients(np.repeat(np.arange(NEW + 1), max(m, 1)), level, 1)
    new = patients(np.full(200, cohort), level, 2)
    x, y = (v.reshape(NEW + 1, max(m, 1), -1) for v in (lent.x, lent.y))
    return replace(
        new, context_x=x if m else np.full_like(x, np.nan), context_y=y if m else np.full_like(y, np.nan)
    )


@pytest.mark.parametrize("outcome", [0, 1])
def test_error_in_a_new_cohort_falls_with_its_context(outcome: int) -> None:
    baseline, _ = trained()
    error = [np.square(baseline.centre(asked(NEW, m)) - asked(NEW, m).y).mean(0)[outcome] for m in (0, 3, 40)]
    assert error[2] < error[1] < error[0]


def test_without_context_nothing_is_known_of_a_new_cohort() -> None:
    baseline, _ = trained()
    one = asked(NEW, 0)
    none = replace(one, context_x=np.zeros((0, 0, 1)), context_y=np.zeros((0, 0, 2)))
    np.testing.assert_allclose(baseline.centre(one), baseline.centre(none))


def test_a_trained_cohort_does_not_need_its_context() -> None:
    baseline, _ = trained()
    np.testing.assert_array_equal(baseline.centre(asked(3, 0)), baseline.centre(asked(3, 40)))


def test_other_cohorts_contexts_are_no_matter() -> None:
    baseline, _ = trained()
    one = asked(NEW, 5)
    y = one.context_y.copy()
    y[:NEW] = 1.0
    np.testing.assert_array_equal(baseline.centre(one), baseline.centre(replace(one, context_y=y)))


def test_trained_cohorts_offsets_find_their_levels() -> None:
    baseline, level = trained()
    moved = [(baseline.centre(asked(c, 0))[:, 0] - asked(c, 0).x[:, 0]).mean() for c in range(N_COHORTS)]
    assert np.corrcoef(moved, level[:N_COHORTS])[0, 1] > 0.9


@pytest.mark.parametrize("outcome", [0, 1])
def test_a_lender_who_lends_each_record_ten_times_moves_a_cohort_no_farther(outcome: int) -> None:
    baseline, _ = trained()
    one = asked(NEW, 5)
    x, y = np.repeat(one.context_x, 10, 1), np.repeat(one.context_y, 10, 1)
    many = replace(one, context_x=x, context_y=y, context_each=10)
    found = [baseline.centre(e)[:, outcome] for e in (one, many, replace(many, context_each=1))]
    np.testing.assert_allclose(found[1], found[0], rtol=0, atol=1e-9)
    assert np.abs(found[2] - found[0]).max() > 0.02
