"""Conformal quantiles: one unit of weight a patient, groups that borrow from wider ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from meta_med.calibrate.conformal import (
    LEVELS,
    MIN_SUBJECTS,
    Scores,
    conformal_quantiles,
    interval_multipliers,
)
from meta_med.cohorts.record_table import Floats, Ints
from tests.examples import examples

NINETY = LEVELS.index(0.9)


def scores(score: Floats, stratum: Ints | None = None, cohort: Ints | None = None) -> Scores:
    """One record a subject."""
    nil = np.zeros(len(score), dtype=np.int64)
    return Scores(
        score, np.arange(len(score)), nil if stratum is None else stratum, nil if cohort is None else cohort
    )


def test_with_one_record_a_subject_it_is_the_split_conformal_quantile() -> None:
    score = np.random.default_rng(0).permutation(np.arange(1.0, 20.0))  # n = 19: 0.9 * 20 = the 18th
    np.testing.assert_allclose(conformal_quantiles(score, np.arange(19)), [10.0, 16.0, 18.0])


def test_between_two_scores_it_is_interpolated_where_they_are_smooth() -> None:
    found = conformal_quantiles(np.arange(1.0, 31.0), np.arange(30))
    np.testing.assert_allclose(found, [15.5, 24.8, 27.9])


def test_between_two_scores_of_which_one_is_shared_it_is_the_upper_one() -> None:
    """Rounded errors, three of 30 at 2: at 1.9 none of them would be held."""
    score = np.repeat([0.0, 1.0, 2.0], [10, 17, 3])
    np.testing.assert_array_equal(conformal_quantiles(score, np.arange(30)), [1.0, 1.0, 2.0])


@pytest.mark.parametrize(("n", "told"), [(0, 0), (1, 1), (3, 1), (4, 2), (8, 2), (9, 3)])
def test_a_level_is_told_from_as_many_patients_as_their_largest_score_needs(n: int, told: int) -> None:
    found = conformal_quantiles(np.arange(1.0, n + 1), np.arange(n))
    assert np.isfinite(found).tolist() == [True] * told + [False] * (3 - told)


def test_nobody_at_all_gives_no_interval() -> None:
    found, basis = interval_multipliers(scores(np.zeros(0)), 2)
    assert np.isnan(found).all()
    assert not basis.any()


def test_errors_without_bound_give_no_interval() -> None:
    score = np.r_[np.ones(15), np.full(5, np.inf)]
    found, _ = interval_multipliers(scores(score), 1)
    assert np.isfinite(found[-1, 0, :1]).all()
    assert np.isnan(found[-1, 0, 1:]).all()


def test_a_subject_with_many_records_weighs_as_much_as_one_with_one() -> None:
    """Nine calm patients with one record, one wild patient with ninety-one: the median is calm."""
    score = np.r_[np.full(9, 1.0), np.full(91, 100.0)]
    subject = np.r_[np.arange(9), np.full(91, 9)]
    assert conformal_quantiles(score, subject)[0] == 1.0
    assert conformal_quantiles(score, np.arange(100))[0] == 100.0


@pytest.mark.parametrize("alike", [0.0, 0.6, 1.0])
def test_several_records_a_subject_cover_the_level_however_alike_they_are(alike: float) -> None:
    """Records of a patient that are all the same tell as much as one; independent ones tell more."""
    rng = np.random.default_rng(0)
    covered = []
    for _ in range(400):
        own = rng.normal(size=(2, 20, 1))
        z = np.sqrt(alike) * own + np.sqrt(1 - alike) * rng.normal(size=(2, 20, 8))
        seen, new = np.abs(z).reshape(2, -1)
        q = conformal_quantiles(seen, np.repeat(np.arange(20), 8))
        covered.append((new[:, None] <= q).mean(0))
    np.testing.assert_allclose(np.mean(covered, 0), LEVELS, atol=0.015)


def test_repeating_every_record_changes_nothing() -> None:
    score, subject = np.abs(np.random.default_rng(1).normal(size=30)), np.arange(30)
    twice = conformal_quantiles(np.tile(score, 2), np.tile(subject, 2))
    np.testing.assert_allclose(twice, conformal_quantiles(score, subject), rtol=0.1)


def test_a_stratum_is_drawn_toward_all_with_records_and_less_so_the_more_it_has() -> None:
    rng = np.random.default_rng(0)
    for n, low, high in ((12, 0.3, 0.8), (2000, 0.23, 0.27)):
        score = np.abs(rng.normal(size=500 + n)) * np.r_[np.ones(500), np.full(n, 0.25)]
        stratum = np.r_[np.full(500, 1), np.full(n, 4)].astype(np.int64)
        found, basis = interval_multipliers(scores(score, stratum), 0)
        assert basis[-1, 4] == n
        assert low < found[-1, 4, NINETY] / 1.645 < high


def test_a_thin_stratum_takes_the_wider_groups_quantile() -> None:
    stratum = np.r_[np.full(50, 1), np.full(MIN_SUBJECTS - 1, 2)].astype(np.int64)
    score = np.r_[np.arange(50.0), np.full(MIN_SUBJECTS - 1, 1e6)]
    found, basis = interval_multipliers(scores(score, stratum), 0)
    np.testing.assert_array_equal(found[-1, 2], found[-1, 4])
    assert basis[-1].tolist() == [0, 50, 0, 0, 0]


def test_those_without_records_have_a_width_of_their_own() -> None:
    stratum = np.repeat([0, 1], 40)
    found, _ = interval_multipliers(scores(np.r_[np.full(40, 1.0), np.full(40, 10.0)], stratum), 0)
    assert found[-1, :2, NINETY].tolist() == pytest.approx([1.0, 10.0])


@pytest.mark.fault("M15")
def test_cohorts_that_differ_have_their_own_widths() -> None:
    rng = np.random.default_rng(0)
    cohort = np.repeat(np.arange(20), 30)
    spread = np.where(np.arange(20) % 2, 4.0, 1.0)
    found, basis = interval_multipliers(
        scores(np.abs(rng.normal(size=600)) * spread[cohort], cohort=cohort), 20
    )
    ratio = found[:20, 0, NINETY] / (1.645 * spread)
    assert 0.8 < np.median(ratio) < 1.2
    assert ratio.min() > 0.55
    assert basis[:20, 0].tolist() == [30] * 20


@pytest.mark.fault("M15")
def test_one_noisy_cohort_that_everybodys_width_covers_too_seldom_is_covered_by_its_own(now) -> None:
    rng, cohorts, each, noisy = np.random.default_rng(15), 6, 60, 2
    spread = np.where(np.arange(cohorts) == noisy, 2.0, 1.0)
    cohort = np.repeat(np.arange(cohorts), each)
    own, everybodys = [], []
    for _ in range(40):
        found, _ = interval_multipliers(
            scores(np.abs(rng.normal(size=cohorts * each)) * spread[cohort], cohort=cohort), cohorts
        )
        new = np.abs(rng.normal(size=2000)) * spread[noisy]
        own.append((new <= found[noisy, 0, NINETY]).mean())
        everybodys.append((new <= found[-1, 0, NINETY]).mean())
    error = np.std(own) / np.sqrt(len(own))
    assert np.mean(everybodys) < 0.8
    assert np.mean(own) >= 0.90 - 3 * error
    now(
        f"a cohort of twice the noise: everybody's width covers {np.mean(everybodys):.0%}, its own {np.mean(own):.0%}"
    )


def test_cohorts_that_are_alike_share_one_width() -> None:
    rng = np.random.default_rng(0)
    found, _ = interval_multipliers(
        scores(np.abs(rng.normal(size=600)), cohort=np.repeat(np.arange(20), 30)), 20
    )
    apart = np.log(found[:20, 0, NINETY] / found[-1, 0, NINETY])
    assert np.abs(apart).mean() < 0.05
    assert apart.min() > -0.05
    assert apart.max() < 0.35, (
        "wider only where a cohort's own scores ask for it by more than their sampling error"
    )


def test_a_small_cohort_pools_its_strata_before_it_takes_everybodys() -> None:
    """Six patients at each of two strata: enough together, not apart."""
    rng = np.random.default_rng(0)
    cohort = np.r_[np.arange(400) % 10, np.full(12, 10)]
    stratum = np.r_[np.arange(400) % 4 + 1, np.tile([1, 2], 6)]
    score = np.abs(rng.normal(size=412)) * np.where(cohort % 2, 1.0, np.where(cohort == 10, 6.0, 2.0))
    found, basis = interval_multipliers(scores(score, stratum, cohort), 11)
    assert basis[10, 1] == 12
    assert found[10, 1, NINETY] > 1.3 * found[-1, 1, NINETY]


def test_levels_are_nested_in_every_group() -> None:
    rng = np.random.default_rng(2)
    n = 300
    s = Scores(rng.gamma(1.0, size=n), rng.integers(0, 60, n), rng.integers(0, 5, n), rng.integers(0, 4, n))
    found, _ = interval_multipliers(s, 4)
    assert (np.diff(found, axis=-1) >= -1e-12).all()


def test_a_stratum_that_errs_more_than_others_keeps_a_wide_interval() -> None:
    """Twelve patients whose errors are four times as large: chance alone does not make them so."""
    rng = np.random.default_rng(0)
    score = np.abs(rng.normal(size=512)) * np.r_[np.ones(500), np.full(12, 4.0)]
    found, _ = interval_multipliers(scores(score, np.r_[np.full(500, 1), np.full(12, 4)].astype(np.int64)), 0)
    assert found[-1, 4, NINETY] > 0.9 * conformal_quantiles(score[500:], np.arange(12))[NINETY]


@st.composite
def any_scores(draw: st.DrawFn, least: int, most: int) -> Floats:
    """Scores of any distribution: smooth, heavy-tailed, many exactly 0, rounded to few values, two far lumps."""
    n, seed = draw(st.integers(least, most)), draw(st.integers(0, 2**32 - 1))
    rng, unit = np.random.default_rng(seed), 10.0 ** draw(st.integers(-12, 12))
    drawn = {
        "smooth": np.abs(rng.normal(size=n)),
        "heavy": np.abs(rng.standard_cauchy(n)),
        "zeros": np.where(rng.random(n) < rng.random(), 0.0, np.abs(rng.normal(size=n))),
        "rounded": np.round(np.abs(rng.normal(size=n)) * rng.integers(1, 4)),
        "lumps": np.where(rng.random(n) < rng.random(), 1.0, 100.0) * (1 + 1e-3 * rng.random(n)),
    }
    return unit * drawn[draw(st.sampled_from(sorted(drawn)))]


def held(score: Floats, stratum: Ints, cohort: Ints, first: int) -> Floats:
    """(first, levels) whether each of the first scores lies within the interval of all others; NaN: none is told."""
    out = np.empty((first, len(LEVELS)))
    for i in range(first):
        rest = np.arange(len(score)) != i
        found, _ = interval_multipliers(
            scores(score[rest], stratum[rest], cohort[rest]), int(cohort.max()) + 1
        )
        own = found[cohort[i], stratum[i]]
        out[i] = np.where(np.isnan(own), np.nan, score[i] <= own)
    return out


@examples(30)
@given(any_scores(2, 14))
def test_whatever_the_scores_one_more_patient_is_held_as_often_as_told(score: Floats) -> None:
    """Of n + 1 patients any may be the new one, so the share held, each left out once, is the expected coverage.

    Interpolated, one patient less may be held; over smooth distributions the level is met on average.
    """
    nil = np.zeros(len(score), dtype=np.int64)
    share = held(score, nil, nil, len(score)).mean(0)
    for level, found in zip(LEVELS, share, strict=True):
        assert np.isnan(found) == (len(score) - 1 < np.ceil(level / (1 - level) - 1e-9))
        assert np.isnan(found) or found >= level - 1 / len(score) - 1e-9


@examples(10)
@given(any_scores(10, 14), any_scores(12, 30), st.booleans())
def test_a_group_that_stands_by_itself_is_held_within_sampling_error_whatever_the_others_are(
    own: Floats, others: Floats, by_cohort: bool
) -> None:
    score = np.r_[own, others]
    group = np.r_[np.zeros(len(own)), np.ones(len(others))].astype(np.int64)
    nil = np.zeros_like(group)
    stratum, cohort = (nil + 3, group) if by_cohort else (1 + 2 * group, nil)
    error = np.sqrt(np.multiply(LEVELS, np.subtract(1, LEVELS)) / (len(own) - 1))
    assert (held(score, stratum, cohort, len(own)).mean(0) >= LEVELS - error - 1 / len(own) - 1e-9).all()


@examples(30)
@given(any_scores(2, 60), st.integers(0, 2**32 - 1), st.integers(-12, 12))
def test_units_order_and_names_of_groups_change_nothing(score: Floats, seed: int, power: int) -> None:
    rng, n = np.random.default_rng(seed), len(score)
    told = Scores(score, rng.integers(0, n, n), rng.integers(0, 5, n), rng.integers(0, 3, n))
    order, named, people = rng.permutation(n), rng.permutation(3), rng.permutation(n)
    other = Scores(
        (score * 10.0**power)[order],
        people[told.subject][order],
        told.stratum[order],
        named[told.cohort][order],
    )
    (one, counts), (two, again) = interval_multipliers(told, 3), interval_multipliers(other, 3)
    place = np.append(named, 3)
    np.testing.assert_allclose(two[place], one * 10.0**power, rtol=1e-6)
    np.testing.assert_array_equal(again[place], counts)
