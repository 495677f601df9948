"""Intervals in cohorts without calibration patients: coverage in a drawn two-level model, and no cost without need."""

from dataclasses import dataclass

import numpy as np
import pytest
from scipy import stats

from meta_med.calibrate.between_cohorts import BetweenCohorts, CohortScales
from meta_med.calibrate.conformal import LEVELS, Scores, conformal_quantiles, interval_multipliers
from meta_med.cohorts.record_table import Floats

NINETY = LEVELS.index(0.9)
PATIENTS = 40  # of a calibration cohort


@dataclass(frozen=True)
class Drawn:
    """Over many draws of a new cohort: its true coverage and its width in true 90 % quantiles of the usual cohort.

    The same of the quantile of pooled scores: `pooled`.
    """

    coverage: Floats
    width: Floats
    pooled: Floats
    pooled_width: Floats

    def low(self) -> tuple[float, float]:
        """Share of new cohorts covered less than 82 %, and the same by pooled scores."""
        return float((self.coverage < 0.82).mean()), float((self.pooled < 0.82).mean())


def two_levels(rng: np.random.Generator, effect: Floats, patients: int, first: int = 0) -> Scores:
    """One score a patient, the absolute value of a normal one times the exponential of its cohort's effect."""
    cohort = np.repeat(np.arange(len(effect)), patients)
    score = np.abs(rng.normal(size=len(cohort))) * np.exp(effect[cohort])
    return Scores(score, 10**6 * first + np.arange(len(cohort)), 0 * cohort, first + cohort)


def drawn(cohorts: int, tau: float, lenders: int = 0, draws: int = 40) -> Drawn:
    """Calibration cohorts and ten new ones, whose effects are evenly spread and whose lenders are scored too."""
    rng, out, unit = np.random.default_rng(cohorts), [], stats.norm.ppf(0.95)
    new = tau * stats.norm.ppf((np.arange(10) + 0.5) / 10)
    for _ in range(draws):
        effect = rng.normal(0, tau, cohorts)
        scores = two_levels(rng, effect, PATIENTS)
        lent = two_levels(rng, new, lenders, first=cohorts) if lenders else None
        found, _ = interval_multipliers(scores, cohorts + 10, lent)
        wide = found[cohorts:-1, 0, NINETY]
        pooled = conformal_quantiles(scores.score, scores.subject)[NINETY]
        held = [2 * stats.norm.cdf(q / np.exp(new)) - 1 for q in (wide, pooled)]
        out.append([held[0], wide / unit, held[1], np.full(10, pooled / unit)])
    return Drawn(*np.asarray(out).transpose(1, 0, 2).reshape(4, -1))


@pytest.mark.parametrize("cohorts", [3, 8, 30])
def test_where_cohorts_differ_a_new_one_is_seldom_covered_badly(cohorts: int) -> None:
    found = drawn(cohorts, 0.2, draws=20 if cohorts == 30 else 40)
    assert 0.9 <= found.coverage.mean() <= 0.95
    few, many = found.low()
    assert few < 0.11
    assert few < 0.75 * many
    assert np.sqrt(((1 - found.coverage) ** 2).mean()) < 0.11, "the second moment of what is missed"


@pytest.mark.parametrize(("cohorts", "cost"), [(3, 0.12), (8, 0.03), (30, 0.015)])
def test_where_cohorts_are_alike_intervals_are_hardly_wider(cohorts: int, cost: float) -> None:
    found = drawn(cohorts, 0.0, draws=10 if cohorts == 30 else 20)
    assert 1.0 <= found.width.mean() / found.pooled_width.mean() < 1.0 + cost
    assert 0.89 < found.coverage.mean() < 0.93


@pytest.mark.parametrize("cohorts", [3, 8])
def test_lenders_tell_their_cohorts_width(cohorts: int) -> None:
    """New cohorts are covered more evenly than without lenders, by intervals that are narrower."""
    without, few, many = (drawn(cohorts, 0.35, lenders, draws=20) for lenders in (0, 7, 20))
    for told in (few, many):
        assert 0.88 < told.coverage.mean() < 0.94
        assert told.width.mean() < 0.92 * without.width.mean()
        assert told.low()[0] < told.low()[1]
    assert many.coverage.std() < 0.7 * without.coverage.std()
    assert many.low()[0] < 0.4 * many.low()[1]


def test_more_lenders_leave_less_to_the_prior() -> None:
    """Errors twice as large as elsewhere: five patients are not believed wholly, eighty are."""
    rng, unit = np.random.default_rng(0), stats.norm.ppf(0.95)
    scores = two_levels(rng, rng.normal(0, 0.15, 8), PATIENTS)
    wide = [float(interval_multipliers(scores, 9)[0][8, 0, NINETY])]
    for n in (5, 20, 80):
        score = 2 * stats.norm.ppf(0.5 + (np.arange(n) + 0.5) / (2 * n))
        lent = Scores(score, np.arange(n), np.zeros(n, dtype=np.int64), np.full(n, 8))
        wide.append(float(interval_multipliers(scores, 9, lent)[0][8, 0, NINETY]))
    assert wide == sorted(wide)
    assert wide[-1] / wide[0] > 1.4
    assert wide[-1] < 2.2 * unit


def test_a_cohort_of_few_calibration_patients_moves_from_everybodys_width_toward_its_own() -> None:
    rng = np.random.default_rng(3)
    effect = np.r_[rng.normal(0, 0.2, 9), 0.7]
    scores = two_levels(rng, effect, PATIENTS)
    few = (scores.cohort < 9) | (np.cumsum(scores.cohort == 9) <= 6)
    found, basis = interval_multipliers(scores.take(few), 11)
    assert basis[9, 0] == 0
    assert found[10, 0, NINETY] < found[9, 0, NINETY] < np.exp(0.7) * stats.norm.ppf(0.95) * 1.3


def test_one_cohort_by_itself_is_not_widened() -> None:
    score, nil = np.arange(1.0, 8.0), np.zeros(7, dtype=np.int64)
    for cohorts in (0, 1):
        found, _ = interval_multipliers(Scores(score, np.arange(7), nil, nil), cohorts)
        np.testing.assert_array_equal(found[-1, 0, :2], conformal_quantiles(score, np.arange(7))[:2])


def test_the_only_cohort_with_patients_keeps_their_quantile_and_a_new_one_gets_a_wider_one() -> None:
    score, nil = np.arange(1.0, 8.0), np.zeros(7, dtype=np.int64)
    found, _ = interval_multipliers(Scores(score, np.arange(7), nil, nil), 2)
    np.testing.assert_allclose(found[0, 0, :2], conformal_quantiles(score, np.arange(7))[:2], rtol=1e-6)
    assert (found[1, 0, :2] > 1.02 * found[0, 0, :2]).all()
    np.testing.assert_array_equal(found[1], found[2])


def test_a_cohort_without_errors_does_not_make_everybody_elses_intervals_boundless() -> None:
    rng = np.random.default_rng(0)
    scores = two_levels(rng, np.zeros(8), PATIENTS)
    exact = Scores(
        np.where(scores.cohort == 7, 0.0, scores.score), scores.subject, scores.stratum, scores.cohort
    )
    one, other = (interval_multipliers(s, 9)[0][8, 0, NINETY] for s in (scores, exact))
    assert one < other < 2.5 * one


@pytest.mark.parametrize("score", [np.zeros(40), np.r_[np.ones(30), np.full(10, np.inf)]])
def test_scores_without_spread_or_without_bound_are_handled(score: Floats) -> None:
    cohort = np.arange(40) % 4
    found, _ = interval_multipliers(Scores(score, np.arange(40), 0 * cohort, cohort), 6)
    assert not (found < 0).any()
    assert np.isfinite(found[4, 0, 0])


def test_the_standard_deviation_between_cohorts_is_found_from_many() -> None:
    rng = np.random.default_rng(0)
    for tau in (0.0, 0.15, 0.4):
        s = two_levels(rng, rng.normal(0, tau, 60), 80)
        between = BetweenCohorts.of(CohortScales.of(s.score / 1.645, s.subject, s.cohort))
        assert abs(between.tau - tau) < 0.07


def test_many_records_of_one_patient_tell_no_more_of_its_cohort_than_one() -> None:
    rng = np.random.default_rng(0)
    s = two_levels(rng, np.zeros(5), 20)
    once = CohortScales.of(s.score, s.subject, s.cohort)
    often = CohortScales.of(*(np.repeat(part, 7) for part in (s.score, s.subject, s.cohort)))
    np.testing.assert_allclose(often.variance, once.variance)
    np.testing.assert_allclose(often.log_scale, once.log_scale)
