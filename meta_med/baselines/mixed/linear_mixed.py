"""Linear mixed-effects models by restricted maximum likelihood, from per-subject sufficient statistics.

y_i = X_i beta + Z_i b_i + e_i, b_i ~ N(0, s^2 L L^T), e ~ N(0, s^2 I). The profiled REML criterion of
Bates, Maechler, Bolker & Walker 2015 (lme4), eq. 42, is a function of the few entries of L only; with
Z_i^T Z_i, Z_i^T X_i and Z_i^T y_i summed once per subject, an evaluation costs O(subjects q^2 p), whatever
the number of records. Subjects are along the last axis: a factorisation of all q x q matrices is a loop over
their q (q + 1) / 2 entries, each vectorised over the subjects.
"""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from meta_med.cohorts.record_table import Floats, Ints

UNITS = (10.0, 100.0, 1e3)
RIGID = 1e4  # maximum random-effect standard deviation relative to noise: beyond, doubles cannot resolve the noise
SMALLEST = 1e-12  # of an outcome's sum of squares: smallest residual sum of squares
EXACT = 1e-12  # of an outcome's size: residuals below are rounding of an exact fit


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
    """Sufficient statistics: per subject zz (q, q, n) and zxy (q, p + 1, n), x and y side by side; in total xy."""

    zz: Floats
    zxy: Floats
    xy: Floats
    records: int


def fit_mixed(x: Floats, z: Floats, y: Floats, subject: Ints) -> MixedFit:
    """Fit by REML.

    Args:
        x: (R, p) fixed-effect design of full column rank; z: (R, q) random-effect design;
        y: (R,) outcome; subject: (R,) integer subject of each record.

    The search runs on columns scaled to size one and on the residuals of least squares, so that it does not depend on
    units. Where the fixed effects fit exactly (an outcome that never varies), nothing is left to be random.

    """
    x_size, z_size = _size(x), _size(z)
    x, z = x / x_size, z / z_size
    plain = np.linalg.solve(x.T @ x, x.T @ y)
    rest = y - x @ plain
    if np.linalg.norm(rest) <= EXACT * np.linalg.norm(y):
        return MixedFit(plain / x_size, np.zeros((z.shape[1], z.shape[1])), 0.0, -np.inf)
    size = float(_size(rest[:, None])[0])
    fit = _fit(x, z, rest / size, subject)
    criterion = (
        fit.criterion + 2 * float(np.log(x_size).sum()) + 2 * (len(y) - x.shape[1]) * float(np.log(size))
    )
    beta = (plain + size * fit.beta) / x_size
    return MixedFit(beta, fit.factor / z_size[:, None], size * fit.sigma, criterion)


def _size(columns: Floats) -> Floats:
    """(P,) root mean square of each column, 1 where it is 0."""
    size = np.sqrt((columns**2).mean(0))
    return np.where(size > 0, size, 1.0)


def _fit(x: Floats, z: Floats, y: Floats, subject: Ints) -> MixedFit:
    """`fit_mixed` on columns and an outcome of size one."""
    sums = _sums(x, z, y, subject)
    q = z.shape[1]
    start, unit = np.eye(q)[np.tril_indices(q)], _unit(sums)
    most = RIGID / unit
    bounds = [(0.0 if i == j else -most, most) for i, j in zip(*np.tril_indices(q), strict=True)]

    def criterion(theta: Floats) -> tuple[float, Floats]:
        at = _At.factor(_lower(unit * theta, q), sums)
        return at.criterion, unit * at.slope(sums)[np.tril_indices(q)]

    found = minimize(
        criterion, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"ftol": 1e-12, "gtol": 1e-8}
    )
    at = _At.factor(_lower(unit * found.x, q), sums)
    return MixedFit(at.beta, at.relative, at.sigma, at.criterion)


def _unit(sums: _Sums) -> float:
    """Start of the search: the power of ten that fits best as the ratio of random effects to noise."""
    start = np.eye(len(sums.zz))
    best, least = 1.0, _At.factor(start, sums).criterion
    for unit in UNITS:
        if not (found := _At.factor(unit * start, sums).criterion) < least:
            break
        best, least = unit, found
    return best


def _sums(x: Floats, z: Floats, y: Floats, subject: Ints) -> _Sums:
    order = np.argsort(subject, kind="stable")
    x, z, y, subject = x[order], z[order], y[order], subject[order]
    first = np.flatnonzero(np.r_[True, subject[1:] != subject[:-1]])

    xy = np.column_stack([x, y])

    def per_subject(other: Floats) -> Floats:
        products = [
            [np.add.reduceat(z[:, i] * other[:, j], first) for j in range(other.shape[1])]
            for i in range(z.shape[1])
        ]
        return np.asarray(products)

    return _Sums(zz=per_subject(z), zxy=per_subject(xy), xy=xy.T @ xy, records=len(y))


def _lower(theta: Floats, q: int) -> Floats:
    factor = np.zeros((q, q))
    factor[np.tril_indices(q)] = theta
    return factor


@dataclass(frozen=True)
class _At:
    """The criterion at a relative factor, with the terms of its gradient: half (q, p + 1, n), xx (p, p) X' V^-1 X."""

    relative: Floats
    criterion: float
    beta: Floats
    sigma: float
    root: Floats
    half: Floats
    xx: Floats

    @classmethod
    def factor(cls, factor: Floats, sums: _Sums) -> "_At":
        """Evaluate at the factor (q, q)."""
        q, width, n = sums.zxy.shape
        p = width - 1
        inner = (np.kron(factor, factor).T @ sums.zz.reshape(q * q, n)).reshape(q, q, n)
        root = _cholesky(inner + np.eye(q)[:, :, None])
        half = _solve(root, (factor.T @ sums.zxy.reshape(q, -1)).reshape(q, width, n))
        left = sums.xy - sum(h @ h.T for h in half)
        xx, xy = left[:p, :p], left[:p, p]
        beta = np.linalg.solve(xx, xy)
        rss = float(left[p, p] - beta @ xy)
        free = sums.records - p
        sigma2 = max(rss, SMALLEST * sums.xy[p, p]) / free
        log_roots = sum(float(np.log(root[i, i]).sum()) for i in range(q))
        log_det = 2 * log_roots + float(np.linalg.slogdet(xx)[1])
        criterion = log_det + free * (1 + float(np.log(2 * np.pi * sigma2)))
        return cls(factor, criterion, beta, float(np.sqrt(sigma2)), root, half, xx)

    def slope(self, sums: _Sums) -> Floats:
        """(q, q) gradient of the criterion by the factor.

        2 (Z' V^-1 Z - S G S' - r r' / sigma^2) L, summed over subjects, with S = Z' V^-1 X, G = (X' V^-1 X)^-1 and
        r = Z' V^-1 (y - X beta).
        """
        q, _, n = sums.zxy.shape
        around = _solve(self.root, (self.relative.T @ sums.zz.reshape(q, -1)).reshape(q, q, n))
        zz = sums.zz.sum(2) - sum(a @ a.T for a in around)
        zxy = sums.zxy - sum(a[:, None] * h[None] for a, h in zip(around, self.half, strict=True))
        rest = zxy[:, -1] - np.tensordot(self.beta, zxy[:, :-1], (0, 1))
        whole = inverse_root(self.xx)
        spread = np.tensordot(zxy[:, :-1], whole, (1, 0)).reshape(q, -1)
        return np.asarray(2 * (zz - spread @ spread.T - rest @ rest.T / self.sigma**2) @ self.relative)


def inverse_root(matrix: Floats) -> Floats:
    """A square root R of the inverse, R R' = A^-1, of a symmetric positive definite matrix (p, p).

    Its eigenvalues, in units of its diagonal, count as no smaller than what rounding leaves of them: where columns are
    nearly collinear a Cholesky factor of the computed inverse does not exist.
    """
    unit = np.sqrt(np.diagonal(matrix))
    value, vector = np.linalg.eigh(matrix / np.outer(unit, unit))
    least = len(value) * np.finfo(value.dtype).eps * value[-1]
    return np.asarray(vector / np.sqrt(np.maximum(value, least)) / unit[:, None])


def _cholesky(matrices: Floats) -> Floats:
    """Lower factors (q, q, n) of symmetric positive definite (q, q, n)."""
    q = len(matrices)
    root = np.zeros_like(matrices)
    for j in range(q):
        root[j, j] = np.sqrt(matrices[j, j] - sum(root[j, k] ** 2 for k in range(j)))
        for i in range(j + 1, q):
            crossed = sum(root[i, k] * root[j, k] for k in range(j))
            root[i, j] = (matrices[i, j] - crossed) / root[j, j]
    return root


def _solve(root: Floats, right: Floats) -> Floats:
    """L^-1 right for lower factors (q, q, n) and right (q, c, n)."""
    out = np.empty_like(right)
    for i in range(len(root)):
        out[i] = (right[i] - sum(root[i, k] * out[k] for k in range(i))) / root[i, i]
    return out
