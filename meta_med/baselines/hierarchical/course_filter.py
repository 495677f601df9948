"""What series say about course models: one pass over the records, for all patients and all models at once.

A course is a Gaussian state-space model of four states (own level, slope, slow and fast process), so the Kalman filter
gives the very numbers of a Cholesky factor of the records' covariance: each innovation and its variance are one row of
it. A row costs the same whether it is the second or the hundredth, and a new record adds one row without touching
the others: that is the update of a served patient.
"""

from dataclasses import dataclass

import numpy as np

from meta_med.baselines.hierarchical.courses import Courses
from meta_med.cohorts.record_table import Bools, Floats

STATES = 4  # level, slope, slow, fast
LOG_TWO_PI = float(np.log(2 * np.pi))


@dataclass(frozen=True)
class Filtered:
    """M models of B patients after their records so far.

    Attributes:
        since: (B,) time of the newest record since the first one; seen: (B,) number of records.
        mean: (Q, STATES, M, B) expected states, of Q right-hand sides; cov: (STATES, STATES, M, B), of which only the
            upper triangle is kept.
        products: (Q, Q, M, B) sums of products of innovations over their variance; log_det: (M, B) sum of the
            logarithms of the variances.

    """

    since: Floats
    seen: Floats
    mean: Floats
    cov: Floats
    products: Floats
    log_det: Floats

    @classmethod
    def before(
        cls, courses: Courses, patients: int, sides: int = 1, uncertain: Floats | float = 0.0
    ) -> "Filtered":
        """Before the first record; `uncertain` (M,): variance of the cohort mean, shared by a patient's records."""
        m = len(courses)
        cov = np.zeros((STATES, STATES, m, patients))
        parts = (courses.level + uncertain, courses.slope, courses.slow, courses.fast)
        for i, variance in enumerate(parts):
            cov[i, i] = variance[:, None]
        return cls(
            since=np.zeros(patients),
            seen=np.zeros(patients),
            mean=np.zeros((sides, STATES, m, patients)),
            cov=cov,
            products=np.zeros((sides, sides, m, patients)),
            log_det=np.zeros((m, patients)),
        )

    def copy(self) -> "Filtered":
        """The same with arrays of its own."""
        return Filtered(**{name: value.copy() for name, value in vars(self).items()})

    def at(self, courses: Courses, since: Floats) -> "Filtered":
        """The states expected at a later time (B,)."""
        later = self.copy()
        later.move(courses, since)
        return later

    def given(self, courses: Courses, since: Floats, sides: Floats, seen: Bools) -> "Filtered":
        """After one more record of each patient where `seen` (B,); times (B,) and right-hand sides (Q, M, B)."""
        after = self.copy()
        after.observe(courses, since, sides, seen)
        return after

    def move(self, courses: Courses, since: Floats) -> None:
        """`at`, in place."""
        gap = since - self.since
        self.since[:] = since
        slow, fast = (np.exp(-gap / lasting[:, None]) for lasting in (courses.slow_time, courses.fast_time))
        mean, cov = self.mean, self.cov
        mean[:, 2] *= slow
        mean[:, 3] *= fast
        cov[:3, 2] *= slow
        cov[2, 2:] *= slow
        cov[:, 3] *= fast
        cov[3, 3] *= fast
        cov[2, 2] += courses.slow[:, None] * (1 - slow * slow)
        cov[3, 3] += courses.fast[:, None] * (1 - fast * fast)

    def next_value(self, courses: Courses) -> tuple[Floats, Floats, Floats]:
        """Mean (Q, M, B) and variance (M, B) of a record now, and its covariance with the states (STATES, M, B)."""
        c, since = self.cov, self.since
        mean = self.mean[:, 0] + since * self.mean[:, 1] + self.mean[:, 2] + self.mean[:, 3]
        across = np.empty(c.shape[1:])
        for i in range(STATES):
            row = [c[min(i, j), max(i, j)] for j in range(STATES)]
            across[i] = row[0] + since * row[1] + row[2] + row[3]
        variance = across[0] + since * across[1] + across[2] + across[3] + courses.noise[:, None]
        return mean, variance, across

    def observe(self, courses: Courses, since: Floats, sides: Floats, seen: Bools) -> None:
        """`given`, in place."""
        self.move(courses, np.where(seen, since, self.since))
        mean, variance, across = self.next_value(courses)
        innovation = np.where(seen, sides - mean, 0.0)
        gain = across * (seen / variance)
        for i in range(STATES):
            self.cov[i, i:] -= gain[i] * across[i:]
        for q, own in enumerate(innovation):
            self.mean[q] += gain * own
        self.products[...] += innovation[:, None] * (innovation / variance)
        self.log_det[...] += np.where(seen, np.log(variance), 0.0)
        self.seen[:] += seen

    def log_likelihood(self) -> Floats:
        """(M, B) of the first right-hand side."""
        return np.asarray(-0.5 * (self.products[0, 0] + self.log_det + self.seen * LOG_TWO_PI))


def to_the_left(time: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Observed records (B, N) moved to the left in their order, times counted from the first; NaN after the last."""
    seen = ~(np.isnan(y) | np.isnan(time))
    order = np.argsort(~seen, axis=1, kind="stable")
    width = int(seen.sum(1).max(initial=0))
    order = order[:, :width]
    y, time = (np.take_along_axis(np.where(seen, v, np.nan), order, 1) for v in (y, time))
    return time - time[:, :1], y


def filtered(
    courses: Courses,
    since: Floats,
    y: Floats,
    centre: Floats,
    uncertain: Floats | float = 0.0,
    ones: bool = False,
) -> Filtered:
    """All records of `to_the_left`, one after the other.

    Args:
        courses: M models; since, y: (B, N); centre: (M,) cohort mean.
        uncertain: (M,) variance of the cohort mean.
        ones: also filter a series of ones, which tells how the likelihood depends on the cohort mean.

    """
    found = Filtered.before(courses, len(y), 2 if ones else 1, uncertain)
    for t, value in zip(since.T, y.T, strict=True):
        seen = ~np.isnan(value)
        side = value - centre[:, None] - courses.drift[:, None] * t
        sides = np.stack([side, np.ones_like(side)]) if ones else side[None]
        found.observe(courses, np.where(seen, t, 0.0), sides, seen)
    return found
