"""Linear mixed-effects models by restricted maximum likelihood, from per-subject sufficient statistics.

y_i = X_i beta + Z_i b_i + e_i, b_i ~ N(0, s^2 L L^T), e ~ N(0, s^2 I). The profiled REML criterion of
Bates, Maechler, Bolker & Walker 2015 (lme4), eq. 42, is a function of the few entries of L only; with
Z_i^T Z_i, Z_i^T X_i and Z_i^T y_i summed once per subject, an evaluation costs O(subjects q^2 p), whatever
the number of records.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from meta_med.records import Floats, Ints


@dataclass(frozen=True)
class MixedFit:
    """A fitted model: beta (p,), relative factor (q, q), residual standard deviation, REML criterion."""

    beta: Floats
    factor: Floats
    sigma: float
    criterion: float

    @property
    def covariance(self) -> Floats:
        """(q, q) covariance of the random effects."""
        return np.asarray(self.sigma**2 * self.factor @ self.factor.T)


@dataclass(frozen=True)
class _Sums:
    """Sufficient statistics: per subject zz (n, q, q), zx (n, q, p), zy (n, q); in all xx, xy, yy, records."""

    zz: Floats
    zx: Floats
    zy: Floats
    xx: Floats
    xy: Floats
    yy: float
    records: int


def fit_mixed(x: Floats, z: Floats, y: Floats, subject: Ints) -> MixedFit:
    """Fit by REML.

    Args:
        x: (R, p) fixed-effect design of full column rank; z: (R, q) random-effect design;
        y: (R,) outcome; subject: (R,) integer subject of each record.

    """
    sums = _sums(x, z, y, subject)
    q = z.shape[1]
    start = np.eye(q)[np.tril_indices(q)]
    bounds = [(0.0, None) if i == j else (None, None) for i, j in zip(*np.tril_indices(q), strict=True)]
    found = minimize(
        lambda theta: _criterion(theta, sums)[0],
        start,
        method="L-BFGS-B",
        bounds=bounds,
        options={"ftol": 1e-12, "gtol": 1e-8},
    )
    criterion, beta, sigma = _criterion(found.x, sums)
    return MixedFit(beta, _lower(found.x, q), sigma, criterion)


def _sums(x: Floats, z: Floats, y: Floats, subject: Ints) -> _Sums:
    order = np.argsort(subject, kind="stable")
    x, z, y, subject = x[order], z[order], y[order], subject[order]
    first = np.flatnonzero(np.r_[True, subject[1:] != subject[:-1]])

    def per_subject(values: Floats) -> Floats:
        return np.asarray(np.add.reduceat(values, first, axis=0))

    return _Sums(
        zz=per_subject(z[:, :, None] * z[:, None, :]),
        zx=per_subject(z[:, :, None] * x[:, None, :]),
        zy=per_subject(z * y[:, None]),
        xx=x.T @ x,
        xy=x.T @ y,
        yy=float(y @ y),
        records=len(y),
    )


def _lower(theta: Floats, q: int) -> Floats:
    factor = np.zeros((q, q))
    factor[np.tril_indices(q)] = theta
    return factor


def _criterion(theta: Floats, sums: _Sums) -> tuple[float, Floats, float]:
    """REML criterion, beta and sigma at a relative factor."""
    q, p = sums.zx.shape[1:]
    factor = _lower(theta, q)
    root = np.linalg.cholesky(factor.T @ sums.zz @ factor + np.eye(q))
    half_x = np.linalg.solve(root, factor.T @ sums.zx)
    half_y = np.linalg.solve(root, (sums.zy @ factor)[:, :, None])[:, :, 0]
    xx = sums.xx - np.einsum("nqa,nqb->ab", half_x, half_x)
    xy = sums.xy - np.einsum("nqa,nq->a", half_x, half_y)
    beta = np.linalg.solve(xx, xy)
    rss = sums.yy - float((half_y**2).sum()) - float(beta @ xy)
    free = sums.records - p
    sigma2 = max(rss, 1e-12) / free
    log_det = 2 * float(np.log(np.diagonal(root, axis1=1, axis2=2)).sum()) + float(np.linalg.slogdet(xx)[1])
    return log_det + free * (1 + float(np.log(2 * np.pi * sigma2))), beta, float(np.sqrt(sigma2))


def posterior(fit: MixedFit, z: Floats, residual: Floats, seen: Floats) -> tuple[Floats, Floats]:
    """Best linear unbiased prediction of the random effects of R subjects.

    Args:
        fit: the model; z: (R, S, q); residual: (R, S) y - x beta, 0 where unseen; seen: (R, S) 0/1.

    Returns:
        (R, q) predicted effects and (R, q, q) their conditional covariance.

    """
    scaled = (z * seen[:, :, None]) @ fit.factor
    precision = scaled.transpose(0, 2, 1) @ scaled + np.eye(fit.factor.shape[0])
    moment = np.einsum("rsq,rs->rq", scaled, residual)
    inverse = np.linalg.inv(precision)
    effects = np.einsum("rab,rb->ra", inverse, moment) @ fit.factor.T
    covariance = fit.sigma**2 * fit.factor @ inverse @ fit.factor.T
    return effects, covariance
