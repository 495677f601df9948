"""What lenders' whole series say of a cohort: coefficients of its mean, its scale, and the weights of the models.

Under each model, with the cohort's scale s^2 ~ InverseGamma(f / 2, f s_0^2 / 2) and coefficients ~ N(0, s^2 P),

    y = columns . coefficients + courses + noise    is a Student t with everything but the model integrated out,

so each model's marginal likelihood is exact. Models are wrong, and many values make wrong weights certain: n values of
the lenders count as n e / (n + e) for the weights, e a meta-parameter.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from meta_med.learners.closed_form.conditioning import solve, stable_cholesky
from meta_med.learners.closed_form.courses.course_library import Courses
from meta_med.learners.closed_form.courses.few_records import factor, log_determinant, whiten
from meta_med.learners.closed_form.courses.series import Series


@dataclass(frozen=True)
class ScalePrior:
    """(D,) each: s_0^2, its degrees of freedom f, and the evidence e."""

    square: Tensor
    freedom: Tensor
    evidence: Tensor


@dataclass(frozen=True)
class CohortPosterior:
    """Posterior of K cohorts, D outcomes and M models with C columns.

    Attributes:
        log_weight: (K, D, M) of the models; scale: (K, D, M) posterior s^2.
        effects: (K, C + 1, D, M, C) a root R^T of the coefficients' covariance s^2 R R^T, then their mean.

    """

    log_weight: Tensor
    scale: Tensor
    effects: Tensor

    def of(self, cohort: Tensor) -> "CohortPosterior":
        """The posterior of each subject's cohort; a single cohort is broadcast without a copy."""
        if len(self.scale) == 1:
            return self
        return CohortPosterior(self.log_weight[cohort], self.scale[cohort], self.effects[cohort])


def condition(
    courses: Courses, roots: Tensor, log_prior: Tensor, scale: ScalePrior, lenders: Series, cohorts: int
) -> CohortPosterior:
    """Condition on lenders' series, in the order of their cohorts.

    Args:
        courses, log_prior: (D, M) the models; roots: (D, M, C) prior deviations of coefficients; scale: of the scale.
        lenders: of all cohorts one after the other, as many for each; cohorts: K.

    """
    gram, log_det = _whitened_products(courses, roots, lenders, cohorts)
    count = by_cohort(lenders.seen.sum(1), cohorts).sum(-1).T.unsqueeze(-1)
    unit = torch.eye(roots.shape[-1], dtype=roots.dtype, device=roots.device)
    inner = stable_cholesky(gram[..., 1:, 1:] + unit)
    moment = solve(inner, gram[..., 1:, :1])
    rest = (gram[..., 0, 0] - moment.square().sum((-1, -2))).clamp(min=0.0)
    freedom, square = scale.freedom.unsqueeze(-1), scale.square.unsqueeze(-1)
    log_evidence = -0.5 * (
        log_det
        + 2.0 * inner.diagonal(dim1=-2, dim2=-1).log().sum(-1)
        + (freedom + count) * torch.log1p(rest / (freedom * square))
    )
    evidence = scale.evidence.unsqueeze(-1)
    log_weight = log_prior + log_evidence * evidence / (evidence + count)
    back = solve(inner, unit.expand_as(inner))  # L^-1: the root of the covariance is its transpose
    mean = moment.transpose(-1, -2) @ back
    effects = torch.cat([back, mean], -2) * roots.unsqueeze(-2)
    posterior = (freedom * square + rest) / (freedom + count)
    return CohortPosterior(log_weight.log_softmax(-1), posterior, effects.permute(0, 3, 1, 2, 4))


def _whitened_products(
    courses: Courses, roots: Tensor, lenders: Series, cohorts: int
) -> tuple[Tensor, Tensor]:
    """(K, D, M, 1 + C, 1 + C) products of values and columns, whitened by each lender's covariance, and log det."""
    n = len(lenders.moments.time)

    def covariance(first: slice, second: slice) -> Tensor:
        found = courses.covariance(lenders.moments.part(first), lenders.moments.part(second))
        return observed(found, courses.noise, lenders.seen, first, second)

    lower = factor(covariance, n)
    columns = lenders.columns.transpose(0, 1) * roots[:, :, None, :, None]
    values = lenders.y[:, None, :, None].expand(-1, columns.shape[1], -1, -1, -1)
    right = torch.cat([values, columns], -2) * lenders.seen[:, None, :, None]
    white = by_cohort(whiten(lower, right), cohorts)
    gram = torch.einsum("dmnakl,dmnbkl->kdmab", white, white)
    log_det = log_determinant(lower, right.new_zeros((*right.shape[:2], right.shape[-1])))
    return gram, by_cohort(log_det, cohorts).sum(-1).permute(2, 0, 1)


def by_cohort(values: Tensor, cohorts: int) -> Tensor:
    """(..., K, L) of (..., K L)."""
    return values.reshape(*values.shape[:-1], cohorts, values.shape[-1] // max(cohorts, 1))


def observed(covariance: Tensor, noise: Tensor, seen: Tensor, first: slice, second: slice) -> Tensor:
    """Covariance (D, M, n, m, B) of observed values; an unobserved one has variance one and no covariance.

    Args:
        covariance: of the courses of the records `first` and `second`; noise: (D, M); seen: (D, N, B) of all records.

    """
    both = (seen[:, first, None] * seen[:, None, second]).unsqueeze(1)
    alone = noise[..., None, None] * seen[:, None, second] + (1.0 - seen[:, None, second])
    itself = torch.eye(seen.shape[1], dtype=seen.dtype, device=seen.device)[first, second, None]
    return torch.addcmul(covariance * both, alone.unsqueeze(2), itself)
