"""A subject's next values given the own records: a mixture over models and over sizes of the subject's variation.

A subject of a cohort with scale s^2 varies with t s^2, log t ~ N(0, spread^2) by three-point Gauss-Hermite quadrature:
some subjects vary more than others, which makes the tails heavy. Under each model and t everything is Gaussian.
"""

import math
from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.learners.closed_form.courses.cohort_posterior import CohortPosterior, observed
from meta_med.learners.closed_form.courses.course_library import Courses
from meta_med.learners.closed_form.courses.few_records import Columns, factor, log_determinant, whiten
from meta_med.learners.closed_form.courses.mixture import Mixture
from meta_med.learners.closed_form.courses.series import Series

SIZES = (-math.sqrt(3.0), 0.0, math.sqrt(3.0))  # of log t, in spreads
LOG_SHARES = (math.log(1 / 6), math.log(2 / 3), math.log(1 / 6))

NEARLY_NORMAL = 0.01  # relative variance of t below which the degrees of freedom are 204


@dataclass(frozen=True)
class Sizes:
    """The three values of t for each outcome (D, 3), and the logarithms of their shares (3,)."""

    value: Tensor
    log_share: Tensor

    @classmethod
    def of(cls, spread: Tensor) -> "Sizes":
        """From the spread (D,) of the logarithm."""
        value = torch.stack([(size * spread).exp() for size in SIZES], -1)
        log_share = torch.stack([spread.new_full((), share) for share in LOG_SHARES])
        return cls(value, log_share)

    def degrees_of_freedom(self) -> Tensor:
        """(D,) of the Student t with the kurtosis of a normal variable with variance t."""
        share = self.log_share.exp()
        mean, square = (self.value * share).sum(-1), (self.value.square() * share).sum(-1)
        return 4.0 + 2.0 / (square / mean.square() - 1.0).clamp(min=NEARLY_NORMAL)


@dataclass(frozen=True)
class Located:
    """Records of B subjects under a cohort's posterior.

    Attributes:
        series: the records; centre: (D, M, N, B) expected values; unsure: (C, D, M, N, B) with the covariance s^2 times
            their products over C, of what is unknown of the coefficients.

    """

    series: Series
    centre: Tensor
    unsure: Tensor

    @classmethod
    def of(cls, cohort: CohortPosterior, series: Series) -> "Located":
        """One matrix product for all subjects of a single cohort, else one for each subject."""
        c, n, b = series.columns.shape
        flat = cohort.effects.flatten(1, 3)  # (K or B, (C + 1) D M, C)
        if len(flat) == 1:
            found = flat[0] @ series.columns.flatten(1)
        else:
            found = (flat @ series.columns.permute(2, 0, 1)).permute(1, 2, 0)
        found = found.reshape(*cohort.effects.shape[1:4], n, b)
        return cls(series, found[c], found[:c])

    def covariance(self, courses: Courses, own: slice, other: "Located", further: slice) -> Tensor:
        """(D, M, n, m, B) between some records and some of another series of the same subjects."""
        found = courses.covariance(self.series.moments.part(own), other.series.moments.part(further))
        for mine, others in zip(self.unsure, other.unsure, strict=True):
            found = torch.addcmul(found, mine[..., own, None, :], others[..., None, further, :])
        return found


@dataclass(frozen=True)
class OwnPosterior:
    """B subjects given their own records.

    Attributes:
        courses: the models; cohort: posterior of each subject's cohort; sizes: of the subjects' variation.
        located: own records; lower, white: their factor, and the whitened residuals (D, M, N, 1, B).
        log_weight: (D, M, 3, B) of models and sizes.

    """

    courses: Courses
    cohort: CohortPosterior
    sizes: Sizes
    located: Located
    lower: Columns
    white: Tensor
    log_weight: Tensor

    @classmethod
    def of(cls, courses: Courses, cohort: CohortPosterior, sizes: Sizes, own: Series) -> "OwnPosterior":
        """Condition on own records, weighting models and sizes by their marginal likelihood."""
        located = Located.of(cohort, own)

        def covariance(first: slice, second: slice) -> Tensor:
            found = located.covariance(courses, first, located, second)
            return observed(found, courses.noise, own.seen, first, second)

        lower = factor(covariance, own.seen.shape[1])
        residual = (own.y.unsqueeze(1) - located.centre) * own.seen.unsqueeze(1)
        white = whiten(lower, residual.unsqueeze(3))
        log_det = log_determinant(lower, torch.zeros_like(residual.sum(2)))
        square = white.square().sum((2, 3))
        count = own.seen.sum(1)[:, None, None]
        variance = _by_subject(cohort.scale).unsqueeze(2) * sizes.value[:, None, :, None]
        told = -0.5 * (count * variance.log() + log_det.unsqueeze(2) + square.unsqueeze(2) / variance)
        before = _by_subject(cohort.log_weight).unsqueeze(2) + sizes.log_share[:, None]
        log_weight = (before + told).flatten(1, 2).log_softmax(1).reshape(told.shape)
        return cls(courses, cohort, sizes, located, lower, white, log_weight)

    def predicted(self, query: Series) -> Mixture:
        """The distribution of query records: members (3 M, D, Q, B)."""
        at, own = Located.of(self.cohort, query), self.located
        cross = own.covariance(self.courses, slice(None), at, slice(None))
        reach = whiten(self.lower, cross * own.series.seen[:, None, :, None])
        mean = at.centre + (reach * self.white).sum(2)
        prior = self.courses.variance(query.moments) + at.unsure.square().sum(0)
        spread = (prior - reach.square().sum(2)).clamp(min=0.0) + self.courses.noise[..., None, None]
        spread = spread * _by_subject(self.cohort.scale).unsqueeze(2)
        sd = (spread.unsqueeze(2) * self.sizes.value[:, None, :, None, None]).sqrt()
        wide = sd.shape
        weight = self.log_weight.unsqueeze(3).expand(wide)
        each = (weight, mean.unsqueeze(2).expand(wide), sd)
        return Mixture(*(part.permute(1, 2, 0, 3, 4).flatten(0, 1) for part in each))


def _by_subject(values: Tensor) -> Tensor:
    """(B or 1, D, M) as (D, M, B or 1)."""
    return values.permute(1, 2, 0)
