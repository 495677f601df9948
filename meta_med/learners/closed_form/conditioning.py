"""Exact conditioning of Gaussians for B subjects and M target columns at once, with one Cholesky factor each.

Two forms of the same posterior; callers use the one with the smaller matrix:
    record space (S x S): f ~ GP(0, k), r = f + e, e ~ N(0, diag(s)); L L^T = K + diag(s)  (Rasmussen & Williams
        2006, algorithm 2.1);
    feature space (d x d): f = psi . w, w ~ N(0, I); L L^T = I + psi^T diag(1/s) psi  (Bishop 2006, eq. 3.53-54).
Both keep L and w = L^-1 (...) only, so that a prediction costs one triangular solve, and both condition on further
records exactly: record space borders the factor, feature space adds to the precision.

Jitter rules. Features are whitened by the root of their prior covariance, so the matrix of feature space has no
eigenvalue below one, and that of record space none below the smallest noise variance. Only rounding errors remain: a
diagonal shift of 8 n eps times the largest diagonal entry (n the size of the matrix, eps of its dtype) bounds the
backward error of Cholesky (Higham 2002, theorem 10.3), duplicated records included. It is a constant for the
gradient and below 1e-13 in float64. A matrix that still has no factor gives NaN, which stops training, without a host
synchronisation here.
"""

from dataclasses import dataclass

import torch
from torch import Tensor


@dataclass(frozen=True)
class Evidence:
    """Observations of M columns in N records of B subjects, all (B, M, N).

    Attributes:
        residual: observed value minus its prior mean, 0 where unseen.
        variance: of its noise, 1 where unseen.
        seen: 1 where observed, else 0; in the same dtype.

    """

    residual: Tensor
    variance: Tensor
    seen: Tensor

    @classmethod
    def of(cls, residual: Tensor, variance: Tensor, seen: Tensor) -> "Evidence":
        """Evidence of values with a bool mask; values where it is False are ignored."""
        return cls(
            torch.where(seen, residual, torch.zeros_like(residual)),
            torch.where(seen, variance, torch.ones_like(variance)),
            seen.to(residual.dtype),
        )

    def followed_by(self, other: "Evidence") -> "Evidence":
        """This evidence and that of further records."""
        pairs = zip(vars(self).values(), vars(other).values(), strict=True)
        return Evidence(*(torch.cat(pair, 2) for pair in pairs))

    def stacked(self) -> "Evidence":
        """The M columns of N records as one column of M N records, columns outermost: (B, 1, M N)."""
        return Evidence(*(t.flatten(1).unsqueeze(1) for t in (self.residual, self.variance, self.seen)))


def stable_cholesky(matrix: Tensor) -> Tensor:
    """Lower Cholesky factors of symmetric (..., n, n) by the jitter rules above; NaN where there is none."""
    n = matrix.shape[-1]
    if n == 0:
        return matrix
    diagonal = matrix.detach().diagonal(dim1=-2, dim2=-1)
    shift = 8 * n * torch.finfo(matrix.dtype).eps * diagonal.amax(-1, keepdim=True)
    factor, info = torch.linalg.cholesky_ex(matrix + torch.diag_embed(shift.expand_as(diagonal)))
    nothing = torch.zeros((), dtype=matrix.dtype, device=matrix.device)
    broken = torch.where(info == 0, nothing, nothing + torch.nan)
    whole: Tensor = factor + broken[..., None, None]
    return whole


def solve(factor: Tensor, right: Tensor) -> Tensor:
    """L^-1 right for lower factors (..., n, n) and right (..., n, q)."""
    solved: Tensor = torch.linalg.solve_triangular(factor, right, upper=False)
    return solved


@dataclass(frozen=True)
class RecordSpace:
    """Posterior of functions given N records: factor (B, M, N, N), whitened residual and seen (B, M, N)."""

    factor: Tensor
    whitened: Tensor
    seen: Tensor

    @classmethod
    def condition(cls, kernel: Tensor, evidence: Evidence) -> "RecordSpace":
        """Condition a prior covariance (B, M, N, N) on the evidence; N may be 0."""
        factor = stable_cholesky(_observed(kernel, evidence))
        whitened = solve(factor, evidence.residual.unsqueeze(-1)).squeeze(-1)
        return cls(factor, whitened, evidence.seen)

    def extended(self, cross: Tensor, kernel: Tensor, evidence: Evidence) -> "RecordSpace":
        """The posterior given n further records too: cross (B, M, N, n), kernel (B, M, n, n).

        The factor of the bordered matrix is [[L, 0], [B^T, chol(D - B^T B)]] with B = L^-1 cross: O(N^2 n), and
        the existing factor is not changed.
        """
        border = self.whiten(cross * evidence.seen.unsqueeze(-2))
        corner = stable_cholesky(_observed(kernel, evidence) - border.transpose(-1, -2) @ border)
        left = evidence.residual - (border * self.whitened.unsqueeze(-1)).sum(-2)
        whitened = solve(corner, left.unsqueeze(-1)).squeeze(-1)
        top = torch.cat([self.factor, torch.zeros_like(border)], -1)
        bottom = torch.cat([border.transpose(-1, -2), corner], -1)
        return RecordSpace(
            torch.cat([top, bottom], -2),
            torch.cat([self.whitened, whitened], -1),
            torch.cat([self.seen, evidence.seen], -1),
        )

    def read(self, cross: Tensor, prior: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and variance (B, M, Q) at points: `cross` (B, M, N, Q) covariance to the records, `prior` variance."""
        solved = self.whiten(cross)
        shift = (solved * self.whitened.unsqueeze(-1)).sum(-2)
        return shift, (prior - solved.square().sum(-2)).clamp(min=0.0)

    def whiten(self, columns: Tensor) -> Tensor:
        """L^-1 columns, for (B, M, N, q) with a row for each record; rows of unseen records are zero."""
        return solve(self.factor, columns * self.seen.unsqueeze(-1))


def _observed(kernel: Tensor, evidence: Evidence) -> Tensor:
    """Covariance of the observations; an unobserved record has variance one and no covariance."""
    both = evidence.seen.unsqueeze(-1) * evidence.seen.unsqueeze(-2)
    return kernel * both + torch.diag_embed(evidence.variance)


@dataclass(frozen=True)
class FeatureSpace:
    """Posterior of whitened weights: precision (B, M, d, d), its factor, moment and L^-1 moment (B, M, d)."""

    precision: Tensor
    moment: Tensor
    factor: Tensor
    whitened: Tensor

    @classmethod
    def condition(cls, psi: Tensor, evidence: Evidence) -> "FeatureSpace":
        """Condition w ~ N(0, I) on records with whitened features psi (B, M, N, d); N may be 0."""
        d = psi.shape[-1]
        precision, moment = _information(psi, evidence)
        return cls._of(precision + torch.eye(d, dtype=psi.dtype, device=psi.device), moment)

    @classmethod
    def _of(cls, precision: Tensor, moment: Tensor) -> "FeatureSpace":
        factor = stable_cholesky(precision)
        return cls(precision, moment, factor, solve(factor, moment.unsqueeze(-1)).squeeze(-1))

    def extended(self, psi: Tensor, evidence: Evidence) -> "FeatureSpace":
        """The posterior given further records too."""
        precision, moment = _information(psi, evidence)
        return self._of(self.precision + precision, self.moment + moment)

    def read(self, psi: Tensor) -> tuple[Tensor, Tensor]:
        """Mean and variance (B, M, Q) at whitened features (B, M, Q, d)."""
        solved = solve(self.factor, psi.transpose(-1, -2))
        return (solved * self.whitened.unsqueeze(-1)).sum(-2), solved.square().sum(-2)

    def weights(self) -> tuple[Tensor, Tensor]:
        """Mean (B, M, d) and a root R (B, M, d, d) of the covariance R R^T of w."""
        eye = torch.eye(self.factor.shape[-1], dtype=self.factor.dtype, device=self.factor.device)
        root = solve(self.factor, eye.expand_as(self.factor)).transpose(-1, -2)
        return (root @ self.whitened.unsqueeze(-1)).squeeze(-1), root


def _information(psi: Tensor, evidence: Evidence) -> tuple[Tensor, Tensor]:
    weight = evidence.seen / evidence.variance
    weighted = psi * weight.unsqueeze(-1)
    moment = (weighted * evidence.residual.unsqueeze(-1)).sum(-2)
    return weighted.transpose(-1, -2) @ psi, moment
