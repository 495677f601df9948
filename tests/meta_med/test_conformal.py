"""Conformal quantiles: one unit of weight a patient, groups that borrow from wider ones."""

import numpy as np
import pytest

from meta_med.conformal import LEVELS, MIN_SUBJECTS, Scores, conformal_quantiles, multipliers_of
from meta_med.records import Floats, Ints

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


def test_between_two_scores_it_is_interpolated() -> None:
    found = conformal_quantiles(np.arange(1.0, 31.0), np.arange(30))
    np.testing.assert_allclose(found, [15.5, 24.8, 27.9])


def test_nine_patients_give_ninety_per_cent_their_largest_score_and_fewer_do_too() -> None:
    assert conformal_quantiles(np.arange(1.0, 10.0), np.arange(9))[NINETY] == pytest.approx(9.0)
    assert conformal_quantiles(np.array([3.0, 1.0, 2.0]), np.arange(3))[NINETY] == 3.0


def test_nobody_at_all_gives_an_unbounded_interval() -> None:
    assert np.isinf(conformal_quantiles(np.zeros(0), np.zeros(0, dtype=np.int64))).all()
    found, basis = multipliers_of(scores(np.zeros(0)), 2)
    assert np.isinf(found).all()
    assert not basis.any()


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
    for n, low, high in ((12, 1.2, 3.0), (2000, 3.5, 4.5)):
        score = np.abs(rng.normal(size=500 + n)) * np.r_[np.ones(500), np.full(n, 4.0)]
        stratum = np.r_[np.full(500, 1), np.full(n, 4)].astype(np.int64)
        found, basis = multipliers_of(scores(score, stratum), 0)
        assert basis[-1, 4] == n
        assert low < found[-1, 4, NINETY] / 1.645 < high


def test_a_thin_stratum_takes_the_wider_groups_quantile() -> None:
    stratum = np.r_[np.full(50, 1), np.full(MIN_SUBJECTS - 1, 2)].astype(np.int64)
    score = np.r_[np.arange(50.0), np.full(MIN_SUBJECTS - 1, 1e6)]
    found, basis = multipliers_of(scores(score, stratum), 0)
    np.testing.assert_array_equal(found[-1, 2], found[-1, 4])
    assert basis[-1].tolist() == [0, 50, 0, 0, 0]


def test_those_without_records_have_a_width_of_their_own() -> None:
    stratum = np.repeat([0, 1], 40)
    found, _ = multipliers_of(scores(np.r_[np.full(40, 1.0), np.full(40, 10.0)], stratum), 0)
    assert found[-1, :2, NINETY].tolist() == pytest.approx([1.0, 10.0])


def test_cohorts_that_differ_have_their_own_widths() -> None:
    rng = np.random.default_rng(0)
    cohort = np.repeat(np.arange(20), 30)
    spread = np.where(np.arange(20) % 2, 4.0, 1.0)
    found, basis = multipliers_of(scores(np.abs(rng.normal(size=600)) * spread[cohort], cohort=cohort), 20)
    ratio = found[:20, 0, NINETY] / (1.645 * spread)
    assert 0.8 < np.median(ratio) < 1.2
    assert ratio.min() > 0.55
    assert basis[:20, 0].tolist() == [30] * 20


def test_cohorts_that_are_alike_share_one_width() -> None:
    rng = np.random.default_rng(0)
    found, _ = multipliers_of(scores(np.abs(rng.normal(size=600)), cohort=np.repeat(np.arange(20), 30)), 20)
    ratio = found[:20, 0, NINETY] / found[-1, 0, NINETY]
    assert np.abs(np.log(ratio)).max() < 0.15


def test_a_small_cohort_pools_its_strata_before_it_takes_everybodys() -> None:
    """Six patients at each of two strata: enough together, not apart."""
    rng = np.random.default_rng(0)
    cohort = np.r_[np.arange(400) % 10, np.full(12, 10)]
    stratum = np.r_[np.arange(400) % 4 + 1, np.tile([1, 2], 6)]
    score = np.abs(rng.normal(size=412)) * np.where(cohort % 2, 1.0, np.where(cohort == 10, 6.0, 2.0))
    found, basis = multipliers_of(scores(score, stratum, cohort), 11)
    assert basis[10, 1] == 12
    assert found[10, 1, NINETY] > 1.3 * found[-1, 1, NINETY]


def test_levels_are_nested_in_every_group() -> None:
    rng = np.random.default_rng(2)
    n = 300
    s = Scores(rng.gamma(1.0, size=n), rng.integers(0, 60, n), rng.integers(0, 5, n), rng.integers(0, 4, n))
    found, _ = multipliers_of(s, 4)
    assert (np.diff(found, axis=-1) >= -1e-12).all()
