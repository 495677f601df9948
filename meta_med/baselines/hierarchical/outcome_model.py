"""One outcome of a study: its groups of cohorts, and the choice whether cohorts share their courses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from scipy import stats
from scipy.optimize import brentq

from meta_med.baselines.hierarchical.group_model import GroupModel, telling, weighted_courses
from meta_med.baselines.hierarchical.predictive import predicted_quantiles
from meta_med.baselines.hierarchical.runs import Runs
from meta_med.cohorts.record_table import Bools, Floats, Ints
from meta_med.episodes.episode_arrays import Episodes

FEWEST_VALUES = 4  # of lenders, to fit a cohort's own courses
JUDGED = 3000  # training episodes that tell the tails
TAILS = (0.025, 0.1, 0.9, 0.975)
DF = (2.1, 200.0)  # range of the degrees of freedom


@dataclass(frozen=True)
class OutcomeModel:
    """The fitted model of one standardised outcome.

    Attributes:
        d: the outcome; columns: covariates known ahead; seed: of the random draws.
        shared: all cohorts as one group; own: cohort -> a group of its own, empty where cohorts share their courses.
        df: of the Student t with tails like the mixtures'.

    """

    d: int
    columns: Ints
    seed: int
    shared: GroupModel
    own: Mapping[int, GroupModel] = field(default_factory=dict)
    df: float = DF[1]

    @classmethod
    def fit(cls, runs: Runs, episodes: Episodes, d: int, columns: Ints, seed: int) -> "OutcomeModel":
        """Fit on training series of the outcome; training episodes tell the tails."""
        shared, log_marginal = GroupModel.with_log_marginal(runs, columns, seed)
        own = _own_groups(runs, columns, seed, shared, log_marginal)
        model = cls(d, columns, seed, shared, own)
        some = np.flatnonzero(~np.isnan(episodes.y[:, d]))
        judged = episodes.take(some[:: max(1, len(some) // JUDGED)])
        return replace(model, df=matching_df(model.quantiles(judged, TAILS)))

    def quantiles(
        self, episodes: Episodes, p: Sequence[float], lent: Mapping[int, GroupModel] | None = None
    ) -> Floats:
        """(R, P) quantiles of the episodes' outcome; lent: `conditioned` groups of cohorts outside training."""
        out, lent = np.empty((len(episodes.y), len(p))), lent or {}
        for cohort in np.unique(episodes.cohort):
            rows = np.flatnonzero(episodes.cohort == cohort)
            group, place = self._group(int(cohort), lent)
            y, x = episodes.support_y[rows, :, self.d], episodes.support_x[rows]
            own = (episodes.support_time[rows], x, y)
            query = (np.zeros(len(rows)), episodes.x[rows])
            out[rows] = predicted_quantiles(group, place, own, query, p)
        return out

    def conditioned(self, runs: Runs) -> GroupModel:
        """The group of a cohort outside training whose lenders lend these series of the outcome."""
        if self.own and (~np.isnan(runs.y)).sum() >= FEWEST_VALUES:
            return GroupModel.fit(runs, self.columns, self.seed)
        return self.shared.given(runs)

    def knows(self, cohort: int) -> bool:
        """Whether the cohort is in training."""
        return bool((self.shared.cohorts == cohort).any())

    def _group(self, cohort: int, lent: Mapping[int, GroupModel]) -> tuple[GroupModel, int]:
        if cohort in lent:
            return lent[cohort], 0
        if cohort in self.own:
            return self.own[cohort], 0
        if self.knows(cohort):
            return self.shared, int(np.searchsorted(self.shared.cohorts, cohort))
        nobody = Runs(np.zeros((0, 0)), np.zeros((0, 0, 0)), np.zeros((0, 0)), np.zeros(0, dtype=np.int64))
        return self.shared.given(nobody), 0


def _own_groups(
    runs: Runs, columns: Ints, seed: int, shared: GroupModel, log_marginal: float
) -> dict[int, GroupModel]:
    """A group for each cohort, where courses of its own make the training series likelier than shared ones; else none.

    Shared ones give them `log_marginal`. Both are compared on the scores of the shared group: a scale of its own,
    fitted to each cohort, is always likelier.
    """
    cohorts = shared.cohorts
    if len(cohorts) < 2:
        return {}
    series = shared.series(telling(runs))
    each = [series.take(np.flatnonzero(series.cohort == k)) for k in range(len(cohorts))]
    apart = sum(weighted_courses(part, seed).log_marginal for part in each)
    if apart <= log_marginal:
        return {}
    return {int(c): GroupModel.fit(runs.take(runs.cohort == c), columns, seed) for c in cohorts}


def matching_df(tails: Floats) -> float:
    """Degrees of freedom of the Student t whose 95 % interval is as much wider than its 80 % interval; TAILS (R, 4)."""
    narrow = tails[:, 2] - tails[:, 1]
    some: Bools = narrow > 0
    if not some.any():
        return DF[1]
    ratio = float(np.median((tails[some, 3] - tails[some, 0]) / narrow[some]))

    def off(df: float) -> float:
        return float(stats.t.ppf(0.975, df) / stats.t.ppf(0.9, df)) - ratio

    if off(DF[0]) <= 0 or off(DF[1]) >= 0:
        return DF[0] if off(DF[0]) <= 0 else DF[1]
    return float(brentq(off, *DF, xtol=1e-6))
