"""How much cohorts differ in the size of their errors, and how much wider an interval must be for it.

Records of a cohort share what the cohort does to them, so a quantile of pooled scores holds its level on average and
may be far from it in one cohort. The logarithm of the scale of a cohort's scores is taken as a random effect
(DerSimonian & Laird 1986): normal around a common centre with a standard deviation tau between cohorts, and measured
with an error that falls with the cohort's subjects. Few cohorts hardly tell tau, so it has a weak prior (Gelman 2006)
and everything is averaged over its posterior.

The effect of a cohort with no or few scores is then known as a distribution, and the interval is widened until the
share of values outside, as a root mean square over that distribution, is 1 - level: the "second-moment coverage" of
Lee, Barber & Willett (2023). It bounds how often a single cohort is covered badly, which coverage on average over
cohorts (Dunn, Wasserman & Ramdas 2022) does not; where cohorts differ by factors it would cost too much, and is
bounded. Their distribution-free sets are infinite below 1 / (1 - level) cohorts; a normal effect is the price of a
finite width from two or three. Without differences nothing is widened.
"""

from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.special import ndtr, ndtri

from meta_med.cohorts.record_table import Floats, Ints

USUAL, DF = 0.2, 3.0  # scale and degrees of freedom of the half-t prior of tau
POWER = 4.0  # of scores below their quantile; the higher, the less the smaller ones count
LARGEST_EFFECT = float(
    np.log(4.0)
)  # errors of a cohort count as at most four times the usual ones, or a quarter
MOST_SPREAD = 10.0  # variance of a log scale from one subject, where scores hardly tell it
DEAREST = 1.15  # at most so much wider than coverage on average over cohorts asks for
TAUS: Floats = np.r_[0.0, np.geomspace(0.03, 1.5, 16)]
NODES, _raw = np.polynomial.hermite_e.hermegauss(9)
NODE_WEIGHTS: Floats = _raw / _raw.sum()  # Gauss-Hermite quadrature over a standard normal
HALVINGS = 20  # of an interval of logarithms


@dataclass(frozen=True)
class CohortScales:
    """The scales of J cohorts' scores relative to that of all of them, on the log scale.

    A cohort's scale is the number by which its scores are divided so that their mean of `bounded` is that of all
    scores: an M-estimate of scale (Huber 1964). It looks at the scores up to the quantile in question and counts those
    beyond it, so that neither one huge score nor many exact zeros decide it.

    Attributes:
        cohort: (J,) index; log_scale, variance: (J,) estimate and its sampling variance.
        target: the mean that they are relative to; spread: the sampling variance from one subject.

    """

    cohort: Ints
    log_scale: Floats
    variance: Floats
    target: float
    spread: float

    @classmethod
    def of(cls, score: Floats, subject: Ints, cohort: Ints, relative_to: Self | None = None) -> Self:
        """From scores (R,) in units of their quantile.

        Args:
            score, subject, cohort: (R,) of each record; R > 0.
            relative_to: takes target and spread from there.

        """
        members = _Members.of(subject, cohort)
        target = relative_to.target if relative_to else float(members.each(bounded(score)).mean())
        log_scale = _solved(score, members, target)
        common = score / np.exp(log_scale[members.place])
        spread = relative_to.spread if relative_to else members.spread(bounded(common))
        return cls(members.cohort, log_scale, np.maximum(spread, 1e-12) / members.n, target, spread)


@dataclass(frozen=True)
class _Members:
    """Which of R records is of which subject and cohort.

    Attributes:
        cohort: (J,) index of each cohort; n: (J,) its subjects.
        place: (R,) cohort of each record, among the J; subject: (R,) subject, among those of all cohorts.
        home: cohort of each subject, among the J.

    """

    cohort: Ints
    n: Ints
    place: Ints
    subject: Ints
    home: Ints

    @classmethod
    def of(cls, subject: Ints, cohort: Ints) -> Self:
        pair, who = np.unique(np.stack([cohort, subject]), axis=1, return_inverse=True)
        cohorts, home = np.unique(pair[0], return_inverse=True)
        return cls(cohorts, np.bincount(home), home[who], who, home)

    def each(self, values: Floats) -> Floats:
        """The mean of each subject in a cohort."""
        return np.asarray(np.bincount(self.subject, values) / np.bincount(self.subject))

    def mean(self, values: Floats) -> Floats:
        """(J,) the mean of each cohort, over subjects."""
        return np.asarray(np.bincount(self.home, self.each(values)) / self.n)

    def spread(self, value: Floats) -> float:
        """Sampling variance of a log scale from one subject, by the delta method; value: (R,) of `bounded`."""
        slope = float(self.each(np.where(value < 1, POWER * value, 0.0)).mean())
        apart = self.each(value) - self.mean(value)[self.home]
        within = float((apart**2).sum()) / max(len(apart) - len(self.n), 1)
        return min(within / max(slope, 1e-6) ** 2, MOST_SPREAD)


def bounded(score: Floats) -> Floats:
    """(R,) scores in units of their quantile to a power, at most 1."""
    return np.asarray(np.minimum(score, 1.0) ** POWER)


def _solved(score: Floats, members: _Members, target: float) -> Floats:
    """(J,) logarithms of the scales at which each cohort's mean of `bounded` is the target, by bisection."""
    low = np.full(len(members.n), -LARGEST_EFFECT)
    high = -low
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        too_small = members.mean(bounded(score / np.exp(middle[members.place]))) > target
        low, high = np.where(too_small, middle, low), np.where(too_small, high, middle)
    return high


@dataclass(frozen=True)
class Effects:
    """Effects of C cohorts on the logarithm of their scores, each a mixture of normals over the T values of tau.

    Attributes:
        weight, mean, variance: (C, T) of each component.

    """

    weight: Floats
    mean: Floats
    variance: Floats

    def widening(self, level: float) -> Floats:
        """(C,) factor on the quantile of scores without effects; 1 where there is no effect.

        The root mean square, over a cohort's possible effects, of the share of scores outside is 1 - level, for scores
        like the absolute value of a normal variable, unless that is dearer than DEAREST.
        """
        on_average, root_mean_square = (self._widening(level, moment) for moment in (1, 2))
        return np.minimum(root_mean_square, DEAREST * on_average)

    def _widening(self, level: float, moment: int) -> Floats:
        """(C,) factor by a moment of the share outside.

        Its logarithm, found by bisection, lies between the smallest and the largest effect.
        """
        shape = len(self.mean), self.mean.shape[1] * len(NODES)
        effect = (self.mean[..., None] + np.sqrt(self.variance)[..., None] * NODES).reshape(shape)
        weight = (self.weight[..., None] * NODE_WEIGHTS).reshape(shape)
        quantile = ndtri(0.5 + level / 2)
        low, high = effect.min(1, initial=0.0), effect.max(1, initial=0.0)
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            outside = 2 * ndtr(-quantile * np.exp(middle[:, None] - effect))
            too_narrow = (weight * outside**moment).sum(1) > (1 - level) ** moment
            low, high = np.where(too_narrow, middle, low), np.where(too_narrow, high, middle)
        return np.asarray(np.exp(high))


@dataclass(frozen=True)
class BetweenCohorts:
    """What the scores of J cohorts tell of the effects of cohorts, for each of the T values of tau.

    Attributes:
        scales: of the cohorts.
        weight: (T,) posterior of tau.
        centre, variance: (T,) mean of the effects, and the variance of that estimate.

    """

    scales: CohortScales
    weight: Floats
    centre: Floats
    variance: Floats

    @classmethod
    def of(cls, scales: CohortScales) -> Self:
        """The posterior under the prior of tau and a flat prior of the centre (Gelman et al. 2013, section 5.4)."""
        precision = 1.0 / (TAUS[:, None] ** 2 + scales.variance)
        total = precision.sum(1)
        centre = (precision * scales.log_scale).sum(1) / total
        misfit = (precision * (scales.log_scale - centre[:, None]) ** 2).sum(1)
        log_density = 0.5 * (np.log(precision).sum(1) - np.log(total) - misfit)
        log_density -= (DF + 1) / 2 * np.log1p((TAUS / USUAL) ** 2 / DF)
        weight = np.exp(log_density - log_density.max()) * np.gradient(TAUS)
        return cls(scales, weight / weight.sum(), centre, 1.0 / total)

    @property
    def tau(self) -> float:
        """Posterior mean of the standard deviation between cohorts."""
        return float(self.weight @ TAUS)

    def place(self, cohort: Ints) -> Ints:
        """(R,) place among the J cohorts of each of these, which must be among them."""
        return np.searchsorted(self.scales.cohort, cohort)

    def shrunk(self) -> Floats:
        """(J,) the cohorts' effects as expected, relative to the centre."""
        members = self.members(self.scales.cohort)
        return np.asarray((members.mean * self.weight).sum(1))

    def members(self, cohort: Ints) -> Effects:
        """The effects of some of the J cohorts."""
        log_scale, own = (
            part[self.place(cohort), None] for part in (self.scales.log_scale, self.scales.variance)
        )
        kept = TAUS**2 / (TAUS**2 + own)
        error = kept * own + (1 - kept) ** 2 * self.variance
        return self._effects(self.centre + kept * (log_scale - self.centre), error - self.variance[0])

    def new(self) -> Effects:
        """The effect of one more cohort, without any score of its own."""
        return self._effects(self.centre[None], (TAUS**2 + self.variance - self.variance[0])[None])

    def told_by(self, lent: CohortScales) -> Effects:
        """The effects of more cohorts, each with scores of its own."""
        new = self.new()
        total = new.variance + lent.variance[:, None]
        apart = lent.log_scale[:, None] - self.centre
        density = np.exp(-0.5 * apart**2 / total) / np.sqrt(total) * self.weight
        kept = new.variance / total
        found = self._effects(self.centre + kept * apart, kept * lent.variance[:, None])
        return Effects(density / density.sum(1, keepdims=True), found.mean, found.variance)

    def _effects(self, mean: Floats, variance: Floats) -> Effects:
        """Relative to the centre, without the sampling error of all scores together: conformal quantiles have that."""
        weight = np.broadcast_to(self.weight, mean.shape)
        return Effects(weight, mean - self.weight @ self.centre, np.maximum(variance, 0.0))
