"""The predictive distribution of patients' next values: a mixture over courses, updated record by record."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from scipy.special import softmax

from meta_med.baselines.hierarchical.course_filter import Filtered, filtered, to_the_left
from meta_med.baselines.hierarchical.group_model import GroupModel
from meta_med.baselines.hierarchical.mixture import quantiles_with_mass
from meta_med.cohorts.record_table import Floats

AT_ONCE = 16384  # courses times patients: their states fit into the cache


@dataclass(frozen=True)
class Patients:
    """B patients of one cohort with their records so far, for one outcome.

    Attributes:
        group: the fitted group; place: the cohort's place in it.
        states: of the courses; first: (B,) time of the first record, NaN where there is none.
        values: (B, N) own values, left-aligned, NaN after the last one.

    """

    group: GroupModel
    place: int
    states: Filtered
    first: Floats
    values: Floats

    @classmethod
    def of(cls, group: GroupModel, place: int, time: Floats, x: Floats, y: Floats) -> Self:
        """From own records: time (B, N), x (B, N, F), y (B, N) with NaN where missing or absent."""
        scores = (group.warp.scored(y) - group.covariates.at(x)) if y.shape[1] else y
        since, scores = to_the_left(time / group.gap, scores)
        seen = ~np.isnan(y) & ~np.isnan(time)
        first = np.where(seen, time, np.inf).min(1, initial=np.inf)
        states = filtered(group.courses, since, scores, group.mean[place], group.variance[place])
        values = to_the_left(time, y)[1]
        return cls(group, place, states, np.where(np.isfinite(first), first, np.nan), values)

    def given(self, time: Floats, x: Floats, y: Floats) -> Self:
        """With one newer record of each patient: time (B,), x (B, F), y (B,), NaN where there is none."""
        seen = ~np.isnan(y) & ~np.isnan(time)
        first = np.where(np.isnan(self.first) & seen, time, self.first)
        since = (time - first) / self.group.gap
        score = self.group.warp.scored(y) - self.group.covariates.at(x)
        courses = self.group.courses
        side = score - self.group.mean[self.place][:, None] - courses.drift[:, None] * since
        states = self.states.given(courses, np.where(seen, since, 0.0), side[None], seen)
        values = to_the_left(np.zeros((len(y), self.values.shape[1] + 1)), np.c_[self.values, y])[1]
        return replace(self, states=states, first=first, values=values)

    def quantiles(self, time: Floats, x: Floats, p: Sequence[float]) -> Floats:
        """(B, P) quantiles of values at a later time (B,) with covariates (B, F)."""
        courses, fixed = self.group.courses, self.group.covariates.at(x)
        since = np.where(np.isnan(self.first), 0.0, (time - self.first) / self.group.gap)
        mean, variance, _ = self.states.at(courses, since).next_value(courses)
        at = mean[0] + courses.drift[:, None] * since + self.group.mean[self.place][:, None] + fixed
        weight = softmax(self.group.log_weight[:, None] + self.states.log_likelihood(), axis=0)
        point, mass = self._repeats()
        scale = np.sqrt(variance)
        return self.group.warp.valued(quantiles_with_mass(p, weight, at, scale, point, mass))

    def _repeats(self) -> tuple[Floats, Floats]:
        """(B,) score of the last value and the probability that it is repeated exactly."""
        count = (~np.isnan(self.values)).sum(1)
        if not self.values.shape[1]:
            return np.zeros(len(count)), np.zeros(len(count))
        last = np.take_along_axis(self.values, np.maximum(count - 1, 0)[:, None], 1)[:, 0]
        return self.group.warp.scored(last), self.group.repeats.mass(self.values)


def predicted_quantiles(
    group: GroupModel,
    place: int,
    own: tuple[Floats, Floats, Floats],
    query: tuple[Floats, Floats],
    p: Sequence[float],
) -> Floats:
    """(B, P) quantiles of any number of patients, in blocks that fit into the cache.

    Args:
        group, place: as in `Patients`; own: time (B, N), x (B, N, F), y (B, N); query: time (B,), x (B, F).
        p: probabilities.

    """
    n, step = len(query[0]), max(1, AT_ONCE // len(group.courses))
    order = np.argsort((~np.isnan(own[2])).sum(1), kind="stable")
    out = np.empty((n, len(p)))
    for start in range(0, n, step):
        some = order[start : start + step]
        patients = Patients.of(group, place, *(part[some] for part in own))
        out[some] = patients.quantiles(query[0][some], query[1][some], p)
    return out
