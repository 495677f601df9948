"""The gate: a blend that is worse than a baseline by a score that pages show is not served."""

import numpy as np
import pytest
from scipy import stats

from meta_med.calibrate.champion import BLEND, Champion, Tuning, choose_champion
from meta_med.calibrate.gate import LARGE, Candidates, _Judged, decide
from meta_med.calibrate.stacking import Blend, Pool, Stack
from meta_med.calibrate.strata import STRATA, Decision
from meta_med.cohorts.record_table import Floats
from meta_med.forecast import NORMAL, Forecast
from meta_med.outcomes import Outcome, OutcomeLayout, kind_of

N = 100
NAMES = ("good", "last_value")
BLENDS = [Blend(np.array([0.9, 0.1]))] * len(STRATA)


def candidates(blend: Floats, last_value: Floats, y: Floats, kind: str = "continuous") -> Candidates:
    """One record each of N patients with one own record; every forecast has a scale of 1."""
    scale = np.ones(N) if kind == "continuous" else np.full(N, np.nan)
    stack = Stack(
        mean=np.stack([blend, last_value]),
        scale=np.stack([scale, scale]),
        y=y,
        subject=np.arange(N),
        stratum=np.ones(N, dtype=np.int64),
        cohort=np.zeros(N, dtype=np.int64),
        kind=kind_of(kind),
    )
    return Candidates(stack, Pool(blend, scale), np.ones(N), {"last_value": 1}, lambda values: values)


def decided(found: Candidates) -> Decision:
    return decide(found, BLENDS, "a", NAMES)[1]


def errors(size: float, seed: int = 0) -> Floats:
    return size * np.random.default_rng(seed).normal(size=N)


def test_a_blend_that_is_surely_worse_is_not_served() -> None:
    worse = decided(candidates(errors(1.5), errors(0.5, 1), np.zeros(N)))
    assert worse.predictor == BLEND
    assert worse.centre == "last_value"  # its centre is not served: that of the baseline is
    by_error = worse.comparisons[1]
    assert by_error.score == "mean absolute error"
    assert by_error.ci_low > 1.0  # more than twice as large
    assert "served around the centre of last value" in worse.evidence


def test_a_blend_that_is_worse_by_no_more_than_luck_explains_is_served() -> None:
    perhaps = decided(candidates(errors(1.0, 1), errors(1.0, 2), np.zeros(N)))
    assert (perhaps.predictor, perhaps.centre) == (BLEND, "")
    assert perhaps.comparisons[1].ci_low < 0 < perhaps.comparisons[1].ci_high


def test_a_difference_of_a_tenth_counts_before_two_standard_errors_do() -> None:
    """Errors whose difference is a fifth of the baseline's at 1.7 standard errors."""
    noise = np.tile([-1.0, 1.0], N // 2) * np.sqrt(1 - 1 / N)
    found = candidates(1.2 + 0.2 / 1.7 * np.sqrt(N) * noise, np.ones(N), np.zeros(N))
    judged = _Judged(found, NAMES)
    rows = np.ones(N, dtype=bool)
    is_worse, share = judged._worse(judged.blend, "last_value", 1, rows)
    assert share == pytest.approx(0.2)
    assert share > LARGE
    assert is_worse


def test_the_interval_of_a_difference_is_that_of_a_t_test_over_patients() -> None:
    found = candidates(errors(1.0), errors(0.9, 1), np.zeros(N))
    worse = np.abs(found.stack.mean[0]) - np.abs(found.stack.mean[1])
    expected = stats.ttest_1samp(worse, 0).confidence_interval()
    base = np.abs(found.stack.mean[1]).mean()
    shown = decided(found).comparisons[1]
    assert (shown.ci_low * base, shown.ci_high * base) == pytest.approx(tuple(expected))


def ordinal(n: int = 400, seed: int = 0) -> tuple[Tuning, dict[str, Forecast], Floats]:
    """A score of which two thirds repeat the last value exactly and the others fall far below it."""
    rng = np.random.default_rng(seed)
    last = rng.integers(10, 16, n).astype(float)
    y = np.where(rng.random(n) < 0.65, last, last - rng.integers(3, 8, n))
    one = np.full((n, 1), NORMAL)[0]
    forecasts = {
        "smooth": Forecast((last - 1.7)[:, None], np.full((n, 1), 2.6), one),
        "last_value": Forecast(last[:, None], np.full((n, 1), 3.3), one),
    }
    sizes, who = np.ones(n, dtype=np.int64), np.arange(n)
    return Tuning(forecasts, y[:, None], sizes[:, None], who, 0 * who), forecasts, y


def served(champion: Champion, forecasts: dict[str, Forecast], n: int) -> Forecast:
    layout = OutcomeLayout.of([Outcome("a")])
    return champion.forecast(forecasts, layout, np.ones((n, 1), dtype=np.int64), np.zeros(n, dtype=np.int64))


def test_of_an_outcome_with_many_equal_values_the_centre_that_repeats_them_is_served() -> None:
    """The smooth learner has the lower CRPS and the larger absolute error, and the error is what pages show."""
    tuning, forecasts, y = ordinal()
    layout = OutcomeLayout.of([Outcome("a")])
    champion = choose_champion(tuning, layout, ["smooth"], ["last_value"])
    decision = champion.decisions[1]
    assert decision.comparisons[0].difference < 0 < decision.comparisons[1].ci_low
    assert (decision.predictor, decision.centre) == (BLEND, "last_value")
    found = served(champion, forecasts, len(y))
    np.testing.assert_allclose(found.mean, forecasts["last_value"].mean)
    assert np.isfinite(found.scale).all()
    assert Champion.from_json(champion.to_json()) == champion


def test_a_binary_blend_that_is_worse_by_the_brier_score_alone_is_not_served() -> None:
    """The last value is right for everybody; the blend is never sure, so that its log loss is the lower one."""
    rng = np.random.default_rng(0)
    y = (rng.random(N) < 0.5).astype(float)
    wrong = rng.random(N) < 0.06
    sure = np.where(wrong, 1 - y, y)
    logit = np.where(sure == 1, 1.0, -1.0)
    found = candidates(0.9 * logit, 9.0 * logit, y, "binary")
    judged = _Judged(found, NAMES)
    assert judged.blend[:, 0].mean() < found.scores(Pool(9.0 * logit, np.full(N, np.nan)))[:, 0].mean()
    assert decided(found).predictor == "last_value"


def test_candidates_are_compared_within_the_hard_range() -> None:
    """Below the lowest possible value both forecasts say the same, so that neither is worse."""
    blend, last = np.full(N, -5.0), np.full(N, -1.0)
    inside = candidates(blend, last, np.zeros(N))
    bounded = Candidates(
        inside.stack, inside.blend, inside.unit, inside.places, lambda values: np.maximum(values, 0.0)
    )
    assert decided(inside).centre == "last_value"
    assert decided(bounded).comparisons[1].difference == 0.0
