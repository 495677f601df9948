"""A population model moved by what its cohort's other subjects showed: the usual way into a new hospital."""

import numpy as np
from scipy.special import expit, logit

from meta_med.baselines.baseline import Episodes
from meta_med.baselines.boosting import Population
from meta_med.records import Floats

PRIOR = 10.0  # records of nobody in particular that say "no offset"


class CohortOffset(Population):
    """Boosting on covariates, plus the shrunk mean residual of the cohort's context records."""

    def centre(self, episodes: Episodes) -> Floats:
        """The population's prediction, moved; on the logit scale for binary outcomes."""
        centre = super().centre(episodes)
        offset = self._offset(episodes)
        binary = list(self.layout.classes)
        moved = centre + offset
        variance = np.maximum(centre * (1 - centre), 1e-3)
        moved[:, binary] = expit(logit(centre[:, binary]) + (offset / variance)[:, binary])
        return np.asarray(moved)

    def _offset(self, episodes: Episodes) -> Floats:
        """(R, D) shrunk mean residual of the context of each episode's cohort."""
        k, c, d = episodes.context_y.shape
        if not k * c:
            return np.zeros(episodes.y.shape)
        lent = Episodes(
            support_y=np.zeros((k * c, 0, d)),
            support_x=np.zeros((k * c, 0, episodes.context_x.shape[2])),
            support_time=np.zeros((k * c, 0)),
            x=episodes.context_x.reshape(k * c, -1),
            y=episodes.context_y.reshape(k * c, -1),
            cohort=np.repeat(np.arange(k), c),
            subject=np.arange(k * c),
        )
        residual = (lent.y - super().centre(lent)).reshape(k, c, d)
        shrunk = np.nansum(residual, 1) / ((~np.isnan(residual)).sum(1) + PRIOR)
        return np.asarray(shrunk[np.minimum(episodes.cohort, k - 1)])
